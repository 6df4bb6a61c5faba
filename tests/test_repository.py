"""What git knows is read without running anything: a folder from anywhere, a hook's surroundings, odd settings."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import Play
from knowledge import POLICY, edit, write
from repository import commit, git

from generator.files.lineage import trace
from generator.files.repository import NoPast, Repository

POLICIES = "content/policies/account-integrity.yaml"
TEXT = "# Refunds\n\n## When\n\nWithin {}.\n"

# Settings of a repository by which git runs a program: $EVIL is one.
HOSTILE = {
    "a program that checks signatures": "[log]\n showSignature = true\n[gpg]\n program = $EVIL\n",
    "one for another kind of signature": '[log]\n showSignature = true\n[gpg "ssh"]\n program = $EVIL\n',
    "a remote that objects are fetched from": (
        "[core]\n repositoryformatversion = 1\n[extensions]\n partialClone = origin\n"
        '[remote "origin"]\n url = ext::$EVIL\n promisor = true\n[protocol "ext"]\n allow = always\n'
    ),
    "a watcher of the working tree": "[core]\n fsmonitor = $EVIL\n",
    "a pager and an editor": "[core]\n pager = $EVIL\n editor = $EVIL\n[pager]\n log = $EVIL\n",
    "a program that shows differences": '[diff]\n external = $EVIL\n[diff "x"]\n textconv = $EVIL\n command = $EVIL\n',
    "a filter": '[filter "x"]\n smudge = $EVIL\n clean = $EVIL\n process = $EVIL\n required = true\n',
    "hooks elsewhere": "[core]\n hooksPath = $HOME\n",
    "a way to another machine": "[core]\n sshCommand = $EVIL\n gitProxy = $EVIL\n alternateRefsCommand = $EVIL\n",
    "a file of more settings": "[include]\n path = $MORE\n",
}


@pytest.fixture
def evil(tmp_path: Path) -> Path:
    """A program that leaves a mark beside itself."""
    program = tmp_path / "programs" / "evil"
    program.parent.mkdir()
    program.write_text(f"#!/bin/sh\necho ran >> {program}.ran\n", encoding="utf-8")
    program.chmod(0o755)
    return program


def _ran(evil: Path) -> bool:
    return evil.with_suffix(".ran").exists()


def _spoil(repository: Path, settings: str, evil: Path) -> None:
    """Adds settings to a repository, signs its newest commit, and takes an older text away."""
    more = evil.with_name("more")
    more.write_text(f"[gpg]\n program = {evil}\n[log]\n showSignature = true\n", encoding="utf-8")
    told = settings.replace("$EVIL", str(evil)).replace("$MORE", str(more)).replace("$HOME", str(evil.parent))
    raw = git(repository, "cat-file", "commit", "HEAD")
    head, _, body = raw.partition("\n\n")
    signed = f"{head}\ngpgsig -----BEGIN PGP SIGNATURE-----\n \n iQ==\n -----END PGP SIGNATURE-----\n\n{body}"
    name = git(repository, "hash-object", "-t", "commit", "-w", "--stdin", typed=signed.encode()).strip()
    git(repository, "update-ref", "HEAD", name)
    with (repository / ".git/config").open("a", encoding="utf-8") as file:
        file.write(told)


def _lose(repository: Path, path: str) -> None:
    """Takes the content of a file's older state away, as in a clone that fetches it when asked."""
    blob = git(repository, "rev-parse", f"HEAD~1:{path}").strip()
    (repository / ".git/objects" / blob[:2] / blob[2:]).unlink()


