"""The files that a pack can have: one module each, found by being here, and every format of questions.

A module has the `NAME` of its file, and `write(materials)` that gives its bytes, or the files in it if it is a zip: the
same from every build; None where there is nothing to write. It may name the `EXTRA` that it needs, and one with
`ALWAYS = True` is in every pack: nobody chooses it.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

from generator.publishing import BuildError
from generator.publishing.packs.extras import list_missing
from generator.publishing.packs.materials import Materials, WriteFile
from generator.publishing.training.formats import QuizFormat, question_formats


class PackFile(NamedTuple):
    """How one file of a pack is made: its name, what it is, what makes it, its extra, and whether every pack has it."""

    file: str
    what: str
    write: WriteFile
    extra: str = ""
    is_always: bool = False


@cache
def pack_formats() -> dict[str, PackFile]:
    """Every format by its name, as authors and `--format` write it."""
    found = {name: PackFile(form.file, form.what, _ask(form)) for name, form in question_formats().items()}
    for entry in pkgutil.iter_modules(__path__):
        module = importlib.import_module(f"{__name__}.{entry.name}")
        extra, is_always = getattr(module, "EXTRA", ""), getattr(module, "ALWAYS", False)
        what = (module.__doc__ or "").split("\n", 1)[0]
        found[entry.name] = PackFile(module.NAME, what, module.write, extra, is_always)
    return dict(sorted(found.items()))


def choose_formats(wanted: Iterable[str]) -> list[PackFile]:
    """The files of a pack: those that are wanted, and those that every pack has. Raises BuildError.

    It is raised where an extra is not there, with what to install, and before anything is made.
    """
    forms = [form for name, form in pack_formats().items() if form.is_always or name in set(wanted)]
    if missing := list_missing((form.file, form.extra) for form in forms):
        raise BuildError("; ".join(missing))
    return forms


def _ask(form: QuizFormat) -> WriteFile:
    def write(materials: Materials) -> bytes | dict[str, bytes]:
        return form.write(materials.pack.title.strip(), materials.bank.questions)

    return write
