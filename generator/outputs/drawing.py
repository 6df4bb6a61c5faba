"""In go a decision's ways, out comes their drawing: an SVG whose boxes lead to the parts of the page.

A question is a card with its answers below it. An arrow leads from an answer to the next card; an outcome stands in
the answer itself, as arrows from everywhere to a few outcomes would hide each other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from html import escape
from itertools import accumulate, groupby
from typing import NamedTuple

from generator.documents.decision_tree import Answer, Question
from generator.graph import Graph
from generator.layout import Arrow, Box, Point, is_there, lay_out
from generator.wrapping import wrap

MOST = 400
SIZE, LINE = 13, 17
WIDTH, SIDE, TIP, START, BETWEEN = 208, 12, 8, 18, 4
TEXT, BOLD, PILL = (WIDTH - 2 * SIDE) / SIZE, (WIDTH - 2 * SIDE) / SIZE / 1.1, (WIDTH - 4 * SIDE) / SIZE
NEXT_COLUMN = 60
REM = 20
UNPRINTABLE = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class Row(NamedTuple):
    """Answers that lead to one place, each in lines, and the lines of the outcome if it is one."""

    answers: list[str]
    to: str
    labels: list[list[str]]
    end: list[str]

    @property
    def height(self) -> int:
        labels = sum(LINE * len(lines) + BETWEEN for lines in self.labels)
        return labels + 12 - BETWEEN + (_pill_height(self.end) + 5 if self.end else 0)


class Card(NamedTuple):
    """A question with its answers, or an outcome that no answer leads to. `part` is its place on the page."""

    name: str
    part: str
    lines: list[str]
    rows: list[Row]
    is_start: bool

    @property
    def top(self) -> int:
        return START if self.is_start else 0

    @property
    def heights(self) -> list[int]:
        return [LINE * len(self.lines) + 18, *(row.height for row in self.rows)]


def draw(graph: Graph) -> str:
    """The drawing on one line; empty without Graphviz, where answers lead nowhere, or with more than can be read."""
    if not is_there() or not graph.is_whole or not 0 < len(graph.questions) + len(graph.outcomes) <= MOST:
        return ""
    cards = _cards(graph)
    place = {card.name: number for number, card in enumerate(cards)}
    arrows = [
        Arrow(place[card.name], number, place[row.to])
        for card in cards
        for number, row in enumerate(card.rows, 1)
        if not row.end
    ]
    boxes = [Box(WIDTH + TIP, [card.heights[0] + card.top, *card.heights[1:]]) for card in cards]
    plan = lay_out(boxes, arrows)
    curves = {(arrow.box, arrow.row): curve for arrow, curve in zip(arrows, plan.curves, strict=True)}
    drawn = (
        part
        for number, (card, (x, y)) in enumerate(zip(cards, plan.corners, strict=True))
        for part in _card(
            card, (x + TIP, y + card.top), [curves.get((number, row)) for row in range(1, len(boxes[number].rows))]
        )
    )
    size = f'viewBox="0 0 {plan.width + 1} {plan.height + 1}" style="width:{(plan.width + 1) / REM:g}rem"'
    return f'<svg {size} role="group" aria-label="Drawing of the decision">{"".join(drawn)}</svg>'


def _cards(graph: Graph) -> list[Card]:
    """What is to be drawn, nearest to the start first."""
    ends = {name: wrap(_plain(one.decision), PILL) for name, one in graph.decision.outcomes.items()}
    led_to = {to for answers in graph.turns.values() for to in answers.values()}
    names = dict.fromkeys([*graph.ways, *graph.questions, *ends])
    return [_seen(graph, name, ends) for name in names if name not in ends or name not in led_to]


def _seen(graph: Graph, name: str, ends: Mapping[str, list[str]]) -> Card:
    is_start = name == graph.start
    if name in ends:
        return Card(name, name, ends[name], [], is_start)
    question = graph.questions[name]
    rows = [
        Row([answer for answer, _ in some], to, [wrap(_plain(one.label), TEXT) for _, one in some], ends.get(to, []))
        for to, some in _alike(question)
    ]
    return Card(name, graph.asks[name], wrap(_plain(question.ask), BOLD), rows, is_start)


def _alike(question: Question) -> Iterator[tuple[str, list[tuple[str, Answer]]]]:
    """The answers in their order, those together that follow each other and lead to one place."""
    for to, some in groupby(question.answers.items(), key=lambda pair: pair[1].go):
        yield to, list(some)


def _plain(text: str) -> str:
    return " ".join(UNPRINTABLE.sub("", text).split())


def _card(card: Card, corner: Point, curves: list[list[Point] | None]) -> Iterator[str]:
    """A card, and the answers that leave it, in places that count from its corner."""
    tops = list(accumulate(card.heights))
    yield f'<g transform="translate({corner[0]} {corner[1]})">'
    if card.is_start:
        yield '<text class="pb-start" y="-6">Start</text>'
    if card.rows:
        lines = "".join(f"M0 {top}h{WIDTH}" for top in tops[:-1])
        yield f'<a href="#{escape(card.part)}" data-pb-node="{escape(card.name)}"><rect width="{WIDTH}" height="{tops[-1]}"/>'
        yield f'<path d="{lines}"/>{_text(card.lines, SIDE, 22)}</a>'
    else:
        yield _pill(card.name, card.lines, 0)
    for row, top, curve in zip(card.rows, tops, curves, strict=False):
        yield f'<g data-pb-from="{escape(card.name)}" data-pb-answer="{escape(" ".join(row.answers))}" data-pb-to="{escape(row.to)}">'
        for lines in row.labels:
            yield _text(lines, SIDE, top + 19)
            top += LINE * len(lines) + BETWEEN
        if curve:
            yield f'<path d="{_path([(x - corner[0], y - corner[1]) for x, y in curve])}"/>'
        else:
            yield _pill(row.to, row.end, top + 9 - BETWEEN)
        yield "</g>"
    yield "</g>"


def _pill(name: str, lines: list[str], top: int) -> str:
    box = f'<rect x="{SIDE}" y="{top}" width="{WIDTH - 2 * SIDE}" height="{_pill_height(lines)}"/>'
    return f'<a class="pb-end" href="#{escape(name)}" data-pb-node="{escape(name)}">{box}{_text(lines, 2 * SIDE, top + 17)}</a>'


def _pill_height(lines: list[str]) -> int:
    return LINE * len(lines) + 9


def _text(lines: list[str], x: int, y: int) -> str:
    first, *rest = map(escape, lines)
    return f'<text x="{x}" y="{y}">{first}{"".join(f"""<tspan x="{x}" dy="{LINE}">{line}</tspan>""" for line in rest)}</text>'


def _path(points: list[Point]) -> str:
    """A curve with its tip. To the next column there is nothing in its way, so that it can swing freely."""
    (x, y), (to_x, to_y) = points[0], points[-1]
    if 0 < to_x - x <= NEXT_COLUMN:
        half = (x + to_x) // 2
        points = [(x, y), (half, y), (half, to_y), (to_x, to_y)]
    path = f"M{x} {y}"
    for start in range(0, len(points) - 1, 3):
        (x, y), *steps = points[start : start + 4]
        path += "c" + " ".join(f"{to_x - x} {to_y - y}" for to_x, to_y in steps)
    return f"{path}h{TIP}m-6-4l6 4-6 4".replace(" -", "-")
