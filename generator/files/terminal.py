"""Keeps the terminal from obeying characters of the text that is printed, and gives the text its colours.

Everything that is printed passes one guard, including messages that echo an argument, a file name or another program's
output: control characters come from documents that an older version accepted, from file names, from git.
"""

from __future__ import annotations

import errno
import os
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, TextIO

import click

# A mark stands for a look until the guard prints it; no document may contain one (see `strict_yaml`).
BOLD, RED, GREEN, YELLOW, END = "\ufdd0\ufdd1\ufdd2\ufdd3\ufdd4"
LOOKS = {BOLD: "\x1b[1m", RED: "\x1b[31m", GREEN: "\x1b[32m", YELLOW: "\x1b[33m", END: "\x1b[0m"}
MARK = re.compile("[\ufdd0-\ufdef]")
SUBSTITUTE = "\ufffd"
LINE = str.maketrans({"\n": SUBSTITUTE, "\r": SUBSTITUTE, "\t": " "})

# Joiners between two letters beyond ASCII belong to their script, or to an emoji.
OBEYED = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\ufdd0-\ufdef\ufffe\uffff\ud800-\udfff\U000e0000-\U000e007f]"
    "|\r(?!\n)|(?<![^\x00-\x7f])[\u200c\u200d]|[\u200c\u200d](?![^\x00-\x7f])"
)


def disarm(text: str) -> str:
    """Text with the characters that a terminal obeys replaced, one for one, except line breaks and tabs."""
    return text if text.isascii() and text.isprintable() else OBEYED.sub(SUBSTITUTE, text)


def disarm_line(text: str) -> str:
    """The same on one line, character for character, so that indexes stay the same."""
    return text if text.isascii() and text.isprintable() else disarm(text).translate(LINE)


def bare(text: str) -> str:
    """Text without the characters that a terminal obeys, to be copied into another system."""
    return OBEYED.sub("", text)


def style(text: str, *looks: str) -> str:
    """Text in some looks: `style("word", BOLD, RED)`."""
    return f"{''.join(looks)}{text}{END}"


def unstyled(text: str) -> str:
    """Text without looks."""
    return MARK.sub("", text)


def data(text: str) -> None:
    """Prints what a program reads (a patch, a calendar) unchanged; on a terminal, like everything else."""
    out = sys.stdout
    if isinstance(out, Guard) and not out.isatty():
        out.exactly(text)
    else:
        click.echo(text, nl=False)


class Lost(click.ClickException):
    """Output that could not be written, for example because the disk is full: the command failed."""


class Guard:
    """A stream that prints plain text; it has no `buffer`, so that nothing bypasses it.

    Raises Lost if standard output cannot be written; if standard error cannot, there is no way to say so.
    """

    def __init__(self, stream: TextIO, is_error: bool) -> None:
        self.stream = stream
        self._is_error = is_error
        self._has_looks = stream.isatty() and not os.environ.get("NO_COLOR")

    def write(self, text: str) -> int:
        pieces = re.split(f"({MARK.pattern})", text)
        self.exactly("".join(self._look(piece) if MARK.fullmatch(piece) else disarm(piece) for piece in pieces))
        return len(text)

    def _look(self, mark: str) -> str:
        return LOOKS.get(mark, "") if self._has_looks else ""

    def exactly(self, text: str) -> None:
        with self._kept():
            self.stream.write(text)

    def writelines(self, lines: Iterator[str]) -> None:
        for line in lines:
            self.write(line)

    def flush(self) -> None:
        with self._kept():
            self.stream.flush()

    @contextmanager
    def _kept(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            if self._is_error:
                return
            if error.errno == errno.EPIPE:  # the reader is gone, as after `| head`: click ends the command
                raise
            reason = (error.strerror or "it cannot be written").lower()
            raise Lost(f"not all of the output was written: {reason}") from None

    def __getattr__(self, name: str) -> Any:
        if name == "buffer":
            raise AttributeError(name)
        return getattr(self.stream, name)


@contextmanager
def guarded() -> Iterator[None]:
    """Sends everything that is printed through the guard, until the block ends."""
    before = sys.stdout, sys.stderr
    sys.stdout, sys.stderr = Guard(before[0], False), Guard(before[1], True)
    try:
        yield
    finally:
        sys.stdout, sys.stderr = before


def unguarded(stream: TextIO) -> TextIO:
    """The stream behind the guard, for code that draws on the terminal itself and prints only our own words."""
    return stream.stream if isinstance(stream, Guard) else stream
