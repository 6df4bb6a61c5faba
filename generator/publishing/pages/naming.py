"""Where a page lies, and how a date, a duration and a title are written."""

from __future__ import annotations

import html
import json
import re
from datetime import date
from pathlib import Path, PurePosixPath
from typing import Any

from markupsafe import Markup

from generator.documents import Document, kind_of
from generator.documents.values import word_value
from generator.exchange.legible import short_hash, slug

TEMPLATES = Path(__file__).parent / "templates"
PLAIN = re.compile(r"[a-z0-9][a-z0-9._-]*")  # a name that every learning system unpacks as it is


def page_of(document: Document, name: str | None = None) -> str:
    """The Markdown file of a document's page, relative to the folder of all of them."""
    return f"{document.kind.pages}/{name or document.id}.md"


def page_of_path(path: str) -> str | None:
    """The page that the document at a path would have."""
    kind = kind_of(path)
    return f"{kind.pages}/{PurePosixPath(path).stem}.md" if kind else None


def place_of_attachment(path: str, is_plain: bool) -> str:
    """Where the picture or file at a path lies among the pages' files.

    A plain place is lower-case ASCII without spaces: one accent has made a learning system lose a whole course.
    """
    parts = path.removeprefix("content/").split("/")
    return "/".join(_spell_plainly(part) if is_plain else part for part in parts)


def _spell_plainly(name: str) -> str:
    """The name itself where it is plain, or else what is left of it with a sign of its own."""
    if PLAIN.fullmatch(name):
        return name
    stem, dot, ending = name.rpartition(".")
    return slug(stem or ending, short_hash(name)).lstrip("-") + (f".{ending.lower()}" if stem and dot else "")


def address_of(document: Document) -> str:
    """The address of a document's page, relative to the site."""
    return f"{document.kind.pages}/{document.id}/"


def day(value: date) -> str:
    """A date as people write it: 2 Oct 2026."""
    return f"{value.day} {value:%b %Y}"


def day_of(entry: Any) -> date:
    """The day of a history entry, whether a document's or a policy's."""
    found: date = getattr(entry, "on", None) or entry.effective
    return found


def duration(value: str) -> str:
    """A duration in words: 4h is 4 hours."""
    return word_value("duration", value)


def brief(value: str) -> str:
    """A duration where there is little room: 15 min, 4 h, 3 days."""
    return re.sub(r" (?:(minutes?)|hours?)$", lambda unit: " min" if unit[1] else " h", duration(value))


def head(title: str, *hidden: str, summary: str = "") -> str:
    """The front matter of a page: its title and description as themes print them, what of the theme it does without."""
    told = [f"description: {_quote_yaml(summary)}"] if summary else []
    return "\n".join(["---", f"title: {_quote_yaml(title)}", *told, f"hide: [{', '.join(hidden)}]", "---", ""])


def _quote_yaml(text: str) -> str:
    """A text as HTML in quotes. A sign such as 😀 stands as it is: JSON would write two halves that YAML refuses."""
    return json.dumps(html_line(text), ensure_ascii=False)


def unsearched(page: str) -> str:
    """A page that searches pass by, whichever engine makes them.

    A list of all documents has every word of their titles, and is too long for the search of Zensical from 3,000
    documents on: it then writes no site.
    """
    front, rest = ("", page) if not page.startswith("---\n") else page.removeprefix("---\n").split("---\n", 1)
    return f"---\n{front}search: {{exclude: true}}\n---\n{rest}"


def html_line(text: str) -> Markup:
    """A title or name as HTML text, for where a theme puts it into a page as it is, or escapes what is not Markup."""
    return Markup(html.escape(text.strip()))
