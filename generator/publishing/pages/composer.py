"""What a reply's page offers beside its letters: the languages with their marks, and the words of its fields."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from generator.documents.types.macro import Macro

# Languages, and the scripts that a tag may name.
RIGHT_TO_LEFT = {
    "ar", "arc", "ckb", "dv", "fa", "he", "iw", "ks", "nqo", "ps", "sd", "syr", "ug", "ur", "yi",
    "adlm", "arab", "aran", "hebr", "nkoo", "rohg", "syrc", "thaa",
}  # fmt: skip


class Tab(NamedTuple):
    """A language that the page offers; `mark` is "missing" or "outdated" where its letter is."""

    locale: str
    mark: str


def direction(locale: str) -> str:
    """`rtl` for a language that is written from right to left; a script in its tag has the last word: `pa-Arab`."""
    language, *rest = locale.lower().replace("_", "-").split("-")
    script = next((part for part in rest if len(part) == 4 and part.isalpha()), language)
    return "rtl" if script in RIGHT_TO_LEFT else ""


def tabs(macro: Macro, locales: Iterable[str]) -> list[Tab]:
    """The languages of the vocabulary in its order, then those of the reply that it lacks."""
    offered = dict.fromkeys([*locales, macro.locale, *macro.translations])
    return [Tab(locale, _mark(macro, locale)) for locale in offered]


def _mark(macro: Macro, locale: str) -> str:
    """A letter that translates another version than the reply has is outdated."""
    if locale == macro.locale:
        return ""
    if locale not in macro.translations:
        return "missing"
    return "" if macro.translations[locale].of == macro.version else "outdated"


def words(macro: Macro, name: str) -> dict[str, dict[str, str | list[str]]]:
    """What a variable's field says, by language. A text or number shows its example in the field itself."""
    return {
        locale: {
            "fallback": (one.fallback or "").strip(),
            "choices": [choice.strip() for choice in one.choices],
            "example": (one.example or "").strip() if one.type in ("date", "choice") else "",
        }
        for locale, one in macro.spoken(name).items()
    }
