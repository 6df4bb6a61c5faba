"""A symptom, an alias or a former id does not bring up its own document in the search.

What is typed as it stands in a document brings up that document before all others, unless several documents have the
same words: the search shows three of them on top. Case, accents and signs make no difference. A text without a letter
or digit finds nothing.

Bad:
    # in each of four SOPs
    symptoms: [asks for help]

Good:
    symptoms: [asks how to get back into an account that we locked]
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from generator.documents import Document, kinds
from generator.documents.text.search_key import search_key
from generator.findings import Fault, Keys, Related, Spot
from generator.library.library import Library
from generator.library.pointers import Outgoing
from generator.wording import count

SEVERITY = "warning"
SHOWN = 3
TIERS = {"id": 0, "aliases": 1, "formerly": 2, "symptoms": 4, "title": 5}  # as in search-index.js, the strongest first
STATUS = {"draft": 0.7, "deprecated": 0.5, "retired": 0.5}
CHECKED = {"aliases": "alias", "formerly": "former id", "symptoms": "symptom"}

Claim = tuple[float, int, str, str, Document, Keys]


def note(document: Document, outgoing: Outgoing) -> object:
    return document.path, document.body.status, [(field, text) for field, _, text in _list_names(document)]


def check(library: Library) -> Iterator[Fault]:
    claims: dict[str, list[Claim]] = defaultdict(list)
    position = {kind.name: kind.position for kind in kinds().values()}
    for document in library.documents:
        for field, keys, text in _list_names(document):
            key = search_key(text)
            if not key and field not in CHECKED:
                continue
            if not key:
                hint = "write the words by which somebody would look for this document"
                yield Fault(Spot(document.path, keys), f"this {CHECKED[field]} has no words, so nothing finds it", hint)
                continue
            rank = -(2 - TIERS[field] / 10) * STATUS.get(document.body.status, 1)
            claims[key].append((rank, position[document.kind.name], document.kind.name, document.id, document, keys))
    for some in claims.values():
        if len(some) > SHOWN:
            yield from _find_hidden(some)


def _list_names(document: Document) -> Iterator[tuple[str, Keys, str]]:
    body = document.body
    yield "id", ("id",), document.id
    yield "title", ("title",), body.title
    for field in CHECKED:
        yield from ((field, (field, n), text) for n, text in enumerate(getattr(body, field)))


def _find_hidden(claims: list[Claim]) -> Iterator[Fault]:
    """One finding for words that more documents have than the search shows, at the first that it leaves out."""
    best: dict[str, Claim] = {}
    for claim in sorted(claims, key=lambda one: one[:4]):
        best.setdefault(claim[4].path, claim)
    hidden = [claim for claim in list(best.values())[SHOWN:] if claim[5][0] in CHECKED]
    if not hidden:
        return
    document, keys = hidden[0][4:]
    others = tuple(
        Related(Spot(other.path, place), f"`{other.id}` has it too")
        for *_, other, place in best.values()
        if other is not document
    )
    field = CHECKED[str(keys[0])]
    message = f"{count(len(best), 'document')} have this {field}, and a search for it shows {SHOWN} others first"
    yield Fault(Spot(document.path, keys), message, "say in other words what is special about this one", others)
