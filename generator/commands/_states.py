"""Finds the tree that a person means: a folder, a git revision, or a release of a pack."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import click

from generator import pipeline
from generator.analysis.changes.trees import TreeState
from generator.commands._knowledge_base import KnowledgeBase
from generator.commands._releases import find_release
from generator.documents import VOCABULARY, kinds
from generator.documents.types.pack import Pack
from generator.files.repository import NoPast, NoRevision
from generator.files.revision import Revision
from generator.files.tree import MARK, Folder, Tree
from generator.library.library import Library
from generator.library.releases import Release
from generator.library.thawing import Unthawable, pack_of, thaw

RELEASE = re.compile(r"([a-z0-9][a-z0-9-]*)@([0-9]+(?:\.[0-9]+){1,2})")
FOLDERS = (VOCABULARY, *(kind.folder for kind in kinds().values()))
HERE = "the files here"


def read_here(base: KnowledgeBase) -> TreeState:
    """The knowledge base as it is now, committed or not."""
    library, sources, findings = base.load()
    return TreeState(HERE, library, Folder(base.root), sources, tuple(findings))


def read_state(base: KnowledgeBase, name: str, argument: str, is_forked: bool) -> TreeState:
    """The tree of a name: `PACK@VERSION`, a folder, or a revision. Ends the command where there is no such tree.

    With `is_forked`, a revision is taken where the current branch left it. `argument` is what the name was given for.
    """
    if RELEASE.fullmatch(name):
        library = base.library()
        release = _find_release(library, name)
        if release is not None:
            return _read_release(base, release, library)
    folder = _find_folder(name, argument)
    if folder is not None:
        return _gather(base, name if name != "." else HERE, Folder(folder))
    try:
        revision = Revision(base.root, name, FOLDERS, is_forked)
    except NoRevision as error:
        what = f"{error}; {error.hint}. A folder with {MARK.as_posix()} will do too, or PACK@VERSION"
        raise click.BadParameter(what, param_hint=argument) from None
    except NoPast as error:
        raise click.ClickException(f"cannot tell what was in {name}: {error} ({error.hint})") from None
    return _gather(base, name if name.startswith(revision.commit) else f"{name} ({revision.commit})", revision)


def narrow_to(state: TreeState, release: TreeState, argument: str) -> TreeState:
    """A tree as the readers of a pack see it: what a release is compared with."""
    pack = release.name.partition("@")[0]
    packed = pack_of(state.library, pack)
    if packed is None:
        raise click.BadParameter(f"{state.name} has no pack {pack}, or one with mistakes", param_hint=argument)
    ids = packed.contents.ids | {packed.document.id}
    library = replace(packed.view.only(ids), releases=state.library.releases)
    return replace(state, library=library, tree=None, sources={}, findings=())


def is_release(state: TreeState) -> bool:
    """Whether a tree is that of a release."""
    return state.tree is None


def _find_release(library: Library, name: str) -> Release | None:
    found = RELEASE.fullmatch(name)
    if not found:
        return None
    packs = {document.id for document, _ in library.each(Pack)} | library.releases.by_pack.keys()
    return find_release(library, found[1], found[2]) if found[1] in packs else None


def _read_release(base: KnowledgeBase, release: Release, here: Library) -> TreeState:
    name = f"{release.record.pack}@{release.version}"
    try:
        library = thaw(release, base.today, here.releases)
    except Unthawable as error:
        raise click.ClickException(str(error)) from None
    inside = frozenset(one.id for one in library.documents if one.id in release.documents)
    return TreeState(name, replace(library.only(inside), releases=here.releases))


def _find_folder(name: str, argument: str) -> Path | None:
    """The folder of a name; None if a revision is meant, as `docs` may be the one and the other."""
    place = Path(name)
    try:
        if (place / MARK).is_file():
            return place
        is_path = name.startswith((".", "/", "~")) or name.endswith("/") or place.is_file()
    except (OSError, ValueError):
        return None
    if is_path:
        what = "there is no such folder" if not place.exists() else f"it has no {MARK.as_posix()}"
        raise click.BadParameter(f"{name} is no knowledge base: {what}", param_hint=argument)
    return None


def _gather(base: KnowledgeBase, name: str, tree: Tree) -> TreeState:
    try:
        library, sources, findings = pipeline.gather(tree, base.today)
    except NoPast as error:
        raise click.ClickException(f"cannot read all of {name}: {error} ({error.hint})") from None
    return TreeState(name, library, tree, sources, tuple(findings))
