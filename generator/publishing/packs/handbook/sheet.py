"""The sheet of a handbook: its style, what stands on every page, and how a drawing lies on one."""

from __future__ import annotations

from pathlib import Path

from generator.publishing.packs.handbook.article import Drawing
from generator.publishing.packs.materials import Materials

STYLE = (Path(__file__).parent / "handbook.css").read_text(encoding="utf-8")
SMALLEST = 0.62  # of a drawing's size: below that its words, 13 pixels high, have less than 6 points
UPRIGHT, ACROSS = (640, 880), (960, 560)  # what a page has room for, in pixels of CSS
DRAWN = (Path(__file__).parent / "drawing.css").read_text(encoding="utf-8")
CHECK = "Check before use: is this still the version in force?"


def lie(drawing: Drawing) -> str:
    """How a drawing lies on a page, the largest way first: `upright` or `across`; empty where it cannot be read."""
    scales = {
        name: min(1.0, width / drawing.width, height / drawing.height)
        for name, (width, height) in (("upright", UPRIGHT), ("across", ACROSS))
    }
    best = max(scales, key=scales.__getitem__)
    return best if scales[best] >= SMALLEST else ""


def finish_drawing(drawing: Drawing) -> bytes:
    """A drawing as a file of its own, dark on white; in a page it takes its looks from the page."""
    size = f'xmlns="http://www.w3.org/2000/svg" width="{drawing.width}" height="{drawing.height}"'
    return drawing.svg.replace("<svg", f"<svg {size}", 1).replace(">", f"><style>{DRAWN}</style>", 1).encode()


def write_margins(materials: Materials) -> str:
    """The lines that stand on every page: pack, version, day and vendor; the page's number; to check before use."""
    pack = materials.pack
    what = f"{pack.title.strip()} · version {pack.version} · effective {materials.effective_day}"
    return (
        f"@page {{ @top-left {{ content: {quote_css(what)} }} @top-right {{ content: {quote_css(materials.vendor)} }}"
        f" @bottom-left {{ content: {quote_css(CHECK)} }}"
        ' @bottom-right { content: "page " counter(page) " of " counter(pages) } }'
    )


def quote_css(text: str) -> str:
    """A text as a string of CSS: what could end it is written by its number."""
    return '"' + "".join(one if one.isalnum() or one in " .,:?·" else f"\\{ord(one):x} " for one in text) + '"'
