"""Writes a comparison for a terminal, however narrow it is."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator

from generator.analysis.changes.decided import PathChange, PathGroup
from generator.analysis.changes.edits import ADDED, CHANGED, MOVED, REMOVED, Alteration
from generator.analysis.changes.profile import Profile
from generator.analysis.changes.trees import DocumentChange, TreeDiff
from generator.analysis.changes.ways import Choices
from generator.files.terminal import BOLD, GREEN, MARK, RED, YELLOW, style
from generator.pipeline import Judgement
from generator.reports.changes.agenda import consequences, tasks
from generator.reports.changes.drafts import write_draft
from generator.reports.changes.headline import consequence
from generator.reports.changes.marks import PlainMarks
from generator.reports.changes.sentences import NOWHERE, Teller
from generator.wording import count

NARROWEST, WIDEST = 40, 100
MOST_WAYS, MOST_LINES = 1000, 12


def terminal_text(diff: TreeDiff, judgement: Judgement | None = None, width: int = WIDEST) -> str:
    """Everything that is another, in lines of at most `width` cells where words allow it."""
    return "\n".join(_Printed(diff, judgement, max(NARROWEST, min(width, WIDEST))).lines())


class _Printed:
    """The lines of one comparison."""

    def __init__(self, diff: TreeDiff, judgement: Judgement | None, width: int) -> None:
        self.diff, self.judgement, self.width = diff, judgement, width
        self.marks = PlainMarks()
        self.tell = Teller(diff, self.marks)

    def lines(self) -> Iterator[str]:
        """The headline, readers, each document, words and files, what to do, whom it reaches."""
        diff = self.diff
        yield from self._wrap(style(self.marks.words(consequence(self.diff)), BOLD))
        yield from self._wrap(f"{diff.old.name} → {diff.new.name}")
        for one in diff.exposures:
            said = f"{self.tell.exposure(one)}{f': “{self.marks.words(one.words)}”' if one.words else ''}"
            yield ""
            yield from self._wrap(style(said, RED) if one.wider else said)
        for change in diff.documents:
            yield ""
            yield from self._tell_document(change)
        others = [
            *map(self.tell.word, diff.words),
            *(f"The file {self.marks.code(path)} was {kind}" for path, kind in diff.files),
        ]
        if others:
            yield ""
            for other in others:
                yield from self._wrap(other)
        yield from self._list_agenda()

    def _tell_document(self, one: DocumentChange) -> Iterator[str]:
        yield from self._wrap(self.tell.document(one))
        yield from self._wrap(f"{self.tell.setting(one)}; {one.document.path}", 2)
        for note in one.notes:
            yield from self._wrap(f"“{self.marks.words(note)}”", 2)
        if one.paths and (one.paths.is_decided_anew or one.paths.renamed):
            yield from self._tell_paths(one.paths)
        if one.profile:
            yield from self._tell_profile(one.profile)
        if rest := self.tell.rest(one):
            yield from self._wrap(f"- {rest}.", 2, 4)
        for edit in one.edits:
            yield from self._tell_item(self.tell.edit(edit, one.moved_to.get(edit.part, "")), *_find_sides(edit))
        for language in one.languages:
            yield from self._tell_item(self.tell.language(language), language.before, language.after)
        for line in self.tell.citations(one):
            yield from self._wrap(f"- {line}", 2, 4)

    def _tell_profile(self, profile: Profile) -> Iterator[str]:
        """What the document comes to, and all that it says."""
        for label, lines in profile.facts:
            if len(lines) == 1:
                yield from self._wrap(f"{label}: {self.marks.words(lines[0])}", 2, 4)
                continue
            yield from self._wrap(f"{label}:", 2)
            for line in lines:
                yield from self._wrap(self.marks.words(line), 4, 6)
        for title, entries in profile.parts:
            yield from self._wrap(style(f"{title}:", BOLD), 2)
            for entry in entries:
                yield from self._wrap(self.marks.words(entry.title), 4, 6)
                for line in entry.lines:
                    yield from self._wrap(self.marks.words(line), 6, 8)

    def _tell_item(self, said: str, before: str, after: str) -> Iterator[str]:
        yield from self._wrap(f"- {said}", 2, 4)
        if before and after:
            for line in self.marks.rewording(before, after):
                yield from self._wrap(line, 6)
            return
        lines = [line for line in (before or after).splitlines() if line.strip()]
        for line in lines[:MOST_LINES]:
            said = f"[-{self.marks.words(line)}-]" if before else f"{{+{self.marks.words(line)}+}}"
            yield from self._wrap(style(said, RED if before else GREEN), 6)
        if len(lines) > MOST_LINES:
            yield f"      and {count(len(lines) - MOST_LINES, 'line')} more"

    def _tell_paths(self, paths: PathChange) -> Iterator[str]:
        yield from self._wrap(f"{self.tell.paths(paths)}.", 2)
        for one in paths.regrouped:
            yield from self._wrap(f"- {self.marks.words(one)}.", 2, 4)
        for branching in paths.branchings:
            if any(row.is_other for row in branching.rows):
                yield from self._wrap(self.marks.words(branching.ask), 4)
                for row in branching.rows:
                    if row.is_other:
                        was, now = (self.marks.words(end) or NOWHERE for end in (row.before, row.after))
                        yield from self._wrap(f"{self.marks.words(row.label)}: {was} → {style(now, BOLD)}", 6, 8)
        for group in paths.groups:
            yield from self._tell_group(group)
        for draft in paths.untested:
            yield from self._wrap(style("No golden case walks there; a draft:", YELLOW), 4)
            yield from (f"      {self._disarm(line)}" for line in write_draft(draft).splitlines())

    def _tell_group(self, group: PathGroup) -> Iterator[str]:
        was, now = (f"`{one}`" if one else NOWHERE for one in (group.old, group.new))
        yield from self._wrap(f"{count(group.number, 'path')}: {was} → {now}", 4)
        if group.shared:
            yield from self._wrap(f"all of them: {self._spell_choices(group.shared)}", 6, 8)
        for way in group.ways[:MOST_WAYS]:
            number = f" ({count(way.number, 'path')})" if way.number > 1 else ""
            yield from self._wrap(f"- {self._spell_choices(way.choices)}{number}", 6, 8)
        more = group.number - sum(way.number for way in group.ways[:MOST_WAYS])
        if more:
            yield f"      and {count(more, 'path')} more"

    def _spell_choices(self, choices: tuple[Choices, ...]) -> str:
        words = self.marks.words
        return " · ".join(f"{words(ask)} {' or '.join(f'“{words(one)}”' for one in some)}" for ask, some in choices)

    def _list_agenda(self) -> Iterator[str]:
        listed = list(tasks(self.tell, self.judgement))
        if listed and not self.diff.is_empty:
            yield f"\n{style('Before it is merged', BOLD)}"
            for one in listed:
                who = f"{one.who}: {one.what}" if one.who else f"{one.what[:1].upper()}{one.what[1:]}"
                yield from self._wrap(f"[{'x' if one.is_done else ' '}] {who}{':' if one.details else '.'}", 2, 6)
                for detail in one.details:
                    yield from self._wrap(f"- {detail}", 6, 8)
        if any(one.is_grave for one in self.diff.documents) or self.diff.packs:
            yield f"\n{style('After it is merged', BOLD)}"
            for follows in consequences(self.tell):
                yield from self._wrap(f"- {follows.who}: {follows.what}", 2, 4)

    def _disarm(self, line: str) -> str:
        return MARK.sub("", line)

    def _wrap(self, line: str, first: int = 0, rest: int | None = None) -> list[str]:
        """The line, wrapped; what looks it has are closed and opened again at each break."""
        after = first if rest is None else rest
        return textwrap.wrap(
            re.sub(r"\s+", " ", line),
            self.width,
            initial_indent=" " * first,
            subsequent_indent=" " * after,
            break_long_words=False,
            break_on_hyphens=False,
        )


def _find_sides(edit: Alteration) -> tuple[str, str]:
    if edit.kind == MOVED:
        return "", ""
    return {ADDED: ("", edit.after), REMOVED: (edit.before, ""), CHANGED: (edit.before, edit.after)}[edit.kind]
