"""In goes a decision table, out come its questions: a graph as a tree has one."""

from __future__ import annotations

from collections import deque
from functools import cached_property

from generator.documents.decision_tree import Answer, DecisionTable, Question
from generator.table import Cells, TooWide, rows_that

MOST_STATES = 20_000


class Diagram:
    """The questions of a table: its inputs one after the other, without those whose answer makes no difference.

    Two places from which everything goes on alike are one question, so that a table of hundreds of rows has a few
    dozen. `questions` are by a name made from the input, `asks` has the input of each. An answer that no row fits
    goes to the empty name. Raises TooWide.
    """

    def __init__(self, table: DecisionTable) -> None:
        self.table = table
        self.cells = Cells(table)
        self.inputs = list(table.inputs)
        self._known: dict[tuple[int, int], int | str] = {}
        self._nodes: list[tuple[int, tuple[int | str, ...]]] = []
        self._same: dict[tuple[int, tuple[int | str, ...]], int] = {}
        self.questions: dict[str, Question] = {}
        self.asks: dict[str, str] = {}
        self.start = self._named(self._follow(0, self.cells.all_rows))

    @cached_property
    def _settled(self) -> list[int]:
        """For each input, the rows that allow all values of it and of those behind it."""
        full, rows = self.cells.full, self.cells.rows
        return [rows_that(row[side:] == full[side:] for row in rows) for side in range(len(full) + 1)]

    def _follow(self, side: int, live: int) -> int | str:
        """What follows from the rows that still fit, before an input is asked: a node's number, or an outcome."""
        settled = live & self._settled[side]
        if settled:
            first = settled & -settled
            live &= (first << 1) - 1
            if live == first:
                return self.table.rows[first.bit_length() - 1].then
        if not live:
            return ""
        key = (side, live)
        if key not in self._known:
            if len(self._known) >= MOST_STATES:
                raise TooWide
            nexts = tuple(self._follow(side + 1, live & rows) for rows in self.cells.allowing[side])
            self._known[key] = self._node(side, nexts)
        return self._known[key]

    def _node(self, side: int, nexts: tuple[int | str, ...]) -> int | str:
        if len(set(nexts)) == 1:
            return nexts[0]
        node = (side, nexts)
        if node not in self._same:
            self._same[node] = len(self._nodes)
            self._nodes.append(node)
        return self._same[node]

    def _named(self, start: int | str) -> str:
        """Gives names to the nodes, nearest to the start first, and makes questions of them."""
        taken = {*self.inputs, *self.table.outcomes}
        names: dict[int | str, str] = {}
        edge = deque([start])
        while edge:
            node = edge.popleft()
            if isinstance(node, int) and node not in names:
                side, nexts = self._nodes[node]
                names[node] = _name(self.inputs[side], taken, self.asks)
                self.asks[names[node]] = self.inputs[side]
                edge.extend(nexts)
        for node, name in names.items():
            side, nexts = self._nodes[int(node)]
            one = self.table.inputs[self.inputs[side]]
            answers = {
                value: Answer.model_construct(label=entry.label, go=names.get(to, str(to)))
                for (value, entry), to in zip(one.values.items(), nexts, strict=True)
            }
            self.questions[name] = Question.model_construct(ask=one.ask, help=one.help, answers=answers)
        return names.get(start, str(start))


def _name(name: str, taken: set[str], used: dict[str, str]) -> str:
    if name not in used:
        return name
    number = 2
    while f"{name}-{number}" in taken or f"{name}-{number}" in used:
        number += 1
    return f"{name}-{number}"
