"""Builds the questions that a decision table asks: a reduced decision diagram, as a graph like that of a tree."""

from __future__ import annotations

from collections import deque
from functools import cached_property

from generator.decisions.hitting_set import TooWide
from generator.decisions.table import Cells, rows_that
from generator.documents.types.decision_tree import Answer, Question

MOST_STATES = 20_000
# A table has as many as a tree, and to copy one takes a quarter of the time of making it.
ANSWER = Answer.model_construct(label="", go="")
QUESTION = Question.model_construct(ask="", answers={})

RowSet = int | str
"""The rows that still fit, as bits, or the outcome that is decided."""

Successor = int | str
"""The number of a node, or an outcome."""

Node = tuple[int, tuple[Successor, ...]]


class Diagram:
    """The questions of a table: one input after the other, without inputs whose answer makes no difference.

    Questions that go on in the same way are one, so a table of hundreds of rows has a few dozen. `questions` has a name
    made from the input for each, `asks` the input of each, and `used` the rows that decide something. An answer that
    no row fits leads to the empty name. Raises TooWide.
    """

    def __init__(self, cells: Cells) -> None:
        self.cells = cells
        self.table = table = cells.table
        self.inputs = list(table.inputs)
        self._nodes: list[Node] = []
        self._same: dict[Node, int] = {}
        self.used: set[int] = set()
        self.questions: dict[str, Question] = {}
        self.asks: dict[str, str] = {}
        self.start = self._name_nodes(self._build_nodes())

    @cached_property
    def _settled(self) -> list[int]:
        """For each input, the rows that allow all values of it and of the inputs after it."""
        full = self.cells.full
        ends = [
            max((side + 1 for side, values in enumerate(row) if values != full[side]), default=0)
            for row in self.cells.rows
        ]
        return [rows_that(end <= side for end in ends) for side in range(len(full) + 1)]

    def _build_nodes(self) -> Successor:
        """Makes the nodes and returns the first: finds the states forwards, then what follows from each backwards."""
        start = self._settle(0, self.cells.all_rows)
        states: list[dict[RowSet, list[RowSet]]] = []
        edge, number = {start: None}, 0
        for side, allowing in enumerate(self.cells.allowing):
            live = [state for state in edge if isinstance(state, int)]
            number += len(live)
            if number > MOST_STATES:
                raise TooWide
            states.append({state: [self._settle(side + 1, state & rows) for rows in allowing] for state in live})
            edge = {after: None for nexts in states[-1].values() for after in nexts}
        follows: dict[RowSet, Successor] = {}
        for side in reversed(range(len(states))):
            follows = {
                state: self._make_node(side, tuple(to if isinstance(to, str) else follows[to] for to in nexts))
                for state, nexts in states[side].items()
            }
        return start if isinstance(start, str) else follows[start]

    def _settle(self, side: int, live: int) -> RowSet:
        """The rows that still count before an input is asked; the outcome if it is settled, empty if no row fits."""
        settled = live & self._settled[side]
        if settled:
            first = settled & -settled
            live &= (first << 1) - 1
            if live == first:
                row = first.bit_length() - 1
                self.used.add(row)
                return self.table.rows[row].then
        return live or ""

    def _make_node(self, side: int, nexts: tuple[Successor, ...]) -> Successor:
        if len(set(nexts)) == 1:
            return nexts[0]
        node = (side, nexts)
        if node not in self._same:
            self._same[node] = len(self._nodes)
            self._nodes.append(node)
        return self._same[node]

    def _name_nodes(self, start: Successor) -> str:
        """Names the nodes, nearest to the start first, makes questions of them, and returns the name of the start."""
        taken = {*self.inputs, *self.table.outcomes}
        names: dict[Successor, str] = {}
        edge = deque([start])
        while edge:
            node = edge.popleft()
            if isinstance(node, int) and node not in names:
                side, nexts = self._nodes[node]
                names[node] = _choose_name(self.inputs[side], taken, self.asks)
                self.asks[names[node]] = self.inputs[side]
                edge.extend(nexts)
        for node, name in names.items():
            side, nexts = self._nodes[int(node)]
            asked = self.table.inputs[self.inputs[side]]
            answers = {
                value: ANSWER.model_copy(update={"label": entry.label, "go": names.get(to, str(to))})
                for (value, entry), to in zip(asked.values.items(), nexts, strict=True)
            }
            self.questions[name] = QUESTION.model_copy(
                update={"ask": asked.ask, "help": asked.help, "answers": answers}
            )
        return names.get(start, str(start))


def _choose_name(name: str, taken: set[str], used: dict[str, str]) -> str:
    if name not in used:
        return name
    number = 2
    while f"{name}-{number}" in taken or f"{name}-{number}" in used:
        number += 1
    return f"{name}-{number}"
