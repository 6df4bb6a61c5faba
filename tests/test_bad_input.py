"""Whatever stands in a file: `check` ends with exit 1 and one finding with a place, and writes nothing."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import Lay, Play
from knowledge import AS_OF, FILES, MACRO, PAGE, SOP, stamps, swapped

SOPS = "sops/restore-account.yaml"
MACROS = "macros/account-restored.yaml"
PAGES = "content/pages/welcome.md"
BOMB = "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 10))
MANY_LINES = "  A line of a text that never ends, as from a log file.\n" * 900_000


def sop(old: str, new: str) -> dict[str, str]:
    return swapped(SOPS, old, new)


def text_of_a_step(text: str) -> dict[str, str]:
    return sop("text: Send [[account-restored|the reply]].", f"text: {json.dumps(text)}")


def deep(opening: str, closing: str) -> dict[str, str]:
    return sop("trigger: A member", f"prerequisites: {opening * 10_000}x{closing * 10_000}\ntrigger: A member")


# What stands in the file; the files; code and place of the only finding; a part of its message or hint.
TABLE: dict[str, tuple[dict[str, str | bytes], str, str]] = {
    "colon in a text": (
        sop("title: Restore a", "title: Restore: a"),
        f"{SOPS}:2:15 invalid-yaml",
        "quotes around",
    ),
    "bracket that does not close": (
        sop("[account-recovery]", "[account-recovery"),
        f"{SOPS}:12:11 invalid-yaml",
        "opens `[` without closing it",
    ),
    "quote that does not close": (
        sop('version: "2.1"\nstatus', 'version: "2.1\nstatus'),
        f"{SOPS}:3:10 invalid-yaml",
        "quotes",
    ),
    "tab as indentation": (sop("    title: Verify", "\ttitle: Verify"), f"{SOPS}:17:1 invalid-yaml", "use spaces"),
    "tab in a page's header": (
        {PAGES: PAGE.replace("owner: support", "owner:\n\t- support")},
        f"{PAGES}:4:1 invalid-yaml",
        "use spaces",
    ),
    "merge conflict": (
        sop("status: active\n", "<<<<<<< HEAD\nstatus: active\n=======\nstatus: draft\n>>>>>>> fix\n"),
        f"{SOPS}:4:1 invalid-yaml",
        "merge conflict",
    ),
    "merge conflict in a page": (
        {PAGES: PAGE + "\n<<<<<<< HEAD\nOne\n=======\nTwo\n>>>>>>> fix\n"},
        f"{PAGES}:12:1 invalid-yaml",
        "merge conflict",
    ),
    "invalid UTF-8": (
        {SOPS: SOP.encode().replace(b"taken-over", b"taken-\xfcver")},
        f"{SOPS}:2:24 unreadable-file",
        "save the file as UTF-8",
    ),
    "invalid UTF-8 in a page": (
        {PAGES: PAGE.encode() + b"\xff\xfe"},
        f"{PAGES}:11:1 unreadable-file",
        "save the file as UTF-8",
    ),
    "UTF-16": ({SOPS: SOP.encode("utf-16")}, f"{SOPS}:1:1 unreadable-file", "UTF-16"),
    "UTF-16 without a mark": ({SOPS: SOP.encode("utf-16-be")}, f"{SOPS}:1:1 unreadable-file", "UTF-16"),
    "UTF-32": ({SOPS: SOP.encode("utf-32")}, f"{SOPS}:1:1 unreadable-file", "UTF-32"),
    "empty file": ({"sops/empty.yaml": ""}, "sops/empty.yaml:1:1 invalid-yaml", "is empty"),
    "empty file that was linked to": ({SOPS: ""}, f"{SOPS}:1:1 invalid-yaml", "is empty"),
    "comments only": ({"sops/later.yaml": "# To do\n"}, "sops/later.yaml:1:1 invalid-yaml", "only comments"),
    "two documents": ({SOPS: SOP + "---\n" + SOP}, f"{SOPS}:32:1 invalid-yaml", "more than one document"),
    "a document and a broken one": (
        {SOPS: SOP + "---\n- : [\n"},
        f"{SOPS}:32:1 invalid-yaml",
        "more than one document",
    ),
    "list at the top": ({"sops/list.yaml": "- id: list\n- id: two\n"}, "sops/list.yaml:1:1 invalid-yaml", "mapping"),
    "text at the top": ({"sops/text.yaml": "Just words.\n"}, "sops/text.yaml:1:1 invalid-yaml", "mapping"),
    "page without a header": ({"content/pages/bare.md": "# Bare\n"}, "content/pages/bare.md:1:1 invalid-yaml", "front"),
    "unknown key": (sop("severity: S1", "severty: S1"), f"{SOPS}:8:1 unknown-key", "did you mean `severity`?"),
    "unknown key instead of one that must be there": (
        sop("summary: Some", "sumary: Some"),
        f"{SOPS}:11:1 unknown-key",
        "did you mean `summary`?",
    ),
    "wrong type deep inside a list": (
        sop("cites: [account-integrity#ownership@3.0]", "cites: [[account-integrity#ownership@3.0]]"),
        f"{SOPS}:22:13 invalid-value",
        "`steps[1].cites[1]` is a list, but must be text",
    ),
    "mapping where text belongs": (
        sop("title: Answer the member", "title: {en: Answer the member}"),
        f"{SOPS}:24:12 invalid-value",
        "`steps[2].title` is a group of keys, but must be text",
    ),
    "duplicate key": (sop("severity: S1", "severity: S1\nseverity: S2"), f"{SOPS}:9:1 duplicate-key", "appears twice"),
    "tag": (sop("title: Restore", "title: !!str Restore"), f"{SOPS}:2:8 invalid-yaml", "remove the tag"),
    "tag that runs code": (
        sop("title: Restore a taken-over account", "title: !!python/object/apply:os.system [id]"),
        f"{SOPS}:2:8 invalid-yaml",
        "remove the tag",
    ),
    "alias bomb": ({SOPS: "a0: &a0 [x, x]\n" + BOMB + SOP}, f"{SOPS}:1:5 invalid-yaml", "has the anchor `&a0`"),
    "alias circle": (
        sop("formerly: [account-recovery]", "formerly: &again [account-recovery, *again]"),
        f"{SOPS}:12:11 invalid-yaml",
        "has the anchor `&again`",
    ),
    "alias without an anchor": (sop("owner: support", "owner: *team"), f"{SOPS}:5:8 invalid-yaml", "alias"),
    "merge key": (
        sop("escalation: {to", "escalation: {<<: {to: support}, to"),
        f"{SOPS}:14:14 unknown-key",
        "`<<`",
    ),
    "flow lists 10,000 deep": (deep("[", "]"), f"{SOPS}:13:115 invalid-yaml", "nested more than 100 levels"),
    "flow mappings 10,000 deep": (deep("{a: ", "}"), f"{SOPS}:13:412 invalid-yaml", "nested more than 100 levels"),
    "compact lists 10,000 deep": (
        {SOPS: SOP + "never:\n  " + "- " * 10_000 + "x\n"},
        f"{SOPS}:33:201 invalid-yaml",
        "nested more than 100 levels",
    ),
    "compact lists with wide gaps 10,000 deep": (
        {SOPS: SOP + "never:\n  " + "-   " * 10_000 + "x\n"},
        f"{SOPS}:33:399 invalid-yaml",
        "nested more than 100 levels",
    ),
    "keys as lists 10,000 deep": (
        {SOPS: SOP + "never:\n  " + "? " * 10_000 + "x\n"},
        f"{SOPS}:33:201 invalid-yaml",
        "nested more than 100 levels",
    ),
    "block mappings 1,500 deep": (
        {SOPS: SOP + "never:\n" + "".join(" " * n + "a:\n" for n in range(1, 1_500))},
        f"{SOPS}:132:101 invalid-yaml",
        "nested more than 100 levels",
    ),
    "a file of 50 MB": (
        {SOPS: SOP + "never:\n- |\n" + MANY_LINES},
        f"{SOPS}:1:1 unreadable-file",
        "but the limit is 2 MiB",
    ),
    "two files with one id": (
        {"sops/urgent/restore-account.yaml": SOP},
        "sops/urgent/restore-account.yaml:1:5 duplicate-id",
        f"taken by {SOPS}",
    ),
    "a copy of a file": ({"sops/copy.yaml": SOP}, "sops/copy.yaml:1:5 duplicate-id", f"taken by {SOPS}"),
    "two files of two types with one id": (
        {
            "macros/restore-account.yaml": MACRO.replace("account-restored", "restore-account").replace(
                "is yours again", "has other words"
            )
        },
        f"{SOPS}:1:5 duplicate-id",
        "taken by macros/restore-account.yaml",
    ),
    "id with a path": (
        sop("id: restore-account", "id: ../../restore-account"),
        f"{SOPS}:1:5 invalid-value",
        "use lower-case letters a to z",
    ),
    "id with a backslash": (
        sop("id: restore-account", "id: sops\\restore-account"),
        f"{SOPS}:1:5 invalid-value",
        "use lower-case letters a to z",
    ),
    "id in another script": (
        sop("id: restore-account", "id: восстановить"),
        f"{SOPS}:1:5 invalid-value",
        "use lower-case letters a to z",
    ),
    "id with a letter that looks like another": (
        sop("id: restore-account", "id: restоre-account"),
        f"{SOPS}:1:5 invalid-value",
        "use lower-case letters a to z",
    ),
    "id of 300 letters": (
        sop("id: restore-account", f"id: {'a' * 300}"),
        f"{SOPS}:1:5 invalid-value",
        "at most 80",
    ),
    "id that is no file name everywhere": (
        {"macros/con.yaml": MACRO.replace("account-restored", "con")},
        "macros/con.yaml:1:5 invalid-value",
        "reserved",
    ),
    "part id with a path": (sop("- id: answer", "- id: ../answer"), f"{SOPS}:23:9 invalid-value", "is not an id"),
    "javascript: link": (text_of_a_step("[x](javascript:alert(1))"), f"{SOPS}:25:14 unsafe-link", "`javascript:`"),
    "javascript: in capitals": (text_of_a_step("[x](JAVASCRIPT:x)"), f"{SOPS}:25:14 unsafe-link", "`javascript:`"),
    "javascript: as entities": (
        text_of_a_step("[x](&#x6A;ava&#115;cript&colon;x)"),
        f"{SOPS}:25:14 unsafe-link",
        "`javascript:`",
    ),
    "javascript: with white space": (
        text_of_a_step("[x](java&NewLine;script:x)"),
        f"{SOPS}:25:14 unsafe-link",
        "`javascript:`",
    ),
    "javascript: in angle brackets": (
        text_of_a_step("[x](<javascript:alert(1)>)"),
        f"{SOPS}:25:14 unsafe-link",
        "`javascript:`",
    ),
    "javascript: in a definition": (
        {PAGES: PAGE + "\nSee [this].\n\n[this]: javascript:alert(1)\n"},
        f"{PAGES}:14:6 unsafe-link",
        "`javascript:`",
    ),
    "data: picture": (text_of_a_step("![x](data:image/svg+xml,x)"), f"{SOPS}:25:15 unsafe-link", "`data:`"),
    "link of another scheme": (text_of_a_step("[x](vbscript:x)"), f"{SOPS}:25:14 unsafe-link", "`vbscript:`"),
    "link without a scheme": (text_of_a_step("[x](//example.org)"), f"{SOPS}:25:14 unsafe-link", "`//`"),
    "half a variable": (
        swapped(MACROS, "Hi {{ name }},", "Hi {{ name },"),
        f"{MACROS}:15:3 macro-syntax",
        "write a variable as {{ name }}",
    ),
    "unknown tag of the template": (
        swapped(MACROS, "Hi {{ name }},", "Hi {{ name }}, {% raw %}"),
        f"{MACROS}:15:3 macro-syntax",
        "write a variable as {{ name }}",
    ),
    "template 1,000 levels deep": (
        swapped(MACROS, "Hi {{ name }},", "Hi {{ " + "(" * 1_000 + "name" + ")" * 1_000 + " }},"),
        f"{MACROS}:15:3 macro-syntax",
        "nested too deep",
    ),
    "control character": (
        sop("title: Restore", "title: Re\x1b[31mstore"),
        f"{SOPS}:2:10 invalid-yaml",
        "control character U+001B",
    ),
    "NUL": (sop("title: Restore", "title: Re\0store"), f"{SOPS}:2:10 invalid-yaml", "control character U+0000"),
    "control character in a page": (
        {PAGES: PAGE + "One \x07 bell.\n"},
        f"{PAGES}:11:5 invalid-yaml",
        "control character U+0007",
    ),
    "line separator in a title": (
        sop("title: Restore a", "title: Restore\u2028a"),
        f"{SOPS}:2:15 invalid-yaml",
        "U+2028",
    ),
    "date that does not exist": (
        sop("reviewed: 2026-10-02", "reviewed: 2026-02-30"),
        f"{SOPS}:9:11 invalid-value",
        "does not exist",
    ),
    "date in another order": (
        sop("reviewed: 2026-10-02", "reviewed: 02/10/2026"),
        f"{SOPS}:9:11 invalid-value",
        "write a date such as 2026-12-31",
    ),
    "number with too many digits": (
        sop("weight: 3", f"weight: {'9' * 5_000}"),
        f"{SOPS}:29:60 invalid-value",
        "number",
    ),
    "vocabulary with a typing mistake": (
        swapped("content/vocabulary.yaml", "organisation:", "organization:"),
        "content/vocabulary.yaml:1:1 unknown-key",
        "did you mean `organisation`?",
    ),
    "vocabulary that is empty": (
        {"content/vocabulary.yaml": ""},
        "content/vocabulary.yaml:1:1 invalid-yaml",
        "is empty",
    ),
    "audience that nobody knows": (
        sop("audience: vendor", "audience: vendr"),
        f"{SOPS}:6:11 unknown-word",
        "did you mean `vendor`?",
    ),
}


def checked(root: Path, play: Play) -> str:
    """The only finding of `check`, after a look that nothing was written and nothing went wrong."""
    before = stamps(root)
    result = play(root, "check", "--format", "json")
    assert "Traceback" not in result.output
    assert stamps(root) == before
    found = json.loads(result.stdout)["findings"]
    lines = [f"{f['path']}:{f['line']}:{f['column']} {f['code']}: {f['message']} | {f['hint']}" for f in found]
    assert len(lines) == 1, "one mistake gives one finding:\n" + "\n".join(lines or ["nothing"])
    assert result.exit_code == 1
    return lines[0]


@pytest.mark.parametrize("what", TABLE)
def test_one_mistake_gives_one_finding(what: str, lay: Lay, play: Play) -> None:
    files, place, part = TABLE[what]
    line = checked(lay(files), play)
    assert line.startswith(place + ":")
    assert part in line


@pytest.mark.parametrize("what", TABLE)
def test_the_text_for_people_is_plain(what: str, lay: Lay, play: Play) -> None:
    files, place, _ = TABLE[what]
    result = play(lay(files), "check")
    assert result.exit_code == 1
    assert place.split(" ")[0] in result.output
    assert all(c.isprintable() or c == "\n" for c in result.output)


def a_pipe(root: Path) -> str:
    os.mkfifo(root / "sops/pipe.yaml")
    return "sops/pipe.yaml:1:1 unreadable-file: is not a regular file"


def a_dangling_link(root: Path) -> str:
    (root / "sops/gone.yaml").symlink_to("not-there.yaml")
    return "sops/gone.yaml:1:1 unreadable-file: cannot be read: no such file"


def a_link_to_itself(root: Path) -> str:
    (root / "sops/round.yaml").symlink_to("round.yaml")
    return "sops/round.yaml:1:1 unreadable-file: cannot be read"


def a_link_out_of_the_root(root: Path) -> str:
    (root.parent / "secret.yaml").write_text("id: secret\npassword: hunter2\n", encoding="utf-8")
    (root / "sops/secret.yaml").symlink_to(root.parent / "secret.yaml")
    return "sops/secret.yaml:1:1 unreadable-file: is a link that leads out of the knowledge base"


def a_link_out_by_dots(root: Path) -> str:
    (root.parent / "secret.md").write_text(PAGE, encoding="utf-8")
    (root / "content/pages/secret.md").symlink_to("../../../secret.md")
    return "content/pages/secret.md:1:1 unreadable-file: is a link that leads out of the knowledge base"


def a_linked_folder(root: Path) -> str:
    (root.parent / "more").mkdir()
    (root.parent / "more/one.yaml").write_text(SOP, encoding="utf-8")
    (root / "sops/more").symlink_to(root.parent / "more", target_is_directory=True)
    return "sops/more/:1:1 unreadable-file: is a link that leads out of the knowledge base"


def a_linked_folder_of_a_type(root: Path) -> str:
    (root / "macros").rename(root.parent / "macros")
    (root / "macros").symlink_to(root.parent / "macros", target_is_directory=True)
    return "macros/:1:1 unreadable-file: is a link that leads out of the knowledge base"


def a_folder_called_yaml(root: Path) -> str:
    (root / "sops/folder.yaml").mkdir()
    (root / "sops/folder.yaml/one.yaml").symlink_to("not-there")
    return "sops/folder.yaml/one.yaml:1:1 unreadable-file: cannot be read"


def a_file_without_permission(root: Path) -> str:
    if os.geteuid() == 0:
        pytest.skip("root may read every file")
    (root / "sops/locked.yaml").write_text(SOP, encoding="utf-8")
    (root / "sops/locked.yaml").chmod(0)
    return "sops/locked.yaml:1:1 unreadable-file: cannot be read: permission denied"


ODD = [
    a_pipe,
    a_dangling_link,
    a_link_to_itself,
    a_link_out_of_the_root,
    a_link_out_by_dots,
    a_linked_folder,
    a_linked_folder_of_a_type,
    a_folder_called_yaml,
    a_file_without_permission,
]


@pytest.mark.skipif(sys.platform == "win32", reason="links and pipes of this kind are not known there")
@pytest.mark.parametrize("lay_out", ODD, ids=lambda one: one.__name__)
def test_what_is_no_file_of_the_knowledge_base(lay_out: Callable[[Path], str], base: Path, play: Play) -> None:
    line = checked_after(lay_out, base, play)
    assert "hunter2" not in line


def checked_after(lay_out: Callable[[Path], str], base: Path, play: Play) -> str:
    expected = lay_out(base)
    line = checked(base, play)
    assert line.startswith(expected)
    return line


def test_an_unreadable_document_makes_no_orphans(base: Path, play: Play) -> None:
    for path in ("sops/restore-account.yaml", "decision_trees/account-takeover.yaml"):
        (base / path).unlink()
    (base / "sops/restore-account.yaml").symlink_to("elsewhere.yaml")
    (base / "decision_trees/account-takeover.yaml").symlink_to("elsewhere.yaml")
    result = json.loads(play(base, "check", "--format", "json").stdout)
    assert [finding["code"] for finding in result["findings"]] == ["unreadable-file", "unreadable-file"]


STRIDE: dict[str, dict[str, str | bytes]] = {
    "byte order mark": {path: b"\xef\xbb\xbf" + text.encode() for path, text in FILES.items()},
    "Windows line endings": {path: text.replace("\n", "\r\n").encode() for path, text in FILES.items()},
    "both": {path: b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode() for path, text in FILES.items()},
    "reference in a code span": text_of_a_step("Write `[[nowhere]]` and ``[[no`where]]``."),
    "reference in a code fence": {PAGES: PAGE + "\n```\n[[nowhere]]\n```\n"},
    "link in a code span": text_of_a_step("Write `[x](javascript:alert(1))`."),
    "HTML that gives structure": {
        **text_of_a_step("Press <b>Send</b>.<br>Wait for H<sub>2</sub>O. <a onclick='x'>y</a>"),
        PAGES: PAGE + "\n<table><tr><td>One</td></tr></table>\n\n&lt;!-- no comment --&gt;\n",
    },
    "no newline at the end": {path: text.rstrip("\n") for path, text in FILES.items()},
    "a document marker at the top": {SOPS: "---\n" + SOP},
    "a document marker and an end": {SOPS: "---\n" + SOP + "...\n"},
    "line separator in prose": text_of_a_step("One\u2028two\u2029three\u0085four."),
    "files that are no documents": {"sops/README.txt": "Words", "sops/.hidden.yaml": "- x", "sops/x.yaml~": "- x"},
    "other scripts in texts": sop("title: Restore a taken-over account", "title: 帳戶被盜用 🙂 استعادة"),
}


@pytest.mark.parametrize("what", STRIDE)
def test_taken_in_stride(what: str, lay: Lay, play: Play) -> None:
    root = lay(STRIDE[what])
    before = stamps(root)
    result = play(root, "check")
    assert result.exit_code == 0, result.output
    assert result.output.startswith("6 documents, nothing to fix")
    assert stamps(root) == before


PROCESSES = ["flow lists 10,000 deep", "alias bomb", "keys as lists 10,000 deep", "invalid UTF-8", "control character"]


@pytest.mark.parametrize("what", PROCESSES)
def test_in_a_process_of_its_own(what: str, lay: Lay) -> None:
    files, place, _ = TABLE[what]
    root = lay(files)
    before = stamps(root)
    call = [sys.executable, "-m", "generator", "check", "--root", str(root), "--as-of", AS_OF]
    done = subprocess.run(call, capture_output=True, text=True, encoding="utf-8", timeout=60, check=False)
    assert done.returncode == 1
    assert place.split(" ")[0] in done.stdout
    assert done.stderr == ""
    assert stamps(root) == before


@pytest.mark.parametrize("command", ["build", "pack build acme-accounts"])
def test_nothing_is_built_of_bad_input(command: str, lay: Lay) -> None:
    root = lay(TABLE["tab as indentation"][0])
    before = stamps(root)
    call = [sys.executable, "-m", "generator", *command.split(), "--root", str(root), "--as-of", AS_OF]
    done = subprocess.run(call, capture_output=True, text=True, encoding="utf-8", timeout=60, check=False)
    assert done.returncode == 1
    assert "use spaces" in done.stdout
    assert done.stderr.startswith("nothing was built")
    assert stamps(root) == before
