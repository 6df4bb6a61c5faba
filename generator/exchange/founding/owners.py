"""Writes CODEOWNERS: who is asked to review which document, from the owner that each names."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from urllib.parse import quote, unquote, urlsplit

from generator.library.library import Library

UNKNOWN = "your-organisation"
HEAD = """\
# Who is asked to review what: the `owner` of each document, as a team of your organisation where this repository is.
# The last line that fits a file counts.
"""
INERT = """\
# Nobody said where the repository is: put your organisation's name there in place of `your-organisation`, make a team
# for each, and remove the `# ` before the lines.
"""


def codeowners(owners: Mapping[str, str], team: str, repository: str) -> str:
    """The file, from the owner of each document by its path; `team` owns everything else.

    A folder has a line for the team that owns most of it, and each document of another team a line of its own.
    Without a `repository` the lines are comments.
    """
    place = urlsplit(repository).path.strip("/").rpartition("/")[0] or UNKNOWN
    folders: dict[str, dict[str, str]] = defaultdict(dict)
    for path, owner in owners.items():
        folders[path.rpartition("/")[0]][path] = owner
    rules = {"*": team}
    for folder, inside in sorted(folders.items()):
        usual = max(sorted(set(inside.values())), key=Counter(inside.values()).__getitem__)
        rules |= {f"/{folder}/": usual} if usual != team else {}
        rules |= {f"/{quote(path)}": owner for path, owner in sorted(inside.items()) if owner != usual}
    mark = "" if repository else "# "
    width = max(map(len, rules))
    lines = "".join(f"{mark}{path:<{width}} @{place}/{owner.lower()}\n" for path, owner in rules.items())
    return HEAD + ("" if repository else INERT) + lines


def owners_in(library: Library) -> dict[str, str]:
    """The owner of each document by its path."""
    return {one.path: one.body.owner for one in library.documents if one.is_named_by_id}


def follow_owners(text: str, before: Mapping[str, str], after: Mapping[str, str]) -> str:
    """CODEOWNERS with the owners of today, if it says what it said of those before; else as people wrote it."""
    rules = _read_rules(text)
    if not rules or rules[0][0] != "*":
        return text
    place, _, team = rules[0][1].removeprefix("@").rpartition("/")
    address = f"https://host/{place}/repository"
    known = {owner.lower(): owner for owner in (*before.values(), *after.values())}
    first = known.get(team, team)
    return codeowners(after, first, address) if text == codeowners(before, first, address) else text


def make_owners(text: str, owners: Mapping[str, str], teams: Sequence[str], repository: str) -> str:
    """CODEOWNERS anew, for the organisation and the team for everything else that the former one names."""
    rules = _read_rules(text)
    place, _, team = (rules[0][1] if rules else "").removeprefix("@").rpartition("/")
    first = next((one for one in teams if one.lower() == team), teams[0])
    return codeowners(owners, first, repository or (f"https://host/{place}/repository" if place else ""))


def list_misled(text: str, owners: Mapping[str, str], teams: Collection[str]) -> list[str]:
    """The documents of which CODEOWNERS asks somebody else than their owner.

    None where it has rules that only its host can read, or names people who are no teams here.
    """
    rules, words = _read_rules(text), {team.lower() for team in teams}
    if any(not _is_plain(pattern) or name.rpartition("/")[2] not in words for pattern, name in rules):
        return []
    return [
        path for path, owner in sorted(owners.items()) if (asked := _find_asked(rules, path)) and asked != owner.lower()
    ]


def _read_rules(text: str) -> list[tuple[str, str]]:
    """Each pattern with whom it asks, in order; a line that asks several is no rule of ours."""
    lines = [line.split("#")[0].split() for line in text.splitlines()]
    return [(words[0], " ".join(words[1:]).lower()) for words in lines if len(words) > 1]


def _is_plain(pattern: str) -> bool:
    return pattern == "*" or (pattern.startswith("/") and "*" not in pattern and "?" not in pattern)


def _find_asked(rules: list[tuple[str, str]], path: str) -> str:
    """The team that the last rule for a path names; empty if there is none."""
    here = f"/{path}"
    fitting = [
        name
        for pattern, name in rules
        if pattern == "*" or unquote(pattern) == here or (pattern.endswith("/") and here.startswith(unquote(pattern)))
    ]
    return fitting[-1].rpartition("/")[2] if fitting else ""
