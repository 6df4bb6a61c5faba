"""Writes what a reviewer has to see first: what changed in each cited section."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Callable, Iterator

from generator.analysis.review import Move, ReviewPlan
from generator.documents import Document
from generator.documents.target import Target
from generator.documents.text.matching import Matcher
from generator.documents.types.policy import Policy
from generator.files.terminal import BOLD, GREEN, RED, YELLOW, style

PastPolicy = Callable[[Document, str], Policy | None]
WORDS = re.compile(r"\S+")
CONTEXT = 6
WIDTH = 96


def text(plan: ReviewPlan, past: PastPolicy) -> str:
    """Each citation to be updated, with a word diff of its section, and those that a person has to fix.

    `past(document, version)` gives the policy as it was in that version, or None if that is unknown.
    """
    return "\n".join(_format_plan(plan, past))


def _format_plan(plan: ReviewPlan, past: PastPolicy) -> Iterator[str]:
    document = plan.document
    yield style(f"{document.id}  {document.body.title}", BOLD) + f"  ({document.path})"
    groups: dict[tuple[Target, str, str], list[Move]] = {}
    for move in plan.moves:
        groups.setdefault((move.cited.target, move.cited.version, move.to), []).append(move)
    for (name, version, to), moves in groups.items():
        times = f", {len(moves)} times" if len(moves) > 1 else ""
        yield f"\n  {name} {version} -> {to}{times}"
        yield from (f"    {line}" for line in _format_move(moves[0], past))
    for line in dict.fromkeys(f"{cited.target}@{cited.version} stays: {why}" for cited, why in plan.stuck):
        yield style(f"\n  {line}", YELLOW)
    if not plan.moves and not plan.stuck:
        yield "  every citation is up to date"


def _format_move(move: Move, past: PastPolicy) -> Iterator[str]:
    for change in move.changes:
        note = f": {change.note}" if change.note else ""
        section = "" if move.cited.section else f"{change.section} "
        yield f"{section}{change.kind} in {change.version}, in force since {change.effective}{note}"
    if not move.changes:
        yield "the meaning did not change"
    if move.cited.section:
        old = past(move.cited.document, move.cited.version)
        before = _find_text(old, move.cited.section)
        if before is None:
            yield "(git does not have the older text)"
        else:
            yield from word_diff(before, _find_text(move.cited.policy, move.cited.section) or "")


def _find_text(policy: Policy | None, section: str) -> str | None:
    return next((known.text for known in policy.sections if known.id == section), None) if policy else None


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
