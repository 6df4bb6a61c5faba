"""What all tests share: a folder with the small knowledge base, and the command line."""

from __future__ import annotations

import functools
import os
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, ClassVar

import click
import jinja2
import pytest
from click.testing import CliRunner, Result
from hypothesis import settings
from knowledge import ORGANISATION, Changes, day_of, write

from generator import workers
from generator.cli import main
from generator.commands import command
from generator.publishing.pages import markdown
from generator.publishing.pages.pages import Pages

# How long a test takes says how busy the machine is.
settings.register_profile("playbook", deadline=None)
settings.load_profile("playbook")


class _Compiled(jinja2.BytecodeCache):
    """Templates that were compiled once: each of a thousand builds would do it again, for a third of its time."""

    kept: ClassVar[dict[str, bytes]] = {}

    def load_bytecode(self, bucket: jinja2.bccache.Bucket) -> None:
        if bucket.key in self.kept:
            bucket.bytecode_from_string(self.kept[bucket.key])  # which looks whether it is of this source

    def dump_bytecode(self, bucket: jinja2.bccache.Bucket) -> None:
        self.kept[bucket.key] = bucket.bytecode_to_string()


_make_environment = jinja2.Environment.__init__


def _make_remembering(self: jinja2.Environment, *options: Any, **named: Any) -> None:
    _make_environment(self, *options, **{"bytecode_cache": _Compiled()} | named)


jinja2.Environment.__init__ = _make_remembering  # type: ignore[method-assign]


_list_templates = jinja2.FileSystemLoader.list_templates


@functools.cache
def _list_once(places: tuple[str, ...]) -> list[str]:
    every = _list_templates(jinja2.FileSystemLoader(places))
    return [name for name in every if not name.startswith(".icons/")]


def _list_without_icons(self: jinja2.FileSystemLoader) -> list[str]:
    """What an installed theme has, but for ten thousand icons: MkDocs looks through them and copies none."""
    places = tuple(str(place) for place in self.searchpath)
    is_installed = all("site-packages" in place for place in places)
    return list(_list_once(places)) if is_installed else _list_templates(self)


jinja2.FileSystemLoader.list_templates = _list_without_icons  # type: ignore[method-assign]


_plan_checks = markdown._plan_checks


def _plan_few_checks(pages: Pages) -> Iterator[markdown.PlannedPage]:
    """In sites of the small knowledge base, the page of one check and of those that found something.

    All of them, of which three quarters of its pages would be, are in every site of the starter library.
    """
    told = {finding.code for some in pages.edition.findings.values() for finding in some}
    for number, page in enumerate(_plan_checks(pages)):
        if pages.vocabulary.organisation != ORGANISATION:
            yield page
        elif number == 0:
            listed = [one for at, one in enumerate(page.values["checks"]) if at == 0 or one.code in told]
            yield page._replace(values={"checks": listed})
        elif number == 1 or page.values["check"].code in told:
            yield page


markdown._plan_checks = _plan_few_checks

Lay = Callable[[Changes], Path]
Play = Callable[..., Result]


def run_command(
    root: Path | None, *words: str, typed: str | None = None, around: Mapping[str, str] | None = None
) -> Result:
    """Runs a command in this process, on a knowledge base as of the fixed day unless the words name another.

    Without a root the words are the whole call. `typed` is what somebody answers, `around` variables of the
    environment. An exception that the program does not catch fails the test.
    """
    call = list(words)
    if root:
        depth = 2 if isinstance(command(words[0]), click.Group) else 1
        call[depth:depth] = ["--root", str(root), "--as-of", day_of(root).isoformat()]
    return CliRunner(env=around).invoke(main, call, input=typed, catch_exceptions=False)


def output_of(root: Path | None, *words: str) -> str:
    """What a command prints that must succeed."""
    result = run_command(root, *words)
    assert result.exit_code == 0, f"playbook {' '.join(words)} ended with {result.exit_code}: {result.output}"
    return result.output


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


@pytest.fixture(autouse=True, scope="session")
def one_core_each() -> None:
    """Where several tests run at a time they have the cores already: a build in a test starts no workers of its own."""
    if "PYTEST_XDIST_WORKER" in os.environ:
        workers.WORTH_IT = 10**9
