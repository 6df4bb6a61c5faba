"""`playbook serve`: previews the site while its sources are edited."""

from __future__ import annotations

import signal
import sys
import tempfile
import time
from pathlib import Path

import click

from generator.commands import AUDIENCE, Base, based, writing
from generator.commands.build import site_edition
from generator.outputs import preview, site
from generator.reports import reports


@click.command("serve")
@based
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535), help="The port to listen on.")
@AUDIENCE
def COMMAND(base: Base, host: str, port: int, audience: str) -> None:  # noqa: N802
    """Preview the site while you write; it is built again after every change, errors and all."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # ended either way, the folder is cleared away
    with tempfile.TemporaryDirectory(prefix="playbook-") as folder:
        place = Path(folder) / "site"

        def rebuild() -> None:
            try:
                _rebuild(base, audience, place)
            except click.ClickException as error:
                error.show()
            except SystemExit:
                click.echo("the last good pages stay until it is mended", err=True)

        rebuild()
        place.mkdir(exist_ok=True)
        click.echo(f"Read it at http://{host}:{port}/ and stop with Ctrl+C.")
        try:
            preview.serve(base.root, place, host, port, rebuild)
        except OSError as error:
            reason = (error.strerror or "not possible").lower()
            raise click.ClickException(f"cannot listen on {host}:{port}: {reason}; name another with --port") from None


def _rebuild(base: Base, audience: str, place: Path) -> None:
    """Builds the preview, and says on the terminal what there is to mend."""
    began = time.monotonic()
    outcome = base.run()
    edition = site_edition(base, outcome, audience, allow_errors=True)
    if outcome.findings:
        click.echo(reports()["text"](outcome, sys.stdout.isatty()))
    with writing():
        view = outcome.library.for_audience(audience)
        pages = site.build(view, edition, base.root, place, lambda _: None, strict=False)
    click.echo(f"{pages:,} pages built in {time.monotonic() - began:.1f} s")
