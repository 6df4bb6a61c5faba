"""Reads a folder of Markdown files that somebody else keeps: their texts, and what git knows of their past."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from generator.commands._exchange import SHOWN, text_of
from generator.exchange import UnfitInput
from generator.exchange.markdown.selection import ChosenFiles
from generator.files.lineage import FileState, trace
from generator.files.repository import NoPast, Repository
from generator.files.tree import Folder

SUFFIXES = (".md", ".markdown")


def name_folder(folder: Path) -> str:
    """The name of a folder as the first line of a document may have it."""
    return "".join(sign for sign in folder.name if sign.isprintable()) or "policies"


def list_markdown(folder: Path) -> list[str]:
    """The paths of all Markdown files below the folder except hidden ones. Raises UnfitInput."""
    files = sorted(file.relative_to(folder) for file in folder.rglob("*") if file.is_file())
    paths = [file.as_posix() for file in files if not any(part.startswith(".") for part in file.parts)]
    paths = [path for path in paths if path.lower().endswith(SUFFIXES)]
    if not paths:
        raise UnfitInput(f"there are no Markdown files in {folder}")
    return paths


def read_markdown(folder: Path, chosen: ChosenFiles) -> dict[str, str]:
    """The texts of the files that are policies, by path. Raises UnfitInput."""
    if not chosen.kept:
        left = " and ".join(
            filter(None, (", ".join(chosen.about[:SHOWN]), "what --exclude names" * bool(chosen.excluded)))
        )
        raise UnfitInput(f"there are no policies in {folder}, only {left}: name another folder, or use --include")
    return {path: text_of(Folder(folder), path) for path in chosen.kept}


class Past(NamedTuple):
    """What git knows of the files of a folder: the states of each by path, or why there are none."""

    repository: Repository | None
    states: dict[str, list[FileState]]
    unknown: str

    @property
    def names(self) -> dict[str, list[str]]:
        """The names that each file had, the newest last."""
        return {path: list(dict.fromkeys(one.path for one in states)) for path, states in self.states.items()}

    def texts(self, path: str) -> list[tuple[str, str | None]]:
        """The past texts of a file with their days, oldest first; None where the file had been deleted."""
        states = self.states.get(path, ())
        return [(one.day, self._read(one) if one.blob else None) for one in states]

    def _read(self, state: FileState) -> str:
        raw = self.repository.read(state.blob) if self.repository else None
        return (raw or b"").decode("utf-8-sig", "replace")


def read_past(folder: Path) -> Past:
    try:
        repository = Repository(folder)
        states = trace(repository, SUFFIXES)
    except NoPast as error:
        return Past(None, {}, f"{error} ({error.hint})")
    return Past(repository, states, "" if states else "no file in the folder was ever committed")
