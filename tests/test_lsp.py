"""A session of an editor with `playbook lsp`, over standard input and output, as an editor has it."""

from __future__ import annotations

import json
import random
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from queue import Empty, Queue
from threading import Thread
from typing import Any

import pytest
from conftest import Play, output_of
from knowledge import AS_OF, FILES, MACRO, SOP, TODAY, TREE, put, write

from generator import DISTRIBUTION
from generator.files.tree import Folder, Overlay

pytest.importorskip("pygls")
from generator.reports.editor.completion import complete_at
from generator.reports.editor.desk import Desk
from generator.reports.editor.pointed import definition, subject_at, uses
from generator.reports.editor.positions import Ruler
from generator.reports.editor.telling import tell

SOPS, MACROS = "sops/restore-account.yaml", "macros/account-restored.yaml"
TREES, POLICIES = "decision_trees/account-takeover.yaml", "content/policies/account-integrity.yaml"
PATIENCE = 30  # seconds, on a busy machine


class Editor:
    """A client of the protocol: it opens and changes texts, asks, and keeps what it was told."""

    def __init__(self, root: Path) -> None:
        self.root = root
        command = [sys.executable, "-m", "generator", "lsp", "--as-of", AS_OF]
        here = Path(__file__).parents[1]
        self.server = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=here)
        self.answers: dict[int, dict[str, Any]] = {}
        self.told: dict[str, list[dict[str, Any]]] = {}
        self.messages: Queue[dict[str, Any]] = Queue()
        self.number, self.version = 0, 1
        self.texts: dict[str, str] = {}
        Thread(target=self._listen, daemon=True).start()
        can = {"workspace": {"workspaceEdit": {"documentChanges": True, "resourceOperations": ["rename"]}}}
        self.can = self.ask("initialize", {"processId": None, "rootUri": root.as_uri(), "capabilities": can})
        self.tell("initialized", {})

    def _listen(self) -> None:
        stream = self.server.stdout
        assert stream is not None
        while header := stream.readline():
            length = int(header.split(b":")[1])
            while stream.readline().strip():
                pass
            self.messages.put(json.loads(stream.read(length)))

    def _send(self, message: dict[str, Any]) -> None:
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        assert self.server.stdin is not None
        self.server.stdin.write(b"Content-Length: %d\r\n\r\n" % len(body) + body)
        self.server.stdin.flush()

    def tell(self, method: str, params: Any) -> None:
        self._send({"method": method, "params": params})

    def ask(self, method: str, params: Any) -> Any:
        answer = self.request(method, params)
        assert "error" not in answer, answer["error"]
        return answer["result"]

    def request(self, method: str, params: Any) -> dict[str, Any]:
        self.number += 1
        wanted = self.number
        self._send({"id": wanted, "method": method, "params": params})
        self.wait(lambda: wanted in self.answers)
        return self.answers.pop(wanted)

    def wait(self, is_done: Any) -> None:
        """Takes messages until something is so."""
        end = time.monotonic() + PATIENCE
        while not is_done():
            try:
                self.take(max(0.01, end - time.monotonic()))
            except Empty:
                raise AssertionError(f"waited in vain; told so far: {self.told}") from None

    def take(self, patience: float) -> None:
        message = self.messages.get(timeout=patience)
        if message.get("method") == "textDocument/publishDiagnostics":
            path = Path(message["params"]["uri"].removeprefix("file://")).relative_to(self.root).as_posix()
            self.told[path] = message["params"]["diagnostics"]
        elif "id" in message and "method" not in message:
            self.answers[message["id"]] = message

    def uri(self, path: str) -> str:
        return (self.root / path).as_uri()

    def open(self, path: str, text: str | None = None) -> None:
        self.texts[path] = (self.root / path).read_bytes().decode() if text is None else text
        item = {"uri": self.uri(path), "languageId": "yaml", "version": 1, "text": self.texts[path]}
        self.tell("textDocument/didOpen", {"textDocument": item})

    def type(self, path: str, text: str) -> None:
        self.texts[path] = text
        self.version += 1
        name = {"uri": self.uri(path), "version": self.version}
        self.tell("textDocument/didChange", {"textDocument": name, "contentChanges": [{"text": text}]})

    def close(self, path: str) -> None:
        self.tell("textDocument/didClose", {"textDocument": {"uri": self.uri(path)}})

    def codes(self, path: str) -> list[str]:
        return [one["code"] for one in self.told.get(path, [])]

    def expect(self, path: str, *codes: str) -> list[dict[str, Any]]:
        """Waits until a file has just these findings."""
        self.wait(lambda: self.codes(path) == list(codes))
        return self.told.get(path, [])

    def at(self, path: str, words: str, into: int = 0) -> dict[str, Any]:
        """The place of some words in a text, in UTF-16 units."""
        before = self.texts[path][: self.texts[path].index(words) + into]
        line = before.rpartition("\n")[2]
        character = len(line.encode("utf-16-le")) // 2
        return {
            "textDocument": {"uri": self.uri(path)},
            "position": {"line": before.count("\n"), "character": character},
        }

    def complete(self, path: str, text: str, marked: str = "^") -> dict[str, dict[str, Any]]:
        """What fits where the mark is in a text, by its label."""
        at = text.index(marked)
        self.type(path, text.replace(marked, "", 1))
        before = text[:at]
        place = {"line": before.count("\n"), "character": len(before.rpartition("\n")[2])}
        found = self.ask("textDocument/completion", {"textDocument": {"uri": self.uri(path)}, "position": place})
        return {one["label"]: one for one in found["items"]}

    def places(self, method: str, at: dict[str, Any], **more: Any) -> list[str]:
        """Locations as `path:line`, counted from 1."""
        found = self.ask(method, at | more)
        found = [found] if isinstance(found, dict) else found or []
        root = f"{self.root.as_uri()}/"
        return [f"{one['uri'].removeprefix(root)}:{one['range']['start']['line'] + 1}" for one in found]

    def end(self) -> None:
        self.ask("shutdown", None)
        self.tell("exit", None)
        assert self.server.wait(PATIENCE) == 0


