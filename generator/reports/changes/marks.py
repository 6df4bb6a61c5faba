"""Writes words, ids and stretches of a text so that a terminal, or a comment on GitHub, shows them as they are."""

from __future__ import annotations

import re
from typing import Protocol

from generator.documents.text.prose import encode
from generator.files.terminal import BOLD, GREEN, RED, bare, disarm_line, style
from generator.reports.changes.hunks import GONE, NEW, Hunk, find_hunks

NOTHING = "\u200b"  # as wide as nothing: what stands on both sides of it is not read as one
# What GitHub would make of words even where they are encoded: a mention, a reference, a link with a reference to it.
CALLS = re.compile(r"(?<=[@#!])(?=\w)|(?<=GH-)(?=\d)|(?<=://)(?=\S)|(?<=www\.)(?=\S)", re.I)
CODE = re.compile(r"[^`\r\n|]+")


class Marks(Protocol):
    """How a report writes what authors wrote, and what it says itself."""

    def words(self, text: str) -> str:
        """Words of an author, on one line."""

    def code(self, text: str) -> str:
        """An id, a path, a version or a command."""

    def strong(self, text: str) -> str:
        """Words that stand out; the text is marked already."""

    def rewording(self, before: str, after: str) -> list[str]:
        """Each place at which two texts differ, word by word."""


class PlainMarks:
    """For a terminal: colours where it has some, `[-...-]` and `{+...+}` in any case."""

    def words(self, text: str) -> str:
        return disarm_line(" ".join(text.split()))

    def code(self, text: str) -> str:
        return f"`{disarm_line(text)}`"

    def strong(self, text: str) -> str:
        return style(text, BOLD)

    def rewording(self, before: str, after: str) -> list[str]:
        return [self._spell(hunk) for hunk in find_hunks(before, after)]

    def _spell(self, hunk: Hunk) -> str:
        told = []
        for state, words in hunk.stretches:
            plain = self.words(words)
            told.append(
                style(f"[-{plain}-]", RED)
                if state == GONE
                else style(f"{{+{plain}+}}", GREEN)
                if state == NEW
                else plain
            )
        return _enclose(hunk, " ".join(told))


class CommentMarks:
    """For a comment on GitHub: nothing that an author wrote is read as Markdown, as HTML, or as a call to somebody."""

    def words(self, text: str) -> str:
        return encode(CALLS.sub(NOTHING, bare(" ".join(text.split()))))

    def code(self, text: str) -> str:
        plain = bare(" ".join(text.split()))
        return f"`{plain}`" if CODE.fullmatch(plain) else f"<code>{self.words(plain)}</code>"

    def strong(self, text: str) -> str:
        return f"<strong>{text}</strong>"

    def rewording(self, before: str, after: str) -> list[str]:
        return [self._spell(hunk) for hunk in find_hunks(before, after)]

    def _spell(self, hunk: Hunk) -> str:
        told = []
        for state, words in hunk.stretches:
            plain = self.words(words)
            told.append(f"<del>{plain}</del>" if state == GONE else f"<ins>{plain}</ins>" if state == NEW else plain)
        return _enclose(hunk, " ".join(told))


def _enclose(hunk: Hunk, told: str) -> str:
    return f"{'' if hunk.begins else '… '}{told}{'' if hunk.ends else ' …'}"
