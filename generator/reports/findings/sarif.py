"""Findings as SARIF 2.1.0, which code scanning, editors and review tools read.

Files are named from the top of the repository; columns count characters, as authors see them. A result keeps its
fingerprint while its lines move, and after `formerly` has told of another name.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter, defaultdict
from typing import Any
from urllib.parse import quote

from generator import VERSION
from generator.analysis.identity import Identity, identify
from generator.checks import Check, checks
from generator.findings import Edit, Finding, Fix, Place
from generator.pipeline import Judgement

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
TOP = "%SRCROOT%"
FINGERPRINT = "playbookFinding/v1"  # raised when what identifies a finding changes


def render(judgement: Judgement, colour: bool = False) -> str:
    """One run with every finding as a result, and each check that found something as a rule."""
    tell, seen = identify(judgement), Counter[Identity]()
    numbers = {code: number for number, code in enumerate(sorted({one.code for one in judgement.findings}))}
    results = [
        _convert_result(judgement, finding, numbers[finding.code], tell(finding, finding.place), seen)
        for finding in judgement.findings
    ]
    driver = {"name": "playbook", "version": VERSION, "rules": [_convert_rule(checks()[code]) for code in numbers]}
    run = {
        "tool": {"driver": driver},
        "originalUriBaseIds": {TOP: {"description": {"text": "The top of the repository."}}},
        "columnKind": "unicodeCodePoints",
        "newlineSequences": ["\r\n", "\r", "\n"],
        "results": results,
    }
    return json.dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, indent=2)


def _convert_rule(check: Check) -> dict[str, Any]:
    prose = " ".join(check.sections[0][1].split("\n\n", 1)[-1].split())
    return {
        "id": check.code,
        "shortDescription": {"text": check.what},
        "fullDescription": {"text": prose},
        "help": {"text": check.page, "markdown": _write_help(check)},
        "defaultConfiguration": {"level": check.severity},
        "properties": {"problem.severity": check.severity, "tags": ["content"]},
    }


def _write_help(check: Check) -> str:
    """The page of a check as Markdown: what is bad and what is good as blocks of code."""
    return "\n\n".join(f"**{name}**\n\n```yaml\n{text}\n```" if name else text for name, text in check.sections)


def _convert_result(
    judgement: Judgement, finding: Finding, number: int, identity: Identity, seen: Counter[Identity]
) -> dict[str, Any]:
    """A finding; `seen` counts those with the same identity so far, which tells them apart."""
    seen[identity] += 1
    location: dict[str, Any] = {"physicalLocation": _convert_place(judgement.prefix, finding.place)}
    if name := "/".join(filter(None, (identity.document, identity.at))):
        location["logicalLocations"] = [{"fullyQualifiedName": name}]
    result = {
        "ruleId": finding.code,
        "ruleIndex": number,
        "level": finding.severity,
        "message": {"text": f"{finding.message}\n{finding.hint}"},
        "locations": [location],
        "partialFingerprints": {FINGERPRINT: _take_fingerprint(identity, seen[identity])},
        "relatedLocations": [
            {"id": at, "physicalLocation": _convert_place(judgement.prefix, place), "message": {"text": message}}
            for at, (place, message) in enumerate(finding.related)
        ],
    }
    fix = {"fixes": [_write_fix(judgement.prefix, finding.hint, finding.fix)]} if finding.fix else {}
    return result | fix


def _write_fix(prefix: str, hint: str, fix: Fix) -> dict[str, Any]:
    """The edits of a finding, by file; `safe` says that nothing else can be meant."""
    by_path: dict[str, list[Edit]] = defaultdict(list)
    for edit in fix.edits:
        by_path[edit.place.path].append(edit)
    changes = [
        {
            "artifactLocation": _locate_file(prefix, path),
            "replacements": [
                {"deletedRegion": _convert_region(edit.place, is_whole=True), "insertedContent": {"text": edit.text}}
                for edit in edits
            ],
        }
        for path, edits in by_path.items()
    ]
    return {"description": {"text": hint}, "artifactChanges": changes, "properties": {"safe": fix.is_safe}}


def _take_fingerprint(identity: Identity, number: int) -> str:
    return f"{hashlib.sha256(json.dumps(identity).encode()).hexdigest()[:32]}:{number}"


def _convert_place(prefix: str, place: Place) -> dict[str, Any]:
    return {"artifactLocation": _locate_file(prefix, place.path), "region": _convert_region(place)}


def _locate_file(prefix: str, path: str) -> dict[str, str]:
    """A file from the top of the repository, wherever that is on the machine of the reader."""
    return {"uri": quote((prefix + path).encode("utf-8", "surrogateescape")), "uriBaseId": TOP}


def _convert_region(place: Place, is_whole: bool = False) -> dict[str, int]:
    """A stretch of a file; one without an end is the rest of its line, unless `is_whole`: then it is empty."""
    region = {"startLine": place.line, "startColumn": place.column}
    is_empty = (place.end_line, place.end_column) <= (place.line, place.column)
    if is_empty and not is_whole:
        return region
    return region | {"endLine": place.end_line, "endColumn": place.end_column}
