"""Turns the text of a reply into a template of ours: every blank in it becomes a variable.

Template syntax that is not a blank becomes a variable too, with itself as the fallback, so that the reply reads as it
did if the variable is left empty, and goes back as it came.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from generator.documents.text.blanks import BLANK, EXPRESSION, HUMP, STATEMENT, TAKEN, Blank, blanks, derive_name
from generator.exchange.replies.values import find_default, name_value

TOKEN = re.compile(
    rf"""
      (?<!\{{) \{{\{{\{{ \s*+ (?P<triple> [A-Za-z_][\w.-]*+ ) \s*+ \}}\}}\}} (?!\}})
    | (?<!\{{) \{{\{{ \s*+ (?P<placeholder> (?!else\b) [A-Za-z_][\w.]*+ ) \s*+ \}}\}} (?!\}})
    | (?<!\{{) \{{\{{ [ ]?+ (?P<short> [A-Za-z_][\w.]*+ ) [ ]?+ \}} (?!\}})
    | (?<!\{{) \{{ [ ]?+ (?P<slip> [A-Za-z_][\w.]*+ ) [ ]?+ \}}\}} (?!\}})
    | (?P<expression> {EXPRESSION} )
    | (?P<statement> {STATEMENT} )
    | (?P<signs> \{{\{{+ | \}}\}}+ | \{{[%\#] )
    | \[ (?P<named> [A-Z][A-Z0-9_]* ) \]
    """,
    re.VERBOSE,
)
LOGIC = re.compile(r"\{\{|\}\}|\{[%#]|%\}")
NO_WORDS = re.compile(r"[^\w]+")
SPACES = re.compile(r"([ \t]*\n\s*)")
AS_IT_STOOD = "as_it_stood"


def is_syntax(name: str, fallback: str | None) -> bool:
    """Whether the fallback of a variable is template syntax, which the ticketing system reads."""
    return bool(fallback) and (name.startswith(AS_IT_STOOD) or LOGIC.search(fallback or "") is not None)


class _Token(NamedTuple):
    """A stretch of the text in place of which a variable comes: a blank, or template syntax of a kind."""

    kind: str
    start: int
    end: int
    words: str
    blank: Blank | None = None


class Blanks:
    """The variables of one macro, collected from its texts one after the other.

    `placeholders` is the vocabulary's table, `declared` the known variables of the macro. If `strict`, words that only
    look like a blank are left alone. If `is_system`, the source is a system that reads template syntax itself, and all
    of it is kept to the letter.
    """

    def __init__(
        self,
        placeholders: Mapping[str, str],
        declared: Mapping[str, Any],
        strict: bool = False,
        is_system: bool = False,
    ) -> None:
        self.variables: dict[str, dict[str, Any]] = {}
        self.found: list[tuple[str, str]] = []
        self._names = {placeholder: name for name, placeholder in placeholders.items()}
        self._mapped = set(self._names.values())
        self._numbers: Counter[str] = Counter()
        self._declared = declared
        self._syntax = {name: one["fallback"] for name, one in declared.items() if is_syntax(name, one.get("fallback"))}
        self._kept = {fallback: name for name, fallback in self._syntax.items()}
        self._is_strict, self._is_system = strict, is_system
        self._taken: dict[str, str] = {}
        self._nameless = 0

    def template(self, text: str) -> str:
        """The text with a variable in place of each blank."""
        self._nameless = 0
        return "".join(self._join(list(self._split(text))))

    def _split(self, text: str) -> Iterator[tuple[bool, str]]:
        """Words and variables in turn, as `(is_variable, text)`."""
        last = 0
        for token in self._find_tokens(text):
            yield False, text[last : token.start]
            yield from self._resolve(token, text)
            last = token.end
        yield False, text[last:]

    def _find_tokens(self, text: str) -> list[_Token]:
        """The tokens of the text in order. What is next to one is searched once more, as `____TODO` is two."""
        tokens = [token for match in TOKEN.finditer(text) if (token := self._read_syntax(match))]
        if self._is_strict:
            return tokens
        plain = [token for token in tokens if token.kind == "placeholder"]
        starts = [token.start for token in plain]
        more = [
            one
            for one in _find_blanks(_take_out(text, [token for token in tokens if token.kind != "placeholder"]))
            if one.blank and (one.blank.kind == "square" or not _list_within(one, plain, starts))
        ]
        inside = {token for one in more for token in _list_within(one, plain, starts)}
        tokens = [token for token in tokens if token not in inside]
        while more:
            tokens = sorted([*tokens, *more], key=lambda one: one.start)
            more = _find_blanks(_take_out(text, tokens))
        return tokens

    def _read_syntax(self, match: re.Match[str]) -> _Token | None:
        kind, words = str(match.lastgroup), match[str(match.lastgroup)]
        if kind == "named" and (not self._is_strict or words.lower() not in self._declared):
            return None
        return _Token(kind, match.start(), match.end(), words)

    def _resolve(self, token: _Token, text: str) -> Iterator[tuple[bool, str]]:
        """The variable for a token, with the words that stay next to it."""
        if token.blank:
            yield from self._resolve_blank(token.blank, text)
        elif token.kind == "named":
            yield True, token.words.lower()
        elif token.kind == "placeholder":
            yield True, self._map_placeholder(token.words, text[token.start : token.end])
        elif (value := self._read_value(token.kind, text[token.start : token.end])) is not None:
            yield True, value
        else:
            yield from self._keep_literal(text[token.start : token.end])

    def _map_placeholder(self, placeholder: str, token: str) -> str:
        if placeholder in self._names:
            name = self._names[placeholder]
            self.variables.setdefault(name, {"label": _derive_label(name)})
            return name
        words = placeholder.removeprefix("ticket.").replace(".", " ")
        variable = {"label": _derive_label(words)} | ({"fallback": " ".join(token.split())} if self._is_system else {})
        return self._declare(placeholder, derive_name(words), variable, token, "placeholder")

    def _read_value(self, kind: str, signs: str) -> str | None:
        """The variable for a value with filters or a default; None for logic, which no field can hold."""
        named = name_value(kind, signs, self._is_system)
        if named is None:
            return None
        words = NO_WORDS.sub(" ", HUMP.sub(" ", named.strip().removeprefix("ticket."))).strip()
        if not words or words.isdigit():
            return self._declare_nameless(signs)
        fallback = signs if self._is_system else find_default(signs)
        variable = {"label": _derive_label(words)} | ({"fallback": fallback} if fallback else {})
        return self._declare(signs, derive_name(words), variable, signs, "placeholder")

    def _keep_literal(self, signs: str) -> Iterator[tuple[bool, str]]:
        """Variables that are filled with the signs, one for each line, and the spaces around them."""
        for piece in SPACES.split(signs):
            if piece.strip():
                variable = {"label": "As in the source", "fallback": piece}
                yield True, self._declare(piece, AS_IT_STOOD, variable, piece, "logic")
            else:
                yield False, piece

    def _resolve_blank(self, blank: Blank, text: str) -> Iterator[tuple[bool, str]]:
        token = text[blank.start : blank.end]
        if blank.kind == "bare":
            yield True, self._declare_nameless(token)
            return
        if blank.kind == "opening":  # the words around the empty line stay
            yield False, token
            token = blank.words
        yield True, self._declare_blank(blank, token.strip())

    def _declare_nameless(self, token: str) -> str:
        self._nameless += 1
        label = f"Blank {self._nameless}"
        return self._declare(label, BLANK, {"label": label}, token)

    def _declare_blank(self, blank: Blank, token: str) -> str:
        words = blank.words
        if words in self._names or (name := derive_name(words)) in self._mapped:
            name = self._names.get(words) or name
            self.variables.setdefault(name, {"label": _derive_label(name)})
            return name
        variable = {"label": _derive_label(words)}
        variable |= {"type": "date"} if "date" in words.lower().split() and len(words.split()) < 5 else {}
        variable |= {"fallback": blank.fallback} if blank.fallback else {}
        return self._declare(words.casefold(), name, variable, token)

    def _declare(self, key: str, wish: str, variable: dict[str, Any], token: str, what: str = "blank") -> str:
        if key in self._taken:
            return self._taken[key]
        signs = variable.get("fallback")
        name = wish = self._kept.get(signs, wish)
        while name in self.variables or name in self._mapped or self._syntax.get(name, signs) != signs:
            self._numbers[wish] += 1
            name = f"{wish}_{self._numbers[wish] + 1}"
        self.variables[name], self._taken[key] = variable, name
        self.found.append((what, " ".join(token.split())))
        return name

    def _join(self, pieces: list[tuple[bool, str]]) -> Iterator[str]:
        """The pieces as text; a curly bracket next to a variable becomes one too, or it would be read as part of it."""
        for index, (is_variable, words) in enumerate(pieces):
            if is_variable:
                yield f"{{{{ {words} }}}}"
                continue
            inner = words.lstrip("}") if index else words
            core = inner.rstrip("{") if index < len(pieces) - 1 else inner
            for signs in (words[: len(words) - len(inner)], core, inner[len(core) :]):
                if signs and signs is not core:
                    yield from (f"{{{{ {name} }}}}" for _, name in self._keep_literal(signs))
                else:
                    yield signs


def _find_blanks(text: str) -> list[_Token]:
    return [_Token(BLANK, one.start, one.end, one.words, one) for one in blanks(text)]


def _take_out(text: str, tokens: list[_Token]) -> str:
    """The text with a sign in place of each character of the tokens, which are in order."""
    pieces, last = [], 0
    for token in tokens:
        pieces += [text[last : token.start], TAKEN * (token.end - token.start)]
        last = token.end
    return "".join([*pieces, text[last:]])


def _list_within(outer: _Token, tokens: list[_Token], starts: list[int]) -> list[_Token]:
    """Those of the tokens that begin within another; `starts` says in order where they begin."""
    return tokens[bisect_left(starts, outer.start) : bisect_left(starts, outer.end)]


def _derive_label(words: str) -> str:
    line = " ".join(words.replace("_", " ").split())
    return (line[:1].upper() + line[1:].lower()) if line.isupper() else (line[:1].upper() + line[1:]) or "Blank"
