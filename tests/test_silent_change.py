"""`check --since`: what decides and has changed without a word, what only looks different, and what git knows."""

from __future__ import annotations

import contextlib
import copy
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from conftest import Play
from knowledge import (
    FILES,
    LIBRARY_DAY,
    MACRO,
    SOP,
    STARTER,
    TABLE,
    TREE,
    check,
    copy_starter,
    edit,
    put,
    scenario_of,
    write,
)
from pydantic import ValidationError
from repository import commit, git

from generator.files.tree import Folder
from generator.library.rewording import Referrer, rewordings
from generator.pipeline import gather

SOPS = "sops/restore-account.yaml"
MACROS = "macros/account-restored.yaml"
TREES = "decision_trees/account-takeover.yaml"
MORE_FIELDS = """\
otherwise: |
  Lock it within **15** minutes,
  and page nobody.
never: [Share it., Sell it.]
"""
# The small knowledge base with fields that it does not have, and with a table.
LONG = {
    SOPS: SOP.replace("quality:", f"{MORE_FIELDS}quality:"),
    TREES: TABLE.replace("rows:", "hit: first\nrows:"),
}


def said(before: dict[str, str], now: dict[str, str], root: Path) -> list[str]:
    """What the check says of one state after another, each laid over the small knowledge base."""
    past = write(root / "before", before)
    found = check(write(root / "now", {**before, **now}), before=past).findings
    return [f"{one.place.path}:{one.place.line} {one.message} | {one.hint}" for one in found if one.code == CODE]


def exchange(text: str, words: dict[str, str]) -> str:
    for old, new in words.items():
        assert text.count(old) == 1, f"{old!r} is there {text.count(old)} times"
        text = text.replace(old, new)
    return text


CODE = "silent-change"
LISTS = ("steps:", "rows:", "cases:")

ROWS = scenario_of(Path(__file__).parent / "silent_changes.yaml")


@pytest.mark.parametrize("row", ROWS["decides"], ids=lambda row: row["what"])
def test_what_decides_does_not_change_silently(row: dict[str, str], tmp_path: Path) -> None:
    """The finding is at the change; at the key of the list, if something in it is gone or its order is another."""
    path, text = row["path"], LONG.get(row["path"], FILES[row["path"]])
    now = exchange(text, {row["old"]: row["new"]})
    found = said(LONG, {path: now}, tmp_path)
    assert len(found) == 1, found
    place, _, message = found[0].partition(" ")
    line = int(place.removeprefix(f"{path}:"))
    first = now[: text.index(row["old"])].count("\n") + 1
    is_there = first <= line <= first + row["new"].count("\n") or now.splitlines()[line - 1] in LISTS
    assert (message.startswith(row["says"]), is_there) == (True, True), found[0]


@pytest.mark.parametrize("row", ROWS["looks"], ids=lambda row: row["what"])
def test_what_only_looks_different_is_no_change(row: dict[str, str], tmp_path: Path) -> None:
    text = LONG.get(row["path"], FILES[row["path"]])
    assert said(LONG, {row["path"]: exchange(text, {row["old"]: row["new"]})}, tmp_path) == []


STEP = {"text: Send": "text: Never send"}
TOLD = {
    **STEP,
    'version: "2.1"\nstatus': 'version: "3.0"\nstatus',
    "history:\n": 'history:\n  - {version: "3.0", on: 2026-11-20, note: N.}\n',
}
ENTRY = 'history:\n  - {version: "2.1", on: 2026-10-02, note: Added the reply.}\n'
STATUS = 'version: "2.1"\nstatus'
ADD = 'add `{version: "3.0", on: ..., note: ..., parts: [answer]}` to `history`'


def raised(version: str, noted: str = "") -> dict[str, str]:
    """A version, and an entry of the history for it or for another."""
    return {
        STATUS: f'version: "{version}"\nstatus',
        "history:\n": f'history:\n  - {{version: "{noted or version}", on: 2026-11-20, note: N.}}\n',
    }


