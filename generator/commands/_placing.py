"""Puts the files of a knowledge base where they are missing, and leaves everything else as it is."""

from __future__ import annotations

import os
import re
import shlex
from collections.abc import Mapping
from contextlib import suppress
from itertools import takewhile
from pathlib import Path, PurePosixPath

import click

from generator.documents import kinds
from generator.exchange.founding.files import AT_THE_TOP, OF_LINES, OWNERS
from generator.files import writer as publish
from generator.files.tree import MARK, find_root
from generator.wording import count

# Where else a host looks for a file.
ELSEWHERE = {OWNERS: (".github/CODEOWNERS", "docs/CODEOWNERS", ".gitlab/CODEOWNERS")}
MOST_FOLDERS = 100  # that are made for a knowledge base; Python's own limit is near a thousand
NEXT = """\
Next: {enter}playbook serve      look at it at http://127.0.0.1:8000/
      playbook new sop refuse-a-refund
      playbook check"""


def refuse_obstacles(root: Path) -> None:
    """Ends the command where a new knowledge base cannot be, or would mix with something else."""
    _refuse_place(root)
    outer = find_root(root.parent)
    if outer is not None:
        raise click.UsageError(f"{root} is inside the knowledge base {outer}: name a folder outside it")
    names = [MARK.parts[0], *(kind.folder.split("/")[0] for kind in kinds().values()), "mkdocs.yml"]
    for name in dict.fromkeys(names):
        place = root / name
        if os.path.lexists(place) and not (place.is_dir() and not any(place.iterdir())):
            raise click.UsageError(
                f"{root} has `{name}` but no {MARK.as_posix()}, so something else is there: name another folder"
            )


def _refuse_place(root: Path) -> None:
    """Ends the command where the folder cannot be made or written to. Raises OSError."""
    with suppress(FileNotFoundError, NotADirectoryError):
        root.lstat()  # raises what is wrong with the name itself
    if root.is_symlink() and not os.path.exists(root):  # noqa: PTH110 - of links in a circle it makes no error
        raise click.UsageError(f"{root} is a link that leads nowhere: remove it, or name another folder")
    missing = list(takewhile(lambda folder: not os.path.lexists(folder), (root, *root.parents)))
    nearest = (root, *root.parents)[len(missing)]
    if len(missing) > MOST_FOLDERS:
        raise click.ClickException(f"{nearest} would get {len(missing)} folders in each other: nothing was written")
    if not os.path.isdir(nearest):  # noqa: PTH112
        raise click.UsageError(f"{nearest} is not a folder: name another one")
    if not os.access(nearest, os.W_OK | os.X_OK):
        raise click.ClickException(f"{nearest} is not writable: nothing was written")


def add_missing(root: Path, files: Mapping[str, str]) -> None:
    """Writes the files that are not there, all or none, and prints which they are and which stay as they are.

    Raises Unwritten and OSError.
    """
    top = _find_repository(root)
    misplaced = [path for path in files if path in AT_THE_TOP and top not in (None, root)]
    here = {path: text for path, text in files.items() if path not in misplaced}
    there = [path for path in here if any(os.path.lexists(root / one) for one in (path, *ELSEWHERE.get(path, ())))]
    missing = {path: text for path, text in here.items() if path not in there}
    _refuse_mistaken(root, here)
    publish.change(root, [publish.FileEdit(path, None, text.encode()) for path, text in missing.items()])
    click.echo(f"{count(len(missing), 'file')} written to {root}:" if missing else f"nothing is missing in {root}")
    for line in _join_schemas(missing):
        click.echo(f"  {line}")
    if there:
        click.echo(
            f"{count(len(there), 'file')} there already, and left as they were: {', '.join(_join_schemas(there))}"
        )
    for path in there:
        lacking = _find_lacking_lines(root / path, files[path]) if path in OF_LINES else []
        if lacking:
            click.echo(f"Add to {path}: {'  '.join(lacking)}")
    if misplaced:
        click.echo(f"Left out, since they belong to the top of the repository, {top}: {', '.join(misplaced)}")
    if MARK.as_posix() in missing:
        enter = "" if root.samefile(Path.cwd()) else f"cd {shlex.quote(os.path.relpath(root))} && "
        click.echo(NEXT.format(enter=enter))


def _find_repository(root: Path) -> Path | None:
    """The top of the git repository that a folder is in."""
    return next((folder for folder in (root, *root.parents) if os.path.lexists(folder / ".git")), None)


def _refuse_mistaken(root: Path, paths: Mapping[str, str]) -> None:
    """Raises Unwritten where a file has the place of a folder, or a folder that of a file."""
    for path in paths:
        if (root / path).is_dir():
            raise publish.Unwritten(f"nothing was written: {path} is a folder, but must be a file; move it away")
        for folder in PurePosixPath(path).parents[:-1]:
            if os.path.lexists(root / folder) and not (root / folder).is_dir():
                raise publish.Unwritten(f"nothing was written: {folder} is a file, but must be a folder; move it away")


def _join_schemas(paths: Mapping[str, str] | list[str]) -> list[str]:
    """The paths, with those of one folder of schemas as one."""
    schemas = [path for path in paths if path.startswith(".vscode/schemas/")]
    rest = [path for path in paths if path not in schemas]
    return [*rest, f".vscode/schemas/ ({count(len(schemas), 'file')})"] if schemas else rest


def _find_lacking_lines(place: Path, text: str) -> list[str]:
    """The lines of a text, but for comments, whose first word a file does not have in any spelling."""
    try:
        there = place.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return []
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    return [line for line in lines if re.split(r"[\[=]", line)[0].strip("/") not in there]
