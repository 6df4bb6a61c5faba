"""Draws a decision as an SVG whose boxes are links to the parts of its page.

A question is a card with its answers below it. An arrow leads from an answer to the next card. An outcome is drawn
inside the answer: arrows from all over the drawing to a few outcomes would hide each other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape
from itertools import accumulate, groupby
from typing import NamedTuple

from generator.decisions.graph import Graph
from generator.library.library import Library
from generator.publishing.pages.drawing.layout import Arrow, Point, RowStack, is_there, lay_out
from generator.publishing.pages.drawing.sheet import framed
from generator.publishing.pages.drawing.wrapping import cut, wrap

MOST = 400
MOST_IN_FULL = 100
SIZE, LINE = 13, 17
WIDTH, SIDE, TIP = 208, 12, 8
BESIDE_START, BESIDE_TITLE, BESIDE_ROW, BESIDE_END, BETWEEN = 18, 18, 12, 9, 4
TEXT = (WIDTH - 2 * SIDE) / SIZE
INDENT = 9
BOLD, LISTED, END = TEXT / 1.1, TEXT - INDENT / SIZE, (WIDTH - 4 * SIDE) / SIZE
NEXT_COLUMN = 60
COLUMN = WIDTH + TIP + 36
UNPRINTABLE = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

MISSING = "Decisions are not drawn, as this Python has no Graphviz: pip install 'pygraphviz>=2.0.4,<3'"

Lines = list[str]


class AnswerRow(NamedTuple):
    """Answers that follow each other and lead to one place, and the outcome's text if it is one."""

    answers: list[str]
    to: str
    labels: list[Lines]
    end: Lines

    @property
    def height(self) -> int:
        labels = sum(LINE * len(lines) + BETWEEN for lines in self.labels)
        return labels - BETWEEN + BESIDE_ROW + (_measure_end(self.end) + BETWEEN if self.end else 0)


class Card(NamedTuple):
    """A question with its answers, or an outcome that no answer leads to. `part` is its place on the page."""

    name: str
    part: str
    title: Lines
    rows: list[AnswerRow]
    is_start: bool

    @property
    def heights(self) -> list[int]:
        title = LINE * len(self.title) + BESIDE_TITLE if self.rows else _measure_end(self.title)
        return [title, *(row.height for row in self.rows)]

    @property
    def box(self) -> RowStack:
        """The card as Graphviz sees it: with room for the tips of arrows, and for the word above the first."""
        above = BESIDE_START if self.is_start else 0
        return RowStack(WIDTH + TIP, [self.heights[0] + above, *self.heights[1:]])


def draw(graph: Graph) -> str:
    """The drawing on one line; empty without Graphviz, where answers lead nowhere, or with more than can be read."""
    if not is_there() or not graph.is_whole or not 0 < len(graph.questions) + len(graph.outcomes) <= MOST:
        return ""
    cards = _make_cards(graph)
    place = {card.name: number for number, card in enumerate(cards)}
    arrows = [
        Arrow(place[card.name], number, place[row.to])
        for card in cards
        for number, row in enumerate(card.rows, 1)
        if row.to in place
    ]
    plan = lay_out([card.box for card in cards], arrows)
    ways = {(arrow.box, arrow.row): curve for arrow, curve in zip(arrows, plan.curves, strict=True)}
    seen: dict[str, int] = {}
    drawn = [
        _draw_card(card, (x + TIP, y + sum(card.box.rows) - sum(card.heights)), number, ways, seen)
        for number, (card, (x, y)) in enumerate(zip(cards, plan.corners, strict=True))
    ]
    return framed(plan.width + 1, plan.height + 1, COLUMN, "".join(drawn))


def undrawn(library: Library) -> str:
    """Why the decisions of a library are not drawn; empty where they are."""
    return MISSING if library.decisions and not is_there() else ""


def _make_cards(graph: Graph) -> list[Card]:
    """What is to be drawn, nearest to the start first. Of a very large decision, long texts are cut."""
    title, label = (9, 9) if len(graph.questions) <= MOST_IN_FULL else (3, 1)
    ends = {name: _break_lines(one.decision, END, label) for name, one in graph.decision.outcomes.items()}
    led_to = {to for answers in graph.turns.values() for to in answers.values()}
    cards = []
    for name in dict.fromkeys([*graph.ways, *graph.questions, *ends]):
        if name in graph.questions:
            lines = _break_lines(graph.questions[name].ask, BOLD, title)
            rows = list(_make_rows(graph, name, ends, label))
            cards.append(Card(name, graph.asks[name], lines, rows, name == graph.start))
        elif name not in led_to:
            cards.append(Card(name, name, ends[name], [], name == graph.start))
    return cards


