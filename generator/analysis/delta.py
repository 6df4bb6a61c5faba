"""Compares two states of a pack for those who were trained on the older one: what they have to learn anew."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from itertools import groupby
from typing import NamedTuple

from generator.documents import Document
from generator.documents.types.decision_tree import Decision
from generator.documents.types.macro import Macro
from generator.library.freezing import hash_words
from generator.library.meaning.compare import Verdict, compare, decisions
from generator.library.meaning.deciding_anew import tell_decision
from generator.library.meaning.lesson import DUTIES, Lesson, spell_field
from generator.library.meaning.lessons import Pairing, lessons_of
from generator.library.meaning.levels import LEVELS, MAJOR, MINOR, PATCH, gravest
from generator.library.meaning.reasons import Reason
from generator.library.meaning.retelling import plain_words, retell
from generator.library.packing import Packed
from generator.library.rewording import referrer_of, rewordings

OF_THE_COURSE = {"pass_mark", "recertify_after"}


class Delta(NamedTuple):
    """What changed in a pack: lessons in the order of their duties and of the course.

    `details` are the ids of documents of which only days, sources and the like are others. What is taught, or was, has
    its own duties; what is only at hand is looked up when a case leads there.
    """

    old: Packed
    new: Packed
    lessons: tuple[Lesson, ...]
    details: tuple[str, ...]

    @property
    def level(self) -> str:
        """How much the version has to be raised for all of it; empty if nothing changed."""
        found = {one.level for one in self.lessons} | ({PATCH} if self.details else set())
        return gravest(found)

    @property
    def is_empty(self) -> bool:
        return not self.level

    @property
    def by_duty(self) -> dict[str, list[Lesson]]:
        """The lessons by what has to be done, the gravest first."""
        return {name: some for name in DUTIES if (some := [one for one in self.lessons if one.duty == name])}

    def groups(self, duty: str) -> list[list[Lesson]]:
        """The lessons of a duty, together where they are about one document and have the same reasons."""
        key: Callable[[Lesson], tuple[str, object]] = lambda one: (one.document.id, one.reasons)  # noqa: E731
        return [list(some) for _, some in groupby(self.by_duty.get(duty, []), key)]

    @property
    def parts(self) -> Mapping[str, frozenset[str]]:
        """What is another, or new, by the ids of documents that the pack has: their parts; empty names the whole."""
        found: dict[str, set[str]] = defaultdict(set)
        inside = self.new.contents.ids
        for one in self.lessons:
            if one.document.id in inside and one.duty not in ("read", "stop"):
                known = self.new.view.by_id[one.document.id].parts
                found[one.document.id].add(one.part if one.part in known else "")
        return {name: frozenset(some) for name, some in found.items()}


def compare_packs(old: Packed, new: Packed, is_explained: bool = True) -> Delta:
    """What those who were trained on the old state of a pack have to know of the new one; why, if it `is_explained`."""
    then, now = ({one.id: one for one in packed.contents.documents} for packed in (old, new))
    formerly = {was: one.id for one in new.contents.documents for was in one.body.formerly if was in then}
    pairs = {name: then[known] for name in now if (known := _find_older(now[name], then))}
    before, after = decisions(old.view), decisions(new.view)
    lessons: list[Lesson] = [*_tell_course(old, new)]
    details: list[str] = []
    for name, document in now.items():
        was = pairs.get(name)
        if was is None:
            lessons.append(_tell_new(new, document))
        elif name in new.contents.taught and was.id not in old.contents.taught:
            pass  # it is learned as a whole
        elif hash_words(was) != hash_words(document):
            verdict = compare(name, before, after) if isinstance(document.body, Decision) else None
            found = list(_tell_pair(Pairing(document, was, new.view, old.view, is_explained), verdict))
            taught = name in new.contents.taught
            lessons += [one if taught else _lower(one) for one in found]
            details += [] if found else [name]
        lessons += _tell_place(old, new, document, was)
    lessons += [_tell_gone(old, new, one) for name, one in then.items() if name not in now and name not in formerly]
    places = {name: place for place, name in enumerate(now)}
    graves: dict[tuple[str, str], int] = {}
    for one in lessons:
        key = (one.duty, one.document.id)
        graves[key] = min(graves.get(key, len(LEVELS)), LEVELS.index(one.level))
    ranks = {name: rank for rank, name in enumerate(DUTIES)}

    def rank(one: Lesson) -> tuple[int, int, int, int]:
        grave = graves[one.duty, one.document.id]
        return ranks[one.duty], grave, places.get(one.document.id, len(places)), LEVELS.index(one.level)

    lessons.sort(key=rank)
    if not lessons and not details and hash_words(old.document) != hash_words(new.document):
        details.append(new.document.id)
    return Delta(old, new, tuple(lessons), tuple(details))


def _find_older(document: Document, then: Mapping[str, Document]) -> str:
    return next((one for one in (document.id, *document.body.formerly) if one in then), "")


def _tell_pair(pair: Pairing, verdict: Verdict | None) -> Iterator[Lesson]:
    """The lessons of one document that is in both states; of a decision there is a verdict on its paths."""
    is_decided_anew = is_followed = False
    if verdict is not None and isinstance(pair.old.body, Decision):
        is_decided_anew, is_followed = verdict.is_changed, verdict.comparison is not None
        yield from tell_decision(pair, verdict)
    yield from _join_languages(pair, list(lessons_of(pair, is_decided_anew, is_followed)))


def _join_languages(pair: Pairing, found: list[Lesson]) -> Iterator[Lesson]:
    """A letter that changed in many languages is one lesson, told in the first of them that its readers know."""
    texts = [one for one in found if isinstance(pair.new.body, Macro) and one.part and one.duty in ("write", "read")]
    changed = [one for one in texts if one.after or one.before]
    others = {one.part for one in changed[1:]}
    for one in found:
        if one in changed[1:]:
            continue
        if changed and one is changed[0] and others:
            level = min((each.level for each in changed), key=LEVELS.index)
            duty = "write" if level != PATCH else one.duty
            what = f"{one.what}, also in {', '.join(sorted(others - {one.part})) or 'other places'}"
            yield one._replace(level=level, duty=duty, what=what)
        else:
            yield one


def _lower(one: Lesson) -> Lesson:
    """The lesson of what nobody studies: it is read when a case leads there, so that nothing has to be learned anew."""
    if one.duty == "soon":
        return one
    return one._replace(duty="read" if one.level == PATCH else "find", level=PATCH if one.level == PATCH else MINOR)


def _tell_new(new: Packed, document: Document) -> Lesson:
    duty = "learn" if document.id in new.contents.taught else "find"
    what = f"this {document.kind.noun} is new in the course" if duty == "learn" else f"this {document.kind.noun} is new"
    return Lesson(duty, MINOR, document, "", what, "", plain_words(document.body.summary, new.view))


def _tell_gone(old: Packed, new: Packed, document: Document) -> Lesson:
    """A document that the course has no more."""
    now = new.view.find(document.id)
    to = new.view.find(now.body.superseded_by.id) if now and now.body.superseded_by else None
    after = f"Use {to.body.title.strip()} instead." if to else ""
    if document.id not in old.contents.taught:
        return Lesson("find", MINOR, document, "", f"this {document.kind.noun} is no longer at hand", "", after)
    return Lesson("stop", MAJOR, document, "", f"this {document.kind.noun} is no longer part of your work", "", after)


def _tell_place(old: Packed, new: Packed, document: Document, was: Document | None) -> Iterator[Lesson]:
    """A document that the course teaches now and did not, or the other way round."""
    if was is not None and document.id in new.contents.taught and was.id not in old.contents.taught:
        what = f"this {document.kind.noun} is studied now, and was at hand before"
        yield Lesson("learn", MINOR, document, "", what, "", plain_words(document.body.summary, new.view))
    elif was is not None and document.id not in new.contents.taught and was.id in old.contents.taught:
        yield Lesson(
            "find", MINOR, document, "", f"this {document.kind.noun} is at hand, and need not be studied any more"
        )


def _tell_course(old: Packed, new: Packed) -> Iterator[Lesson]:
    """What is another about the course itself."""
    pack, was = new.document.body, old.document.body
    notes = [Reason(entry.note.strip(), entry.on) for entry in new.pack.history if entry.version == pack.version]
    for one in rewordings(pack, was, referrer_of(new.view)):
        name = str(one.keys[0])
        if name in OF_THE_COURSE:
            what = "the pass mark changed" if name == "pass_mark" else "how long the course lasts changed"
            before, after = spell_field(old.view, was, one.keys), spell_field(new.view, pack, one.keys)
            yield Lesson("read", MINOR, new.document, "", what, before, after, tuple(notes))
        elif name == "modules" and one.now and one.was:
            retold = retell(one.was, one.now, new.view)
            what = "the course tells its modules in other words"
            yield Lesson("read", PATCH, new.document, "", what, retold.before, retold.after)
