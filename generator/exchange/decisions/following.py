"""Tells whether people changed what an import made of a decision, and follows its source where they have not."""

from __future__ import annotations

import json
from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from generator.exchange.procedures.edited import LEAD, read_hashes
from generator.exchange.yaml_file import DocumentData

PARTS = ("inputs", "questions", "outcomes")
OFFERED = ("values", "answers")
WHOLE = ("start", "hit", "rows")
# What an import writes into an input, question or outcome; the rest is its authors'.
TEXTS = ("ask", "takes", "unit", "decision")


def write_hash(document: Mapping[str, Any]) -> str:
    """The second line of a file that was imported."""
    return f"{LEAD}decision {_hash(document)}"


def is_edited(document: Mapping[str, Any], text: str) -> bool:
    """Whether somebody changed what an import wrote."""
    return read_hashes(text).get("decision") != _hash(document)


def is_news(made: Mapping[str, Any], text: str) -> bool:
    """Whether the source says something else than when the file was imported."""
    return read_hashes(text).get("decision") != _hash(made)


def is_same(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Whether two documents say the same of what an import writes."""
    return _hash(one) == _hash(other)


def words_of_decision(document: Mapping[str, Any]) -> str:
    """The words of a decision as somebody reads them: what is asked and offered, the rows, the outcomes."""
    lines: list[str] = []
    for key in PARTS:
        for part in document.get(key, {}).values():
            lines.append(str(part.get("ask") or part.get("decision", "")))
            for offered in OFFERED:
                for name, one in part.get(offered, {}).items():
                    words = [str(value) for field, value in one.items() if field != "help"]
                    lines.append(f"- {', '.join(words) or name}")
    for row in document.get("rows", []):
        when = ", ".join(f"{name}: {value}" for name, value in row.get("when", {}).items())
        lines.append(f"{when or 'otherwise'}: {row.get('then')}{'. ' if row.get('note') else ''}{row.get('note', '')}")
    return "\n".join(lines)


def followed(made: DocumentData, old: DocumentData) -> DocumentData:
    """The old document with the questions, rows and outcomes of the new one, and all that people added to them."""
    merged = {**old, **{key: made[key] for key in WHOLE if key in made}}
    for key in PARTS:
        if key in made:
            before = old.get(key, {})
            merged[key] = {name: _merge_part(part, before.get(name, {})) for name, part in made[key].items()}
    return merged


def _merge_part(new: DocumentData, before: DocumentData) -> DocumentData:
    own = {key: value for key, value in before.items() if key not in (*TEXTS, *OFFERED)}
    offered = {key: {name: _keep_help(one, before.get(key, {}).get(name, {})) for name, one in new[key].items()}
               for key in OFFERED if key in new}  # fmt: skip
    return {**new, **own, **offered}


def _keep_help(new: DocumentData, before: DocumentData) -> DocumentData:
    return {**new, **({"help": before["help"]} if "help" in before else {})}


def _hash(document: Mapping[str, Any]) -> str:
    core: dict[str, Any] = {key: document.get(key) for key in WHOLE}
    for key in PARTS:
        core[key] = {name: _take_core(part) for name, part in document.get(key, {}).items()}
    return sha256(json.dumps(core, ensure_ascii=False, default=str).encode()).hexdigest()[:8]


def _take_core(part: Mapping[str, Any]) -> DocumentData:
    core: DocumentData = {key: str(part[key]) for key in TEXTS if part.get(key)}
    for key in OFFERED:
        for name, one in part.get(key, {}).items():
            core[f"{key}/{name}"] = {field: str(value) for field, value in one.items() if field != "help"}
    return core
