"""Finds which document of one tree is which of another: by its id, by a former id, or by what it says."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping
from typing import NamedTuple

from generator.documents import Document
from generator.documents.types.decision_tree import Decision
from generator.documents.vocabulary import Vocabulary
from generator.files.renames import pair_renames
from generator.library.freezing import dump
from generator.library.library import Library

MOST_RENAMED = 500  # documents that went, or came, and are compared by their words


class DocumentPair(NamedTuple):
    """A document in both trees, or in one of them; both states are sound."""

    old: Document | None
    new: Document | None

    @property
    def document(self) -> Document:
        """The document as it is, or as it last was."""
        found = self.new or self.old
        assert found is not None
        return found


def pair_documents(old: Library, new: Library) -> list[DocumentPair]:
    """Every document that is not the same in both trees, in the order of the new one; those that are gone at the end.

    One with format errors is in no pair: nobody can tell what of it is another.
    """
    unknown = {*_list_unsound(old), *_list_unsound(new)}
    before, after = (
        {name: one for name, one in library.by_id.items() if name not in unknown} for library in (old, new)
    )
    was = {name: name for name in after if name in before}
    for name, one in after.items():
        known = next((id for id in one.body.formerly if id in before and id not in after), None)
        if name not in was and known:
            was[name] = known
    for known, one in before.items():
        later = next((id for id in one.body.formerly if id in after and id not in before), None)
        if later and known not in was.values():
            was.setdefault(later, known)  # the old tree may be the later one
    taken = set(was.values())
    was |= _pair_by_words(
        [one for name, one in before.items() if name not in taken and name not in new.ambiguous],
        [one for name, one in after.items() if name not in was],
    )
    taken = set(was.values())
    pairs = [DocumentPair(before[was[name]] if name in was else None, one) for name, one in after.items()]
    pairs += [DocumentPair(one, None) for name, one in before.items() if name not in taken]
    return [pair for pair in pairs if not (pair.old and pair.new and _is_same(pair.old, pair.new))]


def _list_unsound(library: Library) -> list[str]:
    return [*library.malformed, *(one.id for one in library.by_id.values() if not one.sound)]


def _is_same(old: Document, new: Document) -> bool:
    return old is new or (old.body == new.body and _list_offered(old) == _list_offered(new))


def _list_offered(document: Document) -> list[tuple[str, ...]]:
    """The answers of a decision in their order: where several may be true, the first that fits decides."""
    body = document.body
    return [tuple(asked.offered) for asked in body.asked.values()] if isinstance(body, Decision) else []


def _pair_by_words(gone: list[Document], came: list[Document]) -> dict[str, str]:
    """The former id of each new document that has most words of one that is gone, of its type."""
    if not gone or not came or max(len(gone), len(came)) > MOST_RENAMED:
        return {}
    found: dict[str, str] = {}
    texts: dict[str, tuple[dict[str, str], dict[str, str]]] = defaultdict(lambda: ({}, {}))
    for number, some in enumerate((gone, came)):
        for one in some:
            texts[one.kind.name][number][one.id] = json.dumps(dump(one.body), ensure_ascii=False, indent=0)
    for before, after in texts.values():
        found |= pair_renames(before, after)
    return found


class Renamings(NamedTuple):
    """The words of a vocabulary that have another name now: by group, the new word of each old one."""

    words: Mapping[str, Mapping[str, str]]

    def now(self, group: str, word: str) -> str:
        """What a word is called now; itself if it was not renamed."""
        return self.words.get(group, {}).get(word, word)


GROUPS = ("audiences", "teams", "queues", "severities", "vendors", "locales", "jurisdictions", "channels")


def match_words(old: Vocabulary | None, new: Vocabulary | None) -> Renamings:
    """Which words were renamed: one that is gone and one that came have the same name for people, or the same place."""
    if old is None or new is None:
        return Renamings({})
    return Renamings({group: _match_group(old, new, group) for group in GROUPS})


def _match_group(old: Vocabulary, new: Vocabulary, group: str) -> dict[str, str]:
    was, now = old.terms(group), new.terms(group)
    went, came = [one for one in was if one not in now], [one for one in now if one not in was]
    names = {now[one].name.strip().casefold(): one for one in came}
    found = {one: names[name] for one in went if (name := was[one].name.strip().casefold()) in names}
    same = [was[one].model_dump(exclude={"name", "meaning"}) for one in went]
    if len(went) == len(came) == 1 and not found and len(was) == len(now):
        place = list(was).index(went[0])
        is_in_place = list(now)[place] == came[0]
        if is_in_place and (group == "audiences" or now[came[0]].model_dump(exclude={"name", "meaning"}) == same[0]):
            found[went[0]] = came[0]
    return found
