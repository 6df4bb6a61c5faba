"""What a model says of keys in its data: their types, which key was meant, what a value could be."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any, get_args, get_origin

from pydantic import BaseModel

from generator.documents.fields import Wording
from generator.findings import Keys
from generator.wording import nearest


def guess_key(model: type[BaseModel], keys: Keys) -> str:
    """The known key that is most similar to the unknown one at the end of `keys`; empty if none is similar."""
    hint, key = type_at(model, keys[:-1]), str(keys[-1])
    if not is_model(hint):
        return ""
    known = [field.alias or name for name, field in hint.model_fields.items()]
    alike = [key.partition(":")[0], key.strip().lower().replace("-", "_").replace(" ", "_")]
    return next((name for name in alike if name in known), "") or nearest(key, known)


def find_example(model: type[BaseModel], keys: Keys) -> str:
    """A possible value of a key, for a hint: the field's first example, or dots if it has none."""
    above = type_at(model, keys[:-1])
    examples = above.model_fields[str(keys[-1])].examples if is_model(above) else None
    return str(examples[0]) if examples else "..."


def is_wording(model: type[BaseModel], keys: Keys) -> bool:
    """Whether the value at the keys is a text in its author's words; false if the model has no such keys."""
    hint: Any = model
    marks: tuple[Any, ...] = ()
    for key in keys:
        hint = _unwrap(hint)
        if is_model(hint):
            field = hint.model_fields.get(str(key))
            hint, marks = (field.annotation, tuple(field.metadata)) if field else (None, ())
        else:
            hint, marks = next(iter(get_args(hint)[-1:]), None), ()
    return any(isinstance(mark, Wording) for mark in (*marks, *_find_marks(hint)))


def _find_marks(hint: Any) -> Iterator[Any]:
    """The annotations of a type, and of the types that it is one of."""
    for inner in get_args(hint):
        yield from _find_marks(inner) if get_origin(inner) is Annotated else (inner,)
        yield from getattr(inner, "__metadata__", ())


def type_at(model: type[BaseModel], keys: Keys) -> Any:
    """The type of the value at the keys, without its annotations."""
    hint: Any = model
    for key in keys:
        hint = hint.model_fields[str(key)].annotation if is_model(hint) else get_args(hint)[-1]
        hint = _unwrap(hint)
    return hint


def is_model(hint: Any) -> bool:
    """Whether a type is a group of keys."""
    return isinstance(hint, type) and issubclass(hint, BaseModel)


def _unwrap(hint: Any) -> Any:
    """The type without its annotations and without `| None`."""
    while True:
        if get_origin(hint) is Annotated:
            hint = get_args(hint)[0]
        elif type(None) in get_args(hint):
            hint = next(arm for arm in get_args(hint) if arm is not type(None))
        else:
            return hint
