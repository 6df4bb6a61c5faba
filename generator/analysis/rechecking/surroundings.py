"""The documents of a knowledge base that nobody has read yet: found by their ids, and read when they are asked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from functools import cached_property

from generator.analysis.rechecking.records import as_text, load_traits
from generator.documents import Document
from generator.library.library import Glimpse
from generator.library.traits import Traits

Use = Counter[tuple[str, str | None]]


class Unopened(Mapping[str, Document]):
    """Documents by id, each of which is read when somebody asks for it."""

    def __init__(self, paths: Mapping[str, str], open_path: Callable[[str], Document]) -> None:
        self._paths, self._open = paths, open_path

    def __getitem__(self, name: str) -> Document:
        return self._open(self._paths[name])

    def __iter__(self) -> Iterator[str]:
        return iter(self._paths)

    def __len__(self) -> int:
        return len(self._paths)

    def __contains__(self, name: object) -> bool:
        return name in self._paths


class Bystanders:
    """What is known of all documents: the ids of each, by path in order, and the traits as they were written.

    `fresh` are the traits of those that are another by now, by path; they come first.
    """

    def __init__(
        self, names: Mapping[str, tuple[str, ...]], written: Mapping[str, str], open_path: Callable[[str], Document]
    ) -> None:
        self._names, self._written, self._open = names, written, open_path
        self.fresh: dict[str, Traits] = {}

    def traits(self, path: str) -> Traits:
        """The traits of a file, or the vocabulary."""
        return self.fresh[path] if path in self.fresh else load_traits(self._written[path])

    @cached_property
    def _by_id(self) -> dict[str, str]:
        last_first = [(names[0], path) for path, names in self._names.items()][::-1]
        return dict(last_first) | {name: path for name, path in last_first if _is_named(path, name)}

    @cached_property
    def by_id(self) -> Mapping[str, Document]:
        return Unopened(self._by_id, self._open)

    @cached_property
    def by_any_id(self) -> Mapping[str, Document]:
        former = {old: path for path, names in self._names.items() for old in names[1:]}
        return Unopened(former | self._by_id, self._open)

    @cached_property
    def ambiguous(self) -> frozenset[str]:
        counts = Counter(names[0] for names in self._names.values())
        return frozenset(name for name, count in counts.items() if count > 1)

    @cached_property
    def claims(self) -> Mapping[str, list[Document]]:
        return Claims(self._names, self._open)

    @cached_property
    def uses(self) -> Mapping[str, Use]:
        return Uses(self, self._written)

    @cached_property
    def glimpses(self) -> list[Glimpse]:
        return [Glimpse(*self.traits(path).short) for path in self._names]


class Claims(dict[str, list[Document]]):
    """The documents that formerly had an id, read when somebody asks."""

    def __init__(self, names: Mapping[str, tuple[str, ...]], open_path: Callable[[str], Document]) -> None:
        self._names, self._open = names, open_path

    def __missing__(self, name: str) -> list[Document]:
        self[name] = [self._open(path) for path, names in self._names.items() if name in names[1:]]
        return self[name]


class Uses(dict[str, Use]):
    """Who refers to an id, counted when somebody asks."""

    def __init__(self, kept: Bystanders, written: Mapping[str, str]) -> None:
        self._kept, self._written = kept, written

    def __missing__(self, name: str) -> Use:
        sign, found = as_text(name)[:-1], Use()
        for path, text in self._written.items():
            if sign in text:
                _count_uses(found, path, load_traits(text), name)
        for path, traits in self._kept.fresh.items():
            _count_uses(found, path, traits, name)
        self[name] = found
        return found

    def get(self, name: str, default: object = None) -> Use:
        """The uses of an id, none if there are none."""
        return self[name]


def _count_uses(found: Use, path: str, traits: Traits, name: str) -> None:
    for use, number in traits.uses.items():
        target, _, part = use.partition("#")
        if target == name:
            found[path, part or None] += number


def _is_named(path: str, name: str) -> bool:
    return path.endswith(f"/{name}.md" if path.endswith(".md") else f"/{name}.yaml")
