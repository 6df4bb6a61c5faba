"""A hand-written Markdown page; its front matter is its header, its file name its id."""

from __future__ import annotations

import re

from markdown.extensions.toc import slugify

from generator.documents import Kind
from generator.documents.fields import Prose
from generator.documents.header import Historied, Part, Status
from generator.findings import Keys

HEADING = re.compile(r"^#{1,6}\s+(.+?)\s*#*\s*$", re.MULTILINE)


class Page(Historied):
    """A hand-written page."""

    version: str = "1.0"
    status: Status = "active"
    text: Prose

    def parts(self) -> dict[str, Part]:
        keys: Keys = ("text",)
        return {slugify(title, "-"): Part(keys, title) for title in HEADING.findall(self.text)}

    def part_ids(self) -> list[tuple[str, Keys]]:
        return []


SCAFFOLD = """\
---
title: {title}
owner: {owner}
audience: internal
summary: One sentence that says what the page is for.
reviewed: {today}
review_by: {review_by}
---

## First heading

Write here.
"""

KIND = Kind("page", "content/pages", "Page", "Pages", Page, SCAFFOLD, suffix=".md")
