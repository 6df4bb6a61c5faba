"""`playbook export decision`: writes a decision as CSV for spreadsheets, or as a Mermaid flowchart."""

from __future__ import annotations

from pathlib import Path

import click

from generator.commands._document import find_document
from generator.commands._knowledge_base import AUDIENCE, KnowledgeBase, based
from generator.commands._refusal import refuse_errors, writing
from generator.decisions.hitting_set import TooWide
from generator.documents.types.decision_tree import Decision, DecisionTable
from generator.exchange.decisions.dmn_writing import list_unsaid, write_dmn
from generator.exchange.decisions.flowchart import flowchart
from generator.exchange.decisions.grid import grid_of, untold
from generator.exchange.decisions.sheet import write_table
from generator.files import writer as publish

ENDINGS = {"csv": "csv", "dmn": "dmn", "mermaid": "mmd"}


@click.command("decision", short_help="A decision as CSV, DMN or a Mermaid flowchart.")
@based
@click.argument("name", metavar="ID")
@click.option(
    "--format",
    "form",
    type=click.Choice(list(ENDINGS)),
    help="How: a table as `csv` (its default) or `dmn`, a table or tree as `mermaid`.",
)
@AUDIENCE
@click.option(
    "--output",
    metavar="FILE",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Where to write it (default: dist/ID.csv or dist/ID.mmd in the knowledge base).",
)
@click.option("--replace", is_flag=True, help="Replace the file that is there, whatever it holds.")
def COMMAND(  # noqa: N802
    base: KnowledgeBase, name: str, form: str | None, audience: str, output: Path | None, replace: bool
) -> None:
    """Write a decision table as CSV or DMN 1.3, or a decision as a Mermaid flowchart.

    CSV has a column for each input, then the outcome and a note, and a row for each row. An empty cell fits any value,
    a cell with several lines any of these. `playbook import decision-table` reads both. A flowchart has each question,
    answer and outcome; that of a table has the questions that lead through it. A file that is there already and differs
    stays, unless you say --replace.
    """
    refuse_errors(base.run(), what="written")
    document = find_document(base.view(audience), name)
    decision = document.body
    if not isinstance(decision, Decision):
        raise click.BadParameter(f"{document.id} is no decision: name a decision tree or table")
    form = form or ("csv" if isinstance(decision, DecisionTable) else "mermaid")
    lost: list[str] = []
    if form in ("csv", "dmn"):
        if not isinstance(decision, DecisionTable):
            raise click.UsageError(f"{document.id} is a tree, and has no rows: use --format mermaid")
        grid, lost = grid_of(decision), untold(decision)
        data = write_table(grid) if form == "csv" else write_dmn(document.id, decision.title, grid)
        lost += list_unsaid(grid) if form == "dmn" else ()
    else:
        try:
            data = flowchart(decision).encode()
        except TooWide:
            raise click.ClickException(
                f"nothing was written: the rows of {document.id} overlap in too many ways to ask them one by one; "
                "use --format csv"
            ) from None
    place = (output or base.root / f"dist/{document.id}.{ENDINGS[form]}").absolute()
    with writing():
        before = publish.content_now(place.parent, place.name)
        if before not in (None, data) and not replace:
            raise publish.Unwritten(
                f"nothing was written: {place} is there already and differs; use another --output, or --replace"
            )
        publish.change(place.parent, [publish.FileEdit(place.name, before, data)])
    if lost:
        click.echo(f"has no place in {form.upper()}: {', '.join(lost)}")
    click.echo(f"{document.id} is in {place}")
