"""In goes a library and what differs between a site and a pack, out comes all that the templates of pages ask for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from urllib.parse import quote

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from generator.decisions.graph import Graph
from generator.documents import Document, kinds
from generator.documents.text import prose, template
from generator.documents.types.page import picture
from generator.documents.vocabulary import Vocabulary
from generator.findings import Finding
from generator.library.citations import ground
from generator.library.freshness import Break, Freshness, freshness, moved_on
from generator.library.library import Library, Reference
from generator.library.packing import Contents
from generator.library.timeline import events
from generator.publishing.pages import composer, naming, walker
from generator.publishing.pages.drawing import draw


@dataclass(frozen=True)
class Edition:
    """What differs between a site and a pack.

    `source` is the address below which the YAML can be edited, empty for readers who must not see it.
    `contents` makes it a pack, and `beyond` is all that its readers could see, of which the pack is a part.
    `findings` are shown on the pages that they concern, by path; of the `faulty` paths a page says only that there are
    mistakes.
    """

    title: str
    source: str = ""
    pack: Document | None = None
    contents: Contents | None = None
    beyond: Library | None = None
    findings: Mapping[str, list[Finding]] = field(default_factory=dict)
    faulty: frozenset[str] = frozenset()
    dated: bool = True


class Pages:
    """Everything that the templates ask for; `at` is the page that is being written."""

    def __init__(self, library: Library, edition: Edition) -> None:
        assert library.vocabulary is not None
        self.library = library
        self.vocabulary: Vocabulary = library.vocabulary
        self.edition = edition
        self.at = ""
        self.subject: Document | None = None
        self.environment = _environment(self)

    # -- where things are

    def url(self, page: str, anchor: str | None = None) -> Markup:
        """The relative address of a page from the one that is being written."""
        path = "" if page == self.at and anchor else "../" * self.at.count("/") + page
        return Markup(f"{path}#{quote(anchor)}" if anchor else path)

    def link(self, document: Document, part: str | None = None, words: str | None = None) -> Markup:
        """A document, or a part of it, as a Markdown link."""
        known = part if part in document.parts else None
        text = prose.encode(words or self._title(document, known))
        return Markup(f"[{text}]({self.url(naming.page_of(document), known)})")

    def source(self, document: Document) -> Markup:
        """The address at which the YAML of a document can be edited."""
        return Markup(quote(self.edition.source, safe=":/?&=%#@+,;~") + quote(document.path))

    def href(self, document: Document, part: str | None = None) -> Markup:
        """The address of a document's finished page, for use within HTML."""
        up = "../" * (
            self.at.removesuffix("index.md").removesuffix(".md").count("/") + (not self.at.endswith("index.md"))
        )
        return Markup(up + naming.address_of(document) + (f"#{quote(part)}" if part else ""))

    def _title(self, document: Document, part: str | None) -> str:
        if part is None:
            return document.body.title
        title = document.parts[part].title
        return title if document is self.subject else f"{document.body.title}: {title}"

    def refer(self, target: str, words: str | None = None) -> Markup:
        """What stands for `[[target|words]]`, or for a field; a target that is not there leaves its words."""
        name, part, version = prose.split_target(target) or ("", None, None)
        document = self.library.find(name)
        if document is None:
            return self._absent(name, words)
        if version and not words:
            return self.cite(target)
        return self.link(document, part, words)

    def _absent(self, name: str, words: str | None) -> Markup:
        outside = self.edition.beyond.find(name) if self.edition.beyond else None
        if outside is not None:
            return Markup(f'<span class="pb-outside">{prose.encode(words or outside.body.title)}</span>')
        return Markup(f'<span class="pb-missing">{prose.encode(words or "another procedure")}</span>')

    def cite(self, target: str) -> Markup:
        """A citation with its section's number and the version that was read."""
        name, part, version = prose.split_target(target) or ("", None, None)
        document = self.library.find(name)
        if document is None:
            return self._absent(name, None)
        link = self.link(document, part, ground(document, part))
        return Markup(link + f" (v{prose.encode(version)})") if version else link

    def text(self, value: str) -> Markup:
        """Prose as Markdown that is safe to publish."""
        return Markup(prose.publish(value.strip("\n"), self.refer, self._address))

    def _address(self, href: str) -> str | None:
        if prose.scheme(href):
            return href
        if href.startswith("#"):
            known = self.subject is not None and href[1:] in self.subject.parts
            return href if known else None
        path = picture(self.subject.path, href) if self.subject else None
        return self.url(quote(naming.place_of_picture(path))) if path in self.library.files else None

    # -- words of the vocabulary

    def term(self, group: str, word: str) -> Any:
        """A word's entry in the vocabulary; None where this reader has none."""
        return self.vocabulary.terms(group).get(word)

    def name(self, group: str, word: str | None) -> str:
        """What a word is called; teams and queues are links."""
        if not word:
            return ""
        term = self.term(group, word)
        if term is None:
            return "" if group in ("teams", "queues", "vendors") else word
        is_linked = group in ("teams", "queues")
        return Markup(f"[{prose.encode(term.name)}]({self.url(f'{group}/{word}.md')})") if is_linked else term.name

    # -- lists

    @cached_property
    def by_kind(self) -> dict[str, list[Document]]:
        found: dict[str, list[Document]] = defaultdict(list)
        for document in sorted(self.library.documents, key=lambda d: d.body.title.lower()):
            found[document.kind.name].append(document)
        return found

    def listed(self, kind: str, **wanted: str | None) -> list[Document]:
        """The documents of a kind, without those that are gone, by title."""
        return [
            document
            for document in self.by_kind.get(kind, ())
            if not document.body.is_gone
            and all(getattr(document.body, name) == value for name, value in wanted.items())
        ]

    def ordered(self, queue: str) -> list[Document]:
        """The SOPs of a queue: first those that its owner put in order."""
        order = self.vocabulary.queues[queue].order
        place = {name: index for index, name in enumerate(order)}
        return sorted(self.listed("sop", queue=queue), key=lambda d: place.get(d.id, len(place)))

    def used_by(self, document: Document) -> list[tuple[Document, list[Reference]]]:
        """Who refers to a document, each with its references, by type and title."""
        names = [document.id, *document.body.formerly]
        found: dict[str, tuple[Document, list[Reference]]] = {}
        for reference in (reference for name in names for reference in self.library.backlinks.get(name, ())):
            source = reference.at.source
            if source is not None and source is not document:
                found.setdefault(source.path, (source, []))[1].append(reference)
        return sorted(found.values(), key=lambda pair: (pair[0].kind.name, pair[0].body.title))

    def cited_by(self, policy: Document, section: str) -> list[Document]:
        """Who cites a section of a policy, by type and title."""
        return [
            source
            for source, references in self.used_by(policy)
            if any(reference.part == section for reference in references)
        ]

    @cached_property
    def changes(self) -> list[tuple[Document, Any]]:
        """The latest changes of all documents, newest first."""
        dated = [
            (document, entry)
            for document in self.library.documents
            for entry in getattr(document.body, "history", ())
            if naming.day_of(entry) <= self.library.today
        ]
        return sorted(dated, key=lambda pair: (naming.day_of(pair[1]), pair[0].id), reverse=True)

    @cached_property
    def freshness(self) -> dict[str, Freshness]:
        """Until when each document can be trusted, by path; a pack's policies may lie beyond it."""
        return freshness(self.edition.beyond or self.library)

    @cached_property
    def moved_on(self) -> dict[str, list[Break]]:
        """What becomes of what is cited, by the citation as it is written."""
        return moved_on(self.edition.beyond or self.library)

    @cached_property
    def graphs(self) -> dict[str, Graph]:
        """The ways of each sound decision, by path."""
        return {document.path: graph for document, _, graph in self.library.decisions}

    def walkable(self, document: Document) -> Graph | None:
        """The ways of a decision that somebody may walk on its page; None where it is the page alone."""
        graph = self.graphs.get(document.path)
        return graph if graph and graph.is_whole and not document.body.is_gone else None

    def drawing(self, document: Document) -> Markup:
        """The drawing of a decision; empty where it cannot be drawn."""
        graph = self.graphs.get(document.path)
        return Markup(draw(graph) if graph else "")

    # -- writing

    def write(self, page: str, name: str, subject: Document | None = None, **values: Any) -> str:
        """One page from its template."""
        self.at, self.subject = page, subject
        return self.environment.get_template(name).render(values | {"document": subject})


