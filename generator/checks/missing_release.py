"""A release supersedes one that is not there.

What changed between the two cannot be told any more: neither the page that shows it nor the course that teaches only
that can be built, and nobody can look up what those who have the older version were trained on.

Bad:
    supersedes: "1.9"   # in content/packs/releases/first-line/2.0.yaml, and there is no 1.9.yaml beside it

Good:
    content/packs/releases/first-line/1.9.yaml and content/packs/releases/first-line/2.0.yaml
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.documents import Document
from generator.documents.release_record import place_of_record
from generator.findings import Fault, Place
from generator.library.library import Library
from generator.library.pointers import Outgoing


def note(document: Document, outgoing: Outgoing) -> object:
    return None


def check(library: Library) -> Iterator[Fault]:
    for pack, some in library.releases.by_pack.items():
        for release in some:
            was = release.record.supersedes
            if was is not None and library.releases.find(pack, was) is None:
                message = f"release {release.version} of `{pack}` supersedes {was}, which is not there"
                yield Fault(Place(release.path), message, f"write back {place_of_record(pack, was)} and its texts")
