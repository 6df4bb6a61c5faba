"""Reads YAML as plain data: mappings, lists, and every scalar as the text that is in the file.

Whatever could mean something other than it seems to (aliases, tags, several documents) is refused, and so is anything
that could make a reader hang.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from sys import intern
from typing import Any, NamedTuple

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode

from generator.files.broken import Broken
from generator.files.diagnosis import conflict, diagnose
from generator.files.loader import STRING, TAGS, Loader, index_of, parse_events, scalars
from generator.files.misread import LINES, Misread, find_misread
from generator.files.scan import scan
from generator.files.signs import (
    ODD,
    OPENING,
    TURNING,
    control_character,
    find_forbidden,
    odd_character,
    refuse_separators,
    refuse_turns,
    spelled_character,
)

MAX_DEPTH = 100
SUSPECT_OPENERS = 1000
DEEP = rf" {{{MAX_DEPTH}}}|(?:- ){{20}}|(?:\? ){{20}}"
SUSPECT_DEPTH = scan(DEEP)
# One look at the whole text tells that there is nothing to look for, as in nearly all files.
SUSPECT_LINES = scan(rf"<{{7}}|>{{7}}|{DEEP}|{LINES}")
SUSPECT_SIGNS = scan(f"[{ODD}{OPENING}{TURNING}\x85\u2028\u2029]")
CONFLICT = re.compile(r"^(<{7}|>{7}|\|{7})( .*)?$", re.MULTILINE)
NEWLINE = re.compile(r"\r\n|\r|\n")
SUSPECT_ANCHOR = re.compile(r"(?:^|[\s\[{,])&\S")
# At an edge of a value or of one of its lines, or after a dash that begins a line.
ODD_EDGE = re.compile(rf"(?:\A|\n) *-?(?P<first>[{ODD}])|(?P<last>[{ODD}])[ \t\r]*(?:\n|\Z)")
ODD_KEY = re.compile(rf"{ODD_EDGE.pattern}|:(?P<colon>[{ODD}])")  # of a key, after a colon too
SUSPECT_TAG = re.compile(r"(?:^|[\s\[{,])!(?:[!<]|\s)")


class Duplicate(NamedTuple):
    """A key that its mapping already had; the first one counts."""

    key: str
    start: int
    end: int


def mapping(text: str, duplicates: list[Duplicate], misread: list[Misread]) -> dict[str, Any]:
    """The data of a file. If a key appears twice, the first one counts and the second is added to `duplicates`.

    What is read as something other than it looks like is added to `misread`.
    """
    if not text.strip():
        raise empty()
    has_lines, has_signs = SUSPECT_LINES(text), not text.isascii() and SUSPECT_SIGNS(text)
    if has_lines:
        refuse_conflict(text)
    if (has_lines and SUSPECT_DEPTH(text)) or text.count("[") + text.count("{") > SUSPECT_OPENERS:
        _refuse_depth(text)
    if "&" in text and SUSPECT_ANCHOR.search(text):
        _refuse_anchors(text)
    if "!" in text and SUSPECT_TAG.search(text):
        _refuse_tags(text)
    if has_signs:
        refuse_turns(text)
        refuse_separators(text)
    root = compose(text)
    if root is not None and "\\" in text:
        _refuse_escapes(text, root)
    if root is None:
        raise Broken("contains only comments", "write the document, or remove the file")
    if not isinstance(root, MappingNode):
        raise Broken(
            "is not a mapping of keys to values",
            "begin with `id: ...` at the left edge",
            root.start_mark.index,
            root.start_mark.index,
        )
    if has_signs:
        _refuse_odd_edges(text, root)
    data = _build_plain(root, duplicates, 0)
    if has_lines or has_signs:
        misread += find_misread(text, root, has_lines, has_signs)
    assert isinstance(data, dict)
    return data


def empty() -> Broken:
    """The error for a file without content."""
    return Broken("is empty", "write the document, or remove the file; `playbook new` makes a scaffold")


def refuse_conflict(text: str) -> None:
    """Raises Broken if the text still has the markers of a git merge conflict."""
    found = CONFLICT.search(text) if "<<<<<<<" in text or ">>>>>>>" in text else None
    if found:
        raise conflict(found.start(), found.end())


def compose(text: str) -> Node | None:
    """The YAML nodes of a text, with their positions. Raises Broken."""
    loader = Loader(text)
    try:
        node: Node | None = loader.get_single_node()
        return node
    except yaml.MarkedYAMLError as error:
        raise _report_syntax(text, error) from None
    except yaml.reader.ReaderError as error:
        raise control_character(_read_codepoint(error), error.position) from None
    finally:
        loader.dispose()


def _refuse_escapes(text: str, root: Node) -> None:
    """Raises Broken if an escape spells a forbidden character: a terminal would obey it when the text is printed."""
    nodes = [root]
    while nodes:
        node = nodes.pop()
        if isinstance(node, ScalarNode):
            found = find_forbidden(node.value) if node.style == '"' else None
            if found:
                raise spelled_character(text, node.start_mark.index, node.end_mark.index, found[0])
        elif isinstance(node, MappingNode):
            nodes.extend(one for pair in reversed(node.value) for one in reversed(pair))
        else:
            nodes.extend(reversed(node.value))


def _read_codepoint(error: yaml.reader.ReaderError) -> int:
    return error.character if isinstance(error.character, int) else ord(str(error.character)[:1] or "\0")


def _refuse_depth(text: str) -> None:
    depth = 0
    for event in _read_events(text):
        depth += isinstance(event, yaml.CollectionStartEvent)
        depth -= isinstance(event, yaml.CollectionEndEvent)
        if depth > MAX_DEPTH:
            raise _report_depth(index_of(event))


def _report_depth(index: int) -> Broken:
    return Broken(f"is nested more than {MAX_DEPTH} levels deep", "write it flat", index, index + 1)


def _refuse_anchors(text: str) -> None:
    for event in _read_events(text):
        name = getattr(event, "anchor", None)
        if name:
            raise _report_anchor(event, name)


def _report_anchor(event: yaml.Event, name: str) -> Broken:
    start = index_of(event)
    if isinstance(event, yaml.AliasEvent):
        return Broken(f"uses the alias `*{name}`", "write the value out", start, start + len(name) + 1)
    hint = "quote a text that begins with `&`, or remove the anchor"
    return Broken(f"has the anchor `&{name}`, which is left out of the text", hint, start, start + len(name) + 1)


def _refuse_odd_edges(text: str, root: Node) -> None:
    """Raises Broken if a key or plain value begins or ends with a character that looks like a space and is none."""
    for _, node, is_name in scalars(root):
        start, odd = node.start_mark.index, ODD_KEY if is_name else ODD_EDGE
        if not node.style and (found := odd.search(text[start : node.end_mark.index])):
            raise odd_character(text, start + found.start(found.lastgroup or 0))


def _refuse_tags(text: str) -> None:
    """Raises Broken even for redundant tags such as `!!str`, which look the same as no tag at all in the nodes."""
    for event in _read_events(text):
        tag = getattr(event, "tag", None)
        if tag:
            raise _report_tag(tag, index_of(event), index_of(event) + 1)


def _read_events(text: str) -> Iterator[yaml.Event]:
    try:
        yield from parse_events(text)
    except yaml.MarkedYAMLError as error:
        raise _report_syntax(text, error) from None
    except yaml.reader.ReaderError:
        return


def _report_syntax(text: str, error: yaml.MarkedYAMLError) -> Broken:
    if "nesting depth" in (error.problem or "") and error.problem_mark:
        _refuse_depth(text[: error.problem_mark.index])  # newer parsers give up before they report the levels above
    return diagnose(text, error)


def _build_plain(node: Node, duplicates: list[Duplicate], depth: int) -> Any:
    """A node as a dictionary, list or text; an empty value is None."""
    if node.tag != TAGS[type(node)]:
        raise _report_tag(node.tag, node.start_mark.index, node.start_mark.index + 1)
    if type(node) is ScalarNode:
        return node.value if node.value or node.style else None
    if depth >= MAX_DEPTH:
        raise _report_depth(node.start_mark.index)
    if type(node) is not MappingNode:
        return [_build_plain(item, duplicates, depth + 1) for item in node.value]
    data: dict[str, Any] = {}
    for key_node, value in node.value:
        key = key_node.value
        if type(key_node) is not ScalarNode or not key or key_node.tag != STRING:
            raise _report_key(key_node)
        if key in data:
            duplicates.append(Duplicate(key, key_node.start_mark.index, key_node.end_mark.index))
        elif type(value) is ScalarNode and value.value and value.tag == STRING:
            data[intern(key)] = value.value  # nearly every value of a library, without a call for each
        else:
            data[intern(key)] = _build_plain(value, duplicates, depth + 1)  # it has a million keys of a hundred names
    return data


def _report_key(node: Node) -> Broken:
    mark = node.start_mark.index
    if type(node) is not ScalarNode or not node.value:
        return Broken("has a key that is not a word", "write `key: value`", mark, mark + 1)
    return _report_tag(node.tag, mark, mark + 1)


def _report_tag(tag: str, start: int, end: int) -> Broken:
    name = tag.replace("tag:yaml.org,2002:", "!!")
    return Broken(f"uses the tag `{name}`", "remove the tag; quote a text that begins with `!`", start, end)
