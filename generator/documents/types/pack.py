"""A vendor training pack: who it is for, its modules, and what it takes to pass."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

from generator.documents import Kind, kinds
from generator.documents.fields import (
    AnyDocument,
    AudienceWord,
    Duration,
    InternalNote,
    Line,
    Locale,
    Prose,
    Queue,
    Shape,
    Vendor,
)
from generator.documents.header import Historied


def _list_types() -> list[str]:
    """The names of the types that a pack can contain: all except packs."""
    return [name for name, kind in kinds().items() if kind.model is not Pack]


def _require_type(value: str) -> str:
    if value not in _list_types():
        expected = ", ".join(f"'{name}'" for name in _list_types())
        raise PydanticCustomError("literal_error", "is not a type", {"expected": expected})
    return value


TypeName = Annotated[
    str,
    AfterValidator(_require_type),
    Field(json_schema_extra=lambda schema: schema.update(enum=list[Any](_list_types()))),
]


PackFormat = Literal[
    "site", "scorm12", "scorm2004", "cmi5", "handbook", "macros", "gift", "moodle", "qti", "spreadsheet",
    "whats_changed", "delta",
]  # fmt: skip


class Selection(Shape):
    """Documents chosen by their queue and type, or because others refer to them."""

    queue: Queue | None = None
    """Documents of this queue. Example: `accounts`"""
    type: TypeName | None = None
    """Documents of this type. Example: `sop`"""
    referred: bool = False
    """What the modules before it directly refer to. Example: `true`"""


class Module(Shape):
    """A chapter of the pack: documents by id, in study order, then those that the selection adds."""

    title: Line
    """What the chapter is called. Example: `Recognise and restore`"""
    text: Prose | None = None
    """What a trainee should know before it. Example: `Read these in order.`"""
    documents: list[AnyDocument] = []
    """Documents by id, in the order in which they are studied. Example: `[account-takeover, restore-account]`"""
    select: Selection | None = None
    """Which documents follow those that are listed. Example: `{queue: accounts, type: sop}`"""


class Pack(Historied):
    """A vendor training pack.

    `audience` has no default: elsewhere the default is internal, but a pack goes to people outside.
    """

    audience: Annotated[AudienceWord, Field(examples=["vendor"])]
    """Who the pack is for: nothing above this audience is in it. Example: `vendor`"""
    vendor: Vendor
    """The company that gets it. Example: `acme`"""
    locales: list[Locale] = []
    """The languages that every macro in it must have. Example: `[en, es]`"""
    modules: Annotated[list[Module], Field(min_length=1)]
    """The chapters, in order. Example: `[{title: Recognise and restore, documents: [restore-account]}]`"""
    pass_mark: Annotated[int, Field(ge=0, le=100)] = 80
    """The percentage of points that passes. Example: `80`"""
    recertify_after: Duration | None = None
    """After what time who passed must pass again. Example: `180d`"""
    formats: Annotated[list[PackFormat], Field(min_length=1)] = ["site"]
    """The files that are made of it. Example: `[site, scorm12]`"""
    trainers: AudienceWord | None = None
    """Who gets the trainer's kit, with the answers; by default the next audience above the vendor's.

    Example: `internal`
    """
    internal_note: InternalNote = None


SCAFFOLD = """\
{header}audience: {clearance}
summary: One sentence that says what the pack teaches.
vendor: {vendor}
modules:
  - title: The queue's procedures
    select: {{queue: {queue}, type: sop}}
  - title: Also referred to
    select: {{referred: true}}
pass_mark: 80
recertify_after: 180d
formats: [site]
{history}"""

KIND = Kind("pack", "content/packs", "Pack", "Packs", Pack, SCAFFOLD, position=6, is_casework=False, covers=False)
