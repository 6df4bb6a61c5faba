"""Plans what gives a document to another team, queue or folder, or a step to another procedure."""

from __future__ import annotations

import posixpath
import re
from collections import defaultdict
from collections.abc import Mapping
from urllib.parse import quote

from yaml.nodes import MappingNode, SequenceNode

from generator.documents import VOCABULARY, Document
from generator.documents.attachments import attachment
from generator.documents.target import Target
from generator.documents.types.sop import Sop
from generator.files.edits import TextEdit, Uneditable, apply_edits, newline_of, set_text
from generator.files.source import Source, source_of_text
from generator.findings import Keys
from generator.library.library import Library
from generator.wording import scalar

BELOW = {"owner": "status", "queue": "audience"}  # the key after which one is added that the file lacks


def set_word(source: Source, key: str, word: str) -> str:
    """The text of a document with another team or queue. Raises Uneditable."""
    node = source.node(key)
    if node is not None:
        return apply_edits(source.text, [set_text(source, node, word)])
    root = source.node()
    pairs = root.value if isinstance(root, MappingNode) and not root.flow_style else ()
    names = [BELOW[key], "owner"]
    below = next((value for name in names for found, value in pairs if found.value == name), None)
    if below is None:
        raise Uneditable(f"{source.path}: add `{key}: {word}` by hand")
    at, newline = below.end_mark.index, newline_of(source)
    return apply_edits(source.text, [TextEdit(at, at, f"{newline}{key}: {word}")])


def leave_orders(source: Source, orders: Mapping[str, list[Target]], document: Document, queue: str) -> str:
    """The vocabulary without the document in the order of any queue but its own."""
    names = {document.id, *document.body.formerly}
    edits = [
        _drop_entry(source, ("queues", name, "order"), at)
        for name, order in orders.items()
        for at, target in enumerate(order)
        if name != queue and target.id in names
    ]
    return apply_edits(source.text, edits)


def _drop_entry(source: Source, keys: Keys, at: int) -> TextEdit:
    node = source.node(*keys)
    if not isinstance(node, SequenceNode):
        raise Uneditable(f"{VOCABULARY}: take the document out of `{'.'.join(map(str, keys))}` by hand")
    entries, entry = node.value, node.value[at]
    if len(entries) == 1:
        return TextEdit(node.start_mark.index, _find_end(source, entry), "[]")
    if node.flow_style and at + 1 < len(entries):
        return TextEdit(entry.start_mark.index, entries[at + 1].start_mark.index, "")
    if node.flow_style:
        return TextEdit(entries[at - 1].end_mark.index, entry.end_mark.index, "")
    begin = source.text.rindex("\n", 0, entry.start_mark.index) + 1
    line_end = source.text.find("\n", entry.end_mark.index)
    return TextEdit(begin, len(source.text) if line_end < 0 else line_end + 1, "")


def _find_end(source: Source, entry: object) -> int:
    """The end of a list's only entry, with its bracket."""
    end = int(entry.end_mark.index)  # type: ignore[attr-defined]
    closing = re.compile(r"\s*\]").match(source.text, end)
    return closing.end() if closing else end


def move_links(library: Library, document: Document, source: Source, path: str) -> str:
    """The text of a document whose file moves to a path: its links to pictures and files lead where they led."""
    here, there = posixpath.dirname(document.path), posixpath.dirname(path)
    edits = []
    for link in library.links:
        target = attachment(document.path, link.address) if link.at.path == document.path else None
        if target is not None and here != there:
            start, end = source.span(link.at.spot)
            at = source.text.find(link.address, start, end)
            if at < 0:
                raise Uneditable(f"{document.path}: fix the address {link.address} by hand")
            tail = re.sub(r"^[^?#]*", "", link.address)
            edits.append(TextEdit(at, at + len(link.address), quote(posixpath.relpath(target, there)) + tail))
    return apply_edits(source.text, edits)


def move_step(
    library: Library, sources: Mapping[str, Source], document: Document, part: str, to: Document
) -> dict[str, str]:
    """The texts, by path, after a step went to the end of another procedure, with all that refers to it.

    What is left in its place is a step of the same name with a link to where it went. Raises Uneditable where the step
    is no block of lines, or another step counts from it.
    """
    if not isinstance(to.body, Sop):
        raise Uneditable(f"only a step moves by itself, to another SOP: move `{part}` by hand")
    texts = _lead_references(library, sources, document, part, to.id)
    texts[document.path], block = _take_step(document, source_now(document.path, texts, sources), part, to.id)
    target = source_now(to.path, texts, sources)
    texts[to.path] = apply_edits(target.text, [_append_step(target, block)])
    return texts


