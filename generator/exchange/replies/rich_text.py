"""Turns the HTML of a reply into text: list items and table rows become lines, addresses follow their links."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from generator.exchange.legible import legible

PARTS = {"p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "table", "blockquote", "pre"}
LISTS = {"ul", "ol"}
LINES = {"br", "hr"}
CELLS = {"td", "th"}
HIDDEN = {"script", "style", "title", "template"}
PLAIN, PLAIN_KEYS = {"p", "div", "br", "span", "html", "body"}, {"dir", "class"}
TAG = re.compile(r"<([A-Za-z][\w-]*+)([^<>]*+)>")
KEY = re.compile(r"""([\w-]++)\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s"']++)""")
MANY = re.compile(r"\n{3,}")
# A comment that is never closed hides everything after it, as in a browser.
UNSEEN = re.compile(r"<!--(?:-?>|.*?(?:--!?>|\Z))|<(?:[?!]|/(?![A-Za-z]))[^>]*+(?:>|\Z)", re.DOTALL)


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.out: list[str] = []
        self.hidden = 0
        self.links: list[tuple[str, int]] = []
        self.lists: list[tuple[str, int]] = []
        self.cells = 0
        self.is_fresh = False  # an item has begun, and has no words yet
        self.is_at_start = True  # the line has nothing but spaces so far

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in HIDDEN:
            self.hidden += 1
        elif tag == "a":
            self.links.append((dict(attrs).get("href") or "", len(self.out)))
        elif tag == "img":
            self.handle_data(dict(attrs).get("alt") or "")
        elif tag in PARTS:
            self._separate_block()
            self.lists += [(tag, 0)] if tag in LISTS else []
        elif tag in LINES:
            self._break()
        elif tag == "li":
            self._begin_item()
        elif tag == "tr":
            self._break()
            self.cells = 0
        elif tag in CELLS:
            self.out += [" | "] if self.cells else []
            self.cells += 1

    def handle_endtag(self, tag: str) -> None:
        if tag in HIDDEN:
            self.hidden = max(0, self.hidden - 1)
        elif tag == "a" and self.links:
            address, start = self.links.pop()
            if address.removeprefix("mailto:") not in ("", "".join(self.out[start:]).strip()):
                self.out.append(f" ({address})")
        elif tag in PARTS:
            self.cells = 0 if tag == "table" else self.cells
            self.lists = self.lists[:-1] if tag in LISTS else self.lists
            self._separate_block()

    def handle_data(self, data: str) -> None:
        if not self.hidden:
            self.out.append(re.sub(r"\s+", " ", data).replace("\xa0", " "))
            self.is_fresh = self.is_fresh and not data.strip()
            self.is_at_start = self.is_at_start and not data.strip()

    def _separate_block(self) -> None:
        """Begins or ends a block: a paragraph, a line within a list, a space within a table row."""
        if self.cells:
            self.out.append(" ")
        elif not self.lists:
            self._break("\n\n")
        elif not self.is_fresh and not self.is_at_start:
            self._break()

    def _break(self, signs: str = "\n") -> None:
        self.out.append(signs)
        self.is_at_start = True

    def _begin_item(self) -> None:
        kind, number = self.lists.pop() if self.lists else ("ul", 0)
        self.lists.append((kind, number + 1))
        if not self.is_at_start:
            self._break()
        self.out.append(f"{number + 1}. " if kind == "ol" else "- ")
        self.is_fresh, self.is_at_start = True, False


def shown_in_html(html: str) -> str:
    """The HTML without what no browser shows, such as comments."""
    return UNSEEN.sub("", legible(html)).strip()


def first_rich(html: str) -> str:
    """The first element that its text alone loses, such as a bold word, a link or a list; empty if there is none."""
    return next(
        (
            f"<{name.lower()}>"
            for name, attributes in TAG.findall(html)
            if name.lower() not in PLAIN or any(key.lower() not in PLAIN_KEYS for key in KEY.findall(attributes))
        ),
        "",
    )


def unseen_in_html(html: str) -> list[str]:
    """The lines on which something begins that no browser shows, such as a comment or a declaration."""
    lines, line, at = [], 1, 0
    for match in UNSEEN.finditer(html):
        line += html.count("\n", at, match.start())
        at = match.start()
        lines.append(f"line {line}")
    return lines


def text_of_html(html: str) -> str:
    """The text that a reader sees."""
    parser = _Words()
    html = UNSEEN.sub("", html)
    last = html.rfind(">") + 1  # no tag begins after it, but the parser would look for one from every `<`
    parser.feed(html[:last] + html[last:].replace("<", "&lt;"))
    parser.close()
    lines = "\n".join(line.strip() for line in "".join(parser.out).split("\n"))
    return MANY.sub("\n\n", re.sub(r" {2,}", " ", lines)).strip("\n")
