"""Says where in a document something is, in words that stay the same while lines move: `steps/verify/text`."""

from __future__ import annotations

from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from generator.files.source import Source
from generator.findings import Place

NAMES = ("id", "section", "name", "version")  # the keys of which the first that an item of a list has tells it apart


def spell_place(source: Source, place: Place) -> str:
    """The keys that lead to a place, from the outermost; an item of a list by its id, or not at all if it has none.

    Empty for a file without any data, and for a place in none of its keys.
    """
    if source.data is None:
        return ""
    index = source.indexes(place)[0]
    if source.body_start is not None and index >= source.body_start:
        return "text"
    names: list[str] = []
    node = source.node()
    while node is not None:
        name, node = _find_child(node, index)
        names += [name] if name else []
    return "/".join(names)


def _find_child(node: Node, index: int) -> tuple[str, Node | None]:
    """The name of the entry of a node that has a character, and its value; no value if the character is in the key."""
    if isinstance(node, MappingNode):
        for key, value in node.value:
            if key.start_mark.index <= index < max(value.end_mark.index, key.end_mark.index):
                return str(key.value), value if index >= value.start_mark.index else None
    if isinstance(node, SequenceNode):
        for item in node.value:
            if item.start_mark.index <= index < item.end_mark.index:
                return _name_item(item), item
    return "", None


def _name_item(item: Node) -> str:
    if not isinstance(item, MappingNode):
        return ""
    values = {key.value: value.value for key, value in item.value if isinstance(value, ScalarNode)}
    return next((str(values[name]) for name in NAMES if name in values), "")
