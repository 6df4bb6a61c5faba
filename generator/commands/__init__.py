"""The commands; a command is a module in this folder with a `COMMAND`, or a package of such modules.

What several of them need is here.
"""

from __future__ import annotations

import importlib
import pkgutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import IO, Any, TypeVar

import click

from generator import pipeline
from generator.documents import kinds
from generator.documents.days import NoMoment
from generator.documents.header import Header
from generator.files import writer as publish
from generator.files.repository import NoRevision
from generator.files.revision import Revision
from generator.files.source import Source
from generator.files.tree import MARK, Folder, find_root
from generator.library.library import Library
from generator.publishing import BuildError
from generator.reports.findings import reports
from generator.reports.progress import tracking

READINGS = 3
Read = TypeVar("Read")

AUDIENCE = click.option(
    "--audience",
    default="internal",
    metavar="WORD",
    show_default=True,
    help="For whom: what is above this audience is left out.",
)

TRUST = click.option(
    "--trust",
    "trusted",
    multiple=True,
    envvar="PLAYBOOK_TRUST",
    metavar="NAME",
    help="A hook, plugin, extension, tag or theme setting of mkdocs.yml that may run its code; repeat it for more.",
)


@cache
def _modules(package: str) -> dict[str, str]:
    """The module of every command by name; one that would be a word of Python ends in an underscore."""
    entries = pkgutil.iter_modules(importlib.import_module(package).__path__)
    return {entry.name.rstrip("_").replace("_", "-"): f"{package}.{entry.name}" for entry in entries}


def command_names(package: str = __name__) -> list[str]:
    """The name of every command in a package, in order."""
    return sorted(_modules(package))


def command(name: str, package: str = __name__) -> click.Command:
    """One command by its name."""
    found: click.Command = importlib.import_module(_modules(package)[name]).COMMAND
    return found


class Commands(click.Group):
    """Finds its commands in a package, and loads one when it is called: `check` need not wait for what builds pages."""

    def __init__(self, *, package: str = __name__, **words: Any) -> None:
        super().__init__(**words)
        self._package = package

    def list_commands(self, context: click.Context) -> list[str]:
        return command_names(self._package)

    def get_command(self, context: click.Context, name: str) -> click.Command | None:
        return command(name, self._package) if name in command_names(self._package) else None


class Base:
    """The knowledge base that a command works on, and the day as on which it is judged."""

    def __init__(self, root: Path, today: date) -> None:
        self.root = root
        self.today = today

    def run(
        self,
        select: frozenset[str] = frozenset(),
        ignore: frozenset[str] = frozenset(),
        before: Library | None = None,
    ) -> pipeline.Outcome:
        with tracking() as track:
            return self._whole(lambda: pipeline.run(Folder(self.root), self.today, select, ignore, track, before))

    def gather(self) -> tuple[Library, dict[str, Source]]:
        """The library without a judgement, and its sources by path."""
        with tracking() as track:
            library, sources, _ = self._whole(lambda: pipeline.gather(Folder(self.root), self.today, track))
        return library, sources

    def library(self) -> Library:
        """The library without a judgement."""
        return self.gather()[0]

    def _whole(self, read: Callable[[], Read]) -> Read:
        """What is read while no other command changes files: what was half old and half new is read again."""
        with refusing():
            for _ in range(READINGS):
                before = publish.settled(self.root)
                found = read()
                if publish.settled(self.root) == before:
                    break
        return found

    def recover(self) -> None:
        """Ends what a killed command left half done, for commands that write here."""
        with writing():
            for line in publish.recover(self.root):
                click.echo(line, err=True)

    def past(self, revision: str, model: type[Header]) -> Library:
        """The documents of the type with a model as they were in a git revision.

        Raises NoPast; a revision that does not exist ends the call.
        """
        folders = (MARK.as_posix(), *(kind.folder for kind in kinds().values() if issubclass(kind.model, model)))
        try:
            tree = Revision(self.root, revision, folders)
        except NoRevision as error:
            raise click.BadParameter(f"{error}; {error.hint}", param_hint="--since") from None
        return pipeline.gather(tree, self.today)[0]


def based(command: Any) -> Any:
    """Gives a command the options `--root` and `--as-of`, and passes it a Base as `base`."""

    def called(root: Path | None, as_of: datetime | None, **values: Any) -> Any:
        return command(base=Base(_root(root), as_of.date() if as_of else date.today()), **values)

    called.__name__, called.__doc__ = command.__name__, command.__doc__
    called.__click_params__ = getattr(command, "__click_params__", [])  # type: ignore[attr-defined]
    as_of = click.option(
        "--as-of",
        type=click.DateTime(["%Y-%m-%d"]),
        metavar="DATE",
        help="Judge as on this day, as 2026-12-31 (default: today).",
    )
    root = click.option(
        "--root",
        type=click.Path(file_okay=False, exists=True, path_type=Path),
        metavar="DIR",
        help="The knowledge base (default: the nearest folder upwards with content/vocabulary.yaml).",
    )
    return root(as_of(called))


def _root(value: Path | None) -> Path:
    here = _here()
    root = value or find_root(here)
    if root is None:
        raise click.UsageError(
            f"there is no {MARK.as_posix()} here or in a folder above; name the folder with --root DIR"
        )
    if not (root / MARK).is_file():
        raise click.UsageError(f"{root} has no {MARK.as_posix()}; --root names the folder that holds `content`")
    return here / root


def _here() -> Path:
    try:
        return Path.cwd()
    except OSError:
        raise click.UsageError("the folder that you are in is gone: change to one that is there") from None


def say(line: str) -> None:
    """Prints a line if there is anything to say."""
    if line:
        click.echo(line)


class Refused(click.ClickException):
    """Content from which nothing can be made; its findings stand above this last line."""

    def show(self, file: IO[Any] | None = None) -> None:
        click.echo(self.message, file=file, err=True)


def refuse_errors(outcome: pipeline.Outcome, allow: bool = False) -> None:
    """Ends the command where there are errors: nothing is made from such a library, unless they are allowed."""
    if outcome.library.vocabulary is not None and (allow or not outcome.errors):
        return
    click.echo(reports()["text"](outcome, sys.stdout.isatty()))
    if allow:
        raise Refused("nothing was built: the vocabulary must be right before anything can be")
    raise Refused("nothing was built: mend the errors first (`build --allow-errors` shows them on their pages)")


@contextmanager
def refusing() -> Iterator[None]:
    """Turns the reason why nothing was written into one line and exit code 1."""
    try:
        yield
    except publish.Unwritten as error:
        raise click.ClickException(str(error)) from None


@contextmanager
def writing() -> Iterator[None]:
    """Turns what goes wrong while files are written into one line and an exit code."""
    try:
        with refusing():
            yield
    except NoMoment as error:
        raise click.UsageError(str(error)) from None
    except BuildError as error:
        raise click.ClickException(str(error)) from None
    except OSError as error:
        reason = (error.strerror or "cannot be written").lower()
        raise click.ClickException(f"{error.filename or 'the result'}: {reason}") from None
