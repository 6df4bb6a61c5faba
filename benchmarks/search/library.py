"""The starter library with so many documents around it, in as many words as a large library has.

The corpus of the other benchmarks has 28 words, and each of them is in every document: no search could do much with it.
Here documents have the starter library's words as often as it has them, names that few documents have, and fifteen
phrases each. The queries find what they find in the starter library, among many others.
"""

from __future__ import annotations

import random
import re
import shutil
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "benchmarks"))

from corpus import Maker, make  # noqa: E402

CONTENT = ("sops", "macros", "decision_trees", "content")
WORDED = ("sops", "macros", "decision_trees", "content/policies")
PHRASES = 15
NAMES, ONE_NAME_IN = 60_000, 20  # different names, and words of which one is a name
SYLLABLES = [first + second for first in "bcdfglmnprstvz" for second in "aeiou"]


class Writer(Maker):
    """Writes documents as people write them: of many words, with phrases."""

    def header(self, number: int) -> str:
        phrases = "".join(f"    - {self.sentence()[:70].strip()}\n" for _ in range(PHRASES))
        return f"{super().header(number)}phrases:\n  en:\n{phrases}"


def make_library(count: int, place: Path) -> Path:
    """Writes the starter library and `count` documents more below `place`; with none, gives the project itself."""
    if not count:
        return ROOT
    make(count, place, ROOT, packs=0, maker=Writer(count, words()))
    for folder in CONTENT:
        shutil.copytree(ROOT / folder, place / folder, dirs_exist_ok=True)
    return place


def words() -> list[str]:
    """The words of the starter library, each as often as it is there, and names between them."""
    texts = (path.read_text(encoding="utf-8") for folder in WORDED for path in sorted((ROOT / folder).rglob("*.yaml")))
    found = [word for text in texts for word in re.findall(r"[a-z]{2,}", text.lower())]
    chance = random.Random(1)
    return found + [_name(int(NAMES ** chance.random())) for _ in range(len(found) // ONE_NAME_IN)]


def _name(number: int) -> str:
    chance = random.Random(number)
    return "".join(chance.choices(SYLLABLES, k=chance.randint(2, 4)))
