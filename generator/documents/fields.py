"""What the fields of documents mean: prose, references, citations, words of the vocabulary, dates."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, GetJsonSchemaHandler
from pydantic_core import CoreSchema, PydanticCustomError, PydanticUndefined

from generator.documents.meant import days, suggest
from generator.documents.target import Target
from generator.documents.wrong_values import DURATION, LINE, VERSION, VISIBLE, WrongValue
from generator.files.scan import scan

ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
RESERVED = {"index", "con", "prn", "aux", "nul"} | {f"{d}{n}" for d in ("com", "lpt") for n in range(1, 10)}
KEYWORDS = {"and", "elif", "else", "false", "for", "if", "in", "is", "none", "not", "or", "self", "true"}
ID_FORM = "use lower-case letters a to z, digits and single hyphens, at most 80 in all"
ROLE = "x-role"
MAX_LEVELS = 50
may_be_deep = scan(r"[ \t>]{50}")
ITEM = re.compile(r"^([ \t>]{50,})(?:[-*+>]|[0-9]+[.)]|!!!|\?\?\?)", re.MULTILINE)
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


@dataclass(frozen=True)
class Role:
    """How checks and pages read a field. `of` narrows it: to a type of document, or to a group of the vocabulary."""

    name: Literal["prose", "reference", "citation", "word", "template"]
    of: str = ""

    def __get_pydantic_json_schema__(self, core: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        """Marks the value in a JSON Schema, for whoever knows the words that fit."""
        return handler(core) | {ROLE: self}


@dataclass(frozen=True)
class Wording:
    """The field is a text in the words of its author, and not an id, a word of the vocabulary or a date."""


@dataclass(frozen=True)
class OnlyFor:
    """The field is removed for every reader below this audience."""

    audience: str


@lru_cache(maxsize=1 << 14)  # ten thousand documents have 150,000 ids and 60,000 days, and most of these often
def identifier(value: str) -> str:
    """Returns the id unchanged; raises WrongValue if it is not valid."""
    if not ID.fullmatch(value) or len(value) > 80:
        raise WrongValue("is not an id", ID_FORM)
    if value in RESERVED:
        raise WrongValue("is a reserved name", "choose another id")
    return value


def _refuse_keyword(value: str) -> str:
    if value in KEYWORDS:
        raise WrongValue("is a keyword of the template language", "choose another name")
    return value


def _require_value(value: Any) -> Any:
    if value is None:
        raise PydanticCustomError("no_value", "there is no value")
    return value


def _refuse_blank(value: str) -> str:
    if not VISIBLE.search(value):
        raise WrongValue("contains only spaces", "write what the member should read")
    return value


def _refuse_deep_nesting(value: str) -> str:
    """Refuses what Python-Markdown cannot convert: it recurses for each level of a list, and crashes at 230 of them."""
    if may_be_deep(value) and any(map(_is_deep, ITEM.findall(value))):
        raise WrongValue(f"has lists or quotes nested more than {MAX_LEVELS} levels deep", "use fewer levels")
    return value


def _is_deep(lead: str) -> bool:
    columns = lead.replace(">", "").expandtabs(4)
    return lead.count(">") + len(columns) // 4 > MAX_LEVELS


def _parse_day(value: Any) -> Any:
    return _read_day(value) if isinstance(value, str) else value


@lru_cache(maxsize=1 << 14)
def _read_day(text: str) -> date:
    if not DAY.fullmatch(text):
        raise WrongValue("is not a date", suggest("write a date such as 2026-12-31", text, days))
    try:
        return date.fromisoformat(text)
    except ValueError:
        hint = suggest("write a date that exists, such as 2026-12-31", text, days)
        raise WrongValue("does not exist", hint) from None


Line = Annotated[str, Field(min_length=1, pattern=LINE), Wording()]
"""Text on one line. Example: `Lock the account`"""
Prose = Annotated[
    str, Field(min_length=1, pattern=VISIBLE.pattern), AfterValidator(_refuse_deep_nesting), Role("prose"), Wording()
]
"""Text in Markdown. Example: `Lock the account before you ask anything.`"""
_AS_SEEN: dict[str, Any] = {"pattern": VISIBLE.pattern}
Template = Annotated[
    str,
    Field(min_length=1, json_schema_extra=_AS_SEEN),
    AfterValidator(_refuse_blank),
    Role("template"),
    Wording(),
]
# HTML of a ticketing system, never shown.
RichText = Annotated[str, Field(min_length=1, json_schema_extra=_AS_SEEN), AfterValidator(_refuse_blank)]
VariableName = Annotated[
    str,
    Field(pattern=r"^[a-z][a-z0-9_]*$", json_schema_extra={"not": {"enum": sorted(KEYWORDS)}}),
    AfterValidator(_refuse_keyword),
]
"""The name of a variable of replies. Example: `case_number`"""
_AS_ID: dict[str, Any] = {"pattern": f"^{ID.pattern}$", "maxLength": 80, "not": {"enum": sorted(RESERVED)}}
Identifier = Annotated[
    str, AfterValidator(identifier), Field(json_schema_extra=_AS_ID | {"patternErrorMessage": ID_FORM})
]
"""Its id: lower-case letters, digits and hyphens. Example: `restore-account`"""
Version = Annotated[str, Field(pattern=VERSION)]
"""A version, in quotes: `2.1` without quotes is a number, and 2.10 the same one. Example: `"2.1"`"""
Day = Annotated[date, BeforeValidator(_parse_day), Field(json_schema_extra={"pattern": f"^{DAY.pattern}$"})]
"""A day, as year, month and day. Example: `2026-12-31`"""
Duration = Annotated[str, Field(pattern=DURATION)]
"""A time: minutes (m), hours (h), days (d), weeks (w), months (mo) or business days (bd). Example: `4h`"""
Citation = Annotated[Target, Role("citation")]
"""A policy, or a section of it, with the version that was read: `policy#section@version`.

