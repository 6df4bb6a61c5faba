"""A policy: sections that others cite, and the versions in which they changed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from generator.documents import Kind
from generator.documents.fields import (
    AudienceWord,
    Citation,
    Day,
    Duration,
    Identifier,
    InternalNote,
    Line,
    Locale,
    OwnAudience,
    Prose,
    SectionReference,
    Shape,
    Version,
    either,
)
from generator.documents.header import Header, Part
from generator.documents.wrong_values import WrongValue
from generator.findings import Keys


class Example(Shape):
    """Something near the boundary of a section that violates it, or that is `allowed`, and why."""

    model_config = either("violates", "allowed")

    violates: Prose | None = None
    """Something near the boundary that violates the section. Example: `Two people use one account.`"""
    allowed: Prose | None = None
    """Something near the boundary that is allowed. Example: `A couple has an account each.`"""
    why: Prose
    """Why it is on that side. Example: `Each account has one owner.`"""
    audience: OwnAudience = None

    @model_validator(mode="after")
    def _require_one_side(self) -> Self:
        if (self.violates is None) == (self.allowed is None):
            raise WrongValue("is on no side, or on both", "write either `violates` or `allowed`, and `why`")
        return self


class Retention(Shape):
    """How long something is kept, counted from what, and who deletes it then."""

    model_config = either("kept", "in_words")

    record: Prose
    """What is kept. Example: `Notes of the case`"""
    kept: Duration | None = None
    """How long it is kept. Example: `13mo`"""
    in_words: Line | None = None
    """How long, where no time says it. Example: `As long as the account`"""
    counted_from: Prose | None = None
    """The day from which it counts. Example: `The day on which the case is closed`"""
    why: Prose | None = None
    """Why it is kept for so long. Example: `An appeal needs it.`"""
    deletes: Prose | None = None
    """Who or what deletes it then. Example: `The ticketing system`"""
    outlasts: list[Citation] = []
    """Sections with a `window` in which the record is needed: deleted before an appeal ends, it proves nothing.

    Example: `[appeals#filing@1.0]`
    """

    @model_validator(mode="after")
    def _require_one_way(self) -> Self:
        if (self.kept is None) == (self.in_words is None):
            raise WrongValue("says in no way how long, or in two", "write either `kept` (13mo) or `in_words`")
        return self


class Section(Shape):
    """One section, which others cite."""

    id: Identifier
    """The name of the section in citations: `policy#section@version`. Example: `ownership`"""
    number: Line
    """Its number, in quotes. Example: `"2.1"`"""
    title: Line
    """What it is called. Example: `Ownership`"""
    revised: Version
    """The version in which its meaning last changed, in quotes. Example: `"3.1"`"""
    text: Prose
    """What it says. Example: `Each account has one owner.`"""
    window: Duration | None = None
    """The time within which somebody may ask for what the section gives, such as an appeal. Example: `6mo`"""
    records: list[Retention] = []
    """What must be kept, and for how long. Example: `[{record: Notes of the case, kept: 13mo}]`"""
    examples: list[Example] = []
    """Cases near its boundary, on either side.

    Example: `[{violates: Two people use one account., why: It has two owners.}]`
    """
    formerly: list[Identifier] = Field(default_factory=list)
    """The ids that the section once had. Example: `[owner]`"""
    audience: OwnAudience = None
    internal_note: InternalNote = None


class SectionChange(Shape):
    """What a version did to one section."""

    section: Identifier
    """The id of the section. Example: `ownership`"""
    kind: Literal["added", "removed", "moved", "tightened", "relaxed", "changed", "clarified"]
    """What became of it: `clarified` means the same as before, `changed` that nobody has said yet how it changed.

    Example: `tightened`
    """
    note: Line | None = None
    """What is different, in a line. Example: `Couples need an account each.`"""
    to: SectionReference | None = None
    """Where a section went that `moved`: `policy#section`. Example: `account-integrity#ownership`"""
    audience: OwnAudience = None


class PolicyVersion(Shape):
    """One version, with the day from which it is in force."""

    version: Version
    """The version, in quotes. Example: `"3.1"`"""
    effective: Day
    """The day from which it is in force. Example: `2026-09-01`"""
    note: Line | None = None
    """What it brought, in a line. Example: `Shorter words.`"""
    audience: OwnAudience = None
    changes: list[SectionChange] = []
    """What it did to each section. Example: `[{section: ownership, kind: clarified}]`"""


class Review(Shape):
    """A record that somebody read the policy and found it correct; internal unless it names another audience."""

    on: Day
    """The day of the review. Example: `2026-09-02`"""
    by: Line
    """Who read it. Example: `Robin Hale`"""
    note: Line
    """What they found. Example: `Still correct.`"""
    audience: AudienceWord = "internal"


class TranslatedSection(Shape):
    """A section in another language."""

    title: Line | None = None
    """Its title in this language. Example: `Propiedad`"""
    text: Prose
    """What it says in this language. Example: `Un dueño.`"""


class PolicyTranslation(Shape):
    """The policy in another language, section by section."""

    of: Version
    """The version of the policy that it translates, in quotes. Example: `"3.1"`"""
    title: Line | None = None
    """The policy's title in this language. Example: `Integridad`"""
    sections: dict[Identifier, TranslatedSection]
    """The sections in this language, by id. Example: `{ownership: {title: Propiedad, text: Un dueño.}}`"""


