"""An enforcement action cites no policy.

A decision that restricts somebody must name the section that it rests on: the member is told which, an appeal starts
there, and when the section changes the outcome or reply must be read again. An action that restricts nobody
(`restricts: false` in the vocabulary) needs none.

Bad:
    close:
      decision: Close the account
      action: account-termination

Good:
    close:
      decision: Close the account
      action: account-termination
      cites: [account-integrity#compromise@3.0]
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.documents import Document
from generator.documents.types.decision_tree import Decision
from generator.documents.types.macro import Macro
from generator.findings import Fault, Keys, Spot
from generator.library.library import Library


def check(library: Library) -> Iterator[Fault]:
    known = library.vocabulary.enforcement_actions if library.vocabulary else {}
    harmless = {name for name, term in known.items() if not term.restricts}
    for document in library.documents:
        if document.sound and not document.body.is_gone:
            for keys, action in _list_actions(document):
                if action in harmless:
                    continue
                references = library.outgoing[document.path].references
                if not any(one.is_citation and one.at.keys[: len(keys) - 1] == keys[:-1] for one in references):
                    hint = "add the section that it rests on, as `cites: [policy#section@version]`"
                    yield Fault(Spot(document.path, keys), f"the action `{action}` cites no policy", hint)


def _list_actions(document: Document) -> Iterator[tuple[Keys, str]]:
    """Every enforcement action that a document takes or announces, with the keys that lead to it."""
    if isinstance(document.body, Macro) and document.body.enforcement:
        yield ("enforcement",), document.body.enforcement
    if isinstance(document.body, Decision):
        for name, outcome in document.body.outcomes.items():
            if outcome.action:
                yield ("outcomes", name, "action"), outcome.action
