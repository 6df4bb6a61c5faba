"""Changes files that people write, all or none, even if the command is killed or somebody else writes meanwhile.

The new files are written beside the old ones, then a journal says that they count, then each takes its place. A command
that is killed before the journal says so leaves the old state; if it is killed later, the next command that writes
completes the change (decision 10).
"""

from __future__ import annotations

import os
import shutil
import time
import uuid
from codecs import BOM_UTF8
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from generator.files.writer.disk import HOME, LOCK, PATIENCE, Unwritten, content_now, held, is_held, real, sync
from generator.files.writer.journal import (
    JOURNAL,
    Journal,
    complete,
    counts,
    digest,
    recovered,
    sync_folders,
    undo,
    write_journal,
)

HALF_DONE = (
    "{root} has a change that is only half done, because a command was killed: run that command again, "
    "or any other that writes here (import, review, new), which completes the change first"
)


class FileEdit(NamedTuple):
    """A file below a folder: its content when it was read, and its new content; None if there is no such file."""

    path: str
    before: bytes | None
    after: bytes | None


def change(root: Path, edits: Sequence[FileEdit], premises: Mapping[str, bytes | None] | None = None) -> int:
    """Changes files below a folder, all or none; returns how many were changed.

    Every file, including those of `premises`, must still have the content that was read. Raises Unwritten and OSError.
    """
    todo = [edit for edit in edits if edit.before != edit.after]
    if not todo:
        return 0
    expected = {**(premises or {}), **{edit.path: edit.before for edit in todo}}
    with held(root / HOME):
        recovered(root)
        _require_unchanged(root, expected)
        _refuse_read_only(root, todo)
        hashes = {edit.path: digest(edit.before) for edit in todo}
        gone = [edit.path for edit in todo if edit.after is None]
        journal = Journal(uuid.uuid4().hex[:8], hashes, _find_missing_folders(root, todo), gone)
        try:
            write_journal(root, journal)
            _write_beside(root, journal, todo)
            _require_unchanged(root, expected)
            write_journal(root, replace(journal, counts=True))
        except BaseException:
            if not counts(root / HOME / JOURNAL):
                undo(root, journal)
            raise
        if kept := complete(root, journal):
            raise changed_meanwhile(kept[0], "everything else was written")
    return len(todo)


def changed_meanwhile(path: str, otherwise: str = "nothing was written") -> Unwritten:
    """The error for a file that has changed since the command read it."""
    return Unwritten(f"{path} changed while this command ran: {otherwise}; run it again")


def recover(root: Path) -> list[str]:
    """Finishes what a killed command left: completes the change if it counts already, or else undoes it.

    Returns lines to print if a change was completed.
    """
    if not (root / HOME).exists():
        return []
    with held(root / HOME):
        return recovered(root)


def settled(root: Path) -> tuple[int, int]:
    """A mark of the state of a folder: if two marks are equal, no command changed it in between.

    Waits while a change is under way. Raises Unwritten if a killed command left one half done.
    """
    journal, until = root / HOME / JOURNAL, time.monotonic() + PATIENCE
    while counts(journal):
        is_busy = is_held(root / HOME / LOCK)
        if (not is_busy and counts(journal)) or time.monotonic() > until:
            raise Unwritten(HALF_DONE.format(root=root))
        time.sleep(0.02)
    return _date_change(root), _date_change(root / HOME)


def _date_change(folder: Path) -> int:
    try:
        return folder.stat().st_mtime_ns
    except FileNotFoundError:
        return 0


def forms_of(before: bytes | None, text: str) -> bytes:
    """The bytes of a text, with the byte order mark and the line endings of what it replaces."""
    mark = BOM_UTF8 if before and before.startswith(BOM_UTF8) else b""
    first = (before or b"").partition(b"\n")[0]
    if first.endswith(b"\r") and "\r\n" not in text:
        text = text.replace("\n", "\r\n")
    return mark + text.encode()


def _require_unchanged(root: Path, expected: Mapping[str, bytes | None]) -> None:
    for path, before in expected.items():
        if content_now(root, path) != before:
            raise changed_meanwhile(path)


def _refuse_read_only(root: Path, edits: Sequence[FileEdit]) -> None:
    for edit in edits:
        if edit.before is not None and not real(root, edit.path).stat().st_mode & 0o222:
            raise Unwritten(f"nothing was written: {edit.path} is read-only; make it writable first")


def _find_missing_folders(root: Path, edits: Sequence[FileEdit]) -> list[str]:
    """The folders that the files need and that do not exist yet, deepest first."""
    top = Path(os.path.realpath(root))
    above = {folder for edit in edits for folder in real(root, edit.path).parents if folder.is_relative_to(top)}
    missing = [folder.relative_to(top) for folder in above if not folder.exists()]
    return [folder.as_posix() for folder in sorted(missing, key=lambda path: len(path.parts), reverse=True)]


def _write_beside(root: Path, journal: Journal, edits: Sequence[FileEdit]) -> None:
    written = [(edit, edit.after) for edit in edits if edit.after is not None]
    for (edit, after), (_, staged, place) in zip(written, journal.steps(root), strict=True):
        staged.parent.mkdir(parents=True, exist_ok=True)
        staged.write_bytes(after)
        if edit.before is not None:
            shutil.copymode(place, staged)
    for _, staged, _ in journal.steps(root):
        sync(staged)
    sync_folders(root, journal)
