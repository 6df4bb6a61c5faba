"""What each key of a file is for, with an example: read from below its field, or below the type that the field has."""

from __future__ import annotations

import ast
import inspect
import re
import sys
from dataclasses import dataclass, field
from functools import cache
from typing import Any, NamedTuple

import yaml
from pydantic import BaseModel

EXAMPLE = re.compile(r"\s*\bExample: `(.*)`\Z")


class KeyDoc(NamedTuple):
    """What a key is for, in Markdown, and an example of its value as YAML; empty where nobody wrote one."""

    text: str = ""
    example: str = ""

    @property
    def value(self) -> Any:
        """The example as an editor reads it."""
        return yaml.load(self.example, _Plain) if self.example else None


class _Plain(yaml.SafeLoader):
    """YAML as editors read it: only `true` and `false` are no texts, and days are."""


_Plain.yaml_implicit_resolvers = {
    first: [pair for pair in pairs if not pair[0].endswith((":timestamp", ":bool"))]
    for first, pairs in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
_Plain.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("(?:true|false)$"), list("tf"))


@dataclass
class _Told:
    """What a module says below its types and fields, the names in each field's type, and what it imports from where."""

    docs: dict[str, KeyDoc] = field(default_factory=dict)
    types: dict[str, list[str]] = field(default_factory=dict)
    imports: dict[str, str] = field(default_factory=dict)

    def keep(self, name: str, below: ast.stmt | None) -> None:
        """Keeps what is said in a text below a type or field, if there is one."""
        if isinstance(below, ast.Expr) and isinstance(below.value, ast.Constant) and isinstance(below.value.value, str):
            text = inspect.cleandoc(below.value.value)
            found = EXAMPLE.search(text)
            words = " ".join(text[: found.start() if found else None].split())
            self.docs[name] = KeyDoc(words, found[1] if found else "")


def key_doc(model: type[BaseModel], name: str) -> KeyDoc:
    """What a field of a model is for; `name` is that of the field in Python."""
    own = model.model_fields[name]
    if own.description:
        return KeyDoc(own.description, str((own.examples or [""])[0]))
    for base in model.__mro__:
        told = _read_module(base.__module__) if base.__module__.startswith("generator.") else _Told()
        key = f"{base.__name__}.{name}"
        if key in told.docs or key in told.types:
            known = [told.docs.get(key), *(_find_type(base.__module__, one) for one in told.types.get(key, ()))]
            return next((one for one in known if one is not None), KeyDoc())
    return KeyDoc()


def _find_type(module: str, name: str) -> KeyDoc | None:
    told = _read_module(module)
    if name in told.imports:
        return _find_type(told.imports[name], name)
    return told.docs.get(name)


@cache
def _read_module(module: str) -> _Told:
    told = _Told()
    body = ast.parse(inspect.getsource(sys.modules[module])).body
    for node, below in zip(body, [*body[1:], None], strict=True):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("generator."):
            told.imports |= {alias.name: str(node.module) for alias in node.names}
        elif isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            told.keep(node.targets[0].id, below)
        elif isinstance(node, ast.ClassDef):
            _read_fields(node, told)
    return told


def _read_fields(node: ast.ClassDef, told: _Told) -> None:
    for entry, below in zip(node.body, [*node.body[1:], None], strict=True):
        if isinstance(entry, ast.AnnAssign) and isinstance(entry.target, ast.Name):
            key = f"{node.name}.{entry.target.id}"
            told.keep(key, below)
            told.types[key] = [one.id for one in ast.walk(entry.annotation) if isinstance(one, ast.Name)]
