"""Writes a comparison as a comment on a pull request, by which a reviewer can decide who sees nothing else."""

from __future__ import annotations

from collections.abc import Iterator

from generator.analysis.changes.decided import Branching, PathChange, PathGroup
from generator.analysis.changes.edits import ADDED, REMOVED, Alteration
from generator.analysis.changes.profile import Profile
from generator.analysis.changes.trees import DocumentChange, TreeDiff
from generator.analysis.changes.ways import Choices
from generator.pipeline import Judgement
from generator.reports.changes.agenda import consequences, tasks
from generator.reports.changes.drafts import fence_drafts
from generator.reports.changes.headline import consequence
from generator.reports.changes.marks import CommentMarks
from generator.reports.changes.sentences import LIVES, NOWHERE, Task, Teller
from generator.wording import count

ROOM = 65_000  # characters; GitHub takes 65,536
MARK = "<!-- playbook diff -->"  # by which whoever posts it finds the one to write again
OPEN = 6  # documents that are shown and not folded
MOST_EDITS, MOST_LINES, MOST_WAYS, MOST_TASKS, MOST_ROWS, MOST_NOTES = 40, 12, 60, 40, 40, 6
MOST_TOLD = 100  # lines of a part that is shown in full
LONGEST = 1500  # characters of a text that is shown whole


def comment(diff: TreeDiff, judgement: Judgement | None = None) -> str:
    """The comment, at most ROOM characters long; what does not fit is counted at its end."""
    return _fit_blocks(list(_Comment(diff, judgement).blocks()), diff)


def _fit_blocks(blocks: list[tuple[str, int]], diff: TreeDiff) -> str:
    """As many blocks as fit, in order; each has the number of documents that it tells about."""
    foot = f"<sub>playbook compared {_say_state(diff.old.name)} with {_say_state(diff.new.name)}.</sub>"
    kept: list[str] = [MARK]
    room = ROOM - _measure(foot) - 400
    left = 0
    lost = False
    for text, documents in blocks:
        if not lost and _measure(text) + 2 <= room:
            kept.append(text)
            room -= _measure(text) + 2
        else:
            lost = True
            left += documents
    if lost:
        what = f"the details of {count(left, 'document')}" if left else "some of the details"
        kept.append(f"**There was no room for {what}**: `playbook diff` prints all of it in a terminal.")
    return "\n\n".join([*kept, foot]) + "\n"


def _measure(text: str) -> int:
    """How long GitHub takes a text to be: a sign beyond the basic plane counts as two."""
    return len(text.encode("utf-16-le", "replace")) // 2


def _say_state(name: str) -> str:
    return CommentMarks().words(name)


