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

from generator.documents.types.pack import Pack
from generator.findings import Fault, Spot
from generator.library.library import Library
from generator.library.packing import contents

SEVERITY = "warning"


def check(library: Library) -> Iterator[Fault]:
    if library.vocabulary is None:
        return
    for document, pack in library.each(Pack):
        if pack.audience not in library.vocabulary.audiences:
            continue
        view = library.for_audience(pack.audience)
        inside = contents(view, pack)
        gaps = {
            (reference.at.source.id, target.id)
            for reference, target in view.resolved
            if reference.at.source and reference.at.source.id in inside.taught and target.id not in inside.ids
        }
        for source, target in sorted(gaps):
            message = f"`{source}` refers to `{target}`, which the pack leaves out"
            hint = f"add `{target}` to a module, or end with `select: {{referred: true}}`"
            yield Fault(Spot(document.path, ("modules",), key=True), message, hint)
