"""Whatever the call and its surroundings: findings or one line, an exit code of the README, and never a traceback."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from conftest import Lay, Play, run_command
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from knowledge import AS_OF, FILES, SOP, swapped, write
from repository import commit

from generator.files.terminal import OBEYED, bare, disarm
from generator.reports import fault

SOPS = "sops/restore-account.yaml"
THEME = "site_name: X\ntheme: {name: material, font: false}\nplugins: [search]\nmarkdown_extensions: [attr_list]\n"
CONTROLS = "a\x1b[31mb\x07\r\x9b\u202e\u200bc"

# Values of options and arguments: right ones, wrong ones, and what nobody would write.

TEXTS = st.sampled_from(
    ["", " ", "-", "--", "x", "restore-account", "account-takeover", "account-restored", "account-integrity",
     "account-integrity#ownership", "acme-accounts", "account-recovery", "welcome", "#", "a#b#c@d", "é", "日本", "²",
     "\udcff", CONTROLS, "a\nb", "a\tb", "9" * 5000, "a" * 5000, "../..", "*", "%s", "{0}", "[red]x[/red]", "\u2067x"]
) | st.text(st.characters(exclude_characters="\0"), max_size=12)  # fmt: skip
DAYS = st.sampled_from(
    ["0001-01-01", "0001-01-02", "9999-12-31", "9999-12-30", "9999-07-05", AS_OF, "2026-02-30", "0000-01-01",
     "10000-01-01", "٢٠٢٦-٠١-٠١", "2026-1-1", "today"]
) | TEXTS  # fmt: skip
NUMBERS = st.sampled_from(["0", "-1", "65536", "1", "²", "9" * 5000, "1e3"]) | TEXTS
REVISIONS = st.sampled_from(["HEAD", "HEAD~99", "HEAD^{tree}", "-x", "@{9999-12-31}", ":/", "HEAD:sops"]) | TEXTS
PATHS = st.sampled_from(
    [".", "..", "sops", SOPS, "nowhere", "/dev/null", "/dev/zero", "/dev/full", "pipe", "round", "empty", "bytes",
     "a" * 300, "a/" * 2000, "dangling"]
) | TEXTS  # fmt: skip
# Where a knowledge base may be begun: in the copy, or nowhere.
PLACES = st.sampled_from(
    [".", "sops", "nowhere", "a/b/c", "/dev/null", "/dev/full", "pipe", "round", "empty", "bytes", "dangling",
     "a" * 300, "a/" * 2000, "é", "日本", "\udcff", CONTROLS, "a\nb", "*", "%s"]
)  # fmt: skip
WORDS = {
    "--organisation": TEXTS, "--team": TEXTS, "--vendor": TEXTS, "--repository": TEXTS,
    "--as-of": DAYS, "--until": DAYS, "--on": DAYS, "--port": NUMBERS, "--since": REVISIONS, "--root": PATHS,
    "--at": REVISIONS, "--only": TEXTS, "--people": PATHS, "--pack": TEXTS,
    "--locales": PATHS, "--by": TEXTS, "--note": TEXTS, "--audience": st.sampled_from(["vendor", "public"]) | TEXTS,
    "--owner": st.sampled_from(["support"]) | TEXTS, "--locale": st.sampled_from(["en", "xx"]) | TEXTS,
    "--select": st.sampled_from(["orphan", ","]) | TEXTS, "--ignore": TEXTS,
    "--format": st.sampled_from(["json", "text", "ics", "table", "markdown"]) | TEXTS,
}  # fmt: skip
FLAGS = ("--yes", "--no-check", "--dry-run", "--paths", "--verbose", "--help")
COMMANDS: dict[str, tuple[tuple[st.SearchStrategy[str], ...], tuple[str, ...]]] = {
    "check": ((), ("--format", "--select", "--ignore", "--since")),
    "impact": ((TEXTS,), ("--since", "--format")),
    "forecast": ((), ("--until", "--format")),
    "review": ((TEXTS,), ("--by", "--note", "--on", "--yes", "--dry-run")),
    "walk": ((TEXTS, TEXTS), ("--paths",)),
    "diff": ((REVISIONS | PATHS, REVISIONS | PATHS), ("--only", "--format", "--no-check")),
    "explain": ((TEXTS,), ()),
    "schema": ((TEXTS,), ("--root",)),
    "new": ((st.sampled_from(["sop", "macro", "pack", "decision_table"]) | TEXTS, TEXTS), ()),
    "import policies": ((PATHS,), ("--owner", "--audience", "--verbose")),
    "import macros": ((PATHS,), ("--owner", "--audience", "--locale", "--verbose")),
    "import decision-table": ((PATHS,), ("--owner", "--audience")),
    "export zendesk": ((), ("--audience", "--locales", "--verbose")),
    "pack build": ((st.sampled_from(["acme-accounts"]) | TEXTS,), ()),
    "pack release": ((TEXTS,), ("--on", "--at", "--dry-run")),
    "pack diff": ((st.sampled_from(["acme-accounts"]) | TEXTS, TEXTS, TEXTS), ("--format",)),
    "pack list": ((), ("--format",)),
    "pack attest": ((PATHS,), ("--people", "--pack", "--format")),
    "init": ((PLACES,), ("--organisation", "--team", "--audience", "--locale", "--vendor", "--repository")),
    "build": ((), ()),
}
ALONE = ("explain", "schema", "init")  # they work on no knowledge base that there is

SURROUNDINGS = st.fixed_dictionaries(
    {},
    optional={
        "COLUMNS": NUMBERS, "LINES": NUMBERS, "LANG": TEXTS, "HOME": PATHS, "TMPDIR": PATHS, "NO_COLOR": TEXTS,
        "TERM": TEXTS, "GIT_DIR": PATHS,
    },
)  # fmt: skip
# What a build says of them before it makes anything; one that is right would build for seconds.
MOMENTS = st.sampled_from(["abc", "²", "-1", "99999999999", "", "9" * 5000, " 1", "1_0", "١", "4294967296"])


@st.composite
def calls(draw: st.DrawFn) -> list[str]:
    """A command with some of its arguments and options."""
    name = draw(st.sampled_from(list(COMMANDS)))
    arguments, options = COMMANDS[name]
    words = name.split() + [draw(one) for one in arguments[: draw(st.integers(0, len(arguments)))]]
    known = [*options] if name in ALONE else [*options, "--as-of"]
    for option in draw(st.lists(st.sampled_from([*known, "--help"]), max_size=3, unique=True)):
        words += [option] if option in FLAGS else [option, draw(WORDS[option])]
    if name not in ALONE:
        words += ["--root", draw(st.just(".") | PATHS)]
    return words


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small knowledge base as it is committed, with oddities beside it."""
    root = write(tmp_path_factory.mktemp("sound") / "base", {"mkdocs.yml": THEME})
    commit(root, "As it was")
    (root / "empty").mkdir()
    (root / "bytes").write_bytes(b"\xff\0\xfe")
    return root


