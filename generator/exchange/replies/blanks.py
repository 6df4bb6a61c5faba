"""Turns the text of a reply into a template of ours: every blank in it becomes a variable.

Template syntax that is not a blank becomes a variable too, with itself as the fallback, so that the reply reads as it
did if the variable is left empty.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from generator.documents.fields import KEYWORDS

# Template syntax, and whatever people write for a blank in the replies that they keep in files.
SYNTAX = r"""
      (?<!\{) \{\{ \s* (?P<placeholder> [A-Za-z_][\w.]* ) \s* \}\} (?!\})
    | (?P<logic> \{% [^%{}]{0,300} %\} | \{\{ [^{}]{0,300} \}\} (?!\}) | \{\{+ | \}\}+ | \{[%#] )
    | \[ (?P<named> [A-Z][A-Z0-9_]* ) \]
"""
LOOSE = r"""
    | (?<![\w%/]) % (?P<percent> [A-Za-z_]{2,40} ) % (?!\w)
    | \[ (?P<square> [A-Z][A-Z _/-]+ | (?i:insert|your|enter|add) \b [^\]\n]{0,80} ) \] (?!\()
    | < (?P<angle> [A-Z][A-Z _-]+ | (?i:insert|your|enter) \b [^<>\n]{0,80} ) >
    | (?<![:/]) /{3,}+ [ ]*+ (?P<slashes> [A-Z][A-Z ,'-]++ ) /{3,}
    | (?<!\*) \*{3,}+ [ ]*+ (?P<stars> [A-Z][A-Z ,'-]++ ) \*{3,}
    | (?P<opening> (?P<dash> —|-- ) [ ]? BEGIN [ ] (?P<between> [A-Z ]{1,40}? ) [ ]? (?P=dash) [ ]* \n )
      (?= [ ]* \n \s{0,20} (?P=dash) [ ]? END [ ] )
    | (?P<bare> \b(?: TODO | FIXME | XXX+ | TBD | TBC )\b | _{4,} | \?\?\?+ )
"""
STRICT_TOKEN = re.compile(SYNTAX, re.VERBOSE)
LOOSE_TOKEN = re.compile(SYNTAX + LOOSE, re.VERBOSE)
ASKING = re.compile(r"^(?:(?:insert|your|enter|add|please|the)\s+)+", re.IGNORECASE)
NO_NAME = re.compile(r"[^a-z0-9]+")
MAX_NAME = 40
BLANK = "blank"


class Blanks:
    """The variables of one macro, collected from its texts one after the other.

    `placeholders` is the vocabulary's table, `declared` the known variables of the macro. If `strict`, words that only
    look like a blank are left alone.
    """

    def __init__(self, placeholders: Mapping[str, str], declared: Mapping[str, Any], strict: bool = False) -> None:
        self.variables: dict[str, dict[str, Any]] = {}
        self.found: list[tuple[str, str]] = []
        self._names = {placeholder: name for name, placeholder in placeholders.items()}
        self._mapped = set(self._names.values())
        self._numbers: Counter[str] = Counter()
        self._declared = declared
        self._token = STRICT_TOKEN if strict else LOOSE_TOKEN
        self._taken: dict[str, str] = {}
        self._nameless = 0

    def template(self, text: str) -> str:
        """The text with a variable in place of each blank."""
        self._nameless = 0
        return "".join(self._join(self._split(text)))

    def _split(self, text: str) -> list[tuple[bool, str]]:
        """Words and variables in turn, as `(is_variable, text)`; words next to a blank are searched once more."""
        words, names, last = [], [], 0
        for match in self._token.finditer(text):
            if name := self._resolve_token(match):
                words.append(text[last : match.start()] + (match.groupdict().get("opening") or ""))
                names.append(name)
                last = match.end()
        if not names:
            return [(False, text)]
        inner = [self._split(text) for text in words]
        turns = [piece for pieces, name in zip(inner, names, strict=True) for piece in (*pieces, (True, name))]
        return [*turns, *self._split(text[last:])]

    def _resolve_token(self, match: re.Match[str]) -> str:
        """The name of the variable for a token; empty if it is only words that look like one."""
        groups = {kind: words for kind, words in match.groupdict().items() if words is not None}
        if "placeholder" in groups:
            return self._map_placeholder(groups["placeholder"])
        if "logic" in groups:
            return self._keep_literal(groups["logic"])
        if self._token is STRICT_TOKEN:
            name = groups["named"].lower()
            return name if name in self._declared else ""
        if "named" in groups and match.string.startswith("(", match.end()):  # a link, as in `[HELP](address)`
            return ""
        if "bare" in groups:
            self._nameless += 1
            label = f"Blank {self._nameless}"
            return self._declare(label, BLANK, {"label": label}, groups["bare"])
        words = next((words for kind, words in groups.items() if kind not in ("opening", "dash")), "")
        return self._declare_blank(words, match[0].strip() if "opening" not in groups else groups["between"])

    def _map_placeholder(self, placeholder: str) -> str:
        if placeholder in self._names:
            name = self._names[placeholder]
            self.variables.setdefault(name, {"label": _derive_label(name)})
            return name
        words = placeholder.removeprefix("ticket.").replace(".", " ")
        return self._declare(
            placeholder, _derive_name(words), {"label": _derive_label(words)}, f"{{{{{placeholder}}}}}", "placeholder"
        )

    def _keep_literal(self, signs: str) -> str:
        line = " ".join(signs.split())
        variable = {"label": "As in the source", "fallback": line}
        return self._declare(signs, "as_it_stood", variable, line, "logic")

    def _declare_blank(self, words: str, token: str) -> str:
        words = ASKING.sub("", words.strip())
        kind = {"type": "date"} if "date" in words.lower().split() else {}
        name = _derive_name(words)
        if name in self._mapped:
            self.variables.setdefault(name, {"label": _derive_label(name)})
            return name
        return self._declare(words.casefold(), name, {"label": _derive_label(words), **kind}, token)

    def _declare(self, key: str, wish: str, variable: dict[str, Any], token: str, what: str = "blank") -> str:
        if key in self._taken:
            return self._taken[key]
        name = wish
        while name in self.variables or name in self._mapped:
            self._numbers[wish] += 1
            name = f"{wish}_{self._numbers[wish] + 1}"
        self.variables[name], self._taken[key] = variable, name
        self.found.append((what, token))
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
                yield f"{{{{ {self._keep_literal(signs)} }}}}" if signs and signs is not core else signs


def _derive_name(words: str) -> str:
    name = NO_NAME.sub("_", words.lower()).strip("_")[:MAX_NAME].strip("_") or BLANK
    return name if name[0].isalpha() and name not in KEYWORDS else f"{BLANK}_{name}"


def _derive_label(words: str) -> str:
    line = " ".join(words.replace("_", " ").split())
    return (line[:1].upper() + line[1:].lower()) if line.isupper() else (line[:1].upper() + line[1:]) or "Blank"