class _Comment:
    """The blocks of one comment."""

    def __init__(self, diff: TreeDiff, judgement: Judgement | None) -> None:
        self.diff, self.judgement = diff, judgement
        self.marks = CommentMarks()
        self.tell = Teller(diff, self.marks)

    def blocks(self) -> Iterator[tuple[str, int]]:
        """Each block, whole in itself, with the number of documents that only it tells about."""
        diff = self.diff
        yield f"### {self.marks.words(consequence(self.diff))}", 0
        if diff.exposures:
            yield (
                "\n".join(
                    f"- {self._point(one.wider)}{self.tell.exposure(one)}{self._quote_words(one.words)}"
                    for one in diff.exposures[:MOST_TASKS]
                ),
                0,
            )
        shown = diff.documents[:OPEN] if len(diff.documents) > OPEN else diff.documents
        for one in shown:
            yield "\n\n".join(self._describe(one)), 1
        if len(diff.documents) > OPEN:
            yield self._lay_out_rest(diff.documents[OPEN:]), 0
        if others := self._list_others():
            yield others, 0
        yield from self._list_agenda()
        for one in shown:
            yield from ((text, 0) for text in self._fold_paths(one))
        for one in diff.documents[OPEN:]:
            inner = "\n\n".join(self._describe(one))
            yield self._fold(f"{self.marks.words(one.document.body.title)} ({one.document.id})", inner), 1
            yield from ((text, 0) for text in self._fold_paths(one))

    def _point(self, is_wider: bool) -> str:
        return "**More readers:** " if is_wider else "Fewer readers: "

    def _quote_words(self, words: str) -> str:
        return f": “{self.marks.words(words[:LONGEST])}”" if words else ""

    def _describe(self, one: DocumentChange) -> Iterator[str]:
        yield f"{self.tell.document(one)}<br>{self.tell.setting(one)}"
        if one.notes:
            yield f"> {'<br>'.join(map(self.marks.words, one.notes[:MOST_NOTES]))}"
        if one.paths and (one.paths.is_decided_anew or one.paths.renamed):
            yield from self._describe_paths(one.paths)
        if one.profile:
            yield f"> {self.marks.words(one.document.body.summary[:LONGEST])}"
            yield from self._lay_out_profile(one.profile, is_folded=one.is_ended)
        lines = [f"- {rest}"] if (rest := self.tell.rest(one)) else []
        lines += self._list_edits(one)
        if lines:
            more = len(lines) - MOST_EDITS
            yield "\n".join(lines[:MOST_EDITS] + ([f"- and {more} more"] if more > 0 else []))

    def _lay_out_profile(self, profile: Profile, is_folded: bool) -> Iterator[str]:
        """What a reviewer decides by, and below it, folded, all that the document says; of what ends, all is folded."""
        told = ""
        if profile.facts:
            rows = [self._write_row(fact.label, self._join_lines(fact.lines)) for fact in profile.facts]
            told = "\n".join(["| About it | In its words |", "|---|---|", *rows])
        if told:
            yield self._fold("What it was for", told) if is_folded else told
        for part in profile.parts:
            entries = [
                f"{self._mark_strong(self.marks.words(one.title))}{self._list_lines(one.lines)}" for one in part.entries
            ]
            yield self._fold(part.title, "\n\n".join(entries))

    def _join_lines(self, lines: tuple[str, ...]) -> str:
        return "<br>".join(self._shorten(lines, MOST_LINES))

    def _list_lines(self, lines: tuple[str, ...]) -> str:
        return "".join(f"<br>{line}" for line in self._shorten(lines, MOST_TOLD))

    def _shorten(self, lines: tuple[str, ...], most: int) -> list[str]:
        told = [self.marks.words(line[:LONGEST]) for line in lines[:most]]
        return told + ([f"and {count(len(lines) - most, 'line')} more"] if len(lines) > most else [])

    def _describe_paths(self, paths: PathChange) -> Iterator[str]:
        for branching in paths.branchings:
            if any(row.is_other for row in branching.rows):
                yield self._lay_out_answers(branching)
        yield f"{self.tell.paths(paths)}."
        if len(paths.groups) > 1:
            head = "| Paths | Before | With this change |\n|--:|---|---|\n"
            rows = [
                self._write_row(f"{one.number:,}", self._end(one.before), self._mark_strong(self._end(one.after)))
                for one in paths.groups[:MOST_ROWS]
            ]
            more = len(paths.groups) - MOST_ROWS
            yield head + "\n".join(rows) + (f"\n\nand {more} more ways" if more > 0 else "")
        if paths.regrouped:
            yield "\n".join(f"- {self.marks.words(one)}." for one in paths.regrouped)

    def _lay_out_answers(self, branching: Branching) -> str:
        lines = [
            self._write_row(f"<em>{self.marks.words(branching.ask)}</em>", "Before", "With this change"),
            "|---|---|---|",
        ]
        for row in branching.rows[:MOST_ROWS]:
            label, after = self.marks.words(row.label), self._end(row.after)
            lines.append(
                self._write_row(
                    self._mark_strong(label) if row.is_other else label,
                    self._end(row.before),
                    self._mark_strong(after) if row.is_other else after,
                )
            )
        return "\n".join(lines)

    def _end(self, words: str) -> str:
        return self.marks.words(words) if words else f"<em>{NOWHERE}</em>"

    def _mark_strong(self, text: str) -> str:
        return self.marks.strong(text)

    def _write_row(self, *cells: str) -> str:
        return f"| {' | '.join(cells)} |"

    def _list_edits(self, one: DocumentChange) -> Iterator[str]:
        for edit in one.edits:
            yield f"- {self.tell.edit(edit, one.moved_to.get(edit.part, ''))}{self._show_edit(edit)}"
        for language in one.languages:
            shown = self._show_texts(language.before, language.after)
            yield f"- {self.tell.language(language)}{shown}"
        yield from (f"- {line}" for line in self.tell.citations(one))

    def _show_edit(self, edit: Alteration) -> str:
        if edit.kind == "moved":
            return ""
        if edit.kind == REMOVED:
            return self._quote(edit.before, "del")
        if edit.kind == ADDED:
            return self._quote(edit.after, "ins")
        return self._show_texts(edit.before, edit.after)

    def _show_texts(self, before: str, after: str) -> str:
        """Word by word where there are two texts, or else the one that there is."""
        if before and after:
            hunks = self.marks.rewording(before, after)
            more = len(hunks) - MOST_LINES
            lines = [*hunks[:MOST_LINES], *([f"and {count(more, 'place')} more"] if more > 0 else [])]
            return "".join(f"<br>{line}" for line in lines)
        return self._quote(before, "del") or self._quote(after, "ins")

    def _quote(self, text: str, element: str) -> str:
        lines = [line for one in text.splitlines() if (line := self.marks.words(one))]
        more = len(lines) - MOST_LINES
        shown = [*lines[:MOST_LINES], *([f"and {count(more, 'line')} more"] if more > 0 else [])]
        return "".join(f"<br><{element}>{line}</{element}>" for line in shown)

    def _lay_out_rest(self, rest: tuple[DocumentChange, ...] | list[DocumentChange]) -> str:
        lines = [
            f"**{count(len(rest), 'document')} more**, in full below:",
            "",
            "| Document | What | Version |",
            "|---|---|---|",
        ]
        for one in rest[:MOST_ROWS]:
            parts = [
                *([LIVES.get(one.life, one.document.body.status)] if one.life else []),
                *(self.tell.edit(edit) for edit in one.edits),
                *map(self.tell.language, one.languages),
                *self.tell.citations(one),
            ]
            what = parts[0] + (f", and {len(parts) - 1} more" if len(parts) > 1 else "") if parts else ""
            version = f"{one.document.body.version}{f' ({one.need.level})' if one.need else ''}"
            lines.append(
                self._write_row(
                    f"{self.marks.words(one.document.body.title)} {self.marks.code(one.document.id)}", what, version
                )
            )
        if len(rest) > MOST_ROWS:
            lines += ["", f"and {count(len(rest) - MOST_ROWS, 'document')} more"]
        return "\n".join(lines)

    def _list_others(self) -> str:
        lines = [f"- {self.tell.word(one)}" for one in self.diff.words]
        lines += [f"- The file {self.marks.code(path)} was {kind}" for path, kind in self.diff.files]
        more = len(lines) - MOST_EDITS
        return "\n".join(lines[:MOST_EDITS] + ([f"- and {more} more"] if more > 0 else []))

    def _list_agenda(self) -> Iterator[tuple[str, int]]:
        listed = list(tasks(self.tell, self.judgement))
        if listed and not self.diff.is_empty:
            lines = [line for one in listed[:MOST_TASKS] for line in self._tell_task(one)]
            more = len(listed) - MOST_TASKS
            lines += [f"- [ ] and {more} more"] if more > 0 else []
            yield "#### Before this is merged\n\n" + "\n".join(lines), 0
        if any(one.is_grave for one in self.diff.documents) or self.diff.packs:
            rows = "\n".join(self._write_row(*one) for one in consequences(self.tell))
            yield f"#### After it is merged\n\n| Who | What |\n|---|---|\n{rows}", 0

    def _tell_task(self, one: Task) -> Iterator[str]:
        who = f"{self._mark_strong(one.who)}: " if one.who else ""
        said = one.what if one.who else f"{one.what[:1].upper()}{one.what[1:]}"
        yield f"- [{'x' if one.is_done else ' '}] {who}{said}{':' if one.details else '.'}"
        yield from (f"  - {line}" for line in one.details)

    def _fold_paths(self, one: DocumentChange) -> Iterator[str]:
        """The paths of a decision, and drafts of the cases that it lacks."""
        if one.paths and one.paths.elsewhere > 1:
            number = one.paths.elsewhere
            inner = "\n\n".join(self._list_ways(group) for group in one.paths.groups)
            yield self._fold(f"The {number:,} paths of {one.document.id} that end elsewhere", inner)
        if one.paths and one.paths.untested:
            drafts = one.paths.untested
            what = "A draft of the missing golden case" if len(drafts) == 1 else "Drafts of the missing golden cases"
            yield self._fold(f"{what} of {one.document.id}", fence_drafts(drafts))

    def _list_ways(self, group: PathGroup) -> str:
        ways = group.ways
        told = [
            self._write_row(self._spell_choices(one.choices, "<br>"), f"{one.number:,}") for one in ways[:MOST_WAYS]
        ]
        more = group.number - sum(one.number for one in ways[:MOST_WAYS])
        head = (
            f"{self.tell.ends(group.before, group.after)[:1].upper()}{self.tell.ends(group.before, group.after)[1:]}:"
        )
        shared = [f"On all of them: {self._spell_choices(group.shared, ', ')}.", ""] if group.shared else []
        lines = [head, "", *shared, "| Answers | Paths |", "|---|--:|", *told]
        return "\n".join(lines + (["", f"and {count(more, 'path')} more"] if more > 0 else []))

    def _spell_choices(self, choices: tuple[Choices, ...], between: str) -> str:
        """Questions with their answers."""
        words = self.marks.words
        return between.join(
            f"{words(ask)} {' or '.join(self._mark_strong(words(one)) for one in answers)}" for ask, answers in choices
        )

    def _fold(self, title: str, inner: str) -> str:
        return f"<details>\n<summary>{title}</summary>\n\n{inner}\n\n</details>"
