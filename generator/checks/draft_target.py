"""Something in force refers to a draft.

An analyst in the middle of a case would be sent to something that nobody has approved. Readers outside get no drafts:
their page has words in place of the link. Drafts may refer to drafts, and a queue or a pack may list what is to come.

Bad:
    status: active
    steps:
      - {id: answer, title: Answer, text: Send the letter., macro: a-letter-that-is-a-draft}

Good:
    status: active
    steps:
      - {id: answer, title: Answer, text: Send the letter., macro: a-letter-that-is-active}
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.documents.types.pack import Pack
from generator.findings import Fault, Related, Spot
from generator.library.library import Library

SEVERITY = "warning"


def check(library: Library) -> Iterator[Fault]:
    for reference, target in library.resolved:
        source = reference.at.source
        if not target.sound or target.body.status != "draft" or source is None or source.body.status != "active":
            continue
        if reference.at.keys[0] == "superseded_by" or isinstance(source.body, Pack):
            continue
        hint = f"write `status: active` in {target.path} once it is right, or refer to what is in force"
        related = (Related(Spot(target.path, ("status",)), "a draft here"),)
        yield Fault(reference.at.spot, f"`{target.id}` is a draft: not in force", hint, related, cause=target.id)
