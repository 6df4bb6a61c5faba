"""Writes who is up to date and who has to train again, by team and version: for people and for programs."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from html import escape
from typing import Any

from generator.analysis.attestation import Attestation, Standing
from generator.documents.text.prose import encode
from generator.files.terminal import GREEN, YELLOW, style
from generator.wording import count

HEADS = ("Team", "Person", "Pack", "Version", "Completed", "Until", "State", "Why")
WIDEST = 40
STYLE = """
:root { color-scheme: light dark; --ink: #1d242b; --ground: #fff; --line: #d9dee3; --due: #8a4b00; --good: #1b6b3a; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e4e8ec; --ground: #14181c; --line: #343c44; --due: #f0b45c; --good: #7fd19b; }
}
body { background: var(--ground); color: var(--ink); font: 16px/1.5 system-ui, sans-serif; margin: 24px 16px; }
h1 { font-size: 24px; line-height: 1.3; } h2 { font-size: 18px; margin-block-start: 32px; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; font-size: 14px; }
th, td { border-block-end: 1px solid var(--line); padding: 6px 12px 6px 0; text-align: start; vertical-align: top; }
.due { color: var(--due); font-weight: 600; } .current { color: var(--good); }
@media print { body { font-size: 10pt; margin: 0; } .wide { overflow: visible; } tr { break-inside: avoid; } }
"""


def attestation_table(told: Attestation) -> str:
    """For a terminal: those who are due first, then how many there are by team and version."""
    return "\n".join(_format_table(told))


def _format_table(told: Attestation) -> Iterator[str]:
    rows = [HEADS, *(_list_cells(one) for one in told.standings)]
    widths = [min(WIDEST, max(len(row[at]) for row in rows)) for at in range(len(HEADS))]
    for number, row in enumerate(rows):
        cells = [
            cell[: widths[at] - 1] + "…" if len(cell) > widths[at] and at < 7 else cell for at, cell in enumerate(row)
        ]
        line = "  ".join(f"{cell:<{widths[at]}}" for at, cell in enumerate(cells)).rstrip()
        is_current = number > 0 and told.standings[number - 1].is_current
        yield line if number == 0 else style(line, GREEN if is_current else YELLOW)
    for name, title in (("team", "By team"), ("version", "By version")):
        yield f"\n{title}"
        for value, (current, due) in told.count_by(name).items():
            yield f"  {value or 'none'}: {current:,} up to date, {due:,} due"
    if told.unread:
        yield f"\nNot judged: {count(len(told.unread), 'line')}"
        yield from (f"  line {line}: {what}" for line, what in told.unread)
    yield f"\n{summary_of(told)}"


def _fit(cell: str, width: int) -> str:
    return cell[: width - 1] + "…" if len(cell) > width else f"{cell:<{width}}"


def summary_of(told: Attestation) -> str:
    """How many are up to date, how many are due, and how many lines say nothing."""
    due = len(told.due)
    more = f"; {count(len(told.unread), 'line')} could not be judged" if told.unread else ""
    return f"{len(told.standings) - due:,} up to date and {due:,} due on {told.today}{more}."


def _list_cells(one: Standing) -> tuple[str, ...]:
    state = "up to date" if one.is_current else "due"
    days = (str(day) if day else "" for day in (one.day, one.until))
    return one.team, one.person, one.pack, one.version, *days, state, one.reason


def attestation_markdown(told: Attestation) -> str:
    """As a page: the same as tables."""
    rows = ["| " + " | ".join(HEADS) + " |", "|" + "---|" * len(HEADS)]
    rows += ["| " + " | ".join(map(encode, _list_cells(one))) + " |" for one in told.standings]
    parts = [f"# Who is trained on {told.today}", encode(summary_of(told)), "\n".join(rows)]
    for name, title in (("team", "Team"), ("version", "Version")):
        lines = [f"| {title} | Up to date | Due |", "|---|---|---|"]
        lines += [
            f"| {encode(value or 'none')} | {one} | {other} |" for value, (one, other) in told.count_by(name).items()
        ]
        parts.append("\n".join(lines))
    if told.unread:
        parts.append("\n".join(f"- line {line}: {encode(what)}" for line, what in told.unread))
    return "\n\n".join(parts)


def attestation_page(told: Attestation) -> str:
    """As a page of its own, without scripts."""
    title = f"Who is trained on {told.today}"
    body = [
        f"<h1>{title}</h1>",
        f"<p>{escape(summary_of(told))}</p>",
        _write_table(HEADS, map(_list_cells, told.standings)),
    ]
    for name, heading in (("team", "By team"), ("version", "By version")):
        counts = [(value or "none", str(one), str(other)) for value, (one, other) in told.count_by(name).items()]
        body += [f"<h2>{heading}</h2>", _write_table((heading[3:].capitalize(), "Up to date", "Due"), counts)]
    if told.unread:
        lines = "".join(f"<li>Line {line}: {escape(what)}</li>\n" for line, what in told.unread)
        body += ["<h2>Not judged</h2>", f"<ul>\n{lines}</ul>"]
    head = '<meta charset="utf-8">\n<meta name="viewport" content="width=device-width, initial-scale=1">'
    return (
        f'<!doctype html>\n<html lang="en">\n<head>\n{head}\n<title>{title}</title>\n<style>{STYLE}</style>\n</head>\n'
        f"<body>\n" + "\n".join(body) + "\n</body>\n</html>\n"
    )


def _write_table(heads: Any, rows: Any) -> str:
    top = "".join(f'<th scope="col">{escape(head)}</th>' for head in heads)
    lines = []
    for row in rows:
        kinds = {"due": ' class="due"', "up to date": ' class="current"'}
        lines.append("<tr>" + "".join(f"<td{kinds.get(cell, '')}>{escape(cell)}</td>" for cell in row) + "</tr>")
    inside = "\n".join(lines)
    return f'<div class="wide"><table>\n<thead><tr>{top}</tr></thead>\n<tbody>\n{inside}\n</tbody>\n</table></div>'


def as_json(told: Attestation) -> str:
    """`{"on", "people", "teams", "versions", "unread"}`, for programs."""
    return json.dumps(
        {
            "on": str(told.today),
            "people": [_convert(one) for one in told.standings],
            "teams": _convert_counts(told, "team"),
            "versions": _convert_counts(told, "version"),
            "unread": [{"line": line, "what": what} for line, what in told.unread],
        },
        indent=2,
        ensure_ascii=False,
    )


def _convert(one: Standing) -> dict[str, Any]:
    return {
        "person": one.person,
        "team": one.team or None,
        "pack": one.pack,
        "state": "current" if one.is_current else "due",
        "why": one.reason or None,
        "version": one.version or None,
        "completed": str(one.day) if one.day else None,
        "until": str(one.until) if one.until else None,
    }


def _convert_counts(told: Attestation, name: str) -> dict[str, dict[str, int]]:
    return {value: {"current": current, "due": due} for value, (current, due) in told.count_by(name).items()}


FORMATS: dict[str, Callable[[Attestation], str]] = {
    "table": attestation_table,
    "json": as_json,
    "html": attestation_page,
    "markdown": attestation_markdown,
}
