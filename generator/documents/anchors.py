"""The anchors of a document's page: those of its parts, of the headings in its prose, and of what its HTML names."""

from __future__ import annotations

import unicodedata
from typing import NamedTuple

from generator.documents import Document
from generator.documents.roles import leaves
from generator.documents.text.prose import Naming, anchor_of, distinct, headings
from generator.documents.text.reader import read


class Passage(NamedTuple):
    """What a text adds to its page: the anchors of its headings, and the number of its first footnote."""

    anchors: tuple[str, ...] = ()
    first_note: int = 1


def number_passages(document: Document, title: Naming | None = None) -> dict[str, Passage]:
    """What each text of a document adds to its page; texts that add nothing are left out.

    Headings have the anchors that they have on GitHub: the second of two that are the same is `same-1`. `title` gives
    the words of a reference without any.
    """
    taken = set(document.parts) if document.body.passages() else set[str]()
    found: dict[str, Passage] = {}
    note = 1
    for text in _list_texts(document):
        anchors = distinct([anchor_of(one.words) for one in headings(text, title)], taken)
        taken.update(anchors)
        notes = _count_notes(text)
        if anchors or notes:
            found[text] = Passage(tuple(anchors), note)
        note += notes
    return found


def find_anchor(document: Document, anchor: str, title: Naming) -> str | None:
    """The anchor on a document's page that a link to `#anchor` leads to; None if there is none.

    Other sites spell some anchors differently: `same_1` for `same-1`, and a reference in a heading by its title.
    """
    if anchor in list_anchors(document):
        return anchor
    passages, named = number_passages(document), number_passages(document, title)
    also: dict[str, str] = {}
    for text, passage in passages.items():
        also |= {_fold(other): one for one, other in zip(passage.anchors, named[text].anchors, strict=True)}
    for passage in passages.values():
        also |= {_fold(one): one for one in passage.anchors}
    also |= {_fold(part): part for part in document.parts}
    return also.get(_fold(anchor))


def list_anchors(document: Document) -> list[str]:
    """Every anchor of a document's page that its own links may lead to."""
    passages = number_passages(document).values()
    found = [*document.parts, *(anchor for passage in passages for anchor in passage.anchors)]
    for text in _list_texts(document):
        found += [event.value for event in read(text) if event.kind == "anchor"] if "<" in text else []
    return found


def _list_texts(document: Document) -> list[str]:
    return [leaf.value for leaf in leaves(document.body) if leaf.role.name == "prose"]


def _count_notes(text: str) -> int:
    if "[^" not in text:
        return 0
    events = read(text)
    defined = {event.value["label"] for event in events if event.kind == "start" and event.name == "note"}
    return len({event.value for event in events if event.kind == "mark"} & defined)


def _fold(anchor: str) -> str:
    return unicodedata.normalize("NFC", anchor).casefold().replace("_", "-").strip("-")
