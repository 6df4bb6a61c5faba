"""Something is taken from a member, and by what the library says nobody owes them the reasons.

An action that removes, limits or closes owes a statement of reasons: in the European Union by Regulation (EU)
2022/2065, Article 17(1), whatever it is called. Two ways lead past it. The vocabulary says of an action that it does
not restrict, though its name or `takes` says that it does. Or a decision removes something in its words, and the action
that it names takes nothing; or it names none, and neither a procedure nor a letter gives the reasons. A decision that
closes an account is not one that suspends it either. Decisions are read in English.

Bad:
    warn: {decision: Remove the content and warn, action: warning}      # warning: {restricts: false}

Good:
    warn: {decision: Remove the content and warn, action: removal-and-warning}
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from generator.documents import VOCABULARY
from generator.documents.types.decision_tree import Decision, Outcome
from generator.documents.types.macro import Macro
from generator.documents.vocabulary import Vocabulary
from generator.findings import Fault, Spot
from generator.library.library import Library

BEGIN, NEAR = r"(?:^|[,;.:]\s+|\b(?:and|then|but|or)\s+)", r"\b(?:[^\w.;]+\w+){0,3}?[^\w.;]+"
ITEM = r"(?:content|items?|posts?|pages?|images?|pictures?|videos?|files?|messages?|comments?|listings?|material)\b"
HOLDER = r"(?:accounts?|members?|profiles?|users?)\b"

# What a decision tells somebody to do, and what that takes.
TAKING: list[tuple[re.Pattern[str], str, Collection[str]]] = [
    (re.compile(BEGIN + verbs + NEAR + objects, re.IGNORECASE), told, effects)
    for verbs, objects, told, effects in (
        (r"(?:remove|delete|take\s+down)", ITEM, "removes content", ("content",)),
        (r"(?:hide|blur|label|demote|restrict)", ITEM, "hides or limits content", ("visibility", "content")),
        (r"(?:suspend|freeze|lock|block)", HOLDER, "stops an account for a time", ("access", "account")),
        (r"(?:close|terminate|ban|deactivate)", HOLDER, "closes an account", ("account",)),
        (
            r"(?:limit|disable|switch\s+off)",
            r"(?:features?|keys?|sharing)\b",
            "limits a feature",
            ("feature", "access"),
        ),
        (r"revoke", r"(?:keys?|access)\b", "takes access away", ("access", "account")),
    )
]
TAKEN = re.compile(
    r"\b(?:remov(?:ed|al)|delet(?:ed|ion)|hidden|suspen(?:ded|sion)|clos(?:ed|ure)|terminat(?:ed|ion)|limited|"
    r"restrict(?:ed|ion)|revo(?:ked|cation)|locked|blocked|banned|disabled|demoted|takedown|withheld)\b",
    re.IGNORECASE,
)


def check(library: Library) -> Iterator[Fault]:
    vocabulary = library.vocabulary
    if vocabulary is None:
        return
    yield from _judge_actions(vocabulary)
    for document, decision in library.each(Decision):
        for name, outcome in decision.outcomes.items():
            if not decision.is_gone and (told := _explain(library, vocabulary, outcome)):
                yield Fault(Spot(document.path, ("outcomes", name, "action" if outcome.action else "decision")), *told)


def _judge_actions(vocabulary: Vocabulary) -> Iterator[Fault]:
    for word, action in vocabulary.enforcement_actions.items():
        said = TAKEN.search(action.name)
        if not action.restricts and (action.takes or said):
            what = f"takes {' and '.join(action.takes)}" if action.takes else f"is called “{action.name.strip()}”"
            spot = Spot(VOCABULARY, ("enforcement_actions", word, "restricts"))
            message = f"`{word}` {what}, yet it says that it restricts nothing, so no letter has to give reasons"
            yield Fault(spot, message, "remove `restricts: false`, or correct the name and `takes`")


def _explain(library: Library, vocabulary: Vocabulary, outcome: Outcome) -> tuple[str, str] | None:
    """What a decision takes in its words and not in its data, and what to do; None if it takes nothing besides."""
    action = vocabulary.enforcement_actions.get(outcome.action or "")
    if (outcome.action and action is None) or (not outcome.action and _has_reasons(library, outcome)):
        return None
    takes: set[str] = set(action.takes) if action else set()
    found = [(told, effects) for pattern, told, effects in TAKING if pattern.search(outcome.decision)]
    if action is not None and action.restricts:  # its letter gives reasons, and names what went with it
        found = [(told, effects) for told, effects in found if takes and {*effects} <= {"access", "account"}]
    amiss = [(told, effects) for told, effects in found if not takes.intersection(effects)]
    if not amiss:
        return None
    told, effects = amiss[0]
    fit = ", ".join(f"`{word}`" for word, one in vocabulary.enforcement_actions.items() if {*effects} & {*one.takes})
    hint = f"name the action that it is{f' ({fit})' if fit else ''}, or reword the decision"
    if action is None:
        return f"the decision {told}, and neither an action, a procedure nor a letter gives the reasons", hint
    if action.restricts:
        return (
            f"the decision {told}, but its action `{outcome.action}` does not, and the letter announces only that",
            hint,
        )
    return f"the decision {told}, but `{outcome.action}` takes nothing, so no letter has to give reasons", hint


def _has_reasons(library: Library, outcome: Outcome) -> bool:
    letter = library.find(outcome.macro.id) if outcome.macro else None
    return outcome.sop is not None or (
        letter is not None and isinstance(letter.body, Macro) and bool(letter.body.reasons)
    )
