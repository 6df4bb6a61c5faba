"""What a document is: its type, its fields, its text, and how a file becomes a document."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from generator.documents.header import Header, Part

VOCABULARY = "content/vocabulary.yaml"
RELEASES = "content/packs/releases/"


@dataclass(frozen=True)
class Form:
    """Another form of a type of document, recognised by any of `keys`: its name, its model, its scaffold."""

    name: str
    keys: tuple[str, ...]
    model: type[Any]
    scaffold: str


@dataclass(frozen=True)
class Kind:
    """A type of document: its name, the folder of its files, its names for people, its model, its scaffold.

    `position` sorts the types wherever they are listed, the lowest first. Documents of a type that `is_casework` are
    used on cases: the page of their queue lists them, a pack can select them, and something should link to each.
    A type that `covers` puts policy into practice: a document counts as covering the sections that it cites, and says
    which version of them was read. Of documents that fit a search alike, those of the type with the highest
    `prominence` (up to 1) come first: the procedure before its tree, its reply and the policy.
    """

    name: str
    folder: str
    one: str
    many: str
    model: type[Any]
    scaffold: str
    suffix: str = ".yaml"
    forms: tuple[Form, ...] = ()
    position: int = 100
    is_casework: bool = True
    covers: bool = True
    prominence: float = 0.85

    def model_of(self, data: Mapping[str, Any]) -> type[Any]:
        """The model for the data of a file."""
        return next((form.model for form in self.forms if any(key in data for key in form.keys)), self.model)

    def mixed(self, data: Mapping[str, Any]) -> tuple[list[str], list[str]] | None:
        """The keys in a file's data that belong to the usual form, and those of another; None unless it has both."""
        for form in self.forms:
            if others := [key for key in data if key in form.keys]:
                fields, shared = self.model.model_fields, form.model.model_fields
                if own := [key for key in data if key in fields and key not in shared]:
                    return own, others
        return None

    @property
    def scaffolds(self) -> dict[str, str]:
        """The scaffold of each form, by the name of the form."""
        return {self.name: self.scaffold} | {form.name: form.scaffold for form in self.forms}

    @property
    def noun(self) -> str:
        """Its name within a sentence: decision tree, SOP."""
        return self.one if self.one.isupper() else self.one.lower()

    @property
    def pages(self) -> str:
        """The folder of its pages on the site."""
        return self.folder.rsplit("/", 1)[-1]


@dataclass(eq=False)
class Document:
    """A document and the file that it came from.

    `sound` is false if a part of the file had format errors and was left out: what is there can be checked, but what is
    missing cannot. Only if `may_be_unfinished` has its text any of the words for which unfinished texts are searched,
    only if `may_rename_parts` has any of its parts former ids, and only if `may_have_addresses` any web address.
    """

    kind: Kind
    path: str
    body: Header
    sound: bool = True
    may_be_unfinished: bool = False
    may_rename_parts: bool = False
    may_have_addresses: bool = False

    @cached_property
    def id(self) -> str:
        return self.body.id

    @property
    def is_named_by_id(self) -> bool:
        """Whether the file is named after the id."""
        return self.path.endswith(f"/{self.id}{self.kind.suffix}")

    @cached_property
    def parts(self) -> dict[str, Part]:
        return self.body.parts()

    @cached_property
    def renamed_parts(self) -> dict[str, str]:
        """The parts by the ids that they formerly had."""
        if not self.may_rename_parts:
            return {}
        return {old: name for name, part in self.parts.items() for old in part.formerly if old not in self.parts}


@cache
def kinds() -> dict[str, Kind]:
    """Every type by name, sorted by position."""
    types = importlib.import_module(f"{__name__}.types")
    modules = (
        importlib.import_module(f"{types.__name__}.{entry.name}") for entry in pkgutil.iter_modules(types.__path__)
    )
    declared: list[Kind] = [module.KIND for module in modules if hasattr(module, "KIND")]
    return {kind.name: kind for kind in sorted(declared, key=lambda kind: (kind.position, kind.name))}


def is_document(path: str) -> bool:
    """Whether the file at a path is read as a document or the vocabulary; a path ending in / cannot be looked into."""
    kind = kind_of(path)
    suffixes = (".md",) if kind and kind.suffix == ".md" else (".yaml", ".yml")
    return (
        (path == VOCABULARY or kind is not None) and path.endswith((*suffixes, "/")) and not path.startswith(RELEASES)
    )


def kind_of(path: str) -> Kind | None:
    """The type of the document at a path, by its folder; None if no type has that folder."""
    for kind in kinds().values():
        if path.startswith(kind.folder + "/"):
            return kind
    return None
