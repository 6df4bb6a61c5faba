"""Renders the Markdown of every page of a library, and its navigation. Nothing is written."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any, NamedTuple

from generator.analysis.health import health
from generator.checks import checks
from generator.documents import Document, kinds
from generator.library.library import Library
from generator.publishing.pages import naming
from generator.publishing.pages.changes import by_day
from generator.publishing.pages.edition import Edition
from generator.publishing.pages.pages import Pages
from generator.workers import spread

Files = dict[str, str]


class PlannedPage(NamedTuple):
    """A page that is not written yet: its path, its template, and what the template is given."""

    path: str
    template: str
    document: Document | None = None
    values: Mapping[str, Any] = {}


def render_pages(library: Library, edition: Edition) -> Files:
    """Every page of a library, by its path below the folder of Markdown files."""
    pages = Pages(library, edition)
    return _write_all(pages, list(_plan_all(pages)))


def render_documents(library: Library, edition: Edition, paths: Collection[str]) -> Files:
    """The pages of the documents in some files, and of the files that hold none for their mistakes."""
    pages = Pages(library, edition)
    plan = [page for one in library.documents if one.path in paths for page in _plan_document(one)]
    return _write_all(pages, [*plan, *(page for page in _plan_unreadable(pages) if page.values["path"] in paths)])


def _write_all(pages: Pages, plan: list[PlannedPage]) -> Files:
    found = {naming.page_of(document) for document in pages.library.documents if is_found(document)}

    def write(page: PlannedPage) -> str:
        text = pages.write(page.path, page.template, page.document, **page.values)
        return text if page.path in found else naming.unsearched(text)

    return dict(zip([page.path for page in plan], spread(write, plan), strict=True))


def _plan_all(pages: Pages) -> Iterator[PlannedPage]:
    library, edition = pages.library, pages.edition
    yield PlannedPage("index.md", "pack_home.md.j2" if edition.is_pack else "home.md.j2")
    for document in library.documents:
        yield from _plan_document(document)
    for kind in kinds().values():
        if pages.by_kind.get(kind.name):
            page = f"{kind.pages}/index.md"
            yield PlannedPage(page, "type.md.j2", values={"kind": kind})
    for group in ("queues", "teams"):
        yield from _plan_terms(pages, group)
    yield PlannedPage("ids.md", "ids.md.j2")
    days = list(by_day(pages.changes))
    is_cut = sum(len(some) for _, some in days) < len(pages.changes)
    yield PlannedPage("changes.md", "changes.md.j2", values={"days": days, "is_cut": is_cut})
    if edition.for_staff:  # whoever does not write these documents has no use for how they are kept
        yield PlannedPage("health.md", "health.md.j2", values={"health": health(library, pages.freshness)})
        yield from _plan_checks(pages)
        yield from _plan_unreadable(pages)


def _plan_document(document: Document) -> Iterator[PlannedPage]:
    page = naming.page_of(document)
    yield PlannedPage(page, f"{document.kind.name}.md.j2", document, {"body": document.body})
    for old in document.body.formerly:
        page = naming.page_of(document, old)
        yield PlannedPage(page, "moved.md.j2", document, {"old": old})


def _plan_terms(pages: Pages, group: str) -> Iterator[PlannedPage]:
    page = f"{group}/index.md"
    words = pages.vocabulary.terms(group)
    yield PlannedPage(page, f"{group}.md.j2", values={"words": words})
    for word, term in words.items():
        page = f"{group}/{word}.md"
        yield PlannedPage(page, f"{group.removesuffix('s')}.md.j2", values={"word": word, "term": term})


def _plan_checks(pages: Pages) -> Iterator[PlannedPage]:
    page = "checks/index.md"
    yield PlannedPage(page, "checks.md.j2", values={"checks": checks().values()})
    for check in checks().values():
        page = f"checks/{check.code}.md"
        yield PlannedPage(page, "check.md.j2", values={"check": check, "sections": check.sections})


def _plan_unreadable(pages: Pages) -> Iterator[PlannedPage]:
    """A page for each file that holds no document, so that its findings can be read where it would be."""
    readable = {document.path for document in pages.library.documents}
    for path in pages.edition.findings:
        page = naming.page_of_path(path)
        if path not in readable and page is not None:
            yield PlannedPage(page, "unreadable.md.j2", values={"path": path})


def navigation(library: Library, edition: Edition) -> list[dict[str, Any]]:
    """Index pages only: Material repeats the navigation on every page, so it must not grow with the documents."""
    assert library.vocabulary is not None
    present = {document.kind.name for document in library.documents}
    shown = [kind for kind in kinds().values() if kind.name in present]
    queues = [{naming.html_line(term.name): f"queues/{word}.md"} for word, term in library.vocabulary.queues.items()]
    more: list[Any] = [{"What changed": "changes.md"}, {"Teams": "teams/index.md"}, {"All ids": "ids.md"}]
    more += [{"Health": "health.md"}, {"Checks": "checks/index.md"}] if edition.for_staff else []
    return [
        {"Home": "index.md"},
        {"Queues": ["queues/index.md", *queues]},
        *({kind.many: f"{kind.pages}/index.md"} for kind in shown),
        {"More": more},
    ]


def is_found(document: Document) -> bool:
    """Whether the searches of other engines find a document: the one that people should work from, no list of them."""
    return document.body.status != "retired"
