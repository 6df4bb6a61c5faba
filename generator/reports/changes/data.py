"""Writes a comparison as JSON, for programs."""

from __future__ import annotations

import json
from typing import Any

from generator.analysis.changes.decided import PathChange
from generator.analysis.changes.profile import Profile
from generator.analysis.changes.trees import DocumentChange, TreeDiff
from generator.library.meaning.levels import MEANING
from generator.pipeline import Judgement
from generator.reports.changes.agenda import tasks
from generator.reports.changes.headline import consequence
from generator.reports.changes.marks import PlainMarks
from generator.reports.changes.sentences import Teller

VERSION = 1  # of this shape: raised when a key changes its meaning or goes


def diff_json(diff: TreeDiff, judgement: Judgement | None = None) -> str:
    """`{"version", "old", "new", "headline", "exposures", "documents", "words", "files", "packs", ...}`."""
    teller = Teller(diff, PlainMarks())
    report = {
        "version": VERSION,
        "old": diff.old.name,
        "new": diff.new.name,
        "headline": consequence(diff),
        "exposures": [
            {
                "document": one.document.id if one.document else None,
                "part": one.part or None,
                "before": one.before,
                "after": one.after,
                "wider": one.wider,
                "words": one.words or None,
            }
            for one in diff.exposures
        ],
        "documents": [_convert_document(one) for one in diff.documents],
        "words": [one._asdict() | {"after": one.after or None} for one in diff.words],
        "files": [{"path": path, "kind": kind} for path, kind in diff.files],
        "packs": [
            {
                "id": one.packed.document.id,
                "vendor": one.packed.pack.vendor,
                "released": one.released or None,
                "level": one.level,
                "means": MEANING[one.level],
                "least": one.least,
                "says": one.packed.pack.version,
                "met": one.is_met,
            }
            for one in diff.packs
        ],
        "affected": {
            "documents": [{"id": one.document.id, "names": list(one.names)} for one in diff.reach.dependants],
            "owners": {owner: [one.document.id for one in some] for owner, some in diff.reach.by_owner.items()},
            "queues": sorted(
                {one.document.body.queue for one in diff.documents if one.is_grave and one.document.body.queue}
            ),
            "reread": list(diff.reach.reread),
            "leading": {name: list(places) for name, places in diff.reach.leading.items()},
            "dangling": {name: list(places) for name, places in diff.reach.dangling.items()},
        },
        "unread": [one._asdict() for one in diff.unread],
        "check": _convert_findings(judgement),
        "tasks": [
            {"who": one.who or None, "what": one.what, "details": list(one.details), "done": one.is_done}
            for one in tasks(teller, judgement)
        ],
    }
    return json.dumps(report, indent=2, ensure_ascii=False)


def _convert_document(one: DocumentChange) -> dict[str, Any]:
    old, new = one.pair
    return {
        "id": one.document.id,
        "was": one.former or None,
        "type": one.document.kind.name,
        "title": one.document.body.title,
        "path": one.document.path,
        "kind": one.kind,
        "life": one.life or None,
        "profile": _convert_profile(one.profile) if one.profile else None,
        "from": old.body.version if old else None,
        "to": new.body.version if new else None,
        "needs": _convert_need(one),
        "notes": list(one.notes),
        "paths": _convert_paths(one.paths) if one.paths else None,
        "edits": [
            {name: value or None for name, value in edit._asdict().items()} | {"moved_to": one.moved_to.get(edit.part)}
            for edit in one.edits
        ],
        "languages": [
            {
                "locale": each.locale,
                "state": each.state,
                "of": each.of or None,
                "before": each.before or None,
                "after": each.after or None,
            }
            for each in one.languages
        ],
        "citations": [
            {"name": name, "before": before or None, "after": after or None, "parts": list(parts)}
            for name, before, after, parts in one.citations
        ],
    }


def _convert_profile(profile: Profile) -> dict[str, Any]:
    return {
        "brief": list(profile.brief),
        "facts": {label: list(lines) for label, lines in profile.facts},
        "parts": [
            {"title": title, "entries": [{"title": one.title, "lines": list(one.lines)} for one in entries]}
            for title, entries in profile.parts
        ],
    }


def _convert_need(one: DocumentChange) -> dict[str, Any] | None:
    if one.need is None:
        return None
    return {"level": one.need.level, "least": one.need.least, "noted": one.need.is_noted, "met": one.need.is_met}


def _convert_paths(paths: PathChange) -> dict[str, Any]:
    return {
        "compared": not paths.why,
        "why": paths.why or None,
        "paths": paths.paths,
        "elsewhere": paths.elsewhere,
        "renamed": paths.renamed,
        "regrouped": list(paths.regrouped),
        "ways": [
            {
                "from": group.old or None,
                "to": group.new or None,
                "paths": group.number,
                "shared": [{"ask": ask, "answers": list(answers)} for ask, answers in group.shared],
                "answers": [
                    {
                        "paths": way.number,
                        "given": [{"ask": ask, "answers": list(answers)} for ask, answers in way.choices],
                    }
                    for way in group.ways
                ],
            }
            for group in paths.groups
        ],
        "untested": [
            {"id": draft.id, "scenario": draft.scenario, "answers": list(draft.answers), "outcome": draft.outcome}
            for draft in paths.untested
        ],
    }


def _convert_findings(judgement: Judgement | None) -> dict[str, Any] | None:
    if judgement is None:
        return None
    errors = sum(one.stands_for for one in judgement.errors)
    warnings = sum(one.stands_for for one in judgement.findings) - errors
    return {"documents": judgement.count, "errors": errors, "warnings": warnings}
