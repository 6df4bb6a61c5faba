"""`playbook walk`: walks through a decision tree in the terminal, or lists its paths."""

from __future__ import annotations

import sys

import click

from generator.commands._knowledge_base import KnowledgeBase, based
from generator.decisions.graph import Graph, Turn, spell_out
from generator.documents import Document
from generator.documents.days import now
from generator.library.library import Library
from generator.reports.case_note import asked, case_note, decided
from generator.wording import count, did_you_mean, one_of

MOST = 1000


@click.command("walk")
@based
@click.argument("name", metavar="ID")
@click.argument("answers", metavar="[ANSWER...]", nargs=-1)
@click.option("--paths", is_flag=True, help="List every path with its outcome; if there are many, only count them.")
def COMMAND(base: KnowledgeBase, name: str, answers: tuple[str, ...], paths: bool) -> None:  # noqa: N802
    """Walk through a decision tree, and print the case note.

    Answers are ids or numbers. If they do not reach a decision, you are asked the next question; without a terminal,
    that question is printed.
    """
    library = base.library()
    document, graph = _find_graph(library, name)
    if graph.is_too_wide:
        raise click.ClickException(f"{document.path} has too many paths: split it into several tables")
    if not graph.is_whole:
        raise click.ClickException(
            f"{document.path} has answers that lead nowhere or to more than one place: fix them first (playbook check)"
        )
    if paths:
        _print_paths(graph)
        return
    at, given = graph.start, []
    left = list(answers)
    while at in graph.questions:
        if not left and not sys.stdin.isatty():
            click.echo(asked(graph, at))
            return
        if not left:
            click.echo(asked(graph, at))
        answer = _parse_answer(graph, at, left.pop(0)) if left else _ask_answer(graph, at)
        given.append(Turn(at, answer))
        at = graph.turns[at][answer]
    if left:
        raise click.UsageError(f"`{at}` is already the decision: leave out {' '.join(left)}")
    click.echo(decided(library, graph.decision, at))
    click.echo(case_note(library, document, graph, tuple(given), at, now()))


def _find_graph(library: Library, name: str) -> tuple[Document, Graph]:
    graphs = {one.path: graph for one, _, graph in library.decisions}
    document = library.find(name)
    if name in library.malformed or (document and not document.sound):
        raise click.ClickException(f"{name} has format errors: fix them first (playbook check)")
    if document is None or document.path not in graphs:
        trees = [one.id for one, _, _ in library.decisions]
        raise click.BadParameter(f"no decision tree is called {name}; {one_of(name, trees)}")
    return document, graphs[document.path]


def _ask_answer(graph: Graph, at: str) -> str:
    """Asks for an answer until it is one that the question has."""
    answer: str = click.prompt(
        "Answer", prompt_suffix=" > ", value_proc=lambda typed: _parse_answer(graph, at, typed.strip())
    )
    return answer


def _parse_answer(graph: Graph, at: str, given: str) -> str:
    """The id of an answer that was given by id or by number."""
    known = list(graph.turns[at])
    if given in known:
        return given
    numbered = dict(zip(map(str, range(1, len(known) + 1)), known, strict=True))
    if given in numbered:
        return numbered[given]
    hint = did_you_mean(given, known, f"answer with one of {', '.join(known)}")
    raise click.UsageError(f"`{at}` has no answer {given}; {hint}")


def _print_paths(graph: Graph) -> None:
    if graph.circle:
        raise click.ClickException(
            f"the paths never end: {spell_out(graph.circle)} leads back to its first question (playbook check)"
        )
    total = sum(graph.counts.values())
    if total <= MOST:
        for way, outcome in graph.paths():
            click.echo(f"{spell_out(way)} -> {outcome}")
    else:
        for outcome, number in sorted(graph.counts.items(), key=lambda pair: (-pair[1], pair[0])):
            click.echo(f"{outcome}: {count(number, 'path')}")
    outcomes = count(len(graph.counts), "outcome")
    more = f"; paths are listed only up to {MOST:,}" if total > MOST else ""
    click.echo(f"{count(total, 'path')} to {outcomes}{more}.")
