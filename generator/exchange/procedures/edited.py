"""Tells what people changed in a document since it was imported, by short hashes of what the import wrote.

They are on the second line of the file. Whoever edited a text keeps it, also if the source has changed since: then the
line keeps the hash of what the source said before, until somebody settles it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Mapping
from hashlib import sha256
from typing import Any

from generator.exchange.procedures.change_log import merge_change_log

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
LOG = "history"  # gets the entries of the source's change log, and loses none


def write_hashes(made: Mapping[str, Any], open_hashes: Mapping[str, str] = {}) -> str:
    """The line with the hashes of what an import made; `open_hashes` are those of keys that nobody has settled."""
    hashes = {key: _hash_value(key, made[key]) for key in FOLLOWED if made.get(key)}
    hashes |= {LOG: _hash_if(LOG, made.get(LOG, [])[1:]), **open_hashes}
    return LEAD + ", ".join(f"{key} {hashes[key]}" for key in (*FOLLOWED, LOG) if hashes.get(key))


def read_hashes(text: str) -> dict[str, str]:
    """The hashes in a file; empty if it has none."""
    line = next((one for one in text.split("\n", 3)[1:2] if one.startswith(LEAD)), "")
    return dict(PAIR.findall(line))


def merge_edits(
    made: Mapping[str, Any], old: Mapping[str, Any], hashes: Mapping[str, str], taken: Collection[str] = ()
) -> tuple[dict[str, Any], list[str]]:
    """The document made anew, with everything that people changed or added in the old one, but not in keys `taken`.

    The result names what they changed and the source has changed since too, in another way.
    """
    if not old:
        return dict(made), []
    merged, clashes = dict(old), []
    for key in FOLLOWED:
        new, before = made.get(key), old.get(key)
        known, here, there = hashes.get(key, ""), _hash_if(key, before), _hash_if(key, new)
        if here == known or (key in taken and there not in (known, here)):
            if new:
                merged[key] = _merge_steps(new, before or []) if key == "steps" else new
            else:
                merged.pop(key, None)
        elif there not in (known, here):
            clashes.append(key)
    log = made.get(LOG, [])[1:]  # what is above is ours, about the import
    if _hash_if(LOG, log) != hashes.get(LOG, ""):
        merged[LOG] = merge_change_log(merged.get(LOG) or [], log)
    order = [key for key in made if key in merged]
    return {key: merged[key] for key in [*_mix_keys(list(merged), order)]}, clashes


def fits_hash(key: str, value: Any, hashed: str) -> bool:
    """Whether the value of a key is the one that has a hash; no value has none."""
    return _hash_if(key, value) == hashed


def words_of_value(value: Any) -> str:
    """The words of a key of a document, as somebody reads them."""
    if isinstance(value, list):
        return "\n".join(map(words_of_value, value))
    if not isinstance(value, dict):
        return str(value or "")
    if "note" in value:
        return f"{value.get('version')}, {value.get('on')}: {value['note']}"
    if "to" in value:
        return "\n".join([f"{value['to']}:", *map(str, value.get("when", []))])
    title, text = str(value.get("title", "")), str(value.get("text", ""))
    return text if text.startswith(title) else f"{title}\n{text}"


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


def _hash_if(key: str, value: Any) -> str:
    return _hash_value(key, value) if value else ""


def _hash_value(key: str, value: Any) -> str:
    if key == "steps":
        value = [{name: step.get(name) for name in ("id", *STEP)} for step in value]
    return sha256(json.dumps(value, ensure_ascii=False, sort_keys=True, default=str).encode()).hexdigest()[:8]
