"""Finds the combinations of values that the rows of a decision table leave open or share, and rows that decide nothing.

A combination that is not decided yet is a box: for each input, the values that it may still have, as bits. All work is
done on boxes and on sets of rows (also bits), never on single combinations, of which there are too many.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from functools import cached_property
from itertools import count
from math import prod

from generator.decisions.hitting_set import Sides, TooWide, bits, escape, step
from generator.documents.types.decision_tree import DecisionTable
from generator.findings import Keys

ANY = "any"
MOST_STEPS = 50_000

Box = tuple[int, ...]


class Cells:
    """The rows of a table as boxes.

    A value or input that the table does not have is left out; `is_whole` is then false, because there is no way to tell
    what the row was meant to fit. All searches together may take `steps` steps, after which they raise TooWide.
    """

    def __init__(self, table: DecisionTable, steps: int | None = None) -> None:
        self.table = table
        self.is_whole = is_whole(table)
        self.steps = count(MOST_STEPS if steps is None else steps, -1)
        self.values = [list(asked.values) for asked in table.inputs.values()]
        self.full: Box = tuple((1 << len(values)) - 1 for values in self.values)
        places = [{value: place for place, value in enumerate(values)} for values in self.values]
        self.rows: list[Box] = [self._make_box(row.when, places) for row in table.rows]
        self.all_rows = (1 << len(self.rows)) - 1

    def _make_box(self, when: dict[str, list[str]], places: list[dict[str, int]]) -> Box:
        sides = []
        for name, place, full in zip(self.table.inputs, places, self.full, strict=True):
            wanted = when.get(name, [ANY])
            sides.append(full if ANY in wanted else sum(1 << place[value] for value in {*wanted} if value in place))
        return tuple(sides)

    @cached_property
    def allowing(self) -> list[list[int]]:
        """For each input and each of its values, the rows that allow it."""
        found = [[0] * len(values) for values in self.values]
        for number, row in enumerate(self.rows):
            for rows, allowed in zip(found, row, strict=True):
                for bit in bits(allowed):
                    rows[bit] |= 1 << number
        return found

    def meeting(self, box: Box) -> int:
        """The rows that share a combination with a box."""
        meeting = self.all_rows
        for side, allowed in enumerate(box):
            if allowed != self.full[side]:
                fitting = 0
                for bit in bits(allowed):
                    fitting |= self.allowing[side][bit]
                meeting &= fitting
        return meeting

    def escaping(self, box: Box, rows: int) -> Box | None:
        """A box within a box, of combinations that none of the rows fits; None if there are none. Raises TooWide."""
        live = rows & self.meeting(box)
        sides: Sides = [
            (side, [(bit, live & ~self.allowing[side][bit]) for bit in bits(allowed)])
            for side, allowed in enumerate(box)
        ]
        try:
            chosen = escape(sides, live, self.steps)
        except RecursionError:
            raise TooWide from None
        if chosen is None:
            return None
        return tuple(1 << chosen[side] if side in chosen else allowed for side, allowed in enumerate(box))

    def left(self, box: Box, rows: int) -> Iterator[Box]:
        """All combinations of a box that none of the rows fits, as boxes that do not overlap. Raises TooWide.

        Cuts the box along the row that covers most of its sides, so that a box without such combinations ends soon.
        """
        step(self.steps)
        live = rows & self.meeting(box)
        if not live:
            yield box
            return
        row = min((self.rows[n] for n in bits(live)), key=lambda row: sum(map(_has_more, box, row)))
        for side, (mine, its) in enumerate(zip(box, row, strict=True)):
            if mine & ~its:
                yield from self.left((*box[:side], mine & ~its, *box[side + 1 :]), live)
                box = (*box[:side], mine & its, *box[side + 1 :])

    def widened(self, box: Box) -> Box:
        """Extends a box that no row fits until any further value would let a row fit."""
        for side, full in enumerate(self.full):
            for bit in bits(full & ~box[side]):
                wider = (*box[:side], box[side] | 1 << bit, *box[side + 1 :])
                if not self.meeting(wider):
                    box = wider
        return box

    def size(self, box: Box) -> int:
        """How many combinations a box holds."""
        return prod(side.bit_count() for side in box)

    def when(self, box: Box) -> dict[str, list[str]]:
        """A box as a row's `when`: the values of each input that may not have all of them."""
        return {
            name: [values[bit] for bit in bits(box[side])]
            for side, (name, values) in enumerate(zip(self.table.inputs, self.values, strict=True))
            if box[side] != self.full[side]
        }

    def example(self, box: Box) -> str:
        """One combination of a box, in words."""
        first = [values[(side & -side).bit_length() - 1] for values, side in zip(self.values, box, strict=True)]
        return ", ".join(f"`{name}` {value}" for name, value in zip(self.table.inputs, first, strict=True))

    def shared(self, one: int, other: int) -> Box:
        """The combinations that two rows share."""
        return tuple(a & b for a, b in zip(self.rows[one], self.rows[other], strict=True))

    def covers(self, one: int, other: int) -> bool:
        """Whether one row fits everything that another fits."""
        return not any(map(_has_more, self.rows[other], self.rows[one]))

    def disagreeing(self) -> Iterator[tuple[int, list[int]]]:
        """Rows with the rows that they disagree with, where none of them takes precedence.

        Rows that disagree with most others come first; each pair is reported once.
        """
        if not self.is_whole or self.table.hit == "first":
            return
        thens = [row.then for row in self.table.rows]
        alike = {then: rows_that(other == then for other in thens) for then in self.table.outcomes}
        against = [self.meeting(box) & ~alike[then] for box, then in zip(self.rows, thens, strict=True)]
        left = self.all_rows
        for row in sorted(bits(left), key=lambda row: (-against[row].bit_count(), -row)):
            left &= ~(1 << row)
            if against[row] & left:
                yield row, list(bits(against[row] & left))


def is_whole(table: DecisionTable) -> bool:
    """Whether the table has every name in its rows, and no value is named `any`."""
    return not any(unknown(table)) and not any(ANY in asked.values for asked in table.inputs.values())


def unknown(table: DecisionTable) -> Iterator[tuple[Keys, str, str, Collection[str]]]:
    """Every name in the rows that the table does not have: its keys, the name, what it should be, the known names."""
    for number, row in enumerate(table.rows):
        for name, wanted in row.when.items():
            if name not in table.inputs:
                yield ("rows", number, "when", name), name, "input", table.inputs
                continue
            values = table.inputs[name].values
            for place, value in enumerate(wanted):
                if value != ANY and value not in values:
                    yield ("rows", number, "when", name, place), value, "value", values
        if row.then not in table.outcomes:
            yield ("rows", number, "then"), row.then, "outcome", table.outcomes


def _has_more(box: int, row: int) -> bool:
    return bool(box & ~row)


def rows_that(fits: Iterable[bool | int]) -> int:
    """A set of rows as bits: those for which it is true."""
    return sum(1 << number for number, fit in enumerate(fits) if fit)
