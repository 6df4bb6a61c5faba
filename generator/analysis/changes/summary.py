"""What a summary of a document is made of, and the words in which it is told."""

from __future__ import annotations

from typing import NamedTuple

from generator.documents import Document
from generator.documents.deadlines import deadlines
from generator.documents.target import Target
from generator.documents.values import word_value
from generator.documents.vocabulary import STAFF
from generator.library.library import Library
from generator.library.meaning.retelling import plain_words

ENDS = (".", "!", "?", ":", ";", "。", ")", "*")  # of a sentence, or of what stands for one


class Fact(NamedTuple):
    """Something that a reviewer has to know: what it is called, and lines in the words of the document's readers."""

    label: str
    lines: tuple[str, ...]


class Entry(NamedTuple):
    """A part of a document in full: its title, and what it says, line by line."""

    title: str
    lines: tuple[str, ...]


class PartGroup(NamedTuple):
    """Parts of one kind: `title` counts them."""

    title: str
    entries: tuple[Entry, ...]


SummaryParts = tuple[list[str], list[tuple[str, list[str]]], list[PartGroup]]
"""Brief, facts and parts, as the function of a type gives them; what is empty is left out afterwards."""


def keep_lines(lines: list[str]) -> tuple[str, ...]:
    """The lines that say something."""
    return tuple(line.strip() for line in lines if line and line.strip())


class Summary:
    """The words of one document."""

    def __init__(self, document: Document, library: Library) -> None:
        self.document, self.library, self.body = document, library, document.body

    def plain(self, text: str | None) -> str:
        return plain_words(text, self.library) if text else ""

    def lines(self, text: str | None) -> list[str]:
        """The lines of a text; one that ends within a sentence goes on in the next."""
        joined: list[str] = []
        for line in (text or "").splitlines():
            if joined and joined[-1] and line.strip() and not joined[-1].endswith(ENDS):
                joined[-1] += f" {line.strip()}"
            else:
                joined.append(line.strip())
        return [self.plain(line) for line in joined]

    def text(self, text: str | None) -> str:
        """A text line by line, since each line may be an instruction."""
        return "\n".join(self.lines(text))

    def word(self, group: str, word: str | None) -> str:
        """What people call a word of the vocabulary."""
        known = self.library.vocabulary.terms(group).get(word or "") if self.library.vocabulary else None
        return known.name.strip() if known else word or ""

    def named(self, target: Target | None) -> str:
        return f"{self.library.title_of(target) or 'nothing'} ({target.name})" if target else ""

    def cited(self, targets: list[Target]) -> list[str]:
        """Sections, each with the version that was read."""
        return [f"{self.library.title_of(one) or one.name} ({one.text})" for one in targets]

    def entry(self, title: str, *lines: str, note: str | None = None) -> Entry:
        """A part with its lines, the note for staff last."""
        kept = [line for text in lines for line in text.splitlines()]
        kept += [f"For {self.word('audiences', STAFF)} alone: {line}" for line in self.lines(note)]
        return Entry(" ".join(title.split()), keep_lines(kept))

    def tell(self) -> SummaryParts:
        """Brief, facts and parts of the document."""
        raise NotImplementedError

    def tell_severity(self) -> str:
        """The severity with the times that hold: S2 High, first answer within 4 hours."""
        vocabulary = self.library.vocabulary
        first, resolve = deadlines(self.body, vocabulary) if vocabulary else (None, None)
        told = [f"{self.body.severity} {self.word('severities', self.body.severity)}"] if self.body.severity else []
        told += [f"first answer within {word_value('duration', first.limit)}"] if first and first.limit else []
        told += [f"resolved within {word_value('duration', resolve.limit)}"] if resolve and resolve.limit else []
        return ", ".join(told)
