"""Turns a release back into the library that it was frozen from, as far as its readers could see that."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from generator.documents import VOCABULARY, Document, is_document, kinds
from generator.documents.structure import structure
from generator.documents.terms import VendorTerm
from generator.documents.types.pack import Pack
from generator.documents.types.page import Page
from generator.files.source import read
from generator.files.tree import Unreadable
from generator.library.library import Library, link
from generator.library.packing import Packed, contents, view_of_vendor
from generator.library.releases import Release, Shelved


class Unthawable(Exception):
    """A release that cannot be read any more; the message is one line that says what to do."""


def thaw(release: Release, today: date, releases: Shelved | None = None) -> Library:
    """The library of a release: its documents and words, and what its pages only name. Raises Unthawable."""
    record, sources = release.record, []
    name = f"release {record.version} of `{record.pack}`"
    for path in record.texts:
        if is_document(path):
            try:
                source, finding = read(path, release.text(path))
            except Unreadable as error:
                raise Unthawable(f"{name} cannot be read: its text of {path} {error}; {error.hint}") from None
            if finding:
                raise Unthawable(f"{name} cannot be read: its text of {path}: {finding.message}; {finding.hint}")
            sources.append(source)
    found = structure(sources)
    if found.findings or found.vocabulary is None:
        why = f"{found.findings[0].place.path}: {found.findings[0].message}" if found.findings else "it has no words"
        raise Unthawable(f"{name} cannot be read by this version of playbook: {why}")
    unnamed = {record.vendor: VendorTerm(name=record.vendor)}  # an early record has no name
    words = found.vocabulary.model_copy(update={"vendors": unnamed | found.vocabulary.vendors})
    named = [_name_only(one, title, record.audience) for one, title in record.outside.items()]
    library = link(
        [*found.documents, *named], words, today, files=[path for path in record.texts if path != VOCABULARY]
    )
    return replace(library, releases=releases or Shelved())


def _name_only(name: str, title: str, audience: str) -> Document:
    """A document that is known by its title alone; as a draft it is taught to nobody."""
    body = Page(id=name, title=title, owner="", summary=title, audience=audience, status="draft", text=title)
    return Document(kinds()["page"], f"content/pages/{name}.md", body)


def pack_of(library: Library, name: str) -> Packed | None:
    """A pack of a library with what is in it, as its readers see it; None if there is no such sound pack."""
    document = library.by_id.get(name)
    if document is None or not document.sound or not isinstance(document.body, Pack) or library.vocabulary is None:
        return None
    view = view_of_vendor(library, document.body)
    shown = view.by_id.get(name)
    if shown is None or not isinstance(shown.body, Pack):
        return None
    return Packed(shown, shown.body, view, contents(view, shown.body))
