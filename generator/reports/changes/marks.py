"""Writes words, ids and stretches of a text so that a terminal, or a comment on GitHub, shows them as they are."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Protocol

from generator.documents.text.prose import encode
from generator.files.terminal import BOLD, GREEN, RED, bare, disarm_line, style
from generator.reports.changes.hunks import GONE, NEW, Hunk, find_hunks, is_apart_at_start

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

    def say(self, text: str) -> str:
        """A message of ours, with ids between backticks."""

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

    def say(self, text: str) -> str:
        return self.words(text)

    def strong(self, text: str) -> str:
        return style(text, BOLD)

    def rewording(self, before: str, after: str) -> list[str]:
        return [self._spell(hunk) for hunk in find_hunks(before, after)]

    def _spell(self, hunk: Hunk) -> str:
        said = {GONE: lambda words: style(f"[-{words}-]", RED), NEW: lambda words: style(f"{{+{words}+}}", GREEN)}
        return _spell_hunk(hunk, self.words, said)


class CommentMarks:
    """For a comment on GitHub: nothing that an author wrote is read as Markdown, as HTML, or as a call to somebody."""

    def words(self, text: str) -> str:
        return encode(CALLS.sub(NOTHING, bare(" ".join(text.split()))))

    def code(self, text: str) -> str:
        plain = bare(" ".join(text.split()))
        return f"`{plain}`" if CODE.fullmatch(plain) else f"<code>{self.words(plain)}</code>"

    def say(self, text: str) -> str:
        pieces = text.split("`")
        if len(pieces) % 2 == 0:
            return self.words(text)
        return "".join(self.code(one) if at % 2 else self._keep_ends(one) for at, one in enumerate(pieces))

    def _keep_ends(self, text: str) -> str:
        """Words with the spaces around them."""
        inner = self.words(text)
        return f"{' ' if text[:1] == ' ' else ''}{inner}{' ' if text[-1:] == ' ' and inner else ''}"

    def strong(self, text: str) -> str:
        return f"<strong>{text}</strong>"

    def rewording(self, before: str, after: str) -> list[str]:
        return [self._spell(hunk) for hunk in find_hunks(before, after)]

    def _spell(self, hunk: Hunk) -> str:
        return _spell_hunk(hunk, self.words, {GONE: "<del>{}</del>".format, NEW: "<ins>{}</ins>".format})


def _spell_hunk(hunk: Hunk, words: Callable[[str], str], marked: Mapping[str, Callable[[str], str]]) -> str:
    """A place with its words; what came follows what went without a space, unless a space came too."""
    told = "" if hunk.begins else "… "
    for at, (state, text, is_apart) in enumerate(hunk.stretches):
        said = marked[state](words(text)) if state in marked else words(text)
        has_space = (is_apart or is_apart_at_start(hunk, at)) and told and not told.endswith(" ")
        told += f"{' ' if has_space else ''}{said}"
    return told if hunk.ends else f"{told} …"
