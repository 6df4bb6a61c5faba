"""`playbook serve`: previews the site while its sources are edited."""

from __future__ import annotations

import os
import tempfile
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path

import click

from generator.commands._knowledge_base import AUDIENCE, TRUST, KnowledgeBase, based
from generator.commands._live import Live
from generator.commands._refusal import writing
from generator.files import writer as publish
from generator.publishing.engines import preview
from generator.publishing.engines.refresh import Preview


@click.command("serve")
@based
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535), help="The port to listen on.")
@AUDIENCE
@TRUST
def COMMAND(base: KnowledgeBase, host: str, port: int, audience: str, trusted: tuple[str, ...]) -> None:  # noqa: N802
    """Preview the site while you write. It is rebuilt after every change, even if there are errors."""
    if not host.strip():
        raise click.BadParameter(
            "name an address; 0.0.0.0 listens on all addresses of this machine", param_hint="--host"
        )
    with writing():
        preview.listen(host, port)
    with writing(), _choose_parent(base.root) as near, publish.workshop(Path(near) / "site") as folder:
        place = folder / "site"
        place.mkdir()
        live = Live(base, audience, trusted, Preview(place, folder / "new"))

        began = preview.stamp(base.root)
        live.follow()
        click.echo(f"Read it at {preview.address(host, port)} and stop with Ctrl+C.")
        with writing():
            preview.serve(base.root, place, host, port, live.follow, began, live.notices)


def _choose_parent(root: Path) -> AbstractContextManager[str | Path]:
    """The folder for the preview: the root, where the next build removes what a killed preview left, if writable."""
    return nullcontext(root) if os.access(root, os.W_OK) else tempfile.TemporaryDirectory(prefix="playbook-")
