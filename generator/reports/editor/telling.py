"""What is told of a document, a part, a word or a key, in Markdown, to somebody who points at it."""

from __future__ import annotations

import re
from typing import Any

from pydantic import BaseModel

from generator.documents import Document
from generator.documents.examples import Name, fit_doc, vocabulary_names
from generator.documents.fields import Role
from generator.documents.model_keys import field_at
from generator.documents.types.policy import Policy
from generator.findings import Keys
from generator.library.timeline import events, in_force
from generator.reports.editor.aim import model_for
from generator.reports.editor.desk import Desk
from generator.reports.editor.pointed import Pointed

TEXTS = ("text", "scenario", "help", "ask", "decision")  # of a part, the first that it has
LONGEST = 1500  # characters of a text


def tell(desk: Desk, subject: Pointed) -> str:
    """What there is to say of a subject; nothing if there is nothing."""
    if subject.word:
        return tell_word(desk, subject.group, subject.word)
    if subject.document is not None:
        return tell_document(desk, subject.document, subject.part, subject.cited)
    source = desk.sources[subject.at.path]
    return tell_key(desk, subject.at.path, source.data or {}, subject.keys)


def tell_document(desk: Desk, document: Document, part: str | None = None, cited: str | None = None) -> str:
    """The text that a reference leads to; of a policy, the version in force and what changed since the cited one."""
    body = document.body
    lines = [f"**{body.title}** ({document.kind.noun} `{document.id}`, {body.status}, {body.owner})"]
    if isinstance(body, Policy):
        lines.append(_tell_versions(body, desk, part, cited))
    if part is None or part not in document.parts:
        lines.append(body.summary)
    else:
        lines += [f"**{_name_part(document, part)}**", _shorten(text_of_part(document, part))]
    return "\n\n".join(line for line in lines if line)


def _name_part(document: Document, part: str) -> str:
    if isinstance(document.body, Policy):
        section = next((one for one in document.body.sections if one.id == part), None)
        if section:
            return f"§{section.number} {section.title}"
    return document.parts[part].title


def _tell_versions(policy: Policy, desk: Desk, part: str | None, cited: str | None) -> str:
    now = in_force(policy, desk.today)
    lines = [f"Version {now} is in force." if now else f"Version {policy.version} is not in force yet."]
    if cited:
        changes = (
            [one for one in events(policy, part, cited) if one.effective <= desk.today] if _is_version(cited) else []
        )
        lines += [
            f"Since {cited}, {one.version} {one.kind} it{f': {one.note}' if one.note else '.'}" for one in changes
        ]
    return " ".join(lines)


def _is_version(text: str) -> bool:
    return all(number.isdigit() for number in text.split("."))


def text_of_part(document: Document, part: str) -> str:
    """The text of a part."""
    value: Any = document.body
    for key in document.parts[part].keys:
        value = getattr(value, key) if isinstance(key, str) and hasattr(value, key) else value[key]
    if isinstance(value, str):
        return value
    return next((str(text) for name in TEXTS if (text := getattr(value, name, None))), "")


def _shorten(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[:LONGEST].rstrip()} …"


def tell_word(desk: Desk, group: str, word: str) -> str:
    """What a word of the vocabulary means."""
    terms = desk.vocabulary.terms(group) if desk.vocabulary else {}
    term = terms.get(word)
    if term is None:
        return ""
    more = term.model_dump(mode="json", exclude_defaults=True, exclude={"name", "meaning", "internal_note"})
    facts = [f"`{key}`: {value}" for key, value in more.items() if isinstance(value, str | int)]
    lines = [f"**{term.name}** (`{word}`, {group.replace('_', ' ')})", term.meaning or "", "  \n".join(facts)]
    return "\n\n".join(line for line in lines if line)


def tell_key(desk: Desk, path: str, data: dict[str, Any], keys: Keys) -> str:
    """What a key is for, with an example."""
    found = field_at(model_for(path, data), keys)
    if found is None:
        return ""
    return tell_field(desk, *found)


def tell_field(desk: Desk, model: type[BaseModel], name: str) -> str:
    """What a field of a model is for, with an example in the words and documents of the knowledge base."""
    doc, _ = fit_doc(model, name, _find_name(desk))
    return f"{doc.text}\n\nExample: `{doc.example}`" if doc.example else doc.text


def _find_name(desk: Desk) -> Name:
    """Names what the knowledge base has: its words, and the first document that fits where it lacks the example's."""
    library = desk.library
    find_word = vocabulary_names(desk.vocabulary) if desk.vocabulary else lambda role, value: value

    def find(role: Role, value: str) -> str | None:
        if role.name == "word" or library.find(re.split("[#@]", value)[0]):
            return find_word(role, value)
        wanted = "policy" if role.name == "citation" else role.of
        fitting = [one for one in library.documents if one.kind.name == wanted or (not wanted and one.is_named_by_id)]
        return _write_name(min(fitting, key=lambda one: one.id), value, desk) if fitting else None

    return find


def _write_name(document: Document, value: str, desk: Desk) -> str:
    """A document named as an example names one: with a part, with the version in force."""
    part = next(iter(document.parts), "") if "#" in value else ""
    version = in_force(document.body, desk.today) if "@" in value and isinstance(document.body, Policy) else None
    return document.id + (f"#{part}" if part else "") + (f"@{version}" if version else "")
