"""The words of a course with what they mean: the library's own, those of its vocabulary, and those of every page."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from generator.documents.roles import leaves
from generator.documents.terms import Term
from generator.documents.text.plain import plain_text
from generator.documents.text.prose import headings
from generator.documents.types.page import Page
from generator.library.library import Library

PAGE = "glossary"  # the id of the page on which a library explains its words, each below a heading of its own
GROUPS = {
    "severities": "How urgent",
    "enforcement_actions": "What can be done",
    "teams": "Who does what",
    "queues": "Where cases wait",
    "content_warnings": "What a page warns of",
}
# Every page uses these, whatever it is about. What a library explains by itself is not explained twice.
OWN_WORDS = {
    "SOP": "A standard operating procedure: what to do in a case of one kind, step by step.",
    "Decision tree": "Questions about a case, one after the other. An answer leads to the next or to a decision.",
    "Decision table": "Questions about a case side by side. The first row that fits the case says what is decided.",
    "Macro": "A letter that is ready but for a few places. You fill these in for the case, and send it.",
    "Policy": "A rule, in numbered sections with versions. Procedures, trees and letters name those that they follow.",
    "Queue": "Where cases of one kind wait until somebody of its team takes them.",
    "Severity": "How bad a case is. It says how soon somebody must answer, and how soon it must be solved.",
    "Escalation": "Handing a case to somebody who may decide what you may not, with one clear request.",
    "Golden case": "A case whose right decision is known. You practise with some, and others are asked in the checks.",
    "Critical case": "A case in which a wrong decision hurts somebody. It must be right to pass a check.",
    "Hold": "Something is hidden or stopped for a time, until somebody has decided.",
    "Strike": "A mark on an account after a violation. Several of them lead to a stronger action.",
    "Enforcement action": "What is done about a violation, from a label to the closing of an account.",
    "Pack": "All that one vendor is given to train with, in one version.",
}
WORD = re.compile(r"\w+")


class GlossaryEntry(NamedTuple):
    """A word: what it is called, and what it means as prose."""

    name: str
    meaning: str


def list_words(library: Library) -> Iterator[tuple[str, list[GlossaryEntry]]]:
    """The words for readers of a library, by group: of those that its glossary explains just those that it uses."""
    explained = _read_glossary(library)
    used = _find_used(library, [one.name for one in explained])
    forms = {one.name: {_normalise(form) for form in _split(one.name)} for one in explained}
    known = set[str]().union(*forms.values())
    own = [GlossaryEntry(name, meaning) for name, meaning in OWN_WORDS.items() if _normalise(name) not in known]
    always = {_normalise(name) for name in OWN_WORDS}
    theirs = [one for one in explained if one.name in used or forms[one.name] & always]
    yield "Words", sorted([*own, *theirs], key=lambda one: (_normalise(one.name), one.name))
    assert library.vocabulary is not None
    for group, title in GROUPS.items():
        found = [
            GlossaryEntry(_name_term(group, word, term), meaning)
            for word, term in library.vocabulary.terms(group).items()
            if (meaning := term.meaning or getattr(term, "does", None) or getattr(term, "belongs", None))
        ]
        if found:
            yield title, found


def _read_glossary(library: Library) -> list[GlossaryEntry]:
    """What the library's own glossary says: a word is a heading with a text right below it."""
    page = library.find(PAGE)
    if page is None or not isinstance(page.body, Page):
        return []
    text = page.body.text
    found = headings(text, library.title_of)
    entries = []
    for one, after in zip(found, [*found[1:], None], strict=True):
        meaning = text[one.end : after.start if after else len(text)].strip()
        if meaning and (after is None or after.level <= one.level):
            entries.append(GlossaryEntry(one.words, meaning))
    return entries


def _find_used(library: Library, names: Iterable[str]) -> set[str]:
    """Those of the names that stand in a text of another page, in one of their forms."""
    waiting: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for name in names:
        for form in _split(name):
            words = tuple(WORD.findall(_normalise(form)))
            if words:
                waiting.setdefault(words[0], []).append((words, name))
    found = set[str]()
    for document in library.documents:
        if document.id != PAGE:
            for leaf in leaves(document.body):
                if leaf.role.name in ("prose", "template"):
                    found.update(_match(WORD.findall(_normalise(plain_text(leaf.value, library.find))), waiting))
    return found


def _match(text: list[str], waiting: dict[str, list[tuple[tuple[str, ...], str]]]) -> Iterator[str]:
    """The names of which a form stands in a text; a word may have an s at its end."""
    for at, word in enumerate(text):
        for start in {word, word.removesuffix("s")} & waiting.keys():
            for words, name in waiting[start]:
                if _is_at(text, at, words):
                    yield name


def _is_at(text: list[str], at: int, words: tuple[str, ...]) -> bool:
    here = text[at : at + len(words)]
    return len(here) == len(words) and all(
        one in (word, word.removesuffix("s")) for one, word in zip(words, here, strict=True)
    )


def _split(name: str) -> list[str]:
    """The forms of a name that stands for several: `Agent, run, trace`, `False positive and false negative`."""
    return [name, *(one for one in re.split(r",\s*| and | or ", name) if one.strip())]


def _normalise(name: str) -> str:
    return name.strip().casefold()


def _name_term(group: str, word: str, term: Term) -> str:
    return f"{word} {term.name.strip()}" if group == "severities" else term.name.strip()
