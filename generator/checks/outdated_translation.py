"""A translation is older than the reply that it translates.

Members who read it are told what the reply used to say. `of` names the version that was translated.

Bad:
    version: "2.0"
    translations: {es: {of: "1.2", text: "..."}}

Good:
    translations: {es: {of: "2.0", text: "..."}}
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.documents.types.macro import Macro
from generator.findings import Fault, Related, Spot
from generator.library.library import Library
from generator.library.timeline import order

SEVERITY = "warning"


def check(library: Library) -> Iterator[Fault]:
    for document, macro in library.each(Macro):
        for locale, translation in macro.translations.items():
            spot = Spot(document.path, ("translations", locale, "of"))
            here = Related(Spot(document.path, ("version",)), "the reply's version")
            if order(translation.of) < order(macro.version) and not macro.is_gone:
                message = f"the {locale} text translates {translation.of}, but the reply is at {macro.version}"
                hint = f'bring the translation up to date, then write `of: "{macro.version}"`'
                yield Fault(spot, message, hint, (here,))
            elif order(translation.of) > order(macro.version):
                message = f"the {locale} text translates {translation.of}, which is newer than {macro.version}"
                yield Fault(spot, message, "fix `of`, or the reply's `version`", (here,))
