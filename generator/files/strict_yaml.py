"""In goes YAML text, out comes its plain data: mappings, lists and the texts that stand in the file, or what is wrong.

Whatever could mean something else than it seems (aliases, tags, several documents) is refused, and so is what could
make a reader hang.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from sys import intern
from typing import Any, NamedTuple

import yaml
from yaml._yaml import CParser
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

MAX_DEPTH = 100
SUSPECT_OPENERS = 1000
SUSPECT_INDENTS = (" " * MAX_DEPTH, "- " * 20, "? " * 20)
CONFLICT = re.compile(r"^(<{7}|>{7}|\|{7})( .*)?$", re.MULTILINE)
NEWLINE = re.compile(r"\r\n|\r|\n")
SEPARATOR = re.compile("[\x85\u2028\u2029]")
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufdd0-\ufdef\ufffe\uffff]")
ESCAPED_CONTROL = re.compile(f"{CONTROL.pattern}|\r(?!\n)")
ESCAPE = re.compile(r"\\(?:x([0-9A-Fa-f]{2})|u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))", re.DOTALL)
SHORT_ESCAPES = {"0": 0, "a": 7, "b": 8, "v": 11, "f": 12, "r": 13, "e": 27}
CLOSERS = dict.fromkeys("\u202a\u202b", "\u202c") | dict.fromkeys("\u2066\u2067\u2068", "\u2069")
LINE_ENDS = "\n\r\x85\u2028\u2029"
TURNED = re.compile("[\u202a-\u202e\u2066-\u2069\ufdd0-\ufdef]")
TURN = re.compile(f"{TURNED.pattern}|[{LINE_ENDS}]")
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


def mapping(text: str, duplicates: list[Duplicate]) -> dict[str, Any]:
    """The data of a file; of a key that stands twice the first counts, and the other is added to the duplicates."""
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
        raise Broken("holds comments only", "write the document, or remove the file")
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
    """That there is nothing to read."""
    return Broken("is empty", "write the document, or remove the file; `playbook new` makes a scaffold")


def refuse_conflict(text: str) -> None:
    """Raises Broken where git left both sides of a conflict."""
    conflict = CONFLICT.search(text) if "<<<<<<<" in text or ">>>>>>>" in text else None
    if conflict:
        hint = "keep one of the two versions"
        raise Broken("holds an unresolved merge conflict", hint, conflict.start(), conflict.end())


def compose(text: str) -> Node | None:
    """The nodes of a text, which know their places. Raises Broken."""
    loader = _Loader(text)
    try:
        node: Node | None = loader.get_single_node()
        return node
    except yaml.MarkedYAMLError as error:
        raise _report_syntax(text, error) from None
    except yaml.reader.ReaderError as error:
        raise control(_read_codepoint(error), error.position) from None
    finally:
        loader.dispose()


def control(codepoint: int, index: int) -> Broken:
    """That there is a character that nobody sees."""
    return Broken(f"holds the control character U+{codepoint:04X}", "remove it", index, index + 1)


def refuse_turns(text: str, start: int = 0) -> None:
    """Raises Broken at a sign that hides what a text says: one for no text, or a turn of its direction.

    Overrides are never right. Embeddings and isolates belong to letters that run from right to left; what one does not
    close in its line shows words in an order in which nobody wrote them.
    """
    found = next(_find_turns(text, start), None)
    if found is None:
        return
    sign, index = found[0], found.start()
    if sign in CLOSERS:
        hint = f"close it in its line with U+{ord(CLOSERS[sign]):04X}, or remove it"
        raise Broken(f"holds U+{ord(sign):04X}, which turns the direction of the text", hint, index, index + 1)
    raise control(ord(sign), index)


def _find_turns(text: str, start: int = 0) -> Iterator[re.Match[str]]:
    """Every sign that is never right, or turns the direction and is not closed in its line."""
    opened: list[re.Match[str]] = []
    for found in TURN.finditer(text, start) if TURNED.search(text, start) else ():
        sign = found[0]
        if sign in CLOSERS:
            opened.append(found)
        elif sign in LINE_ENDS:
            yield from opened
            opened.clear()
        elif opened and CLOSERS[opened[-1][0]] == sign:
            opened.pop()
        else:
            yield found
    yield from opened


def without_turns(text: str) -> str:
    """Text without the signs that `refuse_turns` refuses."""
    wrong = {found.start() for found in _find_turns(text)}
    return "".join(sign for at, sign in enumerate(text) if at not in wrong) if wrong else text


def _refuse_escapes(text: str, root: Node) -> None:
    """Escapes spell what a text may not hold as it is: a terminal would obey it."""
    nodes = [root]
    while nodes:
        node = nodes.pop()
        if isinstance(node, ScalarNode):
            found = (
                (ESCAPED_CONTROL.search(node.value) or next(_find_turns(node.value), None))
                if node.style == '"'
                else None
            )
            if found:
                _refuse_spelled(text, node, found[0])
        elif isinstance(node, MappingNode):
            nodes.extend(one for pair in reversed(node.value) for one in reversed(pair))
        else:
            nodes.extend(reversed(node.value))


def _refuse_spelled(text: str, node: Node, sign: str) -> None:
    """Raises Broken at the escape that spells the sign; at the value where none does."""
    start = end = node.start_mark.index
    for escape in ESCAPE.finditer(text, start, node.end_mark.index):
        digits = escape[1] or escape[2] or escape[3]
        if (int(digits, 16) if digits else SHORT_ESCAPES.get(escape[4])) == ord(sign):
            start, end = escape.span()
            break
    raise Broken(f"holds the control character U+{ord(sign):04X}", "remove it", start, max(end, start + 1))


def _read_codepoint(error: yaml.reader.ReaderError) -> int:
    return error.character if isinstance(error.character, int) else ord(str(error.character)[:1] or "\0")


def _report_syntax(text: str, error: yaml.MarkedYAMLError) -> Broken:
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


def _hint_at_syntax(problem: str) -> str:
    if "mapping values are not allowed" in problem:
        return "put quotes around a text that holds `: `, or fix the indentation"
    if "did not find expected" in problem or "could not find expected" in problem:
        return "look at the indentation, quotes and brackets of this line and the one before"
    if "cannot start any token" in problem:
        return "put quotes around the text"
    return "fix the line; a text with `: `, ` #` or quotes in it needs quotes around it"


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
    """Tags that say what is so anyway, as `!!str`: the nodes do not tell them from no tag at all."""
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
    """Nodes as dictionaries, lists and texts; an empty value is None."""
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
            data[key] = value.value  # nearly all of a library, without a call for each
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