def _make_rows(graph: Graph, name: str, ends: dict[str, Lines], most: int) -> Iterator[AnswerRow]:
    answers = graph.questions[name].answers
    for to, some in groupby(answers, key=lambda answer: answers[answer].go):
        together = list(some)
        width = LISTED if len(together) > 1 else TEXT
        labels = [_break_lines(answers[answer].label, width, most) for answer in together]
        yield AnswerRow(together, to, labels, ends.get(to, []))


def _break_lines(text: str, width: float, most: int) -> Lines:
    return cut(wrap(" ".join(UNPRINTABLE.sub(" ", text).split()), width), most)


def _draw_card(
    card: Card, corner: Point, number: int, ways: dict[tuple[int, int], list[Point]], seen: dict[str, int]
) -> str:
    """A card and the answers that leave it, in places that count from its corner."""
    first, *tops = accumulate(card.heights)
    start = '<text class="pb-start" y="-6">Start</text>' if card.is_start else ""
    if not card.rows:
        drawn = _draw_end(card.name, card.title, 0, seen)
    else:
        lines = "".join(f"M0 {top}h{WIDTH}" for top in [first, *tops[:-1]])
        box = f'<rect width="{WIDTH}" height="{tops[-1]}"/><path d="{lines}"/>'
        title = _draw_text(card.title, SIDE, (BESIDE_TITLE + SIZE) // 2 + 7)
        drawn = f'<a href="#{escape(card.part)}" data-pb-node="{escape(card.name)}">{box}{title}</a>'
    for row, (top, place) in enumerate(zip([first, *tops], card.rows, strict=False), 1):
        drawn += _draw_row(card.name, place, top, _draw_arrow(ways.get((number, row), []), corner), seen)
    return f'<g transform="translate({corner[0]} {corner[1]})">{start}{drawn}</g>'


def _draw_row(name: str, row: AnswerRow, top: int, path: str, seen: dict[str, int]) -> str:
    tops = accumulate((LINE * len(lines) + BETWEEN for lines in row.labels), initial=top)
    mark = "• " if len(row.labels) > 1 else ""
    labels = [
        _draw_text(lines, SIDE, y + SIZE + BESIDE_ROW // 2, mark) for y, lines in zip(tops, row.labels, strict=False)
    ]
    end = (
        _draw_end(row.to, row.end, top + row.height - _measure_end(row.end) - BESIDE_ROW // 2, seen) if row.end else ""
    )
    turn = f'data-pb-from="{escape(name)}" data-pb-answer="{escape(" ".join(row.answers))}"'
    return f"<g {turn}>{''.join(labels)}{path}{end}</g>"


def _draw_end(name: str, lines: Lines, top: int, seen: dict[str, int]) -> str:
    """An outcome; where it was drawn already, that drawing again, which keys pass by as no screen reader names it.

    It takes its line's width from around it.
    """
    name = escape(name)
    if name in seen:
        return f'<use href="#_drawn-{name}" y="{top - seen[name]}" tabindex="-1"/>'
    seen[name] = top
    box = f'<rect x="{SIDE}" y="{top}" width="{WIDTH - 2 * SIDE}" height="{_measure_end(lines)}"/>'
    text = _draw_text(lines, 2 * SIDE, top + SIZE + BESIDE_END // 2)
    return f'<a id="_drawn-{name}" href="#{name}" class="pb-end" data-pb-node="{name}">{box}{text}</a>'


def _measure_end(lines: Lines) -> int:
    return LINE * len(lines) + BESIDE_END


def _draw_text(lines: Lines, x: int, y: int, mark: str = "") -> str:
    first, *rest = map(escape, lines)
    left = x + INDENT if mark else x
    more = "".join(f'<tspan x="{left}" dy="{LINE}">{line}</tspan>' for line in rest)
    return f'<text x="{x}" y="{y}">{mark}{first}{more}</text>'


def _draw_arrow(curve: list[Point], corner: Point) -> str:
    """An arrow. To the next column there is nothing in its way, so that it can swing freely."""
    if not curve:
        return ""
    points = [(x - corner[0], y - corner[1]) for x, y in curve]
    (x, y), (to_x, to_y) = points[0], points[-1]
    if 0 < to_x - x <= NEXT_COLUMN:
        half = (x + to_x) // 2
        points = [(x, y), (half, y), (half, to_y), (to_x, to_y)]
    path = f"M{x} {y}"
    for start in range(0, len(points) - 1, 3):
        (x, y), *steps = points[start : start + 4]
        path += "c" + " ".join(f"{to_x - x} {to_y - y}" for to_x, to_y in steps)
    return f'<path d="{path}h{TIP}m-6-4l6 4-6 4"/>'.replace(" -", "-")
