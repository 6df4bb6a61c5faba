"""A pack of the small knowledge base as learning systems get it, unpacked where a host can serve it."""

from __future__ import annotations

import shutil
import zipfile
from pathlib import Path

from conftest import output_of
from knowledge import STARTER, Changes, write

FORMATS = ("scorm12", "scorm2004", "cmi5")
# What the tests themselves open: the session of the course without the course.
BARE = '<!doctype html><html lang="en"><title>Unit</title><script src="assets/session.js"></script></html>'


def build_courses(folder: Path, changes: Changes | None = None) -> Path:
    """Builds all formats, and gives the folder with their zips; each is unpacked into a folder beside them."""
    base = write(folder / "base", changes)
    shutil.copy(STARTER / "mkdocs.yml", base)
    output_of(base, "pack", "build", "acme-accounts", *(word for name in FORMATS for word in ("--format", name)))
    built = next((base / "dist").iterdir())
    for name in FORMATS:
        with zipfile.ZipFile(built / f"{name}.zip") as archive:
            archive.extractall(built / name)
        (built / name / "bare.html").write_text(BARE, encoding="utf-8")
    return built
