"""`playbook check`: prints every finding."""

from __future__ import annotations

import sys
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import click

from generator.analysis.known import list_gone, list_known, update_names, withhold
from generator.analysis.narrowing import limit
from generator.checks import checks
from generator.commands._codes import IGNORE, SELECT
from generator.commands._knowledge_base import KnowledgeBase, based
from generator.commands._known import BASELINE, NO_BASELINE, find_baseline, tell_held_back
from generator.commands._limits import hold_paths, locate_path, read_baseline, save_baseline
from generator.commands._owners import tell_misled
from generator.commands._repairing import fix
from generator.documents import VOCABULARY
from generator.documents.header import Header
from generator.files.repository import NoPast, find_prefix
from generator.library.library import Library
from generator.pipeline import Judgement
from generator.reports.findings import reports

FILE = click.Path(dir_okay=False, path_type=Path)


@click.command("check")
@based
@click.argument("paths", nargs=-1, metavar="[PATH]...")
@click.option("--format", "form", type=click.Choice(sorted(reports())), default="text", help="How to print findings.")
@SELECT
@IGNORE
@click.option(
    "--since", metavar="REV", help="Also find what changed silently since this git revision, such as origin/main."
)
@click.option(
    "--changed",
    is_flag=True,
    help="With --since: show what is wrong in the documents that changed, and what is newly wrong in all others.",
)
@click.option(
    "--on-branch",
    is_flag=True,
    help="As --since, with the revision that this branch came from: the remote's, or else the last commit.",
)
@click.option(
    "--baseline",
    type=FILE,
    metavar="FILE",
    help=f"Do not show the findings that this file lists (default: {BASELINE} of the knowledge base, if it is there).",
)
@NO_BASELINE
@click.option("--write-baseline", "target", type=FILE, metavar="FILE", help="List all findings of today in this file.")
@click.option("--no-cache", "is_fresh", is_flag=True, help="Judge everything anew, and keep nothing for the next time.")
@click.option("--fix", "is_fixing", is_flag=True, help="First make the fixes that have one safe answer, as `fix` does.")
def COMMAND(  # noqa: N802
    base: KnowledgeBase,
    paths: tuple[str, ...],
    form: str,
    select: frozenset[str],
    ignore: frozenset[str],
    since: str | None,
    changed: bool,
    on_branch: bool,
    baseline: Path | None,
    is_whole: bool,
    target: Path | None,
    is_fixing: bool,
    is_fresh: bool,
) -> None:
    """Find every mistake in the knowledge base. Changes nothing without --fix.

    Name files or folders to see only what is wrong in those; all others are still read.

    The exit code is 0 if there are no errors, 1 if there are, and 2 if the command was called wrongly.
    """
    if baseline and is_whole:
        raise click.UsageError("--no-baseline shows everything: leave --baseline out")
    if on_branch:
        since = since or base.find_origin()
    if changed and since is None:
        raise click.UsageError("--changed needs a revision to compare with: add --since REV, such as origin/main")
    if changed and is_fixing:
        raise click.UsageError("--fix makes every safe fix: name the files of the change, and leave --changed out")
    if target is not None:
        if paths or select or ignore or since or baseline or is_fixing:
            raise click.UsageError("--write-baseline lists all findings of today: leave the other options out")
        save_baseline(target, base.run(), target.absolute() == base.root.absolute() / BASELINE)
        return
    is_own = baseline is None and not is_whole
    baseline = find_baseline(base) if is_own else baseline
    named = {locate_path(base.root, path): path for path in paths}
    known = read_baseline(baseline, "" if is_own else "--baseline") if baseline else {}
    if is_fixing:
        fix(base, select, ignore, is_told_aside=True, named=named)
    before, unknown = _load_past(base, since) if since is not None else (None, "")
    if not (is_fresh or is_fixing or baseline or since is not None):  # these need the documents themselves
        from generator.commands._cache import open_cache  # a database, which no other check needs

        base.cache = open_cache(base.root)
    judgement = base.run(select, ignore, before)
    shown = limit(judgement, hold_paths(judgement, named)) if named else judgement
    if baseline is not None:
        known = update_names(known, judgement.library)
        shown = withhold(shown, known)
        if is_own:
            tell_held_back(shown)
        _tell_gone(len(list_gone(judgement, known, (select or checks().keys()) - ignore)), baseline)
    if changed and since is not None and not unknown:
        shown = _show_changed(base, shown, since)
    click.echo(reports()[form](replace(shown, prefix=find_prefix(base.root)), sys.stdout.isatty()))
    if not named and not select:
        tell_misled(base, judgement.library)
    if unknown:
        click.echo(unknown, err=True)
    elif before is not None and (names := _list_uncompared(judgement.library, before)):
        click.echo(f"not compared, as they had format errors in {since}: {', '.join(names)}", err=True)
    with suppress(OSError):  # the reader may be gone, as after `| head`
        sys.stdout.flush()
    base.keep()
    sys.exit(1 if shown.errors or unknown else 0)


def _load_past(base: KnowledgeBase, since: str) -> tuple[Library | None, str]:
    """What has changed as it was, or else why that is unknown: the other checks run all the same."""
    try:
        return base.past(since, Header, is_forked=True, only_changed=True), ""
    except NoPast as error:
        what = f"cannot tell what changed since {since}: {error} ({error.hint})"
        return None, f"{what}; everything else was checked"


def _show_changed(base: KnowledgeBase, judgement: Judgement, since: str) -> Judgement:
    """All findings in files that changed, and of the others those that were not there before."""
    past, same = base.past_judgement(since)
    if past.library.vocabulary is None:
        click.echo(f"{VOCABULARY} had format errors in {since}: some of what was wrong then counts as new", err=True)
    places = {place.path for finding in judgement.findings for place in (finding.place, *finding.also)}
    return withhold(judgement, update_names(list_known(past), judgement.library), places - same)


def _tell_gone(number: int, file: Path) -> None:
    if number:
        what = "1 entry" if number == 1 else f"{number:,} entries"
        verb = "occurs" if number == 1 else "occur"
        again = f"write it anew with `playbook check --write-baseline {file}`"
        click.echo(f"{what} of {file} no longer {verb}, or less often: {again}", err=True)


def _list_uncompared(library: Library, before: Library) -> list[str]:
    """The ids of documents of which the older state could not be read at all."""
    return sorted(name for name in before.malformed if name in library.by_any_id and name not in before.by_id)
