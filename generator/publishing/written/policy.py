"""The headers that a host is to send with a site, as Netlify, Cloudflare Pages and others read them from `_headers`."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterable
from hashlib import sha256
from typing import NamedTuple

HEADERS = "_headers"
POLICY = "Content-Security-Policy"
LONGEST = 2000  # characters of a line that Cloudflare Pages reads
FOR_EVER = "public, max-age=31536000, immutable"
LINE = re.compile(r"[ \t]+([\w-]+):[ \t]*(.*?)[ \t]*")


class Inline(NamedTuple):
    """The scripts, the styles and the style attributes that are written into pages."""

    scripts: frozenset[str] = frozenset()
    styles: frozenset[str] = frozenset()
    styled: frozenset[str] = frozenset()


def policy(inline: Inline) -> str:
    """The strictest content security policy under which pages work that have this inline."""
    sources = {
        "default-src": "'self'",
        "script-src": f"'self'{_spell_hashes(inline.scripts)}",
        "style-src": f"'self'{_spell_hashes(inline.styles)}",
        "style-src-attr": f"'unsafe-hashes'{_spell_hashes(inline.styled)}" if inline.styled else "'none'",
        "img-src": "'self' data:",
        "object-src": "'none'",
        "base-uri": "'none'",
        "form-action": "'self'",
        "frame-ancestors": "'self'",
    }
    return "; ".join(f"{what} {where}" for what, where in sources.items())


def write_headers(inline: Inline, unchanging: Iterable[str]) -> str:
    """The text of `_headers`; `unchanging` are folders of the site whose names change with what is in them."""
    every = {POLICY: policy(inline), "X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer"}
    rules = {"/*": every} | {f"/{folder}/*": {"Cache-Control": FOR_EVER} for folder in sorted(unchanging)}
    return "\n".join(
        f"{path}\n" + "".join(f"  {name}: {value}\n" for name, value in sent.items()) for path, sent in rules.items()
    )


def read_headers(text: str, path: str) -> list[tuple[str, str]]:
    """What a host sends with the file at a path (from the top of the site, with its slash), by such a text."""
    sent, is_meant = [], False
    for line in text.splitlines():
        if found := LINE.fullmatch(line):
            sent += [(found[1], found[2])] if is_meant else []
        elif line.strip() and not line.startswith("#"):
            rule = line.strip()
            is_meant = path.startswith(rule[:-1]) if rule.endswith("*") else path == rule
    return sent


def _spell_hashes(texts: Iterable[str]) -> str:
    """Sources of a policy for these texts, each after a space; browsers see a line break as one sign."""
    hashes = {b64encode(sha256(text.replace("\r\n", "\n").encode()).digest()).decode() for text in texts}
    return "".join(f" 'sha256-{one}'" for one in sorted(hashes))
