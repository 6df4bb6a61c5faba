"""Reads a Mermaid flowchart: nodes with their texts, arrows with their words, and what is neither, by line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from typing import NamedTuple

from generator.exchange import UnfitInput, Unmapped
from generator.exchange.legible import legible, one_line

BEGIN = re.compile(r"\s*(?:flowchart|graph)(?:-elk)?(?:\s+(?:TB|TD|BT|LR|RL))?\s*(?:;|$)")
OTHER = re.compile(
    r"\s*(style|classDef|class|linkStyle|click|direction|accTitle|accDescr|subgraph|end|%%)(?![\w-])\s*(.*)"
)
FENCE = re.compile(
    r"^[ \t]*(?P<fence>```|~~~|:::)+[ \t]*\{?\.?mermaid\b[^\n]*\n(?P<chart>.*?)^[ \t]*(?P=fence)",
    re.DOTALL | re.MULTILINE,
)
NODE = re.compile(r"\s*([^\W_](?:\w|-(?![-.>])|\.(?=\w))*_?|_\w+)")
SHAPES = (
    ("(((", ")))"), ("((", "))"), ("([", "])"), ("(", ")"), ("[[", "]]"), ("[(", ")]"), ("[/", "/]"), ("[/", "\\]"),
    ("[\\", "\\]"), ("[\\", "/]"), ("[", "]"), ("{{", "}}"), ("{", "}"), (">", "]"),
)  # fmt: skip
DATA = re.compile(r"@\{([^}\"]*(?:\"[^\"]*\"[^}\"]*)*)\}")
DATA_LABEL = re.compile(r"\blabel:\s*(?:\"([^\"]*)\"|([^,}]+))")
CLASS = re.compile(r":::([\w-]+)")
NAME = r"(?:\s+(?P<name>[\w-]+)@(?=[-=~<]))?"  # of an arrow
ARROW = r"(?:-{2,}[>ox-]?|={2,}[>ox=]?|-\.+-[>ox]?|~{3,})"
LINK = re.compile(rf"{NAME}\s*(?P<back><)?(?P<sign>{ARROW})(?:\s*\|(?P<bar>\"[^\"]*\"|[^|]*)\|)?")
WORDED = re.compile(
    NAME + r"\s*(?P<back><)?(?:--|==|-\.)\s*(?P<words>\"[^\"]*\"|[^\s>=.|\"-](?:(?!--|==|\.-)[^\"|>\[\]{}])*?)"
    r"\s*(?:-{2,}[>ox-]|={2,}[>ox=]|\.+-[>ox]?)"
)
ENTITY = re.compile(r"#(\w+);")
BREAK = re.compile(r"<br\s*/?>|\\n")
TAG = re.compile(
    r"</?(?:b|big|center|code|div|em|font|hr|i|p|small|span|strong|sub|sup|u)(?:\s[^<>]*)?/?>", re.IGNORECASE
)
ICON = re.compile(r"(?<!\w)fa[a-z]?:fa-[\w-]+\s*")
MARKS = re.compile(r"\*\*|(?<!\w)[*_](?=\S)|(?<=\S)[*_](?!\w)")
MOST_LINES = 40  # of one label


class ChartArrow(NamedTuple):
    """An arrow from one node to another, with its words and its line."""

    start: str
    end: str
    words: str
    line: int


class DrawnChart:
    """A flowchart as it is drawn. Raises UnfitInput, which names the line."""

    def __init__(self, text: str, file: str) -> None:
        self.file = file
        self.title = ""
        self.nodes: dict[str, str] = {}
        self.lines: dict[str, int] = {}
        self.arrows: list[ChartArrow] = []
        self.unmapped: list[Unmapped] = []
        self._frames: dict[str, int] = {}
        self._named: set[str] = set()  # the names of arrows
        body, number = self._find_chart(legible(text))
        lines = body.split("\n")
        lines, number = self._read_front(lines, number)
        has_begun = False
        for at, line in _join_open(lines, number):
            begins = not has_begun and BEGIN.match(line)
            has_begun = bool(has_begun or begins)
            if rest := line[begins.end() :].strip() if begins else line.strip():
                self._read_line(rest, at, has_begun)
        if not has_begun:
            raise UnfitInput(f"{file} is no Mermaid flowchart: it needs a line such as `flowchart TD`")
        for arrow in self.arrows:
            for end in (arrow.start, arrow.end):
                if end in self._frames:
                    raise UnfitInput(
                        f"{file}, line {arrow.line}: an arrow to or from the subgraph {end}: draw it to a node of it"
                    )

    def _find_chart(self, text: str) -> tuple[str, int]:
        """The flowchart of a file, and the number of its first line: a Markdown file has it in a fence."""
        found = list(FENCE.finditer(text))
        if len(found) > 1:
            raise UnfitInput(f"{self.file} has {len(found)} flowcharts: put each into a file of its own")
        return (found[0]["chart"], text[: found[0].start("chart")].count("\n") + 1) if found else (text, 1)

    def _read_front(self, lines: list[str], number: int) -> tuple[list[str], int]:
        """The lines after the front matter, which may have the title."""
        if not lines or lines[0].strip() != "---" or "---" not in [line.strip() for line in lines[1:]]:
            return lines, number
        end = [line.strip() for line in lines[1:]].index("---") + 1
        for at, line in enumerate(lines[1:end], number + 1):
            key, _, value = line.partition(":")
            if key.strip() == "title":
                self.title = one_line(value.strip().strip("\"'"))
            elif line.strip():
                self._leave("a setting, left out", at, line)
        return lines[end + 1 :], number + end + 1

    def _read_line(self, line: str, number: int, has_begun: bool) -> None:
        if line.lstrip().startswith("%%"):
            words = one_line(line.strip().lstrip("%"))
            if not has_begun and not self.title and not words.startswith("{"):
                self.title = words
            elif words:
                self._leave("a comment or setting, left out", number, words)
            return
        if not has_begun:
            raise UnfitInput(f"{self.file}, line {number} is no Mermaid flowchart: begin with `flowchart TD`")
        if found := OTHER.fullmatch(line.rstrip().rstrip(";")):
            if found[1] == "subgraph":
                name = NODE.match(found[2])
                self._frames[name[1] if name else found[2]] = number
                self._leave("the frame of a subgraph, left out; its nodes are kept", number, found[2])
            elif found[1] != "end":
                self._leave(f"`{found[1]}`, left out", number, found[2])
            return
        named = NODE.match(line)
        if named and named[1] in self._named and line.startswith("@", named.end()):
            self._leave("a setting of an arrow, left out", number, line)
            return
        at = 0
        while at < len(line.rstrip()):
            at = self._read_statement(line, at, number)

    def _read_statement(self, line: str, at: int, number: int) -> int:
        """Reads a chain of nodes and arrows; returns where it ends."""
        starts, at = self._read_nodes(line, at, number)
        while at < len(line) and line[at:].strip() and line[at:].lstrip()[0] != ";":
            found = WORDED.match(line, at) or LINK.match(line, at)
            if not found:
                raise self._refuse(line, at, number)
            if found["back"]:
                raise UnfitInput(f"{self.file}, line {number}: an arrow in both directions: draw the one that is meant")
            groups = found.groupdict()
            self._named.add(groups["name"] or "")
            if (groups.get("sign") or "").startswith("~"):
                self._leave("an invisible link, left out", number, line)
                starts, at = self._read_nodes(line, found.end(), number)
                continue
            words = clean_label(groups.get("words") or groups.get("bar") or "")
            ends, at = self._read_nodes(line, found.end(), number)
            self.arrows += [ChartArrow(start, end, words, number) for start in starts for end in ends]
            starts = ends
        rest = line[at:]
        return at + len(rest) - len(rest.lstrip()) + 1 if rest.strip() else len(line)

    def _read_nodes(self, line: str, at: int, number: int) -> tuple[list[str], int]:
        """Reads nodes joined by `&`."""
        names = []
        while True:
            found = NODE.match(line, at)
            if not found:
                raise self._refuse(line, at, number)
            names.append(found[1])
            at = self._read_shape(line, found.end(), found[1], number)
            joined = re.compile(r"\s*&").match(line, at)
            if not joined:
                return names, at
            at = joined.end()

    def _read_shape(self, line: str, at: int, name: str, number: int) -> int:
        text = None
        for opening, closing in SHAPES:
            if line.startswith(opening, at):
                inner = at + len(opening)
                quoted = re.compile(r'\s*"([^"]*)"\s*').match(line, inner)
                end = line.find(closing, quoted.end() if quoted else inner)
                if end >= 0 and (not quoted or end == quoted.end()):
                    text, at = (quoted[1] if quoted else line[inner:end]), end + len(closing)
                    break
        if data := DATA.match(line, at):
            label = DATA_LABEL.search(data[1])
            text, at = (label[1] or label[2] if label else text), data.end()
        if marked := CLASS.match(line, at):
            self._leave("a class, left out", number, marked[1])
            at = marked.end()
        self.lines.setdefault(name, number)
        before, words = self.nodes.get(name, ""), clean_label(text or "")
        if words and before and words != before:
            raise UnfitInput(f"{self.file}, line {number}: {name} is {before!r} and {words!r}: leave one of them")
        self.nodes[name] = words or before
        return at

    def _leave(self, what: str, number: int, detail: str) -> None:
        self.unmapped.append(Unmapped(what, f"{self.file}, line {number}", one_line(detail)))

    def _refuse(self, line: str, at: int, number: int) -> UnfitInput:
        shown = one_line(line[at:])[:40]
        return UnfitInput(
            f"{self.file}, line {number} cannot be read from `{shown}` on: write a node or an arrow there"
        )


def clean_label(text: str) -> str:
    """The words of a label as people read them."""
    text = text.strip()
    text = text[1:-1] if len(text) > 1 and text[0] == text[-1] == '"' else text
    if len(text) > 1 and text[0] == text[-1] == "`":
        text = MARKS.sub("", text[1:-1])
    text = ICON.sub("", TAG.sub("", BREAK.sub(" ", text)))
    plain = ENTITY.sub(lambda found: f"&#{found[1]};" if found[1].isdigit() else f"&{found[1]};", text)
    return one_line(unescape(plain))


def _join_open(lines: list[str], number: int) -> Iterator[tuple[int, str]]:
    """The lines by number; a label in quotes, the data of a node or a description that goes on is one line."""
    at = 0
    while at < len(lines):
        end = at + 1
        if not lines[at].lstrip().startswith("%%"):
            end = next((n for n in range(at + 1, at + 1 + MOST_LINES) if not _is_open(" ".join(lines[at:n]))), at + 1)
        yield number + at, " ".join(lines[at:end])
        at = end


def _is_open(text: str) -> bool:
    is_data = text.rfind("@{") > text.rfind("}") or (
        text.lstrip().startswith("accDescr") and text.count("{") > text.count("}")
    )
    return text.count('"') % 2 == 1 or is_data
