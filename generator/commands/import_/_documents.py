"""What all imports do: choose owner and audience, read what was imported before, write the documents."""

from __future__ import annotations

import os
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import click

from generator.commands._exchange import bytes_of
from generator.commands._refusal import writing
from generator.documents.structure import structure
from generator.documents.vocabulary import Vocabulary
from generator.exchange import UnfitInput
from generator.exchange.yaml_file import is_from, written
from generator.files import writer as publish
from generator.files.source import Source, read
from generator.files.tree import Folder
from generator.library.library import Library
from generator.wording import did_you_mean

OWNER = click.option(
    "--owner", metavar="TEAM", help="The team that owns them (default: the first one that the readers may see)."
)


class Ownership(NamedTuple):
    """Who owns what is imported and who may read it; `asked` holds those of the two keys that the call names."""

    header: dict[str, str]
    asked: set[str]


def ownership(vocabulary: Vocabulary | None, owner: str | None, audience: str | None, default: str) -> Ownership:
    """Chooses owner and audience so that the readers may see the owner; `default` is the preferred audience."""
    if vocabulary is None:
        raise click.ClickException("content/vocabulary.yaml has errors: fix them first (playbook check)")
    for word, known, option in ((owner, vocabulary.teams, "--owner"), (audience, vocabulary.audiences, "--audience")):
        if word is not None and word not in known:
            hint = did_you_mean(word, known, f"use one of {', '.join(known)}")
            raise click.BadParameter(f"`{word}` is not in the vocabulary; {hint}", param_hint=option)
    rank = vocabulary.rank
    least = audience or (default if default in vocabulary.audiences else next(iter(vocabulary.audiences)))
    seen = [team for team, term in vocabulary.teams.items() if rank(term.audience) <= rank(least)]
    team = owner or next(iter(seen or vocabulary.teams))
    header = {"owner": team, "audience": audience or max(least, vocabulary.teams[team].audience, key=rank)}
    return Ownership(header, {key for key, word in (("owner", owner), ("audience", audience)) if word})


class Earlier(NamedTuple):
    """By origin: what an earlier import made, without the keys that the call names, and the bytes of its file."""

    documents: dict[str, dict[str, Any]]
    files: dict[str, bytes | None]


def earlier(
    root: Path,
    library: Library,
    command: str,
    places: Mapping[str, str],
    asked: set[str],
    own: Collection[str] = (),
    hint: str = "rename what is there, or what you import",
) -> Earlier:
    """What an earlier import made from each origin. Raises UnfitInput if a file was not imported from its origin.

    `places` maps each origin to the path of its document; the documents of origins in `own` may be handwritten.
    `hint` says how to go on where a place is taken.
    """
    imported = Earlier({}, {})
    taken = []
    for origin, place in places.items():
        other = library.find(Path(place).stem)
        if other is not None and other.path != place:
            taken.append(f"the id of {place} is taken by {other.path}")
        imported.documents[origin] = {}
        imported.files[origin] = read_if_present(root, place)
        if (content := imported.files[origin]) is not None:
            source, _ = read(place, content)
            if origin in own or is_from(source.text, command, origin):
                imported.documents[origin] = {
                    key: one for key, one in _require_sound(place, source).items() if key not in asked
                }
            else:
                taken.append(f"{place} already exists and was not imported from {origin}")
    if taken:
        raise UnfitInput(f"{'; '.join(taken)}: {hint}")
    return imported


def read_if_present(root: Path, place: str) -> bytes | None:
    """The bytes of a file of the knowledge base; None if there is no such file. Raises UnfitInput."""
    return bytes_of(Folder(root), place) if os.path.lexists(root / place) else None


def _require_sound(place: str, source: Source) -> dict[str, Any]:
    documents = structure([source]).documents
    if not documents or not documents[0].sound:
        raise UnfitInput(f"{place} has format errors: fix them first (playbook check), or remove it")
    return source.data or {}


def join_hash(text: str, line: str) -> str:
    """The text of a document with the line of hashes below its first line."""
    first, _, rest = text.partition("\n")
    return f"{first}\n{line}\n{rest}"


def require_sound_text(text: str, origin: str, place: str, what: str) -> None:
    """Raises UnfitInput if a document has format errors: they are the source's. `what` is what it was to become."""
    source, unreadable = read(place, text.encode())
    for finding in [unreadable] if unreadable else structure([source]).findings:
        raise UnfitInput(f"{origin} cannot become {what}: {finding.message}; {finding.hint}")


def put(
    root: Path,
    command: str,
    places: Mapping[str, str],
    documents: Mapping[str, dict[str, Any]],
    files: Mapping[str, bytes | None],
    labels: Mapping[str, str] = {},
    beside: Sequence[publish.FileEdit] = (),
) -> int:
    """Writes the documents and what lies beside them, all or none.

    The result is the number of files that are new or changed. `labels` has what the first lines of the documents say of
    their origins, where that is more than the origin.
    """
    edits = [
        publish.FileEdit(
            places[origin], before, publish.forms_of(before, written(document, command, labels.get(origin, origin)))
        )
        for origin, document in documents.items()
        for before in [files[origin]]
    ]
    with writing():
        return publish.change(root, [*edits, *beside])
