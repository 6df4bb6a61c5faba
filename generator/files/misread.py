"""Finds texts that are valid YAML and mean something other than what an author sees: cut at ` #`, or run together."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from yaml.nodes import Node, ScalarNode

from generator.files.loader import scalars
from generator.files.yaml_lines import ENTRY, KEY, find_column
from generator.findings import Keys

QUOTES = "\"'"
TRIED = 20  # lines of one text that may be run together with others
DEEPEST = 16  # columns: how far a list may be indented for its joined entries to be found
BULLET = r"(?:[-*+\u2022\u2013\u2014>|] |[0-9]{1,3}[.)] |```|~~~)"
# What a text without anything to find does not have, for `scan`.
LINES = (
    r"[^ \t\n][ \t]+#|\n +#[^#\n]|\n#[^ \t#!\n]|[:-] >[-+0-9]{0,2}[ \t\r]*\n|(?:^|\n)(?:"
    + "|".join(
        rf" {{{column}}}(?:- )*(?:"
        r"[^\s|>#:\-][^\n]*[^\n:|>]"
        r"|[A-Za-z_-]+: [\"'][^\n]*"
        rf"|[A-Za-z_-]+:\r?\n {{{column + 1},}}[^\s\-:|>][^\n:]*"
        rf")\n(?: {{{column + 1},}}[^\n:]*\n)*? {{{column + 1},}}{BULLET}"
        for column in range(DEEPEST + 1)
    )
    + ")"
)
REMARK = re.compile(r",?[ \t]+#(?P<words>[^\r\n]*)")
REMARK_BELOW = re.compile(r"[ \t]*\r?\n(?P<lead> *)#(?P<words>[^\r\n]*)")
ADDED = re.compile(rf"[^\s][ \t]*\r?\n *(?P<line>(?P<sign>{BULLET})[^\r\n]*)")
SWITCHED_OFF = re.compile(r"\s*(?:- |[\w-]+:(?:\s|$))")  # a line of YAML that somebody made a comment
# The signs that close what each sign opens, by the customs of several languages.
CLOSERS = {
    "\u201c": '\u201d\u201c"',
    "\u201e": '\u201c\u201d"',
    "\u201f": "\u201d",
    "\u2018": "\u2019'",
    "\u201a": "\u2018\u2019",
    "\u201b": "\u2019",
    "\u00ab": "\u00bb",
    "\u2039": "\u203a",
}


class Misread(NamedTuple):
    """A stretch of the file that is not read as what it looks like.

    `keys` lead to the value that lacks it. If it `may_be_meant`, it is one only where the value is a text: a comment
    after a word of the vocabulary is just that. If it `says_all`, nothing else need be said of the value.
    One that `is_garbled` leaves a value that is of use only as a text.
    """

    keys: Keys
    start: int
    end: int
    message: str
    hint: str
    may_be_meant: bool = False
    says_all: bool = False
    is_garbled: bool = False


def find_misread(text: str, root: Node, lines: bool, quotes: bool) -> Iterator[Misread]:
    """What is misread in a text: of what has to do with its lines, and with typographic quotes."""
    for keys, node, is_name in scalars(root):
        if lines and not is_name:
            yield from _find_cut(text, keys, node)
            yield from _find_cut_below(text, keys, node)
            yield from _find_joined(text, keys, node)
        if quotes and not (is_name or node.style):
            yield from _find_quotes(keys, node)


def _find_cut(text: str, keys: Keys, node: ScalarNode) -> Iterator[Misread]:
    """A comment after a value. One that begins right after `#` is most likely part of a text: a channel, a number."""
    remark = REMARK.match(text, node.end_mark.index) if node.style not in ("|", ">") else None
    if remark is None:
        return
    at, is_tight = text.index("#", remark.start()), _is_tight(remark["words"])
    if node.value or node.style:
        if is_tight or not node.style:
            message = "the text ends at ` #`: the rest of the line is a comment"
            hint = "put quotes around all of it; a comment goes on a line of its own"
            yield Misread(keys, at, remark.end(), message, hint, may_be_meant=not is_tight, says_all=True)
    elif is_tight:
        message = "there is no value here: what begins with `#` is a comment"
        yield Misread(keys, at, remark.end(), message, "put quotes around a text that begins with `#`", says_all=True)


def _is_tight(words: str) -> bool:
    return words[:1] not in ("", " ", "\t", "#", "!")


def _find_cut_below(text: str, keys: Keys, node: ScalarNode) -> Iterator[Misread]:
    """A comment below a text, where the text would go on."""
    is_block = node.style in ("|", ">")
    if not (node.value and (is_block or not node.style)):
        return
    end = node.end_mark.index
    while is_block and end and text[end - 1] in " \r\n":
        end -= 1
    remark = REMARK_BELOW.match(text, end)
    if remark is None or SWITCHED_OFF.match(remark["words"]):
        return
    indent, column, is_tight = len(remark["lead"]), _find_limit(text, node.start_mark.index), _is_tight(remark["words"])
    if indent > column or (is_block and is_tight and indent == column):
        message = "the line is a comment, and not part of the text above it"
        hint = "indent it like the text above" if is_block else "write the text below `|`, or put quotes around it"
        at = remark.end("lead")
        yield Misread(keys, at, remark.end(), message, hint, may_be_meant=not is_tight)


def _find_limit(text: str, index: int) -> int:
    """The column of the key or dash of a value that begins at the index; a text has to be indented more."""
    line = text[text.rfind("\n", 0, index) + 1 : index]
    if KEY.match(line):
        return find_column(line)
    return line.rfind("-") if ENTRY.match(line) else len(line) - 1


def _find_joined(text: str, keys: Keys, node: ScalarNode) -> Iterator[Misread]:
    """Lines of a list, a quotation or a table that are run together with those above them."""
    start, end = node.start_mark.index, node.end_mark.index
    if node.style == "|" or "\n" not in text[start:end]:
        return
    for added in islice(ADDED.finditer(text, start, end), TRIED):
        line = added["line"].rstrip()
        if f" {line.rstrip(QUOTES)[:20]}" in node.value:
            yield _report_joined(text, keys, node, added.start("line"), added.start("line") + len(line))
            return


def _report_joined(text: str, keys: Keys, node: ScalarNode, start: int, end: int) -> Misread:
    above = text[text.rfind("\n", 0, node.start_mark.index) + 1 : node.start_mark.index]
    if not node.style and ENTRY.match(above) and not KEY.match(above) and text[start] == "-":
        dash, below = above.rfind("-"), start - text.rfind("\n", 0, start) - 1
        if dash % 2 and not below % 2:
            start = node.start_mark.index - len(above) + dash
            message, hint = "the entry below is read as a part of this one", f"indent the dash by {below} spaces"
            return Misread(keys, start, start + 1, message, hint, is_garbled=True)
        hint = f"indent the dash by {dash} spaces, like the one above" if dash else "begin the dash at the left edge"
        return Misread(keys, start, end, "the entry is read as a part of the entry above", hint, is_garbled=True)
    name = f"{keys[-1]}: |" if keys and isinstance(keys[-1], str) else "- |"
    hint = "write `|` instead of `>`" if node.style == ">" else f"write `{name}`, and the text on the lines below"
    return Misread(keys, start, end, "the line is run together with the one above", hint)


def _find_quotes(keys: Keys, node: ScalarNode) -> Iterator[Misread]:
    """Typographic quotes that were to hold a text together, as only straight ones do."""
    closing = CLOSERS.get(node.value[:1])
    start, end = node.start_mark.index, node.end_mark.index
    if closing is None:
        return
    if not any(sign in node.value[1:] for sign in closing):
        message = "the text is cut: typographic quotes do not hold it together"
        yield Misread(keys, start, end, message, 'write straight quotes around it, "..."', says_all=True)
    elif keys[-1:] == ("title",) and node.value[-1] in closing:
        yield Misread(keys, start, end, "the title is in typographic quotes", "remove them, or write straight ones")
