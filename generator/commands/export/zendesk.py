"""`playbook export zendesk`: the replies in use, for the API of a ticketing system."""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

import click

from generator.commands._exchange import VERBOSE, large_text_of, refused, unmapped_lines
from generator.commands._knowledge_base import AUDIENCE, KnowledgeBase, based
from generator.commands._refusal import refuse_errors, writing
from generator.exchange import UnfitInput
from generator.exchange.zendesk.account import read_locales
from generator.exchange.zendesk.outgoing import locale_ids, to_account
from generator.files import writer as publish
from generator.wording import count


@click.command("zendesk")
@based
@AUDIENCE
@click.option(
    "--locales",
    metavar="FILE",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="What the account gives for /api/v2/locales.json; without it, languages stand by code and not by number.",
)
@click.option(
    "--output", metavar="FILE", type=click.Path(dir_okay=False, path_type=Path), help="Default: dist/zendesk.json."
)
@VERBOSE
def COMMAND(base: KnowledgeBase, audience: str, locales: Path | None, output: Path | None, verbose: bool) -> None:  # noqa: N802
    """Write the macros in use as the macros and dynamic content of a Zendesk account.

    Send each of `items` as {"item": ...} to /api/v2/dynamic_content/items, then each of `macros` as {"macro": ...} to
    /api/v2/macros. The API takes languages by the numbers of the account, so name --locales. `playbook` is not for
    sending: it holds what has no place there, and `playbook import macros` reads it. Internal notes are left out.
    """
    judgement = base.run()
    refuse_errors(judgement)
    vocabulary = judgement.library.vocabulary
    if vocabulary is None or audience not in vocabulary.audiences:
        known = ", ".join(vocabulary.audiences) if vocabulary else ""
        raise click.BadParameter(f"`{audience}` is not in the vocabulary, which has {known}", param_hint="--audience")
    try:
        ids = _read_locale_ids(list(vocabulary.locales), locales)
        made, notes = to_account(judgement.library.for_audience(audience), ids)
    except UnfitInput as error:
        raise refused(error) from None
    place = (output or base.root / "dist/zendesk.json").absolute()
    if place.suffix != ".json":
        raise click.BadParameter(f"{place.name} is no JSON file: let its name end in .json", param_hint="--output")
    with writing():
        data = (json.dumps(made, ensure_ascii=False, indent=2) + "\n").encode()
        publish.change(place.parent, [publish.FileEdit(place.name, _read_earlier_export(place), data)])
    for told in unmapped_lines(notes, verbose):
        click.echo(told)
    click.echo(f"{count(len(made['macros']), 'macro')}, {len(made['items'])} of them in several languages, in {place}")
    if made["items"] and locales is None:
        click.echo("languages stand by their code; the API wants their numbers: --locales FILE")


def _read_earlier_export(place: Path) -> bytes | None:
    """The export that is replaced; None where there is none. Raises Unwritten where the file is something else."""
    there = publish.content_now(place.parent, place.name)
    with suppress(ValueError):
        if there is None or {"macros", "playbook"} <= json.loads(there).keys():
            return there
    raise publish.Unwritten(f"nothing was written: {place} is no export of this tool; move it away")


def _read_locale_ids(ours: list[str], file: Path | None) -> Mapping[str, int | str]:
    """The number of each language that the account writes in, or its code without a file. Raises Unfit."""
    if file is None:
        return {locale: locale for locale in ours}
    return locale_ids(ours, read_locales(file.name, large_text_of(file)))
