"""Writes pack.json: what a pack is, what is in it, and the SHA-256 of every other file."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

RECORD = "pack.json"


def write_record(what: Mapping[str, Any], files: Mapping[str, bytes]) -> bytes:
    """The record of a pack with these files."""
    hashes = {name: hashlib.sha256(content).hexdigest() for name, content in sorted(files.items())}
    return (json.dumps({**what, "files": hashes}, indent=2, ensure_ascii=False) + "\n").encode()
