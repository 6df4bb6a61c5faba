"""A reply still contains something that its author meant to replace.

The member would read it; fallbacks and choices are checked too. Blanks are variables, `{{ name }}`; notes to colleagues
go in an `internal_note`. The blanks of other help desks count, as do `%{ticket.name}`, `{first_name}` and `<<Name>>`,
and words in square brackets, unless they are a link, a reference or an aside.

Bad:
    text: Hi [NAME], TODO add the deadline

Good:
    text: Hi {{ name }}, please answer by {{ deadline }}
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.documents.text.blanks import Blank, blanks
from generator.documents.types.macro import Macro
from generator.findings import Advice, Fault, stretch
from generator.library.library import Library

NOTE = re.compile(r"<!--|(?i:\b(?:internal note|note to (?:agents?|self|colleagues))\s*:[^\n]*|lorem ipsum)")

LONGEST = 200  # characters of an instruction over several lines that are shown
FILLED = "write the words that the member should read, or remove it"
MOVED = "make it a variable, `{{ name }}`, or move it to `internal_note`"
BRACKETS = "make it a variable, `{{ %s }}`; if the member should read it, use round brackets"


def check(library: Library) -> Iterator[Fault]:
    for document, macro in library.each(Macro):
        for _, keys, text in (*macro.letters, *macro.fillings):
            is_letter = keys[-1] == "text"
            for start, end, hint in _find(text, macro):
                words = text[start:end].strip()
                spot = stretch(document.path, keys, text, words.split("\n")[0], start)
                line = " ".join(words.split())
                line = line if len(line) <= LONGEST else f"{line[:LONGEST]}…"
                yield Fault(spot, f"`{line}` was left in the text", hint if is_letter else FILLED)


def _find(text: str, macro: Macro) -> Iterator[tuple[int, int, str]]:
    """Where something was left in the text, and what to do about it."""
    for blank in blanks(text):
        yield blank.start, blank.end, _suggest(blank, macro)
    if "<!--" in text or "note" in (lowered := text.lower()) or "lorem" in lowered:
        yield from ((match.start(), match.end(), MOVED) for match in NOTE.finditer(text))


def _suggest(blank: Blank, macro: Macro) -> str:
    if blank.words and blank.name in macro.variables:
        return Advice(f"make it a variable: write `{{{{ {blank.name} }}}}`", f"{{{{ {blank.name} }}}}")
    return BRACKETS % blank.name if blank.kind == "square" else MOVED
