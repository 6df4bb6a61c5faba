"""In goes a walk through a decision tree, out comes what somebody with a case open reads and copies."""

from __future__ import annotations

from collections.abc import Iterator

import click

from generator.citations import citations
from generator.documents import Document
from generator.documents.decision_tree import Decision, Question
from generator.graph import Graph, Turn
from generator.library import Library


def asked(question: Question) -> str:
    """A question with its answers, numbered."""
    lines = [click.style(f"\n{question.ask}", bold=True)]
    if question.help:
        lines.append(question.help.strip())
    width = max(map(len, question.answers))
    for number, (answer, one) in enumerate(question.answers.items(), 1):
        lines.append(f"  {number}  {answer:<{width}}  {one.label}")
    return "\n".join(lines)


def decided(library: Library, tree: Decision, name: str) -> str:
    """An outcome: the decision, what to do, what to say, whom to tell, on which ground and whether that still holds."""
    return "\n".join(_decided(library, tree, name))


def _decided(library: Library, tree: Decision, name: str) -> Iterator[str]:
    outcome = tree.outcomes[name]
    yield click.style(f"\n{outcome.decision}", bold=True)
    if outcome.text:
        yield outcome.text.strip()
    for word, value in (
        ("Action", outcome.action),
        ("Do", outcome.sop),
        ("Say", outcome.macro),
        ("Tell", outcome.escalate),
    ):
        if value:
            yield f"  {word:<6}  {value}"
    stale = {
        cited.reference.at.keys: cited.phases[0].last
        for cited in citations(library)
        if cited.phases and cited.phases[0].since <= library.today and cited.reference.at.source is not None
        if cited.reference.at.source.body is tree
    }
    for number, citation in enumerate(outcome.cites):
        change = stale.get(("outcomes", name, "cites", number))
        warning = f"  changed since: {change.kind} in {change.version}" if change else ""
        yield f"  {'Ground':<6}  {citation}{click.style(warning, fg='red')}"


def case_note(document: Document, graph: Graph, given: list[Turn], name: str) -> str:
    """The walk as a note for the case: tree and version, each question with its answer, the outcome, its grounds."""
    outcome = graph.decision.outcomes[name]
    lines = [f"\n{document.body.title} ({document.id} v{document.body.version})"]
    lines += [f"- {graph.questions[at].ask} {graph.questions[at].answers[answer].label}" for at, answer in given]
    lines.append(f"Decision: {outcome.decision} ({name})")
    if outcome.cites:
        lines.append(f"Ground: {', '.join(outcome.cites)}")
    return "\n".join(lines)
