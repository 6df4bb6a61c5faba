"""Findings as annotations of GitHub: workflow commands, which it shows beside the lines of a pull request.

GitHub shows ten annotations of each kind for a step. What is beyond is counted in a notice and listed in the log, where
commands are off: a line of somebody's document must not become one.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from generator.files.terminal import disarm_line
from generator.findings import Finding
from generator.pipeline import Judgement
from generator.wording import count

MOST_SHOWN = 10  # annotations of a kind
DATA = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
PROPERTY = DATA | str.maketrans({":": "%3A", ",": "%2C"})


def render(judgement: Judgement, colour: bool = False) -> str:
    """A line for each of the first ten errors and warnings, one that counts the rest, and the rest as plain text."""
    shown: list[Finding] = []
    rest: list[Finding] = []
    for severity in ("error", "warning"):
        some = [one for one in judgement.findings if one.severity == severity]
        shown += some[:MOST_SHOWN]
        rest += some[MOST_SHOWN:]
    lines = [_annotate(judgement.prefix, finding) for finding in shown]
    return "\n".join([*lines, *(_list_rest(judgement.prefix, rest) if rest else []), _summarise(judgement)])


def _annotate(prefix: str, finding: Finding) -> str:
    """The command for a finding; GitHub takes columns only of a place that ends on its line."""
    place = finding.place
    values = {"file": prefix + place.path, "line": str(place.line), "endLine": str(place.end_line)}
    if place.line == place.end_line:
        values |= {"col": str(place.column), "endColumn": str(max(place.column, place.end_column - 1))}
    values["title"] = finding.code
    told = ",".join(f"{name}={disarm_line(value).translate(PROPERTY)}" for name, value in values.items())
    return f"::{finding.severity} {told}::{_tell(finding).translate(DATA)}"


def _tell(finding: Finding) -> str:
    """The message, the edit, and the places that explain them, each on its line."""
    related = [f"{at.path}:{at.line}: {message}" for at, message in finding.related]
    return "\n".join(disarm_line(line) for line in (finding.message, finding.hint, *related))


def _list_rest(prefix: str, rest: list[Finding]) -> Iterator[str]:
    lines = [
        f"{prefix}{one.place.path}:{one.place.line}:{one.place.column}: {one.severity}[{one.code}] {one.message}"
        f" ({one.hint})"
        for one in rest
    ]
    text = "\n".join(disarm_line(line) for line in lines)
    mark = hashlib.sha256(text.encode()).hexdigest()  # which no text can have in itself
    numbers = {word: sum(one.stands_for for one in rest if one.severity == word) for word in ("error", "warning")}
    told = " and ".join(count(number, f"more {word}") for word, number in numbers.items() if number)
    yield f"::notice title=playbook check::{told} in the log of this step"
    yield from (f"::stop-commands::{mark}", text, f"::{mark}::")


def _summarise(judgement: Judgement) -> str:
    errors = sum(one.stands_for for one in judgement.errors)
    warnings = sum(one.stands_for for one in judgement.findings) - errors
    known = f", {judgement.known:,} known" if judgement.known else ""
    return f"{count(errors, 'error')}, {count(warnings, 'warning')}{known} in {count(judgement.count, 'document')}"
