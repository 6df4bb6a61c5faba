"""A policy shows a text that is no longer in force.

Its history has a newer version that is in force, but the file still has the older text: readers are told rules that no
longer apply.

Bad:
    version: "2.0"
    history: [{version: "2.1", effective: 2024-02-01}, {version: "2.0", effective: 2023-01-01}]

Good:
    version: "2.1"
    history: [{version: "2.1", effective: 2024-02-01}, {version: "2.0", effective: 2023-01-01}]
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from generator.documents.types.policy import Policy
from generator.findings import Fault, Related, Spot
from generator.library.library import Library
from generator.library.timeline import order


def check(library: Library) -> Iterator[Fault]:
    for document, policy in library.each(Policy):
        if policy.is_gone:
            continue
        newer = [n for n, entry in enumerate(policy.history) if order(entry.version) > order(policy.version)]
        newer.sort(key=lambda n: (policy.history[n].effective, order(policy.history[n].version)))
        ends = [*(policy.history[n].effective for n in newer[1:]), date.max]
        for index, until in zip(newer, ends, strict=False):
            yield _make_fault(document.path, policy, index, until)


def _make_fault(path: str, policy: Policy, index: int, until: date) -> Fault:
    entry = policy.history[index]
    message = f"this has the text of {policy.version}, not that of {entry.version} (in force since {entry.effective})"
    hint = f"write the text of {entry.version}, then set `version`, `effective` and `revised`"
    related = Related(Spot(path, ("history", index)), entry.note or f"the entry for {entry.version}")
    return Fault(Spot(path, ("version",)), message, hint, (related,), entry.effective, until)
