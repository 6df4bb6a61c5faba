"""A Markdown link leads to a file or heading that does not exist.

Documents are linked by id, as `[[restore-account]]`: such a link survives when the file moves, and is checked for the
reader's audience. A page may also show a picture that is stored next to it.

Bad:
    [the procedure](../sops/restore-acount.yaml)

Good:
    [[restore-account|the procedure]]
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator
from functools import lru_cache, partial
from pathlib import PurePosixPath
from urllib.parse import unquote

from generator.documents.anchors import find_anchor, list_anchors
from generator.documents.text.prose import scheme
from generator.documents.types.page import is_picture, picture
from generator.findings import Fault
from generator.library.library import Library, Link
from generator.wording import did_you_mean, nearest


def check(library: Library) -> Iterator[Fault]:
    for link in library.links:
        if scheme(link.address):
            continue
        target, _, anchor = unquote(link.address).partition("#")
        if target:
            yield from _check_file(library, link, target, anchor)
        elif anchor:
            yield from _check_heading(library, link, anchor)
        else:
            yield Fault(link.at.spot, "the link has no address", "write the address in the parentheses")


def _check_file(library: Library, link: Link, target: str, anchor: str) -> Iterator[Fault]:
    path = picture(link.at.path, link.address)
    if path is None:
        hint = partial(_suggest_reference, library, PurePosixPath(target).stem, anchor)
        yield Fault(link.at.spot, f"links to the file `{target}`; documents are linked by id", hint)
    elif path not in library.files:
        yield Fault(
            link.at.spot, f"there is no picture `{target}`", partial(_suggest_picture, library, link.at.path, target)
        )


def _suggest_reference(library: Library, stem: str, anchor: str) -> str:
    name = stem if library.find(stem) else nearest(stem, library.by_id) or "id"
    return f"write [[{name}#{anchor}]]" if anchor else f"write [[{name}]]"


def _suggest_picture(library: Library, path: str, target: str) -> str:
    known = _list_pictures(library, posixpath.dirname(path))
    return did_you_mean(target, known, "fix the address, or put the picture next to the page")


@lru_cache(maxsize=64)
def _list_pictures(library: Library, folder: str) -> list[str]:
    """The addresses of all pictures, relative to a folder."""
    return [posixpath.relpath(file, folder) for file in library.files if is_picture(file)]


def _check_heading(library: Library, link: Link, anchor: str) -> Iterator[Fault]:
    document = link.at.source
    if document is None or not document.sound or anchor in document.parts:
        return
    if find_anchor(document, anchor, library.title_of) is None:
        hint = partial(_suggest_anchor, anchor, list_anchors(document))
        yield Fault(link.at.spot, f"`{document.id}` has no heading or part `{anchor}`", hint)


def _suggest_anchor(anchor: str, parts: Iterable[str]) -> str:
    near = nearest(anchor, parts)
    return f"did you mean `#{near}`?" if near else "fix the anchor, or remove the link"
