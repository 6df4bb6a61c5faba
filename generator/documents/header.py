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
    """One entry of a document's history: what changed or was reviewed, when and by whom."""

    version: Version
    """The version that this change made. Example: `"1.1"`"""
    on: Day
    """The day of the change. Example: `2026-09-01`"""
    note: Line
    """What changed, in a sentence. Example: `Added the reply.`"""
    parts: list[Identifier] = []
    """The parts that read otherwise since then, which a page marks for whoever read an earlier version.

    Example: `[verify]`
    """
    by: Annotated[Line | None, OnlyFor("internal")] = None
    """Who did it; for internal readers only. Example: `Robin Hale`"""
    audience: OwnAudience = None
    """Readers below this audience do not see the entry. Example: `internal`"""


class Header(Shape):
    """The keys that SOPs, macros, decision trees, policies and packs share."""

    id: Identifier
    """Its name in references and addresses, and the name of its file. Example: `restore-account`"""
    title: Line
    """What it is called. Example: `Restore a taken-over account`"""
    version: Version
    """Its version, in quotes; each change of meaning makes a new one, with an entry in `history`. Example: `"1.2"`"""
    status: Status
    """A draft is not in use yet; what is deprecated or retired is in use no longer. Example: `active`"""
    owner: Team
    """The team that keeps it correct. Example: `support`"""
    summary: Prose
    """One sentence by which somebody recognises that it is what they need.

    Example: `A member says that they have lost their account.`
    """
    audience: AudienceWord = "internal"
    """The least privileged readers who may see it. Example: `internal`"""
    queue: Queue | None = None
    """The queue whose cases it is for. Example: `accounts`"""
    severity: SeverityWord | None = None
    """How bad its cases are, in a word of the vocabulary. Example: `high`"""
    reviewed: Day | None = None
    """The day on which somebody last read it and found it correct. Example: `2026-09-01`"""
    review_by: Day | None = None
    """The day by which somebody must read it again. Example: `2027-03-01`"""
    symptoms: list[Line] = []
    """What an analyst sees or a member writes, in their words; the page shows it, and the search finds it.

    Example: `[my account was hacked]`
    """
    aliases: list[Line] = []
    """Other names that people know it by. Example: `[ATO]`"""
    phrases: dict[Locale, list[Line]] = {}
    """Words of members and analysts in each language, for the search alone: no page shows them.

    Example: `{en: [locked out since the phone was stolen]}`
    """
    formerly: list[Identifier] = []
    """The ids that it once had, under which old links still find it. Example: `[account-recovery]`"""
    content_warning: list[ContentWarning] = []
    """What may disturb who reads it, in words of the vocabulary. Example: `[violence]`"""
    jurisdictions: list[Jurisdiction] = []
    """Where it applies, in words of the vocabulary; nothing means everywhere. Example: `[eu]`"""
    superseded_by: AnyDocument | None = None
    """The document to use instead. Example: `restore-account`"""

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
    """What changed or was reviewed, when and by whom, the newest first.

    Example: `[{version: "1.0", on: 2026-09-01, note: First version.}]`
    """

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
