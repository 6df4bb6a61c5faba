"""Two replies in use say almost the same.

Analysts cannot tell which one to send, and a change to one is forgotten in the other. Capitals, spaces, punctuation and
the names of variables make no difference.

Bad:
    # macros/refund-refused.yaml
    text: We cannot refund this payment, because it is older than 60 days.
    # macros/refund-too-late.yaml
    text: We cannot refund this payment because it is older than sixty days.

Good:
    # macros/refund-refused.yaml
    formerly: [refund-too-late]
    text: We cannot refund this payment, because it is older than {{ days }} days.
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.documents.macro import Macro
from generator.findings import Fault, Related, Spot
from generator.library import Library
from generator.likeness import difference, pairs

SEVERITY = "warning"


def check(library: Library) -> Iterator[Fault]:
    replies = {document.path: macro for document, macro in library.each(Macro) if macro.status == "active"}
    texts = {path: replies[path].text for path in sorted(replies)}
    for one, other, _ in pairs(texts):
        if replies[one].id == replies[other].id:
            continue
        said, name = difference(texts[one], texts[other]), replies[one].id
        message = f"says almost what `{name}` says: {said}" if said else f"says word for word what `{name}` says"
        hint = f"keep one of them, with a variable for what differs, and add `formerly: [{replies[other].id}]` to it"
        here = Related(Spot(one, ("text",), key=True), f"the text of `{name}`")
        yield Fault(Spot(other, ("text",), key=True), message, hint, (here,))
