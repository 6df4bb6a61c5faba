"""Writes a tree or table as a Mermaid flowchart: questions, answers and outcomes, with their words escaped."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from generator.decisions.diagram import Diagram
from generator.decisions.table import Cells
from generator.documents.types.decision_tree import Decision, DecisionTable, DecisionTree, Question
from generator.exchange.legible import one_line

SIGNS = {
    '"': "#quot;",
    "#": "#35;",
    "<": "#lt;",
    ">": "#gt;",
    "&": "#amp;",
    "`": "#96;",
    "\\": "#92;",
    "|": "#124;",
    "$": "#36;",
}
# Colons that make an icon, and those before a sign that is escaped, which Mermaid takes for a style.
ICON = re.compile(r"(?<=fa):(?=fa-)|(?<=fa[a-z]):(?=fa-)")
WORD = re.compile(r"\S+")
LISTED = re.compile(r"([0-9]+)([.)])(?= )|([-*+])(?= )")  # Mermaid shows "Unsupported markdown: list" instead
WORDS_OF_MERMAID = {
    "call", "class", "click", "default", "direction", "end", "flowchart", "graph", "href", "interpolate", "style",
    "subgraph",
}  # fmt: skip


def flowchart(decision: Decision) -> str:
    """The flowchart of a decision; of a table, the questions that lead through it. Raises TooWide."""
    if isinstance(decision, DecisionTable):
        diagram = Diagram(Cells(decision))
        start, questions = diagram.start, diagram.questions
    elif isinstance(decision, DecisionTree):
        start, questions = decision.start, decision.questions
    else:
        raise TypeError(type(decision))
    title = "".join(sign for sign in one_line(decision.title) if sign not in "{}")  # %%{ would be a directive
    return "\n".join([f"%% {title}", "flowchart TD", *_list_lines(start, questions, decision), ""])


def _list_lines(start: str, questions: Mapping[str, Question], decision: Decision) -> Iterator[str]:
    order = sorted(questions, key=lambda name: name != start)  # a flowchart begins with what nothing leads to
    for name in order:
        yield f'  {_name_node(name)}{{"{escape_label(questions[name].ask)}"}}'
    for name, end in decision.outcomes.items():
        yield f'  {_name_node(name)}(["{escape_label(end.decision)}"])'
    for name in order:
        for answer in questions[name].answers.values():
            if answer.go:  # of a table, an answer that no row fits leads nowhere
                yield f'  {_name_node(name)} -->|"{escape_label(answer.label)}"| {_name_node(answer.go)}'


def escape_label(text: str) -> str:
    """Words as a quoted label, which Mermaid shows as they are."""
    words = "".join(SIGNS.get(sign, sign) for sign in one_line(text))
    words = WORD.sub(_escape_colons, words)
    words = ICON.sub("#58;", words)
    return (
        LISTED.sub(lambda found: f"{found[1] or ''}#{ord(found[2] or found[3])};", words, count=1)
        if (LISTED.match(words))
        else words
    )


def _escape_colons(word: re.Match[str]) -> str:
    last = word[0].rfind("#") + 1
    return word[0][:last].replace(":", "#58;") + word[0][last:]


def _name_node(name: str) -> str:
    """An id as Mermaid takes it: with no hyphen, after which it would take the word before for one of its own."""
    return f"{name}_" if name in WORDS_OF_MERMAID else name.replace("-", "_")
