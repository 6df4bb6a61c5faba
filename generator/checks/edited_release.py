"""A release is not what the vendor got: somebody edited its record or one of its texts.

One version would then have two contents, and nobody could tell which of them somebody was trained on. The record and
each text of a release have a hash, and nothing below `content/packs/releases/` is ever edited: a change of what vendors
get is a new release. A text that is gone, a record that cannot be read and one version in two files are named too.

Bad:
    content/packs/releases/first-line/2.0.yaml, whose `pass_mark` somebody corrected afterwards

Good:
    content/packs/releases/first-line/2.0.yaml, as `playbook pack release` wrote it, and a release 2.1
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.documents import Document
from generator.findings import Fault, Place
from generator.library.library import Library
from generator.library.pointers import Outgoing


def note(document: Document, outgoing: Outgoing) -> object:
    return None


def check(library: Library) -> Iterator[Fault]:
    for harm in library.releases.harms:
        yield Fault(Place(harm.path), harm.message, harm.hint)
