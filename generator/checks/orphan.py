"""Nothing links to a document.

An analyst who follows procedures never comes across it. Drafts, retired documents, pages and packs are not reported,
nor is anything that a queue of the vocabulary lists in its `order`. All policies that nothing cites are one finding:
many are written for members alone, and the page of health shows which of their sections nothing covers.

Bad:
    a macro that no SOP, tree or page names

Good:
    a macro that the step of an SOP names
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.findings import Fault, Spot
from generator.library.library import Library, is_policy

SEVERITY = "warning"
LINK = "link to it from an SOP, tree or page, put it in a queue's `order`, or retire it"
CITE = "cite it where it decides, as in `cites: [id#section@1.0]`, or retire it"


def check(library: Library) -> Iterator[Fault]:
    if not all(library.malformed.values()):
        return
    for document in library.documents:
        if not document.kind.is_casework or document.body.status != "active":
            continue
        names = {document.id, *document.body.formerly}
        if library.mentioned & names:
            continue
        if not any(path != document.path for name in names for path, _ in library.uses.get(name, ())):
            spot = Spot(document.path, ("id",))
            if is_policy(document):
                yield Fault(spot, "nothing cites this policy", CITE, cause="policies")
            else:
                yield Fault(spot, f"nothing links to `{document.id}`", LINK)
