"""Writes a document as the YAML of its file: long texts as blocks, versions in quotes."""

from __future__ import annotations

import re
from typing import Any

import yaml
from yaml.emitter import ScalarAnalysis

from generator.documents.fields import DAY
from generator.files.strict_yaml import ODD_EDGE

MARK = "# Imported by playbook import {command} from {origin};"
REMARK = " the next import replaces texts, titles and versions, and keeps everything else that you write here."
SHEETS = "decision-table FILE"  # tables of spreadsheets; those of SSVC follow their source otherwise
FLOWCHARTS = "tree"
UNCHANGED = " the next import replaces what nobody has changed here since, and nothing else."
REMARKS = dict.fromkeys(("sops", SHEETS, FLOWCHARTS), UNCHANGED)
DATE_KEY = "on"  # YAML 1.1 reads `on` as true, so that PyYAML would put the key in quotes
NUMBER = re.compile(r"[\d.]+")


DocumentData = dict[str, Any]  # a document as plain data: texts, lists and mappings


class _Dumper(yaml.SafeDumper):
    """Writes long texts as blocks, indents lists, and puts each change of a version and row of a table on one line."""

    def analyze_scalar(self, scalar: str) -> ScalarAnalysis:
        """A text of several lines is always a block: PyYAML would look at each of its characters to decide that."""
        if "\n" in scalar:
            return ScalarAnalysis(scalar, False, True, False, False, False, True, True)
        return super().analyze_scalar(scalar)

    def determine_block_hints(self, text: str) -> str:
        # The parser in C takes a tab at the beginning of a block for its indentation, unless that is written out.
        hints = super().determine_block_hints(text)
        return f"{self.best_indent}{hints}" if text.startswith("\t") else hints

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, False)


def _represent_text(dumper: _Dumper, value: str) -> yaml.ScalarNode:
    if DAY.fullmatch(value):
        return dumper.represent_scalar("tag:yaml.org,2002:timestamp", value)
    if value == DATE_KEY:
        return dumper.represent_scalar("tag:yaml.org,2002:bool", value)
    is_odd = NUMBER.fullmatch(value) or ODD_EDGE.search(value)
    style = "|" if "\n" in value else '"' if is_odd else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", value, style)


def _represent_mapping(dumper: _Dumper, value: dict[str, Any]) -> yaml.MappingNode:
    is_line = {"section", "kind"} <= value.keys() or {"when", "then"} <= value.keys()
    return dumper.represent_mapping("tag:yaml.org,2002:map", value.items(), flow_style=is_line)


_Dumper.add_representer(str, _represent_text)
_Dumper.add_representer(dict, _represent_mapping)


def written(document: dict[str, Any], command: str, origin: str) -> str:
    """The YAML of a document; its first line says which command made it, and from which file."""
    text: str = yaml.dump(document, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=10**6)
    return f"{MARK.format(command=command, origin=origin)}{REMARKS.get(command, REMARK)}\n{text}"


def is_from(text: str, command: str, origin: str) -> bool:
    """Whether the first line says that the command made the document from that file."""
    return text.removeprefix("\ufeff").startswith(MARK.format(command=command, origin=origin))


def origin_in(text: str, command: str) -> str:
    """The file from which the command made the document; empty if it did not make it."""
    line = text.removeprefix("\ufeff").partition("\n")[0].rstrip()  # an editor may have saved it its own way
    before, after = f"{MARK}{REMARKS.get(command, REMARK)}".format(command=command, origin="\0").split("\0")
    is_made = line.startswith(before) and line.endswith(after)
    return line.removeprefix(before).removesuffix(after) if is_made else ""
