"""Writes decisions that came from files: new ones as drafts, earlier ones where nobody edited them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import click

from generator.commands._exchange import refused, unmapped_lines
from generator.commands._knowledge_base import KnowledgeBase
from generator.commands._refusal import writing
from generator.commands.import_._clashes import Clash, SettledFields, read_states, tell_clash
from generator.commands.import_._documents import earlier, join_hash, ownership, require_sound_text
from generator.commands.import_._imported import imported
from generator.documents import kinds
from generator.documents.fields import identifier
from generator.exchange import UnfitInput, Unmapped
from generator.exchange.decisions.following import (
    followed,
    is_edited,
    is_news,
    is_same,
    words_of_decision,
    write_hash,
)
from generator.exchange.ids import ids
from generator.exchange.legible import one_line
from generator.exchange.procedures.edited import has_comments, replace_hashes
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
    """The documents as made, by their places; what stays as it was; the number of files written."""

    documents: dict[str, DocumentData]
    kept: list[Clash]
    number: int


def write_decisions(
    base: KnowledgeBase,
    command: str,
    drawn: list[DrawnDecision],
    owner: str | None,
    audience: str | None,
    wanted: str | None,
    settled: SettledFields,
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
        settled.require_known({Path(place).stem for place in places.values()}, ())
        for one in drawn:
            place, raw = places[one.origin], old.files[one.origin]
            head, history = _make_head(place, one.title, owned.header, base.today.isoformat())
            document = one.make(head, history)
            asked = {key: owned.header[key] for key in owned.asked}
            before = old.documents[one.origin]
            text, stays = _merge(document, before, raw, place, command, one.origin, asked, settled)
            if stays is not None:
                kept.append(_make_clash(base.root, document, before, raw or b"", place, one.origin, stays))
            require_sound_text(text, one.origin, place, "a decision")
            edits.append(publish.FileEdit(place, raw, publish.forms_of(raw, text) if stays is None else raw))
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
    chosen = ids(
        list(named),
        "decision",
        {path: name for path, name in named.items() if name},
        {one.path: one.title for one in drawn},
    )
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
    settled: SettledFields,
) -> tuple[str, bool | None]:
    """The text of a document; and None, or where it stays as it was, whether that is for its comments."""
    if raw is None:
        return join_hash(written(made, command, origin), write_hash(made)), None
    before, _ = read(place, raw)
    text, name = before.text.replace("\r\n", "\n"), Path(place).stem
    news = is_news(made, text)
    if news and (is_same(made, old) or settled.keeps(name, "")):
        text, news = replace_hashes(text, write_hash(made)), False
    if news and is_edited(old, text) and not settled.takes(name, ""):
        return text, False
    merged = {**(followed(made, old) if news else old), **asked}
    if merged == old:
        return text, None
    if has_comments(text, written(old, command, origin)):
        return text, True
    line = write_hash(made) if news else text.split("\n")[1]
    return join_hash(written(merged, command, origin), line), None


def _make_clash(
    root: Path, made: DocumentData, old: DocumentData, raw: bytes, place: str, origin: str, is_fixed: bool
) -> Clash:
    text = read(place, raw)[0].text.replace("\r\n", "\n")
    was = next((one for one in read_states(root, place) if not is_edited(one, text)), None)
    before = words_of_decision(was) if was else None
    return Clash(place, Path(place).stem, origin, before, words_of_decision(made), words_of_decision(old), is_fixed)


def tell_result(result: WrittenDecisions, unmapped: list[Unmapped], what: str, parts: int, part: str) -> None:
    """Prints which documents were made and what is next, then what stays as it was and what had no place."""
    places = ", ".join(result.documents)
    click.echo(
        f"{count(len(result.documents), what)} with {count(parts, part)} in {places}; "
        f"{count(result.number, 'file')} written. Next: playbook check"
    )
    for one in result.kept:
        for line in tell_clash(one):
            click.echo(line)
    for line in unmapped_lines(unmapped, verbose=True):
        click.echo(line)
