"""Which mistakes a site that is built in spite of them tells its readers of."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePosixPath

from pydantic import BaseModel

from generator.checks import faults
from generator.documents import VOCABULARY
from generator.documents.roles import is_visible
from generator.documents.vocabulary import STAFF
from generator.files.source import Source
from generator.findings import Finding, Place, Spot
from generator.library.library import TOKEN, Library
from generator.pipeline import Judgement

AUDIENCE_LINE = re.compile(r"^[\"']?audience[\"']?\s*:\s*[\"']?([A-Za-z0-9-]+)", re.MULTILINE)


def faulty(library: Library, audience: str) -> frozenset[str]:
    """The paths of files with errors in what readers outside may see; they learn that there are some, no more."""
    seen = {document.path for document in library.for_audience(audience).documents}
    bodies: dict[str, BaseModel | None] = {one.path: one.body for one in library.documents if one.path in seen}
    bodies[VOCABULARY] = library.vocabulary

    def is_seen(spot: Spot | Place) -> bool:
        body = bodies.get(spot.path)
        keys = spot.keys if isinstance(spot, Spot) else ()
        return body is not None and is_visible(body, keys, lambda word: library.may_see(audience, word))

    found = (fault for one, fault in faults(library) if one.severity == "error")
    return frozenset(one.spot.path for one in found if one.since <= library.today < one.until and is_seen(one.spot))


def visible_findings(judgement: Judgement, audience: str) -> dict[str, list[Finding]]:
    """The findings that your own staff may read, by path: none about what is hidden from them, none that names it."""
    library = judgement.library
    whole = {document.path: document.body for document in library.documents if document.sound}
    seen = {document.path: document.body for document in library.for_audience(audience).documents}
    hidden = set(_list_hidden(library, audience))
    found: dict[str, list[Finding]] = {}
    for finding in (one for joined in judgement.findings for one in joined.apart()):
        path = finding.place.path
        if path in whole:
            may_read = seen.get(path) is whole[path]
        else:
            may_read = _may_be_for(library, audience, judgement.sources.get(path))
        told = [finding.message, finding.hint, *(f"{place.path} {words}" for place, words in finding.related)]
        if may_read and hidden.isdisjoint(TOKEN.findall(" ".join(told))):
            found.setdefault(path, []).append(finding)
    return found


def _list_hidden(library: Library, audience: str) -> Iterator[str]:
    """The ids of documents and parts, and the words, that these readers may not see."""
    assert library.vocabulary is not None
    for name, document in library.by_any_id.items():
        if not library.may_see(audience, document.body.audience):
            yield from (name, PurePosixPath(document.path).stem)
        yield from (
            one
            for name, part in document.parts.items()
            if part.audience and not library.may_see(audience, part.audience)
            for one in (name, *part.formerly)
        )
    for group in (library.vocabulary.teams, library.vocabulary.queues, library.vocabulary.vendors):
        yield from (word for word, term in group.items() if not library.may_see(audience, term.audience))


def _may_be_for(library: Library, audience: str, source: Source | None) -> bool:
    """Whether a file that holds no sound document seems to be for these readers: it names no audience above them."""
    assert library.vocabulary is not None
    text = source.text if source else ""
    named = AUDIENCE_LINE.search(text)
    above = {word for word in library.vocabulary.audiences if not library.may_see(audience, word)}
    return library.may_see(audience, named[1] if named else STAFF) and above.isdisjoint(TOKEN.findall(text))
