"""A reply still contains something that its author meant to replace.

The member would read it; fallbacks and choices are checked too. Blanks are variables, `{{ name }}`; notes to colleagues
go in an `internal_note`.

Bad:
    text: Hi [NAME], TODO add the deadline

Good:
    text: Hi {{ name }}, please answer by {{ deadline }}
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.documents.types.macro import Macro
from generator.findings import Fault, stretch
from generator.library.library import Library

LEFT = re.compile(
    r"""
      \[(?: [A-Z][A-Z0-9\ _/-]+ | (?i:insert|your|enter|add)\b[^\]\n]{0,200} )\](?!\()
    | <(?: [A-Z][A-Z0-9\ _-]+ | (?i:insert|your|enter)\b[^<>\n]* )>
    | <!--
    | \b(?:TODO|FIXME|XXX+|TBD|TBC)\b | _{4,} | \?\?\?+
    | (?i:\b(?:internal\ note|note\ to\ (?:agents?|self|colleagues))\s*:[^\n]* | lorem\ ipsum)
    """,
    re.VERBOSE,
)
SIGNS = ("[", "<", "TODO", "FIXME", "XXX", "TBD", "TBC", "____", "???")

FILLED = "write the words that the member should read, or remove it"


def check(library: Library) -> Iterator[Fault]:
    for document, macro in library.each(Macro):
        for _, keys, text in (*macro.letters, *macro.fillings):
            for match in LEFT.finditer(text) if _may_hold(text) else ():
                hint = "make it a variable, `{{ name }}`, or move it to `internal_note`"
                spot = stretch(document.path, keys, text, match[0], match.start())
                yield Fault(spot, f"`{match[0]}` was left in the text", hint if keys[-1] == "text" else FILLED)


def _may_hold(text: str) -> bool:
    """A cheap test before the pattern, which makes `check` an eighth slower: nearly all letters contain nothing."""
    lowered = text.lower()
    return any(sign in text for sign in SIGNS) or "note" in lowered or "lorem" in lowered
