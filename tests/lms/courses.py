"""A pack of the small knowledge base as learning systems get it, whole and what changed, where a host can serve it."""

from __future__ import annotations

import shutil
import zipfile
from pathlib import Path

from conftest import output_of
from knowledge import AS_OF, STARTER, Changes, edit, write

FORMATS = ("scorm12", "scorm2004", "cmi5")
DELTAS = tuple(f"delta.{name}" for name in FORMATS)
TREE = "decision_trees/account-takeover.yaml"
CASE = '  - {id: mail, scenario: An address that nobody asked for., answers: ["yes"], outcome: lock, why: It is gone.}'
# What the tests themselves open: the session of the course without the course.
BARE = '<!doctype html><html lang="en"><title>Unit</title><script src="assets/session.js"></script></html>'
LAST = "why: Access is there.}\n"


def build_courses(folder: Path, changes: Changes | None = None) -> Path:
    """Builds all formats, and gives the folder with their zips; each is unpacked into a folder beside them.

    The version before has been released; since then a decision has a golden case more.
    """
    base = write(folder / "base", changes)
    shutil.copy(STARTER / "mkdocs.yml", base)
    output_of(base, "pack", "release", "acme-accounts", "--on", AS_OF)
    edit(base, TREE, LAST, f"{LAST}{CASE}")
    edit(base, "content/packs/acme-accounts.yaml", 'version: "1.0"', 'version: "1.1"')
    asked = (word for name in (*FORMATS, "delta") for word in ("--format", name))
    output_of(base, "pack", "build", "acme-accounts", *asked)
    built = next((base / "dist").iterdir())
    for name in (*FORMATS, *DELTAS):
        with zipfile.ZipFile(built / f"{name}.zip") as archive:
            archive.extractall(built / name)
        (built / name / "bare.html").write_text(BARE, encoding="utf-8")
    return built
