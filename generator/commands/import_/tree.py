"""`playbook import tree`: imports decision trees that were drawn as flowcharts."""

from __future__ import annotations

from pathlib import Path

import click

from generator.commands._exchange import large_text_of, refused
from generator.commands._knowledge_base import KnowledgeBase, based
from generator.commands.import_._clashes import KEEP_OURS, TAKE_THEIRS, SettledFields
from generator.commands.import_._decisions import DrawnDecision, tell_result, write_decisions
from generator.commands.import_._documents import OWNER
from generator.exchange import UnfitInput
from generator.exchange.decisions.charting import Chart
from generator.exchange.decisions.drawing import DrawnChart
from generator.exchange.legible import one_line, title_from
from generator.exchange.yaml_file import FLOWCHARTS


@click.command("tree", short_help="A decision tree from a Mermaid flowchart.")
@based
@click.argument("file", metavar="FILE", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@OWNER
@click.option("--audience", metavar="WORD", help="Who may read it (default: internal).")
@click.option("--id", "wanted", metavar="ID", help="The id of the document (default: made from the file's name).")
@KEEP_OURS
@TAKE_THEIRS
def COMMAND(  # noqa: N802
    base: KnowledgeBase,
    file: Path,
    owner: str | None,
    audience: str | None,
    wanted: str | None,
    keep_ours: tuple[str, ...],
    take_theirs: tuple[str, ...],
) -> None:
    """Import a decision tree from a Mermaid flowchart: a file of its own, or a fence in a Markdown file.

    A node with arrows becomes a question, the words of its arrows the answers, a node that no arrow leaves an outcome.
    A beginning that asks nothing, such as `Start`, nodes of a legend, styles, links and the frames of subgraphs have no
    place; each is named with its line. A circle, or a second
    beginning, is refused. Run it again when the source changes: what somebody edited here since stays,
    and --keep-ours or --take-theirs settles what differs. Then add golden
    cases, actions and grounds.
    """
    base.recover()
    try:
        drawing = DrawnChart(large_text_of(file), file.name)
        chart = Chart(drawing)
    except UnfitInput as error:
        raise refused(error) from None
    title = drawing.title or title_from(file.stem)
    drawn = [DrawnDecision(one_line(file.name), file.name, title, chart.data)]
    result = write_decisions(base, FLOWCHARTS, drawn, owner, audience, wanted, SettledFields(keep_ours, take_theirs))
    tell_result(result, chart.unmapped, "tree", len(chart.answers), "question")
