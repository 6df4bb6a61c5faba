"""How far people agree who decided the same cases: Krippendorff's alpha with its interval, and who differs where."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

DRAWS = 1000  # of as many cases, with replacement; the 25th and the 975th alpha are the ends of the interval
SEED = "agreement"


class DecidedCase(NamedTuple):
    """A case, and what each person decided who did; people are letters."""

    name: str
    answers: dict[str, str]

    @property
    def most_common(self) -> tuple[str, int]:
        """The answer that most people gave, the first of the alphabet where several did, and how many gave it."""
        counts = Counter(self.answers.values())
        return min(counts.items(), key=lambda one: (-one[1], one[0]), default=("", 0))


class Agreement(NamedTuple):
    """Alpha with the ends of its interval; None where fewer than two answers or people are there to compare."""

    alpha: float | None
    low: float | None
    high: float | None


def measure_agreement(cases: Sequence[DecidedCase]) -> Agreement:
    """Krippendorff's alpha for names, 1 is full agreement and 0 what chance gives; a case that somebody left out is

    not counted for them.
    """
    units = [list(case.answers.values()) for case in cases]
    alpha = alpha_of(units)
    draw = random.Random(SEED)
    drawn = sorted(
        one for _ in range(DRAWS) if (one := alpha_of(draw.choices(units, k=len(units)) if units else [])) is not None
    )
    if alpha is None or len(drawn) < DRAWS // 2:
        return Agreement(alpha, None, None)
    return Agreement(alpha, drawn[len(drawn) // 40], drawn[-len(drawn) // 40 - 1])


def alpha_of(units: Sequence[Sequence[str]]) -> float | None:
    """Krippendorff's alpha of cases by their answers; None where there is nothing to compare.

    Where everybody gave one and the same answer, chance would have given it too, and there is no telling.
    """
    compared = [unit for unit in units if len(unit) > 1]
    counts = Counter(answer for unit in compared for answer in unit)
    total = sum(counts.values())
    expected = total * (total - 1) - sum(n * (n - 1) for n in counts.values())
    if not expected:
        return None
    observed = sum((len(unit) ** 2 - sum(n * n for n in Counter(unit).values())) / (len(unit) - 1) for unit in compared)
    return 1 - (total - 1) * observed / expected
