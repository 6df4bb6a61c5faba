"""The knowledge base that a command works on, and the options that select it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from generator import pipeline
from generator.commands._refusal import refusing, writing
from generator.commands._typed import DayTyped
from generator.documents import kinds
from generator.documents.header import Header
from generator.files import writer as publish
from generator.files.repository import NoPast, NoRevision
from generator.files.revision import Revision
from generator.files.source import Source
from generator.files.tree import MARK, Folder, find_root
from generator.findings import Finding
from generator.library.library import Library
from generator.library.memory import Memory
from generator.reports.progress import tracking
from generator.wording import one_of

if TYPE_CHECKING:
    from generator.analysis.rechecking.cached import CachedCheck
    from generator.files.writer.cache import Cache

READINGS = 3
ORIGINS = ("origin/HEAD", "origin/main", "origin/master", "HEAD")
Read = TypeVar("Read")

AUDIENCE = click.option(
    "--audience",
    default="internal",
    metavar="WORD",
    show_default=True,
    help="Who it is for: everything above this audience is left out.",
)

TRUST = click.option(
    "--trust",
    "trusted",
    multiple=True,
    envvar="PLAYBOOK_TRUST",
    metavar="NAME",
    help="Allow this hook, plugin, extension, tag or theme setting in mkdocs.yml to run code; may be repeated.",
)


class KnowledgeBase:
    """A knowledge base, and the day as of which it is checked."""

    def __init__(self, root: Path, today: date) -> None:
        self.root = root
        self.today = today
        self.memory: Memory | None = None  # of a preview, which reads the same files again and again
        self.cache: Cache | None = None
        self._checked: CachedCheck | None = None

    def run(
        self,
        select: frozenset[str] = frozenset(),
        ignore: frozenset[str] = frozenset(),
        before: Library | None = None,
    ) -> pipeline.Judgement:
        """Everything that is found. With a cache, what cannot have changed since it was written is taken from there."""
        cache = self.cache if before is None else None
        with tracking() as track:
            if cache is None:
                return self._read_settled(
                    lambda: pipeline.run(Folder(self.root), self.today, select, ignore, track, before)
                )
            from generator.analysis.rechecking.cached import CachedCheck  # no other command needs it

            self._checked = CachedCheck(Folder(self.root), self.today, cache)
            found = self._read_settled(partial(self._checked.judge, track))
            return pipeline.narrow_codes(found, select, ignore)

    def keep(self) -> None:
        """Keeps what was found for the next time."""
        if self._checked:
            self._checked.save()

    def gather(self) -> tuple[Library, dict[str, Source]]:
        """Loads the library without running the checks; the library, and its sources by path."""
        library, sources, _ = self.load()
        return library, sources

    def load(self) -> tuple[Library, dict[str, Source], list[Finding]]:
        """The library, its sources by path, and the findings about their format."""
        with tracking() as track:
            return self._read_settled(lambda: pipeline.gather(Folder(self.root), self.today, track, self.memory))

    def library(self) -> Library:
        """Loads the library without running the checks."""
        return self.gather()[0]

    def view(self, audience: str) -> Library:
        """The library as the readers of an audience see it; ends the command if there is no such audience."""
        library = self.library()
        if library.vocabulary is None:
            raise click.ClickException(f"{MARK.as_posix()} cannot be read: run `playbook check`, and fix what it says")
        if audience not in library.vocabulary.audiences:
            hint = one_of(audience, library.vocabulary.audiences)
            raise click.BadParameter(f"no audience is called {audience}; {hint}", param_hint="--audience")
        return library.for_audience(audience)

    def _read_settled(self, read: Callable[[], Read]) -> Read:
        """Reads again where another command changed files meanwhile: the result may be half old and half new."""
        with refusing():
            for _ in range(READINGS):
                before = publish.settled(self.root)
                result = read()
                if publish.settled(self.root) == before:
                    break
        return result

    def recover(self) -> None:
        """Finishes or undoes what a killed command left half done; for commands that write here."""
        with writing():
            for line in publish.recover(self.root):
                click.echo(line, err=True)

    def past(self, revision: str, model: type[Header], is_forked: bool = False, only_changed: bool = False) -> Library:
        """Loads the documents of the types with this model as they were in a git revision.

        With `is_forked`, as they were where the current branch left it; with `only_changed`, without the files that
        are the same now. Raises NoPast; ends the command if the revision does not exist or has no knowledge base.
        """
        tree = self._open_revision(revision, model, is_forked)
        if only_changed:
            tree.leave_out_what_is_in(Folder(self.root))
        return pipeline.gather(tree, self.today)[0]

    def past_judgement(self, revision: str) -> tuple[pipeline.Judgement, frozenset[str]]:
        """All that is found where the current branch left a revision, and the files that are the same now.

        Raises NoPast, and ends the command, as `past` does.
        """
        tree = self._open_revision(revision, Header, is_forked=True)
        return pipeline.run(tree, self.today), tree.find_same(Folder(self.root))

    def find_origin(self) -> str | None:
        """The revision that the current branch came from: of the remote, or else the last commit; None without one."""
        for name in ORIGINS:
            try:
                Revision(self.root, name, (MARK.as_posix(),), is_forked=True)
            except NoPast:
                continue
            return name
        return None

    def _open_revision(self, revision: str, model: type[Header], is_forked: bool) -> Revision:
        folders = (MARK.as_posix(), *(kind.folder for kind in kinds().values() if issubclass(kind.model, model)))
        try:
            return Revision(self.root, revision, folders, is_forked)
        except NoRevision as error:
            raise click.BadParameter(f"{error}; {error.hint}", param_hint="--since") from None


def based(command: Any) -> Any:
    """Adds the options `--root` and `--as-of` to a command, and passes it a KnowledgeBase as `base`."""

    def called(root: Path | None, as_of: datetime | None, **values: Any) -> Any:
        return command(base=KnowledgeBase(_resolve_root(root), as_of.date() if as_of else date.today()), **values)

    called.__name__, called.__doc__ = command.__name__, command.__doc__
    called.__click_params__ = getattr(command, "__click_params__", [])  # type: ignore[attr-defined]
    as_of = click.option(
        "--as-of",
        type=DayTyped(),
        metavar="DATE",
        help="Check as of this day, such as 2026-12-31 (default: today).",
    )
    root = click.option(
        "--root",
        type=click.Path(file_okay=False, exists=True, path_type=Path),
        metavar="DIR",
        help="The knowledge base (default: this folder, or the nearest above it, with content/vocabulary.yaml).",
    )
    return root(as_of(called))


def _resolve_root(value: Path | None) -> Path:
    here = working_folder()
    root = value or find_root(here)
    if root is None:
        raise click.UsageError(
            f"there is no {MARK.as_posix()} in this folder or above it; name the knowledge base with --root DIR, "
            "or begin one with `playbook init DIR`"
        )
    if not (root / MARK).is_file():
        raise click.UsageError(f"{root} has no {MARK.as_posix()}; --root must name the folder that contains `content`")
    return here / root


def working_folder() -> Path:
    """The current folder; ends the command if it is gone."""
    try:
        return Path.cwd()
    except OSError:
        raise click.UsageError("the current folder no longer exists: change to another one") from None
