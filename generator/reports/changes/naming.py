"""Names whom a comparison is about: audiences, teams and other words of the vocabulary, and documents."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from generator.analysis.changes.readers import Exposure
from generator.analysis.changes.trees import DocumentChange
from generator.library.library import Library
from generator.wording import count

HEADED = 2  # documents that a headline names
MANY = 4  # names that a sentence has
Spelling = Callable[[str], str]


class Namer:
    """What people call the words and readers of a library; `words` writes each of the names."""

    def __init__(self, library: Library) -> None:
        self.library = library

    def exposure(self, one: Exposure, words: Spelling) -> str:
        """What other readers may see."""
        before, after = self.readers(one.before, words), self.readers(one.after, words)
        if one.document is None:
            what, _, word = one.part.partition(" ")
            name = words(self.word(f"{what}s", word))
            was, now = (words(self.word("audiences", audience)) for audience in (one.before, one.after))
            return f"{what.capitalize()} {name} may now see what is for {now}, and so far saw what is for {was}"
        title = f"“{words(one.document.body.title)}”"
        part = one.document.parts.get(one.part)
        place = f"“{words(part.title)}” of {title}" if part else title
        if one.words:
            place = f"a sentence of {place}"
        if one.wider or one.words:
            return f"{self._name_added(one, words)} may now read {place}, which only {before} could read"
        return f"Only {after} may still read {place}, which {before} could read"

    def _name_added(self, one: Exposure, words: Spelling) -> str:
        """The audiences that may read something now and could not: “Public”, or “Public and Vendor”."""
        vocabulary = self.library.vocabulary
        if vocabulary is None or one.after not in vocabulary.audiences:
            return words(one.after)
        names = list(vocabulary.audiences)[vocabulary.rank(one.after) : vocabulary.rank(one.before)] or [one.after]
        return join_names([words(vocabulary.audiences[name].name) for name in names])

    def readers(self, audience: str, words: Spelling) -> str:
        """Everybody who may read what is for an audience, by the names of their audiences: “Vendor and Internal”."""
        vocabulary = self.library.vocabulary
        if vocabulary is None or audience not in vocabulary.audiences:
            return words(audience)
        names = [words(term.name) for term in list(vocabulary.audiences.values())[vocabulary.rank(audience) :]]
        if len(names) > MANY:
            names = [*names[:MANY], f"{len(names) - MANY} more"]
        return join_names(names)

    def word(self, group: str, word: str) -> str:
        """What people call a word of the vocabulary."""
        known = self.library.vocabulary.terms(group).get(word) if self.library.vocabulary else None
        return known.name.strip() if known else word

    def successor(self, one: DocumentChange) -> str:
        """The title of what replaces a document; empty if nothing does."""
        to = one.document.body.superseded_by
        found = self.library.find(to.id) if to else None
        return found.body.title if found else ""


def join_names(names: Sequence[str]) -> str:
    """Names in a sentence: `a, b and c`."""
    return " and ".join(filter(None, [", ".join(names[:-1]), names[-1]])) if names else ""


def clean_line(text: str) -> str:
    """A text on one line, without the point at its end."""
    return " ".join(text.split()).rstrip(".")


def name_documents(documents: Sequence[DocumentChange]) -> str:
    """One or two documents by their titles, more of them by their number."""
    if len(documents) > HEADED:
        return count(len(documents), "document")
    return join_names([f"“{clean_line(one.document.body.title)}”" for one in documents])
