"""Turns an SSVC decision table in JSON into one of ours: a row for each entry of its mapping.

The format is that of the Stakeholder-Specific Vulnerability Categorization, schema version 2.0.0: decision points with
values, one of them the outcome, and a mapping from combinations of values to values of the outcome.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from itertools import chain, count

from pydantic import BaseModel, Field, ValidationError

from generator.documents.fields import RESERVED, Version
from generator.exchange import UnfitInput
from generator.exchange.legible import legible, one_line, slug
from generator.exchange.yaml_file import DocumentData


class Named(BaseModel):
    """What decision points and their values have in common."""

    key: str = Field(min_length=1)
    name: str = Field(pattern=r"\S")
    definition: str = ""


class DecisionPoint(Named):
    """A decision point: a question to answer, or the outcome."""

    version: str = ""
    values: list[Named] = Field(min_length=1)


class Table(Named):
    """A decision table as in its file."""

    namespace: str = "table"
    version: Version
    decision_points: dict[str, DecisionPoint] = Field(min_length=2)
    outcome: str
    mapping: list[dict[str, str]] = Field(min_length=1)


def origin(table: Table) -> str:
    """What identifies the table in every version."""
    return one_line(f"{table.namespace}:{table.key}")


def path(table: Table) -> str:
    """A path made from the table's name, without its version; the id is derived from it."""
    return f"{table.namespace}/{table.name.replace('/', ' ')}.json"


def unused(table: Table) -> list[Named]:
    """The values of the outcome that no entry of the mapping leads to."""
    used = {row[table.outcome] for row in table.mapping}
    return [value for value in table.decision_points[table.outcome].values if value.key not in used]


def read_table(text: str, file: str) -> Table:
    """Parses the text of a file. Raises UnfitInput."""
    try:
        table = Table.model_validate(json.loads(text))
    except (ValueError, RecursionError) as error:
        raise UnfitInput(f"{file} is not a decision table: {_explain_error(error)}") from None
    if table.outcome not in table.decision_points:
        raise UnfitInput(f"{file} names the outcome {table.outcome!r}, which is not one of its decision points")
    for key, point in table.decision_points.items():
        for value, times in Counter(value.key for value in point.values).items():
            if times > 1:
                raise UnfitInput(f"{file} gives {key} the value {value!r} {times} times")
    for number, row in enumerate(table.mapping, 1):
        _check_entry(table, row, f"{file}, entry {number} of its mapping")
    return table


def _explain_error(error: Exception) -> str:
    if isinstance(error, ValidationError):
        first = error.errors(include_url=False)[0]
        place = ".".join(map(str, first["loc"])) or "the file"
        return f"{place}: {first['msg'].lower()}"
    return f"it is not JSON ({error})" if isinstance(error, json.JSONDecodeError) else "it is nested too deeply"


def _check_entry(table: Table, row: Mapping[str, str], place: str) -> None:
    if table.outcome not in row:
        raise UnfitInput(f"{place} has no outcome")
    for point, key in row.items():
        if point not in table.decision_points:
            raise UnfitInput(f"{place} names {point!r}, which is not one of the decision points")
        if key not in [value.key for value in table.decision_points[point].values]:
            raise UnfitInput(f"{place} gives {point} the value {key!r}, which is not one of its values")


