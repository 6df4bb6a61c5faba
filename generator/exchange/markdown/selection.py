"""Chooses which Markdown files of a folder are policies: a README and the like are about the repository."""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from fnmatch import fnmatchcase
from typing import NamedTuple

from generator.exchange.markdown.languages import ONE_LANGUAGE, Tongues, find_languages

# Files that repositories have by convention. Those of the first list are never policies; those of the second only if
# their names are in capitals: a company's policies may well have a `security.md` and a `copyright.md`.
ALWAYS = "readme licen[cs]e copying changelog contributing contributors authors maintainers"
TEMPLATES = "pull_request_template issue_template"
CAPITALS = "CODE_OF_CONDUCT SECURITY SUPPORT GOVERNANCE HISTORY CHANGES NOTICE COPYRIGHT INSTALL CODEOWNERS TODO AGENTS"
LANGUAGE = r"(?:[._][a-z]{2,3}(?:_[a-z]{2,4})?)?"  # README.de.md, README_zh-CN.md
ANY_CASE = re.compile(rf"(?:{'|'.join(f'{ALWAYS} {TEMPLATES}'.split())}){LANGUAGE}", re.IGNORECASE)
IN_CAPITALS = re.compile(rf"(?:{'|'.join(CAPITALS.split())})(?i:{LANGUAGE})")
LICENCE = re.compile(r"licen[cs]e_(?:mit|apache|bsd|gpl|cc|docs?|code|content)\b.*", re.IGNORECASE)


class ChosenFiles(NamedTuple):
    """The files that are policies, those that stay out by themselves, those excluded, and patterns without a file.

    `tongues` tells which of those kept are translations, and has those that stay out for their language.
    """

    kept: list[str]
    about: list[str]
    excluded: list[str]
    idle: list[str]
    tongues: Tongues = ONE_LANGUAGE


def select(
    paths: Collection[str],
    exclude: Collection[str],
    include: Collection[str],
    known: Collection[str],
    locales: Collection[str] = (),
) -> ChosenFiles:
    """Parts the files of a folder; one that is `known`, as it is a policy already, does not stay out by itself."""
    asked = {path for path in paths if any(fits(path, pattern) for pattern in include)}
    excluded = {path for path in paths if any(fits(path, pattern) for pattern in exclude)}
    sizes = Counter(folder for path in paths for folder in _list_folders(path))
    about = {
        path
        for path in paths
        if path not in excluded
        and path not in known
        and is_about_repository(path)
        and not _is_alone(path, sizes)
        and path not in asked
    }
    idle = [one for one in (*exclude, *include) if not any(fits(path, one) for path in paths)]
    rest = [path for path in paths if path not in excluded and path not in about]
    tongues = find_languages([path for path in rest if path not in asked], locales)
    unknown = {path: code for path, code in tongues.unknown.items() if path not in known}
    return ChosenFiles(
        [path for path in rest if path not in unknown],
        [path for path in paths if path in about],
        [path for path in paths if path in excluded],
        idle,
        tongues._replace(unknown=unknown),
    )


def fits(path: str, pattern: str) -> bool:
    """Whether a pattern names a file, or a folder that it is in: by the path from the top, or by the name alone."""
    plain = pattern.replace("\\", "/").removeprefix("./").removeprefix("**/").removesuffix("/**").strip("/")
    return any(fnmatchcase(one, plain) for one in _list_names(path))


def is_about_repository(path: str) -> bool:
    """Whether a file has a name that repositories give to what is about them."""
    stem = posixpath.splitext(posixpath.basename(path))[0]
    plain = re.sub(r"[ -]", "_", stem)
    return any(sign.fullmatch(plain) for sign in (ANY_CASE, IN_CAPITALS, LICENCE))


def _is_alone(path: str, sizes: Mapping[str, int]) -> bool:
    """Whether a README is the only file of a folder below the top: then it is what the folder is about."""
    folder, name = posixpath.split(path)
    return name.lower().startswith("readme.") and sizes[folder] == 1 if folder else False


def _list_folders(path: str) -> Iterator[str]:
    while path := posixpath.dirname(path):
        yield path


def _list_names(path: str) -> Iterator[str]:
    """The path, the folders above it, and the name of each."""
    for one in (path, *_list_folders(path)):
        yield one
        yield posixpath.basename(one)
