"""The sheet of a handbook: its style, what stands on every page, and how a drawing lies on one."""

from __future__ import annotations

from pathlib import Path

from generator.publishing.packs.handbook.article import Drawing
from generator.publishing.packs.materials import Materials
from generator.publishing.pages import naming

STYLE = (Path(__file__).parent / "handbook.css").read_text(encoding="utf-8")
SMALLEST = 0.72  # of a drawing's size: below that its words have less than 7 points
UPRIGHT, ACROSS = (650, 860), (940, 560)  # what a page has room for, in pixels of CSS
CHECK = "Check before use: is this still the version in force?"


def lie(drawing: Drawing) -> str:
    """How a drawing lies on a page, the largest way first: `upright` or `across`; empty where it cannot be read."""
    scales = {
        name: min(1.0, width / drawing.width, height / drawing.height)
        for name, (width, height) in (("upright", UPRIGHT), ("across", ACROSS))
    }
    best = max(scales, key=scales.__getitem__)
    return best if scales[best] >= SMALLEST else ""


def write_margins(materials: Materials) -> str:
    """The lines that stand on every page: pack, version, day and vendor; the page's number; to check before use."""
    pack = materials.pack
    what = f"{pack.title.strip()} · version {pack.version} · effective {naming.day(materials.effective)}"
    return (
        f"@page {{ @top-left {{ content: {quote_css(what)} }} @top-right {{ content: {quote_css(materials.vendor)} }}"
        f" @bottom-left {{ content: {quote_css(CHECK)} }}"
        ' @bottom-right { content: "page " counter(page) " of " counter(pages) } }'
    )


def quote_css(text: str) -> str:
    """A text as a string of CSS: what could end it is written by its number."""
    return '"' + "".join(one if one.isalnum() or one in " .,:?·" else f"\\{ord(one):x} " for one in text) + '"'
