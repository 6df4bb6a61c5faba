"""A pack names a document twice.

Its course has the page in the first module only, so the second would lack it. Whoever wants it read again writes so in
the text of the module.

Bad:
    modules:
      - {title: Recognise, documents: [account-takeover]}
      - {title: Act, documents: [account-takeover, restore-account]}

Good:
    modules:
      - {title: Recognise, documents: [account-takeover]}
      - {title: Act, text: "Read [[account-takeover]] once more.", documents: [restore-account]}
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.documents.types.pack import Pack
from generator.findings import Fault, Related, Spot
from generator.library.library import Library

SEVERITY = "warning"


def check(library: Library) -> Iterator[Fault]:
    for document, pack in library.each(Pack):
        first: dict[str, Spot] = {}
        for number, module in enumerate(pack.modules):
            for place, target in enumerate(module.documents):
                found = library.find(target.id)
                spot = Spot(document.path, ("modules", number, "documents", place))
                before = first.setdefault(found.id if found else target.id, spot)
                if before is not spot:
                    hint = "remove it here; the text of the module can tell to read it again"
                    related = (Related(before, "named here first"),)
                    yield Fault(spot, f"`{target.text}` is in this pack already", hint, related)
