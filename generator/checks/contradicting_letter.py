"""A decision takes one action, and the letter that it sends announces another, or none.

The member is told of a suspension and finds the account closed; or something is gone, and nobody gave reasons. A letter
with `reasons` of its own serves several actions. Where the letter goes to somebody else, the decision names the
procedure that sends the one for the action in `sop`.

Bad:
    close: {decision: Close the account, action: account-termination, macro: suspension-notice}

Good:
    close: {decision: Close the account, action: account-termination, macro: termination-notice}
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.documents import Document
from generator.documents.types.decision_tree import Decision, Outcome
from generator.documents.types.macro import Macro
from generator.documents.vocabulary import Vocabulary
from generator.findings import Fault, Related, Spot
from generator.library.library import Library
from generator.library.pointers import Outgoing
from generator.library.traits import names_of


def note(document: Document, outgoing: Outgoing) -> object:
    body, known = document.body, names_of(document)
    if isinstance(body, Macro):
        return known, body.status, body.enforcement, bool(body.reasons)
    if isinstance(body, Decision):
        outcomes = [
            (name, one.action, one.macro and one.macro.id, bool(one.sop)) for name, one in body.outcomes.items()
        ]
        return known, body.is_gone, outcomes
    return known


def check(library: Library) -> Iterator[Fault]:
    vocabulary = library.vocabulary
    if vocabulary is None:
        return
    for document, decision in library.each(Decision):
        for name, outcome in decision.outcomes.items():
            found = library.find(outcome.macro.id) if outcome.macro and not decision.is_gone else None
            if found is None or not found.sound or not isinstance(found.body, Macro):
                continue
            if told := _explain(library, vocabulary, outcome, found.body):
                announced = Related(Spot(found.path, ("enforcement",)), "what it announces")
                related = (announced,) if found.body.enforcement else ()
                yield Fault(Spot(document.path, ("outcomes", name, "macro")), *told, related)


def _explain(library: Library, vocabulary: Vocabulary, outcome: Outcome, letter: Macro) -> tuple[str, str] | None:
    """What is wrong between an action and its letter, and what to do; None if nothing is."""
    takes, announced = _is_restricting(vocabulary, outcome.action), _is_restricting(vocabulary, letter.enforcement)
    if outcome.action == letter.enforcement or not (takes or announced) or (letter.reasons and not letter.enforcement):
        return None
    if announced and not outcome.action:
        return (
            f"the letter announces `{letter.enforcement}`, but the decision takes no action",
            f"add `action: {letter.enforcement}`, or send a letter that announces nothing",
        )
    if letter.enforcement:
        return (
            f"the decision takes `{outcome.action}`, but its letter announces `{letter.enforcement}`",
            f"send the letter for `{outcome.action}`, or fix the action",
        )
    fit = next((one.id for one, macro in library.each(Macro) if _is_for(macro, outcome.action)), "")
    if not fit or outcome.sop:
        return None  # there is no letter for it, or a procedure takes over what is said
    return (
        f"the decision takes `{outcome.action}`, but its letter announces nothing and gives no reasons",
        f"send `{fit}`, which announces it, or name the procedure that sends it in `sop`",
    )


def _is_for(letter: Macro, action: str | None) -> bool:
    return letter.enforcement == action and letter.status == "active"


def _is_restricting(vocabulary: Vocabulary, action: str | None) -> bool:
    term = vocabulary.enforcement_actions.get(action or "")
    return term is not None and term.restricts
