"""The baseline of a team: a file that lists the findings which it knows, one a line, sorted."""

from __future__ import annotations

import json
import re
from typing import Any

from generator.analysis.identity import Identity
from generator.analysis.known import Amount, Known

VERSION = 1
AGAIN = "write it anew with --write-baseline"
CONFLICT = re.compile(r"^(?:<{7}|={7}|>{7}|\|{7})(?: |$)", re.MULTILINE)
TEXTS = ("code", "document", "at", "message")


class BrokenBaseline(Exception):
    """A baseline that cannot be read; the message says why, and what to do."""


def write_known(known: Known) -> str:
    """Known findings as the text of a baseline: JSON with a line for each, so that two branches can be merged."""
    lines = []
    for identity, amount in sorted(known.items()):
        entry: dict[str, Any] = {"code": identity.code, "severity": amount.severity, "document": identity.document}
        entry |= {"at": identity.at, "message": identity.message}
        entry |= {"number": amount.number} if amount.number > 1 else {}
        lines.append(json.dumps(entry, ensure_ascii=False))
    listed = "\n" + ",\n".join(f"    {line}" for line in lines) + "\n  " if lines else ""
    return f'{{\n  "version": {VERSION},\n  "findings": [{listed}]\n}}\n'


def may_be_baseline(raw: bytes) -> bool:
    """Whether a file is a baseline, though perhaps a broken one: only such a file is written over."""
    return not raw.strip() or (raw.lstrip(b"\xef\xbb\xbf").lstrip()[:1] in (b"{", b"<") and b'"findings"' in raw)


def read_known(raw: bytes) -> Known:
    """The known findings of a baseline. Raises BrokenBaseline.

    An entry that is there twice, as after a merge, counts once.
    """
    try:
        text = raw.decode("utf-8-sig")
        if CONFLICT.search(text):
            raise BrokenBaseline("has conflict markers of git: keep the lines of both sides, or " + AGAIN)
        data = json.loads(text)
    except (ValueError, RecursionError) as error:
        line = f", line {error.lineno}" if isinstance(error, json.JSONDecodeError) else ""
        raise BrokenBaseline(f"is no baseline: it cannot be read as JSON{line}; {AGAIN}") from None
    version = data.get("version") if isinstance(data, dict) else None
    if isinstance(version, int) and version > VERSION:
        raise BrokenBaseline(f"is of a newer playbook (version {version}): update playbook, or {AGAIN}")
    if version != VERSION or isinstance(version, bool) or not isinstance(data.get("findings"), list):
        raise BrokenBaseline(f"is no baseline of version {VERSION}; {AGAIN}")
    return dict(_read_entry(number, entry) for number, entry in enumerate(data["findings"], 1))


def _read_entry(number: int, entry: Any) -> tuple[Identity, Amount]:
    is_sound = (
        isinstance(entry, dict)
        and all(isinstance(entry.get(name), str) for name in TEXTS)
        and entry.get("severity") in ("error", "warning")
        and isinstance(entry.get("number", 1), int)
    )
    if not is_sound:
        raise BrokenBaseline(f"has a broken entry, number {number}; {AGAIN}")
    return Identity(*(entry[name] for name in TEXTS)), Amount(entry.get("number", 1), entry["severity"])
