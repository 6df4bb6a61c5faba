"""A module of a pack has nothing in it for the readers of the pack.

Its trainees would see a title and no page. Drafts, what is retired and what its audience may not see are never part of
a pack. A module that is a text alone is fine.

Bad:
    modules:
      - {title: Takeovers, select: {queue: takeover, type: sop}}    # the queue is called takeovers

Good:
    modules:
      - {title: Takeovers, select: {queue: takeovers, type: sop}}
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.documents.types.pack import Module, Pack
from generator.findings import Fault, Spot
from generator.library.library import Library
from generator.library.packing import packs, tell_taught

SEVERITY = "warning"


note = tell_taught


def check(library: Library) -> Iterator[Fault]:
    for document, pack, _, inside in packs(library):
        for place in inside.hollow if document.body.status == "active" else ():
            module = pack.modules[place]
            if any(library.find(target.id) is None for target in module.documents):
                continue  # what cannot be found, or read, is a finding of its own
            message = f"the module “{module.title.strip()}” has nothing for {pack.audience} readers"
            yield Fault(Spot(document.path, ("modules", place)), message, _suggest_edit(library, pack, module))


def _suggest_edit(library: Library, pack: Pack, module: Module) -> str:
    named = [found for target in module.documents if (found := library.find(target.id))]
    if named:
        told = ", ".join(f"`{one.id}` ({one.body.status}, for {one.body.audience} readers)" for one in named)
        return f"name active documents that {pack.audience} readers may see instead of {told}"
    if module.select:
        return "choose another `queue` or `type`, name `documents`, or remove the module"
    return "name its `documents`, or remove the module"
