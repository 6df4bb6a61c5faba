"""Writes the golden cases that a change lacks as their file would have them."""

from __future__ import annotations

import json
from collections.abc import Sequence

from generator.analysis.changes.drafts import DraftCase
from generator.files.terminal import bare


def write_draft(draft: DraftCase) -> str:
    """A golden case as its file would have it, to be finished by a person."""
    return "\n".join(
        [
            f"  - id: {draft.id}",
            "    scenario: |",
            "      TODO: tell a case in which this is so.",
            *(f"      {bare(' '.join(line.split()))}" for line in draft.scenario.splitlines()),
            f"    answers: [{', '.join(json.dumps(one) for one in draft.answers)}]",
            f"    outcome: {draft.outcome}",
            '    why: "TODO: say why, in one sentence."',
        ]
    )


def fence_drafts(drafts: Sequence[DraftCase]) -> str:
    """Golden cases as a block of code in Markdown, whatever rows of backticks they have."""
    text = "\n".join(map(write_draft, drafts))
    longest = max((len(run) for run in "".join(sign if sign == "`" else " " for sign in text).split()), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}yaml\n{text}\n{fence}"