@pytest.mark.parametrize("lost", [False, True], ids=["whole", "with a missing object"])
@pytest.mark.parametrize("settings", HOSTILE.values(), ids=HOSTILE.keys())
def test_no_command_runs_a_program_that_a_repository_names(
    settings: str, lost: bool, base: Path, tmp_path: Path, evil: Path, play: Play, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every command that asks what was, in a knowledge base and over a folder whose settings are a stranger's."""
    shutil.copy(evil, evil.with_name("git"))
    monkeypatch.setenv("PATH", f"{evil.parent}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setenv("GIT_EXTERNAL_DIFF", str(evil))
    folder = tmp_path / "docs"
    folder.mkdir()
    with monkeypatch.context() as plain:
        plain.setenv("PATH", os.environ["PATH"].split(os.pathsep, 1)[1])
        for number, days in enumerate(("a week", "two weeks")):
            (folder / "refunds.md").write_text(TEXT.format(days), encoding="utf-8")
            commit(folder, "As it was", f"2026-0{number + 1}-05")
            (base / POLICIES).write_text(POLICY + f"# {number}\n", encoding="utf-8")
            commit(base, "As it was")
        for repository, path in ((folder, "refunds.md"), (base, POLICIES)):
            if lost:
                _lose(repository, path)
            _spoil(repository, settings, evil)
    for command in (
        ["import", "policies", str(folder)],
        ["check", "--since", "HEAD~1"],
        ["diff", "HEAD~1"],
        ["impact", "--since", "HEAD~1"],
        ["review", "restore-account", "--by", "Somebody", "--yes"],
    ):
        result = play(base, *command)
        assert not _ran(evil), f"playbook {command[0]} ran a program that the repository names"
        assert result.exit_code in (0, 1), f"playbook {command[0]}: {result.output}"
    assert (base / "content/policies/refunds.yaml").exists()


def _linked(base: Path, place: Path) -> Path:
    """A linked working tree of a knowledge base's repository."""
    git(base, "worktree", "add", "--quiet", str(place))
    return place


def test_a_hook_of_a_linked_working_tree_sees_what_changed(
    tmp_path: Path, play: Play, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Git sets GIT_DIR for hooks: with it, a comparison in a subfolder looked into an empty past, and passed."""
    write(tmp_path / "top/kb")
    commit(tmp_path / "top", "As it was")
    kb = _linked(tmp_path / "top", tmp_path / "linked") / "kb"
    edit(kb, POLICIES, "one owner", "two owners")
    for name, value in {
        "GIT_DIR": str(tmp_path / "top/.git/worktrees/linked"),
        "GIT_WORK_TREE": str(tmp_path),
        "GIT_INDEX_FILE": str(tmp_path / "none"),
        "GIT_PREFIX": "elsewhere/",
        "GIT_OBJECT_DIRECTORY": str(tmp_path),
        "GIT_CONFIG_COUNT": "1",
        "GIT_CONFIG_KEY_0": "log.showSignature",
        "GIT_CONFIG_VALUE_0": "true",
    }.items():
        monkeypatch.setenv(name, value)
    assert "silent-change" in play(kb, "check", "--since", "HEAD").output
    assert ", new" not in play(kb, "diff", "HEAD").output


def test_a_folder_has_its_own_history_whatever_git_dir_says(
    base: Path, tmp_path: Path, play: Play, monkeypatch: pytest.MonkeyPatch
) -> None:
    commit(base, "As it was")
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs/refunds.md").write_text(TEXT.format("a week"), encoding="utf-8")
    commit(tmp_path / "docs", "First", "2026-01-05")
    monkeypatch.setenv("GIT_DIR", str(base / ".git"))
    play(base, "import", "policies", str(tmp_path / "docs"))
    assert "effective: 2026-01-05" in (base / "content/policies/refunds.yaml").read_text(encoding="utf-8")


def test_the_settings_of_a_person_change_nothing(base: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs/refunds.md").write_text(TEXT.format("a week"), encoding="utf-8")
    commit(tmp_path / "docs", "First", "2026-01-05")
    own = (
        "[log]\n showSignature = true\n follow = true\n date = relative\n"
        "[core]\n quotePath = false\n[color]\n ui = always\n"
    )
    (tmp_path / ".gitconfig").write_text(own + "[broken", encoding="utf-8")
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    assert [state.day for state in trace(Repository(tmp_path / "docs"))["refunds.md"]] == ["2026-01-05"]


def _archive(place: Path) -> Path:
    place.mkdir()
    (place / "refunds.md").write_text(TEXT.format("a week"), encoding="utf-8")
    return place


def _pointing(place: Path, to: Path) -> None:
    (_archive(place) / ".git").write_text(f"gitdir: {to}\n", encoding="utf-8")


def _link(place: Path, to: Path) -> None:
    (_archive(place) / ".git").symlink_to(to)


def _common(place: Path, to: Path) -> None:
    git(_archive(place), "init", "--quiet")
    (place / ".git/commondir").write_text(str(to), encoding="utf-8")


def _parts(place: Path, to: Path) -> None:
    git(_archive(place), "init", "--quiet", "--initial-branch", "main")
    for name in ("objects", "refs"):
        shutil.rmtree(place / ".git" / name)
        (place / ".git" / name).symlink_to(to / name)


def _branches(place: Path, to: Path) -> None:
    git(_archive(place), "init", "--quiet", "--initial-branch", "main")
    shutil.rmtree(place / ".git/refs/heads")
    (place / ".git/refs/heads").symlink_to(to / "refs/heads")
    (place / ".git/objects/info/alternates").write_text(f"{to}/objects\n", encoding="utf-8")


@pytest.mark.parametrize("lead", [_pointing, _link, _common, _parts, _branches])
def test_an_archive_does_not_bring_the_history_of_somebody_else(lead: object, tmp_path: Path) -> None:
    """Its `.git` leads to a private repository, where a file of the same name has a past."""
    private = _archive(tmp_path / "private")
    commit(private, "Nobody's business")
    lead(tmp_path / "archive", private / ".git")  # type: ignore[operator]
    with pytest.raises(NoPast):
        trace(Repository(tmp_path / "archive"))


def test_a_bare_repository_in_a_folder_is_no_history(tmp_path: Path) -> None:
    """A plain clone can bring one: git would take its settings for those of the folder."""
    place = _archive(tmp_path / "docs")
    git(tmp_path, "init", "--quiet", "--bare", str(place))
    with pytest.raises(NoPast, match="not in a git repository"):
        Repository(place)


def test_a_submodule_and_a_linked_working_tree_have_their_history(tmp_path: Path) -> None:
    inner = _archive(tmp_path / "inner")
    commit(inner, "First", "2026-01-05")
    _archive(tmp_path / "outer")
    commit(tmp_path / "outer", "First")
    git(tmp_path / "outer", "-c", "protocol.file.allow=always", "submodule", "--quiet", "add", str(inner), "docs")
    linked = _linked(inner, tmp_path / "linked")
    for place in (tmp_path / "outer/docs", linked):
        assert [state.day for state in trace(Repository(place))["refunds.md"]] == ["2026-01-05"]


def test_a_repository_of_another_owner_is_read(tmp_path: Path) -> None:
    """A container's checkout often belongs to somebody else; nothing that its settings name is run anyway."""
    place = _archive(tmp_path / "docs")
    commit(place, "First", "2026-01-05")
    if os.geteuid():
        pytest.skip("only root can give a folder away")
    for path in (place, *place.rglob("*")):
        os.chown(path, 65534, 65534)
    assert trace(Repository(place))


def test_odd_repositories_say_why_they_cannot_be_read(tmp_path: Path) -> None:
    place = _archive(tmp_path / "docs")
    git(place, "init", "--quiet", "--initial-branch", "main")
    assert trace(Repository(place)) == {}, "nothing was committed yet"
    commit(place, "First")
    (place / ".git/config").write_text(
        "[core]\n repositoryformatversion = 1\n[extensions]\n odd = x\n", encoding="utf-8"
    )
    with pytest.raises(NoPast, match=r"cannot be read: .*odd"):
        Repository(place)
    (place / ".git/config").write_text("[core\n", encoding="utf-8")
    with pytest.raises(NoPast, match="cannot be read"):
        Repository(place)


@pytest.mark.parametrize("name", ["HEAD", "config", "packed-refs", "shallow", "objects/info/alternates"])
def test_a_pipe_in_a_repository_is_not_waited_for(name: str, tmp_path: Path) -> None:
    """An archive can bring one: who opens it waits for ever."""
    place = _archive(tmp_path / "docs")
    commit(place, "First")
    (place / ".git" / name).unlink(missing_ok=True)
    os.mkfifo(place / ".git" / name)
    with pytest.raises(NoPast, match="is not a regular file"):
        Repository(place)


def _object(place: Path, kind: str, text: str) -> str:
    return git(place, "hash-object", "-t", kind, "-w", "--literally", "--stdin", typed=text.encode()).strip()


def _commit_of(place: Path, tree: str, parent: str = "") -> str:
    who = "a <a@b> 1700000000 +0000"
    above = f"parent {parent}\n" if parent else ""
    return _object(place, "commit", f"tree {tree}\n{above}author {who}\ncommitter {who}\n\nx\n")


def _nested(place: Path, times: int, names: int) -> str:
    """A tree that holds another under some names, which holds another ..."""
    tree = git(place, "rev-parse", "HEAD^{tree}").strip()
    for _ in range(times):
        rows = "".join(f"040000 tree {tree}\td{name}\n" for name in range(names))
        tree = git(place, "mktree", typed=rows.encode()).strip()
    return _commit_of(place, tree)


UNSOUND = {
    "a head that is no name": lambda place: "garbage",
    "a head that is a file": lambda place: git(place, "rev-parse", "HEAD:refunds.md").strip(),
    "a head that is a folder": lambda place: git(place, "rev-parse", "HEAD^{tree}").strip(),
    "a branch that names itself": lambda place: "ref: refs/heads/round",
    "a commit whose parent is a file": lambda place: _commit_of(
        place, git(place, "rev-parse", "HEAD^{tree}").strip(), git(place, "rev-parse", "HEAD:refunds.md").strip()
    ),
    "a commit whose folder is a file": lambda place: _commit_of(
        place, git(place, "rev-parse", "HEAD:refunds.md").strip()
    ),
    "a bomb of folders": lambda place: _nested(place, 9, 10),
    "folders without end": lambda place: _nested(place, 1500, 1),
}


@pytest.mark.parametrize("head", UNSOUND.values(), ids=UNSOUND.keys())
def test_a_repository_that_is_not_sound_has_no_history(
    head: Callable[[Path], str], base: Path, tmp_path: Path, play: Play, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("generator.files.repository.MAX_VISITS", 10_000)
    place = _archive(tmp_path / "docs")
    commit(place, "First")
    (place / ".git/refs/heads/round").write_text("ref: refs/heads/round\n", encoding="utf-8")
    (place / ".git/HEAD").write_text(f"{head(place)}\n", encoding="utf-8")
    result = play(base, "import", "policies", str(place))
    assert result.exit_code == 0, result.output
    assert "no history was imported: " in result.output or "without history in git" in result.output
    assert "1 policy with 1 version" in result.output
