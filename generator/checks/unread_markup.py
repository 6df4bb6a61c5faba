"""A text contains markup of another system, so that readers see it as it is typed.

Prose is read as GitHub reads it. Of HTML, only what gives structure is read (tables, lists, line breaks, details,
superscript); other tags, `!!! note` of MkDocs and `{: .class }` of kramdown are shown as words.

Bad:
    !!! warning
        Never restore an account on a promise.

Good:
    > [!WARNING]
    > Never restore an account on a promise.
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.findings import Fault
from generator.library.library import Library

SEVERITY = "warning"
BOXES = ("note", "tip", "important", "warning", "caution")


def check(library: Library) -> Iterator[Fault]:
    for at, kind in library.odd:
        if kind == "tag":
            hint = "remove the tag, or write it in backticks if readers are to see it"
            yield Fault(
                at.spot, f"`{at.found}` is shown as it is typed: HTML gives structure here, and nothing else", hint
            )
        elif kind == "foreign":
            yield Fault(at.spot, f"`{at.found}` is shown as it is typed", _suggest_markdown(at.found))


def _suggest_markdown(found: str) -> str:
    if found.startswith("{"):
        return "remove it: headings, links and lists take no attributes"
    name = found.lstrip("!?:+ {").split()[0].strip('"}').lower()
    box = name if name in BOXES else "note"
    return f"write `> [!{box.upper()}]`, and `> ` before each line of the text below it"
