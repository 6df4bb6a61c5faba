"""Says in sentences what a comparison found: the same ones in the terminal and in a pull request."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from generator.analysis.changes.decided import PathChange
from generator.analysis.changes.edits import ADDED, CHANGED, MOVED, REMOVED, Alteration
from generator.analysis.changes.letters import BEHIND, CONFIRMED, FOLLOWED, GONE, NEW, REWORDED, TextState
from generator.analysis.changes.readers import Exposure
from generator.analysis.changes.trees import DocumentChange, TreeDiff, WordChange
from generator.library.library import Library
from generator.library.meaning.levels import MAJOR, MINOR, PATCH
from generator.library.meaning.need import Need
from generator.library.timeline import order
from generator.reports.changes.marks import Marks
from generator.wording import count

HEADED = 2  # documents that a headline names
MANY = 4  # names that a sentence has
NOWHERE = "no decision"
WHY = {
    MAJOR: "a decision or an answer is another",
    MINOR: "something was added or left out",
    PATCH: "only words changed",
}
ONE_OF = {
    "steps": "Step", "questions": "Question", "outcomes": "Outcome", "rows": "AnswerChange", "cases": "Golden case",
    "sections": "Section", "modules": "Module", "letters": "Letter",
}  # fmt: skip
WORD = {
    "audiences": "audience", "teams": "team", "queues": "queue", "severities": "severity", "vendors": "vendor",
    "locales": "language", "jurisdictions": "jurisdiction", "channels": "channel",
}  # fmt: skip
WORD_CHANGES = {ADDED: "is new", REMOVED: "is gone", CHANGED: "has other settings"}


class Teller:
    """Writes the sentences of a comparison with some marks."""

    def __init__(self, diff: TreeDiff, marks: Marks) -> None:
        self.diff, self.marks = diff, marks
        self.library: Library = diff.new.library

    def headline(self) -> str:
        """The consequence of all of it, in one sentence; without marks."""
        told = [*self._head_readers(), *self._head_decisions()]
        return "; ".join(told) or self._head_documents()

    def _head_readers(self) -> Iterator[str]:
        wider = self.diff.wider
        if wider:
            more = f", and {len(wider) - 1} more may be read by more people" if wider[1:] else ""
            yield f"{self._say_exposure(wider[0], plain=True)}{more}"

    def _head_decisions(self) -> Iterator[str]:
        decided = self.diff.decided
        number = sum(one.paths.elsewhere for one in decided if one.paths)
        ends = {group.after for one in decided if one.paths for group in one.paths.groups}
        if number and len(decided) == 1:
            end = _clean(ends.pop()) if len(ends) == 1 else ""
            where = f"in “{end}”" if end else "elsewhere"
            yield f"{count(number, 'path')} now {'ends' if number == 1 else 'end'} {where}"
        elif decided:
            yield f"{count(len(decided), 'decision')} {'ends' if len(decided) == 1 else 'end'} elsewhere" + (
                f", on {count(number, 'path')}" if number else ""
            )

    def _head_documents(self) -> str:
        documents = self.diff.documents
        if self.diff.is_empty:
            return "Nothing is different"
        grave = [one for one in documents if one.need and one.need.change == MAJOR]
        if grave:
            told = _name_documents(grave)
            return f"{told} {'says' if len(grave) == 1 else 'say'} something else to people than before"
        larger = [one for one in documents if one.kind != CHANGED or (one.need and one.need.change == MINOR)]
        if larger:
            has = "has" if len(larger) == 1 else "have"
            return f"{_name_documents(larger)} {has} something new or left out, and no answer is another"
        if documents:
            return f"Only words, sources and days are different in {_name_documents(documents)}"
        if self.diff.words or self.diff.files:
            return "No document is different, but words or files are"
        return "Nothing that can be compared is different"

    def exposure(self, one: Exposure) -> str:
        """What other readers may see."""
        return self._say_exposure(one)

    def _say_exposure(self, one: Exposure, plain: bool = False) -> str:
        before, after = self._name_audience(one.before), self._name_audience(one.after)
        words = _clean if plain else self.marks.words
        if one.document is None:
            what, _, word = one.part.partition(" ")
            name = self._name_word(f"{what}s", word)
            return words(f"{what.capitalize()} {name} may see what is for {after}; it was what is for {before}")
        title = f"“{words(one.document.body.title)}”"
        part = one.document.parts.get(one.part)
        place = f"“{words(part.title)}” of {title}" if part else title
        if one.words:
            return f"{words(after.capitalize())} may now read a sentence of {place} that was for {words(before)}"
        who = words(after.capitalize())
        if one.wider:
            return f"{who} may now read {place}, which was for {words(before)}"
        return f"Only {words(after)} may still read {place}, which was for {words(before)}"

    def _name_audience(self, word: str) -> str:
        return f"{self._name_word('audiences', word).lower()} readers"

    def _name_word(self, group: str, word: str) -> str:
        known = self.library.vocabulary.terms(group).get(word) if self.library.vocabulary else None
        return known.name.strip() if known else word

    def team(self, word: str) -> str:
        """What a team is called."""
        return self.marks.words(self._name_word("teams", word))

    def queue(self, word: str) -> str:
        """What a queue is called."""
        return self.marks.words(self._name_word("queues", word))

    def document(self, one: DocumentChange) -> str:
        """Which document it is: title, id, versions."""
        document, marks = one.document, self.marks
        told = f"{marks.strong(marks.words(document.body.title))} {marks.code(document.id)}"
        if one.kind == CHANGED and one.pair.old:
            old = one.pair.old.body.version
            version = old if old == document.body.version else f"{old} → {document.body.version}"
            return f"{told} {version}" + (f", which was {marks.code(one.former)}" if one.former else "")
        return f"{told} {document.body.version}, {'new' if one.kind == ADDED else 'gone'}"

    def rest(self, one: DocumentChange) -> str:
        """What to say of a document of which nothing else is told; empty if something is."""
        is_told = bool(one.edits or one.languages or one.citations) or one.kind != CHANGED
        has_paths = one.paths is not None and (one.paths.is_decided_anew or one.paths.renamed > 0)
        return "" if is_told or has_paths else "Only ids, notes or days are different, and nothing that people read"

    def setting(self, one: DocumentChange) -> str:
        """What kind of document it is, in which queue, who owns it and who reads it."""
        body = one.document.body
        told = [one.document.kind.noun]
        told += [f"in queue {self.queue(body.queue)}"] if body.queue else []
        told += [f"of {self.team(body.owner)}"] if body.owner else []
        return ", ".join([*told, f"read by {self._name_readers(body.audience)}"])

    def _name_readers(self, audience: str) -> str:
        vocabulary = self.library.vocabulary
        if vocabulary is None or audience not in vocabulary.audiences:
            return self.marks.words(audience)
        above = list(vocabulary.audiences)[vocabulary.rank(audience) :]
        if vocabulary.rank(audience) == 0:
            return "everybody"
        names = [self.marks.words(vocabulary.audiences[one].name.lower()) for one in above]
        return f"{join_names(names)} readers"

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
            said = {ADDED: "is new", REMOVED: "is gone", CHANGED: "is another"}[one.kind]
            return self.marks.words(f"{one.what[:1].upper()}{one.what[1:]} {said}")
        if one.kind == MOVED:
            return f"{name} moved: {self.marks.words(one.what)}"
        if one.kind == ADDED and one.part:
            return f"{name} is new"
        if one.kind == REMOVED and one.part:
            return f"{name} moved to {self.marks.code(moved_to)}" if moved_to else f"{name} is gone"
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
            REWORDED: f"The text in {name} was reworded",
            NEW: f"The text in {name} is new",
            GONE: f"The text in {name} is gone",
            BEHIND: f"The text in {name} still says the old: it translates {one.of}",
            CONFIRMED: f"The text in {name} was confirmed for {one.of} as it is",
            FOLLOWED: f"The text in {name} was brought up to date, to {one.of}",
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
        why = WHY[need.level] if need.level == need.change else "a section has another meaning"
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
            return f"{name} is called {self.marks.code(one.after)} now"
        return f"{name} {WORD_CHANGES[one.kind]}"


def join_names(names: Sequence[str]) -> str:
    """Names in a sentence: `a, b and c`."""
    return " and ".join(filter(None, [", ".join(names[:-1]), names[-1]])) if names else ""


def _clean(text: str) -> str:
    return " ".join(text.split()).rstrip(".")


def _name_documents(documents: Sequence[DocumentChange]) -> str:
    """One or two documents by their titles, more of them by their number."""
    if len(documents) > HEADED:
        return count(len(documents), "document")
    return join_names([f"“{_clean(one.document.body.title)}”" for one in documents])


class Task(NamedTuple):
    """Something to do before a change is merged; one that `is_done` is only told."""

    who: str
    what: str
    is_done: bool = False
    details: tuple[str, ...] = ()
