"""`playbook walk`: walks a decision tree in the terminal, or lists its paths."""

from __future__ import annotations

import sys

import click

from generator.commands import Base, based
from generator.documents import Document
from generator.documents.decision_tree import DecisionTree
from generator.graph import Graph, told
from generator.library import Library
from generator.nearest import did_you_mean
from generator.outputs.walk import asked, case_note, decided
from generator.wording import count

MOST = 1000


@click.command("walk")
@based
@click.argument("name", metavar="ID")
@click.argument("answers", metavar="[ANSWER...]", nargs=-1)
@click.option("--paths", is_flag=True, help="List every path with its outcome; only count them where they are many.")
def COMMAND(base: Base, name: str, answers: tuple[str, ...], paths: bool) -> None:  # noqa: N802
    """Walk a decision tree to its decision, and print the case note.

    Answers are ids or numbers. Where they end before a decision, a terminal asks for the next one; elsewhere the open
    question is printed.
    """
    library = base.library()
    document, tree = _tree(library, name)
    graph = Graph(tree)
    if not graph.is_whole:
        raise click.ClickException(f"{document.path} has answers that lead nowhere: mend them first (playbook check)")
    if paths:
        _list(graph)
        return
    at, given = tree.start, []
    left = list(answers)
    while at in tree.questions:
        if not left and not sys.stdin.isatty():
            click.echo(asked(tree, at))
            return
        if not left:
            click.echo(asked(tree, at))
        answer = _answer(tree, at, left.pop(0) if left else click.prompt("Answer", prompt_suffix=" > "))
        given.append((at, answer))
        at = tree.questions[at].answers[answer].go
    if left:
        raise click.UsageError(f"`{at}` is decided already; nothing asks for {' '.join(left)}")
    click.echo(decided(library, tree, at))
    click.echo(case_note(document, tree, given, at))


def _tree(library: Library, name: str) -> tuple[Document, DecisionTree]:
    trees = {one.id: tree for one, tree in library.each(DecisionTree)}
    document = library.find(name)
    if document is None or document.id not in trees:
        hint = did_you_mean(name, trees, f"there are {', '.join(trees)}" if trees else "there is none yet")
        raise click.BadParameter(f"no decision tree is called {name}; {hint}")
    return document, trees[document.id]


def _answer(tree: DecisionTree, at: str, said: str) -> str:
    """The id of an answer that was given by id or by number."""
    known = list(tree.questions[at].answers)
    if said in known:
        return said
    if said.isdecimal() and 1 <= int(said) <= len(known):
        return known[int(said) - 1]
    hint = did_you_mean(said, known, f"answer with one of {', '.join(known)}")
    raise click.UsageError(f"`{at}` has no answer {said}; {hint}")


def _list(graph: Graph) -> None:
    if graph.circle:
        raise click.ClickException(f"the paths have no end: {told(graph.circle)} leads back (playbook check)")
    total = sum(graph.counts.values())
    if total <= MOST:
        for way, outcome in graph.paths():
            click.echo(f"{told(way)} -> {outcome}")
    else:
        for outcome, number in sorted(graph.counts.items(), key=lambda pair: (-pair[1], pair[0])):
            click.echo(f"{outcome}: {count(number, 'path')}")
    outcomes = count(len(graph.counts), "outcome")
    more = f"; they are listed up to {MOST:,}" if total > MOST else ""
    click.echo(f"{count(total, 'path')} to {outcomes}{more}.")