@pytest.fixture(scope="module")
def editor(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Editor]:
    """One session for all tests, each of which leaves the texts as it found them."""
    made = Editor(write(tmp_path_factory.mktemp("lsp") / "base"))
    yield made
    made.end()


@pytest.fixture
def sop(editor: Editor) -> Iterator[Editor]:
    editor.open(SOPS)
    editor.expect(SOPS)
    yield editor
    editor.close(SOPS)
    editor.expect(SOPS)


def test_findings_while_typing_and_a_quick_fix(sop: Editor) -> None:
    sop.type(SOPS, SOP.replace("owner: support", "owner: Support"))
    (told,) = sop.expect(SOPS, "unknown-word")
    assert told["severity"] == 1
    assert told["message"] == "`Support` is not in the vocabulary's teams: did you mean `support`?"
    assert told["range"]["start"] == {"line": 4, "character": 7}
    assert told["range"]["end"] == {"line": 4, "character": 14}
    context = {"diagnostics": [told]}
    asked = {"textDocument": {"uri": sop.uri(SOPS)}, "range": told["range"], "context": context}
    (action,) = sop.ask("textDocument/codeAction", asked)
    assert action["isPreferred"] is True
    assert action["edit"]["changes"] == {sop.uri(SOPS): [{"range": told["range"], "newText": "support"}]}


def test_a_fix_is_offered_where_the_text_is_now(sop: Editor) -> None:
    text = SOP.replace("owner: support", "owner: Support")
    sop.type(SOPS, text)
    sop.expect(SOPS, "unknown-word")
    sop.type(SOPS, f"# one\n# two\n{text}")
    whole = {"start": {"line": 0, "character": 0}, "end": {"line": 99, "character": 0}}
    asked = {"textDocument": {"uri": sop.uri(SOPS)}, "range": whole, "context": {"diagnostics": []}}
    early = sop.ask("textDocument/codeAction", asked)
    sop.wait(lambda: [one["range"]["start"]["line"] for one in sop.told[SOPS]] == [6])
    late = sop.ask("textDocument/codeAction", asked)
    for actions in (early, late):
        for action in actions:
            assert action["edit"]["changes"][sop.uri(SOPS)][0]["range"]["start"]["line"] == 6
    assert len(late) == 1


