"""Follows the fields of a Word file through its runs: what Word works out, links, and tables of contents."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element

CONTENTS = ("TOC", "INDEX", "TOA")  # their result is a list of what is in the file
QUIET = ("HYPERLINK", "PAGEREF", "FORMTEXT", "FORMCHECKBOX")  # fields whose value is what somebody typed
FIELD_PARTS = ("rPr", "fldChar", "instrText")
WORD = re.compile(r'"((?:[^"\\]|\\.)*)"|(\S+)')


class Fields:
    """The fields that are open; a field has an instruction, which may be in several runs, and then its result."""

    def __init__(self) -> None:
        self._open: list[list[Element]] = []  # the elements with the instruction of each
        self._contents: list[bool] = []  # whether the result of each is a table of contents

    @property
    def is_in_contents(self) -> bool:
        """Whether what comes is the result of a table of contents."""
        return any(self._contents)

    def read(self, element: Element) -> None:
        """Adds a part of an instruction."""
        if self._open:
            self._open[-1].append(element)

    def turn(self, sign: str) -> str:
        """Follows a sign that begins, separates or ends a field; the result is the instruction when it is whole."""
        if sign == "begin":
            self._open.append([])
            self._contents.append(False)
        elif self._open:
            instruction = _join_instruction(self._open[-1])
            self._open[-1] = []
            if sign == "separate":
                self._contents[-1] = name_field(instruction) in CONTENTS
            else:
                self._open.pop()
                self._contents.pop()
            return instruction
        return ""


def name_field(instruction: str) -> str:
    """The first word of an instruction, which says what the field is; empty if it is none."""
    kind = (instruction.split() or [""])[0].upper()
    return "" if kind.startswith(("\\", '"')) else kind


def _join_instruction(elements: list[Element]) -> str:
    """The whole instruction, now in the first of its elements; that of a link has just its address."""
    whole = "".join(one.text or "" for one in elements)
    for place, one in enumerate(elements):
        one.text = "" if place else _shorten_link(whole)
    return whole


def _shorten_link(instruction: str) -> str:
    """A link as mammoth reads it: the address with its fragment, without what is shown beside it."""
    if name_field(instruction) != "HYPERLINK":
        return instruction
    words = [(re.sub(r"\\(.)", r"\1", quoted) if quoted else plain) for quoted, plain in WORD.findall(instruction)][1:]
    address = fragment = ""
    while words:
        word = words.pop(0)
        if word == "\\l":
            fragment = words.pop(0) if words else ""
        elif word in ("\\o", "\\t"):
            words = words[1:]
        elif not word.startswith("\\") and not address:
            address = word
    if not address:
        return f' HYPERLINK \\l "{fragment}" '
    return f' HYPERLINK "{address}{"#" if fragment else ""}{fragment}" '
