"""Keeps what no build made in a site's folder, such as `.git` and `CNAME`, when the site is built again."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path, PurePosixPath

from generator.files.writer.disk import Unwritten
from generator.wording import count

LIST = "assets/built-files.txt"
SUMS = "SHA256SUMS"  # of a pack: a line for each file, its hash before its name
SHOWN = 5
PIECE = re.compile(r"search/(?:index|[0-9a-f]{10}/[a-z]+[0-9]*)\.js")


def record_belongings(site: Path) -> None:
    """Lists the files of a site in the site, so that the next build knows which files a build made."""
    files = {LIST, *(path for path, is_folder in _list_below(site) if not is_folder)}
    (site / LIST).parent.mkdir(exist_ok=True)
    (site / LIST).write_text("".join(f"{path}\n" for path in sorted(files)), encoding="utf-8", newline="\n")


def is_publishing(name: str) -> bool:
    """Whether a name at the top of a folder belongs to how a site is published, and never to the site itself."""
    return name.startswith(".") or name == "CNAME"


def is_foreign(place: Path, path: str) -> bool:
    """Whether there is such a file in a site, and no build made it."""
    return os.path.lexists(place / path) and path not in _read_list(place)


def carry(place: Path, finished: Path) -> None:
    """Links what no build made in a site into the finished site that replaces it.

    Neither folder is ever without these files, even if this is interrupted. Raises Unwritten if a page would hide one.
    """
    made = _read_list(finished)
    foreign = _find_foreign(place, made)
    above = {parent.as_posix() for path in made for parent in PurePosixPath(path).parents}
    for path in foreign:
        parents = {parent.as_posix() for parent in PurePosixPath(path).parents}
        if path in made or path in above or parents & made:
            raise Unwritten(
                f"nothing was built: {place / path} was not made by a build, and this build makes a page or folder "
                "with that name; move it away"
            )
    for path in foreign:
        _give_second_name(place, finished, path)
    for folder in sorted({parent for path in foreign for parent in PurePosixPath(path).parents[:-1]}, reverse=True):
        if folder.as_posix() not in above:
            shutil.copystat(place / folder, finished / folder)


def _find_foreign(place: Path, made: set[str]) -> list[str]:
    """The files, links and empty folders that no build made. Raises Unwritten if that is not known."""
    known = _read_list(place)
    homes = {parent.as_posix() for path in known for parent in PurePosixPath(path).parents}
    foreign = [path for path, is_folder in _list_below(place) if path not in (homes if is_folder else known)]
    if known:
        return foreign
    unknown = [path for path in foreign if not _is_made_anew(path) and path not in made]
    if unknown:
        named = ", ".join(unknown[:SHOWN]) + (" ..." if len(unknown) > SHOWN else "")
        raise Unwritten(
            f"nothing was built: {place} has no {LIST}, so it is not clear whether {count(len(unknown), 'file')} in it "
            f"can be deleted: {named}; remove what you do not need, or the whole folder"
        )
    return [path for path in foreign if path not in made]


def _is_made_anew(path: str) -> bool:
    """Whether only a build has such a file: how a site is published, and the pieces of an index of the search."""
    return is_publishing(PurePosixPath(path).parts[0]) or PIECE.fullmatch(path) is not None


def _read_list(site: Path) -> set[str]:
    """The files that a build made of a site, or of a pack; empty if nothing tells."""
    for name in (LIST, SUMS):
        with suppress(FileNotFoundError):
            lines = (site / name).read_text(encoding="utf-8", errors="replace").splitlines()
            return {SUMS, *(line.partition("  ")[2] for line in lines)} if name == SUMS else set(lines)
    return set()


def _list_below(folder: Path) -> Iterator[tuple[str, bool]]:
    """The paths of the files and links below a folder (false), and of the folders that are empty (true)."""
    for here, folders, files in os.walk(folder):
        inside = Path(here)
        for name in (*files, *(link for link in folders if (inside / link).is_symlink())):
            yield (inside / name).relative_to(folder).as_posix(), False
        if not files and not folders and inside != folder:
            yield inside.relative_to(folder).as_posix(), True


def _give_second_name(place: Path, finished: Path, path: str) -> None:
    source, target = place / path, finished / path
    target.parent.mkdir(parents=True, exist_ok=True)
    if source.is_dir() and not source.is_symlink():
        target.mkdir(exist_ok=True)
        shutil.copystat(source, target)
    elif not (os.path.lexists(target) and os.path.samestat(source.lstat(), target.lstat())):
        target.unlink(missing_ok=True)
        _link(source, target)


def _link(source: Path, target: Path) -> None:
    try:
        os.link(source, target, follow_symlinks=False)
    except OSError:  # a disk without hard links
        shutil.copy2(source, target, follow_symlinks=False)
