"""`playbook build`: builds the site for one audience."""

from __future__ import annotations

from pathlib import Path

import click

from generator.commands._edition import site_edition
from generator.commands._knowledge_base import AUDIENCE, TRUST, KnowledgeBase, based
from generator.commands._known import NO_BASELINE, hold_back
from generator.commands._refusal import refuse_errors, say, warn, writing
from generator.publishing import BuildError
from generator.publishing.engines import mkdocs as site
from generator.publishing.engines import portable
from generator.publishing.pages.drawing import undrawn
from generator.reports.progress import ticking


@click.command("build")
@based
@click.option(
    "--to",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="Where to put it (default: site/ in the knowledge base, dist/markdown/ for Markdown).",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["site", "markdown"]),
    default="site",
    show_default=True,
    help="The finished pages, or their Markdown and an mkdocs.yml for MkDocs or Zensical.",
)
@AUDIENCE
@click.option("--allow-errors", is_flag=True, help="Build despite errors, and show them on their pages.")
@NO_BASELINE
@TRUST
def COMMAND(  # noqa: N802
    base: KnowledgeBase,
    to: Path | None,
    form: str,
    audience: str,
    allow_errors: bool,
    is_whole: bool,
    trusted: tuple[str, ...],
) -> None:
    """Build the site. If the build fails, the last good site stays in place.

    Errors that are known do not stop it: their pages show them.
    """
    place = _resolve_place(to, base.root, form)
    judgement = base.run()
    if not allow_errors:
        refuse_errors(hold_back(base, judgement, is_whole))
        allow_errors = bool(judgement.errors)
    edition, settings = site_edition(base, judgement, audience, allow_errors, trusted)
    with writing(place), ticking("building pages") as tick:
        view = judgement.library.for_audience(audience)
        if form == "site":
            pages, warnings, _ = site.build_site(view, edition, settings, place, tick, strict=not allow_errors)
        else:
            warnings = []
            pages = portable.build_markdown(view, edition, settings, place, strict=not allow_errors)
    warn(warnings)
    click.echo(f"{pages:,} pages for {audience} readers in {place}")
    say(undrawn(view))


def _resolve_place(wanted: Path | None, root: Path, form: str) -> Path:
    folder, known_by = ("site", site.SITE_FILES) if form == "site" else ("dist/markdown", portable.MARKDOWN_FILES)
    try:
        return site.place_of(wanted or root / folder, root, known_by)
    except BuildError as error:
        raise click.BadParameter(str(error), param_hint="--to") from None
