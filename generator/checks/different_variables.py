"""A translation does not use the variables that the reply uses.

Something that the member must be told is missing in one language, or said in one only.

Bad:
    text: Hi {{ name }}, please answer by {{ deadline }}.
    translations: {es: {of: "1.2", text: "Hola {{ name }}"}}

Good:
    translations: {es: {of: "1.2", text: "Hola {{ name }}: responda antes del {{ deadline }}."}}
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.documents.text.template import TemplateError, variables
from generator.documents.types.macro import Macro
from generator.findings import Fault, Spot
from generator.library.library import Library


def check(library: Library) -> Iterator[Fault]:
    for document, macro in library.each(Macro):
        for locale, translation in macro.translations.items():
            try:
                original, translated = variables(macro.text), variables(translation.text)
            except TemplateError:
                continue
            missing = sorted((original - translated) & macro.variables.keys())
            added = sorted((translated - original) & macro.variables.keys())
            told = [f"lacks {', '.join(missing)}"] * bool(missing) + [f"has {', '.join(added)} besides"] * bool(added)
            if told:
                spot = Spot(document.path, ("translations", locale, "text"))
                hint = "say in every language the same, with the same variables"
                yield Fault(spot, f"the {locale} text {' and '.join(told)}", hint)
