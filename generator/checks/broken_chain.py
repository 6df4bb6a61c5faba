"""A procedure begins to write to a member in a language, and goes on in another.

An owner who was locked out in Japanese reads the letter that asks for proof in English, and does not get the account
back. It is looked at in the letters of one channel that the steps of a procedure name. Where a text cannot be had yet,
the procedure says in `instead` what is sent in that language.

Bad:
    steps: [{id: lock, macro: account-locked, ...}, {id: ask, macro: ask-for-proof, ...}]   # only the first has `ja`

Good:
    # `ask-for-proof` has a Japanese text too; or else:
    instead: {ja: Send the English letter with the Japanese first line of [[account-locked]].}
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from generator.documents import Document
from generator.documents.types.macro import Macro
from generator.documents.types.sop import Sop
from generator.findings import Fault, Related, Spot
from generator.library.library import Library
from generator.library.pointers import Outgoing
from generator.library.traits import names_of

SEVERITY = "warning"
Lacking = dict[str, dict[str, list[Related]]]  # by letter and language


def note(document: Document, outgoing: Outgoing) -> object:
    body, known = document.body, names_of(document)
    if isinstance(body, Macro):
        return known, body.status, body.channel, body.locale, *body.translations
    if isinstance(body, Sop):
        return known, body.status, [step.macro and step.macro.id for step in body.steps], *body.instead
    return known


def check(library: Library) -> Iterator[Fault]:
    lacking: Lacking = defaultdict(lambda: defaultdict(list))
    for document, sop in library.each(Sop):
        if sop.status == "active":
            _collect_lacking(document, sop, _list_letters(library, sop), lacking)
    for name, locales in lacking.items():
        yield _make_fault(library.by_id[name], locales)


def _list_letters(library: Library, sop: Sop) -> dict[int, Document]:
    """The letters in use that the steps of a procedure name, by the number of the step."""
    named = {number: library.find(step.macro.id) for number, step in enumerate(sop.steps) if step.macro}
    return {
        number: letter
        for number, letter in named.items()
        if letter and letter.sound and isinstance(letter.body, Macro) and letter.body.status == "active"
    }


def _collect_lacking(document: Document, sop: Sop, chain: dict[int, Document], lacking: Lacking) -> None:
    for number, letter in chain.items():
        assert isinstance(letter.body, Macro)
        others = {
            locale: other
            for other in chain.values()
            if isinstance(other.body, Macro) and other.body.channel == letter.body.channel
            for locale in (other.body.locale, *other.body.translations)
        }
        for locale in others.keys() - {letter.body.locale, *letter.body.translations} - sop.instead.keys():
            spot = Spot(document.path, ("steps", number, "macro"))
            here = Related(spot, f"`{document.id}` also sends `{others[locale].id}`, which has {locale}")
            lacking[letter.id][locale].append(here)


def _make_fault(letter: Document, locales: dict[str, list[Related]]) -> Fault:
    assert isinstance(letter.body, Macro)
    said = " and ".join(sorted(locales))
    at, key = (("translations",), True) if letter.body.translations else (("text",), True)
    message = f"the letter has no {said} text, but others of its procedures do"
    hint = "add it, or say in the procedure's `instead` what is sent in that language"
    related = tuple(dict.fromkeys(one for name in sorted(locales) for one in locales[name]))
    return Fault(Spot(letter.path, at, key=key), message, hint, related)
