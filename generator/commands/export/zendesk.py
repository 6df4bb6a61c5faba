"""`playbook export zendesk`: writes the active macros for the Zendesk API."""

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


@click.command("zendesk", short_help="Active macros, for a Zendesk account.")
@based
@AUDIENCE
@click.option(
    "--locales",
    metavar="FILE",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="The account's response to /api/v2/locales.json; without it, languages are given by code, not by number.",
)
@click.option(
    "--output",
    metavar="FILE",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Where to write it (default: dist/zendesk.json in the knowledge base).",
)
@VERBOSE
def COMMAND(base: KnowledgeBase, audience: str, locales: Path | None, output: Path | None, verbose: bool) -> None:  # noqa: N802
    """Write the active macros as the macros and dynamic content of a Zendesk account.

    Send each of `items` as {"item": ...} to /api/v2/dynamic_content/items, then each of `macros` as {"macro": ...} to
    /api/v2/macros. The API identifies languages by the account's own numbers, so use --locales. Do not send
    `playbook`: it holds what Zendesk has no place for, and `playbook import macros` reads it. Internal notes are left
    out.
    """
    judgement = base.run()
    refuse_errors(judgement)
    vocabulary = judgement.library.vocabulary
    if vocabulary is None or audience not in vocabulary.audiences:
        known = ", ".join(vocabulary.audiences) if vocabulary else ""
        raise click.BadParameter(f"`{audience}` is not in the vocabulary; use one of {known}", param_hint="--audience")
    try:
        ids = _read_locale_ids(list(vocabulary.locales), locales)
        made, notes = to_account(judgement.library.for_audience(audience), ids)
    except UnfitInput as error:
        raise refused(error) from None
    place = (output or base.root / "dist/zendesk.json").absolute()
    if place.suffix != ".json":
        raise click.BadParameter(
            f"{place.name} is not a JSON file: use a name that ends in .json", param_hint="--output"
        )
    with writing():
        data = (json.dumps(made, ensure_ascii=False, indent=2) + "\n").encode()
        publish.change(place.parent, [publish.FileEdit(place.name, _read_earlier_export(place), data)])
    for line in unmapped_lines(notes, verbose):
        click.echo(line)
    click.echo(f"{count(len(made['macros']), 'macro')}, {len(made['items'])} of them in several languages, in {place}")
    if made["items"] and locales is None:
        click.echo("languages are given by code, but the API expects numbers: use --locales FILE")


def _read_earlier_export(place: Path) -> bytes | None:
    """The export to be replaced; None if there is none. Raises Unwritten if the file is something else."""
    content = publish.content_now(place.parent, place.name)
    with suppress(ValueError):
        if content is None or {"macros", "playbook"} <= json.loads(content).keys():
            return content
    raise publish.Unwritten(f"nothing was written: {place} is not an export of this command; move it away")


def _read_locale_ids(ours: list[str], file: Path | None) -> Mapping[str, int | str]:
    """The account's number for each of our languages; without a file, its code. Raises UnfitInput."""
    if file is None:
        return {locale: locale for locale in ours}
    return locale_ids(ours, read_locales(file.name, large_text_of(file)))
