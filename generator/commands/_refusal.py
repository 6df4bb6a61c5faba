"""How a command ends if it cannot do its work: with a one-line error, and nothing half written."""

from __future__ import annotations

import errno
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

import click

from generator import pipeline
from generator.documents import VOCABULARY
from generator.documents.days import NoMoment
from generator.files import writer as publish
from generator.files.terminal import disarm_line
from generator.publishing import BuildError
from generator.reports.findings import reports
from generator.workers import WorkerKilled

FULL = {errno.ENOSPC, errno.EDQUOT}


def say(line: str) -> None:
    """Prints a line if there is anything to say."""
    if line:
        click.echo(line)


def warn(lines: Iterable[str]) -> None:
    """Prints what went wrong without stopping a build."""
    for line in lines:
        click.echo(f"Warning: {disarm_line(line)}", err=True)


class Refused(click.ClickException):
    """Content that cannot be built; its findings are printed above this last line."""

    def show(self, file: IO[Any] | None = None) -> None:
        click.echo(self.message, file=file, err=True)


def refuse_errors(judgement: pipeline.Judgement, allow: bool = False, what: str = "built") -> None:
    """Ends the command if there are errors and they are not allowed, or if the vocabulary cannot be read.

    `what` is what the command would have done.
    """
    if judgement.library.vocabulary is not None and (allow or not judgement.errors):
        return
    if judgement.library.vocabulary is None and not judgement.errors:
        raise Refused(f"nothing was {what}: {VOCABULARY} is gone; put it back, as with `git restore {VOCABULARY}`")
    click.echo(reports()["text"](judgement, sys.stdout.isatty()))
    if allow:
        raise Refused(f"nothing was {what}: fix the errors in {VOCABULARY} first")
    raise Refused(f"nothing was {what}: fix the errors first (`build --allow-errors` shows them on their pages)")


@contextmanager
def refusing() -> Iterator[None]:
    """Turns Unwritten into a one-line error and exit code 1."""
    try:
        yield
    except publish.Unwritten as error:
        raise click.ClickException(str(error)) from None


@contextmanager
def writing(place: Path | None = None) -> Iterator[None]:
    """Turns what goes wrong while files are written into a one-line error and an exit code.

    A disk that is full is told of by `place`, where the result goes: the file at fault is one that nobody knows.
    """
    try:
        with refusing():
            yield
    except NoMoment as error:
        raise click.UsageError(str(error)) from None
    except (BuildError, WorkerKilled) as error:
        raise click.ClickException(str(error)) from None
    except OSError as error:
        if place and error.errno in FULL:
            raise click.ClickException(
                f"{place}: no space left on device, and nothing was built: make room there, and run this again"
            ) from None
        reason = (error.strerror or "cannot be written").lower()
        raise click.ClickException(f"{error.filename or 'the output'}: {reason}") from None
