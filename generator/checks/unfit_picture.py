"""A picture cannot be published.

Everything invisible in a picture is removed before it is published: where and by whom it was made, comments, hidden
layers, scripts. This one cannot be read, is too large, or would look different without the files that it loads from
elsewhere.

Bad:
    ![The form](form.svg)      (a drawing that shows a photo from another host)

Good:
    ![The form](form.png)
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.documents import Document
from generator.documents.attachments import attachment
from generator.findings import Fault
from generator.library.library import Library
from generator.library.pointers import Outgoing


def note(document: Document, outgoing: Outgoing) -> object:
    return document.path, [address for _, address in outgoing.links]


def check(library: Library) -> Iterator[Fault]:
    reported = set()
    for link in library.links if library.unfit else ():
        path = attachment(link.at.path, link.address)
        if path and path in library.unfit and path not in reported:
            reported.add(path)
            why, hint = library.unfit[path]
            yield Fault(link.at.spot, f"the picture `{link.address}` {why}", hint)
