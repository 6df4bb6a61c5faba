"""A document's review is overdue, or an SOP is in use that nobody has reviewed.

The day of `review_by` has passed (`--as-of` sets the day to judge by), or an active SOP has no `reviewed`: a draft
needs none, and neither `playbook new` nor an import writes one. Compare the document with how cases are handled, then
let `playbook review` update `reviewed` and `review_by`.

Bad:
    review_by: 2024-01-31

Good:
    review_by: 2099-01-31
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from generator.documents.days import later
from generator.documents.types.sop import Sop
from generator.findings import Fault, Spot
from generator.library.library import Library
from generator.wording import review_command

SEVERITY = "warning"


def check(library: Library) -> Iterator[Fault]:
    for document in library.documents:
        due, done = document.body.review_by, document.body.reviewed
        is_used = isinstance(document.body, Sop) and document.body.status == "active" and document.sound
        if done is None and is_used:
            hint = f"have {document.body.owner} read all of it, then: {review_command(document.id)}"
            yield Fault(Spot(document.path, ("status",)), "it is in use, and nobody has reviewed it", hint)
        if due is not None and not document.body.is_gone and not (done and due < done):  # else one of them is wrong
            hint = f"have {document.body.owner} read it again, then: {review_command(document.id)}"
            since = later(due, timedelta(days=1))
            yield Fault(Spot(document.path, ("review_by",)), f"the review was due on {due}", hint, since=since)
