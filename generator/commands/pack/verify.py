"""`playbook pack verify`: compares a pack with its own record."""

from __future__ import annotations

from pathlib import Path

import click

from generator.files.terminal import disarm_line
from generator.publishing.packs.verify import NoPack, verify_pack
from generator.wording import count


@click.command("verify")
@click.argument("place", metavar="DIR|ZIP", type=click.Path(exists=True, path_type=Path))
def COMMAND(place: Path) -> None:  # noqa: N802
    """Compare a pack with the hashes in its own record.

    It needs nothing but the pack: the folder that `pack build` made, or its site.zip. Ends with 1 if a file is missing,
    changed or was added, or if a zip is damaged or would write outside its folder. Hashes reveal damage and
    mistakes; somebody who changes a pack on purpose can change them too.
    """
    try:
        verdict = verify_pack(place)
    except (NoPack, OSError) as error:
        raise click.ClickException(str(error)) from None
    for line in verdict.amiss:
        click.echo(disarm_line(line))
    told = disarm_line(f"{verdict.title}, version {verdict.version}")
    if verdict.amiss:
        raise click.ClickException(f"{told}: {count(len(verdict.amiss), 'difference')} from what was built")
    click.echo(f"{told}: {count(verdict.files, 'file')}, each as it was built")