def test_half_written_yaml_has_one_finding_and_still_completes(sop: Editor) -> None:
    sop.type(SOPS, SOP + "never: [")
    sop.expect(SOPS, "invalid-yaml")
    assert "support" in sop.complete(SOPS, SOP.replace("owner: support", "owner: ^"))


WORDS = [
    ("owner: support", "owner: ^", {"support", "policy", "legal"}),
    ("owner: support", "owner: su^", {"support", "policy", "legal"}),
    ("owner: support", "owner: support\nseverity: ^", {"S1", "S2"}),
    ("status: active", "status: ^", {"draft", "active", "deprecated", "retired"}),
    ("owner: support", "owner: support\nphrases: {^: [x]}", {"en", "es"}),
    ("owner: support", "owner: support\ncover^", {"covered_by", "jurisdictions"}),
    ("owner: support", "owner: support\ncontent_warning: [^]", {"violence"}),
    ("owner: support", "owner: support\nsla: {^}", {"first_response", "resolution"}),
    ("owner: support", "owner: support\nsuperseded_by: ^", {"restore-account", "account-takeover"}),
]


@pytest.mark.parametrize(("old", "new", "labels"), WORDS)
def test_what_fits(old: str, new: str, labels: set[str], sop: Editor) -> None:
    assert labels <= set(sop.complete(SOPS, SOP.replace(old, new, 1)))


def test_the_own_parts_of_a_decision_fit(editor: Editor) -> None:
    editor.open(TREES)
    start = re.sub(r"(?m)^start: .*", "start: ^", TREE)
    assert set(editor.complete(TREES, start)) == {"signal"}
    go = re.sub(r"go: [a-z-]+", "go: ^", TREE, count=1)
    assert {"signal", "lock", "leave"} <= set(editor.complete(TREES, go))
    editor.close(TREES)


def test_a_page_is_completed_too(editor: Editor) -> None:
    path = "content/pages/welcome.md"
    editor.open(path)
    assert "support" in editor.complete(path, editor.texts[path].replace("owner: support", "owner: ^"))
    assert "restore-account" in editor.complete(path, f"{(editor.root / path).read_text(encoding='utf-8')}\n[[res^\n")
    editor.close(path)


def test_keys_say_what_they_are_for(sop: Editor) -> None:
    found = sop.complete(SOPS, f"{SOP}cov^")
    assert "The team that keeps the times" in found["covered_by"]["documentation"]["value"]
    assert "steps" not in found, "it is there already"


def test_a_citation_is_completed_with_the_version_in_force(sop: Editor) -> None:
    text = SOP.replace("    text:", "    cites: [^]\n    text:", 1)
    found = sop.complete(SOPS, text)
    assert set(found) == {"account-integrity"}
    found = sop.complete(SOPS, text.replace("^", "account-integrity#^"))
    cited = found["account-integrity#ownership@3.1"]
    assert "**§1 Ownership**" in cited["documentation"]["value"]
    assert cited["textEdit"]["newText"] == "account-integrity#ownership@3.1"
    found = sop.complete(SOPS, text.replace("^", "account-integrity#ownership@^"))
    assert found["account-integrity#ownership@3.1"]["detail"] == "in force"
    first = min(found.values(), key=lambda one: one["sortText"])
    assert first["label"] == "account-integrity#ownership@3.1"


def test_a_reference_in_prose_is_completed(sop: Editor) -> None:
    text = SOP.replace("trigger: ", "trigger: See [[acc^ ", 1)
    found = sop.complete(SOPS, text)
    assert {"account-restored", "account-takeover"} <= set(found)


