"""Findings as one JSON object, for programs."""

from __future__ import annotations

import json
from typing import Any

from generator.findings import Finding, Fix, Place
from generator.pipeline import Judgement


def render(judgement: Judgement, colour: bool = False) -> str:
    """`{"findings": [...], "documents": N}`; lines and columns count from 1.

    `fix` of a finding has the edits that its hint tells, or is null; only one that is `safe` has no other meaning.
    """
    findings = [_convert_finding(finding) for finding in judgement.findings]
    return json.dumps({"findings": findings, "documents": judgement.count}, indent=2)


def _convert_finding(finding: Finding) -> dict[str, Any]:
    return {
        **_convert_stretch(finding.place),
        "code": finding.code,
        "severity": finding.severity,
        "message": finding.message,
        "hint": finding.hint,
        "related": [_convert_place(place) | {"message": message} for place, message in finding.related],
        "fix": _convert_fix(finding.fix),
    }


def _convert_fix(fix: Fix | None) -> dict[str, Any] | None:
    if fix is None:
        return None
    edits = [_convert_stretch(edit.place) | {"text": edit.text} for edit in fix.edits]
    return {"safe": fix.is_safe, "edits": edits}


def _convert_stretch(place: Place) -> dict[str, Any]:
    return {**_convert_place(place), "end_line": place.end_line, "end_column": place.end_column}


def _convert_place(place: Place) -> dict[str, Any]:
    return {"path": place.path, "line": place.line, "column": place.column}
