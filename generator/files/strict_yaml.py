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
from yaml._yaml import CParser
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from generator.files.broken import Broken
from generator.files.signs import SEPARATOR, control_character, find_forbidden, refuse_turns, spelled_character

MAX_DEPTH = 100
SUSPECT_OPENERS = 1000
SUSPECT_INDENTS = (" " * MAX_DEPTH, "- " * 20, "? " * 20)
CONFLICT = re.compile(r"^(<{7}|>{7}|\|{7})( .*)?$", re.MULTILINE)
NEWLINE = re.compile(r"\r\n|\r|\n")
SUSPECT_TAG = re.compile(r"(?:^|[\s\[{,])!(?:[!<]|\s)")
STRING, MAPPING, SEQUENCE = (f"tag:yaml.org,2002:{name}" for name in ("str", "map", "seq"))
TAGS: dict[type[Node], str] = {ScalarNode: STRING, MappingNode: MAPPING, SequenceNode: SEQUENCE}


class _Loader(CParser):
    """PyYAML's C composer without its guesses about types, which took a tenth of the time of a large library."""

    def resolve(self, kind: type[Node], value: Any, implicit: Any) -> str:
        return TAGS[kind]

    def descend_resolver(self, node: Any, index: Any) -> None:
        pass

    def ascend_resolver(self) -> None:
        pass


class Duplicate(NamedTuple):
    """A key that its mapping already had; the first one counts."""

    key: str
    start: int
    end: int


def mapping(text: str, duplicates: list[Duplicate]) -> dict[str, Any]:
    """The data of a file. If a key appears twice, the first one counts and the second is added to `duplicates`."""
    if not text.strip():
        raise empty()
    refuse_conflict(text)
    if text.count("[") + text.count("{") > SUSPECT_OPENERS or any(sign in text for sign in SUSPECT_INDENTS):
        _refuse_depth(text)
    if "*" in text and "&" in text:
        _refuse_aliases(text)
    if "!" in text and SUSPECT_TAG.search(text):
        _refuse_tags(text)
    if not text.isascii():
        refuse_turns(text)
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
    data = _build_plain(root, duplicates, 0)
    assert isinstance(data, dict)
    return data


def empty() -> Broken:
    """The error for a file without content."""
    return Broken("is empty", "write the document, or remove the file; `playbook new` makes a scaffold")


def refuse_conflict(text: str) -> None:
    """Raises Broken if the text still has the markers of a git merge conflict."""
    conflict = CONFLICT.search(text) if "<<<<<<<" in text or ">>>>>>>" in text else None
    if conflict:
        hint = "keep one of the two versions"
        raise Broken("contains an unresolved merge conflict", hint, conflict.start(), conflict.end())


def compose(text: str) -> Node | None:
    """The YAML nodes of a text, with their positions. Raises Broken."""
    loader = _Loader(text)
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


def _report_syntax(text: str, error: yaml.MarkedYAMLError) -> Broken:
    mark = error.problem_mark or error.context_mark
    index = mark.index if mark else 0
    problem = error.problem or "cannot be parsed"
    line = text[text.rfind("\n", 0, index) + 1 :].split("\n", 1)[0]
    if "nesting depth" in problem:
        _refuse_depth(text[:index])  # newer parsers give up before they report the levels above
    if "expected a single document" in (error.context or ""):
        return Broken("contains more than one document", "one document per file: remove `---`", index, index + 3)
    if "\t" in line[: len(line) - len(line.lstrip())] or (problem.endswith("cannot start any token") and "\t" in line):
        return Broken("is indented with a tab", "use spaces", index, index + 1)
    separator = SEPARATOR.search(text, max(0, index - len(line) - 200), index + 1)
    if separator:
        at = separator.start()
        return Broken(f"contains the invisible line break U+{ord(separator[0]):04X}", "remove it", at, at + 1)
    opened = _find_runaway_quote(text, error, index)
    if opened is not None:
        return Broken("opens quotes that do not close here", "close the quotes", opened, opened + 1)
    if "undefined alias" in problem:
        return Broken("uses an alias that nothing defines", "quote a text that begins with `*`", index, index + 1)
    if (error.context or "").endswith(("scanning an alias", "scanning an anchor")) and error.context_mark:
        index = error.context_mark.index
        return Broken(f"is not valid YAML: {problem}", "quote a text that begins with `*` or `&`", index, index + 1)
    return Broken(f"is not valid YAML: {problem}", _hint_at_syntax(problem), index, index + 1)


