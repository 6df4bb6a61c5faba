"""What every document begins with: who owns it, who may see it, and until when it can be trusted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Annotated, Literal, NamedTuple, Self

from generator.documents.fields import (
    AnyDocument,
    AudienceWord,
    ContentWarning,
    Day,
    Identifier,
    Jurisdiction,
    Line,
    Locale,
    OnlyFor,
    OwnAudience,
    Prose,
    Queue,
    SeverityWord,
    Shape,
    Team,
    Version,
)
from generator.findings import Keys

Status = Literal["draft", "active", "deprecated", "retired"]


class Part(NamedTuple):
    """A piece of a document that a reference can point to: `[[id#part]]`; `formerly` are ids that it once had."""

    keys: Keys
    title: str
    audience: str | None = None
    formerly: Sequence[str] = ()


class Change(Shape):
    """One entry of a document's history: what changed or was reviewed, when and by whom.

    `parts` are those that read otherwise since then, which a page marks for whoever read an earlier version. `audience`
    hides the entry from readers below it; `by` is for internal readers only.
    """

    version: Version
    on: Day
    note: Line
    parts: list[Identifier] = []
    by: Annotated[Line | None, OnlyFor("internal")] = None
    audience: OwnAudience = None


class Header(Shape):
    """The keys that SOPs, macros, decision trees, policies and packs share.

    `symptoms` are what an analyst sees, and are shown; `phrases` are the words of members and analysts in each
    language, by which the search finds the document, and are not.
    """

    id: Identifier
    title: Line
    version: Version
    status: Status
    owner: Team
    summary: Prose
    audience: AudienceWord = "internal"
    queue: Queue | None = None
    severity: SeverityWord | None = None
    reviewed: Day | None = None
    review_by: Day | None = None
    symptoms: list[Line] = []
    aliases: list[Line] = []
    phrases: dict[Locale, list[Line]] = {}
    formerly: list[Identifier] = []
    content_warning: list[ContentWarning] = []
    jurisdictions: list[Jurisdiction] = []
    superseded_by: AnyDocument | None = None

    @property
    def is_gone(self) -> bool:
        """Whether nobody should use it any longer."""
        return self.status in ("deprecated", "retired")

    def parts(self) -> dict[str, Part]:
        """The parts that references can point to, by id."""
        return {}

    def passages(self) -> dict[str, Part]:
        """The parts that have values of their own, by id."""
        return self.parts()

    def part_at(self, keys: Keys) -> str:
        """The id of the part that contains the value at `keys`; empty if none does."""
        return next((name for name, part in self.passages().items() if keys[: len(part.keys)] == part.keys), "")

    def consistent_with(self, whole: Self) -> Self:
        """The document without mentions of the parts that were removed from it; `whole` still has them."""
        return self

    def part_ids(self) -> list[tuple[str, Keys]]:
        """Every part id with the keys that lead to it, in order and with duplicates, so that these can be reported."""
        return [(name, part.keys) for name, part in self.parts().items()]

    def part_uses(self) -> Iterator[tuple[str, Keys]]:
        """Where the document itself names one of its parts other than in a reference: the name, and the keys to it.

        If the last key is the name, it is meant itself.
        """
        yield from ()


class Historied(Header):
    """A document whose history is a list of dated notes."""

    history: list[Change] = []

    def part_uses(self) -> Iterator[tuple[str, Keys]]:
        for number, entry in enumerate(self.history):
            yield from ((name, ("history", number, "parts", at)) for at, name in enumerate(entry.parts))

    def consistent_with(self, whole: Self) -> Self:
        """The document without mentions, in its history, of the parts that were removed from it."""
        if not any(entry.parts for entry in self.history):
            return self
        here = self.parts()
        hidden = {old for name, part in whole.parts().items() if name not in here for old in (name, *part.formerly)}
        if not hidden:
            return self
        history = [
            entry.model_copy(update={"parts": [part for part in entry.parts if part not in hidden]})
            for entry in self.history
        ]
        return self.model_copy(update={"history": history})
