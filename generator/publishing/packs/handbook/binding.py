"""Binds the articles of a pack into one page of HTML: a cover, contents, the modules in their order, and an index.

Every id gets the id of its document in front, and every link leads to a part of the book or is words alone.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote, urlsplit
from xml.etree.ElementTree import Element

from markupsafe import Markup

from generator.documents import Document
from generator.documents.text.plain import plain_text
from generator.files.templates import open_templates
from generator.publishing.packs.handbook.article import (
    Drawing,
    PaperArticle,
    classes,
    links,
    parents,
    read_article,
    serialise,
)
from generator.publishing.packs.handbook.sheet import STYLE, finish_drawing, lie, write_margins
from generator.publishing.packs.materials import Materials
from generator.publishing.pages import naming

HOME = "index.html"


class BoundDocument(NamedTuple):
    """A document in the book: its anchor and its HTML."""

    document: Document
    anchor: str
    html: Markup


class BoundChapter(NamedTuple):
    """A module of the book, with its number where it is studied; `here` are those that no module before it has."""

    title: str
    text: Markup
    documents: list[BoundDocument]
    here: list[BoundDocument]
    number: int


class Book(NamedTuple):
    """The book as one page of HTML, with the files that it shows by their addresses."""

    html: str
    files: dict[str, bytes]


class IndexEntry(NamedTuple):
    """A line of the index: an id or another name of a document, and where the document begins."""

    name: str
    document: Document
    is_id: bool


def bind(materials: Materials) -> Book:
    """The handbook of a pack, in the order in which it is studied."""
    documents = materials.contents.documents
    articles = {document.id: read_article(materials.site[_name_file(document)].decode(), lie) for document in documents}
    anchors = _list_anchors(documents, articles)
    files: dict[str, bytes] = {}
    bound = {
        document.id: _bind_document(document, articles[document.id], anchors, files, materials)
        for document in documents
    }
    chapters = list(_bind_chapters(materials, bound, _read_home(materials, anchors)))
    template = open_templates(Path(__file__).parent, keep_trailing_newline=False).get_template("handbook.html.j2")
    html = template.render(
        pack=materials.pack,
        vendor=materials.vendor,
        effective=materials.effective_day,
        organisation=materials.organisation,
        summary=plain_text(materials.pack.summary, materials.readers.find),
        chapters=chapters,
        index=_list_names(documents),
        style=Markup(STYLE + write_margins(materials)),
        **_list_terms(materials),
        day=materials.moment.date().isoformat(),
        content=materials.content_hash,
    )
    return Book(html, files)


def _name_file(document: Document) -> str:
    return naming.page_of(document).removesuffix(".md") + ".html"


def _list_anchors(documents: tuple[Document, ...], articles: Mapping[str, PaperArticle]) -> dict[str, set[str]]:
    """The ids in the printed article of each document."""
    return {
        document.id: {name for one in articles[document.id].root.iter() if (name := one.get("id"))}
        for document in documents
    }


def _bind_document(
    document: Document,
    article: PaperArticle,
    anchors: Mapping[str, set[str]],
    files: dict[str, bytes],
    materials: Materials,
) -> BoundDocument:
    page = _name_file(document)
    pages = _list_pages(materials)
    within = parents(article.root)
    for link in list(links(article.root)):
        _lead(link, page, document, article, pages, anchors, within)
    for element in article.root.iter():
        if name := element.get("id"):
            element.set("id", _name_anchor(document.id, name))
        if element.tag == "img":
            _show_picture(element, page, document, article.drawings, files, materials.site)
    for heading in article.root.iter("h2"):
        heading.attrib = {"class": "document"}
        kind = Element("span", {"class": "kind"})
        kind.text = f"{document.kind.one} · {document.id}"
        heading.append(kind)
        break
    return BoundDocument(document, _name_anchor(document.id), Markup(serialise(article.root)))


def _name_anchor(name: str, part: str = "") -> str:
    return f"{name}--{part}" if part else f"{name}--"


def _list_pages(materials: Materials) -> dict[str, str]:
    """The document of each page, former addresses included."""
    return {
        naming.page_of(one, name).removesuffix(".md") + ".html": one.id
        for one in materials.contents.documents
        for name in (one.id, *one.body.formerly)
    }


def _lead(
    link: Element,
    page: str,
    document: Document | None,
    article: PaperArticle,
    pages: Mapping[str, str],
    anchors: Mapping[str, set[str]],
    within: Mapping[Element, Element],
) -> None:
    """Makes a link lead to a part of the book, to the web, or, where neither is, nowhere: then it is its words."""
    address = urlsplit(link.get("href", ""))
    link.attrib = {"href": link.get("href", "")}
    if address.scheme:
        link.set("class", "away")
        return
    target = (
        posixpath.normpath(posixpath.join(posixpath.dirname(page), unquote(address.path))) if address.path else page
    )
    part = unquote(address.fragment)
    if target in pages:
        name = pages[target]
        link.set("href", f"#{_name_anchor(name, part if part in anchors[name] else '')}")
        is_here = document is not None and name == document.id
        link.set("class", "here" if is_here else "there")
        if is_here and part in article.labels and not _is_in_heading(link, within):
            label = Element("span", {"class": "label"})
            label.text, label.tail, link.text = article.labels[part], f" {link.text or ''}", None
            link.insert(0, label)
    elif posixpath.dirname(target) in ("teams", "queues") and not target.endswith("/index.html"):
        link.set("href", f"#{target.removesuffix('.html').replace('/', '--')}")
        link.set("class", "here")
    else:
        link.tag, link.attrib = "span", {}


def _resolve(page: str, address: str) -> str:
    """Where an address leads among the pages, as seen from one of them."""
    return posixpath.normpath(posixpath.join(posixpath.dirname(page), unquote(address)))


def _is_in_heading(link: Element, within: Mapping[Element, Element]) -> bool:
    at: Element | None = link
    while at is not None:
        if str(at.tag) in ("h1", "h2", "h3", "h4", "h5", "h6", "th"):
            return True
        at = within.get(at)
    return False


def _show_picture(
    picture: Element,
    page: str,
    document: Document,
    drawings: list[Drawing],
    files: dict[str, bytes],
    site: Mapping[str, bytes],
) -> None:
    """Gives a picture the address of its bytes, and a drawing the words for whoever does not see it."""
    if "drawing" in classes(picture):
        number = int(picture.attrib.pop("data-drawing"))
        address = f"drawings/{document.id}-{number}.svg"
        files[address] = finish_drawing(drawings[number])
        picture.set("alt", f"The decision as a drawing: {document.body.title.strip()}. All of it stands below as text.")
    else:
        address = _resolve(page, picture.get("src", ""))
        files[address] = site.get(address, b"")
        picture.set("alt", picture.get("alt") or "A picture without a description")
    picture.set("src", address)


def _read_home(materials: Materials, anchors: Mapping[str, set[str]]) -> list[Markup]:
    """The text of each module, as the first page of the pack has it."""
    article = read_article(materials.site[HOME].decode(), lambda _: "")
    within = parents(article.root)
    for link in list(links(article.root)):
        _lead(link, HOME, None, article, _list_pages(materials), anchors, within)
    texts: list[str] = []
    for element in article.root:
        if element.tag == "h3":
            texts.append("")
        elif texts and "pb-list" not in classes(element):
            texts[-1] += serialise(element)
    return [Markup(text) for text in texts]


def _bind_chapters(
    materials: Materials, bound: Mapping[str, BoundDocument], texts: list[Markup]
) -> Iterator[BoundChapter]:
    seen = set[str]()
    for number, (chapter, text) in enumerate(zip(materials.contents.chapters, texts, strict=False), 1):
        names = list(dict.fromkeys(one.id for one in chapter.documents))
        own = [bound[name] for name in names if name not in seen]
        seen.update(names)
        yield BoundChapter(chapter.title, text, [bound[name] for name in names], own, number)
    if cited := [bound[one.id] for one in materials.contents.cited if one.id not in seen]:
        yield BoundChapter("Policies that the pages cite", Markup(""), cited, cited, 0)


def _list_names(documents: tuple[Document, ...]) -> list[IndexEntry]:
    """Every id, and every other name that a document is known by, in the order of letters."""
    found = [IndexEntry(one.id, one, True) for one in documents]
    found += [IndexEntry(name, one, False) for one in documents for name in (*one.body.aliases, *one.body.formerly)]
    return sorted(found, key=lambda one: (one.name.casefold(), one.document.id))


def _list_terms(materials: Materials) -> dict[str, object]:
    vocabulary = materials.readers.vocabulary
    assert vocabulary is not None
    return {"teams": vocabulary.teams, "queues": vocabulary.queues}
