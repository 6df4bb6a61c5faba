"""A reply or policy is translated into the language that it is written in.

Two texts in one language differ sooner or later, and there is no way to tell which of them a member gets.

Bad:
    locale: en
    translations: {en: {of: "1.2", text: "Hello {{ name }} ..."}}

Good:
    locale: en
    translations: {es: {of: "1.2", text: "Hola {{ name }} ..."}}
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.documents import Document
from generator.documents.types.macro import Macro
from generator.documents.types.policy import Policy
from generator.findings import Fault, Related, Spot
from generator.library.library import Library


def check(library: Library) -> Iterator[Fault]:
    for document, macro in library.each(Macro):
        if macro.locale in macro.translations:
            yield _make_fault(document, "reply", macro.locale, "text")
    for document, policy in library.each(Policy):
        if policy.locale in policy.translations:
            yield _make_fault(document, "policy", policy.locale, "sections")


def _make_fault(document: Document, what: str, locale: str, own: str) -> Fault:
    spot = Spot(document.path, ("translations", locale), key=True)
    here = Related(Spot(document.path, (own,), key=True), "the text itself")
    hint = "remove the translation, or name the language that it is in"
    return Fault(spot, f"the {what} is written in {locale}, but also translated into it", hint, (here,))
