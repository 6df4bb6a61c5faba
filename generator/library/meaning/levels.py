"""The rule of versions: how large a change is, and which number comes after another for it.

`content/pages/for-authors.md`, and the guide that `playbook init` writes, tell it to authors.
"""

from __future__ import annotations

from collections.abc import Iterable

from generator.library.timeline import order

MAJOR, MINOR, PATCH = "major", "minor", "patch"
LEVELS = (MAJOR, MINOR, PATCH)
# Of a document: what became of it for somebody who works by the older version.
CHANGES = {
    MAJOR: "people must act, decide or write differently",
    MINOR: "something was added or left out, and the rest still holds",
    PATCH: "only the wording changed",
}
# Of a pack: what follows for those who were trained.
MEANING = {
    MAJOR: "a decision or an answer changed, so everybody trains again, in a course of its own",
    MINOR: "something was added, left out, or changed in what is only at hand, so everybody learns what is new",
    PATCH: "only words changed, so nobody has to train",
}


def gravest(levels: Iterable[str]) -> str:
    """The highest of some levels; empty if there is none."""
    found = set(levels)
    return next((level for level in LEVELS if level in found), "")


def least_version(version: str, level: str) -> str:
    """The version after another: 3.0 for a major change of 2.1, 2.2 for a minor one, 2.1.1 for wording."""
    major, minor, patch = order(version)[:3]
    if level == MAJOR:
        return f"{major + 1}.0"
    return f"{major}.{minor + 1}" if level == MINOR else f"{major}.{minor}.{patch + 1}"
