"""`playbook build`: builds the site for one audience."""

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
    "--to",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="Where to put it (default: site/ in the knowledge base).",
)
@AUDIENCE
@click.option("--allow-errors", is_flag=True, help="Build despite errors, and show them on their pages.")
@TRUST
def COMMAND(  # noqa: N802
    base: KnowledgeBase, to: Path | None, audience: str, allow_errors: bool, trusted: tuple[str, ...]
) -> None:
    """Build the site. If the build fails, the last good site stays in place."""
    place = _resolve_place(to or base.root / "site", base.root)
    judgement = base.run()
    edition, settings = site_edition(base, judgement, audience, allow_errors, trusted)
    with writing(), ticking("building pages") as tick:
        view = judgement.library.for_audience(audience)
        pages = site.build_site(view, edition, settings, place, tick, strict=not allow_errors)
    click.echo(f"{pages:,} pages for {audience} readers in {place}")
    say(undrawn(view))


def _resolve_place(wanted: Path, root: Path) -> Path:
    try:
        return site.place_of(wanted, root)
    except BuildError as error:
        raise click.BadParameter(str(error), param_hint="--to") from None