# What came with a changed step; the exchanged words; what the hint says, nothing if the change is told.
RECORDS = [
    ("a new version with its entry", TOLD, ""),
    ("nothing", STEP, f'write `version: "3.0"`, and {ADD}'),
    (
        "an entry for the old version",
        {**STEP, ENTRY: ENTRY + ENTRY.partition("\n")[2]},
        f'write `version: "3.0"`, and {ADD}',
    ),
    ("a version without any history", {**STEP, ENTRY: "", STATUS: 'version: "3.0"\nstatus'}, ADD),
    ("a version without an entry", {**STEP, STATUS: 'version: "3.1"\nstatus'}, ADD.replace("3.0", "3.1")),
    (
        "a version that is too small, without an entry",
        {**STEP, STATUS: 'version: "2.3"\nstatus'},
        'write `version: "3.0"`',
    ),
    ("an entry without a version", {**STEP, **raised("2.1", "3.2")}, 'write `version: "3.2"`'),
    ("a version that is lower", {**STEP, STATUS: 'version: "1.9"\nstatus'}, f'write `version: "3.0"`, and {ADD}'),
    ("a new status", {**STEP, "status: active": "status: draft"}, f'write `version: "3.0"`, and {ADD}'),
    (
        "a version that is too small",
        {**STEP, **raised("2.2")},
        'people must act, decide or write differently: write `version: "3.0"`, here and in the newest entry',
    ),
    (
        "a step more, and the version of other words",
        {"  - id: answer\n": "  - {id: look, title: Look, text: Look at it.}\n  - id: answer\n", **raised("2.1.1")},
        'something was added or left out, and the rest still holds: write `version: "2.2"`',
    ),
    ("other words, and their version", {"text: Send [[": "text: Send off [[", **raised("2.1.1")}, ""),
    ("other words, and more than they need", {"text: Send [[": "text: Send off [[", **raised("2.2")}, ""),
]


@pytest.mark.parametrize(("what", "words", "hint"), RECORDS, ids=[one[0] for one in RECORDS])
def test_a_change_is_told_by_a_new_version_and_its_entry(
    what: str, words: dict[str, str], hint: str, tmp_path: Path
) -> None:
    found = said({}, {SOPS: exchange(SOP, words)}, tmp_path)
    assert len(found) == bool(hint)
    assert all(f"| {hint}" in one for one in found), found
    codes = {one.code for one in check(tmp_path / "now", before=tmp_path / "before").findings}
    assert "unrecorded-version" not in codes, "one cause is one finding"


def test_one_cause_is_one_finding_that_lists_every_change(tmp_path: Path) -> None:
    before, now = write(tmp_path / "before"), write(tmp_path / "now")
    put(now, {SOPS: exchange(SOP, {**STEP, "severity: S1": "severity: S2", "Decide with": "Decide without"})})
    (found,) = check(now, before=before).findings
    assert [message for _, message in found.related] == [
        '`verify` has changed ("without" instead of "with")',
        '`answer` has changed ("Never" added)',
    ]


def test_a_draft_may_change_until_it_is_in_use(tmp_path: Path) -> None:
    draft = SOP.replace("status: active", "status: draft")
    assert said({SOPS: draft}, {SOPS: exchange(SOP, STEP)}, tmp_path) == []


OLD_ES = MACRO.replace('of: "1.2"', 'of: "1.1"')
MORE = {
    "content/vocabulary.yaml": FILES["content/vocabulary.yaml"].replace("  es: {", "  fr: {name: Français}\n  es: {")
}
FRENCH = MACRO.replace(
    "  es: {of", '  fr: {of: "1.2", variables: {name: {fallback: ami}}, text: "{{ name }} {{ deadline }}"}\n  es: {of'
)
# What happens to translations; before; after; how many findings.
TRANSLATED = [
    ("one is brought up to date", OLD_ES, MACRO.replace("responda", "conteste"), 0),
    ("one is new", MACRO, FRENCH, 0),
    ("one is gone", FRENCH, MACRO, 1),
    ("one is changed without a word", MACRO, MACRO.replace("responda", "conteste"), 1),
    ("one only says that it is up to date", OLD_ES, MACRO, 0),
]  # fmt: skip


@pytest.mark.parametrize(("what", "old", "new", "number"), TRANSLATED, ids=[one[0] for one in TRANSLATED])
def test_translations_have_a_state_of_their_own(what: str, old: str, new: str, number: int, tmp_path: Path) -> None:
    assert len(said({**MORE, MACROS: old}, {MACROS: new}, tmp_path)) == number


def test_the_languages_that_still_say_the_old_are_named(tmp_path: Path) -> None:
    (found,) = said({**MORE, MACROS: FRENCH}, {MACROS: FRENCH.replace("is yours", "was yours")}, tmp_path)
    assert "; the fr and es texts still say the old | " in found
    assert 'then bring fr and es up to date and write `of: "1.2.1"` there' in found
    both = FRENCH.replace("is yours", "was yours").replace("responda", "conteste")
    (found,) = said({**MORE, MACROS: FRENCH}, {MACROS: both}, tmp_path)
    assert "; the fr text still says the old | " in found


