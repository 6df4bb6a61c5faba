"""A reply is translated into the language that it is written in.

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

from generator.documents.types.macro import Macro
from generator.findings import Fault, Related, Spot
from generator.library.library import Library


def check(library: Library) -> Iterator[Fault]:
    for document, macro in library.each(Macro):
        if macro.locale in macro.translations:
            spot = Spot(document.path, ("translations", macro.locale), key=True)
            here = Related(Spot(document.path, ("text",), key=True), "the text itself")
            hint = "remove the translation, or name the language that it is in"
            yield Fault(spot, f"the reply is written in {macro.locale}, but also translated into it", hint, (here,))
