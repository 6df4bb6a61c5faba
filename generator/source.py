"""In goes the bytes of one file, out comes its plain data, and on request the place of any part of it.

Every scalar stays the text that stands in the file. Places are not kept: a clean run needs none, so a
finding looks its place up by reading the one file again.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from codecs import BOM_UTF8
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, NamedTuple

import yaml
from yaml._yaml import CParser
from yaml.nodes import MappingNode, Node, ScalarNode
from yaml.resolver import BaseResolver

from generator.findings import Finding, Keys, Place, Spot, spelling

MAX_DEPTH = 100
SUSPECT_OPENERS = 1000
SUSPECT_INDENTS = (" " * MAX_DEPTH, "- " * 20, "? " * 20)
CONFLICT = re.compile(r"^(<{7}|>{7}|\|{7})( .*)?$", re.MULTILINE)
NEWLINE = re.compile(r"\r\n|\r|\n")
SEPARATOR = re.compile("[\x85\u2028\u2029]")
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]")
SUSPECT_TAG = re.compile(r"(?:^|[\s\[{,])!(?:[!<]|\s)")
FENCE = re.compile(r"^---[ \t]*\r?$", re.MULTILINE)
STRING = "tag:yaml.org,2002:str"


class _Loader(CParser, BaseResolver):
    """PyYAML's C composer without its guesses about types."""

    def __init__(self, text: str) -> None:
        CParser.__init__(self, text)
        BaseResolver.__init__(self)


class Broken(Exception):
    """Text that cannot be read as one plain YAML mapping; `start` and `end` count characters."""

    code = "invalid-yaml"

    def __init__(self, message: str, hint: str, start: int = 0, end: int = 0) -> None:
        super().__init__(message)
        self.hint = hint
        self.start = start
        self.end = end


class Encoded(Broken):
    """Bytes that are not UTF-8."""

    code = "unreadable-file"


class Duplicate(NamedTuple):
    """A key that its mapping already had; the first one counts."""

    key: str
    start: int
    end: int


@dataclass
class Source:
    """One file: its text without a byte order mark, and its plain data (None where it is unreadable)."""

    path: str
    text: str = ""
    data: dict[str, Any] | None = None
    duplicates: list[Duplicate] = field(default_factory=list)
    body_start: int | None = None
    left_out: list[tuple[Keys, int]] = field(default_factory=list)

    @cached_property
    def _line_starts(self) -> list[int]:
        return [0, *(match.end() for match in NEWLINE.finditer(self.text))]

    @cached_property
    def lines(self) -> list[str]:
        return NEWLINE.split(self.text)

    @cached_property
    def _root(self) -> Node | None:
        return _compose(self._yaml) if self._yaml.strip() else None

    @property
    def _yaml(self) -> str:
        return self.text if self.body_start is None else front(self.text)[0]

    def place(self, start: int, end: int) -> Place:
        """The place of the characters from `start` up to `end`."""
        line, column = self._line_column(start)
        end_line, end_column = self._line_column(max(start, end))
        return Place(self.path, line, column, end_line, end_column)

    def _line_column(self, index: int) -> tuple[int, int]:
        line = bisect_right(self._line_starts, min(index, len(self.text)))
        return line, min(index, len(self.text)) - self._line_starts[line - 1] + 1

    def locate(self, spot: Spot) -> Place:
        """The place of a spot; where the file does not hold all of it, of the nearest thing that it holds."""
        return self.place(*self.span(spot))

    def span(self, spot: Spot) -> tuple[int, int]:
        """The characters of a spot, from the first up to the one after the last."""
        if self.body_start is not None and spot.keys[:1] == ("text",):
            return self._narrow(spot, self.body_start, len(self.text), whole=False)
        if self._root is None:
            return 0, 0
        node, key = _descend(self._root, self._keys_in_file(spot.keys))
        if spot.key and key is not None:
            return key.start_mark.index, key.end_mark.index
        start, end = node.start_mark.index, node.end_mark.index
        if isinstance(node, MappingNode) and not spot.found:
            first = node.value[0][0] if node.value else node
            return start, first.end_mark.index
        return self._narrow(spot, start, end, whole=True)

    def node(self, *keys: str | int) -> Node | None:
        """The YAML node at the end of the keys; None where the file has none there."""
        node: Node | None = self._root
        for number in range(len(keys)):
            found = _descend(node, keys[number : number + 1]) if node is not None else (None, None)
            node = found[0] if found[0] is not node else None
        return node

    def _keys_in_file(self, keys: Keys) -> Keys:
        """Keys of the data as keys of the file: what was left out of a list moved the rest of it up."""
        for container, index in reversed(self.left_out):
            depth = len(container)
            here = keys[depth] if len(keys) > depth and keys[:depth] == container else None
            if isinstance(here, int) and here >= index:
                keys = (*container, here + 1, *keys[depth + 1 :])
        return keys

    def _narrow(self, spot: Spot, start: int, end: int, whole: bool) -> tuple[int, int]:
        if spot.found:
            matches = list(spelling(spot.found).finditer(self.text, start, end))
            if matches:
                return matches[min(spot.nth, len(matches) - 1)].span()
        text = self.text[start : end if whole else start].rstrip()
        first_line = NEWLINE.split(text)[0] if text else ""
        return start, start + len(first_line)


