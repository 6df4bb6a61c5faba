"""Questions as the course's pages hold them: which option is right, and why, cannot be read in their source.

The right option is told by a salted hash, and everything that would tell it is enciphered with a key that only its
words give. Whoever tries all options finds it, so this is no proof: it keeps an honest trainee from seeing an answer by
accident. What must be proof is asked by the learning system itself.
"""

from __future__ import annotations

import hashlib
import json
from base64 import b64encode
from collections.abc import Callable
from typing import Any

from generator.documents.target import Target
from generator.publishing.training.question import QuizQuestion, ordered


def seal(question: QuizQuestion, address: Callable[[Target], str]) -> dict[str, Any]:
    """A question as JSON; `address` gives the address of what to read, or an empty text."""
    salt = hashlib.sha256(question.id.encode()).hexdigest()[:12]
    options = ordered(question)
    told = {
        "why": [option.why for option in options],
        "part": [list(option.parting) if option.parting else None for option in options],
        "path": [list(turn) for turn in question.path],
        "read": [[read.name, address(read.target)] for read in question.reads],
    }
    return {
        "id": question.id,
        "kind": question.kind,
        "critical": question.is_critical,
        "scenario": question.scenario,
        "ask": question.ask,
        "options": [option.text for option in options],
        "salt": salt,
        "right": _hash(salt, "right", question.right.text).hex()[:16],
        "told": b64encode(_encipher(told, _hash(salt, "told", question.right.text))).decode(),
    }


def _hash(salt: str, purpose: str, text: str) -> bytes:
    return hashlib.sha256(f"{salt}\n{purpose}\n{text}".encode()).digest()


def _encipher(what: Any, key: bytes) -> bytes:
    """JSON with each block of 32 bytes changed by the hash of the key and the block's number."""
    plain = json.dumps(what, ensure_ascii=False, separators=(",", ":")).encode()
    blocks = (hashlib.sha256(key + number.to_bytes(4, "big")).digest() for number in range(len(plain) // 32 + 1))
    return bytes(one ^ other for one, other in zip(plain, b"".join(blocks), strict=False))
