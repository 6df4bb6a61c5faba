"""Where the parser gave up, why, and the lines of the text up to there."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import yaml

from generator.files.loader import index_of, parse_events
from generator.files.yaml_lines import YamlLine, structural_lines


class Stop(NamedTuple):
    """Where and why the parser gave up, where what it was reading begins, and the structural lines up to that place."""

    text: str
    at: int
    problem: str
    context: str
    begun: int
    lines: list[YamlLine]

    @property
    def line(self) -> YamlLine:
        return self.lines[-1]

    @property
    def begun_line(self) -> YamlLine:
        """The line on which the parser began what it could not end."""
        return next((line for line in reversed(self.lines) if line.start <= self.begun), self.line)

    @property
    def lead(self) -> str:
        """What is on the line before the place."""
        return self.text[self.line_start : self.at].strip()

    @property
    def line_start(self) -> int:
        return self.text.rfind("\n", 0, self.at) + 1

    @property
    def sign(self) -> str:
        return self.text[self.at : self.at + 1]


def stop_at(text: str, error: yaml.MarkedYAMLError) -> Stop:
    """The stop that an error of the parser tells of."""
    mark = error.problem_mark or error.context_mark
    at = mark.index if mark else 0
    begun = error.context_mark.index if error.context_mark else at
    lines = _leave_out_values(structural_lines(text, at), sorted(_find_long_values(text)))
    why, context = error.problem or "cannot be parsed", error.context or ""
    return Stop(text, at, why, context, begun, lines or [YamlLine(0, text, 0)])


def _leave_out_values(lines: list[YamlLine], values: list[tuple[int, int]]) -> list[YamlLine]:
    """The lines without those on which a value goes on that began above."""
    kept, number, end = [], 0, -1
    for line in lines:
        while number < len(values) and values[number][0] < line.start:
            end = max(end, values[number][1])
            number += 1
        if line.start > end:
            kept.append(line)
    return kept


def _find_long_values(text: str) -> Iterator[tuple[int, int]]:
    """Where values in quotes or brackets begin and end that run over several lines: no key begins there."""
    begun: list[int] = []
    try:
        for event in parse_events(text):
            if isinstance(event, yaml.CollectionStartEvent):
                begun.append(index_of(event) if event.flow_style else -1)
            is_quoted = isinstance(event, yaml.ScalarEvent) and event.style in ("'", '"')
            start = index_of(event) if is_quoted else begun.pop() if isinstance(event, yaml.CollectionEndEvent) else -1
            if start >= 0 and event.end_mark and "\n" in text[start : event.end_mark.index]:
                yield start, event.end_mark.index
    except yaml.YAMLError:
        return
