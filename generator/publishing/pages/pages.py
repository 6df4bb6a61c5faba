"""Gives the templates what they ask of a library, and renders pages from them."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from functools import cached_property, partial
from typing import Any

from jinja2 import Environment, pass_context
from jinja2.runtime import Context
from markupsafe import Markup

from generator.analysis.health import Due
from generator.decisions.graph import Graph
from generator.documents import Document, Kind, kinds
from generator.documents.deadlines import deadlines
from generator.documents.target import Target
from generator.documents.terms import DAYS
from generator.documents.text import prose
from generator.documents.text.plain import plain_text
from generator.documents.vocabulary import Vocabulary
from generator.files.templates import open_templates
from generator.library.freshness import Break, Freshness, freshness, moved_on
from generator.library.library import Library
from generator.library.pointers import Reference
from generator.library.timeline import coming_changes, last_change
from generator.publishing.pages import composer, naming, walker
from generator.publishing.pages.changes import changed_parts, changes, first_day
from generator.publishing.pages.drawing import draw
from generator.publishing.pages.edition import Edition
from generator.publishing.pages.feeds import place_of_feed
from generator.publishing.pages.page_writer import PageWriter
from generator.publishing.pages.rows import (
    Urgency,
    first_answer,
    languages_of,
    most_urgent,
    next_day,
    signs_of,
    urgencies,
)
from generator.publishing.pages.translated_policy import translated_policy

REVIEWS = 12
DUE = 6  # of each team on the desk, and of all teams where none is chosen
CODE = re.compile("`([^`]+)`")
FEW = 7  # words of a text that is folded
CLAUSE = re.compile(r"[.,:;(](?=\s)|\s[(–—]|[.:;]$")


class Pages:
    """What the templates ask of a library, whatever page it is for.

    `around` is all that the readers could see: a pack may cite what is not in it.
    """

    def __init__(self, library: Library, edition: Edition) -> None:
        assert library.vocabulary is not None
        self.library = library
        self.vocabulary: Vocabulary = library.vocabulary
        self.edition = edition
        self.around = edition.packed.view if edition.packed else library
        self.environment = _make_environment(self)

    def term(self, group: str, word: str) -> Any:
        """A word's entry in the vocabulary; None where this reader has none."""
        return self.vocabulary.terms(group).get(word)

    @cached_property
    def report_place(self) -> str:
        """Where this reader's reports of mistakes go: of those that they may know, the most internal; may be empty."""
        places = sorted(self.vocabulary.report, key=lambda one: self.vocabulary.rank(one.audience))
        return places[-1].to if places else ""

    @cached_property
    def by_kind(self) -> dict[str, list[Document]]:
        found: dict[str, list[Document]] = defaultdict(list)
        for document in sorted(self.library.documents, key=self._place):
            found[document.kind.name].append(document)
        return found

    @cached_property
    def _places(self) -> dict[tuple[str, str], int]:
        """Where the owner of a queue puts a document, by the queue and the document's id."""
        queues = self.vocabulary.queues.items()
        return {(word, self._name_now(target)): at for word, queue in queues for at, target in enumerate(queue.order)}

    def _name_now(self, target: Target) -> str:
        document = self.library.find(target.id)
        return document.id if document else target.id

    def _place(self, document: Document) -> tuple[int, int, str]:
        """Queues in the order of the vocabulary; in each, first what its owner put in order, the rest by title."""
        queue = document.body.queue or ""
        at = self._queue_places.get(queue, len(self._queue_places))
        return at, self._places.get((queue, document.id), len(self._places)), document.body.title.lower()

    @cached_property
    def _queue_places(self) -> dict[str, int]:
        return {word: at for at, word in enumerate(self.vocabulary.queues)}

    def listed(self, kind: str, **wanted: str | None) -> list[Document]:
        """The documents of a kind, without those that are gone, in the order of their queues."""
        return [
            document
            for document in self.by_kind.get(kind, ())
            if not document.body.is_gone
            and all(getattr(document.body, name) == value for name, value in wanted.items())
        ]

    def queued(self, queue: str) -> list[tuple[Kind, list[Document]]]:
        """The documents of a queue by their types: first those that its owner put in order."""
        found = [(kind, self.listed(kind.name, queue=queue)) for kind in kinds().values() if kind.is_casework]
        return [(kind, some) for kind, some in found if some]

    def urgency(self, queue: str) -> Urgency:
        """The most urgent first answer of a queue."""
        return most_urgent(self.listed("sop", queue=queue), self.vocabulary)

    @cached_property
    def paged_first(self) -> list[Document]:
        """The procedures whose severity has somebody paged before anything is read."""
        severities = self.vocabulary.severities
        first = {word for word, term in severities.items() if term.page_first}
        return [document for document in self.listed("sop") if document.body.severity in first]

    @cached_property
    def due(self) -> list[tuple[Due, bool]]:
        """What each team has to work on next, by day; and whether that is among the first of all teams."""
        known = [(document, self.freshness.get(document.path)) for document in self.library.documents]
        active = [(one, state) for one, state in known if state and one.body.status == "active"]
        days = [Due(day, document) for document, state in active if (day := next_day(state))]
        by_team: dict[str, list[Due]] = defaultdict(list)
        for one in sorted(days, key=lambda due: (due.day, due.document.id)):
            by_team[one.document.body.owner].append(one)
        found = sorted(
            (one for some in by_team.values() for one in some[:DUE]), key=lambda due: (due.day, due.document.id)
        )
        return [(one, at < DUE) for at, one in enumerate(found)]

    def owned_by(self, team: str) -> list[tuple[Kind, list[Document]]]:
        """The documents of a team that are in use, by type."""
        found = [(kind, self.listed(kind.name, owner=team)) for kind in kinds().values()]
        return [(kind, some) for kind, some in found if some]

    def next_reviews(self, team: str) -> list[Document]:
        """The documents of a team that are due for review, soonest first; a few of them."""
        owned = [d for d in self.library.documents if d.body.owner == team and d.body.status == "active"]
        return sorted((d for d in owned if d.body.review_by), key=lambda d: d.body.review_by or date.max)[:REVIEWS]

    def shelves(self, kind: str) -> list[tuple[str | None, list[Document]]]:
        """The documents of a type that are in use, by queue; last, under None, those of no queue that readers know."""
        found, known = self.listed(kind), self.vocabulary.queues
        by_queue = [(queue, [d for d in found if d.body.queue == queue]) for queue in known]
        return [
            (queue, some)
            for queue, some in (*by_queue, (None, [d for d in found if d.body.queue not in known]))
            if some
        ]

    def used_by(self, document: Document) -> list[tuple[Document, list[Reference]]]:
        """Who refers to a document, each with its references, by type and title."""
        names = [document.id, *document.body.formerly]
        found: dict[str, tuple[Document, list[Reference]]] = {}
        for reference in (reference for name in names for reference in self.library.backlinks.get(name, ())):
            source = reference.at.source
            if source is not None and source is not document:
                found.setdefault(source.path, (source, []))[1].append(reference)
        return sorted(found.values(), key=lambda pair: (pair[0].kind.name, pair[0].body.title))

    def queues_with(self, document: Document) -> list[str]:
        """The queues that list a document in their `order`."""
        names = {document.id, *document.body.formerly}
        return [word for word, term in self.vocabulary.queues.items() if any(one.id in names for one in term.order)]

    def cited_by(self, policy: Document, section: str) -> list[tuple[Kind, list[Document]]]:
        """Who cites a section of a policy, by type, in the order of titles."""
        citing = [
            source
            for source, references in self.used_by(policy)
            if any(reference.target.part == section for reference in references)
        ]
        found = [(kind, [source for source in citing if source.kind is kind]) for kind in kinds().values()]
        return [(kind, some) for kind, some in found if some]

    @cached_property
    def changes(self) -> list[tuple[Document, Any]]:
        """The latest changes of all documents, newest first."""
        return changes(self.library, is_timeless=self.edition.is_pack)

    def changes_in(self, queue: str) -> list[tuple[Document, Any]]:
        """The latest changes of a queue's documents, newest first."""
        return [pair for pair in self.changes if pair[0].body.queue == queue]

    @cached_property
    def freshness(self) -> dict[str, Freshness]:
        """Until when each document can be trusted, by path; a pack's policies may lie beyond it."""
        return freshness(self.around)

    @cached_property
    def moved_on(self) -> dict[Target, list[Break]]:
        """What becomes of what is cited, by what the citation names."""
        return moved_on(self.around)

    @cached_property
    def graphs(self) -> dict[str, Graph]:
        """The ways of each sound decision, by path."""
        return {document.path: graph for document, _, graph in self.library.decisions}

    def walkable(self, document: Document) -> Graph | None:
        """The ways of a decision that somebody may walk on its page; None where it is the page alone."""
        graph = self.graphs.get(document.path)
        return graph if graph and graph.is_whole and not document.body.is_gone else None

    def wanted(self, document: Document) -> dict[str, str]:
        """What the questions of a decision take that are not answered by choosing one answer, by their ids."""
        graph = self.graphs.get(document.path)
        return {name: reader.wanted for name, reader in graph.readers.items()} if graph else {}

    def drawing(self, document: Document) -> Markup:
        """The drawing of a decision; empty where it cannot be drawn."""
        graph = self.graphs.get(document.path)
        return Markup(draw(graph) if graph else "")

    def write(self, page: str, name: str, subject: Document | None = None, **values: Any) -> str:
        """One page from its template."""
        writer = PageWriter(self, page, subject)
        return self.environment.get_template(name).render(values | {"page": writer, "document": subject})


