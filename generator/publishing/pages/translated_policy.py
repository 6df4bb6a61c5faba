"""What the page of a policy shows of its translations: each language, and whether it holds."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from generator.documents.types.policy import Policy, Section, TranslatedSection
from generator.documents.vocabulary import Vocabulary
from generator.publishing.pages.composer import Language, name_language


class ShownTranslation(NamedTuple):
    """A policy in another language: its title, the version that it translates, and the sections that it has."""

    language: Language
    title: str
    translates: str
    sections: list[tuple[Section, TranslatedSection]]


def translated_policy(policy: Policy, vocabulary: Vocabulary) -> Iterator[ShownTranslation]:
    """The translations of a policy, those in the languages of the vocabulary first, in its order."""
    for locale in sorted(policy.translations, key=[*vocabulary.locales, *policy.translations].index):
        one = policy.translations[locale]
        language = Language(locale, name_language(locale, vocabulary), "outdated" if one.of != policy.version else "")
        sections = [(section, one.sections[section.id]) for section in policy.sections if section.id in one.sections]
        yield ShownTranslation(language, one.title or policy.title, one.of, sections)
