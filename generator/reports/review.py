"""Writes what a reviewer has to see first: what changed in each cited section."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator, Sequence

from generator.analysis.rereading import Rereading
from generator.analysis.review import ReviewPlan
from generator.documents.text.matching import Matcher
from generator.files.source import Source
from generator.files.terminal import BOLD, GREEN, RED, YELLOW, style
from generator.wording import count

WORDS = re.compile(r"\S+")
CONTEXT = 6
WIDTH = 96
MOST = 12  # terms and numbers that left a section and are named


def text(plan: ReviewPlan, read: Sequence[Rereading], source: Source) -> str:
    """Each citation to be updated, with a word diff of its section, and those that a person has to fix.

    `source` is the file of the document, in which what has left a section may still be.
    """
    return "\n".join(_format_plan(plan, read, source))


def _format_plan(plan: ReviewPlan, read: Sequence[Rereading], source: Source) -> Iterator[str]:
    document = plan.document
    yield style(f"{document.id}  {document.body.title}", BOLD) + f"  ({document.path})"
    for one in read:
        times = f", {one.times} times" if one.times > 1 else ""
        yield f"\n  {one.move.cited.target} {one.move.cited.version} -> {one.move.to}{times}"
        yield from (f"    {line}" for line in (*_format_rereading(one), *_format_remnants(one, source)))
    for line in dict.fromkeys(f"{cited} stays: {why}" for cited, why in plan.stuck):
        yield style(f"\n  {line}", YELLOW)
    if not plan.moves and not plan.stuck:
        yield "  every citation is up to date"


def _format_rereading(one: Rereading) -> Iterator[str]:
    for change in one.move.changes:
        note = f": {change.note}" if change.note else ""
        section = "" if one.move.cited.section else f"{change.section} "
        yield f"{section}{change.kind} in {change.version}, in force since {change.effective}{note}"
    if not one.move.changes:
        yield "the meaning did not change"
    if one.before is None:
        yield style(f"cannot show what changed: {one.why}", YELLOW)
    else:
        yield from word_diff(one.before, one.after)


def _format_remnants(one: Rereading, source: Source) -> Iterator[str]:
    """What is no longer in the section but still in the document, each with its lines."""
    for remnant in one.remnants[:MOST]:
        lines = sorted({source.locate(spot).line for spot in remnant.spots})
        where = f"line{'s' if len(lines) > 1 else ''} {', '.join(map(str, lines))}"
        words = " ".join(remnant.words.split())
        yield style(f'this document still says "{words}", which is no longer there: {source.path}, {where}', YELLOW)
    if len(one.remnants) > MOST:
        yield f"and {count(len(one.remnants) - MOST, 'word')} more that is no longer there"


def word_diff(before: str, after: str) -> list[str]:
    """The words removed and added, with some words around them; empty if nothing differs.

    Without colours, `[-...-]` marks what was removed and `{+...+}` what was added.
    """
    old, new = WORDS.findall(before), WORDS.findall(after)
    blocks = []
    for group in Matcher(old, new).get_grouped_opcodes(CONTEXT):
        words: list[str] = []
        for tag, start, end, new_start, new_end in group:
            if tag == "equal":
                words += old[start:end]
            if tag in ("delete", "replace"):
                words.append(style(f"[-{' '.join(old[start:end])}-]", RED))
            if tag in ("insert", "replace"):
                words.append(style(f"{{+{' '.join(new[new_start:new_end])}+}}", GREEN))
        blocks += textwrap.wrap(f"... {' '.join(words)} ...", WIDTH, break_long_words=False, break_on_hyphens=False)
    return blocks
