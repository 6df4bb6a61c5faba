"""The numbers that English writes as words, each with its digits."""

from __future__ import annotations

UP_TO_TWENTY = """
one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen
nineteen twenty
"""
TENS = {"thirty": "30", "forty": "40", "fifty": "50", "sixty": "60", "ninety": "90", "hundred": "100"}
DIGITS = TENS | {word: str(number) for number, word in enumerate(UP_TO_TWENTY.split(), 1)}
