"""Reads the change log of a procedure, a table or a list, as the entries of a document's history."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from itertools import pairwise
from typing import Any

from generator.documents.meant import days, version
from generator.documents.text.prose import words_of
from generator.exchange.legible import one_line
from generator.exchange.procedures.items import list_table, split_items
from generator.library.timeline import order

LogEntry = dict[str, str]  # version, on, note, and by

COLUMNS = {
    "version": "version|ver|v|rev|revision|no|nr|number|release|versión|versão|versione|versie|fassung|"
    "版|バージョン|版数",
    "on": "date|day|on|effective|effective date|datum|stand|fecha|data|日付|改訂日|更新日",
    "note": "change|changes|change made|what changed|summary|summary of changes|description|description of change|note|"
    "notes|details|comment|comments|remarks|reason|änderung|änderungen|beschreibung|bemerkung|cambio|cambios|descripción|"
    "modification|modifications|alteração|descrição|modifica|descrizione|wijziging|omschrijving|変更内容|内容|改訂内容",
    "by": "by|author|authors|changed by|who|name|editor|edited by|owner|autor|bearbeiter|geändert von|auteur|autore|"
    "作成者|担当|更新者",
}
NAMES = {name: key for key, names in COLUMNS.items() for name in names.split("|")}
NUMBER = r"(?:v|ver\.?|version|rev\.?|revision)?\s*\d+(?:\.\d+){0,2}"
DAY = (
    r"\d{4}[-./]\d{1,2}[-./]\d{1,2}|\d{1,2}[-./]\d{1,2}[-./]\d{2,4}|\d{1,2}\.? [A-Za-z]{3,9}\.?,? \d{4}|"
    r"[A-Za-z]{3,9}\.? \d{1,2},? \d{4}"
)
BETWEEN = r"[\s,;:()\[\]–—-]+(?:on |of |from |vom )?[\s(\[]*"
VERSION_FIRST = re.compile(rf"(?P<version>{NUMBER})(?:{BETWEEN})(?P<on>{DAY})(?P<rest>.*)", re.IGNORECASE | re.DOTALL)
DAY_FIRST = re.compile(rf"(?P<on>{DAY})(?:{BETWEEN})(?P<version>{NUMBER})(?P<rest>.*)", re.IGNORECASE | re.DOTALL)
EDGES = " \t\n,;:()[]–—-"


def read_change_log(text: str, today: date) -> tuple[list[LogEntry], str]:
    """The entries of a change log, newest first, and the heads of its table.

    There are none unless every one of them has a version, a day that is not ahead, and words, all in order, and unless
    nothing else stands there.
    """
    if "](" in text:  # an entry has no room for a link
        return [], ""
    table = list_table(text)
    found = [_read_row(table[0], row) for row in table[1:]] if table else list(map(_read_line, _list_lines(text)))
    entries = [one for one in found if one is not None]
    if not entries or len(entries) < len(found) or any(one["on"] > today.isoformat() for one in entries):
        return [], ""
    newest_first = entries if _is_in_order(entries) else entries[::-1]
    return (newest_first, " | ".join(table[0]) if table else "") if _is_in_order(newest_first) else ([], "")


def merge_change_log(history: list[Any], entries: Iterable[Mapping[str, Any]]) -> list[Any]:
    """A history with the entries of a change log that it lacks, each where its version belongs."""
    known = {(one.get("version"), str(one.get("on"))) for one in history}
    new = [dict(one) for one in entries if (one["version"], one["on"]) not in known]
    if not new:
        return history
    return sorted([*history, *new], key=lambda one: (order(str(one["version"])), str(one["on"])), reverse=True)


def _read_row(heads: list[str], row: list[str]) -> LogEntry | None:
    found: LogEntry = {}
    more: list[str] = []
    for head, cell in zip(heads, row, strict=False):
        key, words = NAMES.get(words_of(head).casefold().strip(" .:#")), one_line(words_of(cell.replace("<br>", " ")))
        if key and key not in found:
            found[key] = words
        elif words:
            more.append(f"{words_of(head)}: {words}" if words_of(head).strip() else words)
    if more:
        found["note"] = ". ".join([one for one in (found.get("note", "").rstrip(" ."), *more) if one])
    return _make_entry(found)


def _list_lines(text: str) -> list[str]:
    """The items of a list, or else the paragraphs."""
    before, items = split_items(text, ("ul", "ol"))
    if items and not text.startswith("**"):
        return [] if before else items
    merged: list[str] = []
    for paragraph in text.split("\n\n"):
        is_head = paragraph.startswith("**") and paragraph.rstrip().endswith("**")
        if merged and not is_head and merged[-1].startswith("**"):
            merged[-1] += f"\n{paragraph}"
        else:
            merged.append(paragraph)
    return merged


def _read_line(text: str) -> LogEntry | None:
    plain = one_line(re.sub(r"(?m)^ *[-*+] +", "", words_of(text)))
    match = VERSION_FIRST.fullmatch(plain) or DAY_FIRST.fullmatch(plain)
    if match is None:
        return None
    return _make_entry({"version": match["version"], "on": match["on"], "note": match["rest"].strip(EDGES)})


def _make_entry(found: Mapping[str, str]) -> LogEntry | None:
    numbers, on = version(found.get("version", "")), days(found.get("on", ""))
    note = found.get("note", "").strip()
    if len(numbers) != 1 or len(on) != 1 or not note:
        return None
    by = found.get("by", "").strip()
    return {"version": numbers[0], "on": on[0], "note": note, **({"by": by} if by else {})}


def _is_in_order(entries: list[LogEntry]) -> bool:
    places = [(order(one["version"]), one["on"]) for one in entries]
    return all(above[0] >= below[0] and above[1] >= below[1] for above, below in pairwise(places))
