"""Turns an unexpected exception into one line. Tests fail wherever that happens."""

from __future__ import annotations

import os
import traceback

EXIT = 70  # EX_SOFTWARE of sysexits.h
DEBUG = "PLAYBOOK_DEBUG"
MARK = "This is a bug in playbook itself"


def fault_line(error: BaseException) -> str:
    """One line that says what happened and how to report it; with PLAYBOOK_DEBUG=1, the traceback above it."""
    words = " ".join(str(error).split())[:200]
    what = f"{type(error).__name__}: {words}" if words else type(error).__name__
    line = f"{MARK}: {what}. Run the command again with {DEBUG}=1, and report its output together with the command."
    trace = "".join(traceback.format_exception(error)) if os.environ.get(DEBUG) == "1" else ""
    return trace + line
