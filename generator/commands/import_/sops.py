"""`playbook import sops`: imports procedures from Markdown and Word files."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

import click

from generator.commands._exchange import VERBOSE, refused, unmapped_lines
from generator.commands._knowledge_base import KnowledgeBase, based
from generator.commands._refusal import writing
from generator.commands.import_._clashes import KEEP_OURS, TAKE_THEIRS, Clash, SettledFields, read_states, tell_clash
from generator.commands.import_._documents import (
    OWNER,
    Earlier,
    earlier,
    join_hash,
    ownership,
    read_if_present,
    require_sound_text,
)
from generator.commands.import_._folder import find_store, name_folder
from generator.commands.import_._procedures import FoundFiles, find_procedures, read_clean, read_procedures
from generator.commands.import_._telling import list_left_out, list_taken, note_renames, shorten_list
from generator.documents.types.sop import KIND, Sop
from generator.exchange import UnfitInput
from generator.exchange.markdown.enclosures import Enclosures
from generator.exchange.markdown.following import Followed, MadePolicy, Origin, follow, read_label
from generator.exchange.procedures.draft import QUIET_NOTES, is_after, join_sop
from generator.exchange.procedures.edited import (
    FOLLOWED,
    LOG,
    fits_hash,
    has_comments,
    merge_edits,
    read_hashes,
    replace_hashes,
    words_of_value,
    write_hashes,
)
from generator.exchange.procedures.procedures import Procedures, words_of_source
from generator.exchange.yaml_file import DocumentData, origin_in, written
from generator.files import writer as publish
from generator.files.source import Source, read
from generator.files.writer import FileEdit
from generator.library.library import Library
from generator.wording import count

COMMAND_NAME = "sops"
FEW = 12  # notes that are told one by one
TAKEN = "rename what is there, or what you import, or leave it out with --exclude"


@click.command(COMMAND_NAME, short_help="Procedures from Markdown or Word.")
@based
@click.argument("path", metavar="PATH", type=click.Path(exists=True, path_type=Path))
@OWNER
@click.option("--audience", metavar="WORD", help="Who may read them (default: internal).")
@click.option(
    "--exclude", metavar="PATTERN", multiple=True, help="Leave out a file or folder, such as drafts; may be repeated."
)
@click.option(
    "--include", metavar="PATTERN", multiple=True, help="Import a file that stays out by itself; may be repeated."
)
@KEEP_OURS
@TAKE_THEIRS
@VERBOSE
def COMMAND(  # noqa: N802
    base: KnowledgeBase,
    path: Path,
    owner: str | None,
    audience: str | None,
    exclude: tuple[str, ...],
    include: tuple[str, ...],
    keep_ours: tuple[str, ...],
    take_theirs: tuple[str, ...],
    verbose: bool,
) -> None:
    """Import procedures as SOPs: a Markdown or Word file (.md, .docx), or a folder of them.

    Steps are the items of the numbered list, or the rows of the table, under a heading such as Steps or Procedure; in a
    file without such a heading, each heading is a step. Headings such as Purpose, Scope, Prerequisites or Never become
    fields, in several languages, and so do such names in front of a colon or in the first column of a table. Links
    between the files become references, pictures come along. What had no place is named with its line or paragraph;
    --verbose names all of it.

    Each SOP is a draft that nobody has reviewed, unless its source names the day. Run it again when a source changes:
    what nobody edited here since is replaced, nothing else. Where both changed, each import shows the words, until you
    settle it with --keep-ours or --take-theirs.
    """
    base.recover()
    library, sources = base.gather()
    owned = ownership(library.vocabulary, owner, audience, "internal")
    assert library.vocabulary is not None
    before = list(_find_made(library, sources))
    try:
        found = find_procedures(path.resolve(), exclude, include, {one.origin.path for one in before})
        texts = read_procedures(found)
        words = {name: words_of_source(name, one, library.vocabulary) for name, one in texts.texts.items()}
        followed = _follow(before, words, found)
        made_before = {one.place for one in followed.policies.values()}
        store = find_store(base.root, library, followed.folder, made_before, KIND.folder)
        enclosures = Enclosures(
            [*found.paths, *texts.pictures], partial(read_clean, found.folder, texts.pictures), store
        )
        procedures = Procedures(texts.texts, found.folder.name, library.vocabulary, base.today, followed, enclosures)
        settled = SettledFields(keep_ours, take_theirs)
        settled.require_known(procedures.ids.values(), (*FOLLOWED, LOG))
        old = earlier(base.root, library, COMMAND_NAME, procedures.places, set(), followed.policies, TAKEN)
        made = {name: procedures.procedure(name, owned.header) for name in procedures.ids}
        labels = {name: Origin(name, followed.folder).label for name in made}
        results = {
            name: _write(base.root, one, old, name, procedures.places[name], labels[name], settled)
            for name, one in made.items()
        }
        beside = [FileEdit(one, read_if_present(base.root, one), data) for one, data in enclosures.taken.items()]
    except UnfitInput as error:
        raise refused(error) from None
    with writing():
        number = publish.change(base.root, [*(one.edit for one in results.values()), *beside])
    steps = sum(len(one["steps"]) for one in made.values())
    click.echo(
        f"{count(len(made), 'SOP')} with {count(steps, 'step')}; {count(number, 'file')} written. Next: playbook check"
    )
    enclosed = [procedures.locate(one) for one in enclosures.unmapped]
    notes = [*note_renames(followed), *found.old, *texts.unmapped, *procedures.unmapped, *enclosed]
    if not verbose:  # they have a place
        notes = [one for one in notes if not one.what.startswith(QUIET_NOTES)]
    is_short = len(notes) <= FEW
    after = [one for one in notes if is_after(one.what)]
    others = [one for one in notes if not is_after(one.what)]
    for line in (
        *_list_made(made, procedures.places, verbose),
        *list_taken(enclosures, store.folder),
        *_list_kept(results),
        *shorten_list(list(unmapped_lines(after, verbose=True)), verbose),
        *unmapped_lines(others, verbose or is_short),
        *_list_left(found, followed, verbose),
    ):
        click.echo(line)
    if notes and not verbose and not is_short:
        click.echo("--verbose names each place")


class _Result(NamedTuple):
    """The edit of a document's file, and what was kept in it because somebody changed it."""

    edit: FileEdit
    kept: list[Clash]


