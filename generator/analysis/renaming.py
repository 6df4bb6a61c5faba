"""Plans what gives a document or a part of one another id: its file, `formerly`, and everything that names it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

from yaml.nodes import ScalarNode

from generator.documents import Document
from generator.documents.header import Part
from generator.files.edits import TextEdit, Uneditable, add_to_list, apply_edits, key_node, set_text
from generator.files.source import Source
from generator.findings import Keys

FIELDS = ("section", "outcome", "go", "then", "start", "counts_from")  # of which a part may have the name
CODES = frozenset({"renamed-target", "stray-translation"})  # the checks whose safe fixes bring the new id everywhere


@dataclass(frozen=True)
class NewName:
    """The new text of a document's own file, and the path that it has then."""

    text: str
    path: str


def rename_document(document: Document, source: Source, new: str) -> NewName:
    """A document with another id, which remembers the one that it had. Raises Uneditable."""
    edits = list(_edit_header(document, source, new))
    path = PurePosixPath(document.path).with_name(new + document.kind.suffix).as_posix()
    return NewName(apply_edits(source.text, edits), path)


def _edit_header(document: Document, source: Source, new: str) -> Iterator[TextEdit]:
    own = source.node("id")
    if own is not None:
        yield set_text(source, own, new)
    yield from _keep_former(source, (), document.body.formerly, document.id, new)


def rename_part(document: Document, source: Source, old: str, new: str) -> NewName:
    """A document in which a part has another id, which remembers the one that it had. Raises Uneditable."""
    part = document.parts[old]
    edits = list(_edit_part(document, source, part, old, new))
    for name, keys in document.body.part_uses():
        if name == old:
            edits.append(_edit_name(source, keys, old, new))
    return NewName(apply_edits(source.text, edits), document.path)


def _edit_part(document: Document, source: Source, part: Part, old: str, new: str) -> Iterator[TextEdit]:
    at = next((keys for name, keys in document.body.part_ids() if name == old), None)
    if at is None:
        raise Uneditable(f"{document.path}: `{old}` is a heading: change its words, and the references to it, by hand")
    yield _edit_name(source, at, old, new)
    yield from _keep_former(source, part.keys, part.formerly, old, new)


def _edit_name(source: Source, keys: Keys, old: str, new: str) -> TextEdit:
    """Writes another name where one is a value, or the last key itself."""
    node = source.node(*keys)
    is_value = isinstance(node, ScalarNode) and node.value == old and keys[-1] in ("id", *FIELDS)
    if keys[-1] == old and not is_value:
        node = key_node(source, keys)
    if node is None:
        raise Uneditable(f"{source.path}: write `{new}` for `{old}` by hand")
    return set_text(source, node, new)


def _keep_former(source: Source, keys: Keys, formerly: object, old: str, new: str) -> Iterator[TextEdit]:
    """Adds the old id to `formerly`; where the new one is in there, an id comes back, and the two change places."""
    known = list(formerly) if isinstance(formerly, list | tuple) else []
    if new in known:
        node = source.node(*keys, "formerly", known.index(new))
        if node is not None:
            yield set_text(source, node, old)
            return
    yield add_to_list(source, keys, "formerly", old, after="id")
