"""In goes a document's model, out comes every value in it that has a role: prose, references, citations, words."""

from __future__ import annotations

import types
from collections.abc import Callable
from functools import cache
from typing import Annotated, Any, NamedTuple, TypeVar, Union, get_args, get_origin, get_type_hints

from pydantic import BaseModel

from generator.documents.fields import OnlyFor, Role
from generator.documents.text.hidden import visible
from generator.findings import Keys


class Leaf(NamedTuple):
    """A value with a role. `audience` is that of the innermost part that names one, None for the document's."""

    keys: Keys
    value: str
    role: Role
    audience: str | None
    is_key: bool = False


Model = TypeVar("Model", bound=BaseModel)
Visit = Callable[[Any, Keys, str | None, list[Leaf]], None]


def leaves(body: BaseModel) -> list[Leaf]:
    """Every value with a role, in the order of the model's fields."""
    found: list[Leaf] = []
    _visit_fields(body, (), None, found)
    return found


@cache
def _fields(model: type[BaseModel]) -> tuple[tuple[str, Visit], ...]:
    hints = get_type_hints(model, include_extras=True)
    visits = ((name, _visitor(hints[name])) for name in model.model_fields)
    return tuple((name, visit) for name, visit in visits if visit is not None)


def _visit_fields(body: BaseModel, keys: Keys, audience: str | None, found: list[Leaf]) -> None:
    values = body.__dict__  # a library has a million fields, most of them without a value
    for name, visit in _fields(type(body)):
        value = values[name]
        if value or value == "":
            visit(value, (*keys, name), audience, found)


def _visitor(hint: Any, role: Role | None = None, only_for: str | None = None) -> Visit | None:
    """The function that collects the leaves of one field; None where there is nothing to collect."""
    origin, inner = get_origin(hint), get_args(hint)
    if origin is Annotated:
        roles = [mark for mark in inner[1:] if isinstance(mark, Role)]
        guards = [mark.audience for mark in inner[1:] if isinstance(mark, OnlyFor)]
        return _visitor(inner[0], roles[0] if roles else role, guards[0] if guards else only_for)
    if origin in (Union, types.UnionType):
        return _visitor(next(arm for arm in inner if arm is not type(None)), role, only_for)
    if origin is list:
        return _list(_visitor(inner[0]))
    if origin is dict:
        return _dict(_visitor(inner[1]), next((m for m in get_args(inner[0])[1:] if isinstance(m, Role)), None))
    if isinstance(hint, type) and issubclass(hint, BaseModel):
        return _model
    return _leaf(role, only_for) if role else None


def _leaf(role: Role, only_for: str | None) -> Visit:
    def visit(value: Any, keys: Keys, audience: str | None, found: list[Leaf]) -> None:
        if value is not None:
            found.append(Leaf(keys, value, role, only_for or audience))

    return visit


def _list(item: Visit | None) -> Visit | None:
    def visit(value: Any, keys: Keys, audience: str | None, found: list[Leaf]) -> None:
        for index, entry in enumerate(value):
            item(entry, (*keys, index), audience, found)  # type: ignore[misc]

    return visit if item else None


def _dict(item: Visit | None, key_role: Role | None) -> Visit | None:
    def visit(value: Any, keys: Keys, audience: str | None, found: list[Leaf]) -> None:
        for name, entry in value.items():
            if key_role:
                found.append(Leaf((*keys, name), name, key_role, audience, True))
            if item:
                item(entry, (*keys, name), audience, found)

    return visit if item or key_role else None


def _model(value: Any, keys: Keys, audience: str | None, found: list[Leaf]) -> None:
    if value is not None:
        _visit_fields(value, keys, value.__dict__.get("audience") or audience, found)


def uncommented(body: Model) -> Model:
    """The model without comments in its prose, which no reader sees; the same one where nothing goes."""
    changes: dict[str | int, Any] = {}
    for leaf in leaves(body):
        if leaf.role.name == "prose" and (text := visible(leaf.value)) != leaf.value:
            inner = changes
            for key in leaf.keys[:-1]:
                inner = inner.setdefault(key, {})
            inner[leaf.keys[-1]] = text
    changed: Model = _with(body, changes) if changes else body
    return changed


def _with(value: Any, changes: Any) -> Any:
    """The value with other texts at the ends of some keys."""
    if isinstance(changes, str):
        return changes
    if isinstance(value, BaseModel):
        return value.model_copy(update={key: _with(getattr(value, key), inner) for key, inner in changes.items()})
    if isinstance(value, list):
        return [_with(item, changes[key]) if key in changes else item for key, item in enumerate(value)]
    return value | {key: _with(value[key], inner) for key, inner in changes.items()}


def redact(body: Model, may_see: Callable[[str], bool]) -> Model:
    """The model without the parts and notes whose audience is out of reach; the same one where nothing goes."""
    changed = {}
    for name, guard in _guards(type(body)):
        value = getattr(body, name)
        kept = None if guard is not None and not may_see(guard) else _redacted(value, may_see)
        if kept is not value:
            changed[name] = kept
    return body.model_copy(update=changed) if changed else body


@cache
def _guards(model: type[BaseModel]) -> tuple[tuple[str, str | None], ...]:
    """The fields of a model that may have to go, or to shrink, each with the audience that it is only for."""
    found = []
    for name, hint in get_type_hints(model, include_extras=True).items():
        if name in model.model_fields:
            marks = getattr(hint, "__metadata__", ())
            guard = next((mark.audience for mark in marks if isinstance(mark, OnlyFor)), None)
            if guard is not None or _may_shrink(hint):
                found.append((name, guard))
    return tuple(found)


def _may_shrink(hint: Any) -> bool:
    """Whether a value of the type may hold a part or note that not every reader sees."""
    if isinstance(hint, type) and issubclass(hint, BaseModel):
        return "audience" in hint.model_fields or bool(_guards(hint))
    return any(_may_shrink(inner) for inner in get_args(hint))


def _redacted(value: Any, may_see: Callable[[str], bool]) -> Any:
    if isinstance(value, BaseModel):
        return redact(value, may_see)
    if isinstance(value, list):
        items = [_redacted(item, may_see) for item in value if _visible(item, may_see)]
        same = len(items) == len(value) and all(new is old for new, old in zip(items, value, strict=True))
        return value if same else items
    if isinstance(value, dict):
        kept = {name: _redacted(item, may_see) for name, item in value.items() if _visible(item, may_see)}
        same = len(kept) == len(value) and all(kept[name] is value[name] for name in kept)
        return value if same else kept
    return value


def _visible(item: Any, may_see: Callable[[str], bool]) -> bool:
    audience: str | None = item.__dict__.get("audience") if isinstance(item, BaseModel) else None
    return audience is None or may_see(audience)


def is_visible(body: BaseModel, keys: Keys, may_see: Callable[[str], bool]) -> bool:
    """Whether readers may see the place that keys lead to: no part or note on the way there is out of their reach."""
    value: Any = body
    for key in keys:
        if isinstance(value, BaseModel):
            guard = dict(_guards(type(value))).get(str(key))
            if guard is not None and not may_see(guard):
                return False
            value = getattr(value, str(key), None)
        elif isinstance(value, dict):
            value = value.get(key)
        else:
            value = value[key] if isinstance(value, list) and isinstance(key, int) and key < len(value) else None
        if not _visible(value, may_see):
            return False
    return True
