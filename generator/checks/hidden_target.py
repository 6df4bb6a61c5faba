"""Something refers to what its own readers may not see.

A vendor's agent would read about an internal document and not find it. What counts is the audience of the place:
an `internal_note` may refer to internal documents wherever it is. A document without an `audience` is
internal. Teams, queues and vendors of the vocabulary have an audience too. The `order` of a queue may list what only
some of its readers may see: the others get the list without it.

Bad:
    audience: vendor
    summary: Hand over with [[an-internal-procedure]].

Good:
    audience: vendor
    summary: Hand over to Incident Management.
    internal_note: They go on with [[an-internal-procedure]].
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.documents import Document
from generator.documents.target import Target
from generator.documents.terms import GuardedTerm
from generator.documents.types.pack import Pack
from generator.documents.vocabulary import Vocabulary
from generator.findings import Fault, Related, Spot
from generator.library.library import Library, is_in_order
from generator.library.pointers import Pointer


def check(library: Library) -> Iterator[Fault]:
    if library.vocabulary is None:
        return
    known, guarded = library.vocabulary.audiences, _list_guarded(library.vocabulary)
    audiences = {
        target: _find_audience(library, target, document)
        for target, document in library.destinations.items()
        if document.sound and document.body.audience in known
    }
    hidden = {one: {to: its for to, its in audiences.items() if not library.may_see(one, its)} for one in known}
    for reference in library.references:
        audience = hidden.get(reference.at.audience, {}).get(reference.target)
        if audience is None or is_in_order(reference.at):
            continue
        where = Related(Spot(library.destinations[reference.target].path, ("audience",)), f"for {audience} readers")
        yield _make_fault(reference.at, reference.target.id, audience, (where,))
    for at, word, group in library.words:
        wanted = guarded.get((group, word))
        if wanted is None or library.may_see(at.audience, wanted) or at.audience not in known:
            continue
        if at.source is None or not isinstance(at.source.body, Pack):
            yield _make_fault(at, word, wanted, ())


def _find_audience(library: Library, target: Target, document: Document) -> str:
    """Whom a target is for: the readers of its document, or of a part that fewer may see."""
    part = document.parts.get(target.part) if target.part else None
    return library.wider(document.body.audience, part.audience if part else None)


def _list_guarded(vocabulary: Vocabulary) -> dict[tuple[str, str], str]:
    """The audience of each word that is not for everybody, by group and word."""
    return {
        (group, word): term.audience
        for group in type(vocabulary).model_fields
        if isinstance(getattr(vocabulary, group), dict)
        for word, term in vocabulary.terms(group).items()
        if isinstance(term, GuardedTerm) and term.audience in vocabulary.audiences
    }


def _make_fault(at: Pointer, name: str, audience: str, related: tuple[Related, ...]) -> Fault:
    message = f"`{name}` is for {audience} readers, but this is shown to {at.audience} readers"
    move = "" if at.source is None else ", or move this to an `internal_note`"
    hint = f"refer to something that {at.audience} readers may see{move}"
    return Fault(at.spot, message, hint, related)
