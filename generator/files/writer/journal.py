"""A change of many files on its way: what a killed command left of it is completed where it counts, or else undone."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from pydantic import TypeAdapter

from generator.files.writer.disk import HOME, UNFINISHED, Unwritten, content_now, real, remove_empty, save, sync_folder

JOURNAL = "change.json"


@dataclass(frozen=True)
class Journal:
    """A change on its way: by path the hash of what is replaced (None where there is no file yet).

    From `counts` on the change is to be completed; before that it is to be undone.
    """

    token: str
    files: dict[str, str | None]
    folders: list[str]
    counts: bool = False

    def steps(self, root: Path) -> Iterator[tuple[str, Path, Path]]:
        """By path: the new file while it waits, which is beside its place as one disk may hold less than all."""
        for number, path in enumerate(self.files):
            place = real(root, path)
            yield path, place.with_name(f".playbook-{self.token}-{number}"), place


def recovered(root: Path) -> list[str]:
    """As `recover`, for who holds the lock."""
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
    return lines + [f"{path} was edited since, and stays as it is: run the interrupted command again" for path in kept]


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
        raise Unwritten(f"nothing was written: {path} is not from this tool; remove it") from None
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
    for folder in dict.fromkeys(place.parent for _, _, place in journal.steps(root)):
        sync_folder(folder)


def digest(data: bytes | None) -> str | None:
    return None if data is None else hashlib.sha256(data).hexdigest()


def complete(root: Path, journal: Journal) -> list[str]:
    """Puts every file in its place that still holds what it held; gives the paths of the others, which stay."""
    kept = []
    for path, staged, place in journal.steps(root):
        if not staged.exists():
            continue
        before = content_now(root, path)
        is_ours = digest(before) == journal.files[path] and _put(staged, place, is_new=before is None)
        if not is_ours and before != staged.read_bytes():
            kept.append(path)
        staged.unlink(missing_ok=True)
    sync_folders(root, journal)
    _remove_journal(root)
    return kept


def _put(staged: Path, place: Path, is_new: bool) -> bool:
    """Moves a file to its place; false where the place of a new file was taken a moment ago."""
    if is_new:
        try:
            os.link(staged, place)
        except FileExistsError:
            return False
        except OSError:  # not every disk can link
            os.replace(staged, place)
    else:
        os.replace(staged, place)
    return True


def undo(root: Path, journal: Journal) -> None:
    """Takes away the new files and what was made for them."""
    for _, staged, _ in journal.steps(root):
        staged.unlink(missing_ok=True)
    remove_empty([root / folder for folder in journal.folders])
    _remove_journal(root)
