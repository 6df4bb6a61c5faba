"""Frames a drawing: on a screen it scrolls, and it is on paper where a sheet of A4 has room for it."""

from __future__ import annotations

REM = 20
COLUMNS_ON_PAPER, TALLEST_ON_PAPER = 4, 1800


def framed(width: int, height: int, column: int, drawn: str) -> str:
    """The sheet in its natural size, in a frame that scrolls and knows how wide it is.

    It says so digit by digit, in whole rem: a `style` would need a hash of its own in the content policy.
    """
    rems = -(-width // REM)
    digits = " ".join(f'data-pb-{unit}="{rems // unit % 10}"' for unit in (1000, 100, 10, 1))
    is_large = width > COLUMNS_ON_PAPER * column or height > TALLEST_ON_PAPER
    frame = (
        f'class="pb-drawing{" pb-large" if is_large else ""}" tabindex="0" role="region" aria-label="Drawing" {digits}'
    )
    sheet = f'<g id="_sheet" class="pb-sheet">{drawn}</g>'
    shown = f'<svg viewBox="0 0 {rems * REM} {height}" role="group" aria-label="Decision">{sheet}</svg>'
    return f"<div {frame}>{shown}</div>"
