"""Finds files that are one policy in several languages: `de/terms.md`, `terms.fr.md`, `i18n/ja/terms.md`.

A name says little: `it/security.md` may be Italian, or of the IT department. So a file is a translation only if the
same file is there in the language of the knowledge base too, and if the vocabulary has its language. Others are named.
"""

from __future__ import annotations

import posixpath
import re
from collections import defaultdict
from collections.abc import Collection, Iterator
from typing import NamedTuple

ISO_639_1 = """
aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz ee el
en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik io is it iu
ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na
nb nd ne ng nl nn no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl sm sn so
sq sr ss st su sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu
"""
CODES = frozenset(ISO_639_1.split())
TAG = re.compile(r"([a-z]{2,3})(?:[-_][a-z]{4})?(?:[-_](?:[a-z]{2}|\d{3}))?", re.IGNORECASE)
SHELVES = ("i18n", "l10n", "locales", "locale", "translations", "lang", "languages")  # folders of folders of languages
ENDING = re.compile(r"(?P<stem>.+?)(?:\.(?P<dot>[A-Za-z_-]+)|_(?P<line>[A-Za-z]{2,3}(?:[-_][A-Za-z]+)?))")


class Tongues(NamedTuple):
    """The languages of a folder's files.

    `translations` has, by the path of a policy's file, the path of each of its translations by locale; `locales` has
    the locale of each such policy; `unknown` has the files in a language that the vocabulary lacks, with its code.
    """

    translations: dict[str, dict[str, str]]
    locales: dict[str, str]
    unknown: dict[str, str]

    @property
    def origins(self) -> dict[str, str]:
        """The file that each translation is of."""
        return {file: path for path, some in self.translations.items() for file in some.values()}


ONE_LANGUAGE = Tongues({}, {}, {})


def find_languages(paths: Collection[str], vocabulary: Collection[str]) -> Tongues:
    """Groups the files by policy, which is written in the first language of the vocabulary that it has."""
    known = {_normalise_tag(one): one for one in vocabulary}
    groups: dict[str, dict[str, str]] = defaultdict(dict)
    for path in paths:
        for code, base in _read_tag(path, known):
            groups[base].setdefault(code, path)
    found = Tongues({}, {}, {})
    for base, by_code in groups.items():
        native = next((code for code in (*map(_normalise_tag, vocabulary), "en") if code in by_code), None)
        origin = base if base in paths else by_code[native] if native else None
        if origin is None:
            continue
        own = known.get(native or "") if origin != base else next(iter(vocabulary), None)
        others = {code: path for code, path in by_code.items() if path != origin}
        translations = {known[code]: path for code, path in others.items() if code in known and known[code] != own}
        found.unknown.update((path, code) for code, path in others.items() if code not in known)
        if translations:
            found.translations[origin] = translations
            if own:
                found.locales[origin] = own
    return found


def _read_tag(path: str, known: Collection[str]) -> Iterator[tuple[str, str]]:
    """The language that the name of a file or folder says, and the path without it; nothing if none does."""
    folder, name = posixpath.split(path)
    stem, suffix = posixpath.splitext(name)
    if (match := ENDING.fullmatch(stem)) and (code := _find_code(match["dot"] or match["line"], known)):
        yield code, posixpath.join(folder, match["stem"] + suffix)
        return
    parts = folder.split("/") if folder else []
    for place, part in enumerate(parts):
        if code := _find_code(part, known):
            before = parts[: place - 1] if place and parts[place - 1].lower() in SHELVES else parts[:place]
            yield code, "/".join([*before, *parts[place + 1 :], name])
            return


def _find_code(word: str, known: Collection[str]) -> str:
    """The language that a word means: one of the vocabulary if it has that or its language; empty if it is none."""
    tag = _normalise_tag(word)
    match = TAG.fullmatch(word)
    if tag in known:
        return tag
    if match is None or match[1].lower() not in CODES:
        return ""
    return match[1].lower() if match[1].lower() in known else tag


def _normalise_tag(word: str) -> str:
    return word.lower().replace("_", "-")
