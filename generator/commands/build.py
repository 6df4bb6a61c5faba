"""`playbook build`: makes the site of one audience."""

from __future__ import annotations

from pathlib import Path

import click

from generator.commands import AUDIENCE, TRUST, Base, based, refuse_errors, say, writing
from generator.documents.vocabulary import STAFF
from generator.pipeline import Outcome
from generator.publishing import BuildError
from generator.publishing.engines import mkdocs as site
from generator.publishing.engines.settings import Settings, settings
from generator.publishing.pages.drawing import undrawn
from generator.publishing.pages.edition import Edition
from generator.publishing.pages.mistakes import faulty, shown
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
    base: Base, to: Path | None, audience: str, allow_errors: bool, trusted: tuple[str, ...]
) -> None:
    """Build the site. A build that fails leaves the last good site in its place."""
    place = _place(to or base.root / "site", base.root)
    outcome = base.run()
    edition, found = site_edition(base, outcome, audience, allow_errors, trusted)
    with writing(), ticking("building pages") as tick:
        view = outcome.library.for_audience(audience)
        pages = site.build(view, edition, found, place, tick, strict=not allow_errors)
    click.echo(f"{pages:,} pages for {audience} readers in {place}")
    say(undrawn(view))


def _place(wanted: Path, root: Path) -> Path:
    try:
        return site.place_of(wanted, root)
    except BuildError as error:
        raise click.BadParameter(str(error), param_hint="--to") from None


def site_edition(
    base: Base, outcome: Outcome, audience: str, allow_errors: bool, trusted: tuple[str, ...] = ()
) -> tuple[Edition, Settings]:
    """What the site of an audience is, and its settings; ends the command where it cannot be built."""
    refuse_errors(outcome, allow_errors)
    assert outcome.library.vocabulary is not None
    known = outcome.library.vocabulary.audiences
    if audience not in known:
        raise click.BadParameter(f"no audience is called {audience}; use one of {', '.join(known)}")
    with writing():
        found = settings(base.root, trusted)
    if not outcome.library.may_see(audience, STAFF):
        hidden = faulty(outcome.library, audience) if allow_errors else frozenset()
        return Edition(found.title, faulty=hidden), found
    return Edition(found.title, found.source, findings=shown(outcome, audience) if allow_errors else {}), found
