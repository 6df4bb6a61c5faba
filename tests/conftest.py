"""What all tests share: a folder with the small knowledge base, and the command line."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result
from knowledge import AS_OF, Changes, write

from generator.cli import main
from generator.commands import command

Lay = Callable[[Changes], Path]
Play = Callable[..., Result]


def run_command(root: Path, *words: str) -> Result:
    """Runs a command on a knowledge base, as of the fixed day unless the words name another."""
    depth = 2 if isinstance(command(words[0]), click.Group) else 1
    return CliRunner().invoke(main, [*words[:depth], "--root", str(root), "--as-of", AS_OF, *words[depth:]])


@pytest.fixture
def base(tmp_path: Path) -> Path:
    """The small knowledge base, sound as of its day."""
    return write(tmp_path / "base")


@pytest.fixture
def lay(tmp_path: Path) -> Lay:
    """A function that writes the small knowledge base with other files laid over it."""
    return lambda changes: write(tmp_path / "base", changes)


@pytest.fixture
def play() -> Play:
    """The command line in this process: `play(root, "check", "--format", "json")`, judged on the fixed day."""
    return run_command