def decision(table: Table, name: str, old: DocumentData, header: DocumentData, today: str) -> DocumentData:
    """The table as a document, without unused outcomes; what people wrote into the old one is kept."""
    points = {key: point for key, point in table.decision_points.items() if key != table.outcome}
    left_out = unused(table)
    ends = [value for value in table.decision_points[table.outcome].values if value not in left_out]
    values = {key: _map_ids(point.values, ("any",)) for key, point in points.items()} | {
        table.outcome: _map_ids(ends, ())
    }
    outcomes = list(values[table.outcome].values())
    inputs = dict(zip(points, _choose_ids(points.values(), outcomes), strict=True))
    twins = Counter(point.name for point in points.values())
    names = {key: f"{one.name} ({key})" if twins[one.name] > 1 else one.name for key, one in points.items()}
    old_inputs, old_outcomes = old.get("inputs", {}), old.get("outcomes", {})
    is_new = table.version not in {old.get("version"), *(entry.get("version") for entry in old.get("history", []))}
    made = {
        "id": name,
        "title": one_line(table.name),
        "version": table.version if is_new else old["version"],
        "status": "draft",
        **header,
        **{key: one for key, one in old.items() if key not in OURS},
        "summary": _escape_prose(table.definition) or one_line(table.name),
        "inputs": {
            inputs[key]: _make_input(key, names[key], point, values[key], old_inputs.get(inputs[key], {}))
            for key, point in points.items()
        },
        "hit": "unique",
        "rows": _restore_notes((_make_row(table, row, inputs, values) for row in table.mapping), old.get("rows", [])),
        "outcomes": {
            one: _make_outcome(end, old_outcomes.get(one, {})) for one, end in zip(outcomes, ends, strict=True)
        },
        "cases": old.get("cases"),
        "history": [{"version": table.version, "on": today, "note": _describe_import(old)}] * is_new
        + old.get("history", []),
    }
    return {key: one for key, one in made.items() if one}


OURS = ("id", "title", "version", "summary", "inputs", "hit", "rows", "outcomes", "cases", "history")


def _map_ids(named: list[Named], taken: Iterable[str]) -> dict[str, str]:
    """The id of each value, by its key."""
    return dict(zip((value.key for value in named), _choose_ids(named, taken), strict=True))


def _choose_ids(named: Iterable[Named], taken: Iterable[str]) -> list[str]:
    """An id for each, made from its name; if that is taken, with its key or a number as well."""
    chosen: list[str] = []
    used = {*taken, *RESERVED}
    for thing in named:
        name = slug(thing.name) or slug(thing.key) or "value"
        wanted = chain((name, slug(f"{name} {thing.key}")), (f"{name}-{number}" for number in count(2)))
        chosen.append(next(candidate for candidate in wanted if candidate not in used))
        used.add(chosen[-1])
    return chosen


def _make_input(key: str, name: str, point: DecisionPoint, ids: Mapping[str, str], old: DocumentData) -> DocumentData:
    """A decision point as an input; the question that people wrote for it is kept."""
    made = {
        "ask": old.get("ask") or f"{one_line(name)}?",
        "help": _escape_prose(point.definition),
        "source": one_line(key),
        "values": {ids[value.key]: _make_value(value) for value in point.values},
        "internal_note": old.get("internal_note"),
    }
    return {name: one for name, one in made.items() if one}


def _make_value(value: Named) -> DocumentData:
    words = _escape_prose(value.definition)
    return {"label": one_line(value.name), **({"help": words} if words else {})}


def _make_outcome(value: Named, old: DocumentData) -> DocumentData:
    words = _escape_prose(value.definition)
    kept = {key: one for key, one in old.items() if key not in ("decision", "text")}
    return {"decision": one_line(value.name), **({"text": words} if words else {}), **kept}


def _make_row(
    table: Table, row: Mapping[str, str], inputs: Mapping[str, str], values: Mapping[str, Mapping[str, str]]
) -> DocumentData:
    when = {inputs[point]: values[point][key] for point, key in row.items() if point in inputs}
    return {"when": when, "then": values[table.outcome][row[table.outcome]]}


def _restore_notes(rows: Iterable[DocumentData], old: Iterable[DocumentData]) -> list[DocumentData]:
    """The rows, with the notes that people wrote on the same combinations."""
    notes = [(row.get("when"), {"note": row["note"]}) for row in old if row.get("note")]
    return [row | next((note for when, note in notes if when == row["when"]), {}) for row in rows]


def _escape_prose(text: str) -> str:
    """The words of a definition, with `[[` escaped: they refer to none of our documents."""
    return legible(text).replace("[[", "\\[\\[").strip()


def _describe_import(old: DocumentData) -> str:
    return "The source has changed." if old else "Imported."
