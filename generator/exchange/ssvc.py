"""In goes a decision table of SSVC as JSON, out comes a decision of ours: a row for each entry of its mapping.

The format is that of the Stakeholder-Specific Vulnerability Categorization, schema version 2.0.0: decision points with
their values, of which one is the outcome, and a mapping of combinations.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from itertools import chain, count

from pydantic import BaseModel, Field, ValidationError

from generator.documents.fields import RESERVED, Version
from generator.exchange import UnfitInput
from generator.exchange.legible import clean_text, legible, slug
from generator.exchange.yaml_file import DocumentData


class Named(BaseModel):
    """What decision points and their values have alike."""

    key: str = Field(min_length=1)
    name: str = Field(pattern=r"\S")
    definition: str = ""


class DecisionPoint(Named):
    """A decision point: something to find out, or the outcome."""

    version: str = ""
    values: list[Named] = Field(min_length=1)


class Table(Named):
    """A decision table as the file has it."""

    namespace: str = "table"
    version: Version
    decision_points: dict[str, DecisionPoint] = Field(min_length=2)
    outcome: str
    mapping: list[dict[str, str]] = Field(min_length=1)


def origin(found: Table) -> str:
    """What the table is called in every version."""
    return _line(f"{found.namespace}:{found.key}")


def path(found: Table) -> str:
    """The file that the table would have if it were named as people name it, without its version."""
    return f"{found.namespace}/{found.name.replace('/', ' ')}.json"


def unused(found: Table) -> list[Named]:
    """The values of the outcome that no entry of the mapping leads to."""
    used = {row[found.outcome] for row in found.mapping}
    return [value for value in found.decision_points[found.outcome].values if value.key not in used]


def read_table(text: str, file: str) -> Table:
    """The table in the text of a file. Raises Unfit."""
    try:
        found = Table.model_validate(json.loads(text))
    except (ValueError, RecursionError) as error:
        raise UnfitInput(f"{file} is no decision table: {_reason(error)}") from None
    if found.outcome not in found.decision_points:
        raise UnfitInput(f"{file} names the outcome {found.outcome!r}, which is none of its decision points")
    for key, point in found.decision_points.items():
        for one, times in Counter(value.key for value in point.values).items():
            if times > 1:
                raise UnfitInput(f"{file} gives {key} the value {one!r} {times} times")
    for number, row in enumerate(found.mapping, 1):
        _fit(found, row, f"{file}, entry {number} of its mapping")
    return found


def _reason(error: Exception) -> str:
    if isinstance(error, ValidationError):
        first = error.errors(include_url=False)[0]
        place = ".".join(map(str, first["loc"])) or "the file"
        return f"{place}: {first['msg'].lower()}"
    return f"it is not JSON ({error})" if isinstance(error, json.JSONDecodeError) else "it is nested too deep"


def _fit(found: Table, row: Mapping[str, str], place: str) -> None:
    if found.outcome not in row:
        raise UnfitInput(f"{place} has no outcome")
    for point, key in row.items():
        if point not in found.decision_points:
            raise UnfitInput(f"{place} names {point!r}, which is none of the decision points")
        if key not in [value.key for value in found.decision_points[point].values]:
            raise UnfitInput(f"{place} gives {point} the value {key!r}, which it does not have")


def decision(found: Table, name: str, old: DocumentData, header: DocumentData, today: str) -> DocumentData:
    """The table as a decision of ours, without unused outcomes; what people wrote into the old one stays."""
    points = {key: point for key, point in found.decision_points.items() if key != found.outcome}
    left_out = unused(found)
    ends = [value for value in found.decision_points[found.outcome].values if value not in left_out]
    values = {key: _ids(point.values, ("any",)) for key, point in points.items()} | {found.outcome: _ids(ends, ())}
    outcomes = list(values[found.outcome].values())
    inputs = dict(zip(points, _names(points.values(), outcomes), strict=True))
    twins = Counter(point.name for point in points.values())
    names = {key: f"{one.name} ({key})" if twins[one.name] > 1 else one.name for key, one in points.items()}
    old_inputs, old_outcomes = old.get("inputs", {}), old.get("outcomes", {})
    is_new = found.version not in {old.get("version"), *(entry.get("version") for entry in old.get("history", []))}
    made = {
        "id": name,
        "title": _line(found.name),
        "version": found.version if is_new else old["version"],
        "status": "draft",
        **header,
        **{key: one for key, one in old.items() if key not in OURS},
        "summary": _prose(found.definition) or _line(found.name),
        "inputs": {
            inputs[key]: _input(key, names[key], point, values[key], old_inputs.get(inputs[key], {}))
            for key, point in points.items()
        },
        "hit": "unique",
        "rows": _noted((_row(found, row, inputs, values) for row in found.mapping), old.get("rows", [])),
        "outcomes": {one: _outcome(end, old_outcomes.get(one, {})) for one, end in zip(outcomes, ends, strict=True)},
        "cases": old.get("cases"),
        "history": [{"version": found.version, "on": today, "note": _note(old)}] * is_new + old.get("history", []),
    }
    return {key: one for key, one in made.items() if one}


OURS = ("id", "title", "version", "summary", "inputs", "hit", "rows", "outcomes", "cases", "history")


def _ids(named: list[Named], taken: Iterable[str]) -> dict[str, str]:
    """An id for each value by its key."""
    return dict(zip((one.key for one in named), _names(named, taken), strict=True))


def _names(named: Iterable[Named], taken: Iterable[str]) -> list[str]:
    """An id for each: its name, with its key or a number where that is taken or no id."""
    found: list[str] = []
    used = {*taken, *RESERVED}
    for one in named:
        name = slug(one.name) or slug(one.key) or "value"
        wanted = chain((name, slug(f"{name} {one.key}")), (f"{name}-{number}" for number in count(2)))
        found.append(next(candidate for candidate in wanted if candidate not in used))
        used.add(found[-1])
    return found


def _input(key: str, name: str, point: DecisionPoint, ids: Mapping[str, str], old: DocumentData) -> DocumentData:
    """A decision point as an input: what people made of its question stays."""
    made = {
        "ask": old.get("ask") or f"{_line(name)}?",
        "help": _prose(point.definition),
        "source": _line(key),
        "values": {ids[value.key]: _value(value) for value in point.values},
        "internal_note": old.get("internal_note"),
    }
    return {name: one for name, one in made.items() if one}


def _value(value: Named) -> DocumentData:
    words = _prose(value.definition)
    return {"label": _line(value.name), **({"help": words} if words else {})}


def _outcome(value: Named, old: DocumentData) -> DocumentData:
    words = _prose(value.definition)
    kept = {key: one for key, one in old.items() if key not in ("decision", "text")}
    return {"decision": _line(value.name), **({"text": words} if words else {}), **kept}


def _row(
    found: Table, row: Mapping[str, str], inputs: Mapping[str, str], values: Mapping[str, Mapping[str, str]]
) -> DocumentData:
    when = {inputs[point]: values[point][key] for point, key in row.items() if point in inputs}
    return {"when": when, "then": values[found.outcome][row[found.outcome]]}


def _noted(rows: Iterable[DocumentData], old: Iterable[DocumentData]) -> list[DocumentData]:
    """The rows with the notes that people wrote at the same combinations."""
    notes = [(row.get("when"), {"note": row["note"]}) for row in old if row.get("note")]
    return [row | next((note for when, note in notes if when == row["when"]), {}) for row in rows]


def _line(text: str) -> str:
    return " ".join(clean_text(text).split())


def _prose(text: str) -> str:
    """Words of a definition; they refer to nothing of ours."""
    return legible(text).replace("[[", "\\[\\[").strip()


def _note(old: DocumentData) -> str:
    return "The source has changed." if old else "Imported."
