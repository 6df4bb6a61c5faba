"""Says in an author's words why a text is not YAML, at the line that has to be edited.

The parser only knows where it gave up, which may be ten lines below, and what it would have liked to read there.
"""

from __future__ import annotations

import re
from collections.abc import Callable

import yaml

from generator.files.broken import Broken
from generator.files.loader import index_of, parse_events
from generator.files.misplaced_lines import find_loose, find_misaligned, shorten
from generator.files.signs import ODD, OPENING, odd_character
from generator.files.stop import Stop, stop_at

DASHES = re.compile(r" *(?:- +)*-?")
IS_ODD = re.compile(f"[{ODD}]")
COMMENT = re.compile(r"[^,\s\[{][ \t]+#")  # after words, not after a comma
BULLET = re.compile(r"\* +([^\r\n]+)")
QUOTED = "put quotes around the text"


def diagnose(text: str, error: yaml.MarkedYAMLError) -> Broken:
    """The error that tells an author what to edit, and where."""
    stop = stop_at(text, error)
    return next((found for find in FINDERS if (found := find(stop))), _report_unknown(stop))


def conflict(start: int, end: int) -> Broken:
    """The error for what git leaves where two changes meet."""
    return Broken("contains an unresolved merge conflict", "keep one of the two versions", start, end)


def _report_unknown(stop: Stop) -> Broken:
    hint = "check the indentation, quotes and brackets of this line and the one before"
    return Broken(f"is not valid YAML: {stop.problem}", hint, stop.at, stop.at + 1)


def _find_second_document(stop: Stop) -> Broken | None:
    if "expected a single document" in stop.context:
        return Broken("contains more than one document", "one document per file: remove `---`", stop.at, stop.at + 3)
    dots = stop.text.rfind("\n...", 0, stop.at) + 1
    if "<document start>" in stop.problem and dots:
        return Broken("goes on below `...`, which ends a document", "remove `...`", dots, dots + 3)
    return None


def _find_tab(stop: Stop) -> Broken | None:
    line = stop.line.text
    tab = line.find("\t", 0, len(line) - len(line.lstrip()))
    if tab >= 0:
        return Broken("is indented with a tab", "use spaces", stop.line.start + tab, stop.line.start + tab + 1)
    if stop.problem.endswith("cannot start any token") and "\t" in line:
        return Broken("is indented with a tab", "use spaces", stop.at, stop.at + 1)
    return None


def _find_odd_space(stop: Stop) -> Broken | None:
    """The last place above that looks as if there were a space, and has another character."""
    for line in reversed(stop.lines):
        at = _find_odd_place(line.text)
        if at >= 0:
            return odd_character(stop.text, line.start + at)
    return None


def _find_odd_place(line: str) -> int:
    """Where a line has a character of ODD at its edge, after its dash, or beside its colon; -1 if it has none there."""
    colon = line.find(":")
    lead = DASHES.match(line)
    places = [lead.end() if lead else 0]
    if colon >= 0:
        places += [len(line[:colon].rstrip(" ")) - 1, len(line) - len(line[colon + 1 :].lstrip(" "))]
    return next((place for place in places if place >= 0 and IS_ODD.match(line, place)), -1)


def _find_conflict(stop: Stop) -> Broken | None:
    line = stop.begun_line
    is_rule = len(line.text.rstrip()) == 7 and not line.text.strip("= ")
    return conflict(line.start, line.end) if is_rule else None


def _find_runaway_quote(stop: Stop) -> Broken | None:
    """Quotes that open on a line above, and close on that of the error or below."""
    opened = stop.begun if "quoted scalar" in stop.context else _find_open_quote(stop.text, stop.line_start)
    if opened is None:
        return None
    return Broken("opens quotes that do not close here", "close the quotes", opened, opened + 1)


def _find_open_quote(text: str, line_start: int) -> int | None:
    opened = None
    try:
        for event in parse_events(text):
            if isinstance(event, yaml.ScalarEvent) and event.style in ("'", '"') and event.end_mark:
                runs = index_of(event) < line_start <= event.end_mark.index
                opened = index_of(event) if runs else opened
    except yaml.YAMLError:
        pass
    return opened


