"""A step has more than 60 words in one piece, and an analyst with a case open does not find the instruction in it.

A line that ends like a sentence is shown by itself, with a letter: a, b, c. What follows in which case goes into
`branches`, and why it is so into `why`; these are read in one piece too.

Bad:
    text: |
      Open the timeline, find the first change that the owner disowns, note its time because all that you accept as
      proof must be older, then list the addresses that were there before and if the account has two owners ...

Good:
    text: |
      Open the timeline, and find the first change that the owner disowns.
      Note its time: all that you accept as proof must be older.
    branches:
      - if: The account has two owners.
        then: Go to [[two-owners]].
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.documents.text.instructions import SENTENCE, instructions
from generator.documents.types.sop import Sop, Step
from generator.findings import Fault, Keys, Spot
from generator.library.library import Library

SEVERITY = "warning"
MOST = 60  # words
TOLD = 4


def _may_be_dense(block: str) -> bool:
    """Whether a block of lines may have a piece that is too long: most have not, and need not be read."""
    if len(block.split()) <= MOST:
        return False
    *lines, last = block.splitlines()
    return any(len(line.split()) > MOST for line in (*lines, last)) or not all(map(SENTENCE.search, lines))


def check(library: Library) -> Iterator[Fault]:
    for document, sop in library.each(Sop):
        if sop.is_gone:
            continue
        for number, step in enumerate(sop.steps):
            for keys, text, hint in _list_texts(step):
                if not any(map(_may_be_dense, text.split("\n\n"))):
                    continue
                for start, words in instructions(text):
                    count = len(words.split())
                    if count > MOST:
                        told = " ".join(words.split()[:TOLD])
                        spot = Spot(document.path, ("steps", number, *keys), told, before=(text, start))
                        yield Fault(spot, f"{count} words in one piece, more than {MOST}", hint)


def _list_texts(step: Step) -> Iterator[tuple[Keys, str, str]]:
    """What somebody reads of a step while a case is open, with what to do where it is too long."""
    yield ("text",), step.text, "put each instruction on a line of its own, or a case into `branches`"
    for number, branch in enumerate(step.branches):
        for name in ("if", "then"):
            hint = "make two branches of it, or a step of what follows"
            yield ("branches", number, name), getattr(branch, name), hint
    if step.why:
        yield ("why",), step.why, "say it in a sentence or two, and link to the rule"
