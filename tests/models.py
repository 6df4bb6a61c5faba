"""Data and the models that say what it means: the tests that must hold for every field ask here for the fields."""

from __future__ import annotations

import types
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints

import yaml
from pydantic import BaseModel
from pydantic.fields import FieldInfo

from generator.documents import RELEASES, VOCABULARY, kind_of, kinds
from generator.documents.fields import Line, Role
from generator.documents.vocabulary import Vocabulary
from generator.files.source import read

Data = dict[str, Any]
WIDEST = 2**31 - 1  # so that no text is broken into lines
LINE = next(mark.metadata for mark in get_args(Line) if isinstance(mark, FieldInfo))

# Lines that name a part of their document.
LEADING = {("Answer", "go"), ("Row", "then"), ("DecisionTree", "start")}


@cache
def bare(hint: Any) -> tuple[Any, tuple[Any, ...]]:
    """A type without `| None` and its marks, and those marks."""
    marks: tuple[Any, ...] = ()
    while True:
        if get_origin(hint) is Annotated:
            marks += tuple(get_args(hint)[1:])
            hint = get_args(hint)[0]
        elif get_origin(hint) in (Union, types.UnionType):
            hint = next(arm for arm in get_args(hint) if arm is not type(None))
        else:
            return hint, marks


def is_line(marks: tuple[Any, ...]) -> bool:
    """Whether a field holds one line of somebody's own words."""
    return any(isinstance(mark, FieldInfo) and mark.metadata == LINE for mark in marks)


def role(marks: tuple[Any, ...]) -> Role | None:
    return next((mark for mark in marks if isinstance(mark, Role)), None)


def is_model(hint: Any) -> bool:
    return isinstance(hint, type) and issubclass(hint, BaseModel)


@cache
def fields(model: type[BaseModel]) -> tuple[tuple[str, Any], ...]:
    """The key of each field of a model with its type and all marks."""
    hints = get_type_hints(model, include_extras=True)
    return tuple((field.alias or name, hints[name]) for name, field in model.model_fields.items())


def models() -> list[type[BaseModel]]:
    """The models of all files."""
    return [Vocabulary, *(one for kind in kinds().values() for one in (kind.model, *(f.model for f in kind.forms)))]


def model_of(path: str, data: Data) -> type[BaseModel]:
    kind = kind_of(path)
    model: type[BaseModel] = kind.model_of(data) if kind else Vocabulary
    return model


def loaded(path: str, raw: bytes) -> Data:
    """One file as data, every scalar as text; a page with its `text`."""
    data = read(path, raw)[0].data
    assert data is not None, path
    return {"id": Path(path).stem} | data if path.endswith(".md") else data


def knowledge(root: Path) -> dict[str, Data]:
    """All files of a knowledge base as data, by path."""
    folders = [root / kind.folder for kind in kinds().values()]
    files = [root / VOCABULARY, *(path for folder in folders for path in sorted(folder.rglob("*")) if path.is_file())]
    named = {path.relative_to(root).as_posix(): path for path in files if path.suffix in (".yaml", ".md")}
    return {name: loaded(name, path.read_bytes()) for name, path in named.items() if not name.startswith(RELEASES)}


def written(path: str, data: Data) -> str:
    """Data as the text of its file."""
    if not path.endswith(".md"):
        return _dump(data)
    head = {key: value for key, value in data.items() if key not in ("text", "id")}
    return f"---\n{_dump(head)}---\n{data['text']}"


def _dump(data: Data) -> str:
    """As YAML, by libyaml where it is there: the writer in Python takes twelve times as long."""
    dumper = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
    text: str = yaml.dump(data, Dumper=dumper, allow_unicode=True, sort_keys=False, width=WIDEST)
    return text
