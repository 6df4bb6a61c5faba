"""A document of a pack refers to one that the pack leaves out.

The trainee would read of a reply or procedure and not find it. Policies that are cited come along by
themselves. A last module with `referred: true` takes everything that the modules before refer to; what only
came along that way may itself refer to more, which is then shown without a link.

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
from generator.library.packing import packed

SEVERITY = "warning"


def check(library: Library) -> Iterator[Fault]:
    for document, _, view, inside in packed(library):
        known = inside.ids | view.ambiguous
        gaps = ((name, target) for name in inside.taught for target in view.targets[name] - known)
        for source, target in sorted(gaps):
            message = f"`{source}` refers to `{target}`, which the pack leaves out"
            hint = f"add `{target}` to a module, or end with `select: {{referred: true}}`"
            yield Fault(Spot(document.path, ("modules",), key=True), message, hint)
