"""The anchors of a document's page: those of its parts, of the headings in its prose, and of what its HTML names."""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

from generator.documents import Document
from generator.documents.roles import leaves
from generator.documents.text.prose import Naming, anchor_of, distinct, headings
from generator.documents.text.reader import read_prose

HYPHENS = re.compile("-+")


class Passage(NamedTuple):
    """What a text adds to its page: the anchors of its headings, and the number of its first footnote."""

    anchors: tuple[str, ...] = ()
    first_note: int = 1


def number_passages(document: Document, title: Naming | None = None) -> dict[str, Passage]:
    """What each text of a document adds to its page; texts that add nothing are left out.

    Headings have the anchors that they have on GitHub: the second of two that are the same is `same-1`. `title` gives
    the words of a reference without any.
    """
    taken = {*document.parts, *document.renamed_parts} if document.body.passages() else set[str]()
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
        for one, other in zip(passage.anchors, named[text].anchors, strict=True):
            also |= dict.fromkeys(_spell_variants(other), one)
    for one in (*(one for passage in passages.values() for one in passage.anchors), *document.parts):
        also |= dict.fromkeys(_spell_variants(one), one)
    return next((also[one] for one in _spell_variants(anchor) if one in also), None)


def list_anchors(document: Document) -> list[str]:
    """Every anchor of a document's page that its own links may lead to."""
    passages = number_passages(document).values()
    found = [*document.parts, *document.renamed_parts, *(anchor for passage in passages for anchor in passage.anchors)]
    for text in _list_texts(document):
        found += [piece.value for piece in read_prose(text) if piece.kind == "anchor"] if "<" in text else []
    return found


def _list_texts(document: Document) -> list[str]:
    return [leaf.value for leaf in leaves(document.body) if leaf.role.name == "prose"]


def _count_notes(text: str) -> int:
    if "[^" not in text:
        return 0
    pieces = read_prose(text)
    defined = {piece.value["label"] for piece in pieces if piece.kind == "start" and piece.name == "note"}
    return len({piece.value for piece in pieces if piece.kind == "mark"} & defined)


def _spell_variants(anchor: str) -> list[str]:
    """How other sites spell an anchor; MkDocs leaves out what is not Latin, and joins hyphens."""
    folded = unicodedata.normalize("NFC", anchor).casefold().replace("_", "-")
    latin = unicodedata.normalize("NFKD", anchor).encode("ascii", "ignore").decode().lower().replace("_", "-")
    return [spelled for one in (folded, latin) if (spelled := HYPHENS.sub("-", one).strip("-"))]
