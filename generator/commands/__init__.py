"""The commands; a command is a module in this folder with a `COMMAND`, or a package of such modules.

A module whose name begins with an underscore is no command: it holds what several of them need.
"""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache
from typing import Any

import click


@cache
def _find_modules(package: str) -> dict[str, str]:
    """The module of every command by name; one that would be a word of Python ends in an underscore."""
    names = (entry.name for entry in pkgutil.iter_modules(importlib.import_module(package).__path__))
    return {name.rstrip("_").replace("_", "-"): f"{package}.{name}" for name in names if not name.startswith("_")}


def command_names(package: str = __name__) -> list[str]:
    """The name of every command in a package, in order."""
    return sorted(_find_modules(package))


def command(name: str, package: str = __name__) -> click.Command:
    """One command by its name."""
    found: click.Command = importlib.import_module(_find_modules(package)[name]).COMMAND
    return found


class Commands(click.Group):
    """Finds its commands in a package, and loads one when it is called: `check` need not wait for what builds pages."""

    def __init__(self, *, package: str = __name__, **words: Any) -> None:
        super().__init__(**words)
        self._package = package

    def list_commands(self, context: click.Context) -> list[str]:
        return command_names(self._package)

    def get_command(self, context: click.Context, name: str) -> click.Command | None:
        return command(name, self._package) if name in command_names(self._package) else None
