"""PyYAML's C parser without its guesses about types: the nodes and the events of a text."""

from __future__ import annotations

import operator
from collections.abc import Iterator
from typing import Any

import yaml
from yaml._yaml import CParser
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from generator.findings import Keys

STRING, MAPPING, SEQUENCE = (f"tag:yaml.org,2002:{name}" for name in ("str", "map", "seq"))
TAGS: dict[type[Node], str] = {ScalarNode: STRING, MappingNode: MAPPING, SequenceNode: SEQUENCE}


class Loader(CParser):
    """PyYAML's C composer without its guesses about types, which took a tenth of the time of a large library."""

    def resolve(self, kind: type[Node], value: Any, implicit: Any) -> str:
        return TAGS[kind]

    # It calls these for each node and looks at no answer: something that does nothing, without a call of Python.
    descend_resolver = operator.is_
    ascend_resolver = tuple


def parse_events(text: str) -> Iterator[yaml.Event]:
    """The events of a text up to its end, or up to where it stops being YAML; then it raises yaml.YAMLError."""
    loader = Loader(text)
    try:
        while loader.check_event():
            event = loader.get_event()
            assert event is not None
            yield event
    finally:
        loader.dispose()


def index_of(event: yaml.Event) -> int:
    """Where an event begins."""
    return event.start_mark.index if event.start_mark else 0


def scalars(root: Node) -> Iterator[tuple[Keys, ScalarNode, bool]]:
    """Every scalar with the keys that lead to it, in the order of the file, and whether it is the name of a key."""
    nodes: list[tuple[Keys, Node, bool]] = [((), root, False)]
    while nodes:
        keys, node, is_name = nodes.pop()
        if isinstance(node, ScalarNode):
            yield keys, node, is_name
        elif isinstance(node, MappingNode):
            for name, value in reversed(node.value):
                nodes += [((*keys, name.value), value, False), (keys, name, True)]
        else:
            nodes += [((*keys, number), item, False) for number, item in reversed(list(enumerate(node.value)))]
