"""Two replies in use say almost the same.

Analysts cannot tell which one to send, and a change to one is forgotten in the other. Capitals, spaces, punctuation and
the names of variables make no difference. A reply is named with the one that is most like it.

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

from generator.documents.text.likeness import difference, pairs
from generator.documents.types.macro import Macro
from generator.findings import Fault, Related, Spot
from generator.library.library import Library

SEVERITY = "warning"


def check(library: Library) -> Iterator[Fault]:
    replies = {document.path: macro for document, macro in library.each(Macro) if macro.status == "active"}
    texts = {path: replies[path].text for path in sorted(replies)}
    for other, one in _find_closest(texts, replies).items():
        said, name = difference(texts[one], texts[other]), replies[one].id
        message = f"says almost what `{name}` says: {said}" if said else f"says word for word what `{name}` says"
        hint = f"keep one of them, with a variable for what differs, and add `formerly: [{replies[other].id}]` to it"
        here = Related(Spot(one, ("text",), key=True), f"the text of `{name}`")
        yield Fault(Spot(other, ("text",), key=True), message, hint, (here,))


def _find_closest(texts: dict[str, str], replies: dict[str, Macro]) -> dict[str, str]:
    """For each reply the earlier one that is most like it: of ten that are alike nine are named, and not 45 pairs."""
    found: dict[str, tuple[float, str]] = {}
    for one, other, ratio in pairs(texts):
        if replies[one].id != replies[other].id and ratio > found.get(other, (0.0, ""))[0]:
            found[other] = ratio, one
    return {other: one for other, (_, one) in found.items()}
