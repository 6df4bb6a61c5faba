"""Tells what is another in one document, one edit after the other, in the words of its authors."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from generator.analysis.changes.pairs import Renamings
from generator.documents.header import Header
from generator.documents.text.matching import Matcher
from generator.documents.types.macro import Macro
from generator.findings import Keys
from generator.library.meaning.lesson import spell_field, value_at
from generator.library.meaning.lessons import ANSWERS, Pairing, Told, find_old_keys, is_told_by_paths
from generator.library.rewording import ORDER, TRANSLATIONS

ADDED, REMOVED, MOVED, CHANGED = "added", "removed", "moved", "changed"
WORDS = {"owner": "teams", "queue": "queues", "severity": "severities"}
# What the header says, besides what a reader works by, with what an author calls it.
HEADER = {
    "title": "the title", "status": "the status", "owner": "the owner", "queue": "the queue", "summary": "the summary",
    "symptoms": "the signs", "aliases": "other names", "phrases": "the words that the search knows",
    "content_warning": "the content warnings", "jurisdictions": "the jurisdictions",
    "superseded_by": "what replaces it", "reviewed": "the day of the last review", "review_by": "the next review",
    "effective": "the day from which it holds",
}  # fmt: skip
GROUPS = {
    "steps": "steps", "questions": "questions", "inputs": "questions", "outcomes": "outcomes", "rows": "rows",
    "cases": "cases", "text": "text", "translations": "letters", "sections": "sections", "modules": "modules",
}  # fmt: skip


Names = list[tuple[str, list[str]]]
"""Ids, each with those that it had."""


class Alteration(NamedTuple):
    """One thing that is another: in which `group` of the document, what happened to it (`kind`), and both states.

    `part` is the id of a step, a section, a question and so on, `title` what its readers call it; both are empty for
    the whole document. `level` is how much the version has to be raised for it; empty if it need not be. `field` is the
    key, if it is one of the header.
    """

    group: str
    kind: str
    part: str
    title: str
    what: str
    before: str = ""
    after: str = ""
    level: str = ""
    field: str = ""


def edits_of(pair: Pairing, told: list[Told], renamings: Renamings, is_followed: bool) -> list[Alteration]:
    """All edits of a document but for its citations and letters, in the order of its fields.

    Of a decision that `is_followed`, the paths tell which answers there are and where they lead.
    """
    content = _compare_content(pair, told, renamings, is_followed)
    return [*_compare_header(pair, renamings), *content, *_find_moves(pair)]


def _compare_header(pair: Pairing, renamings: Renamings) -> Iterator[Alteration]:
    old, new = pair.old.body, pair.new.body
    for name, said in HEADER.items():
        was, now = getattr(old, name, None), getattr(new, name, None)
        if isinstance(was, str) and name in WORDS:
            was = renamings.now(WORDS[name], was)
        if was != now and not (name in ("status", "superseded_by") and pair.old.body.status != pair.new.body.status):
            kind = CHANGED if was and now else ADDED if now else REMOVED
            before, after = spell_field(pair.then, old, (name,)), spell_field(pair.now, new, (name,))
            yield Alteration("header", kind, "", "", said, before, after, field=name)


def _compare_content(pair: Pairing, told: list[Told], renamings: Renamings, is_followed: bool) -> Iterator[Alteration]:
    for one, lesson in told:
        keys = one.keys
        if keys[0] == "effective" or (one.what == ORDER and keys == ("steps",)):
            continue
        if isinstance(pair.new.body, Macro) and keys[0] in ("text", *TRANSLATIONS) and _is_letter(keys, one.gone):
            continue  # told by its languages
        if is_followed and is_told_by_paths(one):
            continue
        if _is_renamed_word(pair, keys, renamings):
            continue
        is_part = len(keys) == (1 if one.gone else 2) and (
            bool(one.gone) or isinstance(keys[-1], int) or keys[0] in GROUPS
        )
        kind = (REMOVED if one.gone else ADDED if one.what == "is new" else CHANGED) if is_part else CHANGED
        before, after = lesson.before, lesson.after
        if kind == CHANGED and (one.was or one.now) and not ANSWERS.keys() & {keys[-1]}:
            before, after = one.was, one.now
        group = GROUPS.get(str(keys[0]), "content")
        part = one.gone or pair.new.body.part_at(keys)
        yield Alteration(group, kind, part, _find_title(pair, part, one.gone), lesson.what, before, after, lesson.level)


def _is_letter(keys: Keys, gone: str) -> bool:
    return keys == ("text",) or (keys == TRANSLATIONS and bool(gone)) or len(keys) == 2 or keys[-1] == "text"


def _is_renamed_word(pair: Pairing, keys: Keys, renamings: Renamings) -> bool:
    """Whether a value is only called otherwise in the vocabulary."""
    was, now = value_at(pair.old.body, find_old_keys(pair, keys)), value_at(pair.new.body, keys)
    if not isinstance(was, str) or not isinstance(now, str):
        return False
    return any(renamings.now(group, was) == now != was for group in renamings.words)


def _find_title(pair: Pairing, part: str, gone: str) -> str:
    """What a reader calls a part; empty if it has no name but its id."""
    found = (pair.old if gone else pair.new).parts.get(part)
    if found is None or isinstance(pair.new.body, Macro) or found.title == part:
        return ""
    return found.title.strip()


def _find_moves(pair: Pairing) -> Iterator[Alteration]:
    """Steps, sections and questions that are at another place among those that both states have."""
    for group, old, new in _list_ordered(pair.old.body, pair.new.body):
        was = {one: name for name, formerly in new for one in (name, *formerly)}
        then = [was[name] for name, _ in old if name in was]
        now = [name for name, _ in new if name in set(then)]
        kept = {name for a, _, size in Matcher(then, now).get_matching_blocks() for name in then[a : a + size]}
        titles = {name: part.title.strip() for name, part in pair.new.parts.items()}
        for name in now:
            if name not in kept:
                before, after = then.index(name), now.index(name)
                above = titles.get(now[after - 1], now[after - 1]) if after else ""
                what = f"now comes after “{above}”" if above else "now comes first"
                level = lesson_level(group)
                yield Alteration(group, MOVED, name, titles.get(name, ""), what, str(before + 1), str(after + 1), level)


def lesson_level(group: str) -> str:
    """How much a version has to be raised when parts are at another place: what is done in turn is done otherwise."""
    return "major" if group == "steps" else ""


def _list_ordered(old: Header, new: Header) -> Iterator[tuple[str, Names, Names]]:
    for group in ("steps", "sections"):
        if hasattr(old, group) and hasattr(new, group):
            yield group, _list_ids(getattr(old, group)), _list_ids(getattr(new, group))


def _list_ids(parts: Any) -> Names:
    return [(one.id, one.formerly) for one in parts]
