"""Tells the files that are in a folder of documents, or in one that looks like it, and are not read."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Collection

from generator.documents import RELEASES, VOCABULARY, is_document, kind_of, kinds
from generator.documents.attachments import is_file, is_picture
from generator.files.tree import is_alike

# What people and programs put into any folder, and what editors leave there for a while.
BESIDE = re.compile(
    r"(?:readme|licen[cs]e|copying|notice|contributing|changelog|codeowners|thumbs\.db|desktop\.ini|makefile)\b"
    r"|~\$|#|.*(?:~|\.swp|\.tmp)$",
    re.IGNORECASE,
)
NAMED = re.compile(r"\.(?:ya?ml|md)\b", re.IGNORECASE)
TEXTS = (".docx", ".odt", ".pdf", ".rtf", ".txt")  # of what documents may link to, what a document may be written as
COPY = re.compile(r"\.(?:bak|orig|rej|old)$", re.IGNORECASE)


def overlooked(files: Collection[str]) -> list[str]:
    """The paths of files that are not read, sorted; not pictures of pages, and what only lies beside documents."""
    return sorted(path for path in files if not is_document(path) and not _is_beside(path, files))


def misnamed(files: Collection[str]) -> list[str]:
    """The ids of documents that are not read for their names, such as `restore-account.yaml.txt`."""
    return [stem_of(path) for path in overlooked(files) if not is_file(path) or NAMED.search(path)]


def _is_beside(path: str, files: Collection[str]) -> bool:
    if path.startswith(RELEASES) or is_picture(path) or (is_file(path) and not path.lower().endswith(TEXTS)):
        return True
    return BESIDE.match(posixpath.basename(path)) is not None or (
        COPY.search(path) is not None and COPY.sub("", path) in files
    )


def intended_folder(path: str) -> tuple[str, str] | None:
    """The folder of a file that is in no folder of documents, and the one that its author most likely meant."""
    if path == VOCABULARY or kind_of(path):
        return None
    parts = path.split("/")
    for kind in kinds().values():
        for depth in range(1, min(len(parts), 3)):
            if is_alike(parts[depth - 1], posixpath.basename(kind.folder)):
                return "/".join(parts[:depth]), kind.folder
    return None


def stem_of(path: str) -> str:
    """The id that a file's author meant it to have: its name up to the first dot, in small letters."""
    return posixpath.basename(path).split(".")[0].lower()
