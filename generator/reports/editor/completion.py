"""What fits where somebody is writing: keys, words of the vocabulary, ids, parts, citations."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal, NamedTuple, get_args, get_origin

from generator.documents import Document
from generator.documents.fields import Role
from generator.documents.model_keys import is_model, role_at, type_at
from generator.documents.target import Target
from generator.documents.types.policy import Policy
from generator.library.timeline import in_force, versions
from generator.reports.editor.aim import Aim, aim, model_for
from generator.reports.editor.desk import Desk
from generator.reports.editor.telling import tell_document, tell_field, tell_word

LOCAL = {"go": "", "start": "questions", "outcome": "outcomes", "then": "outcomes", "counts_from": "", "section": ""}
MOST_TOLD = 60  # of so many choices each is told in full; of more, an editor shows a list of names


class Suggestion(NamedTuple):
    """Something that fits: what is written, what it is, what there is to say of it, and of which sort it is.

    `rank` sorts choices, the lowest first.
    """

    text: str
    detail: str
    told: str
    sort: Literal["key", "word", "document", "part", "version"]
    rank: int = 0


def complete_at(desk: Desk, path: str, text: str, offset: int) -> tuple[Aim, list[Suggestion]] | None:
    """What fits at a character of a text, and what it replaces; None if we cannot tell."""
    there = aim(path, text, offset)
    if there is None:
        return None
    if there.is_reference:
        return there, list(_list_targets(desk, there.written, Role("reference"), is_prose=True))
    return there, list(_list_choices(desk, path, there))


def _list_choices(desk: Desk, path: str, there: Aim) -> Iterator[Suggestion]:
    model = model_for(path, there.data)
    role = role_at(model, there.keys, there.is_key)
    if role is not None and role.name == "word":
        yield from _list_words(desk, role.of)
    elif role is not None and role.name in ("reference", "citation"):
        yield from _list_targets(desk, there.written, role)
    elif role is None:
        try:
            hint = type_at(model, there.keys[:-1] if there.is_key else there.keys)
        except (KeyError, IndexError):
            return
        if is_model(hint):
            yield from _list_keys(desk, hint, there)
        elif not there.is_key:
            yield from _list_values(hint)
            yield from _list_parts(desk, path, there)


def _list_words(desk: Desk, group: str) -> Iterator[Suggestion]:
    terms = desk.vocabulary.terms(group) if desk.vocabulary else {}
    for rank, (word, term) in enumerate(terms.items()):
        yield Suggestion(word, term.name, tell_word(desk, group, word), "word", rank)


def _list_keys(desk: Desk, model: Any, there: Aim) -> Iterator[Suggestion]:
    data: Any = there.data
    for key in there.keys[:-1] if there.is_key else ():
        data = data[key]
    taken = data if isinstance(data, dict) else {}
    for rank, (name, field) in enumerate(model.model_fields.items()):
        key = field.alias or name
        if key not in taken:
            told = tell_field(desk, model, name)
            yield Suggestion(f"{key}: ", "required" if field.is_required() else "", told, "key", rank)


def _list_values(hint: Any) -> Iterator[Suggestion]:
    values = get_args(hint) if get_origin(hint) is Literal else ("true", "false") if hint is bool else ()
    for rank, value in enumerate(values):
        yield Suggestion(str(value), "", "", "word", rank)


def _list_parts(desk: Desk, path: str, there: Aim) -> Iterator[Suggestion]:
    """The parts of the document itself, where a field takes one."""
    group = LOCAL.get(str(there.keys[-1])) if there.keys else None
    document = next((one for one in desk.library.documents if one.path == path), None)
    if group is None or document is None:
        return
    for rank, (name, part) in enumerate(document.parts.items()):
        if group in ("", part.keys[0]) and part.keys[0] != "cases":
            yield Suggestion(name, part.title, "", "part", rank)


def _list_targets(desk: Desk, written: str, role: Role, is_prose: bool = False) -> Iterator[Suggestion]:
    """The documents that fit; behind `#` the parts of the one that is named, behind `@` its versions."""
    name, mark, _ = written.partition("#")
    known = name.partition("@")[0]
    document = desk.library.find(known) if known else None
    if document is not None and "@" in written:
        yield from _list_versions(desk, document, written)
    elif document is not None and (mark or (role.name == "citation" and known == document.id)):
        is_cited = is_prose or role.name == "citation"
        yield from _list_parts_of(desk, document, known, is_cited)
    else:
        wanted = "policy" if role.name == "citation" else role.of
        fits = [one for one in desk.library.documents if wanted in ("", one.kind.name)]
        for one in fits:
            told = tell_document(desk, one) if len(fits) <= MOST_TOLD else one.body.summary
            yield Suggestion(one.id, f"{one.kind.one}: {one.body.title}", told, "document", int(one.body.is_gone))


def _list_parts_of(desk: Desk, document: Document, name: str, is_cited: bool) -> Iterator[Suggestion]:
    """The parts of a document; of a policy in the version in force, as citations name one."""
    version = in_force(document.body, desk.today) if is_cited and isinstance(document.body, Policy) else None
    for rank, (part, entry) in enumerate(document.parts.items()):
        text = Target.of(name, part, version).text
        yield Suggestion(text, entry.title, tell_document(desk, document, part), "part", rank)


def _list_versions(desk: Desk, document: Document, written: str) -> Iterator[Suggestion]:
    if not isinstance(document.body, Policy):
        return
    target, now = written.partition("@")[0], in_force(document.body, desk.today)
    part = Target.parse(target).part
    for rank, (version, day) in enumerate(reversed(list(versions(document.body).items()))):
        detail = (
            "in force" if version == now else f"from {day}" if day > desk.today else f"of {day}, no longer in force"
        )
        told = tell_document(desk, document, part, version)
        yield Suggestion(f"{target}@{version}", detail, told, "version", 0 if version == now else rank + 1)