@pytest.fixture
def inside(sound: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(sound)


def fresh(sound: Path) -> Path:
    """A copy to write into, with what cannot be copied; two folders above it are nobody's but this test's."""
    root = Path(tempfile.mkdtemp(prefix="playbook-test-")) / "above/base"
    shutil.copytree(sound, root, dirs_exist_ok=True)
    os.mkfifo(root / "pipe")
    (root / "round").symlink_to("round")
    (root / "dangling").symlink_to("nowhere")
    return root


def is_well(output: str, code: int) -> None:
    assert code in (0, 1, 2), output
    assert "Traceback" not in output
    assert fault.MARK not in output, "the last net was needed"
    if code == 2:
        _, found, message = output.partition("Error: ")
        is_list = "Choose from:" in message
        assert found, output
        assert is_list or message.count("\n") == 1, f"more than a line after the usage:\n{output}"


@settings(
    max_examples=150, deadline=None, derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)  # fmt: skip
@given(words=calls(), around=SURROUNDINGS, moment=MOMENTS)
def test_any_call_in_any_surroundings(
    words: list[str], around: dict[str, str], moment: str, sound: Path, inside: None
) -> None:
    root = fresh(sound)
    os.chdir(root)
    try:
        result = run_command(None, *words, around=around | {"SOURCE_DATE_EPOCH": moment})
    finally:
        os.chdir(sound)
        shutil.rmtree(root.parents[1])
    told = f"playbook {shlex.join(words)!a} in {around!a}\n{result.output}"
    is_well(result.output, result.exit_code)
    is_data = "--dry-run" in words or "ics" in words
    assert is_data or not OBEYED.search(result.output), told


# Streams, zones and encodings, which only a process of its own has.

PLAYBOOK = f"{shlex.quote(sys.executable)} -m generator"
LOST = "Error: not all of the output was written: no space left on device\n"
# What the shell does with the call; the exit code; what is left on standard error.
STREAMS = {
    "check >&-": (0, ""),
    "check 2>&-": (0, ""),
    "check <&- >&- 2>&-": (0, ""),
    "check --as-of 9999-12-31 >&-": (0, ""),
    "check --select nothing >&-": (2, None),
    "check --select nothing 2>/dev/full": (2, ""),
    "check > /dev/full": (1, LOST),
    "check --format json > /dev/full": (1, LOST),
    "check > /dev/full 2> /dev/full": (1, ""),
    "schema > /dev/full": (1, LOST),
    "--help > /dev/full": (1, LOST),
    "forecast --until 2027-05-01 --format ics > /dev/full": (1, LOST),
    "review restore-account --by me --dry-run > /dev/full": (1, LOST),
    "schema | head -c 1": (0, ""),
    "walk account-takeover <&-": (0, ""),
    "walk account-takeover < /dev/zero": (0, ""),
    "review restore-account --by me <&-": (1, "Aborted!\n"),
    "review restore-account --by me < /dev/null": (1, "Aborted!\n"),
    r"review restore-account --by me < bytes": (0, ""),
}


def shell(root: Path, line: str, **around: str) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {"PYTHONPATH": str(Path(__file__).parents[1])} | around
    return subprocess.run(
        ["sh", "-c", line], cwd=root, env=environment, capture_output=True, timeout=60, check=False,
        encoding="utf-8", errors="replace",
    )  # fmt: skip


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full")
@pytest.mark.parametrize("words", STREAMS)
def test_streams_that_are_closed_full_or_no_text(words: str, sound: Path) -> None:
    code, told = STREAMS[words]
    done = shell(sound, f"{PLAYBOOK} {words}")
    assert done.returncode == code, done
    assert told is None or done.stderr.replace("\n\n", "\n") == told, done
    assert "Traceback" not in done.stdout + done.stderr
    assert fault.MARK not in done.stdout + done.stderr


ZONES = ["<+99>-99", "nonsense", "", "UTC-99:99:99", ":/etc/passwd", "\x1b[31m", "A" * 5000]


@pytest.mark.parametrize("zone", ZONES)
def test_a_case_note_in_a_zone_that_is_none(zone: str, sound: Path) -> None:
    done = shell(sound, f"{PLAYBOOK} walk account-takeover yes", TZ=zone)
    assert (done.returncode, done.stderr) == (0, "")
    assert "\nTime: 2" in done.stdout


@pytest.mark.parametrize("zone", [":/etc/passwd", ":../../etc/passwd", "A" * 5000])
def test_a_site_is_built_in_a_zone_that_is_no_zone(zone: str, sound: Path, tmp_path: Path) -> None:
    done = shell(sound, f"{PLAYBOOK} build --to {tmp_path}/site", TZ=zone)
    assert done.returncode == 0, done


@pytest.mark.parametrize("encoding", ["ascii", "ascii:strict", "latin-1:strict", "utf-16"])
def test_letters_that_a_stream_cannot_say(encoding: str, lay: Lay) -> None:
    root = lay({"sops/日本.yaml": "id: ["})
    done = shell(root, f"{PLAYBOOK} check", PYTHONIOENCODING=encoding)
    assert done.returncode == 1
    assert "Traceback" not in done.stdout + done.stderr


def test_a_folder_that_is_gone(tmp_path: Path) -> None:
    root = write(tmp_path / "base")
    for words in ("check", f"check --root {root}", f"pack build acme-accounts --to x --root {root}"):
        (tmp_path / "gone").mkdir()
        done = shell(tmp_path, f"cd gone && rmdir ../gone && {PLAYBOOK} {words}")
        assert done.returncode == 2
        assert done.stderr.endswith("Error: the current folder no longer exists: change to another one\n")


# What a build says of a moment that is none.


@pytest.mark.parametrize("command", ["build", "pack build acme-accounts"])
@pytest.mark.parametrize(
    "moment", ["abc", "²", "-1", "99999999999", "4294967296", "", "9" * 5000, " 1", "1_0", "\udcff"]
)
def test_a_moment_that_is_none(command: str, moment: str, sound: Path) -> None:
    result = run_command(sound, *command.split(), around={"SOURCE_DATE_EPOCH": moment})
    is_well(result.output, result.exit_code)
    assert result.exit_code == 2
    assert "Error: SOURCE_DATE_EPOCH is " in result.output
    assert not (sound / "site").exists()


# The ends of the calendar.

EDGES = ["0001-01-01", "9999-12-31"]
DATED = [
    "check", "forecast", "forecast --format ics", "forecast --format json", "new sop fresh", "impact account-integrity",
    "review restore-account --by me --yes", "walk account-takeover yes", "forecast --until 9999-12-31 --format ics",
]  # fmt: skip
SPOTS = {
    "judged": {},
    "reviewed": swapped(SOPS, "reviewed: 2026-10-02", "reviewed: {day}"),
    "review_by": swapped(SOPS, "review_by: 2027-04-02", "review_by: {day}"),
    "history": swapped(SOPS, "on: 2026-10-02", "on: {day}"),
    "effective": {
        "content/policies/account-integrity.yaml": FILES["content/policies/account-integrity.yaml"].replace(
            "2026-09-01", "{day}"
        )
    },
}


@pytest.mark.parametrize("command", DATED)
@pytest.mark.parametrize("spot", SPOTS)
@pytest.mark.parametrize("day", EDGES)
def test_the_ends_of_the_calendar(day: str, spot: str, command: str, lay: Lay) -> None:
    root = lay({path: text.replace("{day}", day) for path, text in SPOTS[spot].items()})
    for judged in EDGES if spot == "judged" else [AS_OF]:
        result = run_command(root, *command.split(), "--as-of", judged)
        is_well(result.output, result.exit_code)


def test_a_review_at_the_end_of_the_calendar_holds_until_its_last_day(lay: Lay, play: Play) -> None:
    root = lay(swapped(SOPS, "review_by: 2027-04-02", "review_by: 9999-12-31"))
    told = play(root, "review", "restore-account", "--by", "me", "--yes").output
    assert f"{SOPS} is reviewed; the next review is due by 9999-12-31" in told


# Numbers, names, and what is no file.


def test_more_paths_than_python_writes_as_a_number(lay: Lay, play: Play) -> None:
    rows = "".join(
        f"  q{n}: {{ask: Q{n}?, answers: {{a: {{label: Y, go: q{n + 1}}}, b: {{label: N, go: q{n + 1}}}}}}}\n"
        for n in range(15_000)
    )
    last = "  q15000: {ask: Q?, answers: {a: {label: Y, go: o}}}\n"
    head = FILES["decision_trees/account-takeover.yaml"].split("start:")[0].replace("account-takeover", "deep")
    root = lay(
        {"decision_trees/deep.yaml": f"{head}start: q0\nquestions:\n{rows}{last}outcomes: {{o: {{decision: D}}}}\n"}
    )
    told = play(root, "walk", "deep", "--paths")
    assert told.output.startswith("o: about 10^4515 paths\n"), told
    assert play(root, "check", "--select", "large-tree").exit_code == 0


ODD_NAMES = [b"n\xff.yaml", b"a\nb.yaml", b"\x1b[31mx.yaml", b"\xe2\x80\xaex.yaml", b"\xff/x.yaml", b"\x1b/fine.yaml"]


@pytest.mark.skipif(sys.platform != "linux", reason="names of files are text elsewhere")
@pytest.mark.parametrize("name", ODD_NAMES)
def test_a_name_that_cannot_be_shown_is_a_finding(name: bytes, base: Path, play: Play) -> None:
    place = os.path.join(os.fsencode(base), b"sops", name)  # noqa: PTH118
    os.makedirs(os.path.dirname(place), exist_ok=True)  # noqa: PTH103, PTH120
    Path(os.fsdecode(place)).write_text(SOP.replace("restore-account", "fine"), encoding="utf-8")
    for form in ("text", "json"):
        result = play(base, "check", "--format", form)
        assert "has a name that cannot be shown" in result.output
        assert result.exit_code == 1
        assert not OBEYED.search(result.output)


@pytest.mark.skipif(sys.platform != "linux", reason="names of files are text elsewhere")
def test_a_site_is_built_beside_a_name_that_is_no_text(base: Path, play: Play) -> None:
    (base / "mkdocs.yml").write_text(THEME, encoding="utf-8")
    Path(os.fsdecode(os.fsencode(base) + b"/sops/n\xff.yaml")).write_text("id: [", encoding="utf-8")
    result = play(base, "build", "--allow-errors")
    assert result.exit_code == 0, result.output


def test_folders_nested_deeper_than_calls(base: Path, play: Play) -> None:
    before, depth = Path.cwd(), 1500
    os.chdir(base / "sops")
    for _ in range(depth):
        Path("a").mkdir()
        os.chdir("a")
    Path("deep.yaml").write_text("id: [", encoding="utf-8")
    os.chdir(before)
    result = play(base, "check")
    shell(base, "rm -r sops/a")
    assert "invalid-yaml" in result.output
    assert result.exit_code == 1


NO_FILES = ["/dev/zero", "/dev/full", "pipe", "round", "."]
TAKERS = ["import macros PATH", "import decision-table PATH", "export zendesk --locales PATH", "import policies PATH"]


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="there is no /dev/zero")
@pytest.mark.parametrize("taker", TAKERS)
@pytest.mark.parametrize("path", NO_FILES)
def test_what_is_no_file_is_not_read(path: str, taker: str, sound: Path, inside: None) -> None:
    root = fresh(sound)
    (root / "none").mkdir()
    place = root / ("none" if path == "." else path)
    result = run_command(root, *taker.replace("PATH", str(place)).split())
    shutil.rmtree(root.parents[1])
    assert result.exit_code in (1, 2), result.output
    is_well(result.output, result.exit_code)


