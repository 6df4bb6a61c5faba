"""Findings as one JSON object, for programs."""

from __future__ import annotations

import json
from typing import Any

from generator.findings import Finding, Place
from generator.pipeline import Judgement

VERSION = 1


def render(judgement: Judgement, colour: bool = False) -> str:
    """`{"version": 1, "findings": [...], "documents": N, "known": N}`; lines and columns count from 1.

    The version is raised when a key gets another meaning or goes, and not when one is added.
    """
    findings = [_convert_finding(finding) for finding in judgement.findings]
    whole = {"version": VERSION, "findings": findings, "documents": judgement.count, "known": judgement.known}
    return json.dumps(whole, indent=2)


def _convert_finding(finding: Finding) -> dict[str, Any]:
    return {
        **_convert_place(finding.place),
        "end_line": finding.place.end_line,
        "end_column": finding.place.end_column,
        "code": finding.code,
        "severity": finding.severity,
        "message": finding.message,
        "hint": finding.hint,
        "related": [_convert_place(place) | {"message": message} for place, message in finding.related],
    }


def _convert_place(place: Place) -> dict[str, Any]:
    return {"path": place.path, "line": place.line, "column": place.column}
