"""Edits of a file's text that leave everything else in it as it is: its comments, quotes and line endings."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from yaml.nodes import MappingNode, Node, SequenceNode

from generator.files.source import Source
from generator.files.strict_yaml import NEWLINE
from generator.findings import Keys


class Uneditable(Exception):
    """A file whose format does not allow the edit; the message says what to do by hand."""


class TextEdit(NamedTuple):
    """New text for the characters from `start` up to, not including, `end`."""

    start: int
    end: int
    text: str


def apply_edits(text: str, edits: Iterable[TextEdit]) -> str:
    """The text after edits that do not overlap; the same edit counts once."""
    for edit in sorted(set(edits), reverse=True):
        text = text[: edit.start] + edit.text + text[edit.end :]
    return text


def newline_of(source: Source) -> str:
    """The line ending of a file."""
    newline = NEWLINE.search(source.text)
    return newline[0] if newline else "\n"


def add_to_list(source: Source, keys: Keys, key: str, word: str, after: str) -> TextEdit:
    """Puts a word in front of the list at `keys` and `key`, which is made if need be, below the key `after`.

    Where the mapping has no such key, the list is its first. Raises Uneditable.
    """
    parent = source.node(*keys)
    if not isinstance(parent, MappingNode) or not parent.value:
        raise Uneditable(f"{source.path}: add `{key}: [{word}]` by hand")
    known = source.node(*keys, key)
    if isinstance(known, SequenceNode) and known.value:
        return _put_first(source, known, word)
    if known is not None:
        return TextEdit(known.start_mark.index, known.end_mark.index, f"[{word}]")
    entry, first = f"{key}: [{word}]", parent.value[0][0]
    below = next((value for name, value in parent.value if name.value == after), None)
    if parent.flow_style:
        if below is None:
            return TextEdit(first.start_mark.index, first.start_mark.index, f"{entry}, ")
        return TextEdit(below.end_mark.index, below.end_mark.index, f", {entry}")
    indent = " " * first.start_mark.column
    if below is None:
        return TextEdit(first.start_mark.index, first.start_mark.index, f"{entry}{newline_of(source)}{indent}")
    end = NEWLINE.search(source.text, below.end_mark.index)
    if end is None:
        return TextEdit(len(source.text), len(source.text), f"{newline_of(source)}{indent}{entry}")
    return TextEdit(end.start(), end.start(), f"{newline_of(source)}{indent}{entry}")


def _put_first(source: Source, known: SequenceNode, word: str) -> TextEdit:
    at = int((known.value[0] if known.flow_style else known).start_mark.index)
    if known.flow_style:
        return TextEdit(at, at, f"{word}, ")
    line_start = at - known.start_mark.column
    return TextEdit(at, at, f"- {word}{newline_of(source)}{source.text[line_start:at]}")


def set_text(source: Source, node: Node, text: str) -> TextEdit:
    """Writes a word in place of a value or key, in the quotes that it has."""
    start, end = int(node.start_mark.index), int(node.end_mark.index)
    quote = source.text[start] if source.text[start] in "\"'" else ""
    return TextEdit(start, end, f"{quote}{text}{quote}")


def key_node(source: Source, keys: Sequence[str | int]) -> Node | None:
    """The node of the last key itself."""
    parent = source.node(*keys[:-1])
    pairs = parent.value if isinstance(parent, MappingNode) else ()
    return next((name for name, _ in pairs if name.value == keys[-1]), None)
