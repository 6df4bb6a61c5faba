"""`playbook pack kit`: makes what a trainer has beside the pack."""

from __future__ import annotations

import io
import json
import zipfile
from contextlib import suppress
from pathlib import Path

import click

from generator.commands._knowledge_base import TRUST, KnowledgeBase, based
from generator.commands._refusal import refuse_errors, writing
from generator.commands.pack._packs import TO, find_pack, refuse_nothing
from generator.files import writer as publish
from generator.library.packing import audience_of_trainers
from generator.publishing.engines.settings import settings
from generator.publishing.packs.materials import Materials
from generator.publishing.packs.record import RECORD
from generator.publishing.packs.trainer.kit import make_kit, name_kit
from generator.wording import count


@click.command("kit", short_help="Make the trainer's kit, with answers and plans.")
@based
@click.argument("name", metavar="ID")
@TO
@click.option(
    "--round",
    "turn",
    type=click.IntRange(1, 10_000),
    default=1,
    show_default=True,
    help="Which cases to calibrate with: another number chooses others.",
)
@TRUST
def COMMAND(base: KnowledgeBase, name: str, to: Path | None, turn: int, trusted: tuple[str, ...]) -> None:  # noqa: N802
    """Make the trainer's kit of a pack, ID-VERSION-trainer.zip, beside the pack and never in it.

    It has the answers: a key with the way to each decision and the sections to read, cases to calibrate with and the
    agreement sheet, the rubrics of the procedures, and a plan of the sessions. It is for the `trainers` of the pack,
    by default the next audience above the vendor's. `playbook pack agreement` reads the filled sheet.
    """
    judgement = base.run()
    refuse_errors(judgement)
    document = find_pack(judgement.library, name)
    refuse_nothing(judgement.library, document)
    home, file = (to or base.root / "dist").absolute(), f"{name_kit(name, document.body.version)}.zip"
    with writing():
        materials = Materials(judgement.library, document, settings(base.root, trusted), home, lambda _: None)
        content = make_kit(materials, turn)
        publish.change(home, [publish.FileEdit(file, _read_earlier_kit(home, file, name), content)])
    assert judgement.library.vocabulary is not None
    trainers = audience_of_trainers(judgement.library.vocabulary, materials.pack)
    asked = count(len(materials.bank.questions), "question")
    click.echo(f"the answers of {asked}, for {trainers} readers only: {home / file}")


def _read_earlier_kit(home: Path, file: str, name: str) -> bytes | None:
    """The kit to be replaced; None if there is none. Raises Unwritten if the file is something else."""
    content = publish.content_now(home, file)
    if content is None:
        return None
    with (
        suppress(zipfile.BadZipFile, KeyError, ValueError, AttributeError),
        zipfile.ZipFile(io.BytesIO(content)) as kit,
    ):
        if json.loads(kit.read(f"{file.removesuffix('.zip')}/{RECORD}")).get("id") == name:
            return content
    raise publish.Unwritten(f"nothing was written: {home / file} is not a kit that this tool made; move it away")