# Lists and quotes nested deeper than Markdown can read.

DEEP = {
    "list": "".join(f"{' ' * 4 * n}- a\n" for n in range(300)),
    "numbers": "".join(f"{' ' * 4 * n}1. a\n" for n in range(300)),
    "tabs": "".join("\t" * n + "* a\n" for n in range(300)),
    "quotes": "> " * 300 + "a\n",
    "list in quotes": "".join(f"{'> ' * 30}{' ' * 4 * n}- a\n" for n in range(250)),
    "notes": "".join(f"{' ' * 4 * n}!!! note\n\n" for n in range(320)),
}


@pytest.mark.parametrize("what", DEEP)
def test_what_is_nested_too_deep_is_found_by_check(what: str, lay: Lay, play: Play) -> None:
    page = FILES["content/pages/welcome.md"] + "\n" + DEEP[what]
    result = play(lay({"content/pages/welcome.md": page}), "check")
    assert "error[invalid-value]: `text` has lists or quotes nested more than 50 levels deep" in result.output
    assert "use fewer levels" in result.output


def test_a_list_as_deep_as_may_be_is_built(lay: Lay, play: Play) -> None:
    deep = "".join(f"{' ' * 4 * n}- a\n" for n in range(51))
    page = FILES["content/pages/welcome.md"] + "\n" + deep
    step = swapped(SOPS, "text: Send [[account-restored|the reply]].", f"text: {deep!r}".replace("'", '"'))
    result = play(lay({"content/pages/welcome.md": page, "mkdocs.yml": THEME} | step), "build")
    assert result.exit_code == 0, result.output