def read(path: str, raw: bytes) -> tuple[Source, Finding | None]:
    """One file as a source; a finding says why there is no data in it."""
    source = Source(path)
    try:
        _decode(source, raw)
        if path.endswith(".md"):
            _read_page(source)
        else:
            source.data = _mapping(source, source.text)
    except Broken as fault:
        place = source.place(fault.start, fault.end)
        return source, Finding(place, fault.code, "error", str(fault), fault.hint)
    return source, None


def _decode(source: Source, raw: bytes) -> None:
    """Fills in the text, as well as it goes where the bytes are not UTF-8: it may name other documents."""
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff") or raw[:4].count(0) >= 2:
        source.text = raw.replace(b"\0", b"").decode("utf-8", "ignore")
        raise Encoded("is UTF-16 or UTF-32", "save the file as UTF-8")
    raw = raw.removeprefix(BOM_UTF8)
    try:
        source.text = raw.decode()
    except UnicodeDecodeError as error:
        source.text = raw.decode("utf-8", "replace")
        index = len(raw[: error.start].decode())
        raise Encoded("is not UTF-8", "save the file as UTF-8", index, index + 1) from None


def _read_page(source: Source) -> None:
    header, body_start = front(source.text)
    source.body_start = body_start
    _refuse_conflict(source.text)
    control = CONTROL.search(source.text, body_start)
    if control:
        raise _control(ord(control[0]), control.start())
    if not source.text.strip():
        raise _empty()
    if not header.strip():
        raise Broken("has no front matter", "begin with `---`, `title: ...`, `owner: ...`, `summary: ...` and `---`")
    source.data = _mapping(source, header)
    if "text" in source.data:
        raise Broken("has the key `text` in its front matter", "write the text below the front matter")
    source.data["text"] = NEWLINE.sub("\n", source.text[body_start:])


def front(text: str) -> tuple[str, int]:
    """The front matter, padded so that its places are those of the file, and where the body begins."""
    opening = FENCE.match(text)
    closing = FENCE.search(text, opening.end()) if opening else None
    if opening is None or closing is None:
        return "", 0
    after = closing.end()
    newline = NEWLINE.match(text, after)
    return " " * 3 + text[3 : closing.start()], newline.end() if newline else after


