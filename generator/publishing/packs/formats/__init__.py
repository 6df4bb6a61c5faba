"""The files that a pack can have: one module each, found by being here, and every format of questions.

A module has the `NAME` of its file, and `write(materials)` that gives its bytes, or the files in it if it is a zip: the
same from every build; None where there is nothing to write. It may name the `EXTRA` that it needs, and one with
`ALWAYS = True` is in every pack: nobody chooses it. One that makes a file for each of some other formats has `BESIDE`
instead: the name of the file and its `write` by the other format's name.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Collection
from functools import cache
from typing import NamedTuple

from generator.publishing import BuildError
from generator.publishing.packs.extras import list_missing
from generator.publishing.packs.materials import Materials, WriteFile
from generator.publishing.training.formats import QuizFormat, question_formats


class PackFile(NamedTuple):
    """How one file of a pack is made: its name, what it is, what makes it, its extra, and whether every pack has it.

    `beside` is the format without which it is not made.
    """

    file: str
    what: str
    write: WriteFile
    extra: str = ""
    is_always: bool = False
    beside: str = ""


@cache
def pack_formats() -> dict[str, list[PackFile]]:
    """The files of every format by its name, as authors and `--format` write it."""
    found = {name: [PackFile(form.file, form.what, _ask(form))] for name, form in question_formats().items()}
    for entry in pkgutil.iter_modules(__path__):
        module = importlib.import_module(f"{__name__}.{entry.name}")
        extra, is_always = getattr(module, "EXTRA", ""), getattr(module, "ALWAYS", False)
        what = (module.__doc__ or "").split("\n", 1)[0]
        many = getattr(module, "BESIDE", None) or {"": (module.NAME, module.write)}
        found[entry.name] = [
            PackFile(file, what, write, extra, is_always, beside) for beside, (file, write) in many.items()
        ]
    return dict(sorted(found.items()))


def choose_formats(wanted: Collection[str], listed: Collection[str]) -> list[PackFile]:
    """The files of a pack: those that are wanted, or else listed by the pack, and those that every pack has.

    Raises BuildError, before anything is made: where an extra is not there, with what to install, or where a format
    goes beside others of which none is wanted or listed.
    """
    chosen = {*(wanted or listed)}
    forms = [
        form
        for name, some in pack_formats().items()
        if name in chosen or some[0].is_always
        for form in _pair(name, some, chosen, listed)
    ]
    if missing := list_missing((form.file, form.extra) for form in forms):
        raise BuildError("; ".join(missing))
    return forms


def _pair(name: str, some: list[PackFile], chosen: Collection[str], listed: Collection[str]) -> list[PackFile]:
    """The files of a format that go with the others that are chosen, or if none does, with those that are listed."""
    for others in (chosen, listed):
        if found := [form for form in some if not form.beside or form.beside in others]:
            return found
    beside = ", ".join(form.beside for form in some)
    raise BuildError(
        f"`{name}` is made for each course of a pack, and this one has none: add one of {beside} to `formats`"
    )


def _ask(form: QuizFormat) -> WriteFile:
    def write(materials: Materials) -> bytes | dict[str, bytes]:
        return form.write(materials.pack.title.strip(), materials.bank.questions)

    return write