def _find_runaway_quote(text: str, error: yaml.MarkedYAMLError, index: int) -> int | None:
    """Where quotes opened that run across the lines before the error; None if there are no such quotes."""
    if "quoted scalar" in (error.context or "") and error.context_mark:
        return error.context_mark.index
    line_start = text.rfind("\n", 0, index) + 1
    loader = _Loader(text)
    opened = None
    try:
        while loader.check_event():
            event = loader.get_event()
            if isinstance(event, yaml.ScalarEvent) and event.style in ("'", '"') and event.end_mark:
                runs = _index(event) < line_start <= event.end_mark.index
                opened = _index(event) if runs else opened
    except yaml.YAMLError:
        return opened
    finally:
        loader.dispose()
    return opened


def _hint_at_syntax(problem: str) -> str:
    if "mapping values are not allowed" in problem:
        return "put quotes around a text that contains `: `, or fix the indentation"
    if "did not find expected" in problem or "could not find expected" in problem:
        return "check the indentation, quotes and brackets of this line and the one before"
    if "cannot start any token" in problem:
        return "put quotes around the text"
    return "fix the line; a text that contains `: `, ` #` or quotes must be in quotes"


def _refuse_depth(text: str) -> None:
    depth = 0
    for event in _read_events(text):
        depth += isinstance(event, yaml.CollectionStartEvent)
        depth -= isinstance(event, yaml.CollectionEndEvent)
        if depth > MAX_DEPTH:
            raise _report_depth(_index(event))


def _report_depth(index: int) -> Broken:
    return Broken(f"is nested more than {MAX_DEPTH} levels deep", "write it flat", index, index + 1)


def _refuse_aliases(text: str) -> None:
    for event in _read_events(text):
        if isinstance(event, yaml.AliasEvent):
            mark = _index(event)
            name = f"*{event.anchor}"
            raise Broken(f"uses the alias `{name}`", "write the value out", mark, mark + len(name))


def _refuse_tags(text: str) -> None:
    """Raises Broken even for redundant tags such as `!!str`, which look the same as no tag at all in the nodes."""
    for event in _read_events(text):
        tag = getattr(event, "tag", None)
        if tag:
            raise _report_tag(tag, _index(event), _index(event) + 1)


def _index(event: yaml.Event) -> int:
    return event.start_mark.index if event.start_mark else 0


def _read_events(text: str) -> Iterator[yaml.Event]:
    loader = _Loader(text)
    try:
        while loader.check_event():
            event = loader.get_event()
            assert event is not None
            yield event
    except yaml.MarkedYAMLError as error:
        raise _report_syntax(text, error) from None
    except yaml.reader.ReaderError:
        return
    finally:
        loader.dispose()


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
        key = _read_key(key_node)
        if key in data:
            duplicates.append(Duplicate(key, key_node.start_mark.index, key_node.end_mark.index))
        elif type(value) is ScalarNode and value.value and value.tag == STRING:
            data[key] = value.value  # nearly every value of a library, without a call for each
        else:
            data[key] = _build_plain(value, duplicates, depth + 1)
    return data


def _read_key(node: Node) -> str:
    mark = node.start_mark.index
    if type(node) is not ScalarNode or not node.value:
        raise Broken("has a key that is not a word", "write `key: value`", mark, mark + 1)
    if node.tag != STRING:
        raise _report_tag(node.tag, node.start_mark.index, node.start_mark.index + 1)
    return intern(node.value)  # a library has a million keys of a hundred names


def _report_tag(tag: str, start: int, end: int) -> Broken:
    name = tag.replace("tag:yaml.org,2002:", "!!")
    return Broken(f"uses the tag `{name}`", "remove the tag; quote a text that begins with `!`", start, end)
