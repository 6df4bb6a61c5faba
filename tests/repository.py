"""A git repository for tests: made in a folder, with commits on the days that a test names."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path

IDENTITY = {
    "GIT_AUTHOR_NAME": "Somebody", "GIT_AUTHOR_EMAIL": "somebody@example.org",
    "GIT_COMMITTER_NAME": "Somebody", "GIT_COMMITTER_EMAIL": "somebody@example.org",
    "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull,
}  # fmt: skip


def git(root: Path, *words: str, day: str = "2026-11-01", typed: bytes | None = None) -> str:
    """What git prints."""
    moment = {"GIT_AUTHOR_DATE": f"{day}T12:00:00Z", "GIT_COMMITTER_DATE": f"{day}T12:00:00Z"}
    command = ["git", "-C", str(root), *words]
    done = subprocess.run(command, input=typed, env=os.environ | IDENTITY | moment, capture_output=True, check=True)
    return done.stdout.decode()


def commit(root: Path, message: str, day: str = "2026-11-01") -> str:
    """Commits everything below the root, in a repository that is made where there is none; gives the commit's name."""
    if not (root / ".git").exists():
        git(root, "init", "--quiet", "--initial-branch", "main")
    git(root, "add", "--all")
    git(root, "commit", "--quiet", "--allow-empty", "--message", message, day=day)
    return git(root, "rev-parse", "HEAD").strip()


def replay(root: Path, commits: Iterable[tuple[datetime, Mapping[str, str]]]) -> None:
    """Makes a repository of many commits at once, each a moment and the files that it writes; checks the last out."""
    stream = []
    for moment, files in commits:
        who = f"Somebody <somebody@example.org> {int(moment.timestamp())} {moment.strftime('%z')}"
        stream.append(f"commit refs/heads/main\ncommitter {who}\ndata 0\n".encode())
        for path, text in files.items():
            data = text.encode()
            stream.append(f"M 100644 inline {path}\ndata {len(data)}\n".encode() + data + b"\n")
    root.mkdir(parents=True)
    git(root, "init", "--quiet", "--initial-branch", "main")
    git(root, "fast-import", "--quiet", typed=b"".join(stream))
    git(root, "reset", "--quiet", "--hard")
