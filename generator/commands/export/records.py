"""`playbook export records`: writes the library for a search cluster."""

from __future__ import annotations

from pathlib import Path

import click

from generator.commands._knowledge_base import AUDIENCE, KnowledgeBase, based
from generator.commands._refusal import refuse_errors, writing
from generator.files import writer as publish
from generator.publishing.search.bulk import bulk_lines
from generator.wording import count


@click.command("records", short_help="One record a part, for a search cluster.")
@based
@AUDIENCE
@click.option(
    "--index", default="playbook", show_default=True, metavar="NAME", help="The index that the records are for."
)
@click.option(
    "--output",
    metavar="FILE",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Where to write it (default: dist/records.ndjson in the knowledge base).",
)
def COMMAND(base: KnowledgeBase, audience: str, index: str, output: Path | None) -> None:  # noqa: N802
    """Write one record for each document and part, in the bulk format of OpenSearch and Elasticsearch.

    Send the file to the `_bulk` API of the cluster. Each record has the id, part, version, audience, the day from which
    it is valid, the day from which it is out of date, and a hash of what it says. What --audience may not see is not in
    it.
    """
    refuse_errors(base.run())
    lines = list(bulk_lines(base.view(audience), index))
    place = (output or base.root / "dist/records.ndjson").absolute()
    with writing():
        before = _read_earlier_export(place)
        publish.change(
            place.parent, [publish.FileEdit(place.name, before, "".join(f"{line}\n" for line in lines).encode())]
        )
    click.echo(f"{count(len(lines) // 2, 'record')} for {audience} readers in {place}")


def _read_earlier_export(place: Path) -> bytes | None:
    """What an earlier export wrote there; None if nothing is there. Raises Unwritten where something else is."""
    content = publish.content_now(place.parent, place.name)
    if content is None or content.startswith(b'{"index": {"_index"'):
        return content
    raise publish.Unwritten(f"nothing was written: {place} is not an export of this command; move it away")
