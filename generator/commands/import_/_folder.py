"""Reads a folder of Markdown files that somebody else keeps: texts, pictures, and what git knows of their past."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from pathlib import Path
from typing import NamedTuple

from generator.commands._exchange import SHOWN, bytes_of, text_of
from generator.documents.attachments import attachment
from generator.documents.types.policy import KIND
from generator.exchange import UnfitInput
from generator.exchange.markdown.enclosures import Store
from generator.exchange.markdown.file_paths import unhide
from generator.exchange.markdown.selection import ChosenFiles
from generator.files.lineage import FileState, trace
from generator.files.repository import NoPast, Repository
from generator.files.tree import Folder, Unreadable
from generator.library.library import Library

SUFFIXES = (".md", ".markdown")


def name_folder(folder: Path) -> str:
    """The name of a folder as the first line of a document may have it."""
    return "".join(sign for sign in folder.name if sign.isprintable()) or "policies"


def list_files(folder: Path) -> list[str]:
    """The paths of all files below the folder, except those of git."""
    files = sorted(file.relative_to(folder) for file in folder.rglob("*") if _is_file(file))
    return [file.as_posix() for file in files if ".git" not in file.parts]


def _is_file(path: Path) -> bool:
    """Whether it is a file that may be looked at: `/proc` has links that nobody may follow."""
    try:
        return path.is_file()
    except OSError:
        return False


def keep_markdown(paths: Iterable[str], folder: Path) -> list[str]:
    """The paths of Markdown files that are not hidden. Raises UnfitInput."""
    shown = (path for path in paths if not any(part.startswith(".") for part in path.split("/")))
    kept = [path for path in shown if path.lower().endswith(SUFFIXES)]
    if not kept:
        raise UnfitInput(f"there are no Markdown files in {folder}")
    return kept


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


def read_enclosure(folder: Path, path: str) -> bytes:
    """The bytes of a picture or file of the folder. Raises UnfitInput."""
    if not (folder / path).resolve().is_relative_to(folder):
        raise UnfitInput(f"{path} is a link that leads out of the folder: put the file itself there")
    try:
        return Folder(folder).read(path)
    except Unreadable as error:
        raise UnfitInput(f"{path} {error}") from None


def find_store(root: Path, library: Library, name: str, places: Collection[str], home: str = "") -> Store:
    """The store of a folder, whose documents are at `places` where an import before made them.

    That of policies has the name of the folder. Of other documents, below `home`, each has a folder of its own.
    """
    former = f"{home or KIND.folder}/files/{unhide(name)}"
    folder = f"{home}/files" if home else f"{KIND.folder}/files/{unhide(name)}"
    linked = [(at.path in places, attachment(at.path, address)) for at, address in library.links]
    own, others = (frozenset(path for is_own, path in linked if path and is_own == wanted) for wanted in (True, False))
    held = frozenset(path for path in library.files if path.startswith(f"{folder}/"))
    return Store(folder, held, own, others, lambda place: bytes_of(Folder(root), place), former)
