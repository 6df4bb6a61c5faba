"""What some files of a pack need that not every installation has, and which command installs it."""

from __future__ import annotations

from collections.abc import Iterable
from importlib import import_module
from typing import NamedTuple


class Extra(NamedTuple):
    """An extra of this project: the package that pip installs, its module, and the system's libraries on Debian."""

    package: str
    module: str
    libraries: str = ""


EXTRAS = {
    "pdf": Extra("weasyprint>=68,<71", "weasyprint", "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"),
    "sign": Extra("py-minisign>=0.20,<1", "minisign"),
}


def tell_missing(name: str) -> str:
    """What to install before an extra can be used; empty where it is there."""
    extra = EXTRAS.get(name)
    if extra is None:
        return f"the extra `{name}`, which this project does not have"
    try:
        import_module(extra.module)
    except ImportError:
        return f"the extra `{name}`: pip install '{extra.package}'"
    except OSError:  # a package that is there, and a library of the system that it cannot load
        return f"libraries of the system that `{extra.module}` loads; on Debian: apt-get install {extra.libraries}"
    return ""


def list_missing(wanted: Iterable[tuple[str, str]]) -> list[str]:
    """A line for each file whose extra is not there; `wanted` has the name of each file with that of its extra."""
    files = [(file, extra) for file, extra in wanted if extra]
    told = {extra: tell_missing(extra) for _, extra in files}
    return [f"{file} needs {told[extra]}" for file, extra in files if told[extra]]