def _find_reserved_sign(stop: Stop) -> Broken | None:
    """A text that begins with a sign that YAML keeps for itself."""
    if "undefined alias" in stop.problem:
        hint = "quote a text that begins with `*`"
        return Broken("uses an alias that nothing defines", hint, stop.at, stop.at + 1)
    at = stop.at
    if stop.context.endswith(("scanning an alias", "scanning an anchor", "scanning a block scalar")):
        at = stop.begun
    elif not (
        stop.problem.endswith("cannot start any token")
        or "entries are not allowed" in stop.problem
        or "keys are not allowed" in stop.problem
    ):
        return None
    sign = stop.text[at : at + 1]
    begins_line = not stop.text[stop.text.rfind("\n", 0, at) + 1 : at].strip()
    if sign == "*" and begins_line and (words := BULLET.match(stop.text, at)):
        return Broken("begins a list entry with `*`", f"write `- {shorten(words[1])}`", at, at + len(words[0]))
    name = "a backtick" if sign == "`" else f"`{sign}`"
    hint = f"quote a text that begins with {name}"
    if sign == "-":
        hint += ", or write a list below its key, each entry on a line of its own"
    return Broken(f"has {name} where a value begins, which means something else in YAML", hint, at, at + 1)


def _find_open_bracket(stop: Stop) -> Broken | None:
    """A list or group in brackets that is cut, or does not close."""
    if "flow" not in stop.context:
        return None
    begun = stop.begun
    if stop.text[begun : begun + 1] not in ("[", "{"):
        begun = max(stop.text.rfind("[", 0, stop.at), stop.text.rfind("{", 0, stop.at))
    inside = stop.text[begun : stop.at]
    if cut := COMMENT.search(inside):
        at = begun + cut.end() - 1
        return Broken("is cut at ` #`, where a comment begins", QUOTED, at, at + 1)
    if opening := re.search(f"[{OPENING}]", inside + stop.sign):
        return _report_typographic(begun + opening.start())
    if stop.sign.strip() and "\n" not in inside:
        hint = "put quotes around a text that contains `: `, a comma, brackets or quotes"
        return Broken(f"has `{stop.sign}` within brackets where the text should end", hint, stop.at, stop.at + 1)
    sign = stop.text[begun : begun + 1]
    closing = {"[": "]", "{": "}"}.get(sign, "")
    return Broken(f"opens `{sign}` without closing it", f"add `{closing}`", begun, begun + 1)


def _report_typographic(at: int) -> Broken:
    return Broken("has typographic quotes, which YAML does not know", 'write straight quotes, "..."', at, at + 1)


def _find_second_colon(stop: Stop) -> Broken | None:
    """A text that contains a colon: the key's own colon is before it."""
    if "mapping values are not allowed" not in stop.problem:
        return None
    goes_on = len(stop.lines) > 1 and not (stop.lines[-2].key or stop.lines[-2].is_entry)
    if not goes_on and ": " not in stop.lead:
        return None
    if opening := re.search(f": *[{OPENING}]", stop.line.text):
        return _report_typographic(stop.line.start + opening.end() - 1)
    hint = "put quotes around a text that contains `: `, or write each key on a line of its own"
    return Broken("has a second `: ` on the line", hint, stop.at, stop.at + 1)


def _find_text_behind(stop: Stop) -> Broken | None:
    """Words after closing quotes or brackets, with which a value ends."""
    if "did not find expected" not in stop.problem or stop.lead[-1:] not in ("'", '"', "]", "}"):
        return None
    if stop.lead[-1] in "]}":
        hint = "put quotes around a text that begins with `[` or `{`, or write it below `|`"
        return Broken(f"has words after `{stop.lead[-1]}`, with which the value ends", hint, stop.at, stop.at + 1)
    if stop.sign == ",":
        hint = "remove it, and write each key on a line of its own"
        return Broken("has a comma after the value", hint, stop.at, stop.at + 1)
    hint = "put the whole text in quotes of the other kind, or remove them"
    return Broken("has words after the closing quotes", hint, stop.at, stop.at + 1)


def _find_loose_line(stop: Stop) -> Broken | None:
    last = stop.begun if "could not find expected ':'" in stop.problem else stop.at
    return find_loose([line for line in stop.lines if line.start <= last])


def _find_misalignment(stop: Stop) -> Broken | None:
    """A key or an entry of a list that does not begin where one of those above it does."""
    begins = stop.lead in ("", stop.line.text.split(":")[0].strip())
    return find_misaligned(stop.lines) if begins else None


Finder = Callable[[Stop], Broken | None]
FINDERS: tuple[Finder, ...] = (
    _find_second_document,
    _find_tab,
    _find_odd_space,
    _find_conflict,
    _find_runaway_quote,
    _find_open_bracket,
    _find_loose_line,
    _find_text_behind,
    _find_reserved_sign,
    _find_second_colon,
    _find_misalignment,
)
