"""The language server: what an editor asks over standard input and output, answered from a desk."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import date
from pathlib import Path

from lsprotocol import types as lsp
from pygls.exceptions import JsonRpcInvalidParams
from pygls.lsp.server import LanguageServer
from pygls.uris import to_fs_path

from generator.analysis.renaming import UnfitName
from generator.documents import VOCABULARY, is_document
from generator.files.edits import Uneditable
from generator.files.source import Source
from generator.files.tree import find_root
from generator.findings import Finding
from generator.reports.editor.changing import fix_edit, group_by_path, rename_edit, touches, uri_of
from generator.reports.editor.completion import complete_at
from generator.reports.editor.desk import Desk
from generator.reports.editor.pointed import Pointed, Span, definition, subject_at, uses
from generator.reports.editor.positions import Ruler, range_of
from generator.reports.editor.telling import tell

PAUSE = 0.03  # seconds without a change before what changed is judged
SORTS = {
    "key": lsp.CompletionItemKind.Property,
    "word": lsp.CompletionItemKind.EnumMember,
    "document": lsp.CompletionItemKind.File,
    "part": lsp.CompletionItemKind.Reference,
    "version": lsp.CompletionItemKind.Constant,
}
WATCHED = [lsp.FileSystemWatcher(glob_pattern="**/*.{yaml,yml,md}")]


class PlaybookServer(LanguageServer):
    """The desks of the knowledge bases in which somebody is writing, and what their editor was told last."""

    def __init__(self, version: str, today: Callable[[], date]) -> None:
        # The whole text comes with each change: an editor and Python count lines differently at some characters.
        super().__init__("playbook", version, text_document_sync_kind=lsp.TextDocumentSyncKind.Full)
        self._today = today
        self._desks: dict[Path, Desk] = {}
        self._told: dict[Path, dict[str, tuple[Source | None, list[Finding]]]] = {}
        self._turns: dict[Path, int] = {}

    @property
    def encoding(self) -> str:
        """In which units the editor counts columns."""
        found = self.workspace.position_encoding
        return str(getattr(found, "value", found) or lsp.PositionEncodingKind.Utf16.value)

    def find(self, uri: str) -> tuple[Desk, str] | None:
        """The desk of a file, and its path there; None for a file outside every knowledge base."""
        name = to_fs_path(uri) if uri.startswith("file:") else None
        if name is None:
            return None
        place = Path(name)
        resolved = place.parent.resolve() / place.name
        root = next((one for one in self._desks if resolved.is_relative_to(one)), None) or find_root(resolved.parent)
        if root is None:
            return None
        desk = self._desks.setdefault(root, Desk(root, self._today))
        return desk, resolved.relative_to(root).as_posix()

    def lay(self, uri: str, text: str | None) -> Desk | None:
        """Takes note of a text in the editor; None means that it was closed."""
        found = self.find(uri)
        if found is None:
            return None
        desk, path = found
        if text is None:
            desk.buffers.pop(path, None)
        elif path == VOCABULARY or is_document(path):
            desk.buffers[path] = text
        return desk

    async def review(self, desk: Desk) -> None:
        """Judges what changed as soon as nothing changes any more, and tells it; a newer change ends it."""
        turn = self._turns[desk.root] = self._turns.get(desk.root, 0) + 1
        await asyncio.sleep(PAUSE)
        if self._turns[desk.root] != turn:
            return
        for findings in desk.judge():
            self.publish(desk, findings)
            await asyncio.sleep(0.001)
            if self._turns[desk.root] != turn:
                return

    def publish(self, desk: Desk, findings: list[Finding]) -> None:
        """Tells the findings of each file for which they, or their places, are others now."""
        by_path = group_by_path(findings)
        now = {path: (desk.sources.get(path), some) for path, some in by_path.items()}
        told = self._told.get(desk.root, {})
        for path in sorted({*now, *told}):
            before, after = told.get(path, (None, [])), now.get(path, (None, []))
            if before[0] is not after[0] or before[1] != after[1]:
                shown = [self.describe(desk, one) for one in after[1]]
                params = lsp.PublishDiagnosticsParams(uri=uri_of(desk.root, path), diagnostics=shown)
                self.text_document_publish_diagnostics(params)
        self._told[desk.root] = now

    def describe(self, desk: Desk, finding: Finding) -> lsp.Diagnostic:
        """A finding as editors show it."""
        is_error = finding.severity == "error"
        related = [
            lsp.DiagnosticRelatedInformation(
                lsp.Location(uri_of(desk.root, at.path), self.measure(desk, at.path, at)), words
            )
            for at, words in finding.related
        ]
        return lsp.Diagnostic(
            range=range_of(finding.place, desk.sources.get(finding.place.path), self.encoding),
            message=f"{finding.message}: {finding.hint}",
            severity=lsp.DiagnosticSeverity.Error if is_error else lsp.DiagnosticSeverity.Warning,
            code=finding.code,
            source="playbook",
            related_information=related or None,
        )

    def measure(self, desk: Desk, path: str, place: object) -> lsp.Range:
        return range_of(place, desk.sources.get(path), self.encoding)  # type: ignore[arg-type]

    def locate(self, desk: Desk, span: Span) -> lsp.Location:
        """The stretch of a file."""
        ruler = Ruler(desk.sources[span.path].text, self.encoding)
        return lsp.Location(uri_of(desk.root, span.path), ruler.range(span.start, span.end))

    def subject(self, uri: str, position: lsp.Position) -> tuple[Desk, Pointed] | None:
        """What somebody points at, in the text as it is now."""
        found = self.find(uri)
        if found is None:
            return None
        desk, path = found
        desk.read()
        source = desk.sources.get(path)
        subject = subject_at(desk, path, Ruler(source.text, self.encoding).offset(position)) if source else None
        return (desk, subject) if subject else None


def make_server(version: str, today: Callable[[], date] = date.today) -> PlaybookServer:
    """A server that answers what editors ask."""
    server = PlaybookServer(version, today)
    _follow_texts(server)
    _add_answers(server)
    return server


def _follow_texts(server: PlaybookServer) -> None:
    """Adds what follows the texts in the editor, and the files on disk."""

    async def take(uri: str, text: str | None) -> None:
        desk = server.lay(uri, text)
        if desk is not None:
            await server.review(desk)

    @server.feature(lsp.INITIALIZED)
    async def _(_: lsp.InitializedParams) -> None:
        watched = server.client_capabilities.workspace and server.client_capabilities.workspace.did_change_watched_files
        if watched and watched.dynamic_registration:
            options = lsp.DidChangeWatchedFilesRegistrationOptions(watchers=WATCHED)
            method = lsp.WORKSPACE_DID_CHANGE_WATCHED_FILES
            wanted = lsp.Registration(id="files", method=method, register_options=options)
            await server.client_register_capability_async(lsp.RegistrationParams(registrations=[wanted]))

    @server.feature(lsp.TEXT_DOCUMENT_DID_OPEN)
    async def _(params: lsp.DidOpenTextDocumentParams) -> None:
        await take(params.text_document.uri, params.text_document.text)

    @server.feature(lsp.TEXT_DOCUMENT_DID_CHANGE)
    async def _(params: lsp.DidChangeTextDocumentParams) -> None:
        text = server.workspace.get_text_document(params.text_document.uri).source
        await take(params.text_document.uri, text)

    @server.feature(lsp.TEXT_DOCUMENT_DID_CLOSE)
    async def _(params: lsp.DidCloseTextDocumentParams) -> None:
        await take(params.text_document.uri, None)

    @server.feature(lsp.WORKSPACE_DID_CHANGE_WATCHED_FILES)
    async def _(params: lsp.DidChangeWatchedFilesParams) -> None:
        found = [server.find(one.uri) for one in params.changes]
        for desk in {one[0].root: one[0] for one in found if one}.values():
            await server.review(desk)


def _add_answers(server: PlaybookServer) -> None:
    """Adds the answers to what an editor asks."""

    @server.feature(lsp.TEXT_DOCUMENT_COMPLETION, lsp.CompletionOptions(trigger_characters=["[", "#", "@", " "]))
    def _(params: lsp.CompletionParams) -> lsp.CompletionList:
        found = server.find(params.text_document.uri)
        text = server.workspace.get_text_document(params.text_document.uri).source
        ruler = Ruler(text, server.encoding)
        chosen = complete_at(found[0], found[1], text, ruler.offset(params.position)) if found else None
        if chosen is None:
            return lsp.CompletionList(is_incomplete=True, items=[])
        there, choices = chosen
        place = ruler.range(there.start, there.end)
        items = [
            lsp.CompletionItem(
                label=one.text.rstrip(": "),
                kind=SORTS[one.sort],
                detail=one.detail or None,
                documentation=_write(one.told) if one.told else None,
                sort_text=f"{one.rank:04}{one.text}",
                filter_text=one.text,
                text_edit=lsp.TextEdit(place, one.text.rstrip() if there.is_key else one.text),
            )
            for one in choices
        ]
        return lsp.CompletionList(is_incomplete=True, items=items)

    @server.feature(lsp.TEXT_DOCUMENT_HOVER)
    def _(params: lsp.HoverParams) -> lsp.Hover | None:
        found = server.subject(params.text_document.uri, params.position)
        words = tell(*found) if found else ""
        return lsp.Hover(_write(words), server.locate(found[0], found[1].at).range) if found and words else None

    @server.feature(lsp.TEXT_DOCUMENT_DEFINITION)
    def _(params: lsp.DefinitionParams) -> lsp.Location | None:
        found = server.subject(params.text_document.uri, params.position)
        span = definition(*found) if found else None
        return server.locate(found[0], span) if found and span else None

    @server.feature(lsp.TEXT_DOCUMENT_REFERENCES)
    def _(params: lsp.ReferenceParams) -> list[lsp.Location]:
        found = server.subject(params.text_document.uri, params.position)
        if found is None:
            return []
        own = definition(*found) if params.context.include_declaration else None
        return [server.locate(found[0], span) for span in ([own] if own else []) + uses(*found)]

    @server.feature(lsp.TEXT_DOCUMENT_PREPARE_RENAME)
    def _(params: lsp.PrepareRenameParams) -> lsp.Range | None:
        found = server.subject(params.text_document.uri, params.position)
        return server.locate(found[0], found[1].at).range if found and found[1].document else None

    @server.feature(lsp.TEXT_DOCUMENT_RENAME, lsp.RenameOptions(prepare_provider=True))
    def _(params: lsp.RenameParams) -> lsp.WorkspaceEdit | None:
        found = server.subject(params.text_document.uri, params.position)
        if found is None:
            return None
        workspace = server.client_capabilities.workspace
        known = workspace.workspace_edit.resource_operations if workspace and workspace.workspace_edit else None
        can_rename = lsp.ResourceOperationKind.Rename in (known or ())
        try:
            return rename_edit(*found, params.new_name, server.encoding, can_rename)
        except (UnfitName, Uneditable) as error:
            raise JsonRpcInvalidParams(str(error)) from None

    @server.feature(
        lsp.TEXT_DOCUMENT_CODE_ACTION, lsp.CodeActionOptions(code_action_kinds=[lsp.CodeActionKind.QuickFix])
    )
    def _(params: lsp.CodeActionParams) -> list[lsp.CodeAction]:
        found = server.find(params.text_document.uri)
        if found is None:
            return []
        desk, path = found
        desk.read()
        lines = params.range.start.line, params.range.end.line
        actions = []
        for finding in (one for one in desk.findings if one.place.path == path):
            edit = fix_edit(desk, finding, server.encoding) if touches(finding, desk.sources, *lines) else None
            if edit is not None and finding.fix is not None:
                told = server.describe(desk, finding)
                kind, is_safe = lsp.CodeActionKind.QuickFix, finding.fix.is_safe
                actions.append(
                    lsp.CodeAction(finding.hint, kind=kind, diagnostics=[told], is_preferred=is_safe, edit=edit)
                )
        return actions


def _write(text: str) -> lsp.MarkupContent:
    return lsp.MarkupContent(lsp.MarkupKind.Markdown, text)
