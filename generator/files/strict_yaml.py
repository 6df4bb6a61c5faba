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

from generator.files.broken import Broken
from generator.files.signs import SEPARATOR, control, in_escapes, refuse_turns, spelled

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
    data = _plain(root, duplicates, 0)
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
        raise _syntax(text, error) from None
    except yaml.reader.ReaderError as error:
        raise control(_codepoint(error), error.position) from None
    finally:
        loader.dispose()


def _refuse_escapes(text: str, root: Node) -> None:
    """Escapes spell what a text may not hold as it is: a terminal would obey it."""
    nodes = [root]
    while nodes:
        node = nodes.pop()
        if isinstance(node, ScalarNode):
            found = in_escapes(node.value) if node.style == '"' else None
            if found:
                raise spelled(text, node.start_mark.index, node.end_mark.index, found[0])
        elif isinstance(node, MappingNode):
            nodes.extend(one for pair in reversed(node.value) for one in reversed(pair))
        else:
            nodes.extend(reversed(node.value))


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
    if node.tag != TAGS[type(node)]:
        raise _tagged(node.tag, node.start_mark.index, node.start_mark.index + 1)
    if type(node) is ScalarNode:
        return node.value if node.value or node.style else None
    if depth >= MAX_DEPTH:
        raise _too_deep(node.start_mark.index)
    if type(node) is not MappingNode:
        return [_plain(item, duplicates, depth + 1) for item in node.value]
    data: dict[str, Any] = {}
    for key_node, value in node.value:
        key = _key(key_node)
        if key in data:
            duplicates.append(Duplicate(key, key_node.start_mark.index, key_node.end_mark.index))
        elif type(value) is ScalarNode and value.value and value.tag == STRING:
            data[key] = value.value  # nearly all of a library, without a call for each
        else:
            data[key] = _plain(value, duplicates, depth + 1)
    return data


def _key(node: Node) -> str:
    mark = node.start_mark.index
    if type(node) is not ScalarNode or not node.value:
        raise Broken("has a key that is not a word", "write `key: value`", mark, mark + 1)
    if node.tag != STRING:
        raise _tagged(node.tag, node.start_mark.index, node.start_mark.index + 1)
    return intern(node.value)  # a library has a million keys of a hundred names


def _tagged(tag: str, start: int, end: int) -> Broken:
    name = tag.replace("tag:yaml.org,2002:", "!!")
    return Broken(f"uses the tag `{name}`", "remove the tag; quote a text that begins with `!`", start, end)
