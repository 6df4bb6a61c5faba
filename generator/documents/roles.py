"""Finds every value of a document that has a role (prose, references, citations, words), and removes what is hidden."""

from __future__ import annotations

import types
from collections.abc import Callable, Iterator
from functools import cache
from typing import Annotated, Any, NamedTuple, TypeVar, Union, get_args, get_origin

from pydantic import BaseModel

from generator.documents.fields import OnlyFor, Role
from generator.documents.text.hidden import visible
from generator.findings import Keys


class Leaf(NamedTuple):
    """A value with a role: a text, or the Target of a reference.

    `audience` is that of the innermost part that names one; None means the document's.
    """

    keys: Keys
    value: Any
    role: Role
    audience: str | None
    is_key: bool = False


Edits = dict[str | int, Any]
"""Edits of a value, nested as the value is: a new text, or None for what is removed."""
Model = TypeVar("Model", bound=BaseModel)
Take = Callable[[Keys, Any, Role, str | None, bool], None]
Visit = Callable[[Any, Keys, str | None, Take], None]


def leaves(body: BaseModel) -> list[Leaf]:
    """Every value with a role, in the order of the model's fields."""
    collected: list[Leaf] = []
    visit_leaves(body, lambda *leaf: collected.append(Leaf(*leaf)))
    return collected


def visit_leaves(body: BaseModel, take: Take) -> None:
    """Calls `take` with the fields of each leaf, in order: most of 300,000 are not worth an object."""
    _visit_fields(body, (), None, take)


@cache
def _find_visits(model: type[BaseModel]) -> tuple[tuple[str, Visit], ...]:
    visits = ((name, _make_visit(hint)) for name, hint in read_hints(model))
    return tuple((name, visit) for name, visit in visits if visit is not None)


def read_hints(model: type[BaseModel]) -> Iterator[tuple[str, Any]]:
    """The fields with their types, as pydantic has read them: to read 500 annotations anew delays each start."""
    for name, field in model.model_fields.items():
        yield name, field.rebuild_annotation()


def _visit_fields(body: BaseModel, keys: Keys, audience: str | None, take: Take) -> None:
    values = body.__dict__  # quicker than getattr: a library has a million fields, most of them without a value
    for name, visit in _find_visits(type(body)):
        value = values[name]
        if value or value == "":
            visit(value, (*keys, name), audience, take)


def _make_visit(hint: Any, role: Role | None = None, only_for: str | None = None) -> Visit | None:
    """Makes the function that collects the leaves of one field; None if there is nothing to collect."""
    origin, inner = get_origin(hint), get_args(hint)
    if origin is Annotated:
        roles = [mark for mark in inner[1:] if isinstance(mark, Role)]
        guards = [mark.audience for mark in inner[1:] if isinstance(mark, OnlyFor)]
        return _make_visit(inner[0], roles[0] if roles else role, guards[0] if guards else only_for)
    if origin in (Union, types.UnionType):
        return _make_visit(next(arm for arm in inner if arm is not type(None)), role, only_for)
    if origin is list:
        return _make_list_visit(_make_visit(inner[0]))
    if origin is dict:
        return _make_dict_visit(
            _make_visit(inner[1]), next((m for m in get_args(inner[0])[1:] if isinstance(m, Role)), None)
        )
    if isinstance(hint, type) and issubclass(hint, BaseModel):
        return _visit_model
    return _make_leaf_visit(role, only_for) if role else None


def _make_leaf_visit(role: Role, only_for: str | None) -> Visit:
    def visit(value: Any, keys: Keys, audience: str | None, take: Take) -> None:
        if value is not None:
            take(keys, value, role, only_for or audience, False)

    return visit


def _make_list_visit(item: Visit | None) -> Visit | None:
    def visit(value: Any, keys: Keys, audience: str | None, take: Take) -> None:
        for index, entry in enumerate(value):
            item(entry, (*keys, index), audience, take)  # type: ignore[misc]

    return visit if item else None


def _make_dict_visit(item: Visit | None, key_role: Role | None) -> Visit | None:
    def visit(value: Any, keys: Keys, audience: str | None, take: Take) -> None:
        for name, entry in value.items():
            if key_role:
                take((*keys, name), name, key_role, audience, True)
            if item:
                item(entry, (*keys, name), audience, take)

    return visit if item or key_role else None