@pass_context
def _read_prose(context: Context, value: str) -> Markup:
    writer: PageWriter = context["page"]
    return writer.text(value)


@pass_context
def _read_line(context: Context, value: str) -> Markup:
    writer: PageWriter = context["page"]
    return writer.line(value)


@pass_context
def _write_citation(context: Context, value: Target) -> Markup:
    writer: PageWriter = context["page"]
    return writer.cite(value)


def _show_as_typed(value: Any) -> Any:
    """What a template prints: a text as it was typed, unless it is Markup, which only what makes Markdown gives."""
    if isinstance(value, Target):
        value = value.text
    return Markup(prose.encode(value)) if isinstance(value, str) and not isinstance(value, Markup) else value


def _mark_code(text: str) -> Markup:
    """A message, in which what stands between backticks is code; as typed where it quotes a backtick."""
    if text.count("`") % 2:
        return Markup(prose.encode(text))
    pieces = (prose.encode(piece) for piece in CODE.split(text))
    return Markup("".join(f"<code>{piece}</code>" if at % 2 else piece for at, piece in enumerate(pieces)))


def _show_lines(text: str) -> Markup:
    """A text of several lines, as it was typed."""
    return Markup("<br>").join(_show_as_typed(line) for line in text.split("\n"))


def _write_head(pages: Pages, title: str, *hidden: str, summary: str = "") -> Markup:
    return Markup(naming.head(title, *hidden, summary=plain_text(summary, pages.library.find)))


