"""What the page of a policy shows of its translations: each language, and whether it holds."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from generator.documents.terms import WORD
from generator.documents.types.policy import Policy, Section, TranslatedSection
from generator.documents.vocabulary import Vocabulary
from generator.publishing.pages.composer import Language, name_language


class ShownTranslation(NamedTuple):
    """A policy in another language: its title, the version that it translates, and the sections that it has.

    `anchor` is in the ids of its headings: a language that is no word of a vocabulary, such as `a*b`, has a number.
    """

    anchor: str
    language: Language
    title: str
    translates: str
    sections: list[tuple[Section, TranslatedSection]]


def translated_policy(policy: Policy, vocabulary: Vocabulary) -> Iterator[ShownTranslation]:
    """The translations of a policy, those in the languages of the vocabulary first, in its order."""
    for place, locale in enumerate(
        sorted(policy.translations, key=[*vocabulary.locales, *policy.translations].index), 1
    ):
        one = policy.translations[locale]
        language = Language(locale, name_language(locale, vocabulary), "outdated" if one.of != policy.version else "")
        sections = [(section, one.sections[section.id]) for section in policy.sections if section.id in one.sections]
        anchor = locale if WORD.fullmatch(locale) else str(place)
        yield ShownTranslation(anchor, language, one.title or policy.title, one.of, sections)
