"""A reply lacks a language that the vocabulary requires, or that a pack with the reply requires.

The agent would send another language, or their own translation.

Bad:
    # content/vocabulary.yaml: locales: {es: {name: Español, required: true}}
    translations: {}

Good:
    translations: {es: {of: "1.2", text: "Hola {{ name }} ..."}}
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.documents import Document
from generator.documents.types.macro import Macro
from generator.findings import Fault, Related, Spot
from generator.library.languages import demanded_locales
from generator.library.library import Library
from generator.library.packing import tell_taught

note = tell_taught


def check(library: Library) -> Iterator[Fault]:
    demanded = demanded_locales(library)
    for document, macro in library.each(Macro):
        demands = demanded.get(document.path, {})
        for locale in sorted(demands.keys() - macro.translations.keys() - {macro.locale}):
            yield _make_fault(document, macro, locale, demands[locale])


def _make_fault(document: Document, macro: Macro, locale: str, demands: list[Related]) -> Fault:
    line = f'{locale}: {{of: "{macro.version}", text: ...}}'
    if macro.translations:
        spot, hint = Spot(document.path, ("translations",), key=True), f"add `{line}` to `translations`"
    else:
        spot, hint = Spot(document.path, ("text",), key=True), f"add `translations: {{{line}}}`"
    return Fault(spot, f"the reply has no {locale} text", hint, tuple(demands))
