"""What the templates ask of the page that is being written: addresses as seen from it, its links and its prose."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, unquote

from markupsafe import Markup

from generator.documents import Document
from generator.documents.anchors import Passage, find_anchor, number_passages
from generator.documents.attachments import PLACE, attachment
from generator.documents.target import Target
from generator.documents.text import prose
from generator.library.citations import ground, version_meant
from generator.publishing.pages import emit, naming

if TYPE_CHECKING:
    from generator.publishing.pages.pages import Pages

LINKED = ("teams", "queues")  # groups of the vocabulary whose words have pages
GUARDED = (*LINKED, "vendors")  # groups whose words some readers may not see


@dataclass(frozen=True)
class PageWriter:
    """One page of a library: `at` is its Markdown file, `document` what it is about, if anything."""

    pages: Pages
    at: str
    document: Document | None = None

    def url(self, page: str, anchor: str | None = None) -> Markup:
        """The relative address of a page from the one that is being written."""
        path = "" if page == self.at and anchor else "../" * self.at.count("/") + page
        return Markup(f"{path}#{anchor}" if anchor else path)

    def link(self, document: Document, part: str | None = None, words: str | None = None) -> Markup:
        """A document, or a part of it, as a Markdown link."""
        known = part if part in document.parts else document.renamed_parts.get(part or "")
        text = prose.encode(words or self._name_target(document, known))
        return Markup(f"[{text}]({self.url(naming.page_of(document), known)})")

    def source(self, document: Document) -> Markup:
        """The address at which the YAML of a document can be edited."""
        return Markup(quote(self.pages.edition.source, safe=":/?&=%#@+,;~") + quote(document.path))

    def _name_target(self, document: Document, part: str | None) -> str:
        if part is None:
            return document.body.title
        title = document.parts[part].title
        return title if document is self.document else f"{document.body.title}: {title}"

    def refer(self, target: Target, words: str | None = None) -> Markup:
        """What a reader sees for `[[target|words]]`, or for a field; of a target that is not there its words."""
        document = self.pages.library.find(target.id)
        if document is None:
            return self._show_absent(target, words)
        if target.version and not words:
            return self.cite(target)
        return self.link(document, target.part, words)

    def _show_absent(self, target: Target, words: str | None) -> Markup:
        outside = self.pages.around.find(target.id)
        if outside is not None:
            return Markup(f'<span class="pb-outside">{prose.encode(words or outside.body.title)}</span>')
        return Markup(f'<span class="pb-missing">{prose.encode(words or "another procedure")}</span>')

    def cite(self, target: Target) -> Markup:
        """A citation with its section's number and the version that the meaning is of."""
        document = self.pages.library.find(target.id)
        if document is None:
            return self._show_absent(target, None)
        part = self.pages.library.current(target).part
        link = self.link(document, part, ground(document, part))
        if target.version is None:
            return link
        return Markup(link + f" (v{prose.encode(version_meant(document, part, target.version))})")

    def text(self, value: str, by_line: bool = False) -> Markup:
        """Prose as blocks of Markdown that are safe to publish."""
        passage = self._passages.get(value, Passage())
        level = 3 if self.document is None or self.document.body.passages() else 2
        return Markup(emit.emit(value, self, passage.anchors, passage.first_note, level, by_line))

    def line(self, value: str) -> Markup:
        """Prose as one line."""
        return Markup(emit.emit_line(value, self))

    def bullets(self, items: Iterable[str], are_tasks: bool = False) -> Markup:
        """Texts as a list; tasks have boxes to tick."""
        task = (' class="task-list-item"', emit.TASK.format("")) if are_tasks else ("", "")
        return Markup(emit.write_list([emit.emit_item(item, self) for item in items], *task))

    def instructions(self, value: str) -> Markup:
        """Prose as what is to be done, one line after the other."""
        return self.text(value, by_line=True)

    def branches(self, branches: Iterable[Any]) -> Markup:
        """Conditions as a list, each with what follows from it."""
        items = [
            f'<div class="pb-if"{emit.MARKED}>{emit.emit_item(getattr(one, "if"), self)}</div>'
            f'<div class="pb-then"{emit.MARKED}>{emit.emit_item(one.then, self)}</div>'
            for one in branches
        ]
        return Markup(emit.write_list(items, ' class="pb-branch"'))

    def examples(self, examples: Iterable[Any]) -> Markup:
        """Examples as a list, each with the side that it is on, and why."""
        items = [
            f'<div class="pb-side"><b>{"Allowed" if one.violates is None else "Violates this"}</b></div>'
            f"<div{emit.MARKED}>{emit.emit_item(one.allowed if one.violates is None else one.violates, self)}</div>"
            f'<div class="pb-hint"{emit.MARKED}>{emit.emit_item(one.why, self)}</div>'
            for one in examples
        ]
        return Markup(emit.write_list(items))

    def explained(self, answers: Iterable[Any]) -> Markup:
        """Answers as a list, each with its help below."""
        items = [
            f"<p>{prose.encode(answer.label)}</p>{emit.emit_inside(answer.help, self)}"
            if answer.help
            else prose.encode(answer.label)
            for answer in answers
        ]
        return Markup(emit.write_list(items))

    def led(self, word: str, value: str) -> Markup:
        """Prose with a word in bold before it: on its first line if that is one of words, otherwise above."""
        text = self.text(value)
        return Markup(f"**{word}**{' ' if text[:1] not in '<#!' else Markup(chr(10) * 2)}{text}")

    @cached_property
    def _passages(self) -> dict[str, Passage]:
        return number_passages(self.document) if self.document else {}

    def _spell(self, target: Target) -> str | None:
        document, part = self.pages.library.find(target.id), self.pages.library.current(target).part
        return self._name_target(document, part if part in document.parts else None) if document else None

    def resolve(self, href: str) -> str | None:
        """The address that a link or picture gets; None if it must not lead anywhere."""
        if prose.scheme(href):
            return href
        if href.startswith("#"):
            anchor = find_anchor(self.document, unquote(href[1:]), self._spell) if self.document else None
            return f"#{anchor}" if anchor else None
        path = attachment(self.document.path, href) if self.document else None
        if path not in self.pages.library.files:
            return None
        place = PLACE.search(href)
        return self.url(quote(naming.place_of_attachment(path, self.pages.edition.is_pack))) + (
            place[0] if place else ""
        )

    def name(self, group: str, word: str | None) -> str:
        """What a word is called; teams and queues are links."""
        if not word:
            return ""
        term = self.pages.term(group, word)
        if term is None:
            return "" if group in GUARDED else word
        if group not in LINKED:
            return str(term.name)
        return Markup(f"[{prose.encode(term.name)}]({self.url(f'{group}/{word}.md')})")
