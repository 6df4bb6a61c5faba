"""Tells which document each macro of an account is: by what our export carried, by an earlier import, by its title."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Mapping

from generator.documents.fields import RESERVED
from generator.exchange import UnfitInput
from generator.exchange.legible import is_spelled, one_line, short_hash, slug
from generator.exchange.replies.replies import tidy
from generator.exchange.zendesk.account import CONTENT, Carried, ZendeskMacro
from generator.exchange.zendesk.mapping import placeholder_of, their_text, their_words

ORIGIN = "Zendesk macro "
Pair = tuple[ZendeskMacro, Carried | None]


def origin_of(macro: ZendeskMacro, own: Carried | None) -> str:
    """What a document of the macro says that it came from; empty if only its id can tell."""
    return one_line(f"{ORIGIN}{own.id if own else macro.id}") if own or macro.id is not None else ""


def carried_text(own: Carried, locale: str, placeholders: Mapping[str, str]) -> str | None:
    """A text that our export carried, as the account has it; None if it carried none."""
    other = own.translations.get(locale)
    template = own.text if locale == own.locale else other.text if other else None
    if not template:
        return None
    words = {name: one.get("fallback") for name, one in own.variables.items()}
    words |= {name: one.get("fallback") or words.get(name) for name, one in (other.variables if other else {}).items()}
    texts = {name: str(fallback) if fallback is not None else None for name, fallback in words.items()}
    said = their_text(template, their_words(texts, placeholders))
    return None if said is None else tidy(said)


def pair(macros: list[ZendeskMacro], carried: list[Carried], placeholders: Mapping[str, str]) -> list[Pair]:
    """Each macro with what our export carried about it: found by what is surest first, as people rename and sort."""
    said = {id(own): carried_text(own, own.locale, placeholders) for own in carried}
    rules: list[tuple[Callable[[ZendeskMacro], Hashable], Callable[[Carried], Hashable]]] = [
        (_find_content, lambda own: placeholder_of(own.id)),
        (lambda macro: (macro.title, _find_text(macro)), lambda own: (own.title, said[id(own)])),
        (lambda macro: macro.title, lambda own: own.title),
        (_find_text, lambda own: said[id(own)]),
    ]
    found: dict[int, Carried] = {}
    for of_macro, of_carried in rules:
        waiting: dict[Hashable, list[Carried]] = defaultdict(list)
        taken = {id(own) for own in found.values()}
        for own in carried:
            if id(own) not in taken:
                waiting[of_carried(own)].append(own)
        for number, macro in enumerate(macros):
            key = of_macro(macro)
            if number not in found and key and waiting.get(key):
                found[number] = waiting[key].pop(0)
    return [(macro, found.get(number)) for number, macro in enumerate(macros)]


def _find_content(macro: ZendeskMacro) -> str:
    """The name of the dynamic content that is all of the reply; empty if it has words of its own."""
    match = CONTENT.fullmatch(_find_text(macro).strip())
    return match[1] if match else ""


def _find_text(macro: ZendeskMacro) -> str:
    texts = (action.value for action in macro.actions if action.field == "comment_value")
    return next((tidy(text) for text in texts if isinstance(text, str)), "")


def choose_ids(macros: list[Pair], known: Mapping[str, str]) -> list[str]:
    """An id for each macro: the one that it had, or its title, with its number if others have it. Raises UnfitInput.

    `known` has the ids of documents that were imported before, by their origin.
    """
    had = [own.id if own else known.get(origin_of(macro, own), "") for macro, own in macros]
    wishes = [old or slug(macro.title) for (macro, _), old in zip(macros, had, strict=True)]
    counts = Counter(wishes)
    made = [
        old or (_tell_apart(wish, macro) if counts[wish] > 1 or not wish or wish in RESERVED else wish)
        for wish, old, (macro, _) in zip(wishes, had, macros, strict=True)
    ]
    name, times = Counter(made).most_common(1)[0]
    if times > 1:
        titles = ", ".join(f"`{one_line(m.title)}`" for one, (m, _) in zip(made, macros, strict=True) if one == name)
        raise UnfitInput(f"the macros {titles} would all get the id `{name}`: give them different titles")
    return made


def _tell_apart(wish: str, macro: ZendeskMacro) -> str:
    """The id with the macro's number, or else with a sign of its title that letters from a to z cannot spell."""
    if macro.id is not None:
        return slug(wish or "macro", slug(str(macro.id)))
    return wish if is_spelled(macro.title) and wish else slug(wish or "macro", short_hash(macro.title))