def renamed(text: str) -> str:
    return text.replace("account-restored", "account-given-back")


def test_a_renamed_document_is_still_the_same(tmp_path: Path) -> None:
    """Its file, its id, and every reference to it are others; nothing that anybody does is."""
    now = {
        MACROS: None,
        "macros/account-given-back.yaml": renamed(MACRO).replace("title:", "formerly: [account-restored]\ntitle:"),
        **{path: renamed(FILES[path]) for path in (SOPS, TREES)},
    }
    assert said({}, now, tmp_path) == []  # type: ignore[arg-type]
    now["macros/account-given-back.yaml"] = str(now["macros/account-given-back.yaml"]).replace("is yours", "is ours")
    (found,) = said({}, now, tmp_path)  # type: ignore[arg-type]
    assert found.startswith("macros/account-given-back.yaml:18 the en text has changed")


def test_who_refers_to_a_part_that_moved_says_what_it_said(tmp_path: Path) -> None:
    step = "  - id: answer\n    title: Answer the member\n    text: Send [[account-restored|the reply]].\n"
    other = SOP.replace("id: restore-account", "id: answer-member").replace("formerly: [account-recovery]\n", "")
    other = other[: other.index("steps:")] + "steps:\n" + step
    now = {
        SOPS: SOP.replace("id: answer\n", "id: close\n"),
        "sops/answer-member.yaml": other,
        TREES: TREE.replace("restore-account#answer", "answer-member#answer"),
    }
    found = said({}, now, tmp_path)
    assert [one.split()[0].partition(":")[0] for one in found] == [SOPS], "the tree only follows the step"


VALUED = (
    TREE.replace(
        """      "yes": {label: "Yes", go: lock}
      otherwise: {label: Anything else, go: leave}
""",
        """\
      locked-out: {label: Locked out, go: lost}
      strange-mail: {label: A strange mail, go: leave}
      none: {label: None of these, go: leave}
    takes: several
  lost:
    ask: How much was lost?
    takes: amount
    unit: USD
    answers:
      little: {below: 2000, go: leave}
      much: {from: 2000, go: lock}
""",
    )
    .replace('answers: ["yes"]', "answers: [locked-out, 5000]")
    .replace("answers: [otherwise]", "answers: [none]")
)


FIRST, LITTLE = "      locked-out: {label: Locked out, go: lost}\n", "      little: {below: 2000, go: leave}\n"
VALUES = [
    ({"below: 2000": "below: 20000", "from: 2000": "from: 20000"}, "`lost` has changed"),
    ({"unit: USD": "unit: EUR"}, "`lost` has changed"),
    ({"locked-out, 5000": "locked-out, 50000"}, "`lost-access` has changed"),
    ({"takes: several": "help: Choose one."}, "`signal` has changed"),
    ({FIRST: "", "      none: {": f"{FIRST}      none: {{"}, "`signal` is in a different order"),
    ({LITTLE: "", "outcomes:": f"{LITTLE}outcomes:"}, ""),
]


@pytest.mark.parametrize(("words", "finding"), VALUES)
def test_thresholds_decide_and_so_does_the_order_of_several_answers(
    words: dict[str, str], finding: str, tmp_path: Path
) -> None:
    found = said({TREES: VALUED}, {TREES: exchange(VALUED, words)}, tmp_path)
    assert [finding in one for one in found] == [True] * bool(finding), found


def test_new_documents_and_new_types_of_them_are_no_changes(tmp_path: Path) -> None:
    assert said({MACROS: None, TREES: None}, {MACROS: MACRO, TREES: TREE}, tmp_path) == []  # type: ignore[dict-item]
    assert len(said({TREES: TREE}, {TREES: TABLE}, tmp_path)) == 1, "a tree that became a table decides anew"


def test_what_had_format_errors_is_compared_as_far_as_it_was_read(tmp_path: Path) -> None:
    broken = SOP.replace("    title: Answer the member\n", "")
    assert said({SOPS: broken}, {SOPS: SOP}, tmp_path) == [], "the step without a title was left out"
    (found,) = said({SOPS: broken}, {SOPS: SOP.replace("Decide with", "Decide without")}, tmp_path)
    assert "`verify` has changed" in found


