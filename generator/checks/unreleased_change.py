"""A pack no longer says what its newest release says, so that the vendor works by what we have changed.

What counts is what a person does, says or decides by, and which documents the pack has. Days of reviews, sources and
the history do not count. `playbook pack diff ID` shows what changed in the words of those who were trained,
`playbook pack release ID --dry-run` which version the release has to have. A pack that was never released is not
judged.

Bad:
    version: "2.0"   # released on 2026-09-01; a step of one of its procedures was changed since

Good:
    version: "3.0"   # released with that step, by `playbook pack release`
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.documents import Document
from generator.findings import Advice, Fault, Related, Spot
from generator.library.freezing import freeze, hash_words
from generator.library.library import Library
from generator.library.packing import Packed, packs
from generator.library.releases import Release
from generator.library.rewording import referrer_of, rewordings
from generator.library.timeline import order

SEVERITY = "warning"
SHOWN = 3  # documents that the message names
UNCOUNTED = ("formats", "locales")  # fields of a pack that its readers do not see
MOST = 12


def check(library: Library) -> Iterator[Fault]:
    for packed in packs(library):
        release = library.releases.last(packed.document.id)
        if release is not None and packed.pack.status == "active":
            yield from _compare(library, packed, release)


def _compare(library: Library, packed: Packed, release: Release) -> Iterator[Fault]:
    version, spot = packed.pack.version, Spot(packed.document.path, ("version",))
    if order(version) < order(release.version):
        message = f"the pack says version {version}, but {release.version} was released on {release.record.on}"
        yield Fault(
            spot, message, Advice(f'write `version: "{release.version}"`, or a later one', release.version, version)
        )
        return
    known = {one.id: one for one in freeze(packed).documents.values()}
    changed = [one for one in known.values() if _is_changed(packed, release, one)]
    formerly = {was for one in known.values() for was in one.body.formerly}
    gone = sorted(release.documents.keys() - known.keys() - formerly)
    if not changed and not gone:
        return
    names = [*(f"`{one.id}`" for one in changed), *(f"`{name}`, which is gone" for name in gone)]
    more = f" and {len(names) - SHOWN} more" if len(names) > SHOWN else ""
    what = f"{', '.join(names[:SHOWN])}{more}"
    message = f"the pack no longer says what release {release.version} of {release.record.on} says: {what}"
    name = packed.document.id
    hint = f"read `playbook pack diff {name}`, raise the version, then run `playbook pack release {name}`"
    related = tuple(Related(Spot(one.path), "this differs from the release") for one in changed[:MOST])
    yield Fault(spot, message, hint, related)


def _is_changed(packed: Packed, release: Release, document: Document) -> bool:
    """Whether a document says something else than in a release, or is not in it."""
    names = (document.id, *document.body.formerly)
    was = next((release.documents[name] for name in names if name in release.documents), None)
    if was is None:
        return True
    path, frozen = was
    if frozen.says == hash_words(document):
        return False
    old = release.document(path)
    if old is None:
        return False  # it was edited, which is a fault of its own
    found = rewordings(document.body, old.body, referrer_of(packed.view))
    return any(one.keys[0] not in UNCOUNTED for one in found)
