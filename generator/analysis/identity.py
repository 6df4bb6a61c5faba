"""Tells whether two findings, of different days or revisions, are the same one."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from generator.files.address import spell_place
from generator.findings import Finding, Place
from generator.pipeline import Judgement
from generator.wording import strip_places

REST = "more like this in this file"  # what the finding that stands for others is known by, whatever their number


class Identity(NamedTuple):
    """What stays the same of a finding at one place while lines move and files are renamed.

    `document` is its id, or its path where it has none of its own; `at` is the address of the place in it.
    """

    code: str
    document: str
    at: str
    message: str


def identify(judgement: Judgement) -> Callable[[Finding, Place], Identity]:
    """A function that gives the identity of a finding at one of its places."""
    library = judgement.library
    names = {one.path: one.id for one in library.documents if one.id not in library.ambiguous}

    def call(finding: Finding, place: Place) -> Identity:
        source = judgement.sources.get(place.path)
        document = names.get(place.path, place.path)
        if finding.stands_for > 1:
            return Identity(finding.code, document, "", REST)
        at = spell_place(source, place) if source else ""
        return Identity(finding.code, document, at, strip_places(finding.message))

    return call
