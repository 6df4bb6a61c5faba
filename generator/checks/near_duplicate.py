"""Two replies in use say almost the same thing.

Analysts cannot tell which one to send, and a change to one is forgotten in the other. Capitals, spaces, punctuation and
the names of variables make no difference. Each reply is reported once, with the one that is most like it.

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
    for other, path in _find_closest(texts, replies).items():
        diff, name = difference(texts[path], texts[other]), replies[path].id
        message = (
            f"this says almost what `{name}` says: {diff}" if diff else f"this says word for word what `{name}` says"
        )
        hint = f"keep one of them, with a variable for what differs, and add `formerly: [{replies[other].id}]` to it"
        here = Related(Spot(path, ("text",), key=True), f"the text of `{name}`")
        yield Fault(Spot(other, ("text",), key=True), message, hint, (here,))


def _find_closest(texts: dict[str, str], replies: dict[str, Macro]) -> dict[str, str]:
    """The path of each reply with that of the earlier one most like it: ten that are alike are nine pairs, not 45."""
    closest: dict[str, tuple[float, str]] = {}
    for path, other, ratio in pairs(texts):
        if replies[path].id != replies[other].id and ratio > closest.get(other, (0.0, ""))[0]:
            closest[other] = ratio, path
    return {other: path for other, (_, path) in closest.items()}
