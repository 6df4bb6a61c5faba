"""The plain words of prose, without its markup: for the search, and for systems that do not read Markdown."""

from __future__ import annotations

import html
import re
from collections.abc import Callable

MARKUP = re.compile(
    r"""
      \[\[[^\[\]|]*+\|([^\[\]]*+)\]\] | \[\[([^\[\]#@]*+)[^\[\]]*+\]\]     # a reference with words, and one without
    | !?\[([^\[\]\n]*+)\]\((?:[^()\n]|\([^()\n]*+\))*+\)         # a link, whose address may name what is hidden
    | \]:\s*+\S++
    | [*`_>#]++
    """,
    re.VERBOSE,
)


def plain_text(text: str, is_known: Callable[[str], object] = bool) -> str:
    """Prose without its markup, escaped as HTML. Of a reference to an unknown id, only its words are kept."""

    def words(match: re.Match[str]) -> str:
        return match[1] or match[3] or (match[2] if match[2] and is_known(match[2].strip()) else "")

    return typed(MARKUP.sub(words, text))


def typed(text: str) -> str:
    """Text as it was typed, on one line, escaped as HTML."""
    return html.escape(re.sub(r"\s+", " ", text).strip(), quote=False)