def test_hover_definition_references(editor: Editor) -> None:
    for path in (SOPS, MACROS, TREES, POLICIES):
        editor.open(path)
    name = "owner: support"
    shown = editor.ask("textDocument/hover", editor.at(SOPS, name, 8))["contents"]["value"]
    assert shown.startswith("**Support** (`support`, teams)")
    assert editor.places("textDocument/definition", editor.at(SOPS, name, 8)) == ["content/vocabulary.yaml:7"]
    shown = editor.ask("textDocument/hover", editor.at(SOPS, name, 1))["contents"]["value"]
    assert shown == "The team that keeps it correct.\n\nExample: `support`"
    at = editor.at(SOPS, "account-integrity#ownership@", 20)
    shown = editor.ask("textDocument/hover", at)["contents"]["value"]
    assert "Version 3.1 is in force." in shown
    assert "**§" in shown
    (place,) = editor.places("textDocument/definition", at)
    assert place.startswith(f"{POLICIES}:")
    found = editor.places("textDocument/references", at, context={"includeDeclaration": True})
    assert place in found
    assert any(one.startswith(f"{SOPS}:") for one in found)
    assert any(one.startswith(f"{POLICIES}:") for one in found)
    for path in (SOPS, MACROS, TREES, POLICIES):
        editor.close(path)


def made_of(root: Path, edit: dict[str, Any]) -> dict[str, bytes | None]:
    """The files of a knowledge base after what an editor was told to change."""
    files: dict[str, bytes | None] = {}
    start = f"{root.as_uri()}/"
    for change in edit["documentChanges"]:
        if change.get("kind") == "rename":
            old, new = change["oldUri"].removeprefix(start), change["newUri"].removeprefix(start)
            files[new] = files.get(old) or (root / old).read_bytes()
            files[old] = None
            continue
        path = change["textDocument"]["uri"].removeprefix(start)
        lines = (root / path).read_bytes().decode().splitlines(keepends=True)
        for one in sorted(change["edits"], key=lambda one: one["range"]["start"]["line"], reverse=True):
            first, last = one["range"]["start"], one["range"]["end"]
            assert (first["character"], last["character"]) == (0, 0)
            lines[first["line"] : last["line"]] = [one["newText"]]
        files[path] = "".join(lines).encode()
    return files


RENAMES = [
    (SOPS, "id: restore-account", 6, "restore-account", "recover-account"),
    (TREES, "restore-account", 3, "restore-account", "recover-account"),
    (SOPS, "id: verify", 6, "restore-account#verify", "identify"),
]


@pytest.mark.parametrize(("path", "words", "into", "old", "new"), RENAMES)
def test_rename_does_what_the_command_does(
    path: str, words: str, into: int, old: str, new: str, editor: Editor, tmp_path: Path
) -> None:
    editor.open(path)
    place = editor.at(path, words, into)
    editor.ask("textDocument/prepareRename", place)
    files = made_of(editor.root, editor.ask("textDocument/rename", place | {"newName": new}))
    editor.close(path)
    other = write(tmp_path / "other")
    output_of(other, "rename", old, new)
    tree, folders = Overlay(Folder(editor.root), files), ("content", "sops", "macros", "decision_trees")
    assert list(tree.files(folders)) == list(Folder(other).files(folders))
    assert [tree.read(one) for one in tree.files(folders)] == [Folder(other).read(one) for one in tree.files(folders)]


def test_a_name_that_cannot_be_is_refused_in_a_sentence(editor: Editor) -> None:
    editor.open(SOPS)
    answer = editor.request("textDocument/rename", editor.at(SOPS, "id: restore", 5) | {"newName": "Not An Id"})
    assert "is not an id" in answer["error"]["message"]
    answer = editor.request("textDocument/rename", editor.at(SOPS, "id: restore", 5) | {"newName": "account-takeover"})
    assert "is taken by decision_trees/account-takeover.yaml" in answer["error"]["message"]
    editor.close(SOPS)


def test_windows_line_endings_and_characters_beyond_16_bits(sop: Editor) -> None:
    text = SOP.replace("trigger: ", "trigger: \U0001f512\U0001f512 [[nowhere]] ", 1).replace("\n", "\r\n")
    sop.type(SOPS, text)
    (told,) = sop.expect(SOPS, "broken-reference")
    start, end = told["range"]["start"], told["range"]["end"]
    line = text.split("\r\n")[start["line"]].encode("utf-16-le")
    assert line[2 * start["character"] : 2 * end["character"]].decode("utf-16-le") == "[[nowhere]]"


