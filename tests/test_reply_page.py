"""What a reply's page offers beside its letters: its languages with their marks, and what its fields say in each."""

from __future__ import annotations

from typing import Any

import pytest

from generator.documents.types.macro import Macro
from generator.documents.vocabulary import Vocabulary
from generator.publishing.pages.composer import Language, blank_words, composer

MACRO: dict[str, Any] = {
    "id": "closing",
    "title": "Your account closes",
    "version": "1.2",
    "status": "active",
    "owner": "support",
    "summary": "A reply.",
    "locale": "en",
    "text": "Hi {{ name }}",
}


def macro(**changes: Any) -> Macro:
    return Macro.model_validate(MACRO | changes)


def vocabulary(locales: list[str]) -> Vocabulary:
    words = {"organisation": "X", "audiences": {"internal": {"name": "Internal"}}, "teams": {"all": {"name": "All"}}}
    return Vocabulary.model_validate(words | {"locales": {locale: {"name": locale} for locale in locales}})


@pytest.mark.parametrize(
    ("locale", "found"),
    [
        ("en", ""),
        ("ar", "rtl"),
        ("ar-EG", "rtl"),
        ("AR", "rtl"),
        ("he_IL", "rtl"),
        ("ckb", "rtl"),
        ("ar-Latn", ""),
        ("pa", ""),
        ("pa-Arab", "rtl"),
        ("pa-Arab-PK", "rtl"),
        ("uz-Latn-AF", ""),
        ("sd-Deva", ""),
        ("pt-BR", ""),
        ("arn", ""),
    ],
)
def test_a_letter_runs_the_way_its_language_is_written(locale: str, found: str) -> None:
    assert Language(locale, "", "").direction == found


@pytest.mark.parametrize(
    ("locales", "changes", "found"),
    [
        (["en"], {}, {"en": ""}),
        ([], {}, {"en": ""}),
        (["es", "en"], {}, {"es": "missing", "en": ""}),
        (["en", "es"], {"translations": {"es": {"of": "1.2", "text": "Hola"}}}, {"en": "", "es": ""}),
        (["en", "es"], {"translations": {"es": {"of": "1.1", "text": "Hola"}}}, {"en": "", "es": "outdated"}),
        (["en"], {"translations": {"ja": {"of": "1.2", "text": "x"}}}, {"en": "", "ja": ""}),
        (["de", "en"], {"locale": "fr"}, {"de": "missing", "en": "missing", "fr": ""}),
    ],
)
def test_each_language_has_a_tab_with_its_mark(locales: list[str], changes: Any, found: dict[str, str]) -> None:
    offered = composer(macro(**changes), vocabulary(locales))
    assert [(language.locale, language.mark) for language in offered.languages] == [*found.items()]
    missing = [locale for locale, mark in found.items() if mark == "missing"]
    assert [language.locale for language in offered.missing] == missing
    assert {one.language.locale for one in offered.versions} == found.keys() - set(missing)


WAY = {"label": "Way", "type": "choice", "choices": ["card", "bank "], "example": "card", "fallback": "card"}
SPANISH = {"of": "1.2", "text": "Hola", "variables": {"way": {"choices": {"card": "tarjeta"}}}}


@pytest.mark.parametrize(
    ("variable", "translations", "found"),
    [
        ({"label": "Name"}, {}, {"en": ("", [], "")}),
        ({"label": "Name", "fallback": "there ", "example": "Sam"}, {}, {"en": ("there", [], "")}),
        ({"label": "Due", "type": "date", "example": "2026-12-01"}, {}, {"en": ("", [], "2026-12-01")}),
        (WAY, {}, {"en": ("card", ["card", "bank"], "card")}),
        (WAY, {"es": SPANISH}, {"en": ("card", ["card", "bank"], "card"), "es": ("", ["tarjeta", ""], "tarjeta")}),
    ],
)
def test_a_field_speaks_each_language_of_the_reply_and_borrows_no_words(
    variable: Any, translations: Any, found: dict[str, tuple[str, list[str], str]]
) -> None:
    said = blank_words(macro(variables={"way": variable}, translations=translations), "way")
    assert {locale: tuple(one.values()) for locale, one in said.items()} == found
