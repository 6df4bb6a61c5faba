"""What other documents may depend on in a document: all of its data, without its prose."""

from __future__ import annotations

import types
from functools import cache
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel

from generator.documents import Document
from generator.documents.fields import Role
from generator.documents.roles import read_hints


def face(document: Document) -> str:
    """A document without its prose and the texts of its replies, with its parts and their titles."""
    body = document.body
    data = body.model_dump_json(exclude=_find_prose(type(body)) or None, exclude_defaults=True)
    parts = [(name, part.title, part.audience, *part.formerly) for name, part in document.parts.items()]
    return f"{document.path} {document.sound} {data} {parts}"


@cache
def _find_prose(model: type[BaseModel]) -> dict[str, Any]:
    """The fields to leave out, nested as pydantic asks for them."""
    found = {name: _find_in(hint, "") for name, hint in read_hints(model)}
    return {name: inner for name, inner in found.items() if inner}


def _find_in(hint: Any, role: str) -> Any:
    """True for what is prose itself, or what to leave out within it; nothing if that is nothing."""
    origin, inner = get_origin(hint), get_args(hint)
    if origin is Annotated:
        return _find_in(inner[0], next((mark.name for mark in inner[1:] if isinstance(mark, Role)), role))
    if origin in (Union, types.UnionType):
        return _find_in(next(arm for arm in inner if arm is not type(None)), role)
    if origin in (list, dict):
        within = _find_in(inner[-1], "")
        return {"__all__": within} if isinstance(within, dict) and within else within
    if isinstance(hint, type) and issubclass(hint, BaseModel):
        return _find_prose(hint)
    return role in ("prose", "template")
