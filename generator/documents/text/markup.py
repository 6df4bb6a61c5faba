"""Splits Markdown into tokens (code, comments, references, links, single characters) in one pass that never goes back.

Whatever somebody writes, the time is proportional to its length: the ends of code and comments are listed once, and not
searched for again from each beginning.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator
from functools import cached_property
from typing import NamedTuple

# A line may begin within lists and quotes.
BEGINNING = r"(?:[ \t>]|[*+\-](?=[ \t]))*+(?:\d{1,9}[.)][ \t]++)?+[ \t]*+"
UNSEEN = r"<(?:!--|\?|!\[CDATA\[|![A-Za-z])"
OPENING = re.compile(
    rf"""
      (?P<fence> ^(?P<indent>[ ]*+)(?P<bar>`{{3,}}+|~{{3,}}+)[^\n`]*+\n )
    | (?P<block> ^{BEGINNING} (?P<begun>{UNSEEN}) )
    | (?P<escape> \\[\\`\[\]{{}}<*_] )
    | (?P<code> `++ )
    | (?P<reference> \[\[ (?P<target>[^\[\]|]++) (?:\|(?P<words>[^\[\]]++))? \]\] )
    | (?P<definition> \]: (?=\s*+ <*+(?P<defined>(?:[^\s<>\]]|\](?!:))*+)) )
    | (?P<link> \]\( \s*+ <?+(?P<href>(?:[^\s()<>]|\([^\s()<>]*+\))*+)
        (?P<end> >? (?:\s++(?P<title>"[^"\n]*+"|'[^'\n]*+'))? \s*+ \) )? )
    | (?P<inline> {UNSEEN} )
    | (?P<angle> < )
    | (?P<brace> \{{ )
    """,
    re.VERBOSE | re.MULTILINE,
)
TICKS = re.compile("`+")
BLANK = re.compile(r"\n[ ]*+\n")
# A comment at the beginning of a line is one, even if a backtick in the line above still has no partner.
PARAGRAPH = re.compile(rf"{BLANK.pattern}|\n(?={BEGINNING}<[!?])")
EMPTY_COMMENT = re.compile(r"<!---?>")
ENDS = {"<!--": re.compile("-->"), "<?": re.compile(r"\?>"), "<![CDATA[": re.compile(r"\]\]>")}
DECLARED = re.compile(">")
NEVER = 1 << 62


class Token(NamedTuple):
    """A piece of a text that is more than words; `inner` is the content of code."""

    kind: str
    start: int
    end: int
    match: re.Match[str]
    inner: str = ""


def tokens(text: str) -> Iterator[Token]:
    """The tokens of a text, in order; they do not overlap.

    Kinds are the groups of OPENING, and `unseen`: a comment, a processing instruction, a declaration, CDATA.
    """
    return _Reader(text).tokens()


class Next:
    """Finds the next match of a pattern; the indexes asked for must not decrease, so that the text is read once."""

    def __init__(self, sign: re.Pattern[str], text: str) -> None:
        self._matches = sign.finditer(text)
        self._span = -1, -1

    def at(self, index: int) -> tuple[int, int]:
        """The start and end of the first match that begins at the index or later; NEVER if there is none."""
        while self._span[0] < index:
            match = next(self._matches, None)
            self._span = match.span() if match else (NEVER, NEVER)
        return self._span


class _Reader:
    def __init__(self, text: str) -> None:
        self.text = text
        self._next: dict[re.Pattern[str], Next] = {}

    def tokens(self) -> Iterator[Token]:
        at = 0
        while match := OPENING.search(self.text, at):
            token = self._read_token(str(match.lastgroup), match)
            if token:
                yield token
            at = token.end if token else match.end()

    def _find(self, sign: re.Pattern[str], index: int) -> tuple[int, int]:
        if sign not in self._next:
            self._next[sign] = Next(sign, self.text)
        return self._next[sign].at(index)

    def _read_token(self, kind: str, match: re.Match[str]) -> Token | None:
        if kind == "code":
            return self._read_code(match)
        if kind == "fence":
            return self._read_fence(match)
        if kind in ("block", "inline"):
            return self._read_unseen(match, kind == "block")
        return Token(kind, *match.span(), match)

    @cached_property
    def _runs(self) -> dict[int, list[int]]:
        """The indexes at which runs of backticks begin, by the length of the run."""
        starts: dict[int, list[int]] = defaultdict(list)
        for run in TICKS.finditer(self.text):
            starts[len(run[0])].append(run.start())
        return starts

    def _read_code(self, match: re.Match[str]) -> Token | None:
        """A code span: up to the next run of exactly as many backticks in its paragraph."""
        start, begin = match.span()
        runs = self._runs[begin - start]
        number = bisect_right(runs, start)
        is_rest = self.text[start - 1 : start] == "`"  # the rest of a run whose first backtick is escaped
        if is_rest or number == len(runs) or runs[number] > self._find(PARAGRAPH, begin)[0]:
            return None
        return Token("code", start, runs[number] + begin - start, match, self.text[begin : runs[number]])

    def _read_fence(self, match: re.Match[str]) -> Token:
        """A fenced block of code. In a list it also ends where the list does: at a comment that is indented less."""
        begin, indent = match.end(), len(match["indent"])
        closing = re.compile(rf"^[ ]*+{match['bar']}[`~]*+[ ]*$|\Z", re.MULTILINE).search(self.text, begin)
        assert closing is not None
        until, end = closing.span()
        further_left = re.compile(rf"^[ ]{{0,{max(0, indent - 1)}}}<[!?]", re.MULTILINE)
        if left := further_left.search(self.text, begin, until) if indent else None:
            until = end = left.start()
        return Token("fence", match.start(), end, match, self.text[begin:until])

    def _read_unseen(self, match: re.Match[str], begins_line: bool) -> Token:
        """A comment or the like, which no reader sees. One that begins a line and has no end hides all the rest."""
        opening = match["begun"] or match["inline"]
        start = match.end() - len(opening)
        if empty := EMPTY_COMMENT.match(self.text, start):
            return Token("unseen", start, empty.end(), match)
        end = self._find(ENDS.get(opening, DECLARED), match.end())[1]
        if not begins_line and opening != "<!--" and end > self._find(BLANK, start)[0]:
            end = NEVER
        if end == NEVER and not begins_line:
            return Token("angle", start, start + 1, match)
        return Token("unseen", start, min(end, len(self.text)), match)
