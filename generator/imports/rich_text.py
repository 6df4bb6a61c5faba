"""In goes the HTML of a reply, out come its words: paragraphs, lists with hyphens, the address of a link behind it."""

from __future__ import annotations

import re
from html.parser import HTMLParser

PARAGRAPHS = {"p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "table", "blockquote", "pre"}
LINES = {"br", "tr", "hr"}
HIDDEN = {"script", "style", "head", "template"}
MANY = re.compile(r"\n{3,}")


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.out: list[str] = []
        self.hidden = 0
        self.links: list[tuple[str, int]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in HIDDEN:
            self.hidden += 1
        elif tag == "a":
            self.links.append((dict(attrs).get("href") or "", len(self.out)))
        elif tag == "li":
            self.out.append("\n- ")
        elif tag in PARAGRAPHS:
            self.out.append("\n\n")
        elif tag in LINES:
            self.out.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in HIDDEN:
            self.hidden = max(0, self.hidden - 1)
        elif tag == "a" and self.links:
            address, start = self.links.pop()
            if address.removeprefix("mailto:") not in ("", "".join(self.out[start:]).strip()):
                self.out.append(f" ({address})")
        elif tag in PARAGRAPHS:
            self.out.append("\n\n")

    def handle_data(self, data: str) -> None:
        if not self.hidden:
            self.out.append(re.sub(r"\s+", " ", data).replace("\xa0", " "))


def words(html: str) -> str:
    """The text that a reader sees."""
    parser = _Words()
    parser.feed(html)
    parser.close()
    lines = "\n".join(line.strip() for line in "".join(parser.out).split("\n"))
    return MANY.sub("\n\n", lines).strip("\n")
