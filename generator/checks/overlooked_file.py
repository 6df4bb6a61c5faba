"""A file or folder looks like a part of the knowledge base, and is not read.

Only files that end in `.yaml` (pages: `.md`) are documents, and only in the folders of their types, written as these
are. What an editor saved as `.yaml.txt`, a document of a word processor, a folder `SOPs/`: nobody would find them on
the site, and nothing would say so.

Bad:
    sops/restore-account.yaml.txt

Good:
    sops/restore-account.yaml
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator

from generator.documents import Kind, kind_of, kinds
from generator.documents.attachments import attachment
from generator.documents.overlooked import intended_folder, overlooked, stem_of
from generator.findings import Fault, Place
from generator.library.library import Library

IMPORTS = {
    "policy": ((".md", ".markdown"), "playbook import policies FOLDER"),
    "macro": ((".txt", ".md", ".json"), "playbook import macros PATH"),
}


def check(library: Library) -> Iterator[Fault]:
    linked = {attachment(at.path, address) for at, address in library.links}
    folders: set[str] = set()
    for path in overlooked(library.files):
        kind, folder = kind_of(path), intended_folder(path)
        if folder and folder[0] not in folders:
            folders.add(folder[0])
            message = f"the folder `{folder[0]}` is not read"
            yield Fault(Place(path), message, f"move its files to `{folder[1]}/`")
        elif kind and path not in linked:
            yield Fault(Place(path), "the file is not read", _suggest_name(path, kind))


def _suggest_name(path: str, kind: Kind) -> str:
    name, stem = posixpath.basename(path), stem_of(path)
    suffixes = name.lower().replace("markdown", "md").split(".")[1:]
    if kind.suffix.lstrip(".") in suffixes or not suffixes:
        return f"rename it to `{stem}{kind.suffix}`"
    foreign, command = IMPORTS.get(kind.name, ((), ""))
    if name.lower().endswith(foreign):
        return f"bring it in with `{command}`, or move it away"
    written = f"write it as `{stem}{kind.suffix}` (`playbook new` makes a scaffold)"
    if suffixes[-1:] == ["yaml"]:
        return f"{written}, or move it to the folder of its type"
    homes = [f"`{one.folder}/`" for one in kinds().values() if suffixes[-1:] == [one.suffix.lstrip(".")]]
    return f"{written}, or move it to {' or '.join(homes)}" if homes else f"{written}, link to it, or move it away"
