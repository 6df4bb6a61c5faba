"""Compares two trees: readers, decisions, documents, words, files, packs and whoever depends on them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from generator.analysis.changes.citations import MovedCitation, citations_of
from generator.analysis.changes.decided import PathChange, path_change
from generator.analysis.changes.edits import ADDED, CHANGED, REMOVED, Alteration, edits_of
from generator.analysis.changes.letters import TextState, text_states_of
from generator.analysis.changes.lives import BEGINS, ENDS, life_of
from generator.analysis.changes.needs import PackChange, changed_packs
from generator.analysis.changes.pairs import GROUPS, DocumentPair, Renamings, match_words, pair_documents
from generator.analysis.changes.profile import Profile, profile_of
from generator.analysis.changes.reach import Reach, reach_of
from generator.analysis.changes.readers import Exposure, find_exposures
from generator.documents import VOCABULARY, Document, is_document
from generator.documents.header import Historied
from generator.documents.types.policy import Policy, PolicyVersion
from generator.files.source import Source
from generator.files.tree import Tree, Unreadable
from generator.findings import Finding
from generator.library.library import Library
from generator.library.meaning.lessons import Pairing
from generator.library.meaning.levels import LEVELS, MAJOR, MINOR
from generator.library.meaning.need import Need, weigh
from generator.library.timeline import order


@dataclass(frozen=True, eq=False)
class TreeState:
    """A tree as it was read: what people call it, its library, and the findings about the format of its files."""

    name: str
    library: Library
    tree: Tree | None = field(default=None, repr=False)
    sources: Mapping[str, Source] = field(default_factory=dict, repr=False)
    findings: tuple[Finding, ...] = ()

    @property
    def unsound(self) -> dict[str, str]:
        """The files with format errors, by path, with the first error of each: nobody can tell what is in them."""
        sound = {one.path for one in self.library.documents if one.sound}
        sound |= {VOCABULARY} if self.library.vocabulary else set()
        found: dict[str, str] = {}
        for finding in self.findings:
            if finding.place.path not in sound:
                found.setdefault(finding.place.path, finding.message)
        return found


class DocumentChange(NamedTuple):
    """What is another in one document; `notes` are what its history says about the versions since.

    `moved_to` has, by the id of a part that is gone, the document that has it now. `profile` sums up one that begins
    or ends, or is for more readers than it was: nothing else tells what that means.
    """

    pair: DocumentPair
    edits: tuple[Alteration, ...] = ()
    languages: tuple[TextState, ...] = ()
    citations: tuple[MovedCitation, ...] = ()
    paths: PathChange | None = None
    need: Need | None = None
    notes: tuple[str, ...] = ()
    moved_to: Mapping[str, str] = {}
    profile: Profile | None = None

    @property
    def life(self) -> str:
        """Whether people begin or cease to work by the document: one of the words of `lives`, or empty."""
        return life_of(self.pair)

    @property
    def is_begun(self) -> bool:
        """Whether people work by it from now on."""
        return self.life in BEGINS

    @property
    def is_ended(self) -> bool:
        """Whether people no longer work by it."""
        return self.life in ENDS

    @property
    def document(self) -> Document:
        return self.pair.document

    @property
    def kind(self) -> str:
        """Whether the document was added, removed or changed."""
        return CHANGED if self.pair.old and self.pair.new else ADDED if self.pair.new else REMOVED

    @property
    def former(self) -> str:
        """The id that it had, if that is another one."""
        old, new = self.pair
        return old.id if old and new and old.id != new.id else ""

    @property
    def is_grave(self) -> bool:
        """Whether people work by something else now."""
        return bool(self.life) or self.need is not None or bool(self.paths and self.paths.is_decided_anew)

    @property
    def is_other(self) -> bool:
        """Whether what leads here may have to change as well: not for other words, nor for what is new."""
        return bool(self.need and self.need.change in (MAJOR, MINOR)) or bool(self.paths and self.paths.why)

    @property
    def rank(self) -> tuple[int, int, int, str]:
        decides = bool(self.paths and self.paths.is_decided_anew)
        level = LEVELS.index(self.need.level) if self.need else len(LEVELS)
        return (not decides, 0 if self.life else level, self.document.kind.position, self.document.id)


class WordChange(NamedTuple):
    """A word of the vocabulary that was added, removed, renamed (`after` is its new id), or means something else."""

    group: str
    word: str
    kind: str
    after: str = ""


class Unread(NamedTuple):
    """A file that could not be compared: in which tree, and why."""

    path: str
    tree: str
    why: str


@dataclass(frozen=True, eq=False)
class TreeDiff:
    """Everything that is another in one tree than in another, the gravest first."""

    old: TreeState
    new: TreeState
    exposures: tuple[Exposure, ...]
    documents: tuple[DocumentChange, ...]
    words: tuple[WordChange, ...]
    files: tuple[tuple[str, str], ...]
    packs: tuple[PackChange, ...]
    reach: Reach
    unread: tuple[Unread, ...]

    @property
    def is_empty(self) -> bool:
        return not (self.documents or self.words or self.files or self.unread or self.exposures)

    @property
    def decided(self) -> list[DocumentChange]:
        """The decisions that end elsewhere, or may."""
        return [one for one in self.documents if one.paths and one.paths.is_decided_anew]

    @property
    def wider(self) -> list[Exposure]:
        return [one for one in self.exposures if one.wider]


def compare_trees(old: TreeState, new: TreeState, today: date, only: frozenset[str] = frozenset()) -> TreeDiff:
    """Compares two trees; `only` are the ids (or former ids) of the documents to tell about, all if it is empty."""
    renamings = match_words(old.library.vocabulary, new.library.vocabulary)
    pairs = pair_documents(old.library, new.library)
    if only:
        pairs = [pair for pair in pairs if any(one and only & {one.id, *one.body.formerly} for one in pair)]
    told = [_compare_pair(pair, old.library, new.library, renamings) for pair in pairs]
    documents = sorted(_follow_parts(told), key=lambda one: one.rank)
    changed = frozenset(one.document.id for one in documents)
    grave = frozenset(one.document.id for one in documents if one.is_other and one.pair.new)
    return TreeDiff(
        old,
        new,
        tuple(one for one in find_exposures(old.library, new.library, pairs, renamings) if one.document or not only),
        tuple(documents),
        () if only else tuple(_compare_words(old.library, new.library, renamings)),
        () if only else tuple(_compare_files(old, new)),
        tuple(changed_packs(old.library, new.library, changed, today)) if documents else (),
        reach_of(new.library, pairs, grave),
        tuple(one for one in _find_unread(old, new) if not only or _name_file(one.path) in only),
    )


def _compare_pair(pair: DocumentPair, then: Library, now: Library, renamings: Renamings) -> DocumentChange:
    old, new = pair
    life = life_of(pair)
    shown, library = (old, then) if old and (new is None or life in ENDS) else (new, now)
    profile = profile_of(shown, library) if shown and (life or _is_wider(pair, now, renamings)) else None
    if old is None or new is None:
        return DocumentChange(pair, profile=profile)
    pairing = Pairing(new, old, now, then, is_explained=False)
    told, _, verdict, need = weigh(new, old, now, then)
    is_followed = bool(verdict and verdict.comparison)
    return DocumentChange(
        pair,
        tuple(edits_of(pairing, told, renamings, is_followed)),
        tuple(text_states_of(pairing)),
        tuple(citations_of(pairing)),
        path_change(verdict) if verdict else None,
        need,
        tuple(_list_notes(new, old.body.version)),
        profile=profile,
    )


def _is_wider(pair: DocumentPair, library: Library, renamings: Renamings) -> bool:
    """Whether all of a document is for more readers than it was: to them, it is new."""
    old, new = pair
    if old is None or new is None or library.vocabulary is None:
        return False
    rank = library.vocabulary.rank
    return rank(new.body.audience) < rank(renamings.now("audiences", old.body.audience))


def _list_notes(document: Document, before: str) -> Iterator[str]:
    body = document.body
    for entry in body.history if isinstance(body, (Historied, Policy)) else ():
        if order(entry.version) > order(before):
            yield from [entry.note.strip()] if entry.note else []
            for change in entry.changes if isinstance(entry, PolicyVersion) else ():
                title = document.parts[change.section].title if change.section in document.parts else change.section
                yield f"{title.strip()} ({change.kind}){f': {change.note.strip()}' if change.note else ''}"


def _follow_parts(told: list[DocumentChange]) -> Iterator[DocumentChange]:
    """Parts that are gone here and have come there, by their ids, have moved."""
    came = {edit.part: one.document.id for one in told for edit in one.edits if edit.kind == ADDED and edit.part} | {
        name: one.document.id for one in told if one.kind == ADDED for name in one.document.parts
    }
    for one in told:
        gone = [edit.part for edit in one.edits if edit.kind == REMOVED and edit.part in came]
        yield one._replace(moved_to={name: came[name] for name in gone if came[name] != one.document.id})


def _compare_words(old: Library, new: Library, renamings: Renamings) -> Iterator[WordChange]:
    if old.vocabulary is None or new.vocabulary is None:
        return
    for group in GROUPS:
        was, now = old.vocabulary.terms(group), new.vocabulary.terms(group)
        for word, term in was.items():
            name = renamings.now(group, word)
            if name not in now:
                yield WordChange(group, word, REMOVED)
            elif name != word:
                yield WordChange(group, word, "renamed", name)
            elif now[name] != term:
                yield WordChange(group, word, CHANGED)
        known = {renamings.now(group, word) for word in was}
        yield from (WordChange(group, word, ADDED) for word in now if word not in known)


def _compare_files(old: TreeState, new: TreeState) -> Iterator[tuple[str, str]]:
    """The pictures and other files that pages show: by path, what became of them. Nobody looks into them."""
    was, now = (
        {path for path in state.library.files if not is_document(path) and not path.endswith("/")}
        for state in (old, new)
    )
    for path in sorted(was | now):
        if path not in now:
            yield path, REMOVED
        elif path not in was:
            yield path, ADDED
        elif old.tree and new.tree and _read_file(old.tree, path) != _read_file(new.tree, path):
            yield path, CHANGED


def _read_file(tree: Tree, path: str) -> bytes:
    try:
        return tree.read(path)
    except Unreadable:
        return b""


def _find_unread(old: TreeState, new: TreeState) -> Iterator[Unread]:
    """The files with format errors that are not the same in both trees, with the first error of each."""
    for state, other in ((new, old), (old, new)):
        for path, why in state.unsound.items():
            here, there = state.sources.get(path), other.sources.get(path)
            if here is None or there is None or here.text != there.text:
                yield Unread(path, state.name, why)


def _name_file(path: str) -> str:
    return path.rpartition("/")[2].rpartition(".")[0]