def _shown(value: Any) -> Any:
    """What a template prints: a text as it was typed, unless it is Markup, which only what makes Markdown gives."""
    return Markup(prose.encode(value)) if isinstance(value, str) and not isinstance(value, Markup) else value


def _lines(text: str) -> Markup:
    """A text of several lines, as it was typed."""
    return Markup("<br>").join(_shown(line) for line in text.split("\n"))


def _environment(pages: Pages) -> Environment:
    """Templates print Markdown, and every text in it as it was typed; only `text` and `cite` read Markdown."""
    environment = Environment(
        loader=FileSystemLoader(naming.TEMPLATES),
        undefined=StrictUndefined,
        autoescape=True,
        finalize=_shown,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
    )
    for name in ("e", "escape", "safe", "forceescape"):  # they would spare a text the one way to be shown
        del environment.filters[name]
    environment.filters.update(text=pages.text, lines=_lines, cite=pages.cite, day=naming.day, duration=naming.duration)
    environment.policies["json.dumps_kwargs"] = {"separators": (",", ":")}
    environment.globals.update(
        pages=pages,
        edition=pages.edition,
        library=pages.library,
        vocabulary=pages.vocabulary,
        today=pages.library.today,
        kinds=kinds(),
        head=lambda *words: Markup(naming.head(*words)),
        page_of=naming.page_of,
        day_of=naming.day_of,
        pieces=template.pieces,
        ways=walker.ways,
        way_of=walker.way_of,
        tabs=composer.tabs,
        direction=composer.direction,
        field_words=composer.words,
        events=events,
    )
    return environment
