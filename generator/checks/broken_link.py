"""A Markdown link leads to a file or heading that is not there.

Documents are linked by id, as `[[restore-account]]`: such a link survives a move. A page may also link to
another page or an image beside it.

Bad:
    [the procedure](../sops/restore-acount.yaml)

Good:
    [[restore-account|the procedure]]
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from pathlib import PurePosixPath
from urllib.parse import unquote

from generator.documents import Document
from generator.findings import Fault
from generator.library import Library
from generator.nearest import nearest
from generator.prose import scheme


def check(library: Library) -> Iterator[Fault]:
    for at, address in library.links:
        if scheme(address):
            continue
        target, _, anchor = unquote(address).partition("#")
        document = at.source if not target else _linked(library, at.path, target)
        if target and not _is_page(at.path):
            hint = f"write [[{_id_of(library, target)}]]"
            yield Fault(at.spot, f"links to the file `{target}`; documents are linked by id", hint)
        elif target and _resolve(at.path, target) not in library.files:
            near = nearest(_resolve(at.path, target), library.files)
            hint = f"did you mean `{_relative(near, at.path)}`?" if near else "mend the address, or write [[id]]"
            yield Fault(at.spot, f"there is no file `{target}`", hint)
        elif anchor and document is not None and document.sound and anchor not in document.parts:
            hint = f"did you mean `#{nearest(anchor, document.parts)}`?" if document.parts else "remove the anchor"
            yield Fault(at.spot, f"`{document.id}` has no heading or part `{anchor}`", hint)
        elif not target and not anchor:
            yield Fault(at.spot, "the link has no address", "write the address in the brackets")


def _is_page(path: str) -> bool:
    return path.startswith("content/pages/")


def _resolve(path: str, target: str) -> str:
    return posixpath.normpath(posixpath.join(posixpath.dirname(path), target))


def _relative(target: str, path: str) -> str:
    return posixpath.relpath(target, posixpath.dirname(path))


def _linked(library: Library, path: str, target: str) -> Document | None:
    return library.by_id.get(PurePosixPath(_resolve(path, target)).stem)


def _id_of(library: Library, target: str) -> str:
    stem = PurePosixPath(target).stem
    return stem if library.find(stem) else nearest(stem, library.by_id) or "id"
