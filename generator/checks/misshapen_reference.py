"""Brackets look like a reference and are none, so that readers see them as they are typed.

A reference is `[[id]]`, `[[id#part]]` or `[[id|words]]`. Its words are plain: no brackets in them. To show two brackets
as they are, write a backslash before them.

Bad:
    text: Send [[account-restored] now.

Good:
    text: Send [[account-restored]] now.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.documents.target import Target
from generator.findings import Fault, write
from generator.library.library import Library

NAME = re.compile(r"[\w#@.-]+")


def check(library: Library) -> Iterator[Fault]:
    for at, kind in library.odd:
        if kind == "reference":
            yield Fault(
                at.spot, f"`{at.found}` is shown as it is typed: it is no reference", _suggest(library, at.found)
            )


def _suggest(library: Library, found: str) -> str:
    target, bar, words = found.strip("[]").partition("|")
    name = NAME.match(target.strip())
    if name is None:
        return "write the id of a document between the brackets, as in [[restore-account]], or remove them"
    if bar and not words.strip():
        return f"write [[{name[0]}]], or words behind the `|`"
    if bar and not found.endswith("]]"):
        return f"write [[{name[0]}|words]] with two brackets at the end, and none within the words"
    if not bar and library.find(Target.parse(name[0]).id) is not None:
        return write(f"[[{name[0]}]]", found)
    return f"write [[{name[0]}]], or \\[ if brackets are meant"
