"""Writes CODEOWNERS: who is asked to review which document, from the owner that each names."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from urllib.parse import quote, urlsplit

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
