"""`playbook build`: makes the site of one audience."""

from __future__ import annotations

from pathlib import Path

import click

from generator.commands import AUDIENCE, Base, based, refuse_errors, writing
from generator.findings import Finding
from generator.outputs import site
from generator.outputs.markdown import Edition
from generator.pipeline import Outcome
from generator.progress import ticking


@click.command("build")
@based
@click.option(
    "--to", type=click.Path(path_type=Path), metavar="DIR", help="Where it goes (default: site/ of the root)."
)
@AUDIENCE
@click.option("--allow-errors", is_flag=True, help="Build although there are errors, and show them on their pages.")
def COMMAND(base: Base, to: Path | None, audience: str, allow_errors: bool) -> None:  # noqa: N802
    """Build the site. A build that fails leaves the last good site in its place."""
    place = (to or base.root / "site").absolute()
    outcome = base.run()
    edition = site_edition(base, outcome, audience, allow_errors)
    with writing(), ticking("building pages") as tick:
        view = outcome.library.for_audience(audience)
        pages = site.build(view, edition, base.root, place, tick, strict=not allow_errors)
    click.echo(f"{pages:,} pages for {audience} readers in {place}")


def site_edition(base: Base, outcome: Outcome, audience: str, allow_errors: bool) -> Edition:
    """What the site of an audience is; ends the command where it cannot be built."""
    refuse_errors(outcome, allow_errors)
    assert outcome.library.vocabulary is not None
    known = outcome.library.vocabulary.audiences
    if audience not in known:
        raise click.BadParameter(f"no audience is called {audience}; use one of {', '.join(known)}")
    with writing():
        title, source = site.settings(base.root)
    return Edition(title, source, findings=_by_path(outcome) if allow_errors else {})


def _by_path(outcome: Outcome) -> dict[str, list[Finding]]:
    found: dict[str, list[Finding]] = {}
    for finding in outcome.findings:
        found.setdefault(finding.place.path, []).append(finding)
    return found