def _find_made(library: Library, sources: Mapping[str, Source]) -> Iterator[MadePolicy]:
    """What earlier imports made."""
    bodies = {document.path: document.body for document in library.documents}
    for place, source in sources.items():
        if label := origin_in(source.text, COMMAND_NAME):
            body = bodies.get(place)
            yield MadePolicy(place, read_label(label), join_sop(body.model_dump()) if isinstance(body, Sop) else "")


def _follow(before: list[MadePolicy], words: Mapping[str, str], found: FoundFiles) -> Followed:
    """The SOP of each file. A single file is followed by its name alone; links lead to what else came of its folder."""
    name = name_folder(found.folder)
    if found.is_whole:
        return follow(before, words, {}, name)
    mine = [one for one in before if one.origin.path in words or one.origin.path.rpartition("/")[2] in words]
    others = [one for one in before if one not in mine and one.origin.folder == name]
    return follow(mine, words, {}, name)._replace(left=others)


def _write(
    root: Path, made: dict[str, Any], old: Earlier, name: str, place: str, label: str, settled: SettledFields
) -> _Result:
    """The file of a document: what people changed in it since an import before stays as it is. Raises UnfitInput."""
    raw = old.files[name]
    if raw is None:
        text = join_hash(written(made, COMMAND_NAME, label), write_hashes(made))
        require_sound_text(text, name, place, "an SOP")
        return _Result(FileEdit(place, None, text.encode()), [])
    before, _ = read(place, raw)
    text = before.text.replace("\r\n", "\n")
    here, hashes = old.documents[name], read_hashes(text)
    taken = [key for key in FOLLOWED if settled.takes(made["id"], key)]
    merged, clashes = merge_edits(made, here, hashes, taken)
    is_fixed = merged != here and has_comments(text, written(here, COMMAND_NAME, label))
    if is_fixed:
        clashes += [key for key in (*FOLLOWED, LOG) if merged.get(key) != here.get(key)]
    clashes = [key for key in clashes if not settled.keeps(made["id"], key)]
    line = write_hashes(made, {key: hashes.get(key, "") for key in clashes})
    if is_fixed or merged == here:
        text = replace_hashes(text, line)
    else:
        text = join_hash(written(merged, COMMAND_NAME, label), line)
        require_sound_text(text, name, place, "an SOP")
    first = written({}, COMMAND_NAME, label).split("\n")[0]
    text = f"{first}\n{text.partition(chr(10))[2]}"
    states = read_states(root, place) if clashes else []
    kept = [
        Clash(
            place,
            f"{made['id']}#{key}",
            name,
            _find_words(states, key, hashes.get(key, "")),
            words_of_value(made.get(key)),
            words_of_value(here.get(key)),
            is_fixed,
        )
        for key in clashes
    ]
    return _Result(FileEdit(place, raw, publish.forms_of(raw, text)), kept)


def _find_words(states: list[DocumentData], key: str, hashed: str) -> str | None:
    """What the source said of a key when it was last settled; None where git does not know it."""
    was = next((one for one in states if hashed and fits_hash(key, one.get(key), hashed)), None)
    return words_of_value(was.get(key)) if was else None


def _list_made(made: Mapping[str, Any], places: Mapping[str, str], verbose: bool) -> Iterator[str]:
    """Which document each file became."""
    lines = [f"{name} is {places[name]}, {count(len(one['steps']), 'step')}" for name, one in made.items()]
    return shorten_list(lines, verbose)


def _list_kept(results: Mapping[str, _Result]) -> Iterator[str]:
    for one in results.values():
        for clash in one.kept:
            yield from tell_clash(clash)


def _list_left(found: FoundFiles, followed: Followed, verbose: bool) -> Iterator[str]:
    """What is not imported, and what has no source any more."""
    tongues = (list(found.chosen.tongues.unknown), "in another language (--include PATTERN imports one)")
    yield from list_left_out(found.chosen, verbose, [tongues])
    for one in followed.left if found.is_whole else ():
        yield f"{one.place} stays, but its source {one.origin.path} is gone: retire it, or remove the file"
