"""Renders the Markdown of every page of a library, its navigation and its search entries. Nothing is written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from generator.analysis.health import health
from generator.checks import checks
from generator.documents import Document, kinds
from generator.library.library import Library
from generator.publishing.pages import naming
from generator.publishing.pages.edition import Edition
from generator.publishing.pages.pages import Pages

Files = dict[str, str]


def render_pages(library: Library, edition: Edition) -> Files:
    """Every page of a library, by its path below the folder of Markdown files."""
    found = {naming.page_of(document) for document in library.documents if is_found(document)}
    pages = _write_all(Pages(library, edition))
    return {page: text if page in found else naming.unsearched(text) for page, text in pages}


def _write_all(pages: Pages) -> Iterator[tuple[str, str]]:
    library, edition = pages.library, pages.edition
    yield "index.md", pages.write("index.md", "pack_home.md.j2" if edition.is_pack else "home.md.j2")
    for document in library.documents:
        page = naming.page_of(document)
        yield page, pages.write(page, f"{document.kind.name}.md.j2", document, body=document.body)
        for old in document.body.formerly:
            page = naming.page_of(document, old)
            yield page, pages.write(page, "moved.md.j2", document, old=old)
    for kind in kinds().values():
        if pages.by_kind.get(kind.name):
            page = f"{kind.pages}/index.md"
            yield page, pages.write(page, "type.md.j2", kind=kind)
    for group in ("queues", "teams"):
        yield from _write_terms(pages, group)
    yield "ids.md", pages.write("ids.md", "ids.md.j2")
    if not edition.is_pack:
        yield "health.md", pages.write("health.md", "health.md.j2", health=health(library, pages.freshness))
        yield from _write_checks(pages)
        yield from _write_unreadable(pages)


def _write_terms(pages: Pages, group: str) -> Iterator[tuple[str, str]]:
    page = f"{group}/index.md"
    words = pages.vocabulary.terms(group)
    yield page, pages.write(page, f"{group}.md.j2", words=words)
    for word, term in words.items():
        page = f"{group}/{word}.md"
        yield page, pages.write(page, f"{group.removesuffix('s')}.md.j2", word=word, term=term)


def _write_checks(pages: Pages) -> Iterator[tuple[str, str]]:
    page = "checks/index.md"
    yield page, pages.write(page, "checks.md.j2", checks=checks().values())
    for check in checks().values():
        page = f"checks/{check.code}.md"
        yield page, pages.write(page, "check.md.j2", check=check, sections=naming.check_page(check.page))


def _write_unreadable(pages: Pages) -> Iterator[tuple[str, str]]:
    """A page for each file that holds no document, so that its findings can be read where it would be."""
    readable = {document.path for document in pages.library.documents}
    for path in pages.edition.findings:
        page = naming.page_of_path(path)
        if path not in readable and page is not None:
            yield page, pages.write(page, "unreadable.md.j2", path=path)


def navigation(library: Library, edition: Edition) -> list[dict[str, Any]]:
    """Index pages only: Material repeats the navigation on every page, so it must not grow with the documents."""
    assert library.vocabulary is not None
    present = {document.kind.name for document in library.documents}
    shown = [kind for kind in kinds().values() if kind.name in present]
    queues = [{naming.html_line(term.name): f"queues/{word}.md"} for word, term in library.vocabulary.queues.items()]
    more: list[Any] = [{"Teams": "teams/index.md"}, {"All ids": "ids.md"}]
    more += [] if edition.is_pack else [{"Health": "health.md"}, {"Checks": "checks/index.md"}]
    return [
        {"Home": "index.md"},
        {"Queues": ["queues/index.md", *queues]},
        *({kind.many: f"{kind.pages}/index.md"} for kind in shown),
        {"More": more},
    ]


def is_found(document: Document) -> bool:
    """Whether the search finds a document: the one that people should work from, and no list of them."""
    return document.body.status != "retired"


def search_entries(library: Library) -> list[dict[str, Any]]:
    """What the search knows: an entry for each document that holds, and one for each of its parts."""
    return [entry for document in library.documents if is_found(document) for entry in _make_entries(document, library)]


def _make_entries(document: Document, library: Library) -> Iterable[dict[str, Any]]:
    body = document.body
    location = naming.address_of(document)
    rest, parts = naming.searchable(document, library.find)
    names = [*body.symptoms, *body.aliases, document.id, document.id.replace("-", " ")]
    words = " · ".join([*map(naming.html_words, names), rest])
    yield {"location": location, "title": naming.html_line(body.title), "text": words}
    for name, title, text in parts:
        yield {"location": f"{location}#{name}", "title": naming.html_line(title), "text": text}
