"""Frames a drawing: on a screen it scrolls, and on paper it is printed in strips."""

from __future__ import annotations

REM = 20
COLUMNS_ON_PAPER, TALLEST_ON_PAPER = 4, 1800


def framed(width: int, height: int, column: int, drawn: str) -> str:
    """The sheet in its natural size, in a frame that scrolls and knows how wide it is.

    It says so digit by digit, in whole rem: a `style` would need a hash of its own in the content policy.
    """
    rems = -(-width // REM)
    digits = " ".join(f'data-pb-{unit}="{rems // unit % 10}"' for unit in (1000, 100, 10, 1))
    frame = f'class="pb-drawing" tabindex="0" role="region" aria-label="Drawing" {digits}'
    sheet = f'<g id="_sheet" class="pb-sheet">{drawn}</g>'
    shown = f'<svg viewBox="0 0 {rems * REM} {height}" role="group" aria-label="Decision">{sheet}</svg>'
    return f"<div {frame}>{shown}{_print_in_strips(width, height, column)}</div>"


def _print_in_strips(width: int, height: int, column: int) -> str:
    """What is printed of a sheet that is too large to be read on one page: strips of it, or that it is left out.

    A strip begins with the column that the one before it ends with.
    """
    if height > TALLEST_ON_PAPER:
        return '<p class="pb-strip">The drawing is too large for paper. This page has all of it as text.</p>'
    strip = COLUMNS_ON_PAPER * column
    if width <= strip:
        return ""
    boxes = [f"{left} 0 {strip} {height}" for left in range(0, width - column, strip - column)]
    return "".join(f'<svg class="pb-strip" viewBox="{box}"><use href="#_sheet"/></svg>' for box in boxes)
