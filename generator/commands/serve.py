"""`playbook serve`: previews the site while its sources are edited."""

from __future__ import annotations

import os
import sys
import tempfile
import time
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path

import click

from generator.commands._edition import site_edition
from generator.commands._knowledge_base import AUDIENCE, TRUST, KnowledgeBase, based
from generator.commands._refusal import warn, writing
from generator.files import writer as publish
from generator.publishing.engines import mkdocs as site
from generator.publishing.engines import preview
from generator.reports.findings import reports


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

        def rebuild() -> None:
            try:
                _build_preview(base, audience, place, trusted)
            except click.ClickException as error:
                if isinstance(error, click.UsageError) and not any(place.iterdir()):
                    raise
                error.show()
                click.echo("the last good pages are shown until this is fixed", err=True)

        rebuild()
        click.echo(f"Read it at {preview.address(host, port)} and stop with Ctrl+C.")
        with writing():
            preview.serve(base.root, place, host, port, rebuild)


def _choose_parent(root: Path) -> AbstractContextManager[str | Path]:
    """The folder for the preview: the root, where the next build removes what a killed preview left, if writable."""
    return nullcontext(root) if os.access(root, os.W_OK) else tempfile.TemporaryDirectory(prefix="playbook-")


def _build_preview(base: KnowledgeBase, audience: str, place: Path, trusted: tuple[str, ...]) -> None:
    """Builds the preview, and prints the findings."""
    began = time.monotonic()
    judgement = base.run()
    edition, settings = site_edition(base, judgement, audience, True, trusted)
    if judgement.findings:
        click.echo(reports()["text"](judgement, sys.stdout.isatty()))
    with writing():
        view = judgement.library.for_audience(audience)
        pages, warnings, _ = site.build_site(view, edition, settings, place, lambda _: None, strict=False)
    warn(warnings)
    click.echo(f"{pages:,} pages built in {time.monotonic() - began:.1f} s")
