"""In goes a document's model, out comes every value in it that has a role: prose, references, citations, words."""

from __future__ import annotations

import types
from collections.abc import Callable
from functools import cache
from typing import Annotated, Any, NamedTuple, Union, get_args, get_origin, get_type_hints

from pydantic import BaseModel

from generator.documents.fields import OnlyFor, Role
from generator.findings import Keys


class Leaf(NamedTuple):
    """A value with a role. `audience` is that of the innermost part that names one, None for the document's."""

    keys: Keys
    value: str
    role: Role
    audience: str | None
    is_key: bool = False


Visit = Callable[[Any, Keys, str | None, list[Leaf]], None]


def leaves(body: BaseModel) -> list[Leaf]:
    """Every value with a role, in the order of the model's fields."""
    found: list[Leaf] = []
    for name, visit in _fields(type(body)):
        visit(getattr(body, name), (name,), None, found)
    return found


@cache
def _fields(model: type[BaseModel]) -> tuple[tuple[str, Visit], ...]:
    hints = get_type_hints(model, include_extras=True)
    visits = ((name, _visitor(hints[name])) for name in model.model_fields)
    return tuple((name, visit) for name, visit in visits if visit is not None)


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
    if value is None:
        return
    inner = getattr(value, "audience", None) or audience
    model: type[BaseModel] = type(value)
    for name, visit in _fields(model):
        visit(getattr(value, name), (*keys, name), inner, found)


def redact(body: BaseModel, may_see: Callable[[str], bool]) -> Any:
    """A copy of the model without the parts and notes whose audience is out of reach."""
    hints = get_type_hints(type(body), include_extras=True)
    kept = {}
    for name, hint in hints.items():
        if name not in type(body).model_fields:
            continue
        guards = [m.audience for m in getattr(hint, "__metadata__", ()) if isinstance(m, OnlyFor)]
        hidden = any(not may_see(audience) for audience in guards)
        kept[name] = None if hidden else _redacted(getattr(body, name), may_see)
    return body.model_copy(update=kept)


def _redacted(value: Any, may_see: Callable[[str], bool]) -> Any:
    if isinstance(value, BaseModel):
        return redact(value, may_see)
    if isinstance(value, list):
        return [_redacted(item, may_see) for item in value if _visible(item, may_see)]
    if isinstance(value, dict):
        return {name: _redacted(item, may_see) for name, item in value.items() if _visible(item, may_see)}
    return value


def _visible(item: Any, may_see: Callable[[str], bool]) -> bool:
    audience = getattr(item, "audience", None)
    return audience is None or may_see(audience)
