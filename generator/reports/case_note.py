"""Writes a walk through a decision tree: the questions, the outcome, and the note for the case."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from textwrap import indent

from generator.decisions.graph import Graph, Way
from generator.decisions.measure import Measure
from generator.documents import Document
from generator.documents.text.hidden import visible
from generator.documents.types.decision_tree import Decision, Input, Outcome
from generator.files.terminal import BOLD, RED, bare, style
from generator.library.citations import ground, version_meant
from generator.library.freshness import moved_on
from generator.library.library import Library


def asked(graph: Graph, at: str) -> str:
    """A question with its help and its answers: numbered, or ranges where it takes a value."""
    question, source = graph.questions[at], graph.decision.asked[graph.asks[at]]
    helps = {name: value.help for name, value in source.values.items()} if isinstance(source, Input) else {}
    lines = [style(f"\n{question.ask}", BOLD)]
    if question.help:
        lines.append(visible(question.help).strip())
    reader = graph.readers.get(graph.asks[at])
    if reader:
        plus = "" if isinstance(reader, Measure) else " Write + between them."
        lines.append(f"Answer with {reader.wanted}.{plus}")
    width = max(map(len, question.answers))
    for number, (name, answer) in enumerate(question.answers.items(), 1):
        lines.append(f"  {'-' if isinstance(reader, Measure) else number}  {name:<{width}}  {answer.label}")
        if help := helps.get(name):
            lines.append(indent(visible(help).strip(), " " * (width + 7)))
    return "\n".join(lines)


def decided(library: Library, tree: Decision, name: str) -> str:
    """An outcome: the decision, what to do and say, whom to tell, and its grounds with what has changed since."""
    return "\n".join(_format_outcome(library, tree, name))


def _format_outcome(library: Library, tree: Decision, name: str) -> Iterator[str]:
    outcome = tree.outcomes[name]
    yield style(f"\n{outcome.decision}", BOLD)
    if outcome.text:
        yield visible(outcome.text).strip()
    for word, value in (
        ("Action", outcome.action),
        ("Severity", outcome.severity),
        ("Do", outcome.sop),
        ("Say", outcome.macro),
        ("Tell", outcome.escalate),
    ):
        if value:
            yield f"  {word:<8}  {value}"
    for text, changes in grounds(library, outcome):
        warning = style(f"  changed since: {changes}", RED) if changes else ""
        yield f"  {'Ground':<8}  {text}{warning}"


def grounds(library: Library, outcome: Outcome) -> Iterator[tuple[str, str]]:
    """What an outcome cites, as on its page, with what has changed since; empty if nothing has."""
    moved = moved_on(library)
    for citation in outcome.cites:
        document = library.find(citation.id)
        text = ground(document, citation.part) if document else citation.text
        if document and citation.version:
            text = f"{text} (v{version_meant(document, citation.part, citation.version)})"
        changes = [change.words for change in moved.get(citation, ()) if change.since <= library.today]
        yield text, ", ".join(changes)


def case_note(
    library: Library,
    document: Document,
    graph: Graph,
    way: Way,
    said: Mapping[str, str],
    name: str,
    moment: datetime,
) -> str:
    """The walk as a note for the case; the page of the decision copies the same text.

    `said` has what was given to questions in words, where that is a value or several answers.
    """
    outcome = graph.decision.outcomes[name]
    lines = [f"{document.body.title} ({document.id} v{document.body.version})"]
    for turn in way:
        question = graph.questions[turn.question]
        lines.append(f"- {question.ask} {said.get(turn.question) or question.answers[turn.answer].label}")
    lines.append(f"Decision: {outcome.decision} ({name})")
    if outcome.action:
        lines.append(f"Action: {_name_action(library, outcome.action)}")
    for text, changes in grounds(library, outcome):
        lines.append(f"Ground: {text}{f', changed since: {changes}' if changes else ''}")
    lines.append(f"Time: {moment.isoformat(timespec='seconds')}")
    return "\n" + "\n".join(bare(" ".join(line.split())) for line in lines)


def _name_action(library: Library, word: str) -> str:
    terms = library.vocabulary.terms("enforcement_actions") if library.vocabulary else {}
    return terms[word].name if word in terms else word
