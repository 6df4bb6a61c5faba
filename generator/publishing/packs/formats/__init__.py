"""The files that a pack can have: one module each, found by being here, and every format of questions.

A module has the `NAME` of its file, and `write(materials)` that gives its bytes, or the files in it if it is a zip: the
same from every build. It gives None where there is nothing to write.
"""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache
from typing import NamedTuple

from generator.publishing.packs.materials import Materials, WriteFile
from generator.publishing.training.formats import QuizFormat, question_formats


class PackFile(NamedTuple):
    """How one file of a pack is made: its name, what it is, and what makes it."""

    file: str
    what: str
    write: WriteFile


@cache
def pack_formats() -> dict[str, PackFile]:
    """Every format by its name, as authors and `--format` write it."""
    found = {name: PackFile(form.file, form.what, _ask(form)) for name, form in question_formats().items()}
    for entry in pkgutil.iter_modules(__path__):
        module = importlib.import_module(f"{__name__}.{entry.name}")
        found[entry.name] = PackFile(module.NAME, (module.__doc__ or "").split("\n", 1)[0], module.write)
    return dict(sorted(found.items()))


def _ask(form: QuizFormat) -> WriteFile:
    def write(materials: Materials) -> bytes | dict[str, bytes]:
        return form.write(materials.pack.title.strip(), materials.bank.questions)

    return write
