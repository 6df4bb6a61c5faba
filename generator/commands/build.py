"""`playbook build`: makes the site of one audience."""

from __future__ import annotations

from pathlib import Path

import click

from generator.commands._edition import site_edition
from generator.commands._knowledge_base import AUDIENCE, TRUST, KnowledgeBase, based
from generator.commands._refusal import say, writing
from generator.publishing import BuildError
from generator.publishing.engines import mkdocs as site
from generator.publishing.pages.drawing import undrawn
from generator.reports.progress import ticking


@click.command("build")
@based
@click.option(
    "--to", type=click.Path(path_type=Path), metavar="DIR", help="Where it goes (default: site/ of the root)."
)
@AUDIENCE
@click.option("--allow-errors", is_flag=True, help="Build although there are errors, and show them on their pages.")
@TRUST
def COMMAND(  # noqa: N802
    base: KnowledgeBase, to: Path | None, audience: str, allow_errors: bool, trusted: tuple[str, ...]
) -> None:
    """Build the site. A build that fails leaves the last good site in its place."""
    place = _resolve_place(to or base.root / "site", base.root)
    judgement = base.run()
    edition, found = site_edition(base, judgement, audience, allow_errors, trusted)
    with writing(), ticking("building pages") as tick:
        view = judgement.library.for_audience(audience)
        pages = site.build_site(view, edition, found, place, tick, strict=not allow_errors)
    click.echo(f"{pages:,} pages for {audience} readers in {place}")
    say(undrawn(view))


def _resolve_place(wanted: Path, root: Path) -> Path:
    try:
        return site.place_of(wanted, root)
    except BuildError as error:
        raise click.BadParameter(str(error), param_hint="--to") from None
