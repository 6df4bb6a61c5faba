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
)
from generator.documents.header import Header, Part
from generator.documents.wrong_values import WrongValue
from generator.findings import Keys


class Example(Shape):
    """Something near the boundary of a section that violates it, or that is `allowed`, and why."""

    violates: Prose | None = None
    allowed: Prose | None = None
    why: Prose
    audience: OwnAudience = None

    @model_validator(mode="after")
    def _require_one_side(self) -> Self:
        if (self.violates is None) == (self.allowed is None):
            raise WrongValue("is on no side, or on both", "write either `violates` or `allowed`, and `why`")
        return self


class Retention(Shape):
    """How long something is kept, counted from what, and who deletes it then.

    `kept` is a time (13mo); where none says it, `in_words` does: "as long as the account". What `outlasts` names are
    sections with a `window`, in which the record is needed: one that is deleted before an appeal ends proves nothing.
    """

    record: Prose
    kept: Duration | None = None
    in_words: Line | None = None
    counted_from: Prose | None = None
    why: Prose | None = None
    deletes: Prose | None = None
    outlasts: list[Citation] = []

    @model_validator(mode="after")
    def _require_one_way(self) -> Self:
        if (self.kept is None) == (self.in_words is None):
            raise WrongValue("says in no way how long, or in two", "write either `kept` (13mo) or `in_words`")
        return self


class Section(Shape):
    """One section; `revised` is the version in which its meaning last changed.

    `window` is the time within which somebody may ask for what the section gives, such as an appeal.
    """

    id: Identifier
    number: Line
    title: Line
    revised: Version
    text: Prose
    window: Duration | None = None
    records: list[Retention] = []
    examples: list[Example] = []
    formerly: list[Identifier] = Field(default_factory=list)
    audience: OwnAudience = None
    internal_note: InternalNote = None


class SectionChange(Shape):
    """What a version did to one section.

    A `clarified` section still means what it meant before; `changed` means that nobody has recorded yet how it changed.
    For one that `moved`, `to` is the `policy#section` that it moved to. `audience` hides the entry from readers below
    it.
    """

    section: Identifier
    kind: Literal["added", "removed", "moved", "tightened", "relaxed", "changed", "clarified"]
    note: Line | None = None
    to: SectionReference | None = None
    audience: OwnAudience = None


class PolicyVersion(Shape):
    """One version, with the day from which it is in force."""

    version: Version
    effective: Day
    note: Line | None = None
    audience: OwnAudience = None
    changes: list[SectionChange] = []


class Review(Shape):
    """A record that somebody read the policy and found it correct; internal unless it names another audience."""

    on: Day
    by: Line
    note: Line
    audience: AudienceWord = "internal"


class TranslatedSection(Shape):
    """A section in another language."""

    title: Line | None = None
    text: Prose


class PolicyTranslation(Shape):
    """The policy in another language, section by section; `of` is the version of the policy that it translates."""

    of: Version
    title: Line | None = None
    sections: dict[Identifier, TranslatedSection]


class Policy(Header):
    """A policy; `version` and `effective` are those of the text in the file, which is in the language `locale`."""

    effective: Day
    locale: Locale | None = None
    sections: Annotated[list[Section], Field(min_length=1)]
    translations: dict[Locale, PolicyTranslation] = {}
    history: list[PolicyVersion] = []
    reviews: list[Review] = []

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
