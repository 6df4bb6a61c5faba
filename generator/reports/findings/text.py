"""Findings for people: the message, the line with a caret below it, and the edit that fixes it."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from datetime import timedelta

from generator.files import terminal
from generator.files.terminal import BOLD, GREEN, RED, YELLOW, style, unstyled
from generator.findings import Finding
from generator.pipeline import Judgement
from generator.wording import count

MAX_WIDTH = 100
DAY = timedelta(days=1)
COLOURS = {"error": RED, "warning": YELLOW}


def render(judgement: Judgement, colour: bool = False) -> str:
    """Every finding, then one line with their number."""
    blocks = ["\n".join(_format_finding(judgement, finding)) for finding in judgement.findings]
    text = "\n\n".join([*blocks, summary(judgement)])
    return text if colour else unstyled(text)


def summary(judgement: Judgement) -> str:
    """The last line: how many findings in how many documents."""
    known = f" ({count(judgement.known, 'known finding')} not shown)" if judgement.known else ""
    if not judgement.findings:
        due = judgement.coming - DAY if judgement.coming and not known else None
        following = f" Next due: {due.day} {due:%B %Y} (see `playbook forecast`)." if due else ""
        new = " new" if known else ""
        return style(f"{count(judgement.count, 'document')}, nothing{new} to fix{known}.{following}", GREEN)
    errors = sum(finding.stands_for for finding in judgement.errors)
    warnings = sum(finding.stands_for for finding in judgement.findings) - errors
    kinds = [count(number, word) for number, word in ((errors, "error"), (warnings, "warning")) if number]
    files = len({finding.place.path for finding in judgement.findings})
    fixable = sum(1 for finding in judgement.findings if finding.fix and finding.fix.is_safe)
    fixed = f"; `playbook fix` can fix {fixable} of them" if fixable else ""
    return style(f"{', '.join(kinds)} in {files} of {count(judgement.count, 'document')}{known}{fixed}", BOLD)


def _format_finding(judgement: Judgement, finding: Finding) -> Iterator[str]:
    place = finding.place
    gutter = " " * len(str(place.line))
    head = style(f"{finding.severity}[{finding.code}]", COLOURS[finding.severity], BOLD)
    yield f"{head}: {terminal.disarm_line(finding.message)}"
    yield f"{gutter} ┌─ {terminal.disarm_line(place.path)}:{place.line}:{place.column}"
    lines = judgement.sources[place.path].lines if place.path in judgement.sources else []
    line = lines[place.line - 1] if place.line <= len(lines) else ""
    if line.strip():
        end = place.end_column if place.end_line == place.line else len(line) + 1
        shown, start, width = _clip_line(line, place.column - 1, end - 1)
        yield f"{place.line} │ {shown}"
        caret = style("^" * max(1, width), COLOURS[finding.severity])
        yield f"{gutter} │ {' ' * start}{caret} {terminal.disarm_line(finding.hint)}"
    else:
        yield f"{gutter}  = {terminal.disarm_line(finding.hint)}"
    for related, message in finding.related:
        position = f"{terminal.disarm_line(related.path)}:{related.line}:{related.column}"
        yield f"{gutter} = {position}: {terminal.disarm_line(message)}"


def _clip_line(line: str, start: int, end: int) -> tuple[str, int, int]:
    """The part of a long line around the place, with the start and width of the place in terminal cells."""
    first = max(0, start - MAX_WIDTH // 2) if start > MAX_WIDTH * 3 // 4 else 0
    shown = ("…" if first else terminal.disarm_line(line[:1])) + terminal.disarm_line(
        line[first + 1 : first + MAX_WIDTH]
    )
    shown = shown[:-1] + "…" if first + MAX_WIDTH < len(line) else shown
    before, marked = shown[: start - first], shown[start - first : end - first]
    return shown, _count_cells(before), _count_cells(marked)


def _count_cells(text: str) -> int:
    """How many terminal cells the text takes."""
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)