@pytest.mark.parametrize("command", [*DATED, "diff HEAD", "pack build acme-accounts", "build", "export zendesk"])
@pytest.mark.parametrize("vocabulary", ["", "organisation: [", "organisation: X\n"])
def test_without_a_vocabulary(vocabulary: str, command: str, lay: Lay) -> None:
    root = lay({"content/vocabulary.yaml": vocabulary, "mkdocs.yml": THEME})
    commit(root, "As it was")
    result = run_command(root, *command.split())
    is_well(result.output, result.exit_code)


# What a terminal would obey.


def test_no_sign_that_a_terminal_obeys_is_printed() -> None:
    import unicodedata

    def is_obeyed(sign: str) -> bool:
        return unicodedata.category(sign) in ("Cc", "Cs", "Zl", "Zp") or unicodedata.bidirectional(sign) in TURNS

    wrong = {sign for sign in map(chr, range(0x110000)) if is_obeyed(sign) and sign not in "\n\t"}
    assert {sign for sign in wrong if disarm(f"a{sign}b") == f"a{sign}b"} == set()
    assert disarm("می\u200cخواهم 👩\u200d🔧 né\n\tx\r\n") == "می\u200cخواهم 👩\u200d🔧 né\n\tx\r\n"
    assert disarm("a\u200db \u200cx") == "a\ufffdb \ufffdx"
    assert bare(CONTROLS) == "a[31mbc"


