"""Some documents of a library, with all that these may ask about the others."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from generator.documents import Document
from generator.library.library import Glimpse, Library


class Surroundings(Protocol):
    """What a library tells about any document by its id."""

    @property
    def by_id(self) -> Mapping[str, Document]: ...

    @property
    def by_any_id(self) -> Mapping[str, Document]: ...

    @property
    def ambiguous(self) -> frozenset[str]: ...

    @property
    def claims(self) -> Mapping[str, list[Document]]: ...

    @property
    def uses(self) -> Mapping[str, Counter[tuple[str, str | None]]]: ...

    @property
    def glimpses(self) -> list[Glimpse]: ...


@dataclass(frozen=True, eq=False)
class Excerpt(Library):
    """A library that has some documents to be judged, and knows all others by their ids alone."""

    around: Surroundings = field(kw_only=True, repr=False)

    @property
    def by_id(self) -> Mapping[str, Document]:  # type: ignore[override]
        return self.around.by_id

    @property
    def by_any_id(self) -> Mapping[str, Document]:  # type: ignore[override]
        return self.around.by_any_id

    @property
    def ambiguous(self) -> frozenset[str]:
        return self.around.ambiguous

    @property
    def claims(self) -> Mapping[str, list[Document]]:
        return self.around.claims

    @property
    def uses(self) -> Mapping[str, Counter[tuple[str, str | None]]]:
        return self.around.uses

    @property
    def glimpses(self) -> list[Glimpse]:
        return self.around.glimpses


def excerpt(library: Library, paths: Collection[str]) -> Excerpt:
    """The documents at some paths; the vocabulary is a file as they are."""
    return Excerpt(
        library.today,
        library.vocabulary,
        tuple(one for one in library.documents if one.path in paths),
        {path: one for path, one in library.outgoing.items() if path in paths},
        library.malformed,
        library.files,
        library.before,
        library.unfit,
        library.releases,
        around=library,
    )
