"""The record of a release: what a vendor got with one version of a pack, text by text, each with its hash."""

from __future__ import annotations

import hashlib
import json
from pathlib import PurePosixPath
from typing import Annotated

from pydantic import AfterValidator, Field

from generator.documents import RELEASES
from generator.documents.fields import Day, Identifier, Line, Shape, Version
from generator.documents.wrong_values import WrongValue

Digest = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]


def _require_inside(path: str) -> str:
    """A release is written into a folder: no path in it may lead out of that."""
    if path.startswith("/") or "\\" in path or ":" in path or ".." in path.split("/"):
        raise WrongValue("leads out of its folder", "write back the record as it was released")
    return path


Inside = Annotated[str, AfterValidator(_require_inside)]
TEXTS = f"{RELEASES}texts/"
REMARK = "# What a vendor got. Nobody edits a release: `playbook check` compares it with its hashes.\n"


class FrozenText(Shape):
    """A text of a release: the hash of its bytes and, of a document, its id, version and the hash of what it says."""

    id: Identifier | None = None
    version: Version | None = None
    says: Digest | None = None
    sha256: Digest


class ReleaseRecord(Shape):
    """One release of a pack.

    `texts` are all files of a knowledge base that has just what the pack's readers got, by their path there. `policies`
    are the versions of the policies among them, `outside` the titles of what they name without a link. `hash` is that
    of all of it. What it `supersedes` is the release before.
    """

    pack: Identifier
    version: Version
    on: Day
    title: Line
    vendor: Line
    audience: Line
    supersedes: Version | None = None
    hash: Digest
    policies: dict[Identifier, Version] = {}
    outside: dict[str, str] = {}
    texts: dict[Inside, FrozenText]

    def compute_hash(self) -> str:
        """The hash of all that the record says, and so of every text."""
        told = self.model_dump(mode="json", exclude={"hash"})
        return hash_text(json.dumps(told, sort_keys=True, ensure_ascii=False))


def hash_text(text: str) -> str:
    """The SHA-256 of a text."""
    return hashlib.sha256(text.encode()).hexdigest()


def place_of_record(pack: str, version: str) -> str:
    """The file of a release."""
    return f"{RELEASES}{pack}/{version}.yaml"


def place_of_text(path: str, frozen: FrozenText) -> str:
    """The file of a text of a release: the same for every release that has the same text."""
    known = PurePosixPath(path)
    state = f"{frozen.version}-{frozen.sha256[:12]}" if frozen.version else frozen.sha256[:12]
    return f"{TEXTS}{known.with_suffix('')}/{state}{known.suffix}"


def is_record(path: str) -> bool:
    """Whether a file below the releases is the record of one."""
    return path.startswith(RELEASES) and path.count("/") == RELEASES.count("/") + 1 and path.endswith((".yaml", ".yml"))
