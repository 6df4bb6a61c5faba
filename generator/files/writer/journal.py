"""The journal of a change to many files: if the command is killed, the change is completed if it counts, or undone."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path

from pydantic import TypeAdapter

from generator.files.writer.disk import HOME, UNFINISHED, Unwritten, content_now, real, remove_empty, save, sync_folder

JOURNAL = "change.json"


@dataclass(frozen=True)
class Journal:
    """A change in progress: `files` has the hash of each file that it replaces, by path (None if there is no file yet).

    Those that are `gone` are removed, after everything else was written. Once `counts` is true, the change must be
    completed; before that, it must be undone.
    """

    token: str
    files: dict[str, str | None]
    folders: list[str]
    gone: list[str] = field(default_factory=list)
    counts: bool = False

    def steps(self, root: Path) -> Iterator[tuple[str, Path, Path]]:
        """For each new file its path, where it waits, and its place, which must be on the same disk."""
        for number, path in enumerate(path for path in self.files if path not in self.gone):
            place = real(root, path)
            yield path, place.with_name(f".playbook-{self.token}-{number}"), place


def recovered(root: Path) -> list[str]:
    """Does what `recover` does, for a caller that holds the lock."""
    for left in (root / HOME).glob(f"{JOURNAL}{UNFINISHED}*"):
        left.unlink()
    journal = _read_journal(root)
    if journal is None:
        return []
    if not journal.counts:
        undo(root, journal)
        return []
    kept = complete(root, journal)
    lines = ["a change that was interrupted is complete now"]
    return lines + [f"{path} was edited since then and is kept: run the interrupted command again" for path in kept]


def _read_journal(root: Path) -> Journal | None:
    path = root / HOME / JOURNAL
    try:
        journal = TypeAdapter(Journal).validate_json(path.read_bytes())
        for inside in (*journal.files, *journal.folders):
            real(root, inside)
        list(journal.steps(root))
    except FileNotFoundError:
        return None
    except ValueError:
        raise Unwritten(f"nothing was written: {path} was not written by this tool; remove it") from None
    return journal


def counts(path: Path) -> bool:
    """Whether the journal in a file says that the new files count."""
    try:
        return bool(json.loads(path.read_bytes()).get("counts"))
    except (OSError, ValueError, AttributeError):
        return False


def write_journal(root: Path, journal: Journal) -> None:
    save(root / HOME / JOURNAL, json.dumps(asdict(journal)).encode())
    sync_folder(root)


def _remove_journal(root: Path) -> None:
    (root / HOME / JOURNAL).unlink(missing_ok=True)


def sync_folders(root: Path, journal: Journal) -> None:
    removed = [real(root, path) for path in journal.gone]
    for folder in dict.fromkeys(place.parent for place in (*(step[2] for step in journal.steps(root)), *removed)):
        sync_folder(folder)


def digest(data: bytes | None) -> str | None:
    return None if data is None else hashlib.sha256(data).hexdigest()


def complete(root: Path, journal: Journal) -> list[str]:
    """Puts new files in place of those that did not change meanwhile, and removes those that are gone.

    Returns the paths of the others, which stay.
    """
    kept = []
    for path, staged, place in journal.steps(root):
        if not staged.exists():
            continue
        before = content_now(root, path)
        is_ours = digest(before) == journal.files[path] and _put(staged, place, is_new=before is None)
        if not is_ours and before != staged.read_bytes():
            kept.append(path)
        staged.unlink(missing_ok=True)
    for path in journal.gone:
        if digest(before := content_now(root, path)) == journal.files[path]:
            real(root, path).unlink(missing_ok=True)
        elif before is not None:
            kept.append(path)
    sync_folders(root, journal)
    _remove_journal(root)
    return kept


def _put(staged: Path, place: Path, is_new: bool) -> bool:
    """Moves a file to its place; false if somebody just took the place of a new file."""
    if is_new:
        try:
            os.link(staged, place)
        except FileExistsError:
            return False
        except OSError:  # not every disk has hard links
            os.replace(staged, place)
    else:
        os.replace(staged, place)
    return True


def undo(root: Path, journal: Journal) -> None:
    """Removes the new files, and the folders that were made for them."""
    for _, staged, _ in journal.steps(root):
        staged.unlink(missing_ok=True)
    remove_empty([root / folder for folder in journal.folders])
    _remove_journal(root)
