"""In goes Markdown and a function that says what to make of a link, out comes Markdown with only links that can stand.

What only looks like one of our references is marked as text, and so is a link that is not written out in full.
"""

from __future__ import annotations

from collections.abc import Callable

from generator import prose

Write = Callable[[str | None, str], str | None]


def rewrite(text: str, write: Write) -> str:
    """Each link or picture as `write(words, address)` gives it; None leaves it as it is.

    The words are None where the link is not written out in one place: it stays, or its brackets are shown.
    """
    text = _without_references(text)
    out, at = "", 0
    for link in prose.links(text):
        out += text[at : link.start]
        at = link.start + len(link.found)
        opening = _opening(out) if link.found.startswith("](") and link.found.endswith(")") else None
        written = write(None if opening is None else out[opening + 1 :], link.target)
        if written is None:
            out += link.found
        elif opening is None:
            out += f"\\{link.found}"
        else:
            begin = opening - (out[opening - 1 : opening] == "!")
            out = out[:begin] + written + _title(link)
    return out + text[at:]


def _title(link: prose.Mention) -> str:
    """The title of a link that a reader would see on pointing at it."""
    title = link.found.partition(link.target or "(")[2].strip(" \t\n<>()\"'")
    return f" ({title})" if title else ""


def _without_references(text: str) -> str:
    for mention in reversed(prose.references(text)):
        text = f"{text[: mention.start]}\\{text[mention.start :]}"
    return text


def _opening(text: str) -> int | None:
    """Where the bracket opens that would be closed at the end of the text; within its paragraph."""
    depth = 0
    for index in range(len(text) - 1, text.rfind("\n\n"), -1):
        if text[index] in "[]" and text[index - 1 : index] != "\\":
            depth += 1 if text[index] == "]" else -1
            if depth < 0:
                return index
    return None