def _mapping(source: Source, text: str) -> dict[str, Any]:
    if not text.strip():
        raise _empty()
    _refuse_conflict(text)
    if text.count("[") + text.count("{") > SUSPECT_OPENERS or any(sign in text for sign in SUSPECT_INDENTS):
        _refuse_depth(text)
    if "*" in text and "&" in text:
        _refuse_aliases(text)
    if "!" in text and SUSPECT_TAG.search(text):
        _refuse_tags(text)
    root = _compose(text)
    if root is None:
        raise Broken("holds comments only", "write the document, or remove the file")
    if not isinstance(root, MappingNode):
        raise Broken(
            "is not a mapping of keys to values",
            "begin with `id: ...` at the left edge",
            root.start_mark.index,
            root.start_mark.index,
        )
    data = _plain(root, source.duplicates, 0)
    assert isinstance(data, dict)
    return data


def _empty() -> Broken:
    return Broken("is empty", "write the document, or remove the file; `playbook new` makes a scaffold")


def _refuse_conflict(text: str) -> None:
    conflict = CONFLICT.search(text) if "<<<<<<<" in text or ">>>>>>>" in text else None
    if conflict:
        hint = "keep one of the two versions"
        raise Broken("holds an unresolved merge conflict", hint, conflict.start(), conflict.end())


def _compose(text: str) -> Node | None:
    loader = _Loader(text)
    try:
        node: Node | None = loader.get_single_node()
        return node
    except yaml.MarkedYAMLError as error:
        raise _syntax(text, error) from None
    except yaml.reader.ReaderError as error:
        raise _control(_codepoint(error), error.position) from None
    finally:
        loader.dispose()


def _control(codepoint: int, index: int) -> Broken:
    return Broken(f"holds the control character U+{codepoint:04X}", "remove it", index, index + 1)


def _codepoint(error: yaml.reader.ReaderError) -> int:
    return error.character if isinstance(error.character, int) else ord(str(error.character)[:1] or "\0")


def _syntax(text: str, error: yaml.MarkedYAMLError) -> Broken:
    mark = error.problem_mark or error.context_mark
    index = mark.index if mark else 0
    problem = error.problem or "cannot be parsed"
    line = text[text.rfind("\n", 0, index) + 1 :].split("\n", 1)[0]
    if "nesting depth" in problem:
        _refuse_depth(text[:index])  # newer parsers give up before they tell of the levels above
    if "expected a single document" in (error.context or ""):
        return Broken("holds more than one document", "one file, one document: remove `---`", index, index + 3)
    if "\t" in line[: len(line) - len(line.lstrip())] or (problem.endswith("cannot start any token") and "\t" in line):
        return Broken("is indented with a tab", "use spaces", index, index + 1)
    separator = SEPARATOR.search(text, max(0, index - len(line) - 200), index + 1)
    if separator:
        at = separator.start()
        return Broken(f"holds the invisible line break U+{ord(separator[0]):04X}", "remove it", at, at + 1)
    opened = _runaway_quote(text, error, index)
    if opened is not None:
        return Broken("opens quotes that do not close here", "close the quotes", opened, opened + 1)
    if "undefined alias" in problem:
        return Broken("uses an alias that nothing defines", "quote a text that begins with `*`", index, index + 1)
    if (error.context or "").endswith(("scanning an alias", "scanning an anchor")) and error.context_mark:
        index = error.context_mark.index
        return Broken(f"is not valid YAML: {problem}", "quote a text that begins with `*` or `&`", index, index + 1)
    return Broken(f"is not valid YAML: {problem}", _syntax_hint(problem), index, index + 1)


def _runaway_quote(text: str, error: yaml.MarkedYAMLError, index: int) -> int | None:
    """Where the quotes began that swallowed the lines before the error; None where there are none."""
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


def _syntax_hint(problem: str) -> str:
    if "mapping values are not allowed" in problem:
        return "put quotes around a text that holds `: `, or mend the indentation"
    if "did not find expected" in problem or "could not find expected" in problem:
        return "look at the indentation, quotes and brackets of this line and the one before"
    if "cannot start any token" in problem:
        return "put quotes around the text"
    return "mend the line; a text with `: `, ` #` or quotes in it needs quotes around it"


