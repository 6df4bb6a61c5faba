"""A row of a decision table names an input, a value or an outcome that the table does not have.

Until it is fixed, there is no way to tell which cases the row was meant for, so the other faults of the table are not
reported. `any` means all values of an input, so no value can have that name.

Bad:
    inputs: {reach: {ask: How many saw it?, values: {few: ..., many: ...}}}
    rows: [{when: {reach: lots}, then: act}]

Good:
    rows: [{when: {reach: many}, then: act}]
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from generator.decisions.table import ANY, unknown
from generator.documents.types.decision_tree import DecisionTable
from generator.findings import Fault, Spot
from generator.library.library import Library
from generator.wording import one_of


def check(library: Library) -> Iterator[Fault]:
    for document, table in library.each(DecisionTable):
        for keys, name, what, known in unknown(table):
            hint = partial(one_of, name, known)
            spot = Spot(document.path, keys, key=what == "input")
            yield Fault(spot, f"row {int(keys[1]) + 1} names the {what} `{name}`, which the table does not have", hint)
        for name, asked in table.inputs.items():
            if ANY in asked.values:
                spot = Spot(document.path, ("inputs", name, "values", ANY), key=True)
                yield Fault(spot, f"`{name}` has a value named `{ANY}`, which means all values", "rename it")
