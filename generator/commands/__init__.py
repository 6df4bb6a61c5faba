"""The commands: each is a module in this folder that defines `COMMAND`, or a package of such modules.

A module whose name begins with an underscore is not a command: it holds what several commands share.
"""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache
from typing import Any

import click


@cache
def _find_modules(package: str) -> dict[str, str]:
    """The module of every command by its name; `import_` has an underscore because `import` is a Python keyword."""
    names = (entry.name for entry in pkgutil.iter_modules(importlib.import_module(package).__path__))
    return {name.rstrip("_").replace("_", "-"): f"{package}.{name}" for name in names if not name.startswith("_")}


def command_names(package: str = __name__) -> list[str]:
    """The names of all commands in a package, sorted."""
    return sorted(_find_modules(package))


def command(name: str, package: str = __name__) -> click.Command:
    """Loads a command by its name."""
    loaded: click.Command = importlib.import_module(_find_modules(package)[name]).COMMAND
    return loaded


class Commands(click.Group):
    """Finds its commands in a package, and loads only the one called: `check` need not wait for what builds pages."""

    def __init__(self, *, package: str = __name__, **words: Any) -> None:
        super().__init__(**words)
        self._package = package

    def list_commands(self, context: click.Context) -> list[str]:
        return command_names(self._package)

    def get_command(self, context: click.Context, name: str) -> click.Command | None:
        return command(name, self._package) if name in command_names(self._package) else None

    def resolve_command(
        self, context: click.Context, words: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that is called, and what follows its name; ends where there is none, and names what is near."""
        name, known = words[0], command_names(self._package)
        spelled = name.lower().replace("_", "-")
        if spelled in known:
            return super().resolve_command(context, [spelled, *words[1:]])
        if name.startswith("-"):
            return super().resolve_command(context, words)
        from generator.wording import one_of

        raise click.UsageError(f"there is no command {name}; {one_of(name, known)}", context)
