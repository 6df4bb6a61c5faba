"""Says in sentences what a comparison found: the same ones in the terminal and in a pull request."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from generator.analysis.changes import letters
from generator.analysis.changes.decided import PathChange
from generator.analysis.changes.edits import ADDED, CHANGED, MOVED, REMOVED, Alteration
from generator.analysis.changes.letters import TextState
from generator.analysis.changes.lives import DRAFTED, GONE, NEW, STARTED, WITHDRAWN
from generator.analysis.changes.readers import Exposure
from generator.analysis.changes.trees import DocumentChange, TreeDiff, WordChange
from generator.library.library import Library
from generator.library.meaning.levels import CHANGES, MAJOR, MINOR
from generator.library.meaning.need import Need
from generator.library.timeline import order
from generator.reports.changes.marks import Marks
from generator.wording import a, count

HEADED = 2  # documents that a headline names
MANY = 4  # names that a sentence has
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

    def headline(self) -> str:
        """The consequence of all of it, in one sentence; without marks."""
        told = [*self._head_readers(), *self._head_lives(), *self._head_decisions()]
        return "; ".join(told) or self._head_documents()

    def _head_readers(self) -> Iterator[str]:
        wider = self.diff.wider
        if wider:
            more = f", and {len(wider) - 1} more may be read by more people" if wider[1:] else ""
            yield f"{self._say_exposure(wider[0], plain=True)}{more}"

    def _head_lives(self) -> Iterator[str]:
        """What people work by from now on, and no longer; and what else changed beside it."""
        lives = [one for one in self.diff.documents if one.life]
        for some, is_begun in (
            ([one for one in lives if one.is_ended], False),
            ([one for one in lives if one.is_begun], True),
            ([one for one in lives if one.life == DRAFTED], True),
        ):
            if len(some) == 1:
                yield self._head_begun(some[0]) if is_begun else self._head_ended(some[0])
            elif some:
                what = {NEW: "new", STARTED: "new", DRAFTED: "drafted"}.get(some[0].life, "no longer in use")
                names = _name_documents(some)
                number = f"{len(some)} documents {'are' if what != 'drafted' else 'were'}"
                yield f"{number} {what}: {names}" if len(some) <= HEADED else f"{number} {what}"
        grave = [one for one in self.diff.documents if one.need and one.need.change == MAJOR and not one.life]
        grave = [one for one in grave if one not in self.diff.decided]
        if lives and grave:
            yield self._head_major(grave)

    def _head_begun(self, one: DocumentChange) -> str:
        document = one.document
        kind = document.kind.noun if document.kind.noun.isupper() else document.kind.noun.lower()
        what = f"New draft of {a(kind)}" if one.life == DRAFTED else f"New {kind}"
        what = f"{kind[:1].upper()}{kind[1:]} in use from now on" if one.life == STARTED else what
        brief = [_clean(words) for words in one.profile.brief] if one.profile else []
        told = f"{what}, for {self._list_readers(document.body.audience, _clean)}: “{_clean(document.body.title)}”"
        return f"{told} ({', '.join(brief)})" if brief else told

    def _head_ended(self, one: DocumentChange) -> str:
        title, to = f"“{_clean(one.document.body.title)}”", self.successor(one)
        how = {GONE: "was removed", WITHDRAWN: "is a draft again"}.get(one.life) or f"is {one.document.body.status}"
        readers = self._list_readers(one.document.body.audience, _clean)
        instead = f", and “{_clean(to)}” takes its place" if to else ", and nothing takes its place"
        return f"{title} {how}: {readers} can no longer use it{instead if one.life != WITHDRAWN else ''}"

    def successor(self, one: DocumentChange) -> str:
        """The title of what replaces a document; empty if nothing does."""
        to = one.document.body.superseded_by
        found = self.library.find(to.id) if to else None
        return found.body.title if found else ""

    def _head_major(self, grave: Sequence[DocumentChange]) -> str:
        return f"{_name_documents(grave)} {'tells' if len(grave) == 1 else 'tell'} people something different"

    def _head_decisions(self) -> Iterator[str]:
        decided = [one for one in self.diff.decided if not one.is_ended]
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
        if grave := [one for one in documents if one.need and one.need.change == MAJOR]:
            return self._head_major(grave)
        if larger := [one for one in documents if one.need and one.need.change == MINOR]:
            has = "has" if len(larger) == 1 else "have"
            return f"{_name_documents(larger)} {has} something added or left out; every answer stays the same"
        if given := [one for one in documents if self._is_given(one)]:
            return self._head_given(given)
        if documents:
            return f"Only wording, sources or dates changed in {_name_documents(documents)}"
        if self.diff.words or self.diff.files:
            return "No document changed, but words of the vocabulary or files did"
        return "Nothing that can be compared is different"

    def given_to(self, one: DocumentChange) -> str:
        """The team that a document belongs to now, if it is another one; else empty."""
        is_given = any(edit.field == "owner" for edit in one.edits)
        return self.team(one.document.body.owner) if is_given else ""

    def _is_given(self, one: DocumentChange) -> bool:
        """Whether another team or queue has the document now."""
        return any(edit.field in ("owner", "queue") for edit in one.edits)

    def _head_given(self, given: Sequence[DocumentChange]) -> str:
        if len(given) > 1:
            return f"{_name_documents(given)} went to another team or queue"
        one = given[0]
        (edit, *_) = [edit for edit in one.edits if edit.field in ("owner", "queue")]
        what = "belongs to" if edit.field == "owner" else "is in queue"
        before = (
            f", and no longer {'to' if edit.field == 'owner' else 'in'} {_clean(edit.before)}" if edit.before else ""
        )
        return f"“{_clean(one.document.body.title)}” now {what} {_clean(edit.after) or 'no queue'}{before}"

    def exposure(self, one: Exposure) -> str:
        """What other readers may see."""
        return self._say_exposure(one)

    def _say_exposure(self, one: Exposure, plain: bool = False) -> str:
        words = _clean if plain else self.marks.words
        before, after = self._list_readers(one.before, words), self._list_readers(one.after, words)
        if one.document is None:
            what, _, word = one.part.partition(" ")
            name = words(self._name_word(f"{what}s", word))
            was, now = (words(self._name_word("audiences", audience)) for audience in (one.before, one.after))
            return f"{what.capitalize()} {name} may now see what is for {now}, and so far saw what is for {was}"
        title = f"“{words(one.document.body.title)}”"
        part = one.document.parts.get(one.part)
        place = f"“{words(part.title)}” of {title}" if part else title
        if one.words:
            place = f"a sentence of {place}"
        if one.wider or one.words:
            return f"{self._name_added(one, words)} may now read {place}, which only {before} could read"
        return f"Only {after} may still read {place}, which {before} could read"

    def _name_added(self, one: Exposure, words: Callable[[str], str]) -> str:
        """The audiences that may read something now and could not: “Public”, or “Public and Vendor”."""
        vocabulary = self.library.vocabulary
        if vocabulary is None or one.after not in vocabulary.audiences:
            return words(one.after)
        names = list(vocabulary.audiences)[vocabulary.rank(one.after) : vocabulary.rank(one.before)] or [one.after]
        return join_names([words(vocabulary.audiences[name].name) for name in names])

    def _list_readers(self, audience: str, words: Callable[[str], str]) -> str:
        """Everybody who may read what is for an audience, by the names of their audiences: “Vendor and Internal”."""
        vocabulary = self.library.vocabulary
        if vocabulary is None or audience not in vocabulary.audiences:
            return words(audience)
        names = [words(term.name) for term in list(vocabulary.audiences.values())[vocabulary.rank(audience) :]]
        if len(names) > MANY:
            names = [*names[:MANY], f"{len(names) - MANY} more"]
        return join_names(names)

    def _name_word(self, group: str, word: str) -> str:
        known = self.library.vocabulary.terms(group).get(word) if self.library.vocabulary else None
        return known.name.strip() if known else word

    def audience(self, word: str) -> str:
        """What an audience is called."""
        return self.marks.words(self._name_word("audiences", word))

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
            told = f"{told} {version}" + (f", which was {marks.code(one.former)}" if one.former else "")
        else:
            told = f"{told} {document.body.version}"
        if not one.life:
            return told
        to = self.successor(one)
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
        return ", ".join([*told, f"read by {self._list_readers(body.audience, self.marks.words)}"])

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
