"""The last net: what nobody foresaw becomes one line. Tests fail where it is needed."""

from __future__ import annotations

import os
import traceback

EXIT = 70  # EX_SOFTWARE of sysexits.h
DEBUG = "PLAYBOOK_DEBUG"
MARK = "This is a fault of playbook itself"


def fault_line(error: BaseException) -> str:
    """One line that says what happened and how to report it; with PLAYBOOK_DEBUG=1 the traceback above it."""
    words = " ".join(str(error).split())[:200]
    what = f"{type(error).__name__}: {words}" if words else type(error).__name__
    told = f"{MARK}: {what}. Run it again with {DEBUG}=1, and report what it prints with the command that you gave."
    trace = "".join(traceback.format_exception(error)) if os.environ.get(DEBUG) == "1" else ""
    return trace + told
