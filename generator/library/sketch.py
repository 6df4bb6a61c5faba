"""A library of sketches: of each document no more than what the checks of the whole read in it, as plain data.

What a sketch lacks raises an AttributeError where somebody asks for it, so that nothing wrong can follow from it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from pydantic import BaseModel

from generator.documents import VOCABULARY, Document, kind_of
from generator.documents.header import Header, Part
from generator.documents.target import Target
from generator.documents.types.decision_tree import Decision, DecisionTable, DecisionTree, Outcome
from generator.documents.types.macro import Macro, Translation
from generator.documents.types.pack import Pack
from generator.documents.types.policy import Policy, Section
from generator.documents.types.sop import Sop, Step
from generator.library.library import Library
from generator.library.pointers import Link, Outgoing, Pointer, Reference

PLAIN = ("id", "title", "status", "audience", "queue", "version", "aliases", "symptoms", "formerly")
Shaped = TypeVar("Shaped", bound=BaseModel)
REFERENCES, READERS = 4, 3  # where they are in a sketch, and in a reference of it
LETTER = ("channel", "locale", "enforcement", "reasons", "text")


def sketch(document: Document, outgoing: Outgoing) -> list[Any]:
    """A document as plain data, with what it refers to and the audiences that each reference is for."""
    guards = [(part.keys, part.audience) for part in document.parts.values() if part.audience]
    references = [
        [target.text, target.part, at.keys, _list_readers(at, guards), role, kind]
        for at, target, role, kind in outgoing.references
    ]
    body = document.body
    fields = {name: getattr(body, name) for name in PLAIN if name in type(body).model_fields}
    parts = [[name, part.audience, list(part.formerly)] for name, part in document.parts.items()]
    return [document.sound, fields, _draw(body), parts, references, [address for _, address in outgoing.links]]


def _list_readers(at: Pointer, guards: Iterable[tuple[tuple[str | int, ...], str]]) -> list[str]:
    """The audiences that must see a place, for it to be seen; its own first."""
    above = (audience for keys, audience in guards if at.keys[: len(keys)] == keys)
    return list(dict.fromkeys([at.audience, *above])) if guards else [at.audience]


def _draw(body: Header) -> Any:
    """What a type has of its own."""
    if isinstance(body, Macro):
        return {name: getattr(body, name) for name in LETTER} | {"translations": list(body.translations)}
    if isinstance(body, Sop):
        return [[step.macro.text if step.macro else None for step in body.steps], list(body.instead)]
    if isinstance(body, Decision):
        ends = {name: [one.action, _spell(one.macro), _spell(one.sop)] for name, one in body.outcomes.items()}
        return [isinstance(body, DecisionTable), ends]
    if isinstance(body, Policy):
        return [section.id for section in body.sections]
    return body.model_dump_json(exclude_defaults=True, by_alias=True) if isinstance(body, Pack) else None


def _spell(target: Target | None) -> str | None:
    return target.text if target else None


def _parse(text: str | None) -> Target | None:
    return Target.parse(text) if text else None


def restore(path: str, data: list[Any]) -> tuple[Document, Outgoing]:
    """The document of a sketch, and what it refers to."""
    sound, fields, own, parts, references, links = data
    kind = kind_of(path)
    assert kind is not None
    document = Document(kind, path, _restore_body(kind.model, fields, own), sound)
    document.__dict__["parts"] = {name: Part((), "", audience, former) for name, audience, former in parts}
    document.may_rename_parts = any(former for _, _, former in parts)
    outgoing = Outgoing(links=[Link(Pointer(path, document, (), ""), address) for address in links])
    for text, part, keys, readers, role, kind_named in references:
        target = Target.parse(text)._replace(part=part)
        at = Pointer(path, document, tuple(keys), readers[0])
        outgoing.references.append(Reference(at, target, role, kind_named))
    return document, outgoing


def _restore_body(model: type[Header], fields: dict[str, Any], own: Any) -> Header:
    if issubclass(model, Pack):
        return model.model_validate_json(own)
    if issubclass(model, Macro):
        translations = {name: _make(Translation) for name in own["translations"]}
        return _make(model, **fields, **own | {"translations": translations})
    if issubclass(model, Sop):
        steps = [_make(Step, macro=_parse(text)) for text in own[0]]
        return _make(model, **fields, steps=steps, instead=dict.fromkeys(own[1], ""))
    if issubclass(model, Decision):
        ends = {
            name: _make(Outcome, action=action, macro=_parse(macro), sop=_parse(sop))
            for name, (action, macro, sop) in own[1].items()
        }
        return _make(DecisionTable if own[0] else DecisionTree, **fields, outcomes=ends)
    if issubclass(model, Policy):
        return _make(model, **fields, sections=[_make(Section, id=name) for name in own])
    return _make(model, **fields)


def _make(model: type[Shaped], **values: Any) -> Shaped:
    """An object with some values, and without those that it has by default: what is not known must not be believed."""
    made: Shaped = object.__new__(model)
    object.__setattr__(made, "__dict__", values)
    object.__setattr__(made, "__pydantic_fields_set__", set(values))
    object.__setattr__(made, "__pydantic_extra__", None)
    object.__setattr__(made, "__pydantic_private__", None)
    return made


@dataclass(frozen=True, eq=False)
class Sketchbook(Library):
    """A library of sketches; `readers` are the audiences of each reference, by path."""

    readers: Mapping[str, list[list[str]]] = field(kw_only=True, repr=False)

    def _show(self, document: Document, may_see: Callable[[str], bool]) -> tuple[Document, Outgoing]:
        outgoing, readers = self.outgoing[document.path], self.readers[document.path]
        if all(may_see(one) for some in readers for one in some):
            return document, outgoing
        seen = [one for one, some in zip(outgoing.references, readers, strict=True) if all(map(may_see, some))]
        return document, Outgoing(seen, outgoing.links)


def assemble(sketches: Mapping[str, list[Any]], bare: Library, words: Outgoing) -> Sketchbook:
    """A library of the sketches at some paths, with what `bare` knows besides; `words` is what the vocabulary names."""
    restored = [restore(path, data) for path, data in sorted(sketches.items())]
    readers = {path: [one[READERS] for one in data[REFERENCES]] for path, data in sketches.items()}
    documents = tuple(document for document, _ in restored)
    outgoing = {VOCABULARY: words, **{document.path: one for document, one in restored}}
    known = (bare.today, bare.vocabulary, documents, outgoing, bare.malformed, bare.files)
    return Sketchbook(*known, releases=bare.releases, readers=readers)
