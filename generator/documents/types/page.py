"""A hand-written Markdown page; its front matter is its header, and its file name its id."""

from __future__ import annotations

from generator.documents import Kind
from generator.documents.fields import Prose, Version
from generator.documents.header import Historied, Part, Status
from generator.documents.text.prose import anchor_of, distinct, headings
from generator.findings import Keys


class Page(Historied):
    """A hand-written page."""

    version: Version = "1.0"
    """Its version, in quotes. Example: `"1.0"`"""
    status: Status = "active"
    """Whether it is in use. Example: `active`"""
    text: Prose
    """The text below the front matter. Example: `"## First heading"`"""

    def parts(self) -> dict[str, Part]:
        keys: Keys = ("text",)
        titles = [heading.words for heading in headings(self.text)]
        return {
            anchor: Part(keys, title) for anchor, title in zip(distinct(map(anchor_of, titles)), titles, strict=True)
        }

    def part_ids(self) -> list[tuple[str, Keys]]:
        return []

    def passages(self) -> dict[str, Part]:
        """None: headings only say where parts begin, and the whole text is one value."""
        return {}


SCAFFOLD = """\
---
title: {title}
status: draft
owner: {owner}
audience: internal
summary: One sentence that says what the page is for.
---

## First heading

Write here.
"""

KIND = Kind(
    "page",
    "content/pages",
    "Page",
    "Pages",
    Page,
    SCAFFOLD,
    suffix=".md",
    position=5,
    prominence=0.5,
    is_casework=False,
    covers=False,
)
