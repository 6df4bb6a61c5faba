"""What somebody is about to write at a character of a file: the keys that lead there, and what is there so far.

The text with a mark in place of the word that is being written is read as every file is, so that an unfinished line
still has its keys.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from pydantic import BaseModel
from yaml.nodes import MappingNode, Node, ScalarNode

from generator.documents import kind_of
from generator.documents.vocabulary import Vocabulary
from generator.files.source import Source, read
from generator.findings import Keys

MARK = "zqhereqz"
BEFORE, AFTER = re.compile(r"[\w#@.-]*\Z"), re.compile(r"[\w#@.-]*")
BRACKETS = re.compile(r"\[\[[^\]|\n]*\Z")


class Aim(NamedTuple):
    """Where something is written: after `keys`, or as the last of them; it replaces the characters `start` to `end`.

    `written` is what is there up to the cursor, and `before` the value in front of that. `data` is the whole file.
    """

    keys: Keys
    is_key: bool
    start: int
    end: int
    written: str
    before: str
    data: dict[str, Any]

    @property
    def is_reference(self) -> bool:
        """Whether it is in the brackets of a reference in prose."""
        return BRACKETS.search(self.before + self.written) is not None


def aim(path: str, text: str, offset: int) -> Aim | None:
    """What is being written at a character; None if the rest of the file cannot be read."""
    start = BEFORE.search(text, 0, offset).start()  # type: ignore[union-attr]
    end = AFTER.match(text, offset).end()  # type: ignore[union-attr]
    for trial in (MARK, f"{MARK}: x"):
        source, fault = read(path, f"{text[:start]}{trial}{text[end:]}".encode("utf-8", "replace"))
        if fault is None and source.data is not None:
            for keys, is_key, value in find_mark(source):
                before = value[: value.index(MARK)]
                return Aim(keys, is_key, start, end, text[start:offset], before, source.data)
    if BRACKETS.search(text, 0, offset):
        return Aim((), False, start, end, text[start:offset], "[[", {})
    return None


def find_mark(source: Source) -> Iterator[tuple[Keys, bool, str]]:
    """The keys to the value that has the mark, whether it is the last key that has it, and the text with it."""
    if source.body_start is not None and MARK in source.text[source.body_start :]:
        yield ("text",), False, source.text[source.body_start :]
        return
    root = source.node()
    nodes: list[tuple[Node, Keys]] = [(root, ())] if root is not None else []
    while nodes:
        node, keys = nodes.pop()
        if isinstance(node, ScalarNode):
            if MARK in node.value:
                yield keys, False, node.value
        elif isinstance(node, MappingNode):
            for name, value in node.value:
                if MARK in str(name.value):
                    yield (*keys, str(name.value)), True, str(name.value)
                nodes.append((value, (*keys, str(name.value))))
        else:
            nodes += [(one, (*keys, number)) for number, one in enumerate(node.value)]


def model_for(path: str, data: dict[str, Any]) -> type[BaseModel]:
    """The model of a file."""
    kind = kind_of(path)
    model: type[BaseModel] = kind.model_of(data) if kind else Vocabulary
    return model
