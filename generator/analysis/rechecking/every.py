"""A check of everything, which keeps all that the next check needs."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from generator import pipeline
from generator.analysis.rechecking.last import (
    Reads,
    describe_state,
    dump_row,
    dump_wholes,
    sketch_kind,
)
from generator.analysis.rechecking.ledger import Dossier, note_all, sum_up, take_down
from generator.analysis.rechecking.records import as_text, dump_traits
from generator.analysis.rechecking.watched import Watched
from generator.checks import Placer, checks, faults
from generator.documents import RELEASES, VOCABULARY, is_document, kinds
from generator.documents.attachments import attachment
from generator.files.writer.cache import Cache
from generator.findings import Finding
from generator.library.freezing import freeze
from generator.library.library import Library
from generator.library.packing import packs
from generator.library.sketch import sketch
from generator.library.traits import hash_data, traits_of
from generator.pipeline import Judgement, Track, without_collection

WHOLE, STATE = "whole", "state"


def list_paths(tree: Watched) -> tuple[list[str], list[str]]:
    """The files of the releases, and all others."""
    listed = list(tree.files((VOCABULARY, *(kind.folder for kind in kinds().values()))))
    released = [path for path in listed if path.startswith(RELEASES)]
    return released, [path for path in listed if not path.startswith(RELEASES)]


def hash_beside(tree: Watched, released: list[str], others: list[str]) -> str:
    """The hash of the releases and of which files are no documents; empty if a release was written just now."""
    stamps = [tree.stamp(path) for path in released]
    return hash_data((released, stamps, others)) if all(stamps) else ""


def sort_findings(*some: list[Finding]) -> list[Finding]:
    """Findings as a report has them."""
    return sorted((finding for each in some for finding in each), key=lambda finding: finding.order)


def list_released(library: Library) -> list[str]:
    """The paths of the documents that would be in the next release of a pack that has one."""
    some = (packed for packed in packs(library) if library.releases.paths and library.releases.last(packed.document.id))
    return sorted({path for packed in some for path in freeze(packed).documents})


class Every:
    """A check of everything, which keeps all that the next one needs."""

    def __init__(self, tree: Watched, today: date, cache: Cache) -> None:
        self._tree, self._today, self._cache = tree, today, cache

    def judge(self, track: Track) -> Judgement:
        """What is found in all documents."""
        released, paths = list_paths(self._tree)
        library, sources, self._malformed = pipeline.gather(self._tree, self._today, track)
        self._library = replace(library, unfit=dict(pipeline.unfit(self._tree, library)))
        self._beside = hash_beside(self._tree, released, [path for path in paths if not is_document(path)])
        self._accounts = {path: Dossier() for path in sources}
        self._wholes = {code: Dossier() for code, check in checks().items() if check.note}
        take_down(list(faults(self._library)), self._today, self._accounts, self._wholes)
        findings, coming = sum_up(self._accounts, self._wholes, self._today, Placer(sources))
        return Judgement(self._library, sort_findings(self._malformed, findings), sources, coming)

    @without_collection()
    def save(self) -> None:
        """Writes an account, traits and a sketch of every file."""
        library, seen, released = self._library, self._tree.seen, list_released(self._library)
        has_releases = bool(library.releases.paths)
        told = {finding.place.path for finding in self._malformed}
        texts: dict[str, dict[str, str]] = {"file": {}, "traits": {}, WHOLE: dump_wholes(self._wholes)}
        reads = Reads()
        for path, account in self._accounts.items():
            document, outgoing = library.by_path.get(path), library.outgoing.get(path)
            stamp, content = ("", "") if path in told or outgoing is None else seen[path]
            names: tuple[str, ...] = ()
            if outgoing is not None:
                text = (content if path in released else "") if has_releases else None
                traits = traits_of(document, outgoing, note_all(document, outgoing, text))
                texts["traits"][path], names = dump_traits(traits), traits.names
                if document:
                    reads.add(document, traits)
                    texts.setdefault(sketch_kind(document), {})[path] = as_text(sketch(document, outgoing))
            texts["file"][path] = dump_row(stamp, content, names, account)
        shown = {attachment(link.at.path, link.address) for link in library.links} & library.files
        pictures = {path: self._tree.stamp(path) for path in shown if path}
        texts[STATE] = {STATE: describe_state(library, self._beside, pictures, reads, released)}
        self._cache.write(texts, (), is_all=True)
