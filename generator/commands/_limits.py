"""What a check shows: the findings of the named files, of a change, and those that are not in a baseline."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from pathlib import Path

import click

from generator.analysis.baseline import BrokenBaseline, may_be_baseline, read_known, write_known
from generator.analysis.known import Known, list_known
from generator.commands._refusal import writing
from generator.documents import VOCABULARY, kinds
from generator.files import writer as publish
from generator.pipeline import Judgement
from generator.wording import count, did_you_mean

FOLDERS = ", ".join(sorted(kind.folder for kind in kinds().values()))


def locate_path(root: Path, path: str) -> str:
    """A path as the knowledge base names it, from one as the caller typed it; empty for its root.

    It starts from the current folder, or else from the knowledge base, as in findings. Ends the command if there is
    nothing at the path, or if it is outside.
    """
    places = [Path(os.path.abspath(start / path)) for start in (Path.cwd(), root)]  # noqa: PTH100 - links stay links
    there = [place for place in places if os.path.lexists(place)]
    inside = [name for place in there if (name := _name_in(root, place)) is not None]
    if inside:
        return inside[0]
    if there:
        raise click.BadParameter(f"{path} is not in the knowledge base {root}", param_hint="PATH")
    above = places[0].parent
    near = [entry.name for entry in above.iterdir()] if above.is_dir() else []
    hint = did_you_mean(places[0].name, near, "paths start from the current folder")
    raise click.BadParameter(f"there is no {path}; {hint}", param_hint="PATH")


def _name_in(root: Path, place: Path) -> str | None:
    """The path of a file or folder in a folder; None if it is outside. A link goes by its own path."""
    top = Path(os.path.realpath(root))
    if os.path.realpath(place) == str(top):
        return ""
    real = Path(os.path.realpath(place.parent), place.name)
    return real.relative_to(top).as_posix() if real.is_relative_to(top) else None


def hold_paths(judgement: Judgement, named: dict[str, str]) -> Callable[[str], bool]:
    """Whether a file is one of the named ones, or below a named folder; `named` has them as they were typed.

    Ends the command if a name stands for no document.
    """
    judged = [VOCABULARY, *judgement.sources, *(one.place.path for one in judgement.findings)]
    for path, typed in named.items():
        if not any(is_below(one, [path]) for one in judged):
            hint = f"documents are in {FOLDERS}, and words in {VOCABULARY}"
            raise click.BadParameter(f"there is no document at {typed}; {hint}", param_hint="PATH")
    return lambda at: is_below(at, named)


def is_below(path: str, folders: Iterable[str]) -> bool:
    """Whether a file is one of some files, or below one of some folders; everything is below the empty one."""
    return any(not folder or path == folder or path.startswith(f"{folder}/") for folder in folders)


def read_baseline(file: Path, hint: str = "--baseline") -> Known:
    """The known findings of a file; ends the command, with `hint` as the option that named it, if it cannot be read."""
    try:
        return read_known(_read_file(file))
    except BrokenBaseline as error:
        raise click.BadParameter(f"{file} {error}", param_hint=hint) from None
    except OSError as error:
        reason = (error.strerror or "cannot be read").lower()
        raise click.BadParameter(f"{file}: {reason}", param_hint=hint) from None


def _read_file(file: Path) -> bytes:
    """The bytes of a regular file: a device has no end. Raises BrokenBaseline and OSError."""
    if file.stat() and not file.is_file():
        raise BrokenBaseline("is not a regular file: name one")
    return file.read_bytes()


def save_baseline(file: Path, judgement: Judgement, is_own: bool) -> None:
    """Writes all findings of a judgement to a file, unless it is there and something else.

    `is_own` tells that it is the file that the commands look for by themselves.
    """
    with writing():
        before = file.read_bytes() if file.is_file() else None
        if (file.exists() and before is None) or (before is not None and not may_be_baseline(before)):
            hint = "name another file, or remove this one first"
            raise click.BadParameter(f"{file} is no baseline; {hint}", param_hint="--write-baseline")
        publish.save(file, publish.forms_of(before, write_known(list_known(judgement))))
    number = sum(finding.stands_for for finding in judgement.findings)
    following = "playbook check" if is_own else f"playbook check --baseline {file}"
    click.echo(f"{file} has {count(number, 'known finding')}. Next: {following}")
