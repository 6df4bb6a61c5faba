"""What the page of a reply shows and hands to its script: its text in every language, and a field for each blank."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from generator.documents.text.template import pieces
from generator.documents.types.macro import Macro, Variable
from generator.documents.vocabulary import Vocabulary

# Languages that are written from right to left, by their codes in ISO 639, and scripts, by theirs in ISO 15924.
RIGHT_TO_LEFT = {
    "ar", "arc", "ckb", "dv", "fa", "he", "iw", "ks", "nqo", "ps", "sd", "syr", "ug", "ur", "yi",
    "adlm", "arab", "aran", "hebr", "nkoo", "rohg", "syrc", "thaa",
}  # fmt: skip


class Language(NamedTuple):
    """A language that the page offers; `mark` is `missing`, `outdated`, or empty where the reply's text in it holds."""

    locale: str
    name: str
    mark: str

    @property
    def direction(self) -> str:
        """`rtl` for a language that is written from right to left; a script in its tag has the last word: `pa-Arab`."""
        language, *rest = self.locale.lower().replace("_", "-").split("-")
        script = next((part for part in rest if len(part) == 4 and part.isalpha()), language)
        return "rtl" if script in RIGHT_TO_LEFT else ""


class ShownLetter(NamedTuple):
    """The reply in one language: its words and blanks in order, and the version of the reply that it translates."""

    language: Language
    pieces: list[tuple[str, str]]
    translates: str


class Composer(NamedTuple):
    """The reply in the languages that it has, the original first, and the languages that it should have as well."""

    versions: list[ShownLetter]
    languages: list[Language]

    @property
    def missing(self) -> list[Language]:
        return [language for language in self.languages if language.mark == "missing"]


def composer(macro: Macro, vocabulary: Vocabulary) -> Composer:
    """A reply as its page shows it. The languages of the vocabulary come first, in its order."""
    written = [macro.locale, *macro.translations]
    languages = {
        locale: Language(locale, name_language(locale, vocabulary), _mark(macro, locale))
        for locale in dict.fromkeys([*vocabulary.locales, *written])
    }
    versions = [
        ShownLetter(languages[letter.locale], pieces(letter.text.strip("\n")), _find_translated(macro, letter.locale))
        for letter in macro.letters
    ]
    return Composer(versions, list(languages.values()))


def apart(macro: Macro, vocabulary: Vocabulary) -> str:
    """Whose name the reply has, where it is not the name of the one who wrote to us; else empty.

    Those from whom something is taken are mostly one person in a case; of others each reply has its own.
    """
    action = vocabulary.enforcement_actions.get(macro.enforcement or "")
    if macro.reasons or (action is not None and action.restricts):
        return "restricted"
    return macro.id if macro.recipient == "other" else ""


def name_language(locale: str, vocabulary: Vocabulary) -> str:
    """What the vocabulary calls a language; without that, its code."""
    return vocabulary.locales[locale].name.strip() if locale in vocabulary.locales else locale


def _find_translated(macro: Macro, locale: str) -> str:
    return macro.translations[locale].of if locale in macro.translations else macro.version


def _mark(macro: Macro, locale: str) -> str:
    if locale != macro.locale and locale not in macro.translations:
        return "missing"
    return "" if _find_translated(macro, locale) == macro.version else "outdated"


class CountryWords(NamedTuple):
    """What a country puts into a blank, by language; without a language where it serves all of them."""

    country: str
    names: list[str]
    words: dict[str, str]


def country_words(macro: Macro, vocabulary: Vocabulary) -> dict[str, list[CountryWords]]:
    """What the countries of the vocabulary put into the blanks of a reply, by the name of the blank."""
    return {
        name: found
        for name in macro.variables
        if (
            found := [
                CountryWords(term.name, [code, term.name, *term.also], _read_filling(term.fills[name]))
                for code, term in vocabulary.countries.items()
                if name in term.fills
            ]
        )
    }


def speaking(macro: Macro, vocabulary: Vocabulary) -> list[tuple[list[str], list[str]]]:
    """The names of each country, and the languages of the reply that are read there, the likeliest first."""
    has = {letter.locale for letter in macro.letters}
    return [
        ([code, term.name, *term.also], read)
        for code, term in vocabulary.countries.items()
        if (read := [locale for locale in term.locales if locale in has])
    ]


def _read_filling(words: str | dict[str, str]) -> dict[str, str]:
    return {"": words.strip()} if isinstance(words, str) else {locale: one.strip() for locale, one in words.items()}


class BlankWords(NamedTuple):
    """What may be put into a blank in one language; empty where there is nothing."""

    fallback: str
    choices: list[str]
    example: str


def blank_words(macro: Macro, name: str) -> dict[str, dict[str, str | list[str]]]:
    """What the script puts into a blank, by language. The example is there where it shows how a value is written."""
    return {locale: _read_words(variable)._asdict() for locale, variable in macro.spoken(name).items()}


def translated_words(macro: Macro, name: str, reply: Composer) -> Iterator[tuple[Language, BlankWords]]:
    """The fallback and the choices of a blank in each language that has its own."""
    spoken = macro.spoken(name)
    for version in reply.versions[1:]:
        words = _read_words(spoken[version.language.locale])
        choices = [choice for choice in words.choices if choice]
        if words.fallback or choices:
            yield version.language, words._replace(choices=choices)


def _read_words(variable: Variable) -> BlankWords:
    example = (variable.example or "").strip() if variable.type in ("date", "choice") else ""
    return BlankWords((variable.fallback or "").strip(), [choice.strip() for choice in variable.choices], example)
