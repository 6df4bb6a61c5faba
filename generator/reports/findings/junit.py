"""Findings as a JUnit report, which nearly every service for continuous integration shows: a test for each document.

A document with errors is a test that failed, with all of them in one failure, since most services read only one. Its
name stays the same from run to run, so that they tell which documents newly fail. Warnings are what it printed.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from xml.etree import ElementTree

from generator.findings import Finding
from generator.pipeline import Judgement
from generator.wording import count

# What XML 1.0 cannot hold, not even as a reference.
UNFIT = re.compile("[^\\t\\n\\r\\x20-\\ud7ff\\ue000-\\ufffd\\U00010000-\\U0010ffff]")


def render(judgement: Judgement, colour: bool = False) -> str:
    """One `testsuite` with a `testcase` for each document, and for each other file in which something is wrong."""
    by_path: dict[str, list[Finding]] = defaultdict(list)
    for finding in judgement.findings:
        by_path[finding.place.path].append(finding)
    paths = sorted(judgement.sources.keys() | by_path.keys())
    failed = {one.place.path for one in judgement.errors}
    numbers = {"name": "playbook check", "tests": str(len(paths)), "failures": str(len(failed)), "errors": "0"}
    top = ElementTree.Element("testsuites", numbers)
    suite = ElementTree.SubElement(top, "testsuite", numbers | {"skipped": "0"})
    for path in paths:
        _add_case(suite, judgement.prefix, path, by_path[path])
    ElementTree.indent(top)
    text: bytes = ElementTree.tostring(top, encoding="us-ascii", xml_declaration=True)
    return text.decode("ascii")  # which is the same in whatever encoding it is printed


def _add_case(suite: ElementTree.Element, prefix: str, path: str, findings: list[Finding]) -> None:
    folder = path.rpartition("/")[0] or "."
    names = {"name": _clean(path), "classname": _clean(folder), "file": _clean(prefix + path), "time": "0"}
    case = ElementTree.SubElement(suite, "testcase", names)
    errors = [one for one in findings if one.severity == "error"]
    warnings = [one for one in findings if one.severity == "warning"]
    if errors:
        number = sum(one.stands_for for one in errors)
        told = errors[0].message if number == 1 else f"{count(number, 'error')}, the first: {errors[0].message}"
        values = {"message": _clean(told), "type": errors[0].code}
        ElementTree.SubElement(case, "failure", values).text = _list_findings(errors)
    if warnings:
        ElementTree.SubElement(case, "system-out").text = _list_findings(warnings)


def _list_findings(findings: Iterable[Finding]) -> str:
    lines = []
    for one in findings:
        at = one.place
        lines.append(f"{at.path}:{at.line}:{at.column}: {one.severity}[{one.code}] {one.message}\n  {one.hint}")
        lines += [f"  {place.path}:{place.line}:{place.column}: {message}" for place, message in one.related]
    return _clean("\n".join(lines))


def _clean(text: str) -> str:
    return UNFIT.sub("\ufffd", text)
