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
    """Documents chosen by their queue and type; `referred` takes what the modules before it directly refer to."""

    queue: Queue | None = None
    type: TypeName | None = None
    referred: bool = False


class Module(Shape):
    """A chapter of the pack: documents by id, in study order, then those that the selection adds."""

    title: Line
    text: Prose | None = None
    documents: list[AnyDocument] = []
    select: Selection | None = None


class Pack(Historied):
    """A vendor training pack; `locales` are the languages that every macro in it must have.

    `trainers` is who gets the trainer's kit, with the answers: by default the next audience above the vendor's.

    `audience` has no default: elsewhere the default is internal, but a pack goes to people outside.
    """

    audience: Annotated[AudienceWord, Field(examples=["vendor"])]
    vendor: Vendor
    locales: list[Locale] = []
    modules: Annotated[list[Module], Field(min_length=1)]
    pass_mark: Annotated[int, Field(ge=0, le=100)] = 80
    recertify_after: Duration | None = None
    formats: Annotated[list[PackFormat], Field(min_length=1)] = ["site"]
    trainers: AudienceWord | None = None
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