def begin_with_step(
    library: Library, sources: Mapping[str, Source], document: Document, part: str, new: Source
) -> dict[str, str]:
    """The texts, by path, after a step became the first one of a new procedure, whose scaffold is `new`.

    The new one has the owner, queue, severity and readers of the procedure that the step comes from. Raises Uneditable.
    """
    name = str((new.data or {})["id"])
    texts = _lead_references(library, sources, document, part, name)
    texts[document.path], block = _take_step(document, source_now(document.path, texts, sources), part, name)
    text, body = new.text, document.body
    for key, word in (("owner", body.owner), ("queue", body.queue), ("severity", body.severity)):
        if word is not None:
            text = set_word(source_of_text(new.path, text), key, word)
    scaffold = source_of_text(new.path, text)
    if (node := scaffold.node("audience")) is not None:
        text = apply_edits(text, [set_text(scaffold, node, body.audience)])
    scaffold = source_of_text(new.path, text)
    start, end, _ = _cut_step(scaffold, ("steps", 0))
    texts[new.path] = apply_edits(text, [_append_step(scaffold, block), TextEdit(start, end, "")])
    return texts


def source_now(path: str, texts: Mapping[str, str], sources: Mapping[str, Source]) -> Source:
    """A file as it is by now: the text that is planned for it, or else the one that it has."""
    return source_of_text(path, texts.get(path, sources[path].text))


def _take_step(document: Document, source: Source, part: str, to: str) -> tuple[str, str]:
    """The text of a procedure with a link in place of a step, and the lines of the step. Raises Uneditable."""
    if not isinstance(document.body, Sop):
        raise Uneditable(f"only a step moves by itself, to another SOP: move `{part}` by hand")
    step = next((one for one in document.body.steps if one.id == part), None)
    if step is None:
        raise Uneditable(f"{document.path}: `{part}` is no step: move it by hand")
    if counting := [one.id for one in document.body.steps if one.counts_from == part]:
        raise Uneditable(f"{document.path}: step `{counting[0]}` counts from `{part}`: let it count from another first")
    if len(document.body.steps) == 1:
        raise Uneditable(f"{document.path}: `{part}` is its only step: rename the procedure, or retire it")
    start, end, block = _cut_step(source, document.parts[part].keys)
    line = source.text[start : source.text.index("-", start)]
    inner, newline = " " * (len(line) + 2), newline_of(source)
    left = [f"{line}- id: {part}", f"{inner}title: {scalar(step.title)}", f"{inner}text: Go on at [[{to}#{part}]]."]
    tail = newline if source.text[start:end].endswith(("\n", newline)) else ""
    return source.text[:start] + newline.join(left) + tail + source.text[end:], block


def _lead_references(
    library: Library, sources: Mapping[str, Source], document: Document, part: str, to: str
) -> dict[str, str]:
    """The texts of the files that refer to a step of one procedure, referring to it in another, `to`."""
    edits: dict[str, list[TextEdit]] = defaultdict(list)
    for reference, found in library.resolved:
        if found is not document or reference.target.part != part:
            continue
        source = sources[reference.at.spot.path]
        old, new = reference.target.text, Target.of(to, part, reference.target.version).text
        at = source.text.find(old, *source.span(reference.at.spot))
        if at < 0:
            raise Uneditable(f"{source.path}: write `{new}` for `{old}` by hand")
        edits[source.path].append(TextEdit(at, at + len(old), new))
    return {path: apply_edits(sources[path].text, found) for path, found in edits.items()}


def _cut_step(source: Source, keys: Keys) -> tuple[int, int, str]:
    """Where the lines of a step begin and end, and the lines without the indentation of its dash."""
    steps = source.node(*keys[:-1])
    node = source.node(*keys)
    if not isinstance(steps, SequenceNode) or steps.flow_style or node is None:
        raise Uneditable(f"{source.path}: write its steps as a list with a dash for each, or move the step by hand")
    start = source.text.rindex("\n", 0, node.start_mark.index) + 1
    later = [one for one in steps.value if one.start_mark.index > node.start_mark.index]
    end = source.text.rindex("\n", 0, later[0].start_mark.index) + 1 if later else int(steps.end_mark.index)
    dash = source.text.index("-", start) - start
    lines = source.text[start:end].splitlines(keepends=True)
    return start, end, "".join(line[dash:] if line[:dash].isspace() or not dash else line for line in lines)


def _append_step(target: Source, block: str) -> TextEdit:
    """Puts the lines of a step behind the last step of a procedure."""
    steps = target.node("steps")
    if not isinstance(steps, SequenceNode) or steps.flow_style:
        raise Uneditable(f"{target.path}: write its steps as a list with a dash for each, or move the step by hand")
    at, indent = int(steps.end_mark.index), " " * steps.start_mark.column
    lines = [f"{indent}{line}" if line.strip() else line for line in block.splitlines(keepends=True)]
    before = "" if target.text[:at].endswith("\n") else newline_of(target)
    return TextEdit(at, at, before + "".join(lines))
