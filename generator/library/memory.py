"""What was made of files, for whoever reads them again and again: it is used as long as their bytes are the same."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from generator.documents import VOCABULARY, Document
from generator.documents.structure import Structured
from generator.documents.vocabulary import Vocabulary
from generator.files.source import Source
from generator.library.pointers import Outgoing, collect_outgoing


class Memory:
    """Sources, and the documents and vocabulary that were made of them.

    Only sound ones are kept: what has a format error is made anew, since its data lost what was wrong.
    """

    def __init__(self) -> None:
        self._contents: dict[str, tuple[bytes, Source]] = {}
        self._made: dict[str, tuple[Source, Document | Vocabulary]] = {}
        self._outgoing: dict[str, tuple[Document, Outgoing]] = {}
        self._vocabulary: Vocabulary | None = None

    def find_source(self, path: str, content: bytes) -> Source | None:
        """The source of a file with these bytes, if something sound was made of it."""
        known = self._contents.get(path)
        made = self._made.get(path)
        return known[1] if known and made and known[0] == content and made[0] is known[1] else None

    def keep_source(self, path: str, content: bytes, source: Source) -> None:
        self._contents[path] = content, source

    def made_of(self, sources: Mapping[str, Source]) -> dict[str, Document | Vocabulary]:
        """What was made of these sources before, by path."""
        return {path: made for path, (source, made) in self._made.items() if sources.get(path) is source}

    def keep_made(self, sources: Mapping[str, Source], structured: Structured) -> None:
        """Keeps what is sound, and forgets files that are gone."""
        told = {finding.place.path for finding in structured.findings}
        made: dict[str, Document | Vocabulary] = {one.path: one for one in structured.documents if one.sound}
        if structured.vocabulary is not None:
            made[VOCABULARY] = structured.vocabulary
        self._made = {path: (sources[path], one) for path, one in made.items() if path not in told and path in sources}
        self._contents = {path: one for path, one in self._contents.items() if path in sources}

    def outgoing(self, documents: Iterable[Document], vocabulary: Vocabulary | None) -> dict[Document, Outgoing]:
        """What each document points at; found anew in those that changed, or in all with another vocabulary."""
        if vocabulary is not self._vocabulary:
            self._vocabulary, self._outgoing = vocabulary, {}
        found: dict[Document, Outgoing] = {}
        for one in documents:
            known = self._outgoing.get(one.path)
            same = known is not None and known[0] is one
            found[one] = known[1] if known and same else collect_outgoing(one.path, one, one.body, vocabulary)
        self._outgoing = {one.path: (one, outgoing) for one, outgoing in found.items()}
        return found