Example: `account-integrity#ownership@3.1`
"""

AudienceWord = Annotated[str, Role("word", "audiences")]
"""Who may read it, as the vocabulary calls them. Example: `vendor`"""

# The audience of a part; a part without one has that of its document. `audience:` without a value is an error, and not
# absent: its author meant to hide something.
OwnAudience = Annotated[
    AudienceWord | None, BeforeValidator(_require_value), Field(json_schema_extra={"nullable": False})
]
"""Who may read it; without this key, whoever may read what it is in. Example: `internal`"""
Team = Annotated[str, Role("word", "teams")]
"""A team of the vocabulary. Example: `support`"""
Queue = Annotated[str, Role("word", "queues")]
"""A queue of the vocabulary. Example: `accounts`"""
SeverityWord = Annotated[str, Role("word", "severities")]
"""How bad it is, in a word of the vocabulary. Example: `high`"""
Locale = Annotated[str, Role("word", "locales")]
"""A language of the vocabulary. Example: `en`"""
Vendor = Annotated[str, Role("word", "vendors")]
"""A company of the vocabulary. Example: `acme`"""
Jurisdiction = Annotated[str, Role("word", "jurisdictions")]
"""A jurisdiction of the vocabulary. Example: `eu`"""
Channel = Annotated[str, Role("word", "channels")]
"""A channel of the vocabulary. Example: `email`"""
EnforcementAction = Annotated[str, Role("word", "enforcement_actions")]
"""An enforcement action of the vocabulary. Example: `lock`"""
ContentWarning = Annotated[str, Role("word", "content_warnings")]
"""A warning of the vocabulary. Example: `violence`"""

AnyDocument = Annotated[Target, Role("reference")]
"""A document by its id, or a part of it: `id#part`. Example: `restore-account#verify`"""
SopReference = Annotated[Target, Role("reference", "sop")]
"""The procedure to follow, or a step of it. Example: `restore-account`"""
MacroReference = Annotated[Target, Role("reference", "macro")]
"""The reply to send. Example: `account-restored`"""
SectionReference = Annotated[Target, Role("reference", "policy")]
"""A section of a policy: `policy#section`. Example: `account-integrity#ownership`"""
TreeReference = Annotated[Target, Role("reference", "decision_tree")]
"""The decision tree or table to walk through. Example: `account-takeover`"""

InternalNote = Annotated[Prose | None, OnlyFor("internal")]
"""A note for internal readers only. Example: `Ask the lead first.`"""


def either(*keys: str) -> ConfigDict:
    """The configuration of a model of which just one of some keys is there."""
    return ConfigDict(json_schema_extra={"oneOf": [{"required": [key]} for key in keys]})


class Shape(BaseModel):
    """A mapping in which unknown keys are errors."""

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)

    @classmethod
    def __pydantic_init_subclass__(cls, **options: Any) -> None:
        """Makes an empty list or mapping anew for whoever lacks one: pydantic's deep copies took 2 % of a check.

        Of `list` itself it would look for the parameters, field by field, which delays each start by 18 ms.
        """
        for field in cls.model_fields.values():
            if field.default in ([], {}):
                field.json_schema_extra = {"default": field.default}
                field.default_factory = (lambda: []) if field.default == [] else (lambda: {})  # noqa: PIE807
                field.default = PydanticUndefined
