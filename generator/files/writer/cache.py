"""What may be made again at any time, kept in the user's cache folder: texts by kind and name, each with a seal.

Nothing in it is ever run: it is text, in a database that only its owner can read and write. Whoever deletes it loses
time, and nothing else.
"""

from __future__ import annotations

import hashlib
import os
import sqlite3
import stat
import time
import zlib
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import closing, suppress
from pathlib import Path

from platformdirs import user_cache_path

from generator import DISTRIBUTION

PLACE, NONE = "PLAYBOOK_CACHE", "off"  # the variable that names another folder, or none
SUFFIX = ".sqlite"
PATIENCE = 0.5  # seconds to wait for another process; then this one does without
OLDEST = 30 * 24 * 3600  # seconds without use
LARGEST = 512 * 1024 * 1024  # bytes of all together
USED = 24 * 3600  # seconds after which a use is marked
COLUMNS = "kind TEXT, name TEXT, text TEXT, seal INT, PRIMARY KEY (kind, name)"
LAYOUT = f"CREATE TABLE IF NOT EXISTS kept ({COLUMNS}) WITHOUT ROWID"
SELECTED = "SELECT name, text, seal FROM kept WHERE kind = ? ORDER BY name"
HEAD = "head"
Texts = Mapping[str, str]


class Damaged(Exception):
    """What is kept cannot be read, or is not what was written."""


class Cache:
    """What is kept for one folder by one version of the program."""

    def __init__(self, place: Path, version: str) -> None:
        self._place, self._version = place, version
        self._turn = ""

    def read(self, *kinds: str) -> list[dict[str, str]] | None:
        """The texts of some kinds, each by name, all of one moment; None if nothing usable is kept."""
        try:
            if not _is_own(self._place.parent, stat.S_ISDIR) or not _is_own(self._place, stat.S_ISREG):
                return None
            with closing(self._connect()) as base, base:
                base.execute("BEGIN")
                head = dict(self._select(base, HEAD))
                if head.get("version") != self._version or self._turn not in ("", head.get("turn")):
                    return None
                self._turn = head.get("turn", "")
                found = [dict(self._select(base, kind)) for kind in kinds]
            self._mark_use()
        except (sqlite3.Error, OSError, Damaged):
            return None
        return found

    def forget_turn(self) -> None:
        """What is read from now on need not be of the moment at which something was read before."""
        self._turn = ""

    def write(self, texts: Mapping[str, Texts], gone: Collection[tuple[str, str]], is_all: bool) -> None:
        """Removes texts by kind and name and adds others; with `is_all`, in place of all that is kept.

        Nothing is written if another process wrote since this one read, or if that is not possible.
        """
        for again in (True, False):
            try:
                self._prepare()
                with closing(self._connect()) as base, base:
                    base.execute("BEGIN IMMEDIATE")
                    self._replace(base, texts, gone, is_all)
                return
            except sqlite3.OperationalError:
                return  # it is locked, or the disk is full
            except (sqlite3.DatabaseError, Damaged):
                if not again or not is_all:
                    return
                with suppress(OSError):
                    self._place.unlink()
            except OSError:
                return

    def _replace(
        self, base: sqlite3.Connection, texts: Mapping[str, Texts], gone: Collection[tuple[str, str]], is_all: bool
    ) -> None:
        base.execute(LAYOUT)
        if is_all:
            base.execute("DELETE FROM kept")
        elif dict(self._select(base, HEAD)).get("turn") != self._turn:
            return
        base.executemany("DELETE FROM kept WHERE kind = ? AND name = ?", gone)
        self._turn = os.urandom(8).hex()
        for kind, some in {**texts, HEAD: {"version": self._version, "turn": self._turn}}.items():
            sealed = ((kind, name, text, checksum(kind, name, text)) for name, text in some.items())
            base.executemany("INSERT OR REPLACE INTO kept VALUES (?, ?, ?, ?)", sealed)

    def _connect(self) -> sqlite3.Connection:
        base = sqlite3.connect(self._place, timeout=PATIENCE, isolation_level=None)
        base.execute("PRAGMA trusted_schema = OFF")
        base.execute("PRAGMA synchronous = NORMAL")
        return base

    def _select(self, base: sqlite3.Connection, kind: str) -> Iterator[tuple[str, str]]:
        for name, text, sealed in base.execute(SELECTED, (kind,)):
            if checksum(kind, name, text) != sealed:
                raise Damaged
            yield name, text

    def _prepare(self) -> None:
        """Makes the folder and makes room; raises OSError where nothing may be written."""
        folder = self._place.parent
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not _is_own(folder, stat.S_ISDIR) or (self._place.exists() and not _is_own(self._place, stat.S_ISREG)):
            raise PermissionError(folder)
        others = sorted(
            ((place.stat(), place) for place in folder.glob(f"*{SUFFIX}")), key=lambda one: -one[0].st_mtime
        )
        total = 0
        for status, place in others:
            total += status.st_size
            if place != self._place and (total > LARGEST or time.time() - status.st_mtime > OLDEST):
                place.unlink(missing_ok=True)

    def _mark_use(self) -> None:
        if time.time() - self._place.stat().st_mtime > USED:
            os.utime(self._place)


def checksum(kind: str, name: str, text: str) -> int:
    """What shows that a text is as it was written."""
    return zlib.crc32(f"{kind}\0{name}\0{text}".encode("utf-8", "surrogatepass"))


def _is_own(place: Path, is_kind: Callable[[int], bool]) -> bool:
    """Whether there is a file or folder that nobody else can have put there or changed."""
    try:
        status = place.lstat()
    except OSError:
        return False
    return is_kind(status.st_mode) and (
        os.name != "posix" or (status.st_uid == os.getuid() and not status.st_mode & 0o022)
    )


def cache_for(root: Path, version: str) -> Cache | None:
    """The cache of a folder; None where there is to be none.

    In continuous integration there is one only in a folder that is named for it: any other is thrown away.
    """
    named = os.environ.get(PLACE)
    if named == NONE or (not named and os.environ.get("CI")):
        return None
    try:
        folder = Path(named) if named else user_cache_path(DISTRIBUTION, appauthor=False)
        name = hashlib.sha256(os.fsencode(root.resolve())).hexdigest()[:32]
    except (OSError, RuntimeError):
        return None
    return Cache(folder / "checks" / f"{name}{SUFFIX}", version)
