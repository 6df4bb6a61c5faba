"""Compares a document with an older state of it: where it now tells its readers something else.

What counts is what a person does, says or decides by: the fields of the type itself, and the severity. What does not
count: the rest of the header, the history, citations and the versions in references (checks of their own judge these,
and a review moves them), audiences, examples, and the form of a text (see `told`).
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from functools import cache, cached_property, lru_cache, partial
from typing import Any, NamedTuple

from pydantic import BaseModel

from generator.documents import Document
from generator.documents.header import Header, Historied
from generator.documents.roles import leaves
from generator.documents.target import Target
from generator.documents.text.plain import level, told
from generator.documents.types.decision_tree import Decision
from generator.documents.types.macro import Translation
from generator.documents.types.policy import Policy
from generator.documents.types.sop import Step
from generator.findings import Keys, Spot, stretch
from generator.library.library import Library
from generator.library.timeline import events, order

LEADS = {"start", "go", "then", "outcome"}  # keys whose value is the id of a question or an outcome
PASSED_OVER = {
    "id", "formerly", "history", "cites", "audience", "of", "reasons", "reason", "example", "source", "in_short",
}  # fmt: skip
UNCHANGED_HEADER = set(Header.model_fields) - {"severity"}
WORD = re.compile(r"\S+")
TOGETHER = ("text", "branches", "why")  # of a step: where in it a sentence is makes no difference
MARKS = "*_`~"  # of emphasis
PUNCTUATION = MARKS + ".,:;"
FEWER, ORDER = "has fewer entries", "is in a different order"  # of entries, at its key
TRANSLATIONS = ("translations",)
Entries = Mapping[str, tuple[str | int, Any]]


class Rewording(NamedTuple):
    """A value that is not what it was: `what` says how.

    `gone` is the id of a part that is no longer at `keys`; `now` and `was` are the two texts, if it is one.
    """

    keys: Keys
    what: str = "has changed"
    gone: str = ""
    now: str = ""
    was: str = ""

    def spot(self, path: str) -> Spot:
        """The first word that is another one, or else the value; the list, if one of its parts is gone."""
        old = self.was.split()
        words = list(WORD.finditer(self.now))
        first = next((word for n, word in enumerate(words) if n >= len(old) or not _is_same(word[0], old[n])), None)
        if first is None:
            return Spot(path, self.keys, key=bool(self.gone) or self.what in (FEWER, ORDER))
        return stretch(path, self.keys, self.now, first[0], first.start())


class Referrer:
    """Names what references lead to, so that renamed documents and moved parts are still what they were."""

    def __init__(self, library: Library) -> None:
        self._library = library

    def refer(self, target: Target) -> str:
        """The document and the part that a target leads to, by the ids that they have now."""
        document = self._library.find(target.id)
        if document is None:
            return target.name
        target = self._library.current(target)
        if target.part and target.part not in document.parts:
            return self._follow_part(document.body, target.part) or target.name
        return Target.of(document.id, target.part).name

    def _follow_part(self, body: Header, part: str) -> str:
        """Where a part is now that its document no longer has; empty if that is not known."""
        if isinstance(body, Policy):
            past = events(body, part)
            return past[-1].to.name if past and past[-1].to else ""
        homes = self._homes[part]
        return Target.of(homes[0], part).name if len(homes) == 1 else ""

    @cached_property
    def _homes(self) -> dict[str, list[str]]:
        """The ids of the documents that have a part, by the id of the part."""
        found: dict[str, list[str]] = defaultdict(list)
        for document in self._library.documents:
            for part in document.parts:
                found[part].append(document.id)
        return found


@lru_cache(maxsize=1)
def referrer_of(library: Library) -> Referrer:
    return Referrer(library)


def older_state(library: Library, document: Document) -> Document | None:
    """A sound document as it was in `library.before`, by an id that it has or had; None if it was not there."""
    before = library.before.by_id if library.before and document.sound else {}
    return next((before[name] for name in (document.id, *document.body.formerly) if name in before), None)


def silent_rewordings(library: Library, document: Document) -> list[Rewording]:
    """Where a document reads otherwise than before, without both a new version and an entry for one in its history.

    A draft may change at will. Of an older state with format errors, what was left out of it is not new.
    """
    old, body = older_state(library, document), document.body
    if old is None or not document.kind.covers or old.body.status == "draft":
        return []
    if not isinstance(body, Historied) or not isinstance(old.body, Historied) or _is_told(body, old.body):
        return []
    found = rewordings(body, old.body, referrer_of(library))
    return [one for one in found if old.sound or one.what != "is new"]


def _is_told(body: Historied, old: Header) -> bool:
    is_noted = any(order(entry.version) > order(old.version) for entry in body.history)
    return is_noted and order(body.version) > order(old.version)


def rewordings(new: Header, old: Header, referrer: Referrer) -> list[Rewording]:
    """Every place at which a document tells something else than its older state, in the order of its fields."""
    return list(_Comparer(new, old, referrer).compare_documents())


class _Comparer:
    """Compares two states of one document."""

    def __init__(self, new: Header, old: Header, referrer: Referrer) -> None:
        self.new, self.old = new, old
        self._refer = referrer.refer
        self._tell = cache(partial(told, refer=referrer.refer))
        self._renamed = {old: name for name, part in new.parts().items() for old in part.formerly}
        self._prose = {_drop_indexes(leaf.keys) for body in (new, old) for leaf in leaves(body) if _is_prose(leaf.role)}

    def compare_documents(self) -> Iterator[Rewording]:
        for name in dict.fromkeys((*type(self.new).model_fields, *type(self.old).model_fields)):
            if name not in UNCHANGED_HEADER | PASSED_OVER:
                yield from self._compare((name,), getattr(self.new, name, None), getattr(self.old, name, None))
        if isinstance(self.new, Decision) and isinstance(self.old, Decision):
            yield from self._compare_answers(self.new, self.old)

    def _compare_answers(self, new: Decision, old: Decision) -> Iterator[Rewording]:
        """The order of answers of which the first that fits decides: two mappings are equal whatever theirs is."""
        for name, asked in new.asked.items():
            was = old.asked[name].offered if name in old.asked and asked.takes == "several" else {}
            if [one for one in asked.offered if one in was] != [one for one in was if one in asked.offered]:
                yield Rewording((new.group, name, asked.offers), ORDER)

    def _compare(self, keys: Keys, new: Any, old: Any) -> Iterator[Rewording]:
        if new == old or (isinstance(new, Translation) and order(new.of) > order(old.of)):
            return  # a translation that was brought up to date says so by its `of`
        if isinstance(new, BaseModel) and isinstance(old, BaseModel):
            same = TOGETHER if self._is_told_in_turn(keys, new, old) else ()
            for name in dict.fromkeys((*type(new).model_fields, *type(old).model_fields)):
                if name not in PASSED_OVER and name not in same:
                    yield from self._compare((*keys, name), getattr(new, name, None), getattr(old, name, None))
        elif isinstance(new, dict) and isinstance(old, dict):
            yield from self._compare_parts(keys, _list_entries(new), _list_entries(old))
        elif isinstance(new, list) and isinstance(old, list):
            if all(hasattr(item, "id") for item in (*new, *old)):
                yield from self._compare_parts(keys, _list_entries(new), _list_entries(old))
            else:
                yield from self._compare_items(keys, new, old)
        elif self._spell(keys, new) != self._spell(keys, old):
            texts = (new, old) if isinstance(new, str) and isinstance(old, str) else ("", "")
            is_field = len(keys) == 1  # of the document: one of a part is a change of that part
            what = "is new" if old is None and is_field else "is gone" if new is None and is_field else "has changed"
            yield Rewording(keys, what, "", *texts)

    def _is_told_in_turn(self, keys: Keys, new: BaseModel, old: BaseModel) -> bool:
        """Whether two states of a step say the same in turn: what was written as "If so, do it" may be a branch now."""
        if not (isinstance(new, Step) and isinstance(old, Step)):
            return False
        return self._list_words(keys, new) == self._list_words(keys, old)

    def _list_words(self, keys: Keys, step: Step) -> list[str]:
        branches = [text for one in step.branches for text in ("If", *one.model_dump().values())]
        texts = [self._spell((*keys, "text"), text) for text in (step.text, *branches, step.why or "")]
        return [found for text in texts for word in text.split() if (found := word.strip(PUNCTUATION).casefold())]

    def _compare_parts(self, keys: Keys, new: Entries, old: Entries) -> Iterator[Rewording]:
        """Compares parts by their ids, wherever they are in their list."""
        were = {name: _find_former(name, part, old) for name, (_, part) in new.items()}
        for name, (key, part) in new.items():
            was = were[name]
            if was is not None:
                yield from self._compare((*keys, key), part, old[was][1])
            elif keys != TRANSLATIONS:  # one that is new says by itself which version it translates
                yield Rewording((*keys, key), "is new")
        kept = [was for was in were.values() if was is not None]
        for name in old:
            if name not in kept:
                yield Rewording(keys, "is gone", name)
        if kept != [name for name in old if name in kept] and self._is_ordered(keys):
            yield Rewording(keys, ORDER)

    def _compare_items(self, keys: Keys, new: list[Any], old: list[Any]) -> Iterator[Rewording]:
        """Compares items without ids by what they say."""
        now, then = ([self._spell((*keys, 0), item) for item in items] for items in (new, old))
        left = Counter(then)
        added = [index for index, words in enumerate(now) if not _take(left, words)]
        lost = sum(left.values())
        for number, index in enumerate(added):
            yield Rewording((*keys, index), "has changed" if number < lost else "is new")
        if lost > len(added):
            yield Rewording(keys, FEWER)
        elif not added and now != then and self._is_ordered(keys):
            yield Rewording(keys, ORDER)

    def _is_ordered(self, keys: Keys) -> bool:
        """Whether the order of entries decides: where the first that fits counts, and of what is done in turn."""
        if keys == ("rows",):
            return getattr(self.new, "hit", "") == "first"
        return keys[-1] in ("steps", "answers")

    def _spell(self, keys: Keys, value: Any) -> str:
        """What a value says, so that two values that say the same have the same text."""
        if isinstance(value, Target):
            return self._refer(value)
        if isinstance(value, str) and _drop_indexes(keys) in self._prose:
            return self._tell(value)  # also `then` of a case, which elsewhere is the id of a question
        if isinstance(value, str):
            return self._renamed.get(value, value) if keys[-1] in LEADS else level(value)
        if isinstance(value, BaseModel):
            value = {name: getattr(value, name) for name in type(value).model_fields if name not in PASSED_OVER}
        if isinstance(value, dict):
            names = self._renamed if keys[-1] == "when" else {}
            return repr(sorted((names.get(one, one), self._spell((*keys, one), inner)) for one, inner in value.items()))
        if isinstance(value, list):
            return repr(sorted(self._spell((*keys, number), item) for number, item in enumerate(value)))
        return repr(value)


def _is_same(word: str, other: str) -> bool:
    return level(word).strip(MARKS) == level(other).strip(MARKS)


def _list_entries(parts: Any) -> dict[str, tuple[str | int, Any]]:
    """Parts by id, each with the key that leads to it."""
    if isinstance(parts, dict):
        return {name: (name, part) for name, part in parts.items()}
    return {part.id: (number, part) for number, part in enumerate(parts)}


def _find_former(name: str, part: Any, old: Entries) -> str | None:
    """The id that a part had; None if there was no such part."""
    return next((one for one in (name, *getattr(part, "formerly", ())) if one in old), None)


def _take(left: Counter[str], words: str) -> bool:
    """Takes one of the words away; false if none is left."""
    left[words] -= 1
    if left[words] < 0:
        left[words] = 0
        return False
    return True


def _is_prose(role: Any) -> bool:
    return bool(role.name == "prose")


def _drop_indexes(keys: Keys) -> Keys:
    return tuple(key for key in keys if isinstance(key, str))
