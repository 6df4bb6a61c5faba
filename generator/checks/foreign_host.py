"""A text links to a host that the vocabulary does not allow.

`hosts` in the vocabulary lists where links may lead; each stands for the hosts below it too. A link to an editor or a
drive of documents shows readers a draft, or a page that asks them to sign in. Without `hosts`, nothing is said.

Bad:
    [the form](https://docs.example.net/d/1a2b3c/edit)   # hosts: [help.example.org]

Good:
    [the form](https://help.example.org/form)
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import partial
from urllib.parse import urlsplit

from pydantic import BaseModel

from generator.documents import VOCABULARY
from generator.documents.roles import leaves
from generator.documents.types.macro import Macro
from generator.findings import Fault, Keys, stretch
from generator.library.library import Library
from generator.wording import did_you_mean

ADDRESS = re.compile(r"https?://[^\s<>()\[\]{}|\"'`\\^]+", re.IGNORECASE)


def check(library: Library) -> Iterator[Fault]:
    if library.vocabulary is None or not library.vocabulary.hosts:
        return
    hosts = library.vocabulary.hosts
    bodies: list[tuple[str, BaseModel]] = [(one.path, one.body) for one in library.documents if one.may_have_addresses]
    for path, body in (*bodies, (VOCABULARY, library.vocabulary)):
        for keys, text in _list_texts(body):
            for address in ADDRESS.finditer(text) if "://" in text else ():
                host = _read_host(address[0])
                if host and not _is_allowed(host, hosts):
                    yield _make_fault(path, keys, text, address, host, hosts)


def _make_fault(path: str, keys: Keys, text: str, address: re.Match[str], host: str, hosts: Iterable[str]) -> Fault:
    otherwise = f"link to a host that is allowed, or add it to `hosts` in {VOCABULARY}"
    spot = stretch(path, keys, text, address[0], address.start())
    message = f"this links to `{host}`, which the vocabulary does not allow"
    return Fault(spot, message, partial(did_you_mean, host, hosts, otherwise))


def _list_texts(body: BaseModel) -> Iterator[tuple[Keys, str]]:
    """Texts in which an address is a link: prose, replies, and what fills the blanks of replies."""
    for leaf in leaves(body):
        if leaf.role.name in ("prose", "template"):
            yield leaf.keys, leaf.value
    if isinstance(body, Macro):
        yield from ((filling.keys, filling.text) for filling in body.fillings)


def _read_host(address: str) -> str:
    """The host that an address leads to, in small letters; empty if a browser would not go there."""
    try:
        return (urlsplit(address).hostname or "").rstrip(".,;:!?")
    except ValueError:
        return ""


def _is_allowed(host: str, hosts: Iterable[str]) -> bool:
    return any(host == one or host.endswith(f".{one}") for one in hosts)
