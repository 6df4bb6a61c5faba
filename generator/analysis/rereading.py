"""What a reviewer has to read again: each cited section before and after, and what the document still says of it."""

from __future__ import annotations

from typing import NamedTuple

from generator.analysis.past import PastPolicy
from generator.analysis.remnants import Remnant, remnants
from generator.analysis.review import Move, ReviewPlan
from generator.documents.target import Target
from generator.documents.types.policy import Policy
from generator.files.repository import NoPast


class Rereading(NamedTuple):
    """A cited section, or a whole policy, before and after; `times` says how often the document cites it.

    `before` is None if it cannot be shown, for the reason `why`.
    """

    move: Move
    times: int
    before: str | None
    after: str
    why: str
    remnants: list[Remnant]


def rereadings(plan: ReviewPlan, past: PastPolicy) -> list[Rereading]:
    """What is to be read for a review, once for each section and version that the document cites."""
    groups: dict[tuple[Target, str], list[Move]] = {}
    for move in plan.moves:
        groups.setdefault((move.cited.target, move.cited.version), []).append(move)
    return [_compare(plan, moves[0], len(moves), past) for moves in groups.values()]


def _compare(plan: ReviewPlan, move: Move, times: int, past: PastPolicy) -> Rereading:
    cited, body = move.cited, plan.document.body
    after = _find_text(cited.policy, cited.section) or ""
    try:
        before = _find_text(past(cited.document, cited.version), cited.section)
    except NoPast as error:
        return Rereading(move, times, None, after, f"{error}; {error.hint}", [])
    if before is None:
        return Rereading(move, times, None, after, f"{cited.version} had no section `{cited.section}`", [])
    left = remnants(before, after, plan.document.path, body)
    return Rereading(move, times, before, after, "", left)


def _find_text(policy: Policy, section: str | None) -> str | None:
    """The text of a section, or of all; None if there is no such section."""
    texts = [known.text for known in policy.sections if section in (None, known.id)]
    return "\n\n".join(texts) if texts else None
