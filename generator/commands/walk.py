"""`playbook walk`: walks through a decision tree in the terminal, or lists its paths."""

from __future__ import annotations

import sys
from datetime import date

import click

from generator.commands._knowledge_base import KnowledgeBase, based
from generator.decisions.graph import Graph, Turn, Way, spell_out, suggest_answer
from generator.decisions.measure import Measure
from generator.decisions.ranges import Uncertain
from generator.decisions.refinement import Reader
from generator.documents import Document
from generator.documents.days import now
from generator.documents.values import read_value
from generator.library.library import Library
from generator.reports.case_note import asked, case_note, decided
from generator.wording import count, one_of

MOST = 1000


@click.command("walk", context_settings={"ignore_unknown_options": True})  # an answer may be -5
@based
@click.argument("name", metavar="ID")
@click.argument("answers", metavar="[ANSWER...]", nargs=-1)
@click.option("--paths", is_flag=True, help="List every path with its outcome; if there are many, only count them.")
def COMMAND(base: KnowledgeBase, name: str, answers: tuple[str, ...], paths: bool) -> None:  # noqa: N802
    """Walk through a decision tree, and print the case note.

    Answers are ids or numbers; a number is the place of an answer, as the key on the page is. A question that takes a
    value is answered with one (250, 14d, 2026-03-01), one that takes several answers with these: minor+threat. If the
    answers do not reach a decision, you are asked the next question; without a terminal, that question is printed.
    """
    for word in (name, *answers):
        if word.startswith("-") and not read_value("number", word):
            raise click.NoSuchOption(word)
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
    walk = _walk_answers(graph, library.today, list(answers))
    if walk:
        at, way, said = walk
        click.echo(decided(library, graph.decision, at))
        click.echo(case_note(library, document, graph, way, said, at, now()))


def _walk_answers(graph: Graph, today: date, left: list[str]) -> tuple[str, Way, dict[str, str]] | None:
    """Answers one question after the other: the outcome, the way there, and values and ticks in words.

    None if answers are missing and nobody can be asked, so that the open question was printed.
    """
    at, way = graph.start, []
    said: dict[str, str] = {}
    while at in graph.questions:
        if not left:
            click.echo(asked(graph, at))
            if not sys.stdin.isatty():
                return None
        reader = graph.readers.get(graph.asks[at])
        reader = reader.settled(today) if isinstance(reader, Measure) else reader
        answer, said[at] = _parse_answer(graph, at, reader, left.pop(0)) if left else _ask_answer(graph, at, reader)
        way.append(Turn(at, answer))
        at = graph.turns[at][answer]
    if left:
        raise click.UsageError(f"`{at}` is already the decision: leave out {' '.join(left)}")
    return at, tuple(way), said


def _find_graph(library: Library, name: str) -> tuple[Document, Graph]:
    graphs = {one.path: graph for one, _, graph in library.decisions}
    document = library.find(name)
    if name in library.malformed or (document and not document.sound):
        raise click.ClickException(f"{name} has format errors: fix them first (playbook check)")
    if document is None or document.path not in graphs:
        trees = [one.id for one, _, _ in library.decisions]
        raise click.BadParameter(f"no decision tree is called {name}; {one_of(name, trees)}")
    return document, graphs[document.path]


def _ask_answer(graph: Graph, at: str, reader: Reader | None) -> tuple[str, str]:
    """Asks for an answer until it is one that the question has."""
    answer: tuple[str, str] = click.prompt(
        "Answer", prompt_suffix=" > ", value_proc=lambda typed: _parse_answer(graph, at, reader, typed.strip())
    )
    return answer


def _parse_answer(graph: Graph, at: str, reader: Reader | None, given: str) -> tuple[str, str]:
    """The id of an answer, and what was said in words if it is a value or several answers.

    A number means the answer with that number, also where another answer has it as its id: on the page the key does.
    """
    known = list(graph.turns[at])
    numbered = {} if isinstance(reader, Measure) else dict(zip(map(str, range(1, len(known) + 1)), known, strict=True))
    text = "+".join(numbered.get(one, one) for one in given.split("+"))
    if text in known:
        return text, ""
    try:
        if reader and (answer := reader.find(text)):
            return answer, reader.note(text)
    except Uncertain:
        pass  # explained below
    raise click.UsageError(f"`{at}` has no answer {given}; {suggest_answer(given, known, reader)}")


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
