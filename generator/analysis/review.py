"""Records a review: plans which citations of a document move forward, and edits nothing but those in its text."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from yaml.nodes import MappingNode, Node, SequenceNode

from generator.documents import Document
from generator.documents.days import REVIEW_AFTER, later
from generator.documents.header import Historied
from generator.documents.target import Target
from generator.documents.types.policy import Policy
from generator.documents.vocabulary import STAFF
from generator.files.edits import TextEdit, Uneditable, apply_edits, newline_of
from generator.files.source import Source
from generator.files.strict_yaml import NEWLINE
from generator.library.citations import Cited, citations
from generator.library.library import Library, link
from generator.library.pointers import Reference
from generator.library.timeline import Event, in_force, order, versions
from generator.wording import count, scalar

LANDMARK = "summary"


class Move(NamedTuple):
    """A citation that moves forward to the version in force, past these changes of meaning."""

    cited: Cited
    to: str
    changes: tuple[Event, ...]


class ReviewPlan(NamedTuple):
    """What a review does to a document; `stuck` has the citations that a person has to fix, each with the reason.

    `is_shared` is true if readers other than your own staff see the document.
    """

    document: Document
    is_shared: bool
    moves: tuple[Move, ...]
    stuck: tuple[tuple[str, str], ...]
    on: date
    review_by: date


def plan(library: Library, document: Document, on: date) -> ReviewPlan:
    """Plans which citations a review on a day moves forward, and when the next review is due."""
    moves, stuck = [], []
    for cited in citations(library):
        if cited.reference.at.source is document:
            to, why = _choose_version(cited, on)
            if why:
                stuck.append((f"{cited.target}@{cited.version}", why))
            elif order(to) > order(cited.version):
                moves.append(Move(cited, to, tuple(change for phase in cited.phases[-1:] for change in phase.changes)))
    stuck += _find_broken(library, document)
    return ReviewPlan(
        document,
        not library.may_see(document.body.audience, STAFF),
        tuple(moves),
        tuple(stuck),
        on,
        _plan_next(document, on),
    )


def _find_broken(library: Library, document: Document) -> Iterator[tuple[str, str]]:
    """The citations of what is not there, each with the reason: nobody can have read it."""
    if document.body.is_gone:
        return
    known = {cited.reference.at for cited in citations(library)}
    for reference in library.outgoing[document.path].references:
        target = reference.target
        if not reference.is_citation or reference.at in known or not target.id:
            continue
        policy = library.find(target.id)
        if policy is not None and not policy.sound:
            yield target.text, f"{policy.path} has mistakes (playbook check)"
        elif policy is None:
            yield target.text, "no policy has this id (playbook check)"
        elif isinstance(policy.body, Policy) and target.version and target.version not in versions(policy.body):
            yield target.text, f"there is no version {target.version} of it: {', '.join(versions(policy.body))}"
        else:
            yield target.text, "it cites nothing that exists (playbook check)"


def rests_on(library: Library, document: Document) -> list[str]:
    """The paths of the policies that a document cites, which its reviewer has read."""
    return sorted({cited.document.path for cited in citations(library) if cited.reference.at.source is document})


def _choose_version(cited: Cited, on: date) -> tuple[str, str]:
    """The version to move to, or why a person has to fix the citation."""
    to = in_force(cited.policy, on)
    if cited.section and cited.section not in cited.document.parts:
        last = next((phase.last for phase in cited.phases if phase.since <= on < phase.until), None)
        became = f"moved to {last.to}" if last and last.to else "is gone"
        return "", f"{cited.target} {became}: cite what it rests on now"
    if to is None or order(to) <= order(cited.version):
        return cited.version, ""
    if order(to) > order(cited.policy.version):
        return "", f"{cited.document.path} still has the text of {cited.policy.version}, but {to} is in force"
    return to, ""


def _plan_next(document: Document, on: date) -> date:
    """The day of the next review, as far away as it was at the last one."""
    body = document.body
    if body.reviewed and body.review_by and body.review_by > body.reviewed:
        return later(on, body.review_by - body.reviewed)
    return later(on, REVIEW_AFTER)


def note_of(planned: ReviewPlan, unseen: int) -> str:
    """What the history says of a review; `unseen` is how many older texts could not be shown to the reviewer."""
    if not planned.moves:
        return "Reviewed."
    note = f"Reviewed, and {count(len(planned.moves), 'citation')} moved forward"
    return f"{note}; what had changed could not be shown for {unseen} of them." if unseen else f"{note}."


def with_review(source: Source, planned: ReviewPlan, by: str, note: str) -> str:
    """The file's text with the review recorded; everything else stays the same. Raises Uneditable."""
    edits = [*_edit_citations(source, planned), *_edit_dates(source, planned), _edit_history(source, planned, by, note)]
    return apply_edits(source.text, edits)