TURNS = {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}
ECHOES = [
    "walk {}", "walk account-takeover {}", "review {} --by me", "review restore-account --by {}", "impact {}",
    "impact account-integrity#{}", "diff {}", "diff HEAD {}", "diff HEAD --only {}", "check --since {}",
    "check --select {}", "check --as-of {}", "check --format {}", "new sop {}", "new {} x", "explain {}", "schema {}",
    "pack build {}", "build --audience {}", "build --to sops{}/..", "import policies {}",
    "import macros . --owner {}", "export zendesk --audience {}", "export zendesk --output {}", "{}", "check --{}",
    "check --root {}", "serve --port {}", "serve --host {}",
]  # fmt: skip


@pytest.mark.parametrize("call", ECHOES)
def test_an_argument_that_is_echoed_is_not_obeyed(call: str, sound: Path, inside: None) -> None:
    root = fresh(sound)
    os.chdir(root)
    try:
        result = run_command(None, *(word.replace("{}", CONTROLS) for word in call.split()))
    finally:
        os.chdir(sound)
        shutil.rmtree(root.parents[1])
    assert result.exit_code in (1, 2), result.output
    is_well(result.output, result.exit_code)
    assert not OBEYED.search(result.output), ascii(result.output)


def test_looks_are_ours_alone(sound: Path) -> None:
    """On a terminal there are colours, and none that a file's name brought."""
    import pty

    control, side = pty.openpty()
    words = [sys.executable, "-m", "generator", "explain", "x\x1b[31my\ufdd2z"]
    done = subprocess.run(words, stdout=side, stderr=side, stdin=side, cwd=Path(__file__).parents[1], check=False)
    os.close(side)
    told = os.read(control, 4096).decode()
    assert done.returncode == 2
    assert "\x1b" not in told
    check = [sys.executable, "-m", "generator", "check", "--root", str(sound), "--as-of", AS_OF]
    for around, is_green in (({}, True), ({"NO_COLOR": "1"}, False)):
        control, side = pty.openpty()
        subprocess.run(
            check, stdout=side, stderr=side, cwd=Path(__file__).parents[1], env=os.environ | around, check=True
        )
        os.close(side)
        assert ("\x1b[32m6 documents" in os.read(control, 4096).decode()) is is_green


def test_the_last_net_says_how_to_report(base: Path) -> None:
    fails = "cli.Playbook.invoke = lambda *_: 1 / 0"
    broken = f"import sys; from generator import cli; {fails}; sys.argv = ['playbook', 'check']; cli.program()"
    for debug in ("", "1"):
        done = shell(base, f"{shlex.quote(sys.executable)} -c {shlex.quote(broken)}", PLAYBOOK_DEBUG=debug)
        assert done.returncode == fault.EXIT
        assert f"{fault.MARK}: ZeroDivisionError: division by zero." in done.stderr
        assert ("Traceback" in done.stderr) is bool(debug)
        assert debug or done.stderr.count("\n") == 1
