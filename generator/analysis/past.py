"""Finds older versions of a policy in git."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from pathlib import Path

from generator.documents import Document
from generator.documents.structure import structure
from generator.documents.types.policy import Policy
from generator.files.repository import NoPast, Repository
from generator.files.source import read

VERSION = re.compile(rb"^version:\s*[\"']?([0-9.]+)", re.MULTILINE)


def past(root: Path) -> Callable[[Document, str], Policy | None]:
    """A function that returns a policy as it was in a version; None if the repository has no such state."""
    try:
        repository = Repository(root)
    except NoPast:
        return lambda document, version: None

    @cache
    def states(path: str) -> dict[str, bytes]:
        return _read_states(repository, path)

    def policy(document: Document, version: str) -> Policy | None:
        raw = states(document.path).get(version)
        documents = structure([read(document.path, raw)[0]]).documents if raw else []
        body = documents[0].body if documents else None
        return body if isinstance(body, Policy) else None

    return policy


def _read_states(repository: Repository, path: str) -> dict[str, bytes]:
    """The last state of a file in each version that it had, by version."""
    by_version: dict[str, bytes] = {}
    for raw in repository.texts(path):
        version = VERSION.search(raw)
        if version:
            by_version.setdefault(version[1].decode(), raw)
    return by_version
