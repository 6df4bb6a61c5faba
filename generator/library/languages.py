"""Works out in which languages each letter has to be there: those of the vocabulary, and those of packs with it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from generator.documents import VOCABULARY
from generator.documents.types.macro import Macro
from generator.documents.vocabulary import Vocabulary
from generator.findings import Related, Spot
from generator.library.library import Library
from generator.library.packing import packs

Demands = Mapping[str, list[Related]]


def demanded_locales(library: Library) -> dict[str, Demands]:
    """By the path of each active letter, its required languages, each with the places that say so."""
    if library.vocabulary is None:
        return {}
    required = _collect_required(library.vocabulary)
    by_reply = _collect_pack_locales(library)
    found: dict[str, Demands] = {}
    for document, macro in library.each(Macro):
        if macro.status == "active":
            demands = {name: list(related) for name, related in required.items()}
            for locale, related in by_reply.get(document.id, ()):
                demands.setdefault(locale, []).append(related)
            found[document.path] = demands
    return found


def _collect_required(vocabulary: Vocabulary) -> dict[str, list[Related]]:
    """The languages that every letter must have, each with the places that say so."""
    return {
        name: [Related(Spot(VOCABULARY, ("locales", name), key=True), "the vocabulary requires it")]
        for name, term in vocabulary.locales.items()
        if term.required
    }


def _collect_pack_locales(library: Library) -> dict[str, list[tuple[str, Related]]]:
    """By the id of a letter, the languages that packs with it require, each with the place that says so."""
    by_reply = defaultdict(list)
    for document, pack, _, inside in packs(library):
        if pack.locales and pack.status == "active":
            replies = [reply.id for reply in inside.documents if isinstance(reply.body, Macro)]
            for index, locale in enumerate(pack.locales):
                here = Related(Spot(document.path, ("locales", index)), f"the pack `{document.id}` requires it")
                for name in replies:
                    by_reply[name].append((locale, here))
    return by_reply
