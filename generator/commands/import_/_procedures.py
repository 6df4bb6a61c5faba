"""Reads procedures from a file or folder: Markdown as it is, Word files as Markdown with their pictures."""

from __future__ import annotations

import posixpath
from collections.abc import Collection
from pathlib import Path
from typing import NamedTuple

from generator.commands._exchange import large_bytes_of, text_of
from generator.commands.import_._folder import SUFFIXES, list_files, read_enclosure
from generator.documents.attachments import PICTURES
from generator.exchange import UnfitInput, Unmapped
from generator.exchange.markdown.enclosures import POINTER
from generator.exchange.markdown.selection import ChosenFiles, select
from generator.exchange.procedures.procedures import SourceText
from generator.exchange.word import word_file
from generator.files.pictures import UnfitPicture, clean_picture
from generator.files.tree import MAX_BYTES, Folder

TABLES = (".xlsx", ".xlsm", ".csv", ".tsv", ".dmn")
LARGE = f"is larger than {MAX_BYTES // 1024 // 1024} MiB: save it in a smaller size"


class FoundFiles(NamedTuple):
    """The procedures that a call names: their folder, all files in it, and which of those are imported.

    `old` are files of programs that are not read, each with its reason.
    """

    folder: Path
    paths: list[str]
    chosen: ChosenFiles
    old: list[Unmapped]
    is_whole: bool


def find_procedures(
    path: Path, exclude: Collection[str], include: Collection[str], known: Collection[str]
) -> FoundFiles:
    """The procedures at a path; those that are `known` were imported before. Raises UnfitInput."""
    folder = path if path.is_dir() else path.parent
    paths = list_files(folder)
    wanted = (*SUFFIXES, *word_file.SUFFIXES)
    shown = [one for one in paths if not any(part.startswith((".", "~$")) for part in one.split("/"))]
    if path.is_file():
        if not path.name.lower().endswith(wanted):
            raise UnfitInput(f"{path.name} is neither Markdown nor Word: {_tell_way(path.name)}")
        return FoundFiles(folder, paths, ChosenFiles([path.name], [], [], []), [], False)
    chosen = select([one for one in shown if one.lower().endswith(wanted)], exclude, include, known)
    old = [
        Unmapped("a file that cannot be read, left out", one, _tell_way(one), is_refusal=True)
        for one in shown
        if one.lower().endswith(word_file.OLD_SUFFIXES) and f"{posixpath.splitext(one)[0]}.docx" not in paths
    ]
    if not chosen.kept:
        hint = f"; {old[0].path}: {old[0].detail}" if old else ""
        raise UnfitInput(f"there are no procedures in {folder}, neither Markdown (.md) nor Word (.docx){hint}")
    return FoundFiles(folder, paths, chosen, old, True)


class Readings(NamedTuple):
    """What was read: texts by path, the pictures that were in Word files by path, what had no place."""

    texts: dict[str, SourceText]
    pictures: dict[str, bytes]
    unmapped: list[Unmapped]


def read_procedures(found: FoundFiles) -> Readings:
    """The texts of the chosen files. Raises UnfitInput if one cannot be read."""
    read = Readings({}, {}, [])
    for path in found.chosen.kept:
        if not path.lower().endswith(word_file.SUFFIXES):
            read.texts[path] = SourceText(text_of(Folder(found.folder), path))
            continue
        if not path.isprintable():
            raise UnfitInput(f"{path!a} has a name that cannot be shown: rename the file")
        raw = large_bytes_of(found.folder / path)
        if raw.startswith(POINTER):
            raise UnfitInput(f"{path} is only a pointer to a file in Git LFS: run `git lfs pull`")
        folder = f"{posixpath.basename(posixpath.splitext(path)[0])}-pictures"
        word = word_file.read_word(path, raw, folder)
        read.texts[path] = SourceText(word.text, word.paragraphs, word.properties)
        place = posixpath.join(posixpath.dirname(path), folder)
        read.pictures.update((f"{place}/{name}", content) for name, content in word.pictures.items())
        read.unmapped.extend(word.unmapped)
    return read


def read_clean(folder: Path, pictures: dict[str, bytes], path: str) -> bytes:
    """The bytes of a picture or file, of a picture without what nobody sees in it. Raises UnfitInput."""
    content = pictures[path] if path in pictures else read_enclosure(folder, path)
    if path.lower().endswith(PICTURES) and not content.startswith(POINTER):
        try:
            content = clean_picture(path, content)
        except UnfitPicture as error:
            raise UnfitInput(f"{path} {error}: {error.hint}") from None
    if len(content) > MAX_BYTES:
        raise UnfitInput(f"{path} {LARGE}")
    return content


def _tell_way(path: str) -> str:
    """What to do with a file of another program."""
    ending = posixpath.splitext(path)[1].lower()
    ways = {
        ".doc": "Word",
        ".dot": "Word",
        ".rtf": "Word",
        ".odt": "LibreOffice",
        ".fodt": "LibreOffice",
        ".pages": "Pages",
    }
    if ending == ".pdf":
        return "import the file that it was made from, saved as .docx"
    if ending in TABLES:
        return "for a table of decisions there is `playbook import decision-table`"
    return f"open it in {ways[ending]} and save it as .docx" if ending in ways else "save it as .docx or .md"
