"""Finds the blanks that people leave in a text: those of every help desk, and those that are typed by hand.

This is the one list of them: an import makes variables of what it finds, and the check `leftover` names the same.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from functools import cached_property
from typing import NamedTuple

from generator.documents.fields import KEYWORDS
from generator.documents.text import asides
from generator.documents.text.blank_forms import BARE, FORMS, WORD, BlankForm
from generator.files.scan import scan

TAG = re.compile(
    r"a|abbr|acronym|article|aside|audio|b|base|bdi|bdo|big|blockquote|body|br|button|canvas|caption|center|cite|"
    r"code|col|colgroup|dd|del|details|dfn|dialog|div|dl|dt|em|embed|fieldset|figcaption|figure|font|footer|form|"
    r"frame|h[1-6]|head|header|hr|html|i|iframe|img|input|ins|kbd|label|legend|li|main|map|mark|menu|meta|meter|"
    r"nav|nobr|noscript|ol|optgroup|option|p|param|pre|progress|q|rp|rt|ruby|s|samp|script|section|select|small|"
    r"source|span|strike|strong|style|sub|sup|svg|table|tbody|td|template|textarea|tfoot|th|thead|tr|track|tt|u|"
    r"ul|var|video|wbr"
)
# A text with a blank has one of the signs, or a bracket that is not one of two.
SIGNS = (re.escape(sign) for form in FORMS for sign in form.signs if "{" not in sign)
may_have_blanks = scan(rf"{'|'.join(sorted(SIGNS))}|(?:^|[^{{])(?:\{{\{{)*\{{(?:[^{{]|$)")
CLOSING = re.compile(r"[<\[]/\s*([\w.-]+)\s*[>\]]")
DEFINITION = re.compile(r"^[ ]{0,3}\[([^\[\]\n]{1,200}+)\]:[ \t]*\n?[ \t]*(?=[<#/.]|\w+[:.])", re.MULTILINE)
FENCE = re.compile(r"[ \t>]*(`{3,}+|~{3,}+)[ \t]*(\w?)")
CODE = re.compile(r"`[^`\n]++`")
REFERENCE = re.compile(r"\[([^\[\]\n]{0,200}+)\]")
ITEM = re.compile(r"[ \t>]*(?:[-*+]|\d+[.)])?[ \t]*")
# A variable may be within an instruction, but nothing that does more; the sign stands for what a caller has taken out.
TAKEN = "\0"
# Template syntax. Quotes are read as a whole, since a date's format has percent signs; nothing goes past a bracket.
QUOTED = r""" "[^"\n]{0,300}+" | '[^'\n]{0,300}+' """
EXPRESSION = rf"\{{\{{ (?: {QUOTED} | [^{{}}] )*+ \}}\}} (?!\}})"
STATEMENT = rf"\{{% (?: {QUOTED} | [^%{{}}] | %(?!\}}) )*+ %\}}"
LOGIC = re.compile(rf"(?! \{{\{{ \s* [\w.]+ \s* \}}\}} ) (?: {EXPRESSION} | {STATEMENT} )", re.VERBOSE)

