"""A macro: the reply that a member reads, with its variables, translations and ticket actions."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Annotated, Any, Literal, NamedTuple, Self

from pydantic import ConfigDict, Field, model_validator

from generator.documents import Kind
from generator.documents.fields import (
    Channel,
    Citation,
    Duration,
    EnforcementAction,
    InternalNote,
    Line,
    Locale,
    Prose,
    RichText,
    Shape,
    Template,
    VariableName,
    Version,
)
from generator.documents.header import Historied, Part
from generator.documents.terms import Element
from generator.documents.wrong_values import WrongValue
from generator.findings import Keys

BETWEEN = re.compile(r"\n\s*\n\s*")
Paragraph = Annotated[int, Field(gt=0)]


def paragraphs(text: str) -> list[str]:
    """The paragraphs of a reply, which are separated by blank lines."""
    return BETWEEN.split(text.strip())


class TranslatedBlank(Shape):
    """The words for a blank in another language."""

    fallback: Line | None = None
    """The words where the variable has no value. Example: `amigo`"""
    choices: dict[Line, Line] = {}
    """The translation of each choice of the original. Example: `{warm: cálido}`"""


_IS_DUE: dict[str, Any] = {"required": ["due"], "properties": {"due": {"type": "string"}}}
_IS_DATE: dict[str, Any] = {"required": ["type"], "properties": {"type": {"const": "date"}}}


class Variable(Shape):
    """A blank in the text, which is filled in for each case."""

    model_config = ConfigDict(json_schema_extra={"if": _IS_DUE, "then": _IS_DATE})

    label: Line
    """What to fill in, as the reply's page asks for it. Example: `Member's name`"""
    type: Literal["text", "date", "number", "choice"] = "text"
    """What it takes. Example: `text`"""
    example: Line | None = None
    """A value, as it may be. Example: `Sam`"""
    fallback: Line | None = None
    """The words where it has no value. Example: `there`"""
    choices: list[Line] = []
    """The values to choose from. Example: `[warm, plain]`"""
    due: Literal["today"] | Duration | None = None
    """Which day a date is: `today`, or so long after it. Example: `14d`"""

    @model_validator(mode="after")
    def _require_date(self) -> Self:
        if self.due and self.type != "date":
            raise WrongValue("says `due`, but is no date", "add `type: date`, or remove `due`")
        return self

    def translated(self, words: TranslatedBlank) -> Variable:
        """The variable with the words of a translation; what these lack is empty, and never the original's."""
        known = {choice.strip(): translation for choice, translation in words.choices.items()}
        choices = [known.get(choice.strip(), "") for choice in self.choices]
        example = known.get((self.example or "").strip()) if self.choices else self.example
        fallback = words.fallback if self.fallback else None
        return self.model_copy(update={"fallback": fallback, "choices": choices, "example": example})


class Translation(Shape):
    """The text in another language."""

    of: Version
    """The version of the macro that it translates. Example: `"1.2"`"""
    variables: dict[VariableName, TranslatedBlank] = {}
    """The words of variables in this language. Example: `{name: {fallback: amigo}}`"""
    text: Template
    """The letter in this language. Example: `Hola, {{ name }}.`"""


class TicketChange(Shape):
    """A change to the ticket that goes with the reply."""

    set: Line
    """The field of the ticket. Example: `status`"""
    to: Line
    """The value that it gets. Example: `pending`"""


class Letter(NamedTuple):
    """A macro's text in one language, or words that may fill a blank in it, with the keys that lead there."""

    locale: str
    keys: Keys
    text: str


class Macro(Historied):
    """A canned reply."""

    locale: Locale = "en"
    """The language of `text`. Example: `en`"""
    recipient: Literal["member", "other"] = "member"
    """Who gets it: the member whose case it is, or somebody else, to whom the case's name is not theirs.

    Example: `member`
    """
    channel: Channel | None = None
    """How it is sent, in a word of the vocabulary. Example: `email`"""
    when: Prose | None = None
    """When to send it. Example: `The account is locked.`"""
    not_when: list[Prose] = []
    """When not to send it. Example: `[The member is in danger.]`"""
    variables: dict[VariableName, Variable] = {}
    """The blanks in the text, by name. Example: `{name: {label: Member's name}}`"""
    text: Template
    """The letter, with `{{ variable }}` where something is filled in.

    Example: `Hi {{ name }}, your account is safe.`
    """
    html: RichText | None = None
    """The same reply with the bold words, links and pictures that it has in a ticketing system. Example: `<p>Hi</p>`"""
    translations: dict[Locale, Translation] = {}
    """The letter in other languages. Example: `{es: {of: "1.2", text: "Hola."}}`"""
    actions: list[TicketChange] = []
    """What is changed in the ticket with it. Example: `[{set: status, to: pending}]`"""
    enforcement: EnforcementAction | None = None
    """The enforcement action that it tells the member of. Example: `lock`"""
    reasons: dict[Element, Annotated[list[Paragraph], Field(min_length=1)]] = {}
    """The paragraphs, from 1, that contain each element of the statement of reasons.

    Example: `{facts: [2], redress: [4]}`
    """
    cites: list[Citation] = []
    """The sections of policies that the letter rests on, each with the version that was read.

    Example: `[account-integrity#ownership@3.1]`
    """
    internal_note: InternalNote = None

    def parts(self) -> dict[str, Part]:
        texts = {self.locale: Part(("text",), self.locale)}
        return texts | {name: Part(("translations", name), name) for name in self.translations}

    def part_at(self, keys: Keys) -> str:
        """The language of the value, or all languages if it belongs to none of the texts."""
        return super().part_at(keys) or ", ".join([self.locale, *self.translations])

    @property
    def letters(self) -> list[Letter]:
        """The text in every language, the original first."""
        others = (
            Letter(name, ("translations", name, "text"), translation.text)
            for name, translation in self.translations.items()
        )
        return [Letter(self.locale, ("text",), self.text), *others]

    @property
    def fillings(self) -> Iterator[Letter]:
        """The words in the file that may fill blanks, in every language: fallbacks and choices."""
        blanks: list[tuple[str, Keys, Mapping[str, Variable | TranslatedBlank]]] = [(self.locale, (), self.variables)]
        blanks += [
            (name, ("translations", name), translation.variables) for name, translation in self.translations.items()
        ]
        for locale, above, variables in blanks:
            for name, blank in variables.items():
                place = (*above, "variables", name)
                if blank.fallback:
                    yield Letter(locale, (*place, "fallback"), blank.fallback)
                choices = blank.choices.items() if isinstance(blank, TranslatedBlank) else enumerate(blank.choices)
                yield from (Letter(locale, (*place, "choices", key), choice) for key, choice in choices)

    def spoken(self, name: str) -> dict[str, Variable]:
        """A variable with the words of each language, the original first."""
        variable = self.variables[name]
        others = {
            locale: translation.variables.get(name, TranslatedBlank())
            for locale, translation in self.translations.items()
        }
        return {self.locale: variable} | {locale: variable.translated(words) for locale, words in others.items()}


SCAFFOLD = """\
{header}audience: internal
queue: {queue}
summary: One sentence that says what the reply tells the member.
channel: {channel}
when: Use this when the member is waiting for an answer.
locale: {locale}
variables:
  name: {{label: Member's name, example: Sam, fallback: there}}
text: |
  Hi {{{{ name }}}},

  Thank you for writing to us.
{translations}actions:
  - {{set: status, to: pending}}
{history}"""

KIND = Kind("macro", "macros", "Macro", "Macros", Macro, SCAFFOLD, position=3, prominence=0.66)
