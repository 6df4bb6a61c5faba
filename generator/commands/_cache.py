"""The cache of a knowledge base, for this version of the program."""

from __future__ import annotations

import hashlib
import os
import sys
from pathlib import Path

import pydantic

import generator
from generator.files.writer.cache import Cache, cache_for


def open_cache(root: Path) -> Cache | None:
    """What is kept of the last check of a knowledge base; None where nothing is to be kept."""
    return cache_for(root, _describe_program())


def _describe_program() -> str:
    """What is another once this program, Python or a library is another: with that, nothing that was found holds."""
    own, libraries = Path(generator.__file__).parent, Path(pydantic.__file__).parents[1]
    known = hashlib.sha256(f"{generator.VERSION} {sys.version} {libraries} {libraries.stat().st_mtime_ns}".encode())
    for folder, folders, files in sorted(os.walk(own)):
        folders[:] = [one for one in folders if one != "__pycache__"]
        for name in sorted(files):
            if name.endswith(".py"):
                status = os.stat(f"{folder}/{name}")  # noqa: PTH116 - a path object for each takes longer
                known.update(f"{folder}/{name} {status.st_size} {status.st_mtime_ns}\n".encode())
    return known.hexdigest()
