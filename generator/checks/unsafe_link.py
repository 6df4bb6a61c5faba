"""A link has an address that a browser would run, or that leaves the site unnoticed.

Links may use https, http, mailto or tel. Anything else (`javascript:`, `data:`, `file:`, addresses that begin with two
slashes) is shown as plain text.

Bad:
    [the form](javascript:openForm())

Good:
    [the form](https://forms.example/report)
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.documents.text.prose import is_safe, scheme
from generator.findings import Fault
from generator.library.library import Library


def check(library: Library) -> Iterator[Fault]:
    for at, address in library.links:
        if not is_safe(address):
            message = f"the address begins with `{scheme(address)}`, which is not allowed"
            yield Fault(at.spot, message, "use https:, http:, mailto: or tel:, or [[id]] for a document")
