"""What all tests share: a folder with the small knowledge base, and the command line."""

from __future__ import annotations

import fcntl
import functools
import os
import zipfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, ClassVar

import click
import jinja2
import pytest
from click.testing import CliRunner, Result
from hypothesis import settings
from knowledge import ORGANISATION, STARTER, Changes, day_of, write

from generator import workers
from generator.cli import main
from generator.commands import command
from generator.publishing.pages import markdown
from generator.publishing.pages.pages import Pages

os.environ["PLAYBOOK_CACHE"] = "off"  # of whoever runs the tests; a test that is about it names a folder

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
LONGEST = ("test_interference.py", "test_engines.py", "test_growth.py")
Once = Callable[[str, Callable[[Path], object]], Path]


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


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes longest comes first: at the end of a run the other workers would wait for it."""
    items.sort(key=lambda item: LONGEST.index(item.path.name) if item.path.name in LONGEST else len(LONGEST))


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


@pytest.fixture(scope="session")
def once(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Once:
    """A function that gives a folder by its name, filled by whichever test needs it first in whichever worker."""
    top = tmp_path_factory.getbasetemp()
    shared = (top.parent if hasattr(request.config, "workerinput") else top) / "once"
    shared.mkdir(exist_ok=True)

    def call(name: str, fill: Callable[[Path], object]) -> Path:
        place, filled = shared / name, shared / f"{name}.filled"
        with (shared / f"{name}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not filled.exists():
                fill(place)
                filled.touch()
        return place

    return call


@pytest.fixture(scope="session")
def starter_site(once: Once) -> Path:
    """The starter library's site for its own staff, as of a day on which all of it is fresh; only to be read."""
    return once("site", lambda place: output_of(STARTER, "build", "--to", str(place)))


@pytest.fixture(scope="session")
def starter_pack(once: Once) -> Path:
    """A pack of the starter library as a vendor has it, unpacked into a folder with a space in its name."""

    def fill(place: Path) -> None:
        output_of(STARTER, "pack", "build", "kestrel-privacy-first-line", "--to", str(place), "--format", "site")
        with zipfile.ZipFile(next(place.rglob("site.zip"))) as archive:
            archive.extractall(place)

    return once("a pack", fill) / "kestrel-privacy-first-line"


@pytest.fixture(autouse=True, scope="session")
def one_core_each() -> None:
    """Where several tests run at a time they have the cores already: a build in a test starts no workers of its own."""
    if "PYTEST_XDIST_WORKER" in os.environ:
        workers.WORTH_IT = 10**9
