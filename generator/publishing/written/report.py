"""Says what is wrong with a written site in lines: the page, what it says, and the document that it comes from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from generator.library.library import Library
from generator.publishing.pages import naming
from generator.publishing.written.slips import Slip
from generator.wording import count

MOST = 20  # lines: a template that is wrong is wrong on every page


def tell_slips(slips: Iterable[Slip], library: Library, root: Path, is_flat: bool) -> list[str]:
    """A line for each slip; what is the same on several pages is said once."""
    documents = _map_documents(library, is_flat)
    alike: dict[str, list[Slip]] = {}
    for slip in slips:
        alike.setdefault(slip.what, []).append(slip)
    lines = [_tell_one(some, documents, root) for some in list(alike.values())[:MOST]]
    return lines + ([f"and {len(alike) - MOST:,} more"] if len(alike) > MOST else [])


def _tell_one(alike: list[Slip], documents: Mapping[str, str], root: Path) -> str:
    slip = alike[0]
    more = f" (and on {count(len(alike) - 1, 'more page')})" if alike[1:] else ""
    path = documents.get(slip.page)
    written = f"; it is made of {_locate_line(root / path, path, slip.sought)}" if path else ""
    return f"{slip.page}: {slip.what}{more}{written}"


def _map_documents(library: Library, is_flat: bool) -> dict[str, str]:
    """The documents' paths by the files of their pages."""
    end = ".html" if is_flat else "/index.html"
    return {naming.page_of(document).removesuffix(".md") + end: document.path for document in library.documents}


def _locate_line(file: Path, path: str, sought: tuple[str, ...]) -> str:
    """The document, with the first line in which one of the texts is found that the page has from it."""
    try:
        lines = file.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return path
    found = (number for text in sought for number, line in enumerate(lines, 1) if text in line)
    number = next(found, 0)
    return f"{path}:{number}" if number else path
