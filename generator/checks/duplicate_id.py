"""Two documents have the same id, or two parts of one document do.

References would lead to one of them by chance. An id that another document used to have (`formerly`) is
taken as well, because old links still use it.

Bad:
    sops/fraud/refund.yaml and sops/payments/refund.yaml

Good:
    sops/fraud/refund-after-fraud.yaml and sops/payments/refund.yaml
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.documents import Document
from generator.findings import Fault, Related, Spot
from generator.library.library import Library


def check(library: Library) -> Iterator[Fault]:
    for document in library.documents:
        holder = library.by_id[document.id]
        if holder is not document:
            taken = {document.id: Spot(holder.path, ("id",))}
            yield from _claim(taken, document.id, Spot(document.path, ("id",)), "choose another id")
            continue
        for index, old in enumerate(document.body.formerly):
            spot, first = Spot(document.path, ("formerly", index)), _find_first(library, old)
            if spot != first:
                yield from _claim({old: first}, old, spot, "remove it here, or rename the other document")
        parts: dict[str, Spot] = {}
        ids = document.body.part_ids()
        for name, place in ids if len({name for name, _ in ids}) < len(ids) else ():
            spot = Spot(document.path, place, key=not place or place[-1] != "id")
            yield from _claim(parts, name, spot, "choose another id for one of the two")
        if document.may_rename_parts:
            yield from _claim_former(document)


def _find_first(library: Library, name: str) -> Spot:
    """Where an id belongs that a document formerly had: to the document that has it, or the first that had it."""
    if name in library.by_id:
        return Spot(library.by_id[name].path, ("id",))
    first = next(one for one in library.claims[name] if library.by_id[one.id] is one)
    return Spot(first.path, ("formerly", first.body.formerly.index(name)))


def _claim_former(document: Document) -> Iterator[Fault]:
    """The former ids of parts that another part has, or had too."""
    taken = {name: Spot(document.path, part.keys) for name, part in document.parts.items()}
    for part in document.parts.values():
        for index, old in enumerate(part.formerly):
            spot = Spot(document.path, (*part.keys, "formerly", index))
            yield from _claim(taken, old, spot, "remove it here, or rename the other part")


def _claim(taken: dict[str, Spot], name: str, spot: Spot, hint: str) -> Iterator[Fault]:
    if name not in taken:
        taken[name] = spot
        return
    message = f"the id `{name}` is taken"
    if spot.path != taken[name].path:
        message += f" by {taken[name].path}"
    yield Fault(spot, message, hint, (Related(taken[name], "it appears here first"),))
