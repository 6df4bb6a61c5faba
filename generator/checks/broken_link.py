"""A Markdown link leads to a file or heading that does not exist.

Documents are linked by id, as `[[restore-account]]`: such a link survives when the file moves, and is checked for the
reader's audience. Pictures and other files (PDF, text, office documents) that are stored beside documents are linked by
their relative address, and published for the readers of what links to them.

Bad:
    [the procedure](../sops/restore-acount.yaml)

Good:
    [[restore-account|the procedure]]
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator
from functools import lru_cache, partial
from pathlib import PurePosixPath
from urllib.parse import quote, unquote

from generator.documents.anchors import find_anchor, list_anchors
from generator.documents.attachments import attachment, is_file, is_picture
from generator.documents.text.prose import scheme
from generator.findings import Advice, Fault, write
from generator.library.library import Library
from generator.library.pointers import Link
from generator.wording import nearest

HOST = re.compile(r"www\.|[\w-]+(?:\.[\w-]+)*\.(?:com|org|net|io|gov|edu|example)(?:/|$)", re.IGNORECASE)


def check(library: Library) -> Iterator[Fault]:
    for at, kind in library.odd:
        if kind == "link":
            yield Fault(
                at.spot, f"`{at.found}` is shown as it is typed: an address has no spaces", _fill_spaces(at.found)
            )
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


def _fill_spaces(found: str) -> str:
    words, _, address = found.partition("](")
    return write(f"{words}]({quote(address.removesuffix(')').strip(), safe='/.#%:-_~')})", found)


def _check_file(library: Library, link: Link, target: str, anchor: str) -> Iterator[Fault]:
    path = attachment(link.at.path, link.address)
    if path in library.files:
        return
    if path is not None:
        what = "picture" if is_picture(path) else "file"
        hint = partial(_suggest_attachment, library, link.at.path, path)
        yield Fault(link.at.spot, f"there is no {what} `{target}`", hint)
    elif HOST.match(target):
        yield Fault(link.at.spot, f"this links to the file `{target}`", f"write https://{target} if it is on the web")
    else:
        hint = partial(_suggest_reference, library, PurePosixPath(target).stem, anchor)
        yield Fault(link.at.spot, f"this links to the file `{target}`; documents are linked by id", hint)


def _suggest_reference(library: Library, stem: str, anchor: str) -> str:
    name = stem if library.find(stem) else nearest(stem, library.by_id) or "id"
    return f"write [[{name}#{anchor}]]" if anchor else f"write [[{name}]]"


def _suggest_attachment(library: Library, at: str, path: str) -> str:
    known = _list_attachments(library, posixpath.dirname(at), is_picture(path))
    wanted = posixpath.relpath(path, posixpath.dirname(at))
    match = nearest(wanted, known)
    if match:
        return Advice(f"did you mean `{quote(match)}`?", quote(match), quote(wanted))
    return "fix the address, or put the file next to the document"


@lru_cache(maxsize=64)
def _list_attachments(library: Library, folder: str, are_pictures: bool) -> list[str]:
    """The addresses of all pictures, or of all other files, relative to a folder."""
    fits = is_picture if are_pictures else is_file
    return [posixpath.relpath(file, folder) for file in library.files if fits(file)]


def _check_heading(library: Library, link: Link, anchor: str) -> Iterator[Fault]:
    document = link.at.source
    if document is None or not document.sound or anchor in document.parts:
        return
    if find_anchor(document, anchor, library.title_of) is None:
        hint = partial(_suggest_anchor, anchor, list_anchors(document))
        yield Fault(link.at.spot, f"`{document.id}` has no heading or part `{anchor}`", hint)


def _suggest_anchor(anchor: str, parts: Iterable[str]) -> str:
    near = nearest(anchor, parts)
    return (
        Advice(f"did you mean `#{near}`?", f"#{near}", f"#{anchor}") if near else "fix the anchor, or remove the link"
    )
