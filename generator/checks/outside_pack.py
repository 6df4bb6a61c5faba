"""A document of a pack refers to one that the pack leaves out.

The trainee would read about a reply or procedure and not find it. Policies that are cited are added automatically. A
last module with `referred: true` adds everything that the modules before it refer to. What the documents added in this
way refer to is not added as well, and is shown without a link.

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

from generator.findings import Fault, Spot
from generator.library.library import Library
from generator.library.packing import packs, tell_taught

SEVERITY = "warning"


note = tell_taught


def check(library: Library) -> Iterator[Fault]:
    for document, _, view, inside in packs(library):
        known = inside.ids | view.ambiguous
        gaps = ((name, target) for name in inside.taught for target in view.targets[name] - known)
        for source, target in sorted(gaps):
            message = f"`{source}` refers to `{target}`, which the pack leaves out"
            hint = _suggest_edit(library, source, target)
            yield Fault(Spot(document.path, ("modules",), key=True), message, hint)


def _suggest_edit(library: Library, source: str, target: str) -> str:
    """Nobody is told to teach what is no longer in use, or not yet."""
    document = library.find(target)
    if document is not None and (document.body.is_gone or document.body.status == "draft"):
        return f"`{target}` is {document.body.status}: remove the reference from `{source}`, or leave `{source}` out"
    return f"add `{target}` to a module, or end with `select: {{referred: true}}`"
