"""A decision table as a grid of words, as spreadsheets hold it: heads, cells, outcomes, notes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from generator.decisions.table import ANY
from generator.documents.conditions import word_range
from generator.documents.types.decision_tree import DecisionTable, Input, Option
from generator.exchange.decisions.limits import write_limits


class GridInput(NamedTuple):
    """What a column asks; `takes` and `unit` are empty where words answer it, `name` where a source has no id for it.

    `known` has the words that answer it, as far as a source lists them, also those that no row has.
    """

    ask: str
    takes: str = ""
    unit: str = ""
    name: str = ""
    known: tuple[str, ...] = ()


class GridRow(NamedTuple):
    """For each input the values that fit, none for any; the outcome, a note, and where the row stands in its source."""

    cells: list[list[str]]
    then: str
    note: str
    place: str = ""


class Grid(NamedTuple):
    """A table in words; `is_first` if the first row that fits counts, None if the source does not say."""

    inputs: list[GridInput]
    rows: list[GridRow]
    is_first: bool | None


def grid_of(table: DecisionTable) -> Grid:
    """The words of a table. Values that are the same to a reader have their ids with them.

    A cell of all values means any: the first such cell of a column lists them where no other rows tell them, or where
    these have them in another order.
    """
    asks = _tell_apart({name: one.ask for name, one in table.inputs.items()})
    ends = _tell_apart({name: one.decision for name, one in table.outcomes.items()})
    inputs = [GridInput(asks[name], one.takes or "", one.unit or "", name) for name, one in table.inputs.items()]
    words = {
        name: _tell_apart({key: _word(one, value) for key, value in one.values.items()})
        for name, one in table.inputs.items()
    }
    rows = [
        GridRow(
            [_choose_words(words[name], row.when.get(name, [ANY])) for name in table.inputs],
            ends[row.then],
            row.note or "",
        )
        for row in table.rows
    ]
    for side, known in enumerate(words.values()):
        list_all(rows, side, list(known.values()))
    return Grid(inputs, rows, table.hit == "first")


def untold(table: DecisionTable) -> list[str]:
    """What of a table is none of its words in the grid, by keys."""
    inputs = table.inputs.values()
    offered = [value for one in inputs for value in one.values.values()]
    asked = [
        f"`{key}` of inputs"
        for key in ("help", "source", "internal_note", "formerly")
        if any(getattr(one, key) for one in inputs)
    ]
    values = [f"`{key}` of values" for key in ("help", "all_of") if any(getattr(one, key) for one in offered)]
    keys = ("text", "action", "severity", "sop", "macro", "escalate", "cites", "formerly", "internal_note")
    ends = [f"`{key}` of outcomes" for key in keys if any(getattr(one, key) for one in table.outcomes.values())]
    used = {row.then for row in table.rows}
    idle = [f"the outcome {name}, which no row has" for name in table.outcomes if name not in used]
    return [*asked, *values, *ends, *idle, *(["`cases`"] if table.cases else [])]


def _word(asked: Input, value: Option) -> str:
    """A value as a cell has it: its label, or its range with the label that the author gave it."""
    limits = write_limits(value.thresholds)
    if not limits:
        return value.label
    plain = word_range(asked.takes or "", asked.unit or "", value.thresholds)
    return limits if value.label.lower() == plain.lower() else f"{value.label}: {limits}"


def _tell_apart(words: Mapping[str, str]) -> dict[str, str]:
    """The words by id; with the id where two are the same."""
    times = Counter(words.values())
    return {name: f"{text} ({name})" if times[text] > 1 else text for name, text in words.items()}


def _choose_words(words: Mapping[str, str], wanted: Iterable[str]) -> list[str]:
    chosen = {*wanted}
    return [] if ANY in chosen or chosen >= words.keys() else [text for name, text in words.items() if name in chosen]


def list_all(rows: list[GridRow], side: int, known: list[str]) -> None:
    """Writes all values into the first cell of any, where the other cells do not tell them in their order."""
    told = list(dict.fromkeys(text for row in rows for text in row.cells[side]))
    first = next((row for row in rows if not row.cells[side]), None)
    if told != known and first:
        first.cells[side][:] = known
