"""Finds a release of a pack, or says which there are."""

from __future__ import annotations

import click

from generator.library.library import Library
from generator.library.releases import Release
from generator.wording import did_you_mean


def find_release(library: Library, name: str, version: str) -> Release:
    """A release of a pack, as it was. Raises click.BadParameter and click.ClickException."""
    release = library.releases.find(name, version)
    if release is None:
        packs = library.releases.by_pack
        if name not in packs:
            known = did_you_mean(name, packs, "`playbook pack release` makes releases")
            raise click.BadParameter(f"{name} was never released; {known}")
        versions = [one.version for one in packs[name]]
        raise click.BadParameter(f"{name} has no release {version}; use one of {', '.join(versions)}")
    if harm := library.releases.harm_of(release):
        raise click.ClickException(f"{harm.path}: {harm.message}; {harm.hint}")
    return release
