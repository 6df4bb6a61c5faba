"""Writes decisions that came from files: new ones as drafts, earlier ones where nobody edited them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

import click

from generator.commands._exchange import refused
from generator.commands._knowledge_base import KnowledgeBase
from generator.commands._refusal import writing
from generator.commands.import_._documents import earlier, join_hash, ownership, require_sound_text
from generator.commands.import_._imported import imported
from generator.documents import kinds
from generator.documents.fields import identifier
from generator.exchange import UnfitInput
from generator.exchange.decisions.following import followed, is_edited, is_news, write_hash
from generator.exchange.ids import ids
from generator.exchange.legible import one_line
from generator.exchange.procedures.edited import has_comments
from generator.exchange.yaml_file import DocumentData, written
from generator.files import writer as publish
from generator.files.source import read
from generator.wording import count

TAKEN = "use another --id, or rename what is there"


class DrawnDecision(NamedTuple):
    """A decision of a file: what identifies it, a path for its id, its title, and what makes its document."""

    origin: str
    path: str
    title: str
    make: Callable[[DocumentData, list[DocumentData]], DocumentData]


class WrittenDecisions(NamedTuple):
    """The documents as made, by their places; lines that tell what stays; the number of files written."""

    documents: dict[str, DocumentData]
    kept: list[str]
    number: int


def write_decisions(
    base: KnowledgeBase,
    command: str,
    drawn: list[DrawnDecision],
    owner: str | None,
    audience: str | None,
    wanted: str | None,
) -> WrittenDecisions:
    """Writes the documents, all or none. Ends the command where one cannot be."""
    library = base.library()
    owned = ownership(library.vocabulary, owner, audience, "internal")
    folder = kinds()["decision_tree"].folder
    try:
        was = imported(base.root, folder, command)
        places = _place_all(drawn, was.places, was.ids, wanted, folder)
        old = earlier(base.root, library, command, places, set(), (), TAKEN)
        made: dict[str, DocumentData] = {}
        edits, kept = [], []
        for one in drawn:
            place, raw = places[one.origin], old.files[one.origin]
            head, history = _make_head(place, one.title, owned.header, base.today.isoformat())
            document = one.make(head, history)
            asked = {key: owned.header[key] for key in owned.asked}
            text, why = _merge(document, old.documents[one.origin], raw, place, command, one.origin, asked)
            if why:
                kept.append(f"{place} stays as it is: {why}")
            require_sound_text(text, one.origin, place, "a decision")
            edits.append(publish.FileEdit(place, raw, publish.forms_of(raw, text) if not why else raw))
            made[place] = document
    except UnfitInput as error:
        raise refused(error) from None
    with writing():
        number = publish.change(base.root, edits)
    return WrittenDecisions(made, kept, number)


def _place_all(
    drawn: list[DrawnDecision], places: Mapping[str, str], known: Mapping[str, str], wanted: str | None, folder: str
) -> dict[str, str]:
    """The place of each document, by its origin. Raises UnfitInput."""
    if wanted is not None:
        try:
            identifier(wanted)
        except ValueError as error:
            raise click.BadParameter(f"`{wanted}` {error}", param_hint="--id") from None
        if len(drawn) != 1:
            raise UnfitInput(f"--id is for one decision, and there are {len(drawn)}: import them one by one")
        here = known.get(drawn[0].origin, wanted)
        if here != wanted:
            raise UnfitInput(f"{drawn[0].origin} is already {places[drawn[0].origin]}: leave out --id")
    named = {one.path: known.get(one.origin) or wanted or "" for one in drawn}
    chosen = ids(list(named), "decision", {path: name for path, name in named.items() if name})
    return {one.origin: places.get(one.origin) or f"{folder}/{chosen[one.path]}.yaml" for one in drawn}


def _make_head(place: str, title: str, owned: Mapping[str, str], today: str) -> tuple[DocumentData, list[DocumentData]]:
    """What is above the decision of a new document, and its history."""
    words = one_line(title)
    head = {
        "id": place.rpartition("/")[2].removesuffix(".yaml"),
        "title": words,
        "version": "1.0",
        "status": "draft",
        **owned,
        "summary": words.replace("[[", "\\[\\["),
    }
    return head, [{"version": "1.0", "on": today, "note": "Imported."}]


def _merge(
    made: DocumentData,
    old: DocumentData,
    raw: bytes | None,
    place: str,
    command: str,
    origin: str,
    asked: Mapping[str, Any],
) -> tuple[str, str]:
    """The text of a document, and why it stays as it was, if it does."""
    if raw is None:
        return join_hash(written(made, command, origin), write_hash(made)), ""
    before, _ = read(place, raw)
    text = before.text.replace("\r\n", "\n")
    news = is_news(made, text)
    if news and is_edited(old, text):
        return text, f"somebody edited it, and {origin} has changed since; take over by hand what is new"
    merged = {**(followed(made, old) if news else old), **asked}
    if merged == old:
        return text, ""
    if has_comments(text, written(old, command, origin)):
        return text, f"it has comments of its own, and {origin} has changed since; take over by hand what is new"
    line = write_hash(made) if news else text.split("\n")[1]
    return join_hash(written(merged, command, origin), line), ""


def tell_end(result: WrittenDecisions, what: str, parts: int, part: str) -> None:
    """Prints what stays as it was, which documents were made, and what is next."""
    for line in result.kept:
        click.echo(line)
    places = ", ".join(result.documents)
    click.echo(
        f"{count(len(result.documents), what)} with {count(parts, part)} in {places}; "
        f"{count(result.number, 'file')} written. Next: playbook check"
    )
