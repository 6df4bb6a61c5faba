"""Tells what one document's change means to those who were trained on the older state of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from generator.documents import Document
from generator.documents.types.decision_tree import Decision
from generator.documents.types.macro import Macro
from generator.documents.types.policy import Policy
from generator.documents.types.sop import Sop
from generator.findings import Keys
from generator.library.library import Library
from generator.library.meaning.lesson import Lesson, spell_field, value_at
from generator.library.meaning.levels import MAJOR, MINOR, PATCH
from generator.library.meaning.reasons import Reason, reasons
from generator.library.meaning.retelling import retell
from generator.library.rewording import FEWER, ORDER, TRANSLATIONS, Rewording, referrer_of, rewordings
from generator.library.timeline import events

# Fields whose value is an answer: with another one, the old is wrong. Each with what a reader calls it.
ANSWERS = {
    "action": "what is done", "severity": "the severity", "sop": "the procedure to follow",
    "macro": "the letter to send", "escalate": "who takes over",
    "first_response": "the time for the first answer", "to": "who takes over",
    "resolution": "the time for the solution", "within": "the time for this step", "tree": "the tree to walk",
    "counts_from": "when the time begins", "covered_by": "who keeps the times at night", "due": "the day that is named",
    "enforcement": "what is done", "channel": "the way that it is sent",
    "window": "the time within which somebody may ask", "kept": "how long it is kept", "takes": "what is asked for",
    "unit": "the unit", "type": "what is filled in", "actions": "what happens to the ticket",
}  # fmt: skip
LEADING = ("go", "start", "hit")
ONLY_WORDS = {"title", "in_short", "example", "note", "html", "recipient"}  # by which nobody acts
DUTY = {Sop: "act", Macro: "write", Policy: "know", Decision: "decide"}


@dataclass(frozen=True)
class Pairing:
    """A document now and as it was, with the libraries of their readers; reasons are looked up where they are told."""

    new: Document
    old: Document
    now: Library
    then: Library
    is_explained: bool = True

    @property
    def duty(self) -> str:
        return next((duty for model, duty in DUTY.items() if isinstance(self.new.body, model)), "know")

    def explain(self, part: str = "") -> tuple[Reason, ...]:
        return tuple(reasons(self.now, self.new, self.old, part)) if self.is_explained else ()


class Told(NamedTuple):
    """A value that is another, and what that means to people who know the old one."""

    rewording: Rewording
    lesson: Lesson


def list_differences(pair: Pairing) -> list[Told]:
    """Every place at which a document tells something else, in the order of its fields."""
    found = rewordings(pair.new.body, pair.old.body, referrer_of(pair.now))
    return [Told(one, lesson_of(pair, one)) for one in found if one.keys[-1] != "revised"]


def lessons_of(pair: Pairing, is_decided_anew: bool, is_followed: bool = False) -> Iterator[Lesson]:
    """The lessons of a document. Where a decision `is_decided_anew`, its own lessons tell what became of its paths.

    `is_followed` says that all of its paths were, so that they tell what another way of asking comes to.
    """
    for one in rewordings(pair.new.body, pair.old.body, referrer_of(pair.now)):
        if is_decided_anew and one.keys[0] in ("questions", "inputs", "rows", "start", "hit"):
            continue
        if is_followed and is_told_by_paths(one):
            continue
        if one.keys[-1] != "revised":  # which is told by the history
            yield lesson_of(pair, one)
    yield from lessons_besides(pair)


def is_told_by_paths(one: Rewording) -> bool:
    """Whether a change of a decision says only where answers lead, or which there are: its paths tell that."""
    is_answer = bool({"answers", "values"} & {*one.keys[:3]}) and (bool(one.gone) or one.what != "has changed")
    return one.keys[-1] in LEADING or one.keys[0] == "rows" or is_answer


def lessons_besides(pair: Pairing) -> Iterator[Lesson]:
    """What a document tells its readers besides what is reworded: letters in other languages, what was announced."""
    yield from _tell_languages(pair)
    yield from _tell_announced(pair)


def lesson_of(pair: Pairing, one: Rewording) -> Lesson:
    """What one difference of a document means, and how much its version has to be raised for it."""
    body, keys = pair.new.body, one.keys
    part = one.gone or body.part_at(keys)
    part = part if part in (pair.old if one.gone else pair.new).parts else ""
    document = pair.old if one.gone else pair.new
    field = next((str(key) for key in reversed(keys) if isinstance(key, str)), "")

    def lesson(duty: str, level: str, what: str, before: str = "", after: str = "") -> Lesson:
        return Lesson(duty, level, document, part, what, before, after, pair.explain(part))

    if one.gone:
        gone = _spell_gone(pair, one)
        if keys[0] == "cases":
            return lesson("read", PATCH, "an example was taken out", gone)
        return lesson(pair.duty, MAJOR, f"{_name(keys)} is gone", gone)
    if one.what in (FEWER, ORDER):
        what = f"{_name_list(keys)} {'are in a different order' if one.what == ORDER else 'have fewer entries'}"
        before, after = spell_field(pair.then, pair.old.body, keys), spell_field(pair.now, body, keys)
        return lesson(pair.duty, MAJOR, what, before, after)
    if one.what == "is new" or not _may_find_old(pair, one):
        after = spell_field(pair.now, body, keys)
        if keys[0] == "cases":
            return lesson("learn", MINOR, "a new example", "", after)
        return lesson(pair.duty, MINOR, f"{_name(keys)} is new", "", after)
    if keys[0] == "cases":
        return lesson("read", PATCH, "an example was reworded", one.was, one.now)
    if field in ANSWERS:
        before, after = (
            spell_field(pair.then, pair.old.body, find_old_keys(pair, keys)),
            spell_field(pair.now, body, keys),
        )
        return lesson(pair.duty, MAJOR, f"{ANSWERS[field]} changed", before, after)
    return _tell_text(pair, one, field, lesson)


def _tell_text(pair: Pairing, one: Rewording, field: str, lesson: object) -> Lesson:
    assert callable(lesson)
    old_keys = find_old_keys(pair, one.keys)
    was = one.was or spell_field(pair.then, pair.old.body, old_keys)
    now = one.now or spell_field(pair.now, pair.new.body, one.keys)
    retold = retell(was, now, pair.now)
    level = retold.level
    if isinstance(pair.new.body, Policy) and one.keys[0] == "sections":
        section = pair.new.body.part_at(one.keys)
        level = MAJOR if events(pair.new.body, section, pair.old.body.version) else PATCH
    is_read = field == "title" and retold.level == MAJOR  # "within 15 minutes" may stand in the title of a step
    level = PATCH if field in ONLY_WORDS and not is_read else level
    duty = "read" if level == PATCH else pair.duty
    name = _name_text(pair, one.keys)
    longer = "extended" if len(now.split()) > len(was.split()) else "shortened"
    what = {MAJOR: f"{name} says something different", MINOR: f"{name} was {longer}"}
    said = what.get(level, f"{name} was reworded")
    told: Lesson = lesson(duty, level, said, retold.before, retold.after)
    return told


def _tell_languages(pair: Pairing) -> Iterator[Lesson]:
    if isinstance(pair.new.body, Macro) and isinstance(pair.old.body, Macro):
        for name in pair.new.body.translations.keys() - pair.old.body.translations.keys():
            known = pair.now.vocabulary.locales.get(name) if pair.now.vocabulary else None
            what = f"the letter can be sent in {known.name if known else name} too"
            yield Lesson("write", MINOR, pair.new, name, what, reasons=pair.explain())


def _tell_announced(pair: Pairing) -> Iterator[Lesson]:
    """What was announced since, and is not in force yet."""
    new, old = pair.new.body, pair.old.body
    if isinstance(new, Policy) and isinstance(old, Policy):
        known = {entry.version for entry in old.history}
        for event in events(new, None, new.version):
            if event.version not in known:
                what = f"it will be {event.kind}"
                why = Reason(event.note or f"version {event.version}", event.effective)
                yield Lesson("soon", MINOR, pair.new, event.section, what, reasons=(why,))


def _name_text(pair: Pairing, keys: Keys) -> str:
    """What a reader calls a text; a letter with its language, where it is not the first."""
    if isinstance(pair.new.body, Macro) and keys[0] in ("text", *TRANSLATIONS):
        known = pair.now.vocabulary.locales.get(str(keys[1])) if pair.now.vocabulary and len(keys) > 1 else None
        return f"the letter in {known.name}" if known else "the letter"
    return _name(keys)


def _name_list(keys: Keys) -> str:
    """What a reader calls a list."""
    return LISTS.get(str(keys[-1]), _name(keys))


def _spell_gone(pair: Pairing, one: Rewording) -> str:
    part = pair.old.parts.get(one.gone)
    keys = part.keys if part else (*one.keys, one.gone)
    return spell_field(pair.then, pair.old.body, keys)


def find_old_keys(pair: Pairing, keys: Keys) -> Keys:
    """The keys of a value in the older state: a part may have had another place in its list, or another id."""
    name = pair.new.body.part_at(keys)
    part = pair.new.parts.get(name)
    if part is None:
        return keys
    was = next((one for one in (name, *part.formerly) if one in pair.old.parts), None)
    return (*pair.old.parts[was].keys, *keys[len(part.keys) :]) if was else keys


def _may_find_old(pair: Pairing, one: Rewording) -> bool:
    return bool(one.was) or value_at(pair.old.body, find_old_keys(pair, one.keys)) not in (None, [], {})


def _name(keys: Keys) -> str:
    """What a reader calls the field at some keys."""
    names = [str(key) for key in keys if isinstance(key, str)]
    if keys[:1] == TRANSLATIONS:
        return "the letter" if len(names) < 4 else NAMES.get(names[-1], f"the {names[-1].replace('_', ' ')}")
    if len(keys) == 2 and isinstance(keys[1], int):
        return ITEMS.get(names[0], f"an entry of {names[0].replace('_', ' ')}")
    if names[-1] in ANSWERS:
        return ANSWERS[names[-1]]
    last = next((one for one in reversed(names) if one in NAMES), names[-1])
    return NAMES.get(last, f"the {last.replace('_', ' ')}")


NAMES = {
    "text": "the text", "steps": "a step", "questions": "a question", "outcomes": "a decision", "ask": "the question",
    "decision": "the decision", "trigger": "when it applies", "not_when": "when it does not apply",
    "sections": "a section",
    "never": "what is never done", "prerequisites": "what you need before", "quality": "what an audit looks at",
    "branches": "what follows in which case", "otherwise": "what you do otherwise", "when": "when it is sent",
    "variables": "a blank", "cases": "an example", "title": "the title", "why": "the reason", "label": "an answer",
    "answers": "the answers", "rows": "a row", "inputs": "a question", "help": "the help", "examples": "an example",
    "escalation": "when somebody takes over", "pass_mark": "the pass mark", "recertify_after": "how long it lasts",
    "internal_note": "the internal note", "modules": "the modules", "recipient": "whose name the letter has",
}  # fmt: skip
LISTS = {"steps": "the steps", "rows": "the rows", "modules": "the modules", "actions": "what happens to the ticket"}
ITEMS = {
    "steps": "a step", "never": "something that is never done", "not_when": "a case in which it does not apply",
    "prerequisites": "something that you need before", "quality": "something that an audit looks at", "rows": "a row",
    "sections": "a section", "cases": "an example",
}  # fmt: skip