PLURAL = re.compile(r"['’]?s\b|['’]")
PLACES = re.compile(r"X{1,3}|[YN]|#+|_+|●|•|\$|\?+")
LENGTH = re.compile(r"[ ](?:(?:business|working)[ ])?(?:minute|hour|day|week|month|year)s\b")
ASKING = re.compile(r"^(?:(?:insert|your|enter|add|please|the)\s+)+", re.IGNORECASE)
NO_NAME = re.compile(r"[^a-z0-9]+")
HUMP = re.compile(r"(?<=[a-z\d])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
MAX_NAME = 40
BLANK = "blank"


class Blank(NamedTuple):
    """A blank in a text: its kind, the indexes where it begins and ends, and the words that name it, if any."""

    kind: str
    start: int
    end: int
    words: str
    fallback: str = ""

    @property
    def name(self) -> str:
        """The name that a variable in its place would have."""
        return derive_name(self.words)


def derive_name(words: str) -> str:
    """A name for a variable, made of words."""
    name = NO_NAME.sub("_", words.lower()).strip("_")[:MAX_NAME].strip("_") or BLANK
    return name if name[0].isalpha() and name not in KEYWORDS else f"{BLANK}_{name}"


def blanks(text: str) -> Iterator[Blank]:
    """The blanks of a text in order; they do not overlap. Template syntax in double brackets is not among them."""
    if may_have_blanks(text):  # cheap, as `check` reads every letter
        yield from _Reader(LOGIC.sub(lambda match: TAKEN * len(match[0]), text)).blanks()


class _Reader:
    def __init__(self, text: str) -> None:
        self._text = text
        self._next = {form: self._find(form, 0) for form in FORMS if any(sign in text for sign in form.signs)}

    def _find(self, form: BlankForm, at: int) -> re.Match[str] | None:
        """The first match of a form from an index on that is a blank."""
        match = form.pattern.search(self._text, at)
        while match and (self._is_code(match.start()) or not JUDGES.get(form.kind, _pass_all)(self, match)):
            match = form.pattern.search(self._text, match.start() + 1)
        return match

    def blanks(self) -> Iterator[Blank]:
        while found := [(match.start(), order) for order, match in enumerate(self._next.values()) if match]:
            form = list(self._next)[min(found)[1]]
            match = self._next[form]
            assert match
            yield _describe(form.kind, match)
            for other, waiting in self._next.items():
                if waiting and waiting.start() < match.end():
                    self._next[other] = self._find(other, match.end())

    def _is_code(self, index: int) -> bool:
        at = bisect_right(self._code, (index, len(self._text))) - 1
        return at >= 0 and index < self._code[at][1]

    @cached_property
    def _code(self) -> list[tuple[int, int]]:
        return list(_find_code(self._text)) if "`" in self._text or "~~~" in self._text else []

    @cached_property
    def _closed(self) -> frozenset[str]:
        """The names of elements that end somewhere in the text, as in `</note>` and `[/quote]`."""
        return frozenset(name.lower() for name in CLOSING.findall(self._text))

    @cached_property
    def _defined(self) -> frozenset[str]:
        """The labels that have an address in the text, as in `[terms]: https://...`."""
        return frozenset(" ".join(label.lower().split()) for label in DEFINITION.findall(self._text))

    def _get_before(self, match: re.Match[str]) -> str:
        return self._text[max(0, match.start() - 1) : match.start()]

    def _is_line_of_its_own(self, match: re.Match[str]) -> bool:
        line = self._text.rfind("\n", 0, match.start()) + 1
        return bool(ITEM.fullmatch(self._text, line, match.start()))

    def judge_angle(self, match: re.Match[str]) -> bool:
        """Elements of HTML and XML, addresses and the types of program code are no blanks."""
        words = match[1]
        first = words.split()[0].lower()
        if words.endswith("/") or ":" in words or first in self._closed:
            return False
        if self._get_before(match).isalnum():
            return len(words) > 2 and words.upper() == words
        return not TAG.fullmatch(first) or (len(first) == 1 and " " in words)

    def judge_square(self, match: re.Match[str]) -> bool:
        """Links, references, elements, indexes, boxes to tick and asides are no blanks."""
        words, end = match[1], match.end()
        before, after = self._get_before(match), self._text[end : end + 1]
        if before in ("!", "\\") or (before == "[" and after == "]") or after == "(" or self._is_reference(words, end):
            return False
        if self._text[max(0, match.start() - 4) : match.start()].strip().endswith(("...", "…")):  # a quotation
            return False
        if not words.strip():
            return len(words) > 2 and "\n" not in words
        if PLACES.fullmatch(words):
            return not self._is_line_of_its_own(match)
        if words in ("x", "n"):
            return LENGTH.match(self._text, end) is not None
        is_loud = len(words) > 1 and words.upper() == words
        is_inside = before.isalnum() or (after.isalnum() and not PLURAL.match(self._text, end))
        return TAKEN not in words and (is_loud or not is_inside) and asides.is_blank(words)

    def _is_reference(self, words: str, end: int) -> bool:
        """Whether the brackets are the words or the label of a link, or an element that ends with `[/...]`."""
        label = " ".join(words.lower().split())
        if label in self._defined or label.partition("=")[0] in self._closed:
            return True
        other = REFERENCE.match(self._text, end)
        return other is not None and " ".join(other[1].lower().split()) in self._defined

    def judge_bare(self, match: re.Match[str]) -> bool:
        """A line of three underscores is a rule, and number signs at the end of a heading close it."""
        signs = match[1]
        line = self._text.rfind("\n", 0, match.start()) + 1
        if signs.startswith("#"):
            return not self._text.startswith("#", line)
        rest = self._text[line : self._text.find("\n", line) if "\n" in self._text[line:] else None]
        return not (signs == "___" and rest.strip() == signs)

    def judge_brace(self, match: re.Match[str]) -> bool:
        """Several words may be an aside."""
        return " " not in match[1] or asides.is_blank(match[1])

    def judge_remark(self, match: re.Match[str]) -> bool:
        """`***IMPORTANT***` is said to the member."""
        return asides.is_blank(match[1].strip())


def _describe(kind: str, match: re.Match[str]) -> Blank:
    words, fallback = next(group for group in match.groups() if group is not None), ""
    if kind in (BARE, WORD) or not any(map(str.isalnum, words)):
        return Blank(BARE, match.start(), match.end(), "")
    if kind == "default":
        words, _, fallback = words.partition(";")
    if kind != "opening":
        words = HUMP.sub(" ", words.removeprefix("ticket."))
        words = ASKING.sub("", " ".join(words.split())) or words.strip()
    return Blank(kind, match.start(), match.end(), words, fallback.strip(" ;"))


def _find_code(text: str) -> Iterator[tuple[int, int]]:
    """Where code begins and ends. A fence that names no language is a letter as often as code, so it is not listed."""
    fence, start, at = "", 0, 0
    for line in text.splitlines(keepends=True):
        signs = FENCE.match(line)
        if fence and signs and signs[1].startswith(fence) and not signs[2]:
            yield start, at
            fence = ""
        elif not fence and signs and signs[2]:
            fence, start = signs[1], at
        elif not fence:
            yield from ((at + code.start(), at + code.end()) for code in CODE.finditer(line))
        at += len(line)


def _pass_all(_: _Reader, __: re.Match[str]) -> bool:
    return True


JUDGES: dict[str, Callable[[_Reader, re.Match[str]], bool]] = {
    "angle": _Reader.judge_angle,
    "square": _Reader.judge_square,
    BARE: _Reader.judge_bare,
    "brace": _Reader.judge_brace,
    "remark": _Reader.judge_remark,
}