def _shorten(pages: Pages, texts: Iterable[str]) -> str:
    """The first words of each text, for a list that is folded."""
    starts = (CLAUSE.split(plain_text(text, pages.library.find), maxsplit=1)[0].split() for text in texts)
    return " · ".join(" ".join(words[:FEW]) + ("…" if len(words) > FEW else "") for words in starts)


def _write_calendar(pages: Pages) -> str:
    """The days off of this year and the next, for the scripts that count business days; 0 is Sunday.

    A pack is the same on whichever day it is built, so it has only the days that the vocabulary names itself.
    """
    calendar, year = pages.vocabulary.calendar, pages.library.today.year
    weekend = sorted((DAYS.index(day) + 1) % 7 for day in calendar.weekend)
    days = calendar.closed if pages.edition.is_pack else calendar.days_off((year, year + 1))
    closed = [day.isoformat() for day in days]
    return json.dumps({"weekend": weekend, "closed": closed}, separators=(",", ":"))


def _make_environment(pages: Pages) -> Environment:
    """Templates print Markdown, and every text in it as it was typed; only `text` and `cite` read Markdown."""
    environment = open_templates(naming.TEMPLATES, finalize=_show_as_typed, auto_reload=False)
    for name in ("e", "escape", "safe", "forceescape"):  # they would spare a text the one way to be shown
        del environment.filters[name]
    environment.filters.update(
        text=_read_prose,
        line=_read_line,
        lines=_show_lines,
        cite=_write_citation,
        day=naming.day,
        duration=naming.duration,
        brief=naming.brief,
        code=_mark_code,
        in_short=partial(_shorten, pages),
    )
    environment.policies["json.dumps_kwargs"] = {"separators": (",", ":")}
    environment.globals.update(
        pages=pages,
        edition=pages.edition,
        library=pages.library,
        vocabulary=pages.vocabulary,
        calendar=_write_calendar(pages),
        today=pages.library.today,
        kinds=kinds(),
        head=partial(_write_head, pages),
        page_of=naming.page_of,
        day_of=naming.day_of,
        first_answer=first_answer,
        deadlines=deadlines,
        languages_of=languages_of,
        signs_of=signs_of,
        urgencies=urgencies,
        composer=composer.composer,
        blank_words=composer.blank_words,
        country_words=composer.country_words,
        apart=composer.apart,
        speaking=composer.speaking,
        translated_words=composer.translated_words,
        ways=walker.ways,
        way_of=walker.way_of,
        last_change=last_change,
        translated_policy=translated_policy,
        coming_changes=coming_changes,
        changed_parts=changed_parts,
        first_day=first_day,
        place_of_feed=place_of_feed,
    )
    return environment
