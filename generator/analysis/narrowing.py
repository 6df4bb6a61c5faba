"""Limits a judgement to some of its findings: those in the named files, and those that are not known."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from generator.findings import Finding, Fix, Place
from generator.pipeline import Judgement
from generator.wording import list_places, tell_places


def limit(judgement: Judgement, holds: Callable[[str], bool]) -> Judgement:
    """The judgement of some files alone, chosen by their paths; the library stays whole."""
    findings = [one for finding in judgement.findings if (one := narrow(finding, lambda at: holds(at.path)))]
    sources = {path: judgement.sources[path] for path in judgement.sources if holds(path)}
    return replace(judgement, findings=sorted(findings, key=lambda one: one.order), sources=sources)


def narrow(finding: Finding, keep: Callable[[Place], bool]) -> Finding | None:
    """The finding at those of its places that are kept; None if it has none of them."""
    places = (finding.place, *finding.also)
    kept = [place for place in places if keep(place)]
    if len(kept) == len(places):
        return finding
    if not kept:
        return None
    first, *rest = kept
    own = [one for one in finding.related if one[0] not in finding.also]
    related = (*own, *list_places(tuple(rest), len(rest)))
    message, fix = tell_places(finding.message, len(kept)), _limit_fix(finding.fix, {place.path for place in kept})
    return replace(finding, place=first, also=tuple(rest), message=message, related=related, fix=fix)


def _limit_fix(fix: Fix | None, paths: set[str]) -> Fix | None:
    edits = tuple(edit for edit in fix.edits if edit.place.path in paths) if fix else ()
    return fix._replace(edits=edits) if fix and edits else None
