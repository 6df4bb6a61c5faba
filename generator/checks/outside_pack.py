"""A document of a pack refers to one that the pack leaves out.

The trainee would read about a reply or procedure and not find it. Policies that are cited are added automatically. A
last module with `referred: true` adds everything that the modules before it refer to. What the documents added in this
way refer to is not added as well, and is shown without a link. A pack holds active documents only, so a draft is left
out even if a module lists it.

Bad:
    modules:
      - {title: Takeovers, documents: [restore-account]}

Good:
    modules:
      - {title: Takeovers, documents: [restore-account]}
      - {title: Also referred to, select: {referred: true}}
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from generator.documents import Document
from generator.findings import Fault, Spot
from generator.library.library import Library
from generator.library.packing import packs

SEVERITY = "warning"
STATES = {"draft": "a draft", "deprecated": "deprecated"}


def check(library: Library) -> Iterator[Fault]:
    for document, _, view, inside in packs(library):
        known = inside.ids | view.ambiguous
        gaps = sorted((target, name) for name in inside.taught for target in view.targets[name] - known)
        for target, sources in groupby(gaps, lambda gap: gap[0]):
            for message, hint in _explain(target, [source for _, source in sources], view.find(target)):
                yield Fault(Spot(document.path, ("modules",), key=True), message, hint)


def _explain(target: str, sources: list[str], other: Document | None) -> Iterator[tuple[str, str]]:
    """What to say of a document that is left out: packs have what is active, and retired-target reports the retired."""
    status = other.body.status if other else "active"
    if status == "active":
        for source in sources:
            hint = f"add `{target}` to a module, or end with `select: {{referred: true}}`"
            yield f"`{source}` refers to `{target}`, which the pack leaves out", hint
    elif status != "retired":
        names = ", ".join(f"`{source}`" for source in sources)
        message = f"the pack leaves out `{target}`, which is {STATES[status]} and is referred to by {names}"
        yield message, "write `status: active` in it, or remove the references"
