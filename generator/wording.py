"""How numbers are said in a sentence, and words written in YAML."""

from __future__ import annotations

import json
import math
import re

MILLIONS = 10**12
COUNTED = 10**18  # Python itself refuses to write a number of more than 4,300 digits
PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9 .'()/-]*(?<! )")
TRUTHS = {"yes", "no", "on", "off", "true", "false", "null", "y", "n"}


def count(number: int, word: str) -> str:
    """A number with its word: 1 document, 1,204 documents."""
    told = f"{number:,}" if number < COUNTED else large(number)
    return f"{told} {word}{'' if number == 1 else 's'}"


def large(number: int) -> str:
    """A number as it can still be read: 1,204, and above a million millions about 10^15."""
    return f"{number:,}" if number <= MILLIONS else f"about 10^{math.floor(math.log10(number))}"


def scalar(text: str) -> str:
    """A text as a YAML value, in quotes unless it is plainly a name or sentence."""
    is_plain = PLAIN.fullmatch(text) and text.lower() not in TRUTHS
    return text if is_plain else json.dumps(text, ensure_ascii=False)
