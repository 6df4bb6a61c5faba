"""Signs the hashes of a pack with minisign, and checks such a signature without a network.

The trusted comment, which is signed too, says which pack it is: its id, its version and its audience.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from importlib import import_module
from pathlib import Path
from typing import Any

SIGNATURE = "SHA256SUMS.minisig"
COMMENT = "signature of a playbook pack; check it with `playbook pack verify DIR --key FILE` or minisign"


class Unsigned(ValueError):
    """A pack that cannot be signed, or whose signature does not hold; the message says why."""


def sign_sums(sums: bytes, told: Mapping[str, Any], key: Path, ask: Callable[[], str]) -> bytes:
    """The signature of a list of hashes, the same for the same pack and key. `ask` gives the password of a key that has

    one. Raises Unsigned, OSError.
    """
    minisign = import_module("minisign")
    try:
        secret = minisign.SecretKey.from_bytes(key.read_bytes())
    except ValueError:
        raise Unsigned(f"{key} is no secret key of minisign; `minisign -G` makes one") from None
    try:
        if secret.is_encrypted():
            secret.decrypt(ask())
        made = secret.sign(sums, untrusted_comment=COMMENT, trusted_comment=describe_pack(told))
    except ValueError as error:
        raise Unsigned(f"nothing was signed: {error}") from None
    return bytes(made)


def check_signature(sums: bytes, signature: bytes, told: Mapping[str, Any], key: str) -> str:
    """The trusted comment of a signature that holds. `key` is a public key or its file. Raises Unsigned, OSError."""
    public = read_key(key)
    minisign = import_module("minisign")
    try:
        one = minisign.Signature.from_bytes(signature)
        public.verify(sums, one)
    except ValueError as error:
        raise Unsigned(f"the signature does not hold: {error}") from None
    comment: str = one.trusted_comment
    if comment != describe_pack(told):
        raise Unsigned(f"the signature is for another pack: {comment}")
    return comment


def read_key(key: str) -> Any:
    """A public key from its file, or as it is written there. Raises Unsigned, OSError."""
    minisign = import_module("minisign")
    try:
        if os.path.isfile(key):  # noqa: PTH113 - a key may be too long for the name of a file
            return minisign.PublicKey.from_bytes(Path(key).read_bytes())
        return minisign.PublicKey.from_base64(key)
    except ValueError:
        raise Unsigned(f"{key} is no public key of minisign, and no file with one") from None


def describe_pack(told: Mapping[str, Any]) -> str:
    """Which pack a record is of, on one line."""
    return f"pack {told.get('id')} version {told.get('version')} audience {told.get('audience')}"
