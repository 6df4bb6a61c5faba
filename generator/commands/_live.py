"""A preview that follows its files: what was saved is shown first, then everything else is brought up to date."""

from __future__ import annotations

import sys
import time
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import NamedTuple

import click

from generator.analysis.known import update_names, withhold
from generator.commands._edition import site_edition
from generator.commands._knowledge_base import KnowledgeBase
from generator.commands._known import read_own_baseline, tell_held_back
from generator.commands._refusal import warn, writing
from generator.files.source import Source
from generator.files.terminal import unstyled
from generator.files.tree import Folder
from generator.findings import Finding
from generator.library.memory import Memory
from generator.pipeline import Judgement, judge_gathered
from generator.publishing.engines import preview
from generator.publishing.engines.refresh import Preview
from generator.publishing.engines.settings import Settings
from generator.publishing.pages import naming
from generator.publishing.pages.edition import Edition
from generator.reports.findings import reports
from generator.reports.findings.text import summary
from generator.wording import count
from generator.workers import aside

SHOWN = 3  # files that a line names, and errors that a page does


class Concluded(NamedTuple):
    """What the checks found, without the library, which this process has."""

    findings: list[Finding]
    coming: date | None
    unfit: Mapping[str, tuple[str, str]]


def _shorten(judgement: Judgement) -> Concluded:
    return Concluded(judgement.findings, judgement.coming, judgement.library.unfit)


class Live:
    """A preview that follows its files: the pages of what was saved come first, then findings and all other pages."""

    def __init__(self, base: KnowledgeBase, audience: str, trusted: tuple[str, ...], site: Preview) -> None:
        self._base, self._audience, self._trusted, self._site = base, audience, trusted, site
        self._base.memory = Memory()
        self._sources: Mapping[str, Source] = {}
        self._found: list[Finding] = []
        self._told: list[Finding] = []  # of those, the ones that are not known
        self._held_back = 0
        self._stuck = ""  # why the pages are not up to date

    def follow(self, turn: preview.Onlooker | None = None) -> None:
        """Brings the preview up to date; where it cannot, the terminal and every page say why.

        Raises UsageError where there is no page yet: the call is wrong, and not the content.
        """
        was_stuck, self._stuck = self._stuck, ""
        try:
            self.rebuild(turn)
        except click.ClickException as error:
            if isinstance(error, click.UsageError) and not self._site.is_there():
                raise
            self._stuck = error.message
            error.show()
            shown = "the last good pages are shown" if self._site.is_there() else "there is no page to show"
            click.echo(f"until this is fixed, {shown}", err=True)
            if turn:
                turn.show()
            return
        if was_stuck:
            click.echo("Fixed: the pages are up to date again.")
            if turn:
                turn.show()

    def rebuild(self, turn: preview.Onlooker | None) -> None:
        """Brings the preview up to date; raises ClickException where it cannot."""
        began = time.monotonic()
        library, sources, malformed = self._base.load()
        before = {path: source.text for path, source in self._sources.items()}
        changed = {path for path, source in sources.items() if source.text != before.get(path)}
        known = [one for one in self._found if one.place.path not in changed and one.place.path in sources]
        fresh = [one for one in malformed if one.place.path in changed]
        if library.vocabulary is None:
            self._told = self._found = [*known, *fresh]
        edition, settings = self._edit(Judgement(library, [*known, *fresh], sources))
        view = library.for_audience(self._audience)
        is_known = bool(self._sources) and self._site.can_refresh(view, edition, settings)
        self._sources = sources
        if is_known and turn and changed:
            with writing():
                self._site.refresh(view, edition, changed)
            turn.show()
            names = ", ".join(sorted(changed)[:SHOWN])
            click.echo(f"{names}: shown after {time.monotonic() - began:.1f} s")
        with writing():
            concluded = aside(
                lambda: _shorten(judge_gathered(Folder(self._base.root), library, sources, malformed)),
                turn.is_newest if turn else lambda: True,
            )
        if concluded is None:
            return
        judgement = Judgement(replace(library, unfit=concluded.unfit), concluded.findings, sources, concluded.coming)
        self._found = judgement.findings
        shown = withhold(judgement, update_names(read_own_baseline(self._base), judgement.library))
        if shown.known != self._held_back:
            tell_held_back(shown, has_switch=False)
        self._held_back = shown.known
        self._tell(shown)
        edition, settings = self._edit(judgement)
        view = judgement.library.for_audience(self._audience)
        with writing():
            if is_known and turn:
                done = self._site.complete(view, edition, settings, turn.is_newest)
                if done.number or done.others:
                    turn.show()
                number, warnings = done.number, done.warnings
            else:
                number, warnings, _ = self._site.build(view, edition, settings)
        warn(warnings)
        if number:
            click.echo(f"{number:,} pages built in {time.monotonic() - began:.1f} s")

    def notices(self) -> list[preview.Notice]:
        """What every page says: the first errors, each with the page that shows it."""
        errors = [one for one in self._told if one.severity == "error"]
        shown = [
            preview.Notice(
                f"{one.place.path}:{one.place.line}: {one.message}",
                (naming.page_of_path(one.place.path) or "health.md").removesuffix(".md") + "/",
            )
            for one in errors[:SHOWN]
        ]
        more = len(errors) - len(shown)
        stuck = (
            [
                preview.Notice(
                    f"{'These pages are from before' if self._site.is_there() else 'No page yet'}: {self._stuck}"
                )
            ]
            if self._stuck
            else []
        )
        return [*stuck, *shown, *([preview.Notice(f"and {count(more, 'more error')}")] if more else [])]

    def _edit(self, judgement: Judgement) -> tuple[Edition, Settings]:
        return site_edition(self._base, judgement, self._audience, True, self._trusted)

    def _tell(self, judgement: Judgement) -> None:
        """Prints the findings that are new, and how many there are."""
        before = {(one.place.path, one.code, one.message) for one in self._told}
        new = [one for one in judgement.findings if (one.place.path, one.code, one.message) not in before]
        if new and len(new) < len(judgement.findings):
            click.echo(reports()["text"](replace(judgement, findings=new), sys.stdout.isatty()).rpartition("\n\n")[0])
            click.echo(summary(judgement) if sys.stdout.isatty() else unstyled(summary(judgement)))
        elif judgement.findings != self._told:
            click.echo(reports()["text"](judgement, sys.stdout.isatty()))
        self._told = judgement.findings
