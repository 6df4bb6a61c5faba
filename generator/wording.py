"""How numbers are said in a sentence, and words written in YAML."""

from __future__ import annotations

import json
import re

MILLIONS = 10**12
PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9 .'()/-]*(?<! )")
TRUTHS = {"yes", "no", "on", "off", "true", "false", "null", "y", "n"}


def count(number: int, word: str) -> str:
    """A number with its word: 1 document, 1,204 documents."""
    return f"{number:,} {word}{'' if number == 1 else 's'}"


def large(number: int) -> str:
    """A number as it can still be read: 1,204, and above a million millions about 10^15."""
    return f"{number:,}" if number <= MILLIONS else f"about 10^{len(str(number)) - 1}"


def scalar(text: str) -> str:
    """A text as a YAML value, in quotes unless it is plainly a name or sentence."""
    is_plain = PLAIN.fullmatch(text) and text.lower() not in TRUTHS
    return text if is_plain else json.dumps(text, ensure_ascii=False)
