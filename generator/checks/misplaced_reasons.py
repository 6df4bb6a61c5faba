"""The `reasons` of a reply name a paragraph that does not exist.

`reasons` counts the paragraphs of the text from 1; blank lines separate them. A translation has as many paragraphs, so
that a number means the same paragraph in every language.

Bad:
    reasons: {redress: [5]}
    text: |
      We removed your page.

      You can complain within six months.

Good:
    reasons: {redress: [2]}
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.documents.types.macro import Macro, paragraphs
from generator.findings import Fault, Related, Spot
from generator.library.library import Library
from generator.wording import count


def check(library: Library) -> Iterator[Fault]:
    for document, macro in library.each(Macro):
        if macro.reasons and not macro.is_gone:
            yield from _check_numbers(document.path, macro, len(paragraphs(macro.text)))
            yield from _check_translations(document.path, macro, len(paragraphs(macro.text)))


def _check_numbers(path: str, macro: Macro, there: int) -> Iterator[Fault]:
    for element, numbers in macro.reasons.items():
        for index, number in enumerate(numbers):
            if number > there:
                message = f"there is no paragraph {number}: the text has {count(there, 'paragraph')}"
                hint = f"name the paragraph that contains the element `{element}`"
                yield Fault(Spot(path, ("reasons", element, index)), message, hint)


def _check_translations(path: str, macro: Macro, there: int) -> Iterator[Fault]:
    here = Related(Spot(path, ("text",), key=True), f"the original has {count(there, 'paragraph')}")
    for locale, translation in macro.translations.items():
        number = len(paragraphs(translation.text))
        if number != there:
            message = f"the {locale} text has {count(number, 'paragraph')}, but the {macro.locale} text has {there}"
            hint = "split it into the same paragraphs, so that `reasons` applies to both"
            yield Fault(Spot(path, ("translations", locale, "text")), message, hint, (here,))