def _refuse_depth(text: str) -> None:
    depth = 0
    for event in _events(text):
        depth += isinstance(event, yaml.CollectionStartEvent)
        depth -= isinstance(event, yaml.CollectionEndEvent)
        if depth > MAX_DEPTH:
            raise _too_deep(_index(event))


def _too_deep(index: int) -> Broken:
    return Broken(f"is nested more than {MAX_DEPTH} levels deep", "write it flat", index, index + 1)


def _refuse_aliases(text: str) -> None:
    for event in _events(text):
        if isinstance(event, yaml.AliasEvent):
            mark = _index(event)
            name = f"*{event.anchor}"
            raise Broken(f"uses the alias `{name}`", "write the value out", mark, mark + len(name))


def _refuse_tags(text: str) -> None:
    """Tags that say what is so anyway, as `!!str`: the nodes do not tell them from no tag at all."""
    for event in _events(text):
        tag = getattr(event, "tag", None)
        if tag:
            raise _tagged(tag, _index(event), _index(event) + 1)


def _index(event: yaml.Event) -> int:
    return event.start_mark.index if event.start_mark else 0


def _events(text: str) -> Iterator[yaml.Event]:
    loader = _Loader(text)
    try:
        while loader.check_event():
            event = loader.get_event()
            assert event is not None
            yield event
    except yaml.MarkedYAMLError as error:
        raise _syntax(text, error) from None
    except yaml.reader.ReaderError:
        return
    finally:
        loader.dispose()


def _plain(node: Node, duplicates: list[Duplicate], depth: int) -> Any:
    """Nodes as dictionaries, lists and texts; an empty value is None."""
    if type(node) is ScalarNode:
        if node.tag != STRING:
            raise _tagged(node.tag, node.start_mark.index, node.start_mark.index + 1)
        return node.value if node.value or node.style else None
    if depth >= MAX_DEPTH:
        raise _too_deep(node.start_mark.index)
    if type(node) is not MappingNode:
        if node.tag != "tag:yaml.org,2002:seq":
            raise _tagged(node.tag, node.start_mark.index, node.start_mark.index + 1)
        return [_plain(item, duplicates, depth + 1) for item in node.value]
    if node.tag != "tag:yaml.org,2002:map":
        raise _tagged(node.tag, node.start_mark.index, node.start_mark.index + 1)
    data: dict[str, Any] = {}
    for key_node, value_node in node.value:
        key = _key(key_node)
        if key in data:
            duplicates.append(Duplicate(key, key_node.start_mark.index, key_node.end_mark.index))
            continue
        data[key] = _plain(value_node, duplicates, depth + 1)
    return data


def _key(node: Node) -> str:
    mark = node.start_mark.index
    if type(node) is not ScalarNode or not node.value:
        raise Broken("has a key that is not a word", "write `key: value`", mark, mark + 1)
    if node.tag != STRING:
        raise _tagged(node.tag, node.start_mark.index, node.start_mark.index + 1)
    return str(node.value)


def _tagged(tag: str, start: int, end: int) -> Broken:
    name = tag.replace("tag:yaml.org,2002:", "!!")
    return Broken(f"uses the tag `{name}`", "remove the tag; quote a text that begins with `!`", start, end)


def _descend(node: Node, keys: Keys) -> tuple[Node, Node | None]:
    """The node at the end of the keys, or the last one on the way, with the key that led to it."""
    key_node: Node | None = None
    for key in keys:
        if isinstance(node, MappingNode):
            for candidate, value in node.value:
                if candidate.value == key:
                    key_node, node = candidate, value
                    break
            else:
                break
        elif isinstance(node.value, list) and isinstance(key, int) and key < len(node.value):
            key_node, node = None, node.value[key]
        else:
            break
    return node, key_node