# What an author may change at will: the header, records, citations, examples, and who may see what.
UNCOUNTED = {
    "symptoms", "steps.cites", "variables.example", "history.note", "aliases", "id", "title", "owner", "summary",
    "audience", "queue", "cites", "outcomes.cites", "jurisdictions", "content_warning", "steps.audience", "history.by",
    "in_short.not_when", "in_short.prerequisites", "formerly", "history.audience", "history.parts",
    "outcomes.formerly", "questions.formerly", "sla.reason",
    *(f"phrases.{locale}" for locale in ("en", "es", "de", "ja", "pt-BR")),
}  # fmt: skip


def texts(value: Any, keys: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The keys of every text in plain data."""
    if isinstance(value, str):
        yield keys
    for key, inner in value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ():
        yield from texts(inner, (*keys, key))


def _name(keys: tuple[Any, ...]) -> str:
    """The field that a text stands in: names of the outermost and of the innermost."""
    names = [key for key in keys if isinstance(key, str)]
    return ".".join(names[:1] + names[1:][-1:])


def _with_more(value: Any, keys: tuple[Any, ...]) -> Any:
    """Plain data with a text in it changed; what holds no part of it is shared."""
    if not keys:
        return f"{value}x"
    made = copy.copy(value)
    made[keys[0]] = _with_more(value[keys[0]], keys[1:])
    return made


def test_every_text_of_a_type_counts_unless_it_is_named_here() -> None:
    """A field that is added to a type counts by being there.

    The first text and the last of each field, at each depth, of every document of the starter library are changed.
    """
    library, _, _ = gather(Folder(STARTER), LIBRARY_DAY)
    silent, referrer = set(), Referrer(library)
    for document in library.documents:
        data = document.body.model_dump(exclude_none=True, mode="json") if document.kind.covers else {}
        places = {(_name(keys), len(keys)): keys for keys in reversed([*texts(data)])}
        places |= {(*place, "last"): keys for keys in texts(data) if (place := (_name(keys), len(keys)))}
        for keys in dict.fromkeys(places.values()):
            with contextlib.suppress(ValidationError):
                body = type(document.body).model_validate(_with_more(data, keys))
                if not rewordings(body, document.body, referrer):
                    silent.add(_name(keys))
    assert silent == UNCOUNTED


# through git


def test_what_could_not_be_read_is_named(base: Path, play: Play) -> None:
    edit(base, SOPS, "trigger: A", "trigger: [A")
    commit(base, "Broken")
    put(base, {SOPS: SOP})
    result = play(base, "check", "--since", "HEAD")
    assert result.exit_code == 0, result.output
    assert "not compared, as they had format errors in HEAD: restore-account" in result.output


def test_every_change_of_the_starter_library_is_found(tmp_path: Path, play: Play) -> None:
    """The two slips that started it: a letter that takes back a promise, and minutes that become more."""
    root = copy_starter(tmp_path)
    commit(root, "As it was")
    edit(root, "macros/account-locked.yaml", "there is no strike", "there is a strike")
    edit(root, "sops/restore-account.yaml", "within 15 minutes", "within 45 minutes")
    told = play(root, "check", "--since", "HEAD", "--as-of", "2026-11-28").output
    assert 'the en text has changed ("a" instead of "no"), but the version is still ' in told
    assert "texts still say the old" in told
    assert '`contain` has changed ("45" instead of "15")' in told
    assert told.count("error[") == 2, told


def test_what_came_to_the_other_branch_meanwhile_is_no_change_of_this_one(base: Path, play: Play) -> None:
    commit(base, "As it was")
    git(base, "switch", "--quiet", "--create", "mine")
    put(base, {MACROS: MACRO.replace("is yours", "is ours")})
    commit(base, "Mine")
    git(base, "switch", "--quiet", "main")
    put(base, {SOPS: exchange(SOP, TOLD)})
    commit(base, "Theirs")
    git(base, "switch", "--quiet", "mine")
    told = play(base, "check", "--since", "main").output
    assert (told.count("error["), MACROS in told) == (1, True), told
    impact = play(base, "impact", "--since", "main").output
    assert impact == "no policy section changed\n"


@pytest.mark.parametrize("steps", [["handbook"], ["deep/er/handbook"], ["one", "two"]], ids=lambda steps: steps[-1])
def test_a_folder_that_moved_is_compared_with_what_it_was(steps: list[str], tmp_path: Path, play: Play) -> None:
    top = tmp_path / "top"
    write(top / "kb")
    put(top, {f"other/{path}": text for path, text in FILES.items()})
    before = commit(top, "As it was")
    at = "kb"
    for step in steps:
        (top / step).parent.mkdir(parents=True, exist_ok=True)
        git(top, "mv", at, step)
        commit(top, "Moved")
        at = step
    assert play(top / at, "check", "--since", before).exit_code == 0
    edit(top / at, SOPS, "text: Send", "text: Never send")
    result = play(top / at, "check", "--since", before)
    assert (result.exit_code, result.output.count("error[silent-change]")) == (1, 1), result.output


NOTHING_THERE = {
    "before there was any": lambda root: put(root, {"README": "Later."}),
    "without its vocabulary": lambda root: put(root, {"sops/restore-account.yaml": SOP}),
    "where there is another one": lambda root: write(root / "elsewhere"),
}


@pytest.mark.parametrize("what", NOTHING_THERE)
@pytest.mark.parametrize("command", ["check --since", "diff", "impact --since"])
def test_a_revision_without_the_knowledge_base_is_a_wrong_call(
    command: str, what: str, tmp_path: Path, play: Play
) -> None:
    root = tmp_path / "top"
    root.mkdir()
    NOTHING_THERE[what](root)
    before = commit(root, "Before")
    write(root)
    commit(root, "A knowledge base")
    for name in (before, "HEAD~1"):
        result = play(root, *command.split(), name)
        assert result.exit_code == 2, result.output
        assert f"there is no knowledge base in `{name}`: it has no content/vocabulary.yaml" in result.output


def _clone(base: Path, place: Path, *words: str) -> Path:
    subprocess.run(["git", "clone", "--quiet", *words, f"file://{base}", str(place)], check=True)
    return place


def test_a_shallow_clone_says_that_it_cannot_tell_where_the_branch_began(
    base: Path, tmp_path: Path, play: Play
) -> None:
    commit(base, "As it was")
    git(base, "switch", "--quiet", "--create", "mine")
    for number in range(3):
        put(base, {"README": str(number)})
        commit(base, "Mine")
    git(base, "switch", "--quiet", "main")
    put(base, {"OTHER": "1"})
    commit(base, "Theirs")
    both = _clone(base, tmp_path / "both", "--depth=1", "--no-single-branch", "--branch=mine")
    one = _clone(base, tmp_path / "one", "--depth=1", "--branch=mine")
    for clone, why in ((both, "lacks the commit at which this branch began"), (one, "lacks origin/main")):
        result = play(clone, "check", "--since", "origin/main")
        assert result.exit_code == 1
        assert (
            f"cannot tell what changed since origin/main: this clone is shallow and {why} (run `git f" in result.output
        )
    git(both, "fetch", "--quiet", "--unshallow")
    assert play(both, "check", "--since", "origin/main").exit_code == 0


def test_branches_that_never_met_are_compared_as_they_are(base: Path, play: Play) -> None:
    commit(base, "As it was")
    git(base, "switch", "--quiet", "--orphan", "mine")
    write(base, {MACROS: MACRO.replace("is yours", "is ours")})
    commit(base, "Mine")
    assert "the en text has changed" in play(base, "check", "--since", "main").output


def test_make_check_asks_what_changed(tmp_path: Path) -> None:
    """In a change it compares with the branch that it is for; in no repository it checks all the same."""
    root = copy_starter(tmp_path / "starter")
    shutil.copy(Path(__file__).parents[1] / "Makefile", root)

    def planned(**around: str) -> str:
        call = [
            "make",
            "--dry-run",
            "--no-print-directory",
            "-C",
            str(root),
            "check",
            "STAMP=",
            *map("=".join, around.items()),
        ]
        return subprocess.run(call, check=True, capture_output=True, text=True).stdout.strip().splitlines()[-1]

    assert planned().endswith("playbook check")
    commit(root, "As it was")
    assert planned().endswith("playbook check --since HEAD")
    git(root, "update-ref", "refs/remotes/origin/main", "HEAD")
    assert planned().endswith("playbook check --since origin/main")
    assert planned(GITHUB_BASE_REF="next").endswith("playbook check --since origin/next")
    assert planned(SINCE="HEAD~3").endswith("playbook check --since HEAD~3")
    if os.geteuid() == 0:  # git itself refuses the folder of somebody else
        for path in (root, *root.rglob("*")):
            os.chown(path, 65534, 65534)
        assert planned().endswith("playbook check --since origin/main"), "nothing was compared, without a word"
