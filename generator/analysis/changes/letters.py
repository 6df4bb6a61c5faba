"""Tells what became of a text in each of its languages: reworded, new, gone, or behind the original."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from generator.documents.text.plain import level
from generator.documents.types.macro import Macro
from generator.documents.types.policy import Policy
from generator.library.library import Library
from generator.library.meaning.lessons import Pairing
from generator.library.timeline import order

REWORDED, NEW, GONE, BEHIND, CONFIRMED, FOLLOWED = (
    "reworded",
    "new",
    "gone",
    "behind",
    "confirmed",
    "brought up to date",
)


class TextState(NamedTuple):
    """One language of a letter or policy, and what became of it; `of` is the version that a translation translates.

    `behind` still says the old although the original changed; `confirmed` is the same text for a later version.
    """

    locale: str
    name: str
    state: str
    before: str = ""
    after: str = ""
    of: str = ""
    is_original: bool = False


def text_states_of(pair: Pairing) -> list[TextState]:
    """The languages in which something happened, or should have; the original first."""
    old, new = pair.old.body, pair.new.body
    if isinstance(new, Macro) and isinstance(old, Macro):
        return list(_compare_letters(new, old, pair.now))
    if isinstance(new, Policy) and isinstance(old, Policy):
        return list(_compare_translations(new, old, pair.now))
    return []


def _compare_letters(new: Macro, old: Macro, library: Library) -> Iterator[TextState]:
    is_reworded = level(new.text) != level(old.text)
    if is_reworded:
        yield TextState(
            new.locale, _name_locale(library, new.locale), REWORDED, old.text, new.text, new.version, is_original=True
        )
    for name, translation in new.translations.items():
        was = old.translations.get(name)
        language = TextState(name, _name_locale(library, name), NEW, "", translation.text, translation.of)
        if was is None:
            yield language
        elif level(was.text) != level(translation.text):
            state = FOLLOWED if order(translation.of) > order(was.of) else REWORDED
            yield language._replace(state=state, before=was.text)
        elif order(translation.of) > order(was.of):
            yield language._replace(state=CONFIRMED, after="")
        elif is_reworded:
            yield language._replace(state=BEHIND, after="")
    for name in old.translations:
        if name not in new.translations and name != new.locale:
            yield TextState(name, _name_locale(library, name), GONE)


def _compare_translations(new: Policy, old: Policy, library: Library) -> Iterator[TextState]:
    texts = [{one.id: level(one.text) for one in policy.sections} for policy in (new, old)]
    for name, translation in new.translations.items():
        was = old.translations.get(name)
        language = TextState(name, _name_locale(library, name), NEW, of=translation.of)
        if was is None:
            yield language
        elif order(translation.of) > order(was.of):
            yield language._replace(state=CONFIRMED if translation.sections == was.sections else FOLLOWED)
        elif translation.sections != was.sections:
            yield language._replace(state=REWORDED)
        elif texts[0] != texts[1]:
            yield language._replace(state=BEHIND)
    for name in old.translations:
        if name not in new.translations:
            yield TextState(name, _name_locale(library, name), GONE)


def _name_locale(library: Library, name: str) -> str:
    known = library.vocabulary.locales.get(name) if library.vocabulary else None
    return known.name.strip() if known else name