def _visit_model(value: Any, keys: Keys, audience: str | None, take: Take) -> None:
    if value is not None:
        _visit_fields(value, keys, value.__dict__.get("audience") or audience, take)


def uncommented(body: Model) -> Model:
    """The model without the comments in its prose, which no reader sees; the same object if there are none."""
    edits: Edits = {}
    for leaf in leaves(body):
        if leaf.role.name == "prose" and (text := visible(leaf.value)) != leaf.value:
            inner = edits
            for key in leaf.keys[:-1]:
                inner = inner.setdefault(key, {})
            inner[leaf.keys[-1]] = text
    return edited(body, edits)


def redact(body: Model, may_see: Callable[[str], bool]) -> Model:
    """The model without the parts and notes that the reader may not see; the same object if there are none."""
    return edited(body, hidden_parts(body, may_see))


def edited(body: Model, edits: Edits) -> Model:
    """The model with texts replaced, and without what an edit of None leads to."""
    changed: Model = _edit(body, edits)
    return changed


def _edit(value: Any, edits: Any) -> Any:
    if not isinstance(edits, dict):
        return edits
    if not edits:
        return value
    if isinstance(value, BaseModel):
        return value.model_copy(update={name: _edit(getattr(value, name), inner) for name, inner in edits.items()})
    if isinstance(value, list):
        return [_edit(item, edits.get(n, {})) for n, item in enumerate(value) if edits.get(n, {}) is not None]
    return {name: _edit(item, edits.get(name, {})) for name, item in value.items() if edits.get(name, {}) is not None}


def hidden_parts(value: Any, may_see: Callable[[str], bool]) -> Edits:
    """The edits that remove the parts and notes that the reader may not see; empty if there are none."""
    edits: Edits = {}
    if isinstance(value, BaseModel):
        for name, guard in _find_guards(type(value)):
            inner = value.__dict__[name]
            if inner is not None and guard is not None and not may_see(guard):
                edits[name] = None
            elif inner and (hidden := hidden_parts(inner, may_see)):
                edits[name] = hidden
    elif isinstance(value, list | dict):
        for key, item in enumerate(value) if isinstance(value, list) else value.items():
            if not _may_see_item(item, may_see):
                edits[key] = None
            elif hidden := hidden_parts(item, may_see):
                edits[key] = hidden
    return edits


def is_removed(keys: Keys, edits: Edits) -> bool:
    """Whether edits remove what the keys lead to, or a part that it is in."""
    inner: Edits | str | None = edits
    for key in keys:
        if not isinstance(inner, dict) or not inner:
            break
        inner = inner.get(key, {})
    return inner is None


@cache
def _find_guards(model: type[BaseModel]) -> tuple[tuple[str, str | None], ...]:
    """The fields that may have to be removed or redacted, each with the audience that it is only for, or None."""
    guarded = []
    for name, hint in read_hints(model):
        marks = getattr(hint, "__metadata__", ())
        guard = next((mark.audience for mark in marks if isinstance(mark, OnlyFor)), None)
        if guard is not None or _may_shrink(hint):
            guarded.append((name, guard))
    return tuple(guarded)


def _may_shrink(hint: Any) -> bool:
    """Whether a value of the type may contain a part or note that not every reader may see."""
    if isinstance(hint, type) and issubclass(hint, BaseModel):
        return "audience" in hint.model_fields or bool(_find_guards(hint))
    return any(_may_shrink(inner) for inner in get_args(hint))


def _may_see_item(item: Any, may_see: Callable[[str], bool]) -> bool:
    audience: str | None = item.__dict__.get("audience") if isinstance(item, BaseModel) else None
    return audience is None or may_see(audience)


def is_visible(body: BaseModel, keys: Keys, may_see: Callable[[str], bool]) -> bool:
    """Whether readers may see the value at `keys`: every part and note on the way there is for them."""
    value: Any = body
    for key in keys:
        if isinstance(value, BaseModel):
            guard = dict(_find_guards(type(value))).get(str(key))
            if guard is not None and not may_see(guard):
                return False
            value = getattr(value, str(key), None)
        elif isinstance(value, dict):
            value = value.get(key)
        else:
            value = value[key] if isinstance(value, list) and isinstance(key, int) and key < len(value) else None
        if not _may_see_item(value, may_see):
            return False
    return True