class Policy(Header):
    """A policy; `version` and `effective` are those of the text in the file."""

    effective: Day
    """The day from which the text in this file is in force. Example: `2026-09-01`"""
    locale: Locale | None = None
    """The language of its text. Example: `en`"""
    sections: Annotated[list[Section], Field(min_length=1)]
    """The sections, in order.

    Example: `[{id: ownership, number: "1", title: Ownership, revised: "1.0", text: Each account has one owner.}]`
    """
    translations: dict[Locale, PolicyTranslation] = {}
    """The policy in other languages. Example: `{es: {of: "3.1", sections: {ownership: {text: Un dueño.}}}}`"""
    history: list[PolicyVersion] = []
    """The versions, the newest first, each with the day from which it is in force.

    Example: `[{version: "1.0", effective: 2026-01-01, note: First version.}]`
    """
    reviews: list[Review] = []
    """Who read it, when, and found it correct. Example: `[{on: 2026-09-02, by: Robin Hale, note: Still correct.}]`"""

    def parts(self) -> dict[str, Part]:
        return {s.id: Part(("sections", n), s.title, s.audience, s.formerly) for n, s in enumerate(self.sections)}

    def part_ids(self) -> list[tuple[str, Keys]]:
        return [(section.id, ("sections", n, "id")) for n, section in enumerate(self.sections)]

    def part_uses(self) -> Iterator[tuple[str, Keys]]:
        for number, entry in enumerate(self.history):
            for at, change in enumerate(entry.changes):
                yield change.section, ("history", number, "changes", at, "section")
        for locale, translation in self.translations.items():
            yield from ((name, ("translations", locale, "sections", name)) for name in translation.sections)

    def consistent_with(self, whole: Self) -> Self:
        """The policy without the changes to sections that were removed from it, and without their translations."""
        here = {section.id for section in self.sections}
        hidden = {name for one in whole.sections if one.id not in here for name in (one.id, *one.formerly)}
        if not hidden:
            return self
        history = [
            entry.model_copy(update={"changes": [c for c in entry.changes if c.section not in hidden]})
            for entry in self.history
        ]
        translations = {
            locale: one.model_copy(update={"sections": {k: s for k, s in one.sections.items() if k not in hidden}})
            for locale, one in self.translations.items()
        }
        return self.model_copy(update={"history": history, "translations": translations})


SCAFFOLD = """\
{header}audience: internal
effective: {today}
summary: One sentence that says what the policy is about.
sections:
  - id: scope
    number: "1"
    title: Scope
    revised: "0.1"
    text: |
      Say what the policy covers.
history:
  - version: "0.1"
    effective: {today}
    note: First draft.
"""

KIND = Kind(
    "policy", "content/policies", "Policy", "Policies", Policy, SCAFFOLD, position=4, covers=False, prominence=0.72
)
