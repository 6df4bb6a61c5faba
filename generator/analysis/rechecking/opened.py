"""A knowledge base of which only those documents are read that have to be judged, and those that these ask about."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date

from generator import pipeline
from generator.analysis.rechecking.ledger import note_all
from generator.analysis.rechecking.records import as_text, load_traits
from generator.analysis.rechecking.surroundings import Bystanders
from generator.analysis.rechecking.watched import LazySources, Watched
from generator.documents import VOCABULARY, Document, kind_of
from generator.documents.header import Header
from generator.documents.overlooked import misnamed
from generator.documents.structure import structure
from generator.documents.vocabulary import Vocabulary
from generator.files.source import Source
from generator.library.excerpt import Excerpt
from generator.library.library import TOKEN, Library
from generator.library.pointers import Outgoing, collect_outgoing
from generator.library.traits import Traits, traits_of

NOBODY = Header.model_construct(id="")  # type: ignore[call-arg]


class TooMuch(Exception):
    """So much may be found otherwise than before that everything is to be judged."""


class Opened:
    """The documents at some paths that were read again, and all others as they are known.

    `names` are the ids of the documents that are as they were, by path; `written` the traits of all as they were.
    """

    def __init__(
        self,
        tree: Watched,
        today: date,
        paths: list[str],
        sources: LazySources,
        changed: set[str],
        names: Mapping[str, tuple[str, ...]],
        written: Mapping[str, str],
    ) -> None:
        self._tree, self._sources = tree, sources
        self._written = {path: one for path, one in written.items() if path in sources and path not in changed}
        self._documents: dict[str, Document] = {}
        read, self.findings = pipeline.load(tree, sorted(changed))
        sources.take(read)
        malformed = self._structure(read, changed)
        self.vocabulary = self._read_vocabulary()
        known = {path: one for path, one in names.items() if path not in changed and path in sources}
        known |= {path: (one.id, *one.body.formerly) for path, one in self._documents.items()}
        self.kept = Bystanders(dict(sorted(known.items())), self._written, self.open)
        mentions = {name: frozenset(TOKEN.findall(text)) for name, text in malformed.items()}
        mentions = dict.fromkeys(misnamed(paths), frozenset[str]()) | mentions
        self._bare = Excerpt(today, self.vocabulary, (), {}, mentions, frozenset(paths), around=self.kept)

    def _structure(self, read: Mapping[str, Source], changed: set[str]) -> dict[str, str]:
        """Makes documents of what was read; the texts of those that have format errors, by id."""
        found = structure(read.values())
        if found.findings or found.malformed:
            # What is said about an error depends on which files there are.
            again = pipeline.load(self._tree, sorted(changed))[0]
            self._sources.take(again)
            stubs = {path: _make_stub(path) for path in self._sources if path not in changed and path != VOCABULARY}
            every = {path: again.get(path) or Source(path) for path in self._sources if path != VOCABULARY}
            found = structure(every.values(), stubs)
        self.findings += found.findings
        self._documents |= {one.path: one for one in found.documents if one.path in changed}
        return {name: source.text for name, source in found.malformed.items()}

    def _read_vocabulary(self) -> Vocabulary:
        found = structure(pipeline.load(self._tree, [VOCABULARY])[0].values())
        if found.vocabulary is None or found.findings:
            raise TooMuch
        return found.vocabulary

    def open(self, path: str) -> Document:
        """The document at a path. Raises TooMuch if it is not what it was."""
        if path not in self._documents:
            found = structure(pipeline.load(self._tree, [path])[0].values())
            if found.findings or found.malformed or not found.documents:
                raise TooMuch
            self._documents[path] = found.documents[0]
        return self._documents[path]

    @property
    def library(self) -> Library:
        """What is known without reading anything."""
        return self._bare

    @property
    def words(self) -> Outgoing:
        """What the vocabulary refers to."""
        return self._find_outgoing(None)

    def has_document(self, path: str) -> bool:
        """Whether a file that was read again is a document."""
        return path in self._documents

    def excerpt(self, paths: Iterable[str]) -> Excerpt:
        """The documents at some paths, to be judged."""
        ordered = sorted(paths)
        documents = tuple(self.open(path) for path in ordered if path != VOCABULARY)
        outgoing = {VOCABULARY: self._find_outgoing(None)} if VOCABULARY in ordered else {}
        outgoing |= {one.path: self._find_outgoing(one) for one in documents}
        bare = self._bare
        return Excerpt(bare.today, self.vocabulary, documents, outgoing, bare.malformed, bare.files, around=self.kept)

    def _find_outgoing(self, document: Document | None) -> Outgoing:
        if document is None:
            outgoing = collect_outgoing(VOCABULARY, None, self.vocabulary, self.vocabulary)
        else:
            outgoing = collect_outgoing(document.path, document, document.body, self.vocabulary)
        return outgoing.updated(self._bare.current)

    def find_traits(self, some: Excerpt, released: Collection[str] | None) -> dict[str, Traits]:
        """The traits of the files in an excerpt; the paths of those that are in releases, None if there are none."""
        found = {}
        for path, outgoing in some.outgoing.items():
            document = self._documents.get(path)
            content = None if released is None else self._tree.seen[path][1] if path in released else ""
            notes = note_all(document, outgoing, content)
            found[path] = traits_of(document, outgoing, notes)
        return found

    def list_naming(self, names: set[str]) -> dict[str, Traits]:
        """The traits of the files that have or name some ids, and of others; of all if there are no ids."""
        signs = [as_text(name)[:-1] for name in names]
        old = {
            path: load_traits(text)
            for path, text in self._written.items()
            if not signs or any(one in text for one in signs)
        }
        return old | self.kept.fresh


def _make_stub(path: str) -> Document:
    """Stands for a document that nobody has to read."""
    kind = kind_of(path)
    assert kind is not None
    return Document(kind, path, NOBODY)
