"""Markdown -> its tokens: code, comments, references, links and lone signs, in one pass that never looks back.

Whatever somebody writes is read in a time that grows with its length: where code and comments end is kept in lists of
all such ends, and not searched for again from each beginning.
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
# A comment at the beginning of a line hides even where a backtick in the line above has no partner yet.
PARAGRAPH = re.compile(rf"{BLANK.pattern}|\n(?={BEGINNING}<[!?])")
EMPTY_COMMENT = re.compile(r"<!---?>")
ENDS = {"<!--": re.compile("-->"), "<?": re.compile(r"\?>"), "<![CDATA[": re.compile(r"\]\]>")}
DECLARED = re.compile(">")
NEVER = 1 << 62


class Token(NamedTuple):
    """A piece of a text that is more than words; `inner` is what stands in code."""

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
    """Where a sign stands next; asked for places that only go up, it reads the text once."""

    def __init__(self, sign: re.Pattern[str], text: str) -> None:
        self._matches = sign.finditer(text)
        self._span = -1, -1

    def at(self, index: int) -> tuple[int, int]:
        """Start and end of the first that begins at the index or later; NEVER where there is none."""
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
        """Where the runs of backticks begin, by their length."""
        starts: dict[int, list[int]] = defaultdict(list)
        for run in TICKS.finditer(self.text):
            starts[len(run[0])].append(run.start())
        return starts

    def _read_code(self, match: re.Match[str]) -> Token | None:
        """A code span: up to the next run of just as many backticks in its paragraph."""
        start, begin = match.span()
        runs = self._runs[begin - start]
        number = bisect_right(runs, start)
        is_rest = self.text[start - 1 : start] == "`"  # of a run whose first backtick is escaped
        if is_rest or number == len(runs) or runs[number] > self._find(PARAGRAPH, begin)[0]:
            return None
        return Token("code", start, runs[number] + begin - start, match, self.text[begin : runs[number]])

    def _read_fence(self, match: re.Match[str]) -> Token:
        """Code between bars. In a list it ends with the list, which a comment further left shows."""
        begin, indent = match.end(), len(match["indent"])
        closing = re.compile(rf"^[ ]*+{match['bar']}[`~]*+[ ]*$|\Z", re.MULTILINE).search(self.text, begin)
        assert closing is not None
        until, end = closing.span()
        further_left = re.compile(rf"^[ ]{{0,{max(0, indent - 1)}}}<[!?]", re.MULTILINE)
        if left := further_left.search(self.text, begin, until) if indent else None:
            until = end = left.start()
        return Token("fence", match.start(), end, match, self.text[begin:until])

    def _read_unseen(self, match: re.Match[str], begins_line: bool) -> Token:
        """What no reader sees. Without its end it hides all that follows, where it begins a line."""
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
