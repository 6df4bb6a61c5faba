"""What a character of a file is about: a document, a part of one, a word or a key, and every place that names it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from yaml.nodes import MappingNode

from generator.documents import VOCABULARY, Document
from generator.documents.target import Target
from generator.files.source import Source
from generator.findings import Keys, Spot
from generator.library.pointers import Reference
from generator.reports.editor.aim import AFTER, BEFORE
from generator.reports.editor.desk import Desk


class Span(NamedTuple):
    """The characters of a file from `start` up to `end`."""

    path: str
    start: int
    end: int


class Pointed(NamedTuple):
    """What a stretch of text names. A `document` may have a `part`; a `group` has a `word`; a key has `keys`.

    `cited` is the version that the text names with it.
    """

    at: Span
    document: Document | None = None
    part: str | None = None
    group: str = ""
    word: str = ""
    keys: Keys = ()
    cited: str | None = None


def subject_at(desk: Desk, path: str, offset: int) -> Pointed | None:
    """What the character at an index is about; None if it is about nothing that we know."""
    source = desk.sources.get(path)
    if source is None:
        return None
    if source.data is None:  # it cannot be read
        return _find_written(desk, source, offset)
    return _find_pointed(desk, source, offset) or _find_own(desk, source, offset) or _find_key(source, offset)


def _find_pointed(desk: Desk, source: Source, offset: int) -> Pointed | None:
    """What a reference or a word at the character names."""
    outgoing = desk.library.outgoing.get(source.path)
    if outgoing is None:
        return None
    for reference in outgoing.references:
        start, end = source.span(reference.at.spot)
        if start <= offset <= end and (document := desk.library.find(reference.target.id)):
            return _narrow(source, reference, document, start, end, offset)
    for at, word, group in outgoing.words:
        start, end = source.span(at.spot)
        if start <= offset <= end:
            return Pointed(Span(source.path, start, end), group=group, word=word)
    return None


def _narrow(source: Source, reference: Reference, document: Document, start: int, end: int, offset: int) -> Pointed:
    """The document of a reference where the cursor is at its id, or else its part."""
    written = Target.parse(reference.target.text)
    at = max(source.text.find(written.text, start, end), start)
    id_end = at + len(written.id)
    if written.part is None or offset <= id_end:
        return Pointed(Span(source.path, at, id_end), document, cited=written.version)
    part_end = id_end + 1 + len(written.part)
    return Pointed(Span(source.path, id_end + 1, part_end), document, reference.target.part, cited=written.version)


def _find_own(desk: Desk, source: Source, offset: int) -> Pointed | None:
    """The part or id of the document itself whose name is at the character."""
    document = next((one for one in desk.library.documents if one.path == source.path), None)
    for name, span in _list_own(document, source) if document else ():
        if span.start <= offset <= span.end:
            return Pointed(span, document, name)
    node = source.node("id")
    if document and node is not None and node.start_mark.index <= offset <= node.end_mark.index:
        return Pointed(Span(source.path, node.start_mark.index, node.end_mark.index), document)
    return None


def _list_own(document: Document, source: Source) -> Iterator[tuple[str, Span]]:
    """Where a document names its own parts; its definitions come first."""
    for name, keys in (*document.body.part_ids(), *document.body.part_uses()):
        if name in document.parts:
            start, end = source.span(
                Spot(source.path, keys, key=keys[-1] == name and not _is_value(source, keys, name))
            )
            at = source.text.find(name, start, end)
            if at >= 0:
                yield name, Span(source.path, at, at + len(name))


def _is_value(source: Source, keys: Keys, name: str) -> bool:
    node = source.node(*keys)
    return node is not None and node.value == name


def _find_written(desk: Desk, source: Source, offset: int) -> Pointed | None:
    """What the word at the character names, as it is written."""
    start = BEFORE.search(source.text, 0, offset).start()  # type: ignore[union-attr]
    end = AFTER.match(source.text, offset).end()  # type: ignore[union-attr]
    target = Target.parse(source.text[start:end].strip("."))
    document = desk.library.find(target.id) if target.id else None
    if document is None:
        return None
    part = target.part if target.part in document.parts else None
    return Pointed(Span(source.path, start, end), document, part, cited=target.version)


def _find_key(source: Source, offset: int) -> Pointed | None:
    """The key at the character."""
    node, keys = source.node(), list[str | int]()
    while node is not None:
        if isinstance(node, MappingNode):
            for name, value in node.value:
                if name.start_mark.index <= offset <= name.end_mark.index:
                    span = Span(source.path, name.start_mark.index, name.end_mark.index)
                    return Pointed(span, keys=(*keys, str(name.value)))
                if value.start_mark.index <= offset <= value.end_mark.index:
                    keys.append(str(name.value))
                    node = value
                    break
            else:
                return None
        elif isinstance(node.value, list):
            inside = [n for n, one in enumerate(node.value) if one.start_mark.index <= offset <= one.end_mark.index]
            if not inside:
                return None
            keys.append(inside[-1])
            node = node.value[inside[-1]]
        else:
            return None
    return None


def definition(desk: Desk, subject: Pointed) -> Span | None:
    """Where a subject is defined; None if that cannot be found."""
    if subject.word:
        return _locate(desk, Spot(VOCABULARY, (subject.group, subject.word), key=True))
    document = subject.document
    if document is None:
        return None
    if subject.part is None or subject.part not in document.parts:
        return _locate(desk, Spot(document.path, ("id",)))
    own = (span for name, span in _list_own(document, desk.sources[document.path]) if name == subject.part)
    return next(own, None) or _locate(desk, Spot(document.path, document.parts[subject.part].keys))


def uses(desk: Desk, subject: Pointed) -> list[Span]:
    """Every place that names a subject, other than its definition."""
    if subject.word:
        spots = [one.at.spot for one in desk.library.words if (one.group, one.word) == (subject.group, subject.word)]
        return [span for spot in spots if (span := _locate(desk, spot))]
    document, found = subject.document, []
    if document is None:
        return []
    for reference, target in desk.library.resolved:
        if target is document and subject.part in (None, reference.target.part):
            span = _locate(desk, reference.at.spot)
            found += [span] if span else []
    if subject.part is not None:
        own = [span for name, span in _list_own(document, desk.sources[document.path]) if name == subject.part]
        found += own[1:]
    return found


def _locate(desk: Desk, spot: Spot) -> Span | None:
    source = desk.sources.get(spot.path)
    return Span(spot.path, *source.span(spot)) if source is not None else None
