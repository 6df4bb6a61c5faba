"""Edits as an editor makes them: quick fixes of findings, and a new id everywhere."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from lsprotocol.types import (
    OptionalVersionedTextDocumentIdentifier,
    RenameFile,
    RenameFileOptions,
    TextDocumentEdit,
    TextEdit,
    WorkspaceEdit,
)

from generator.analysis.renaming import Rewrite, UnfitName, plan_rename
from generator.files.edits import Uneditable
from generator.files.source import Source
from generator.findings import Finding
from generator.reports.editor.desk import Desk
from generator.reports.editor.pointed import Pointed
from generator.reports.editor.positions import Ruler, range_of


def uri_of(root: Path, path: str) -> str:
    """The address by which an editor knows a file."""
    return (root / path).as_uri()


def fix_edit(desk: Desk, finding: Finding, encoding: str) -> WorkspaceEdit | None:
    """The edits of a finding; None if it has none, or a file of theirs is another by now."""
    edits: dict[str, list[TextEdit]] = {}
    for edit in dict.fromkeys(finding.fix.edits) if finding.fix else ():
        source = desk.sources.get(edit.place.path)
        if source is None or not desk.is_current(finding, edit.place.path):
            return None
        place = range_of(edit.place, source, encoding)
        edits.setdefault(uri_of(desk.root, edit.place.path), []).append(TextEdit(place, edit.text))
    return WorkspaceEdit(changes=edits) if edits else None


def rename_edit(desk: Desk, subject: Pointed, new: str, encoding: str, can_rename_files: bool) -> WorkspaceEdit:
    """What gives a document or part another id. Raises UnfitName and Uneditable."""
    document = subject.document
    if document is None:
        raise UnfitName("only documents and their parts can be renamed here")
    if not document.sound:
        raise UnfitName(f"{document.path} has format errors: fix them first")
    if document.id in desk.library.ambiguous:
        raise UnfitName(f"several documents have the id {document.id}: fix that first")
    if subject.part is not None and subject.part not in document.parts:
        raise UnfitName(f"{document.id} has no part {subject.part}")
    source = desk.sources[document.path]
    rewrite = plan_rename(desk.tree, desk.today, desk.library, document, source, subject.part, new)
    if rewrite.moved and not can_rename_files:
        raise Uneditable(f"this editor cannot rename files: run playbook rename {document.id} {new}")
    return WorkspaceEdit(document_changes=list(_list_changes(desk, rewrite, encoding)))


def _list_changes(desk: Desk, rewrite: Rewrite, encoding: str) -> Iterator[TextDocumentEdit | RenameFile]:
    """The edits of each file under the name that it has, then the new names."""
    for path, text in rewrite.texts.items():
        former = rewrite.moved.get(path, path)
        edits = list(line_edits(desk.sources[former].text, text, encoding))
        if edits:
            name = OptionalVersionedTextDocumentIdentifier(uri=uri_of(desk.root, former), version=None)
            yield TextDocumentEdit(text_document=name, edits=[*edits])
    for path, former in rewrite.moved.items():
        options = RenameFileOptions(overwrite=False, ignore_if_exists=False)
        yield RenameFile(old_uri=uri_of(desk.root, former), new_uri=uri_of(desk.root, path), options=options)


def line_edits(before: str, after: str, encoding: str) -> Iterator[TextEdit]:
    """The edits that make one text of another, line by line."""
    ruler = Ruler(before, encoding)
    old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
    starts = [0]
    for line in old:
        starts.append(starts[-1] + len(line))
    for tag, first, last, begin, end in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag != "equal":
            yield TextEdit(ruler.range(starts[first], starts[last]), "".join(new[begin:end]))


def group_by_path(findings: Iterable[Finding]) -> dict[str, list[Finding]]:
    """Findings by file, at each of their places."""
    found: dict[str, list[Finding]] = {}
    for finding in findings:
        for one in finding.apart():
            found.setdefault(one.place.path, []).append(one)
    return found


def touches(finding: Finding, sources: Mapping[str, Source], first: int, last: int) -> bool:
    """Whether a finding is on one of the lines from `first` to `last`, which count from 0."""
    return finding.place.path in sources and finding.place.line - 1 <= last and finding.place.end_line - 1 >= first
