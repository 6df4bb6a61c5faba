"""A reply lacks a language that the vocabulary requires, or that a pack with the reply requires.

The agent would send another language, or their own translation.

Bad:
    # content/vocabulary.yaml: locales: {es: {name: Español, required: true}}
    translations: {}

Good:
    translations: {es: {of: "1.2", text: "Hola {{ name }} ..."}}
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from generator.documents import VOCABULARY, Document
from generator.documents.types.macro import Macro
from generator.documents.vocabulary import Vocabulary
from generator.findings import Fault, Related, Spot
from generator.library.library import Library
from generator.library.packing import packs


def check(library: Library) -> Iterator[Fault]:
    if library.vocabulary is None:
        return
    required = _collect_required(library.vocabulary)
    packs = _collect_pack_locales(library)
    for document, macro in library.each(Macro):
        if macro.status == "active":
            demands = {name: list(related) for name, related in required.items()}
            for locale, related in packs.get(document.id, ()):
                demands.setdefault(locale, []).append(related)
            for locale in sorted(demands.keys() - macro.translations.keys() - {macro.locale}):
                yield _make_fault(document, macro, locale, demands[locale])


def _collect_required(vocabulary: Vocabulary) -> dict[str, list[Related]]:
    """The languages that every reply must have, each with the places that say so."""
    return {
        name: [Related(Spot(VOCABULARY, ("locales", name), key=True), "the vocabulary requires it")]
        for name, term in vocabulary.locales.items()
        if term.required
    }


def _collect_pack_locales(library: Library) -> dict[str, list[tuple[str, Related]]]:
    """By reply id, the languages that packs with the reply require, each with the place that says so."""
    by_reply = defaultdict(list)
    for document, pack, _, inside in packs(library):
        if pack.locales and pack.status == "active":
            replies = [reply.id for reply in inside.documents if isinstance(reply.body, Macro)]
            for index, locale in enumerate(pack.locales):
                here = Related(Spot(document.path, ("locales", index)), f"the pack `{document.id}` requires it")
                for name in replies:
                    by_reply[name].append((locale, here))
    return by_reply


def _make_fault(document: Document, macro: Macro, locale: str, demands: list[Related]) -> Fault:
    line = f'{locale}: {{of: "{macro.version}", text: ...}}'
    if macro.translations:
        spot, hint = Spot(document.path, ("translations",), key=True), f"add `{line}` to `translations`"
    else:
        spot, hint = Spot(document.path, ("text",), key=True), f"add `translations: {{{line}}}`"
    return Fault(spot, f"the reply has no {locale} text", hint, tuple(demands))
