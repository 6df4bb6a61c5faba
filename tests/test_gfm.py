"""What an author writes means what it means on GitHub: our pages have the structure that cmark-gfm finds.

cmark-gfm is GitHub's own converter, and the yardstick only: the product reads with another one, so that the two can
disagree. Compared are words, items of lists with their depth, cells, links, pictures, code and footnotes.
"""

from __future__ import annotations

import html
import os
import re
from collections import defaultdict
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from cmarkgfm import github_flavored_markdown_to_html
from cmarkgfm.cmark import Options
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from knowledge import AsIs
from test_growth import _converter as converter

from generator.documents.text import prose
from generator.documents.text.hidden import hidden
from generator.documents.text.prose import headings, survey
from generator.documents.text.reader import read_prose
from generator.publishing.pages import emit

CORPORA = Path(os.environ.get("PLAYBOOK_CORPORA") or Path(__file__).parents[2] / "shared" / "corpora")
BLOCKS = {
    "p", "li", "td", "th", "tr", "h1", "h2", "h3", "h4", "h5", "h6", "pre", "div", "blockquote", "ul", "ol", "table",
    "details", "summary", "dt", "dd", "section",
}  # fmt: skip
KINDS = {
    "td": "cells", "th": "cells", "pre": "code", "code": "spans", "strong": "bold", "b": "bold", "em": "italics",
    "i": "italics", "del": "struck", "s": "struck", "blockquote": "quotes", "summary": "summaries",
}  # fmt: skip
VOID = {"br", "hr", "img", "input", "wbr", "col"}
FRONT = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)
ALERT = re.compile(r"\[!(NOTE|TIP|IMPORTANT|WARNING|CAUTION)\]", re.IGNORECASE)