def test_a_document_is_deleted_and_comes_back(editor: Editor) -> None:
    place = editor.root / MACROS
    changed = {"changes": [{"uri": editor.uri(MACROS), "type": 3}]}
    place.unlink()
    editor.tell("workspace/didChangeWatchedFiles", changed)
    editor.wait(lambda: "broken-reference" in editor.codes(SOPS) or "broken-reference" in editor.codes(TREES))
    put(editor.root, {MACROS: MACRO})
    editor.tell("workspace/didChangeWatchedFiles", changed)
    editor.wait(lambda: not editor.codes(SOPS) and not editor.codes(TREES))


def test_a_vocabulary_with_errors_still_has_its_words(sop: Editor) -> None:
    vocabulary = "content/vocabulary.yaml"
    assert "support" in sop.complete(SOPS, SOP.replace("owner: support", "owner: ^"))
    sop.open(vocabulary)
    sop.type(vocabulary, sop.texts[vocabulary].replace("teams:", "teems:"))
    sop.wait(lambda: sop.codes(vocabulary))
    assert "support" in sop.complete(SOPS, SOP.replace("owner: support", "owner: ^"))
    sop.close(vocabulary)
    sop.expect(vocabulary)


def test_files_outside_every_knowledge_base_are_left_alone(editor: Editor, tmp_path: Path) -> None:
    other = tmp_path / "elsewhere.yaml"
    place = {"uri": other.as_uri(), "languageId": "yaml", "version": 1, "text": "a: ["}
    editor.tell("textDocument/didOpen", {"textDocument": place})
    at = {"textDocument": {"uri": other.as_uri()}, "position": {"line": 0, "character": 2}}
    assert editor.ask("textDocument/hover", at) is None
    assert editor.ask("textDocument/completion", at)["items"] == []
    unsaved = {"textDocument": {"uri": "untitled:one"}, "position": {"line": 0, "character": 0}}
    assert editor.ask("textDocument/definition", unsaved) is None


SIGNS = [
    *("", "\n", "[", "]]", "{", ": ", "- ", "#", "@", "\t", '"', "'", "\U0001f512", "\r\n"),
    *("|", "&a ", "*a", "\0", "\u2028"),
]


@pytest.mark.parametrize("seed", range(4))
def test_no_text_is_too_odd(seed: int, base: Path) -> None:
    """Texts with signs put in and stretches cut out, asked about at any character."""
    chance, desk = random.Random(seed), Desk(base, lambda: TODAY)
    desk.read()
    for number in range(60):
        path = chance.choice(list(FILES))
        text = FILES[path]
        for _ in range(chance.randrange(4)):
            at = chance.randrange(len(text))
            text = text[:at] + chance.choice(SIGNS) + text[at + chance.choice([0, 0, 1, 5, 40]) :]
        offset = chance.randrange(len(text) + 1)
        complete_at(desk, path, text, offset)
        ruler = Ruler(text)
        assert ruler.offset(ruler.position(offset)) in (offset, offset - 1), "a line ending of two characters is one"
        if number % 6 == 0:
            desk.buffers = {path: text}
            desk.read()
            subject = subject_at(desk, path, offset)
            if subject is not None:
                tell(desk, subject), definition(desk, subject), uses(desk, subject)


def test_who_types_the_command_is_told_what_it_is_for(play: Play, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pygls", None)
    monkeypatch.delitem(sys.modules, "generator.reports.editor.server", raising=False)
    for name in [one for one in sys.modules if one.startswith("pygls.")]:
        monkeypatch.delitem(sys.modules, name)
    result = play(None, "lsp")
    assert result.exit_code == 1
    needed = f"Error: `playbook lsp` needs the extra `lsp`: pip install '{DISTRIBUTION}[lsp]'"
    assert result.stderr.strip().splitlines()[-1] == needed
