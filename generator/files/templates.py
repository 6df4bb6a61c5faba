"""Texts with places to fill in, each beside the code that fills it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined


def open_templates(folder: Path, **options: Any) -> Environment:
    """The templates of a folder, as pages of HTML: values are escaped, and a name that nobody gave is an error.

    `options` are Jinja's: `autoescape=False` for texts that are no HTML.
    """
    usual = {"autoescape": True, "trim_blocks": True, "lstrip_blocks": True, "keep_trailing_newline": True}
    return Environment(loader=FileSystemLoader(folder), undefined=StrictUndefined, **usual | options)
