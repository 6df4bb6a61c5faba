"""Places boxes and the arrows between them on a sheet, with Graphviz."""

from __future__ import annotations

import json
from collections.abc import Sequence
from importlib import import_module
from typing import NamedTuple

LIBRARY = "pygraphviz"
HEAD = 'digraph { rankdir=LR nodesep=0.2 ranksep=0.5 node [shape=plain] edge [dir=none headport="r0:w"]'
CELL = '<TR><TD PORT="{}" FIXEDSIZE="TRUE" WIDTH="{}" HEIGHT="{}"></TD></TR>'
TABLE = '<TABLE BORDER="0" CELLBORDER="0" CELLSPACING="0" CELLPADDING="0">'

FIRST = 40

Point = tuple[int, int]


class RowStack(NamedTuple):
    """A box of rows, one below the other."""

    width: int
    rows: Sequence[int]


class Arrow(NamedTuple):
    """From a row of a box to another box, by their places in the list of boxes."""

    box: int
    row: int
    to: int


class Layout(NamedTuple):
    """A sheet: the upper left corner of each box, and for each arrow the points of its curve, a cubic spline."""

    width: int
    height: int
    corners: list[Point]
    curves: list[list[Point]]


def is_there() -> bool:
    """Whether this machine has Graphviz for Python."""
    try:
        import_module(LIBRARY)
    except ImportError:
        return False
    return True


def lay_out(boxes: Sequence[RowStack], arrows: Sequence[Arrow]) -> Layout:
    """Places boxes so that arrows lead to the right where they can; nothing overlaps."""
    nodes = [f"{number} [label=<{TABLE}{_write_rows(box)}</TABLE>>]" for number, box in enumerate(boxes)]
    edges = [f"{one.box}:r{one.row}:e -> {one.to} [id={n} weight={_weigh(arrows, n)}]" for n, one in enumerate(arrows)]
    source = "\n".join([HEAD, *nodes, *edges, "}"])
    found = json.loads(import_module(LIBRARY).AGraph(source).draw(format="json0", prog="dot"))
    width, height = _read_point(found["bb"].split(",", 2)[2])
    centres = {one["name"]: _read_point(one["pos"]) for one in found["objects"]}
    corners = [_find_corner(box, centres[str(number)], height) for number, box in enumerate(boxes)]
    splines = {int(one["id"]): one["pos"].split() for one in found.get("edges", ())}
    curves = [[(x, height - y) for x, y in map(_read_point, splines[number])] for number in range(len(arrows))]
    return Layout(width, height, corners, curves)


def _weigh(arrows: Sequence[Arrow], number: int) -> int:
    """The first arrow of a box is kept level, so that a sheet begins in its upper left corner."""
    return 1 if number and arrows[number - 1].box == arrows[number].box else FIRST


def _write_rows(box: RowStack) -> str:
    return "".join(CELL.format(f"r{number}", box.width, height) for number, height in enumerate(box.rows))


def _read_point(text: str) -> Point:
    x, y = text.split(",")
    return round(float(x)), round(float(y))


def _find_corner(box: RowStack, centre: Point, height: int) -> Point:
    return centre[0] - box.width // 2, height - centre[1] - sum(box.rows) // 2
