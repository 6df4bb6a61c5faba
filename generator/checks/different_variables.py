"""A translation does not use the same variables as the reply.

Something that the member must be told is missing in one language, or said in only one.

Bad:
    text: Hi {{ name }}, please answer by {{ deadline }}.
    translations: {es: {of: "1.2", text: "Hola {{ name }}"}}

Good:
    translations: {es: {of: "1.2", text: "Hola {{ name }}: responda antes del {{ deadline }}."}}
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.documents.text.blanks import blanks
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
            if original == translated:
                continue
            missing = sorted((original - translated) & macro.variables.keys() - _list_left(translation.text))
            added = sorted((translated - original) & macro.variables.keys() - _list_left(macro.text))
            differences = [f"lacks {', '.join(missing)}"] * bool(missing)
            differences += [f"also has {', '.join(added)}"] * bool(added)
            if differences:
                spot = Spot(document.path, ("translations", locale, "text"))
                hint = "use the same variables in every language"
                yield Fault(spot, f"the {locale} text {' and '.join(differences)}", hint)


def _list_left(text: str) -> set[str]:
    """The variables that are written like a blank, as `{ day }`; leftover reports them where they are."""
    return {blank.name for blank in blanks(text) if blank.words}
