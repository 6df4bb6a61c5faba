"""A question with several answers: which of them decides, by what is ticked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator

from generator.documents.types.decision_tree import Asked

NONE = "none"
"""The answer that is right if nothing else fits; it is not ticked."""


class Choice:
    """A question with several answers. The first in the order of the file that fits what is ticked decides.

    `options` can be ticked; an answer with `all_of` cannot, and fits if all of those are ticked. `none` fits always,
    and comes last wherever it is written.
    """

    def __init__(self, asked: Asked) -> None:
        self.options = [name for name, one in asked.offered.items() if not one.all_of and name != NONE]
        self.labels = {name: one.label for name, one in asked.offered.items()}
        self.needs = {
            name: frozenset(one.all_of) or frozenset([name]) for name, one in asked.offered.items() if name != NONE
        }
        if NONE in asked.offered:
            self.needs[NONE] = frozenset()

    @property
    def wanted(self) -> str:
        """What it takes, in words."""
        return "all that apply; the first that fits, in this order, decides"

    def read(self, text: str) -> frozenset[str] | None:
        """What is ticked, as in `minor+threat`; None if some of it cannot be ticked."""
        names = frozenset(text.split("+"))
        return names if names <= {*self.options} else None

    def find(self, text: str) -> str:
        """The answer that decides; empty if the text names what cannot be ticked."""
        ticked = self.read(text)
        return self.decide(ticked) if ticked else ""

    def decide(self, ticked: Collection[str]) -> str:
        """The first answer that fits; empty if none does."""
        return next((name for name, need in self.needs.items() if need.issubset(ticked)), "")

    def note(self, text: str) -> str:
        """What was ticked, as people read it, in the order of the file."""
        ticked = self.read(text) or ()
        return ", ".join(self.labels[name] for name in self.options if name in ticked)

    def explain(self, text: str) -> str:
        """Why a text has no answer here, as a hint."""
        others = [name for name in self.labels if name not in self.options]
        by_itself = f"; or answer with {' or '.join(others)} alone" if others else ""
        return f"tick some of {', '.join(self.options)}, with + between them{by_itself}"

    def shadowed(self) -> Iterator[tuple[str, str]]:
        """Answers that never decide, each with the one before it that fits whenever it does."""
        often = Counter(one for need in self.needs.values() for one in need)
        before: dict[str, list[tuple[str, frozenset[str]]]] = {}  # by the rarest that each needs: few are alike in it
        for name, need in self.needs.items():
            earlier = next((one for each in sorted(need) for one, other in before.get(each, ()) if other <= need), "")
            if earlier:
                yield name, earlier
            elif need:
                before.setdefault(min(need, key=lambda one: (often[one], one)), []).append((name, need))
