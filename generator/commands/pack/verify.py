"""`playbook pack verify`: compares a pack with its own record, and checks its signature."""

from __future__ import annotations

from pathlib import Path

import click

from generator.commands.pack._packs import require_extra
from generator.files.terminal import disarm_line
from generator.publishing.packs.unpacking import NoPack
from generator.publishing.packs.verify import verify_pack
from generator.wording import count


@click.command("verify")
@click.argument("place", metavar="DIR|ZIP", type=click.Path(exists=True, path_type=Path))
@click.option("--key", default="", metavar="KEY", help="The signer's public key of minisign, or its file.")
def COMMAND(place: Path, key: str) -> None:  # noqa: N802
    """Verify a pack, with nothing but the pack itself.

    It reads the folder that `pack build` made, a zip of it, or one of its zips, and the zips in them. Ends with 1 if a
    file is missing, changed or was added, if a zip is damaged or would write outside its folder, if a link on a page
    leads nowhere, or if a manifest is not as learning systems need it. Hashes reveal damage and mistakes; somebody who
    changes a pack on purpose can change them too. Only a signature shows that: with --key, it must be there and hold.
    """
    if key:
        require_extra("sign", "--key")
    try:
        verdict = verify_pack(place, key)
    except (NoPack, OSError) as error:
        raise click.ClickException(str(error)) from None
    for line in verdict.amiss:
        click.echo(disarm_line(line))
    told = disarm_line(verdict.name)
    if verdict.amiss:
        raise click.ClickException(f"{told}: {count(len(verdict.amiss), 'difference')} from what was built")
    click.echo(f"{told}: {count(verdict.files, 'file')}, each as it was built")
    click.echo(disarm_line(verdict.signature[:1].upper() + verdict.signature[1:]))
