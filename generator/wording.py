"""How numbers are said in a sentence."""

from __future__ import annotations


def count(number: int, word: str) -> str:
    """A number with its word: 1 document, 1,204 documents."""
    return f"{number:,} {word}{'' if number == 1 else 's'}"
