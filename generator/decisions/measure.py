"""A question that takes a value: which of its answers, which are ranges, a value belongs to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from copy import copy
from datetime import date
from itertools import groupby

from generator.decisions.ranges import Band, Edge, Uncertain, compare_edges, make_edge, rank
from generator.documents.conditions import HIGHS, LOWS
from generator.documents.types.decision_tree import Asked
from generator.documents.values import EXAMPLES, NAMES, Value, read_value, settle, word_value

FROM_ZERO = ("count", "amount", "duration")


class Measure:
    """A question that takes a value, whose thresholds can all be read. `bands` has the range of each answer.

    An answer without thresholds is not for any value: it is chosen by hand, as `not known`. `family` says what is
    compared: dates, for example, or days that count from today.
    """

    def __init__(self, asked: Asked) -> None:
        self.takes, self.unit = asked.takes or "", asked.unit or ""
        values = [read_value(self.takes, text) for one in asked.offered.values() for text in one.thresholds.values()]
        self.family = next((value.family for value in values if value), "")
        self.today: date | None = None
        self.places = {name: place for place, name in enumerate(asked.offered)}
        self.labels = {name: one.label for name, one in asked.offered.items()}
        self.bands = {
            name: self._make_band(answer.thresholds) for name, answer in asked.offered.items() if answer.thresholds
        }

    @property
    def ends(self) -> list[Edge]:
        """Where the ranges begin and end, as they are written."""
        return [edge for band in self.bands.values() for edge in band if edge]

    @property
    def wanted(self) -> str:
        """What it takes, in words: an amount in USD, such as 1250.50."""
        if self.family == "business days":
            return "a number of business days, such as 5bd"
        unit = f" in {self.unit}" if self.takes == "amount" else f" ({self.unit})" if self.unit else ""
        return f"{NAMES[self.takes]}{unit}, such as {EXAMPLES[self.takes]}"

    def read(self, text: str) -> Value | None:
        """The value that a text stands for; None if it cannot be compared with the thresholds."""
        value = read_value(self.takes, self._settle(text))
        return value if value and value.family == self.family else None

    def find(self, text: str) -> str:
        """The answer to a value; empty if the text is none. Raises Uncertain."""
        value = self.read(text)
        return next((name for name, band in self.bands.items() if value and _is_within(band, value, text)), "")

    def word(self, text: str) -> str:
        """A value as people read it."""
        return word_value(self.takes, self._settle(text), self.unit)

    def note(self, text: str) -> str:
        """A value that was given, and its range: 250 USD (100 to 1,000 USD)."""
        return f"{self.word(text)} ({self.labels[self.find(text)]})"

    def explain(self, text: str) -> str:
        """Why a text has no answer here, as a hint."""
        try:
            self.find(text)
        except Uncertain as error:
            one, other = error.texts
            return f"{other} may be less or more than {one}: choose one of {', '.join(self.labels)}"
        today = " that counts from today, such as today-14d" if self.family == "today" else ""
        wanted = f"a day{today}" if today else self.wanted
        return f"answer with {wanted}, or with one of {', '.join(self.labels)}"

    def settled(self, today: date) -> Measure:
        """The same on a day, with what counts from today as dates."""
        twin = copy(self)
        twin.today = today
        if self.family == "today":
            twin.family = "date"
            twin.bands = {name: Band(*map(twin._settle_edge, band)) for name, band in self.bands.items()}
        return twin

    def boundaries(self) -> Iterator[tuple[str, str, list[str]]]:
        """Where one range ends and the next begins: an answer and its key, and the thresholds there."""
        placed = ((name, edge) for name, band in self.bands.items() for edge in band if edge)
        for _, here in groupby(sorted(placed, key=lambda one: rank(one[1])), key=lambda one: rank(one[1])):
            names = list(here)
            yield names[0][0], names[0][1].key, [edge.text for _, edge in names]

    def _settle(self, text: str) -> str:
        return settle(text, self.today) if self.today and self.takes == "date" else text

    def _settle_edge(self, edge: Edge | None) -> Edge | None:
        return make_edge("date", edge.key, self._settle(edge.text)) if edge else None

    def _make_band(self, given: Mapping[str, str]) -> Band:
        low = next((make_edge(self.takes, key, given[key]) for key in LOWS if key in given), None)
        high = next((make_edge(self.takes, key, given[key]) for key in HIGHS if key in given), None)
        starts_at_zero = low and self.takes in FROM_ZERO and not low.is_after and low.value.high == 0
        return Band(None if starts_at_zero else low, high)


def _is_within(band: Band, value: Value, text: str) -> bool:
    at = Edge(value, False, "from", text)
    return (not band.low or compare_edges(band.low, at) <= 0) and (not band.high or compare_edges(band.high, at) > 0)
