"""Finds which file that came is a file that went, under another name: by its words, since both may have changed."""

from __future__ import annotations

import posixpath
from collections import Counter, defaultdict
from collections.abc import Mapping

ALIKE = 0.5  # the share of their runs of words that two texts have in common; git's own measure for a rename
RUN = 3  # words
POSTED = 20  # files that are remembered for a run: one that is in all of them distinguishes none


def pair_renames(gone: Mapping[str, str], new: Mapping[str, str]) -> dict[str, str]:
    """The former path of each new file that has one, from the texts of files by path; the most similar first."""
    if not gone or not new:
        return {}
    runs = {path: _make_runs(text) for path, text in gone.items()}
    posted: dict[int, list[str]] = defaultdict(list)
    for path, mine in runs.items():
        for run in mine:
            if len(posted[run]) < POSTED:
                posted[run].append(path)
    ranked = []
    for path, text in new.items():
        mine = _make_runs(text)
        common = Counter(old for run in mine for old in posted.get(run, ()))
        for old in common:
            likeness = 2 * len(mine & runs[old]) / (len(mine) + len(runs[old]))
            ranked.append((-likeness, posixpath.basename(old) != posixpath.basename(path), old, path))
    found: dict[str, str] = {}
    taken: set[str] = set()
    for likeness, _, old, path in sorted(ranked):
        if -likeness >= ALIKE and path not in found and old not in taken:
            found[path] = old
            taken.add(old)
    return found


def _make_runs(text: str) -> frozenset[int]:
    """The hash of every run of RUN words; of a shorter text, of all its words."""
    words = text.split()
    stretches = [tuple(words[at : at + RUN]) for at in range(max(1, len(words) - RUN + 1))]
    return frozenset(map(hash, stretches if words else ()))