class Shape(HTMLParser):
    """What a reader perceives of some HTML, by kind."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.found: dict[str, list[Any]] = defaultdict(list)
        self._text: list[str] = []
        self._open: list[tuple[str, int, bool]] = []
        self._skipped = 0
        self.feed(text)
        self.close()
        self.found["words"] = "".join(self._text).split()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {key: value or "" for key, value in attrs}
        if tag in VOID:
            if tag == "img":
                self.found["pictures"].append((unquote(given.get("src", "")), given.get("alt", "")))
            if tag == "input":
                self.found["tasks"].append("checked" in given)
            self._text += [" "] if tag in ("br", "hr") else []
            return
        is_ours = given.get("class", "") in ("footnote-backref", "pb-footnote-back", "headerlink", "admonition-title")
        self._skipped += is_ours
        self._open.append((tag, len(self._text), is_ours))
        self._text += [" "] if tag in BLOCKS else []
        if tag == "li":
            self.found["items"].append(sum(name == "li" for name, _, _ in self._open))
        if tag == "a" and "href" in given and not is_ours:
            note = re.search(r"#(?:fn-|_note-)", given["href"])
            self.found["notes" if note else "links"].append("" if note else unquote(html.unescape(given["href"])))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if tag not in [name for name, _, _ in self._open]:
            return
        while self._open:
            name, at, is_ours = self._open.pop()
            self._skipped -= is_ours
            inner = " ".join("".join(self._text[at:]).split())
            kind = KINDS.get(name)
            around = [KINDS.get(one) for one, _, _ in self._open]
            if kind and kind not in around and not (kind == "spans" and "code" in around):
                self.found[kind].append(inner)
            if name == tag:
                break
        self._text += [" "] if tag in BLOCKS else []

    def handle_data(self, data: str) -> None:
        self._text += [] if self._skipped else [data]


def on_github(text: str) -> dict[str, list[Any]]:
    """The shape of a text on GitHub.

    Two differences are meant. A tag that gives no structure is shown, where GitHub swallows it: words would be lost.
    The first line of an alert is no words: GitHub makes a box of it, which cmark-gfm alone does not.
    """
    return shaped(convert_as_github(text))


def convert_as_github(text: str) -> str:
    """The HTML of a text on GitHub, with the two differences that are meant."""
    for tag in reversed([one for one in survey(text).oddities if one.kind == "tag"]):
        text = f"{text[: tag.start]}&lt;{text[tag.start + 1 :]}"
    made = github_flavored_markdown_to_html(text, Options.CMARK_OPT_FOOTNOTES | Options.CMARK_OPT_UNSAFE)
    return re.sub(rf"(<blockquote>\s*<p>){ALERT.pattern}\s*\n", r"\1", made)


def on_our_page(text: str) -> dict[str, list[Any]]:
    return shaped(converter().reset().convert(emit.emit(text, AsIs())))


def shaped(text: str) -> dict[str, list[Any]]:
    return {kind: found for kind, found in Shape(text).found.items() if found}


def differences(one: dict[str, list[Any]], other: dict[str, list[Any]]) -> list[str]:
    """Where two shapes differ first, a line for each kind."""
    told = []
    for kind in sorted({*one, *other} - {"quotes"}):
        a, b = one.get(kind, []), other.get(kind, [])
        if a != b:
            at = next((n for n, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
            told.append(
                f"{kind} ({len(a)}, {len(b)}) {a[max(0, at - 2) : at + 4]} is here {b[max(0, at - 2) : at + 4]}"
            )
    return told


@cache
def sources() -> dict[str, str]:
    files = sorted(CORPORA.rglob("*.md"))
    return {path.relative_to(CORPORA).as_posix(): FRONT.sub("", path.read_text(encoding="utf-8")) for path in files}


@pytest.mark.skipif(not CORPORA.is_dir(), reason="the corpora are not beside this folder: see CONTRIBUTING.md")
def test_real_texts_have_the_structure_that_they_have_on_github() -> None:
    assert len(sources()) > 70
    seen: dict[str, int] = defaultdict(int)
    told = []
    for name, text in sources().items():
        github = on_github(text)
        for kind, found in github.items():
            seen[kind] += len(found)
        told += [f"{name}: {one}" for one in differences(github, on_our_page(text))]
    assert told == []
    assert seen["items"] > 2500
    assert seen["links"] > 1000
    assert seen["cells"] > 500


# A text of an author, and what it must be: each was read otherwise by one of the readers that there were.
AUTHORS = {
    "a list right below a paragraph": "We ask:\n- one\n- two\n\nThen we act.",
    "lists nested by two spaces": "- one\n  - two\n    - three\n- four",
    "a numbered list with indented bullets": (
        "1. For each node:\n   - processor\n   - memory\n     - swap\n   - disk\n2. Go on."
    ),
    "bullets after a step without a blank line": "2. For each node:\n  - processor\n    - swap\n",
    "an item whose words are below it": "-\n  Words with [a link](https://example.org).\n- More.",
    "a definition within a paragraph": "See below\n[words]: https://example.org/a\nand go on.",
    "bare addresses": (
        "Ask https://example.org/a_b?c=1&d=2 or www.example.org, (https://example.org/x) or help@example.org."
    ),
    "line breaks in cells": "| a | b |\n|---|---|\n| one<br>two | `x \\| y` |",
    "a table of HTML": "<table>\n<tr><th>Level</th><td>One</td></tr>\n"
    "<tr><td>2</td><td><ul><li>x</li><li>y</li></ul></td></tr>\n</table>",
    "lists of HTML": "<ul>\n<li>one</li>\n<li>two <b>bold</b></li>\n</ul>",
    "footnotes": "One[^a], two[^b] and one again[^a].\n\n[^a]: First *note*.\n[^b]: Second,\n    with more.\n",
    "strike-through": "~~gone~~ and ~also~",
    "underlined headings": "Title\n=====\n\nPart\n----\n\nWords.",
    "a fence without a blank line": "Do this:\n```sh\nls -l *.txt\n```\nThen that.",
    "a fence in a list": "1. one\n   ```\n   a\n\n   b\n   ```\n2. two",
    "indented code": "Words:\n\n    a *b* &amp; [[c]]\n\nMore.",
    "tasks": "- [ ] one\n- [x] two\n  - [ ] three",
    "details": "<details>\n<summary>More</summary>\n\n- one\n- **two**\n\n</details>\n\nAfter.",
    "an option in brackets": "Choose option [A]: refund.\n\nOr [B]: nothing.",
    "superscript": "The 1<sup>st</sup> of H<sub>2</sub>O",
    "a backslash before a number": "1\\. Scope\n\n2\\) more",
    "two lists of different kind": "- a\n- b\n\n* c\n* d\n\n1) e\n2) f",
    "a list that begins at three": "3. three\n4. four",
    "a quote with a list": "> Words:\n> - one\n>   - two\n> 1. three",
    "a quote in a list": "- one\n  > said\n  > so\n- two",
    "a loose list": "- one\n\n- two\n\n  more of two\n\n- three",
    "emphasis within words": "a_b_c **bold**word __x__ *y*z snake_case_word",
    "an address with brackets": "[x](https://example.org/a_(b)) and ![y](<two words.png> \"T\")",
    "HTML in a sentence": "Press <kbd>Ctrl</kbd> and <b>wait</b>.<br/>Then go.",
    "a rule right below words": "Words\n\n---\n\nMore\n***\n",
    "a table right below a paragraph": "Words\n| a | b |\n| --- | --- |\n| 1 | 2 |\nafter",
    "a table in a list": "- one\n\n  | a | b |\n  |---|---|\n  | 1 | 2 |\n- two",
    "hard breaks": "one  \ntwo\\\nthree",
    "code with backticks": "``a ` b`` and ` `` `",
    "entities": "&copy; &amp; &lt;b&gt; &nope; &#65;",
    "deep lists": "- 1\n  - 2\n    - 3\n      - 4\n        - 5\n          - 6",
    "a nested ordered list of two digits": "10. ten\n    - below\n11. eleven",
    "links of every kind": "[a](https://a.example) [b][b] [c][] [d] <https://e.example> <x@e.example>\n\n"
    "[b]: https://b.example 'B'\n[c]: https://c.example\n[d]: <https://d.example>",
    "items right below a paragraph of an item": "- one\n\n  more\n  - below\n- two",
}  # fmt: skip


@pytest.mark.parametrize("what", AUTHORS)
def test_what_authors_write_is_what_github_shows(what: str) -> None:
    assert differences(on_github(AUTHORS[what]), on_our_page(AUTHORS[what])) == []


@pytest.mark.parametrize("what", AUTHORS)
@pytest.mark.parametrize("around", ["- Before\n\n{}", "> {}", "1. {}"])
def test_within_lists_and_quotes_too(around: str, what: str) -> None:
    indent = {"-": "  ", ">": "> ", "1": "   "}[around[0]]
    text = around.replace("{}", ("" if around[0] != "-" else indent) + AUTHORS[what].replace("\n", f"\n{indent}"))
    told = differences(on_github(text), on_our_page(text))
    if what == "tasks":  # cmark-gfm sees no tasks in the first item of a list, or of a quote
        told = [one for one in told if not one.startswith(("tasks", "words"))]
    assert told == []


LINES = [
    "words", "- item", "  - nested", "   - nested by three", "    - nested by four",
    "1. first", "   1. nested", "2) two",
    "* star", "> quote", "> - in a quote", "# Heading", "## Part", "---", "```", "~~~ py", "    indented",
    "| 1 | **2** |", "| a | b |\n|---|:-:|\n| 1 | [x] |", "[a](https://example.org)", "**bold** and *italic*", "`code`",
    "~~struck~~", "one<br>two", "<b>bold</b>", "  more", "   more", "- [ ] task",
    "https://example.org/x", "a\\", "words  ", "1986\\. Good", "===",
    "[x]: https://example.org", "[x]", "+ plus", "-", "1.", "***", "- - two", "a_b_c", "&amp; &lt;", "!", "R&D: C# > x",
]  # fmt: skip


@settings(max_examples=1_000, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.one_of(st.sampled_from(LINES), st.just("")), min_size=1, max_size=8))
def test_any_lines_mean_what_they_mean_on_github(lines: list[str]) -> None:
    # cmark-gfm takes a rule below a definition for words, and nobody else does; it has no tasks in first items.
    lines = [
        line
        for line, before in zip(lines, ["", *lines], strict=False)
        if not before.startswith("[x]:") or line.strip("=-*")
    ]
    text = "\n".join(lines)
    assert differences(on_github(text), on_our_page(text)) == [], text


SCANNED = [
    *LINES, "[[a]]", "[[a|b]]", "[[a#b@1.0]] and [[c]", "`[[a]]`", "\\[[a]]", "    [[a]]", "\t[[a]]", "-     [[a]]",
    "[[]]", "[a](b.md)", "![a](b.png)", "<a href='b'>c</a>", "<!-- [[a]] -->", "<?x?>", "[a]: b 'c'",
    "[//]: # (a (b) c)", "[^1]", "[^1]: note", "!!! note", "<NAME>", "{: .a }", "##Cramped", "a@b.example",
    "www.example.org", "a | b", ": c", "    ", "??? a", "Ünder", "===", "a -- b", "$x$ ^y^ ==z==", "1.5 and 2. more",
    "- a -b", "\u00a0x", "[!NOTE] x",
]  # fmt: skip


@settings(max_examples=1_000, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.tuples(st.sampled_from(SCANNED), st.sampled_from(["\n", "\n\n", " ", ""])), min_size=1, max_size=5))
@example([("words", "\n"), ("-", "")])
def test_a_quick_scan_finds_what_the_reader_finds(lines: list[tuple[str, str]]) -> None:
    """What asks about a text looks for signs first, and reads only a text that has some."""
    text = "".join(piece for pair in lines for piece in pair)
    pieces = read_prose(text)
    found = [(piece.value[0], piece.start) for piece in pieces if piece.kind == "reference"]
    seen = survey(text)
    assert [(one.found, one.start) for one in seen.mentions] == found
    assert seen.hidden == hidden(text)
    assert bool(seen.hidden) >= any(piece.kind == "hidden" for piece in pieces)
    titles = [piece for piece in pieces if piece.kind == "start" and piece.name in prose.HEADINGS]
    assert len(headings(text)) == len(titles)
    written = [one for one in pieces if one.kind == "start" and one.value.get("kind") in prose.WRITTEN]
    assert len([one for one in seen.links if not one.found.startswith("]:")]) == len(written)
    assert sorted(prose._find_oddities(text, pieces), key=lambda one: one.start) == seen.oddities
    slow = "\n\n".join(emit._Writing(text, AsIs(), (), 1, 1).blocks())
    assert shaped(converter().reset().convert(slow)) == on_our_page(text)


@settings(max_examples=500, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.sampled_from([line for line in SCANNED if "^" not in line]), min_size=1, max_size=6))
def test_where_there_is_one_line_it_has_the_same_words(lines: list[str]) -> None:
    """A list of documents shows each summary on one line, whatever it holds."""
    text = "\n".join(lines)
    line = emit.emit_line(text, AsIs())
    assert "\n" not in line
    found = shaped(converter().reset().convert(f"- {line}\n")).get("words", [])
    assert "".join(found) == "".join(on_our_page(text).get("words", []))
