"""Reads the front matter of a Markdown file: keys with texts or lists, whatever types YAML would make of them."""

from __future__ import annotations

from typing import Any

import yaml

from generator.exchange import UnfitInput
from generator.exchange.legible import one_line


def parse_front_matter(path: str, text: str) -> dict[str, Any]:
    """The keys and values of a file's front matter, `text`. Raises UnfitInput."""
    try:
        front = yaml.load(text, yaml.BaseLoader)
    except (yaml.YAMLError, RecursionError):
        raise UnfitInput(f"the front matter of {path} is not valid YAML: fix the lines between the two `---`") from None
    if front and not isinstance(front, dict):
        raise UnfitInput(f"the front matter of {path} must be lines of the form `key: value`")
    return front or {}


def as_list(value: Any) -> list[str]:
    """The texts of a value that is one or a list of them."""
    return [value] if isinstance(value, str) else [one for one in value or [] if isinstance(one, str)]


def as_line(value: Any) -> str:
    """A value on one line; empty if it is no text."""
    return one_line(value) if isinstance(value, str) else ""
