"""Tells what was edited here and has changed in its source too, word by word, and how somebody settles it."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from pathlib import Path
from typing import NamedTuple

import click

from generator.exchange.yaml_file import DocumentData
from generator.files.lineage import trace
from generator.files.repository import NoPast, Repository
from generator.files.source import read
from generator.reports.changes.marks import PlainMarks
from generator.wording import count, did_you_mean

MOST = 4  # places of a text that are shown
KEEP_OURS = click.option(
    "--keep-ours",
    metavar="ID#FIELD",
    multiple=True,
    help="What was edited here and changed in the source too: keep what is here, for good. ID alone is all of a "
    "document; may be repeated.",
)
TAKE_THEIRS = click.option(
    "--take-theirs",
    metavar="ID#FIELD",
    multiple=True,
    help="The same: take what the source says, and give up the edit. May be repeated.",
)


class SettledFields(NamedTuple):
    """What the call settles, as `ID` or `ID#FIELD`: where the edit stays, and where the source is taken."""

    ours: tuple[str, ...] = ()
    theirs: tuple[str, ...] = ()

    def keeps(self, name: str, field: str) -> bool:
        """Whether the edit of a field of a document stays for good."""
        return bool({name, f"{name}#{field}"} & {*self.ours})

    def takes(self, name: str, field: str) -> bool:
        """Whether a field of a document is taken from its source."""
        return bool({name, f"{name}#{field}"} & {*self.theirs})

    def require_known(self, ids: Collection[str], fields: Collection[str]) -> None:
        """Ends the command if something is named that is not imported, or in both options."""
        for option, names in (("--keep-ours", self.ours), ("--take-theirs", self.theirs)):
            for whole in names:
                name, _, field = whole.partition("#")
                if name not in ids:
                    hint = did_you_mean(name, ids, "use the id of a document that this call imports")
                    raise click.BadParameter(f"`{name}` is not imported by this call; {hint}", param_hint=option)
                if "#" in whole and field not in fields:
                    way = f"use one of {', '.join(fields)}" if fields else "write ID alone"
                    hint = did_you_mean(field, fields, way)
                    raise click.BadParameter(f"`{whole}` names no field that is imported; {hint}", param_hint=option)
        if both := sorted({*self.ours} & {*self.theirs}):
            raise click.BadParameter(f"`{both[0]}` is in --keep-ours too: choose one", param_hint="--take-theirs")


class Clash(NamedTuple):
    """Something that was edited here and has changed in its source too, with all its words.

    `name` is what settles it; `before` is what the source said when the edit was made, None where nobody knows. If
    `is_fixed`, the file has comments of people, and the source cannot be taken.
    """

    place: str
    name: str
    origin: str
    before: str | None
    theirs: str
    ours: str
    is_fixed: bool = False


def read_states(root: Path, place: str) -> list[DocumentData]:
    """What git knows of a document, the newest first; nothing where there is no git."""
    try:
        repository = Repository(root)
        states = trace(repository, (place,)).get(place, [])
    except NoPast:
        return []
    sources = (read(place, repository.read(state.blob) or b"")[0] for state in reversed(states))
    return [source.data for source in sources if source.data]


def tell_clash(one: Clash) -> Iterator[str]:
    """A line that says what is settled by whom, and the places that differ."""
    field = one.name.partition("#")[2]
    what = f": `{field}`" if field else ""
    why = "the file has comments of its own" if one.is_fixed else "somebody edited it"
    yield f"{one.place}{what} stays as it is: {why}, and {one.origin} has changed since"
    if one.before is None:
        yield from _list_places("from what is here to the source", one.ours, one.theirs)
    else:
        yield from _list_places("in the source", one.before, one.theirs)
        yield from _list_places("here", one.before, one.ours)
    theirs = "or take over by hand what is new" if one.is_fixed else f"--take-theirs {one.name} takes the source's"
    yield f"    --keep-ours {one.name} keeps what is here, {theirs}"


def _list_places(label: str, before: str, after: str) -> Iterator[str]:
    told = PlainMarks().rewording(before, after)
    for line in told[:MOST]:
        yield f"    {label}: {line}"
    if len(told) > MOST:
        yield f"    {label}: and {count(len(told) - MOST, 'more place')}"
