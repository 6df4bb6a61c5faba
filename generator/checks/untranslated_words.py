"""A translation has no words of its own for a fallback or a choice.

A member would read two languages in one sentence: "Hola, there". Where the reply has a fallback, the translation needs
one too, and it needs words for each choice. Repeat what is the same in every language, such as a name or a number.

Bad:
    variables: {name: {label: Name, fallback: there}, way: {label: Way, type: choice, choices: [card, PayPal]}}
    translations: {es: {of: "1.2", text: "Hola, {{ name }}: {{ way }}"}}

Good:
    translations:
      es:
        of: "1.2"
        variables: {name: {fallback: "¿qué tal?"}, way: {choices: {card: tarjeta, PayPal: PayPal}}}
        text: "Hola, {{ name }}: {{ way }}"
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from typing import NamedTuple

from generator.documents.text.template import TemplateError, first_uses, variables
from generator.documents.types.macro import Macro, TranslatedBlank, Translation, Variable
from generator.findings import Fault, Related, Spot, stretch
from generator.library.library import Library
from generator.wording import did_you_mean, scalar

NAMED = 3
REPEAT = "repeat what is the same in every language"


class Gaps(NamedTuple):
    """What a variable needs and a translation's words for it lack, and what they have that the variable does not."""

    fallback: bool
    choices: list[str]
    extra: list[str]


def check(library: Library) -> Iterator[Fault]:
    for document, macro in library.each(Macro):
        for locale, translation in macro.translations.items() if not macro.is_gone else ():
            yield from _check_variables(document.path, macro, locale, translation)
            for name in translation.variables.keys() - macro.variables.keys():
                spot = Spot(document.path, ("translations", locale, "variables", name), key=True)
                hint = partial(did_you_mean, name, macro.variables, "remove them, or declare the variable")
                yield Fault(spot, f"the {locale} text has words for `{name}`, which is not a variable", hint)


def _check_variables(path: str, macro: Macro, locale: str, translation: Translation) -> Iterator[Fault]:
    spoken = {
        name: variable
        for name, variable in macro.variables.items()
        if variable.fallback or variable.choices or name in translation.variables
    }
    used = _find_variables(translation.text) if spoken else frozenset[str]()
    words = translation.variables
    lacking = {name: _find_gaps(variable, words.get(name, TranslatedBlank())) for name, variable in spoken.items()}
    is_asked = used and any(gaps.fallback or gaps.choices for gaps in lacking.values())
    first = first_uses(translation.text) if is_asked else {}
    for name, gaps in lacking.items():
        has = [f"{' and '.join(gaps.extra)}, which the reply does not have"] * bool(gaps.extra)
        here = Related(Spot(path, ("variables", name), key=True), "the variable in the reply")
        if name in used and (gaps.fallback or gaps.choices):
            lacks = ["no fallback"] * gaps.fallback + [f"no words for {_list_choices(gaps.choices)}"] * bool(
                gaps.choices
            )
            message = f"in the {locale} text `{name}` has {', but has '.join([' and '.join(lacks), *has])}"
            hint = f"{_suggest_words(name, locale, translation, gaps)}; {REPEAT}"
            yield Fault(_point_at_words(path, locale, translation, name, first), message, hint, (here,))
        elif has:
            spot = Spot(path, ("translations", locale, "variables", name), key=True)
            hint = "remove it, or add it to the reply too"
            yield Fault(spot, f"in the {locale} text `{name}` has {has[0]}", hint, (here,))


def _find_variables(text: str) -> frozenset[str]:
    try:
        return variables(text)
    except TemplateError:
        return frozenset()


def _find_gaps(variable: Variable, words: TranslatedBlank) -> Gaps:
    offered = dict.fromkeys(choice.strip() for choice in variable.choices)
    given = dict.fromkeys(choice.strip() for choice in words.choices)
    unknown = [choice for choice in given if choice not in offered]
    extra = ["a fallback"] * bool(words.fallback and not variable.fallback)
    return Gaps(
        bool(variable.fallback and not words.fallback),
        [choice for choice in offered if choice not in given],
        extra + [f"words for {_list_choices(unknown)}"] * bool(unknown),
    )


def _point_at_words(path: str, locale: str, translation: Translation, name: str, first: Mapping[str, int]) -> Spot:
    """The incomplete words, or if there are none yet, the place where the text first uses the variable."""
    if name in translation.variables:
        return Spot(path, ("translations", locale, "variables", name), key=True)
    return stretch(path, ("translations", locale, "text"), translation.text, name, first.get(name, 0))


def _suggest_words(name: str, locale: str, translation: Translation, gaps: Gaps) -> str:
    """The YAML to add, as its author would write it."""
    choices = ", ".join(f"{scalar(choice)}: ..." for choice in gaps.choices)
    inner = ", ".join(["fallback: ..."] * gaps.fallback + [f"choices: {{{choices}}}"] * bool(choices))
    words = translation.variables.get(name)
    if words is not None:
        is_begun = words.choices and not gaps.fallback
        return f"add `{choices}` to its `choices`" if is_begun else f"add `{inner}` to it"
    if translation.variables:
        return f"add `{name}: {{{inner}}}` to `variables` of `{locale}`"
    return f"add `variables: {{{name}: {{{inner}}}}}` to `{locale}`"


def _list_choices(choices: list[str]) -> str:
    more = f" and {len(choices) - NAMED} more" if len(choices) > NAMED else ""
    return ", ".join(f"`{choice}`" for choice in choices[:NAMED]) + more
