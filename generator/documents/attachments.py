"""Pictures and other files beside documents, which prose shows or offers by a relative address."""

from __future__ import annotations

import posixpath
import re
from urllib.parse import unquote

from generator.documents import kind_of
from generator.documents.text.prose import scheme

PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".svg", ".webp")
# Files that readers open in a program of their own; none of them runs in a browser.
FILES = (
    ".pdf", ".csv", ".txt", ".docx", ".xlsx", ".pptx", ".odt", ".ods", ".odp", ".rtf", ".ics", ".mp4", ".mp3", ".vtt",
)  # fmt: skip
PLACE = re.compile(r"[?#].*", re.DOTALL)


def attachment(path: str, address: str) -> str | None:
    """The path of the picture or file that an address in the document at `path` leads to; None if to something else.

    Whether there is such a file is not asked. What follows `?` or `#`, as in `form.pdf#page=2`, is no part of the path.
    """
    if scheme(address) or kind_of(path) is None:
        return None
    to = posixpath.normpath(posixpath.join(posixpath.dirname(path), unquote(PLACE.sub("", address))))
    return to if is_picture(to) or is_file(to) else None


def is_picture(path: str) -> bool:
    """Whether the file at a path is a picture that pages may show."""
    return path.lower().endswith(PICTURES) and kind_of(path) is not None


def is_file(path: str) -> bool:
    """Whether the file at a path is one that pages may offer."""
    return path.lower().endswith(FILES) and kind_of(path) is not None
