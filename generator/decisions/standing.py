"""Finds which answer of one version of a question stands for an answer that the other version does not offer."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from generator.documents.types.decision_tree import Asked

OTHERWISE = "otherwise"  # the answer for whatever has no other
WORD = re.compile(r"[^\W_]+")
Leads = Mapping[str, str]


class StandIns(NamedTuple):
    """What was or is answered instead, by the answer that is not offered: `old` by new answers, `new` by old ones.

    `dropped` are no cases of their own: old answers in whose place others came, and new ones that only joined others.
    """

    old: Mapping[str, str]
    new: Mapping[str, str]
    dropped: frozenset[str]


def match_answers(old: Asked, new: Asked, led: Leads, leads: Leads) -> StandIns:
    """Pairs the answers that only one version offers with those of the other.

    An answer was renamed if another with its label, or with its target alone, is gone. Otherwise it was a part of one
    whose label has all of its words ("No" of "No or cannot tell"), or of `otherwise`, or it took the place of the only
    one that is gone. `led` and `leads` say where each answer leads, in names that both versions share.
    """
    was = {name: _list_words(answer.label) for name, answer in old.offered.items()}
    now = {name: _list_words(answer.label) for name, answer in new.offered.items()}
    went = {name: words for name, words in was.items() if name not in now}
    came = {name: words for name, words in now.items() if name not in was}
    renamed = _pair_renamed(went, came, led, leads)
    back = {before: after for after, before in renamed.items()}
    stood, stands = _find_all(came, was, renamed), _find_all(went, now, back)
    alone = [one for one in went if one not in stands], [one for one in came if one not in stood]
    if len(alone[0]) == len(alone[1]) == 1:  # nothing else can have taken its place
        stands[alone[0][0]], stood[alone[1][0]] = alone[1][0], alone[0][0]
    split = set(stood.values()) & went.keys()
    joined = (set(stands.values()) & came.keys()) - stood.keys()
    return StandIns(stood, stands, frozenset(split | joined))


def _pair_renamed(
    went: Mapping[str, list[str]], came: Mapping[str, list[str]], led: Leads, leads: Leads
) -> dict[str, str]:
    """The old name of each answer that has another name now."""
    renamed: dict[str, str] = {}
    for name, words in came.items():
        same = [one for one in went if went[one] == words and one not in renamed.values()]
        if same:
            renamed[name] = same[0]
    for name in came:
        alike = [one for one in came if leads.get(one) == leads.get(name)]
        same = [one for one in went if name in leads and led.get(one) == leads[name]]
        if len(same) == len(alike) == 1 and name not in renamed and same[0] not in renamed.values():
            renamed[name] = same[0]
    return renamed


def _find_all(
    lacking: Mapping[str, list[str]], offered: Mapping[str, list[str]], renamed: Mapping[str, str]
) -> dict[str, str]:
    found = {}
    for name, words in lacking.items():
        wider = [one for one, others in offered.items() if words and set(words) < set(others)]
        closest = min(wider, key=lambda one: len(offered[one]), default=OTHERWISE)
        stands = renamed.get(name, closest)
        if stands in offered:
            found[name] = stands
    return found


def _list_words(label: str) -> list[str]:
    return WORD.findall(label.casefold())
