"""`playbook pack sign`: signs a pack that was built."""

from __future__ import annotations

from pathlib import Path

import click

from generator.commands._refusal import writing
from generator.commands.pack._packs import require_extra
from generator.files import writer as publish
from generator.files.terminal import disarm_line
from generator.publishing.packs.signing import SIGNATURE, Unsigned, describe_pack, sign_sums
from generator.publishing.packs.unpacking import NoPack
from generator.publishing.packs.verify import verify_pack


@click.command("sign", short_help="Sign the hashes of a pack with minisign.")
@click.argument("place", metavar="DIR", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option(
    "--key",
    required=True,
    metavar="FILE",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="The secret key; `minisign -G` makes one with its public key.",
)
@click.option(
    "--password-file",
    metavar="FILE",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A file with the key's password (default: it is asked for).",
)
def COMMAND(place: Path, key: Path, password_file: Path | None) -> None:  # noqa: N802
    """Sign the hashes of a pack with minisign, so that whoever has your public key can tell a change.

    Writes SHA256SUMS.minisig, which `playbook pack verify DIR --key FILE` and minisign itself check without a network.
    What is signed too is which pack it is: its id, version and audience. A pack that is not as it was built is not
    signed.
    """
    require_extra("sign", "`pack sign`")

    def ask() -> str:
        if password_file is not None:
            return password_file.read_text(encoding="utf-8").split("\n", 1)[0].removesuffix("\r")
        password: str = click.prompt("Password of the key", hide_input=True)
        return password

    try:
        verdict = verify_pack(place)
        if verdict.amiss:
            raise click.ClickException(f"nothing was signed: {disarm_line(verdict.amiss[0])}; build the pack again")
        made = sign_sums((place / publish.SUMS).read_bytes(), verdict.told, key, ask)
    except (NoPack, Unsigned, OSError) as error:
        raise click.ClickException(str(error)) from None
    with writing():
        home, name = place.absolute().parent, f"{place.absolute().name}/{SIGNATURE}"
        publish.change(home, [publish.FileEdit(name, publish.content_now(home, name), made)])
    click.echo(f"{place / SIGNATURE}: {disarm_line(describe_pack(verdict.told))}")
