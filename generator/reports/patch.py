"""Shows what a command writes into files as a patch that `git apply` takes."""

from __future__ import annotations

import difflib

from generator.files import terminal
from generator.files.terminal import BOLD, GREEN, RED, disarm_line, style

LOOKS = (("---", BOLD), ("+++", BOLD), ("-", RED), ("+", GREEN))


def patch(path: str, before: str, after: str, former: str = "") -> str:
    """The unified diff of a file; `former` is the path that it had, if it moves."""
    old = former or path
    lines = difflib.unified_diff(
        before.splitlines(keepends=True), after.splitlines(keepends=True), f"a/{old}", f"b/{path}"
    )
    diff = "".join(line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines)
    if not former:
        return diff
    return f"diff --git a/{old} b/{path}\nrename from {old}\nrename to {path}\n{diff}"


def show(diff: str, is_terminal: bool) -> None:
    """Prints a patch: in colours on a terminal, and unchanged elsewhere."""
    terminal.data("".join(map(_make_line, diff.splitlines(keepends=True))) if is_terminal else diff)


def _make_line(line: str) -> str:
    look = next((look for sign, look in LOOKS if line.startswith(sign)), "")
    words = disarm_line(line.rstrip("\r\n"))
    return f"{style(words, look) if look else words}\n"
