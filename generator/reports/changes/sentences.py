"""Says in sentences what a comparison found: the same ones in the terminal and in a pull request."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from generator.analysis.changes import letters
from generator.analysis.changes.decided import PathChange
from generator.analysis.changes.edits import ADDED, CHANGED, MOVED, REMOVED, Alteration
from generator.analysis.changes.letters import TextState
from generator.analysis.changes.lives import DRAFTED, GONE, NEW, STARTED, WITHDRAWN
from generator.analysis.changes.readers import Exposure
from generator.analysis.changes.trees import DocumentChange, TreeDiff, WordChange
from generator.library.library import Library
from generator.library.meaning.levels import CHANGES
from generator.library.meaning.need import Need
from generator.library.timeline import order
from generator.reports.changes.marks import Marks
from generator.reports.changes.naming import MANY, Namer
from generator.wording import count

NOWHERE = "no decision"
ONE_OF = {
    "steps": "Step", "questions": "Question", "outcomes": "Outcome", "rows": "Row", "cases": "Golden case",
    "sections": "Section", "modules": "Module", "letters": "Letter",
}  # fmt: skip
WORD = {
    "audiences": "audience", "teams": "team", "queues": "queue", "severities": "severity", "vendors": "vendor",
    "locales": "language", "jurisdictions": "jurisdiction", "channels": "channel",
}  # fmt: skip
WORD_CHANGES = {ADDED: "is new", REMOVED: "was removed"}
PLURAL = ("symptoms", "aliases", "phrases", "content_warning", "jurisdictions")
LIVES = {
    NEW: "new",
    DRAFTED: "a new draft, not in use yet",
    STARTED: "in use from now on",
    GONE: "removed",
    WITHDRAWN: "a draft again, no longer in use",
}


class Teller:
    """Writes the sentences of a comparison with some marks."""

    def __init__(self, diff: TreeDiff, marks: Marks) -> None:
        self.diff, self.marks = diff, marks
        self.library: Library = diff.new.library
        self.namer = Namer(self.library)

    def given_to(self, one: DocumentChange) -> str:
        """The team that a document belongs to now, if it is another one; else empty."""
        is_given = any(edit.field == "owner" for edit in one.edits)
        return self.team(one.document.body.owner) if is_given else ""

    def exposure(self, one: Exposure) -> str:
        """What other readers may see."""
        return self.namer.exposure(one, self.marks.words)

    def audience(self, word: str) -> str:
        """What an audience is called."""
        return self.marks.words(self.namer.word("audiences", word))

    def team(self, word: str) -> str:
        """What a team is called."""
        return self.marks.words(self.namer.word("teams", word))

    def queue(self, word: str) -> str:
        """What a queue is called."""
        return self.marks.words(self.namer.word("queues", word))

    def document(self, one: DocumentChange) -> str:
        """Which document it is: title, id, versions."""
        document, marks = one.document, self.marks
        told = f"{marks.strong(marks.words(document.body.title))} {marks.code(document.id)}"
        if one.kind == CHANGED and one.pair.old:
            old = one.pair.old.body.version
            version = old if old == document.body.version else f"{old} → {document.body.version}"
            told = f"{told} {version}" + (f", which was {marks.code(one.former)}" if one.former else "")
        else:
            told = f"{told} {document.body.version}"
        if not one.life:
            return told
        to = self.namer.successor(one)
        instead = f", use “{marks.words(to)}” instead" if to and one.is_ended else ""
        return f"{told}, {LIVES.get(one.life, document.body.status)}{instead}"

    def rest(self, one: DocumentChange) -> str:
        """What to say of a document of which nothing else is told; empty if something is."""
        is_told = bool(one.edits or one.languages or one.citations) or one.kind != CHANGED
        has_paths = one.paths is not None and (one.paths.is_decided_anew or one.paths.renamed > 0)
        is_told = is_told or bool(one.life) or any(each.document is one.document for each in self.diff.exposures)
        return "" if is_told or has_paths else "Only ids, notes or dates changed, and nothing that people work by"

    def setting(self, one: DocumentChange) -> str:
        """What kind of document it is, in which queue, who owns it and who reads it."""
        body = one.document.body
        told = [one.document.kind.noun]
        told += [f"in queue {self.queue(body.queue)}"] if body.queue else []
        told += [f"of {self.team(body.owner)}"] if body.owner else []
        return ", ".join([*told, f"read by {self.namer.readers(body.audience, self.marks.words)}"])

    def paths(self, paths: PathChange) -> str:
        """How many paths end elsewhere, in how many ways, and how many only have other words."""
        if paths.why:
            return f"The paths {'' if paths.why.startswith('cannot') else 'of it '}{paths.why}"
        if not paths.elsewhere:
            return f"All {count(paths.paths, 'path')} end where they did{self._tell_renamed(paths)}"
        end = "ends" if paths.elsewhere == 1 else "end"
        told = self.marks.strong(f"{paths.elsewhere:,} of {count(paths.paths, 'path')} {end} elsewhere")
        if paths.elsewhere > 1:
            told += ", all in the same way" if len(paths.groups) == 1 else f", in {len(paths.groups)} ways"
        if len(paths.groups) == 1:
            told += f": {self.ends(paths.groups[0].before, paths.groups[0].after)}"
        rest = paths.paths - paths.elsewhere
        if rest:
            told += ". The other one ends where it did" if rest == 1 else f". The other {rest:,} end where they did"
            told += self._tell_renamed(paths)
        return told

    def _tell_renamed(self, paths: PathChange) -> str:
        if not paths.renamed:
            return ""
        which = "there" if paths.paths - paths.elsewhere == 1 else f"on {paths.renamed:,} of them"
        return f"; {which} an answer only has another name, or was split or joined"

    def ends(self, before: str, after: str) -> str:
        """Where paths ended, and where they end."""
        was, now = (f"“{self.marks.words(one)}”" if one else NOWHERE for one in (before, after))
        return f"it was {was}, and now it is {now}"

    def edit(self, one: Alteration, moved_to: str = "") -> str:
        """What happened to a part, without its words."""
        name = self._name_part(one)
        if one.group == "header":
            verb = "were" if one.field in PLURAL else "was"
            said = {ADDED: "added", REMOVED: "removed", CHANGED: "changed"}[one.kind]
            return self.marks.words(f"{one.what[:1].upper()}{one.what[1:]} {verb} {said}")
        if one.kind == MOVED:
            return f"{name} moved: {self.marks.words(one.what)}"
        if one.kind == ADDED and one.part:
            return f"{name} is new"
        if one.kind == REMOVED and one.part:
            return f"{name} moved to {self.marks.code(moved_to)}" if moved_to else f"{name} was removed"
        what = self.marks.words(one.what)
        return f"{name}: {what}" if one.part and one.group in ONE_OF else f"{what[:1].upper()}{what[1:]}"

    def _name_part(self, one: Alteration) -> str:
        kind = ONE_OF.get(one.group, "")
        title = f"“{self.marks.words(one.title)}”" if one.title else self.marks.code(one.part)
        return f"{kind} {title}".strip()

    def language(self, one: TextState) -> str:
        """What became of one language."""
        name = self.marks.words(one.name)
        return {
            letters.REWORDED: f"The text in {name} was reworded",
            letters.NEW: f"The text in {name} is new",
            letters.GONE: f"The text in {name} was removed",
            letters.BEHIND: f"The text in {name} still says the old: it translates {one.of}",
            letters.CONFIRMED: f"The text in {name} was confirmed for {one.of} as it is",
            letters.FOLLOWED: f"The text in {name} was brought up to date, to {one.of}",
        }[one.state]

    def citations(self, one: DocumentChange) -> Iterator[str]:
        """Which sections are cited otherwise."""
        for name, before, after, parts in one.citations:
            where = (
                f" ({', '.join(map(self.marks.code, parts[:MANY]))}{', …' if parts[MANY:] else ''})" if parts else ""
            )
            if before and after:
                back = ", which is older" if order(after) < order(before) else ""
                yield f"{self.marks.code(name)} is cited at {after} and no longer at {before}{back}{where}"
            else:
                yield f"{self.marks.code(name)} is {'cited now, at ' + after if after else 'no longer cited'}{where}"

    def need(self, name: str, need: Need) -> str:
        """Which version a document needs, and what it says."""
        why = CHANGES[need.level] if need.level == need.change else "the meaning of a section changed"
        told = f"{self.marks.code(name)}: {why}, which needs version {need.least} or later ({need.level})"
        if need.is_met:
            return f"{told}; it says {need.version}"
        if need.version == need.before:
            return f"{told}; it still says {need.version}"
        if not need.is_noted:
            return f"{told}; it says {need.version}, and its history has no entry for that"
        return f"{told}; it says only {need.version}"

    def word(self, one: WordChange) -> str:
        """What became of a word of the vocabulary."""
        name = f"The {WORD[one.group]} {self.marks.code(one.word)}"
        if one.kind == "renamed":
            return f"{name} is now called {self.marks.code(one.after)}"
        if one.kind == CHANGED:
            return f"{name} {self._tell_settings(one)}"
        return f"{name} {WORD_CHANGES[one.kind]}"

    def _tell_settings(self, one: WordChange) -> str:
        """What became of a word: another name, or which of its settings changed."""
        old, new = self.diff.old.library.vocabulary, self.library.vocabulary
        was, now = (words.terms(one.group).get(one.word) if words else None for words in (old, new))
        if was is None or now is None:
            return "was changed"
        names = [name for name in type(now).model_fields if getattr(was, name, None) != getattr(now, name)]
        if names == ["name"]:
            return f"is now called “{self.marks.words(now.name)}”, and was “{self.marks.words(was.name)}”"
        return f"was changed: {', '.join(map(self.marks.code, names[:MANY]))}"


class Task(NamedTuple):
    """Something to do before a change is merged; one that `is_done` is only told."""

    who: str
    what: str
    is_done: bool = False
    details: tuple[str, ...] = ()
