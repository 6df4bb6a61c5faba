"""Tells what people changed in a document since it was imported, by short hashes of what the import wrote.

They are on the second line of the file. Whoever edited a text keeps it, also if the source has changed since.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from hashlib import sha256
from typing import Any

LEAD = "# As imported: "
PAIR = re.compile(r"(\w+) ([0-9a-f]{8})")
STEP = ("title", "text")  # what an import writes into a step beside its id
# What follows the source; the rest of a document is its authors' from the first import on.
FOLLOWED = (
    "title",
    "summary",
    "symptoms",
    "aliases",
    "trigger",
    "not_when",
    "prerequisites",
    "escalation",
    "steps",
    "otherwise",
    "never",
)


def write_hashes(made: Mapping[str, Any]) -> str:
    """The line with the hashes of what an import made."""
    return LEAD + ", ".join(f"{key} {_hash_value(key, made.get(key))}" for key in FOLLOWED if made.get(key))


def read_hashes(text: str) -> dict[str, str]:
    """The hashes in a file; empty if it has none."""
    line = next((one for one in text.split("\n", 3)[1:2] if one.startswith(LEAD)), "")
    return dict(PAIR.findall(line))


def merge_edits(
    made: Mapping[str, Any], old: Mapping[str, Any], hashes: Mapping[str, str]
) -> tuple[dict[str, Any], list[str]]:
    """The document made anew, with everything that people changed or added in the old one.

    The result names what they changed and the source has changed since too.
    """
    if not old:
        return dict(made), []
    merged, clashes = dict(old), []
    for key in FOLLOWED:
        new, before = made.get(key), old.get(key)
        if (_hash_value(key, before) if before else "") == hashes.get(key, ""):
            if new:
                merged[key] = _merge_steps(new, before or []) if key == "steps" else new
            else:
                merged.pop(key, None)
        elif (_hash_value(key, new) if new else "") != hashes.get(key, ""):
            clashes.append(key)
    order = [key for key in made if key in merged]
    return {key: merged[key] for key in [*_mix_keys(list(merged), order)]}, clashes


def has_comments(text: str, plain: str) -> bool:
    """Whether people wrote comments into a file, which would be lost if it were written anew as `plain`.

    A `#` in a text is in both.
    """
    kept = {line.strip() for line in plain.split("\n")}
    lines = (line.strip() for line in text.split("\n")[1:] if "#" in line)
    return any(line not in kept and not line.startswith(LEAD.strip()) for line in lines)


def replace_hashes(text: str, line: str) -> str:
    """The text of a file with another line of hashes, and all the rest as it is."""
    first, end, rest = text.partition("\n")
    second, _, below = rest.partition("\n")
    return f"{first}{end}{line}\n{below if second.startswith(LEAD) else rest}"


def _mix_keys(own: list[str], order: list[str]) -> list[str]:
    """The keys of a document in its own order, where it has one."""
    new = [key for key in order if key not in own]
    return [*own, *new]


def _merge_steps(new: list[dict[str, Any]], before: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The steps with what people added to those of the same id."""
    known = {step["id"]: step for step in before}
    return [known.get(step["id"], {}) | step if step["id"] in known else step for step in new]


def _hash_value(key: str, value: Any) -> str:
    if key == "steps":
        value = [{name: step.get(name) for name in ("id", *STEP)} for step in value]
    return sha256(json.dumps(value, ensure_ascii=False, sort_keys=True).encode()).hexdigest()[:8]
