"""Recognises a file with the keys of another type than that of its folder, to which it was moved or copied."""

from __future__ import annotations

import posixpath
from collections.abc import Collection, Iterable
from itertools import islice
from typing import NamedTuple

from pydantic import BaseModel

from generator.documents import VOCABULARY, Kind, kinds
from generator.documents.model_keys import guess_key
from generator.documents.vocabulary import Vocabulary
from generator.files.source import Source
from generator.findings import Finding, Spot
from generator.wording import a

FEWEST = 2  # wrong keys of a file that may be of another type
LOOKED_AT = 20  # keys that may be misspelt
CLEARLY = 3  # times more keys are wrong here than there


class _Home(NamedTuple):
    """What a file was most likely written as, the path that it would have, and the number of keys that are wrong."""

    noun: str
    path: str
    model: type[BaseModel]
    wrong: int


def report_misplaced(source: Source, kind: Kind, keys: Collection[str], paths: Collection[str]) -> Finding | None:
    """One finding for a file of another type, instead of one for each of its keys; None if it is of this type.

    `keys` are those of the file, `paths` those of all files.
    """
    here = _weigh(kind, keys, source.path)
    if here.wrong < FEWEST:
        return None
    known = _list_known(here.model)
    home = min(_list_homes(kind, keys, source.path), key=lambda one: one.wrong, default=here)
    foreign = [key for key in keys if key not in known and key in _list_known(home.model)]
    if foreign and home.wrong * CLEARLY <= here.wrong:
        many = kind.many if kind.one.isupper() else kind.many.lower()
        message = f"`{foreign[0]}` makes this {a(home.noun)}, and `{kind.folder}/` is for {many}"
        return _make(source, foreign[0], message, _suggest_place(kind, home, paths))
    if keys and known.isdisjoint(keys) and not any(guess_key(here.model, (key,)) for key in islice(keys, LOOKED_AT)):
        hint = f"move it out of `{kind.folder}/`, or write {a(kind.noun)} (`playbook new` makes a scaffold)"
        return _make(source, next(iter(keys)), f"none of its keys is one of {a(kind.noun)}", hint)
    return None


def _make(source: Source, key: str, message: str, hint: str) -> Finding:
    place = source.locate(Spot(source.path, (key,), key=True))
    return source.finding(place, "misplaced-document", "error", message, hint)


def _suggest_place(kind: Kind, home: _Home, paths: Collection[str]) -> str:
    if home.path in paths:
        return f"remove it, since {home.path} is there already, or write it as {a(kind.noun)}"
    return f"move it to {home.path}, or write it as {a(kind.noun)}"


def _list_homes(kind: Kind, keys: Collection[str], path: str) -> Iterable[_Home]:
    if kind.suffix == ".yaml":
        others = (one for one in kinds().values() if one is not kind and one.suffix == kind.suffix)
        yield from (_weigh(one, keys, path) for one in others)
        yield _Home("vocabulary", VOCABULARY, Vocabulary, _count_wrong(Vocabulary, keys))


def _weigh(kind: Kind, keys: Collection[str], path: str) -> _Home:
    model = kind.model_of(dict.fromkeys(keys))
    return _Home(kind.noun, f"{kind.folder}/{posixpath.basename(path)}", model, _count_wrong(model, keys))


def _count_wrong(model: type[BaseModel], keys: Collection[str]) -> int:
    """The number of keys that a model does not know, or that it demands and are not there."""
    required = {field.alias or name for name, field in model.model_fields.items() if field.is_required()}
    return len(set(keys) - _list_known(model)) + len(required.difference(keys))


def _list_known(model: type[BaseModel]) -> set[str]:
    return {field.alias or name for name, field in model.model_fields.items()}
