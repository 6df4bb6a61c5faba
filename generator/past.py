"""In goes a policy, out comes the policy as it was in an older version, as far as git knows."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from pathlib import Path

from generator.documents import Document
from generator.documents.policy import Policy
from generator.revision import NoPast, blobs, commits
from generator.source import read
from generator.structure import structure

VERSION = re.compile(rb"^version:\s*[\"']?([0-9.]+)", re.MULTILINE)


def past(root: Path) -> Callable[[Document, str], Policy | None]:
    """A function that gives a policy in a version; None where git has no such state. It asks git once for each file."""

    @cache
    def states(path: str) -> dict[str, bytes]:
        return _states(root, path)

    def policy(document: Document, version: str) -> Policy | None:
        raw = states(document.path).get(version)
        found = structure([read(document.path, raw)[0]]).documents if raw else []
        body = found[0].body if found else None
        return body if isinstance(body, Policy) else None

    return policy


def _states(root: Path, path: str) -> dict[str, bytes]:
    """The last state of a file in each version, newest first."""
    found: dict[str, bytes] = {}
    try:
        contents = list(blobs(root, (f"{commit.name}:./{path}" for commit in commits(root, path))))
    except NoPast:
        return {}
    for raw in contents:
        version = VERSION.search(raw or b"")
        if raw and version:
            found.setdefault(version[1].decode(), raw)
    return found
