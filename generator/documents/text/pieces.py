"""What a text consists of, as the reader gives it to everybody who asks about prose."""

from __future__ import annotations

from typing import Any, NamedTuple


class Piece(NamedTuple):
    """A piece of a text; `start` and `end` are indexes of characters in it.

    | kind | name | value |
    |---|---|---|
    | `start` | an element: `p`, `h2`, `ul`, `a`, `img`, `note` (the text of a footnote) ... | its attributes |
    | `end` | the element | |
    | `text`, `code` | | words, as a reader sees them |
    | `reference` | | the match of `[[...]]` |
    | `break`, `soft`, `rule` | | |
    | `task` | | whether it is done |
    | `mark` | | the label of the footnote that it points to |
    | `anchor` | | a name that links may lead to |
    | `hidden` | | a comment, which nobody sees |
    | `tag` | | HTML that is shown as it is written |
    """

    kind: str
    name: str
    value: Any
    start: int
    end: int
