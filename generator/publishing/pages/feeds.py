"""Atom feeds of what changed: one of all documents, and one for each queue. The format is RFC 4287.

Ids are names that stay as they are when the site is built again; days are those of the history, and never of the build.
"""

from __future__ import annotations

import re
from uuid import NAMESPACE_URL, UUID, uuid5
from xml.etree import ElementTree as ET

from generator.documents import Document
from generator.library.library import Library
from generator.publishing.pages import naming
from generator.publishing.pages.changes import DatedChange, changed_parts, changes
from generator.publishing.pages.edition import Edition

ATOM = "http://www.w3.org/2005/Atom"
MEDIA_TYPE = "application/atom+xml"
ALL = "index"  # no queue can be called that
MOST = 50  # entries: who looks once a week misses none
NEVER = "1970-01-01"  # when a feed was changed that has no entry
# Characters that XML 1.0 cannot hold, not even as a reference.
UNFIT = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def feeds(library: Library, edition: Edition, home: str) -> dict[str, bytes]:
    """The feeds of a site by their path; none of a pack. `home` is the site's address, and may be empty."""
    if edition.is_pack or library.vocabulary is None:
        return {}
    found = changes(library)
    names = {word: term.name for word, term in library.vocabulary.queues.items()}
    wanted = {ALL: found} | {word: [pair for pair in found if pair[0].body.queue == word] for word in names}
    return {
        place_of_feed(word): _Feed(edition, home, word, names.get(word, "")).write(some[:MOST])
        for word, some in wanted.items()
    }


def place_of_feed(queue: str) -> str:
    """The path of the feed of a queue, or of ALL, in the site."""
    return f"feeds/{queue}.xml"


class _Feed:
    """One feed; addresses are absolute where the site's own is known, and otherwise seen from the feed."""

    def __init__(self, edition: Edition, home: str, queue: str, name: str) -> None:
        self.edition = edition
        self.queue = queue
        self.name = name
        self.home = f"{home.rstrip('/')}/" if home else "../"
        self.space = uuid5(NAMESPACE_URL, home or edition.title)

    def write(self, found: list[DatedChange]) -> bytes:
        place = f"queues/{self.queue}/" if self.name else "changes/"
        title = f"{self.name}: what changed" if self.name else "What changed"
        feed = ET.Element("feed", {"xmlns": ATOM})
        _add(feed, "title", f"{title} · {self.edition.title}")
        _add(feed, "id", _name(self.space, "feed", self.edition.audience, self.queue))
        _add(feed, "updated", _write_moment(str(naming.day_of(found[0][1])) if found else NEVER))
        _add(feed, "link", rel="self", type=MEDIA_TYPE, href=self.home + place_of_feed(self.queue))
        _add(feed, "link", rel="alternate", type="text/html", href=self.home + place)
        _add(ET.SubElement(feed, "author"), "name", self.edition.title)
        for document, entry in found:
            self._write_entry(ET.SubElement(feed, "entry"), document, entry)
        ET.indent(feed)
        written: bytes = ET.tostring(feed, encoding="utf-8", xml_declaration=True)
        return written + b"\n"

    def _write_entry(self, place: ET.Element, document: Document, change: object) -> None:
        version, note = getattr(change, "version", ""), getattr(change, "note", None)
        day = str(naming.day_of(change))
        address = self.home + naming.address_of(document)
        _add(place, "title", f"{document.body.title}, version {version}")
        _add(place, "id", _name(self.space, *_tell_apart(document, change)))
        _add(place, "updated", _write_moment(day))
        _add(place, "link", rel="alternate", type="text/html", href=f"{address}#_changes")
        _add(place, "category", term=document.kind.name, label=document.kind.one)
        titles = [document.parts[part].title for part in changed_parts(document, change)]
        said = [note or f"Version {version}.", f"Changed: {' · '.join(titles)}." if titles else ""]
        _add(place, "summary", " ".join(filter(None, said)))


def _add(place: ET.Element, tag: str, text: str | None = None, **attributes: str) -> None:
    made = ET.SubElement(place, tag, attributes)
    made.text = UNFIT.sub("", text).strip() if text is not None else None


def _name(space: UUID, *words: str) -> str:
    """A name that is the same in every build."""
    return uuid5(space, "\n".join(words)).urn


def _tell_apart(document: Document, change: object) -> tuple[str, ...]:
    """What makes an entry another one: not its words, which may be corrected, nor an id that came later."""
    version, day = getattr(change, "version", ""), naming.day_of(change)
    alike = [
        one for one in getattr(document.body, "history", ()) if (one.version, naming.day_of(one)) == (version, day)
    ]
    older = next(number for number, one in enumerate(reversed(alike)) if one is change)
    return (*document.body.formerly, document.id)[0], version, str(day), str(older)


def _write_moment(day: str) -> str:
    return f"{day}T00:00:00Z"
