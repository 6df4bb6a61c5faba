"""Known findings: those of a baseline or of an older state, which are not shown again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import replace
from typing import NamedTuple

from generator.analysis.identity import Identity, identify
from generator.analysis.narrowing import narrow
from generator.findings import Finding, Place, Severity
from generator.library.library import Library
from generator.pipeline import Judgement


class Amount(NamedTuple):
    """How many findings of one identity are known, and how severe they were."""

    number: int
    severity: Severity


Known = Mapping[Identity, Amount]


def list_known(judgement: Judgement) -> Known:
    """All findings of a judgement, as known ones."""
    tell = identify(judgement)
    numbers = _count_identities(judgement.findings, tell)
    severities = {tell(one, place): one.severity for one in judgement.findings for place in (one.place, *one.also)}
    return {identity: Amount(number, severities[identity]) for identity, number in sorted(numbers.items())}


def update_names(known: Known, library: Library) -> Known:
    """Known findings by the ids that their documents and parts have now, as `formerly` tells."""
    return {_update_name(identity, library): amount for identity, amount in known.items()}


def withhold(judgement: Judgement, known: Known, spared: Collection[str] = ()) -> Judgement:
    """The judgement without what is known, except in the spared files.

    If there are more findings of an identity than are known, or if they are more severe now, all of them are shown:
    nobody can tell which of them is new.
    """
    tell = identify(judgement)
    numbers = _count_identities(judgement.findings, tell)

    def is_new(finding: Finding, place: Place) -> bool:
        if place.path in spared:
            return True
        identity = tell(finding, place)
        amount = known.get(identity)
        is_worse = amount is not None and amount.severity != "error" and finding.severity == "error"
        return amount is None or is_worse or numbers[identity] > amount.number

    shown, left_out = [], 0
    for finding in judgement.findings:
        kept = narrow(finding, lambda place, one=finding: is_new(one, place))  # type: ignore[misc]
        shown += [kept] if kept else []
        left_out += 0 if kept else finding.stands_for
    shown.sort(key=lambda one: one.order)
    return replace(judgement, findings=shown, known=judgement.known + left_out)


def list_gone(judgement: Judgement, known: Known, codes: Collection[str]) -> list[Identity]:
    """What is known and no longer occurs, or less often, of the checks that ran."""
    numbers = _count_identities(judgement.findings, identify(judgement))
    return [one for one, amount in known.items() if one.code in codes and numbers[one] < amount.number]


def _count_identities(findings: Iterable[Finding], tell: Callable[[Finding, Place], Identity]) -> Counter[Identity]:
    numbers: Counter[Identity] = Counter()
    for finding in findings:
        for place in (finding.place, *finding.also):
            numbers[tell(finding, place)] += finding.stands_for
    return numbers


def _update_name(identity: Identity, library: Library) -> Identity:
    document = library.find(identity.document)
    if document is None:
        return identity
    parts = document.renamed_parts
    at = "/".join(parts.get(name, name) for name in identity.at.split("/"))
    return identity._replace(document=document.id, at=at)
