"""The whole journey on one screen: from a tree of files to a library and all findings about it."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date

from generator.checks import judge
from generator.documents import RELEASES, VOCABULARY, is_document, kinds
from generator.documents.attachments import attachment, is_picture
from generator.documents.overlooked import misnamed
from generator.documents.structure import structure
from generator.files.pictures import UnfitPicture, judge_picture
from generator.files.source import Source, read
from generator.files.terminal import disarm_line
from generator.files.tree import Tree, Unreadable
from generator.findings import Finding, Place
from generator.library.library import Library, link
from generator.library.memory import Memory
from generator.library.releases import find_releases

Track = Callable[[Iterable[str], str], Iterable[str]]


@dataclass(frozen=True)
class Judgement:
    """A library and all findings about it, sorted by place; `coming` is the next day on which there will be more.

    `known` is the number of findings that were left out because they are known, and `prefix` the path of the knowledge
    base in its repository, with a slash at the end.
    """

    library: Library
    findings: list[Finding]
    sources: Mapping[str, Source] = field(repr=False)
    coming: date | None = None
    known: int = 0
    prefix: str = ""

    @property
    def count(self) -> int:
        """How many documents there are, including those with format errors."""
        return sum(path != VOCABULARY for path in self.sources)

    @property
    def errors(self) -> list[Finding]:
        return [finding for finding in self.findings if finding.severity == "error"]


@contextmanager
def without_collection() -> Iterator[None]:
    """Stops garbage collection: loading makes many objects and no cycles, and each collection would scan them all.

    The objects that exist at the end are not scanned until the next run, when a preview no longer needs them: one scan
    takes a twelfth of the time of a check.
    """
    was_on = gc.isenabled()
    gc.disable()
    gc.unfreeze()
    try:
        yield
    finally:
        gc.freeze()
        if was_on:
            gc.enable()


@without_collection()
def run(
    tree: Tree,
    today: date,
    select: frozenset[str] = frozenset(),
    ignore: frozenset[str] = frozenset(),
    track: Track = lambda items, label: items,
    before: Library | None = None,
) -> Judgement:
    """Loads, structures, links and checks; `before` is an older state, for the checks that ask what has changed."""
    return judge_gathered(tree, *gather(tree, today, track), select, ignore, before)


def judge_gathered(
    tree: Tree,
    library: Library,
    sources: dict[str, Source],
    malformed: list[Finding],
    select: frozenset[str] = frozenset(),
    ignore: frozenset[str] = frozenset(),
    before: Library | None = None,
) -> Judgement:
    """Checks what `gather` found in a tree."""
    library = replace(library, unfit=dict(unfit(tree, library)), before=before)
    judged, coming = judge(library, sources)
    findings = [f for f in (*malformed, *judged) if _is_wanted(f.code, select, ignore)]
    return Judgement(library, sorted(findings, key=lambda finding: finding.order), sources, coming)


@without_collection()
def gather(
    tree: Tree, today: date, track: Track = lambda items, label: items, memory: Memory | None = None
) -> tuple[Library, dict[str, Source], list[Finding]]:
    """Loads, structures and links: the library, its sources by path, and the findings about their format.

    With a memory, what was made of files whose bytes are the same is taken from there.
    """
    listed = list(tree.files((VOCABULARY, *(kind.folder for kind in kinds().values()))))
    paths = [path for path in listed if not path.startswith(RELEASES)]  # which no page shows, and no document is in
    sources, unreadable = load(tree, track(filter(is_document, paths), "reading"), memory)
    structured = structure(sources.values(), memory.made_of(sources) if memory else {})
    if memory:
        memory.keep_made(sources, structured)
    malformed = dict.fromkeys(misnamed(paths), "")  # references to what such a file was to be are not wrong
    malformed |= {name: source.text for name, source in structured.malformed.items()}
    known = memory.outgoing(structured.documents, structured.vocabulary) if memory else None
    library = link(structured.documents, structured.vocabulary, today, malformed, paths, known)
    library = replace(library, releases=find_releases(tree, listed))
    return library, sources, [*unreadable, *structured.findings]


def load(tree: Tree, paths: Iterable[str], memory: Memory | None = None) -> tuple[dict[str, Source], list[Finding]]:
    """Files as sources, by path, and a finding for each that cannot be read."""
    sources: dict[str, Source] = {}
    findings: list[Finding] = []
    for name in paths:
        path = disarm_line(name)
        try:
            if path != name:
                raise Unreadable("has a name that cannot be shown", "rename it, with letters, digits and hyphens only")
            source, finding = _read_once(path, tree.read(path), memory)
        except Unreadable as error:
            source = Source(path)
            finding = Finding(Place(path), "unreadable-file", "error", str(error), error.hint)
        sources[path] = source
        if finding:
            findings.append(finding)
    return sources, findings


def _read_once(path: str, content: bytes, memory: Memory | None) -> tuple[Source, Finding | None]:
    known = memory.find_source(path, content) if memory else None
    if known is not None:
        return known, None
    source, finding = read(path, content)
    if memory:
        memory.keep_source(path, content, source)
    return source, finding


def unfit(tree: Tree, library: Library) -> Iterator[tuple[str, tuple[str, str]]]:
    """The pictures and files that pages show and that cannot be published, each with the reason and how to fix it."""
    shown = {attachment(link.at.path, link.address) for link in library.links} & library.files
    for path in sorted(path for path in shown if path):
        try:
            content = tree.read(path)
            if is_picture(path):
                judge_picture(path, content)
        except Unreadable as error:
            yield path, (str(error), "replace it with a regular file that is not too large")
        except UnfitPicture as error:
            yield path, (str(error), error.hint)


def narrow_codes(judgement: Judgement, select: frozenset[str], ignore: frozenset[str]) -> Judgement:
    """The judgement of some checks alone."""
    return replace(judgement, findings=[one for one in judgement.findings if _is_wanted(one.code, select, ignore)])


def _is_wanted(code: str, select: frozenset[str], ignore: frozenset[str]) -> bool:
    return (not select or code in select) and code not in ignore
