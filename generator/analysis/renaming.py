"""Plans what gives a document or a part of one another id: its file, `formerly`, and everything that names it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import PurePosixPath

from yaml.nodes import ScalarNode

from generator import pipeline
from generator.analysis.repair import plan_repair
from generator.documents import Document
from generator.documents.fields import identifier
from generator.documents.header import Part
from generator.documents.target import Target
from generator.exchange.legible import slug
from generator.files.edits import TextEdit, Uneditable, add_to_list, apply_edits, key_node, set_text
from generator.files.source import Source
from generator.files.tree import Overlay, Tree
from generator.findings import Finding, Keys
from generator.library.library import Library

FIELDS = ("section", "outcome", "go", "then", "start", "counts_from")  # of which a part may have the name
CODES = frozenset({"renamed-target", "stray-translation"})  # the checks whose safe fixes bring the new id everywhere


class UnfitName(ValueError):
    """An id that a document or part cannot have; the message says why, in a sentence."""


@dataclass(frozen=True)
class Rewrite:
    """New texts by path; `moved` has the former path of each file that moves. A file that moves has a text too."""

    texts: dict[str, str]
    moved: dict[str, str] = field(default_factory=dict)

    def contents(self) -> dict[str, bytes | None]:
        """The files as a tree has them afterwards; None for those that are not there any longer."""
        gone: dict[str, bytes | None] = dict.fromkeys(self.moved.values())
        return gone | {path: text.encode() for path, text in self.texts.items()}


def plan_rename(
    tree: Tree, today: date, library: Library, document: Document, source: Source, part: str | None, new: str
) -> Rewrite:
    """Gives a document, or a part of it, another id, and writes it wherever it is named.

    Raises UnfitName and Uneditable.
    """
    named = _name_anew(library, document, source, part, new)
    moved = {named.path: document.path} if named.path != document.path else {}
    rewrite = Rewrite({named.path: named.text}, moved)

    def judge(texts: Mapping[str, str]) -> tuple[list[Finding], Mapping[str, Source]]:
        after = Rewrite(rewrite.texts | dict(texts), moved)
        judgement = pipeline.run(Overlay(tree, after.contents()), today, CODES)
        return judgement.findings, judgement.sources

    return Rewrite(rewrite.texts | plan_repair(judge).texts, moved)


def _name_anew(library: Library, document: Document, source: Source, part: str | None, new: str) -> NewName:
    target = Target.parse(new)
    if part is None:
        if target.part is not None:
            raise UnfitName(f"{new} is a part, and {document.id} is a document: write an id without `#`")
        _require_free(library, document, _require_id(new))
        return rename_document(document, source, new)
    if target.part is not None and target.id != document.id:
        raise UnfitName(f"{new} is in another document: `playbook move` takes a part there")
    name = _require_id(target.part or new)
    taken = {old: own for own, other in document.parts.items() for old in (own, *other.formerly) if own != part}
    if name in taken or name == part:
        raise UnfitName(f"the id {name} is taken in {document.path}")
    return rename_part(document, source, part, name)


def _require_id(name: str) -> str:
    try:
        return identifier(name)
    except ValueError as error:
        fitting = slug(name)
        hint = f"; `{fitting}` would be one" if fitting and fitting != name else ""
        raise UnfitName(f"`{name}` {error}{hint}") from None


def _require_free(library: Library, document: Document, name: str) -> None:
    taken = library.find(name)
    if taken is not None and not (taken is document and name in document.body.formerly):
        if taken.id != name:
            why = f"it is a former id of {taken.id}, and old links to it lead there"
            raise UnfitName(f"the id {name} is taken by {taken.path}: {why}")
        raise UnfitName(f"the id {name} is taken by {taken.path}")


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
