"""The command line; each command is a few lines that call the rooms behind it."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import click

from generator import pipeline
from generator.checks import checks
from generator.findings import Finding
from generator.nearest import did_you_mean
from generator.outputs import site
from generator.outputs.markdown import Edition
from generator.progress import ticking, tracking
from generator.reports import reports
from generator.tree import MARK, Folder, find_root


class Base:
    """The knowledge base that a command works on."""

    def __init__(self, root: Path, today: date) -> None:
        self.root = root
        self.today = today

    def run(self, select: frozenset[str] = frozenset(), ignore: frozenset[str] = frozenset()) -> pipeline.Outcome:
        with tracking() as track:
            return pipeline.run(Folder(self.root), self.today, select, ignore, track)


def _root(context: click.Context, parameter: click.Parameter, value: Path | None) -> Path:
    root = value or find_root(Path.cwd())
    if root is None:
        raise click.UsageError(f"there is no {MARK.as_posix()} here or in a folder above; name the folder with --root DIR")
    if not (root / MARK).exists():
        raise click.UsageError(f"{root} has no {MARK.as_posix()}; --root names the folder that holds `content`")
    return root


def _codes(context: click.Context, parameter: click.Parameter, value: tuple[str, ...]) -> frozenset[str]:
    codes = [code.strip() for entry in value for code in entry.split(",") if code.strip()]
    for code in codes:
        if code not in checks():
            hint = did_you_mean(code, checks(), "`playbook explain` lists them")
            raise click.BadParameter(f"no check is called {code}; {hint}")
    return frozenset(codes)


def based(command: Any) -> Any:
    """Gives a command the options `--root` and `--as-of`."""
    command = click.option(
        "--as-of",
        type=click.DateTime(["%Y-%m-%d"]),
        metavar="DATE",
        help="Judge as on this day (default: today).",
    )(command)
    return click.option(
        "--root",
        type=click.Path(file_okay=False, exists=True, path_type=Path),
        callback=_root,
        metavar="DIR",
        help="The knowledge base (default: the nearest folder upwards with content/vocabulary.yaml).",
    )(command)


def _base(root: Path, as_of: Any) -> Base:
    return Base(root, as_of.date() if as_of else date.today())


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="playbook", prog_name="playbook")
def main() -> None:
    """Checks and publishes the procedures of a trust and safety operation."""


@main.command()
@based
@click.option("--format", "form", type=click.Choice(sorted(reports())), default="text", help="How to print findings.")
@click.option("--select", multiple=True, callback=_codes, metavar="CODES", help="Only these checks, with commas between.")
@click.option("--ignore", multiple=True, callback=_codes, metavar="CODES", help="All but these checks.")
def check(root: Path, as_of: Any, form: str, select: frozenset[str], ignore: frozenset[str]) -> None:
    """Find every mistake in the knowledge base. Changes nothing.

    Exit code 0 where there is no error, 1 where there is one, 2 where the call was wrong.
    """
    outcome = _base(root, as_of).run(select, ignore)
    click.echo(reports()[form](outcome, sys.stdout.isatty()))
    sys.exit(1 if outcome.errors else 0)


@main.command()
@click.argument("code", required=False)
def explain(code: str | None) -> None:
    """Print the page of a check; without a CODE, list them all."""
    if code is None:
        width = max(map(len, checks()))
        for one in checks().values():
            click.echo(f"{one.code:<{width}}  {one.severity:<7}  {one.what}")
        return
    if code not in checks():
        raise click.UsageError(f"no check is called {code}; " + did_you_mean(code, checks(), "`playbook explain` lists them"))
    click.echo(f"{code} ({checks()[code].severity})\n\n{checks()[code].page}")


@main.command()
@based
@click.option("--to", type=click.Path(path_type=Path), metavar="DIR", help="Where the site goes (default: site/ of the root).")
@click.option("--audience", default="internal", metavar="WORD", show_default=True, help="For whom: all above is left out.")
@click.option("--allow-errors", is_flag=True, help="Build although there are errors, and show them on their pages.")
def build(root: Path, as_of: Any, to: Path | None, audience: str, allow_errors: bool) -> None:
    """Build the site. A build that fails leaves the last good site in its place."""
    base = _base(root, as_of)
    place = (to or base.root / "site").absolute()
    outcome = base.run()
    edition = _site_edition(base, outcome, audience, allow_errors)
    with _mending(), ticking("building pages") as tick:
        pages = site.build(outcome.library.for_audience(audience), edition, base.root, place, tick, not allow_errors)
    click.echo(f"{pages:,} pages for {audience} readers in {place}")


def _site_edition(base: Base, outcome: pipeline.Outcome, audience: str, allow_errors: bool) -> Edition:
    _refuse(outcome, allow_errors)
    _known_audience(outcome, audience)
    with _mending():
        source = site.edit_address(base.root)
        title = site.configure(base.root, {}).site_name
    return Edition(title, source, findings=_by_path(outcome) if allow_errors else {})


def _refuse(outcome: pipeline.Outcome, allow_errors: bool = False) -> None:
    """Nothing is built from a library with errors."""
    if outcome.library.vocabulary is None or (outcome.errors and not allow_errors):
        click.echo(reports()["text"](outcome, sys.stdout.isatty()))
        reason = "the vocabulary must be right before anything can be built" if allow_errors else "nothing was built"
        click.echo(f"{reason}; mend the errors" + ("" if allow_errors else ", or build with --allow-errors"), err=True)
        sys.exit(1)


def _known_audience(outcome: pipeline.Outcome, audience: str) -> None:
    assert outcome.library.vocabulary is not None
    known = outcome.library.vocabulary.audiences
    if audience not in known:
        raise click.BadParameter(f"no audience is called {audience}; use one of {', '.join(known)}")


def _by_path(outcome: pipeline.Outcome) -> dict[str, list[Finding]]:
    found: dict[str, list[Finding]] = {}
    for finding in outcome.findings:
        found.setdefault(finding.place.path, []).append(finding)
    return found


@contextmanager
def _mending() -> Iterator[None]:
    """Turns what went wrong while writing into one line and exit code 1."""
    try:
        yield
    except site.BuildError as error:
        raise click.ClickException(str(error)) from None
    except OSError as error:
        raise click.ClickException(f"{error.filename}: {(error.strerror or 'cannot be written').lower()}") from None
