"""What somebody who was trained has to learn anew because one thing changed: the lesson, and all that it says."""

from __future__ import annotations

from datetime import date
from typing import Any, NamedTuple

from pydantic import BaseModel

from generator.documents import Document
from generator.documents.fields import Role
from generator.documents.roles import leaves
from generator.documents.target import Target
from generator.documents.types.macro import Macro
from generator.documents.values import word_value
from generator.findings import Keys
from generator.library.library import Library
from generator.library.meaning.reasons import Reason
from generator.library.meaning.retelling import plain_words

# What a trainee has to do, in the order of how much hangs on it.
DUTIES = {
    "decide": "Decide differently",
    "act": "Do differently",
    "write": "Write differently",
    "know": "Know the new rule",
    "stop": "Stop using",
    "learn": "Learn: this is new",
    "soon": "Prepare for what comes",
    "find": "Changed at hand: look it up when a case leads you there",
    "read": "Read once: other words, the same work",
}


SAID = {"member": "the member", "other": "somebody other than the member"}


class Lesson(NamedTuple):
    """One change, for somebody who knows how it was: what is another, before and after, why, and from when.

    `level` is how much a version has to be raised for it. `part` is the id of the part of the document; empty if the
    lesson is about the whole.
    """

    duty: str
    level: str
    document: Document
    part: str
    what: str
    before: str = ""
    after: str = ""
    reasons: tuple[Reason, ...] = ()

    @property
    def since(self) -> date | None:
        """The day from which it holds: the latest of those that its reasons name."""
        return max((one.since for one in self.reasons if one.since), default=None)

    @property
    def place(self) -> str:
        """The title of the part; empty if it has none, as an example, or if the lesson is about the whole document."""
        part = self.document.parts.get(self.part)
        is_named = part is not None and part.title != self.part and not isinstance(self.document.body, Macro)
        return part.title.strip() if part and is_named else ""


def value_at(value: Any, keys: Keys) -> Any:
    """What the keys lead to in a document; None if there is nothing."""
    for key in keys:
        if isinstance(value, BaseModel):
            value = getattr(value, str(key), None)
        elif isinstance(value, dict):
            value = value.get(key)
        else:
            value = value[key] if isinstance(value, list) and isinstance(key, int) and key < len(value) else None
    return value


def spell_field(view: Library, body: BaseModel, keys: Keys) -> str:
    """A value of a document in the words of its readers."""
    return _spell_value(view, value_at(body, keys), _find_role(body, keys))


def _find_role(body: BaseModel, keys: Keys) -> Role | None:
    return next((leaf.role for leaf in leaves(body) if leaf.keys == keys), None)


def _spell_value(view: Library, value: Any, role: Role | None = None) -> str:
    if value is None or isinstance(value, bool):
        return ""
    if isinstance(value, Target):
        return (view.title_of(value) or value.name).strip()
    if isinstance(value, str):
        if role and role.name == "word" and view.vocabulary:
            term = view.vocabulary.terms(role.of).get(value)
            return term.name.strip() if term else value
        return SAID.get(value) or plain_words(word_value("duration", value) if role is None else value, view)
    if isinstance(value, BaseModel):
        return "\n".join(filter(None, (_spell_value(view, one) for one in _list_told(value))))
    if isinstance(value, dict | list):
        items = value.values() if isinstance(value, dict) else value
        return "\n".join(filter(None, (_spell_value(view, one) for one in items)))
    return str(value)


def _list_told(body: BaseModel) -> list[Any]:
    """What a part says to its readers, without its id and what it rests on."""
    left_out = {
        "id", "formerly", "cites", "go", "audience", "internal_note", "answers", "outcome", "type", "example", "due",
        "weight", "takes", "unit", "revised", "number",
    }  # fmt: skip
    return [value for name, value in body if name not in left_out]