def says(planned: ReviewPlan, library: Library, after: Document) -> bool:
    """Whether a document has just what the review plans: its dates, and each citation either moved or unchanged."""
    moved = {move.cited.reference.at: move.to for move in planned.moves}
    old = [
        (_spell_name(reference), moved.get(reference.at, reference.target.version))
        for reference in library.references
        if reference.at.source is planned.document
    ]
    new = [(_spell_name(r), r.target.version) for r in link([after], library.vocabulary, planned.on).references]
    dates = (after.body.reviewed, after.body.review_by)
    return after.sound and dates == (planned.on, planned.review_by) and new[-len(old) or len(new) :] == old


def _spell_name(reference: Reference) -> str:
    """What is referred to, by the ids that are written there."""
    return Target.parse(reference.target.text).name


def _edit_citations(source: Source, planned: ReviewPlan) -> Iterator[TextEdit]:
    for move in planned.moves:
        start, end = source.span(move.cited.reference.at.spot)
        mark = f"@{move.cited.version}"
        at = source.text.find(mark, start, end)
        if at < 0:
            line = source.place(start, end).line
            raise Uneditable(f"{source.path}:{line}: write `{move.cited.target}@{move.to}` there by hand")
        yield TextEdit(at, at + len(mark), f"@{move.to}")


def _edit_dates(source: Source, planned: ReviewPlan) -> Iterator[TextEdit]:
    missing = []
    for key, day in (("reviewed", planned.on), ("review_by", planned.review_by)):
        node = source.node(key)
        if node is None:
            missing.append(f"{key}: {day}")
        else:
            yield TextEdit(node.start_mark.index, node.end_mark.index, str(day))
    if missing:
        at, newline = _find_landmark(source), newline_of(source)
        yield TextEdit(at, at, "".join(line + newline for line in missing))


def _find_landmark(source: Source) -> int:
    """The index where lines can be added to the header: before a key that every document has."""
    root = source.node()
    for key, _ in root.value if isinstance(root, MappingNode) and not root.flow_style else ():
        if key.value == LANDMARK:
            return int(key.start_mark.index)
    raise Uneditable(f"{source.path}: write the document as lines of `key: value` first")


def _edit_history(source: Source, planned: ReviewPlan, by: str, note: str) -> TextEdit:
    """Adds an entry to the document's history; to `reviews` of a policy, whose history is that of its rules."""
    body = planned.document.body
    fields = {"on": str(planned.on), "by": scalar(by), "note": scalar(note)}
    key = "reviews"
    if isinstance(body, Historied):
        key = "history"
        fields = {"version": json.dumps(body.version)} | fields
        if planned.is_shared:
            fields["audience"] = STAFF
    return _insert_entry(source, key, fields)


def _insert_entry(source: Source, key: str, fields: dict[str, str]) -> TextEdit:
    newline, entry = (
        newline_of(source),
        "{" + ", ".join(f"{name}: {value}" for name, value in fields.items()) + "}",
    )
    node = source.node(key)
    if node is None or not node.value:
        return _append_key(source, key, f"{key}:{newline}  - {entry}{newline}", node)
    if not isinstance(node, SequenceNode):
        raise Uneditable(f"{source.path}: `{key}` must be a list")
    first = node.value[0]
    at = int(first.start_mark.index)
    if node.flow_style:
        return TextEdit(at, at, f"{entry}, ")
    if isinstance(first, MappingNode) and not first.flow_style:
        indent = newline + " " * first.start_mark.column
        entry = indent.join(f"{name}: {value}" for name, value in fields.items())
    dash = int(node.start_mark.index)
    line_start = dash - node.start_mark.column
    return TextEdit(dash, dash, f"- {entry}{newline}{source.text[line_start:dash]}")


def _append_key(source: Source, key: str, lines: str, empty: Node | None) -> TextEdit:
    """Adds a key at the end of the header, or in place of the same key without entries."""
    if empty is not None:
        root = source.node()
        at = next(int(k.start_mark.index) for k, _ in root.value if k.value == key) if root else 0
        end = NEWLINE.search(source.text, int(empty.end_mark.index))
        return TextEdit(at, end.end() if end else len(source.text), lines)
    at = len(source.text) if source.body_start is None else source.text.rindex("---", 0, source.body_start)
    before = "" if source.text[:at].endswith(("\n", "\r")) else newline_of(source)
    return TextEdit(at, at, before + lines)
