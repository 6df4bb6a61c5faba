"""Files of a pack: listed, hashed, and put into zips that have the same bytes from every build."""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path


def hash_files(folder: Path) -> dict[str, str]:
    """The SHA-256 of every file below a folder by its path from there, sorted."""
    return {name: hashlib.sha256(path.read_bytes()).hexdigest() for name, path in built_files(folder).items()}


def built_files(folder: Path) -> dict[str, Path]:
    """Every file below a folder by its path from there, sorted."""
    found = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}
    return dict(sorted(found.items()))


def write_zip(files: Mapping[str, bytes], place: Path, moment: datetime) -> None:
    """Writes a zip: its entries in the order given, each of the same date, mode and system."""
    place.write_bytes(make_zip(files, moment))


def make_zip(files: Mapping[str, bytes], moment: datetime) -> bytes:
    """The bytes of such a zip."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, content in files.items():
            entry = zipfile.ZipInfo(name, moment.timetuple()[:6])
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, content)
    return made.getvalue()
