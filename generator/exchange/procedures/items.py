"""Takes lists apart: the items of a list as texts of their own, and a title for each."""

from __future__ import annotations

import re
from typing import NamedTuple

from generator.documents.text.prose import words_of
from generator.documents.text.reader import read_prose

SIGN = re.compile(r" {0,3}(?:\d{1,9}[.)]|[-*+])(?: {1,4}(?! )| |$)", re.MULTILINE)
TASK = re.compile(r"(?:\[[ xX]\]|[☐☑☒])\s+")
LEAD = re.compile(r"\*\*(?P<title>[^*\n]{2,90})\*\*(?P<sign>\s*(?:[:.–—]|-(?=\s)))?\s*(?P<rest>.*)", re.DOTALL)
SENTENCE = re.compile(r"(?P<first>.+?)(?P<end>[.!?。！？])[\"')”]*(?:\s+|$)", re.DOTALL)
NOTE_SIGN = re.compile(r"\[\^[^\]\s]+\]")
NO_END = re.compile(r"\b(?:e\.g|i\.e|etc|vs|cf|no|approx|z\.B|bzw|Mr|Ms|Dr|[A-Za-z])$")
LONGEST, CUT = 80, 60  # characters of a title
ROW = re.compile(r"(?<!\\)\|")
RULE = re.compile(r"\s*:?-+:?\s*")
STEP_COLUMN = re.compile(
    r"(?:step|no\.?|nr\.?|#|number|order|schritt|paso|étape|etape|passo|手順|步骤)(?:\s*(?:no\.?|number|#))?",
    re.IGNORECASE,
)
MARKUP = re.compile(r"[*_`\[\]<>!\\&|]")


class StepItem(NamedTuple):
    """An item of a list, or a row of a table: a title, and what to do."""

    title: str
    text: str


def split_items(text: str, kinds: tuple[str, ...] = ("ol",)) -> tuple[str, list[str]]:
    """What stands before the first list of one of the kinds, and its items; what follows an item belongs to it."""
    spans: list[tuple[int, int]] = []
    depth, is_inside = 0, False
    for piece in read_prose(text):
        if piece.kind == "start":
            if depth == 0:
                is_inside = piece.name in kinds
            elif depth == 1 and is_inside and piece.name == "li":
                spans.append((piece.start, piece.end))
        depth += (piece.kind == "start") - (piece.kind == "end")
    if not spans:
        return text, []
    starts = [text.rfind("\n", 0, start) + 1 for start, _ in spans]
    items = []
    for place, (start, end) in enumerate(spans):
        after = text[end : starts[place + 1] if place + 1 < len(spans) else len(text)].strip("\n").rstrip()
        item = _strip_indent(text[starts[place] : end] if start else text[:end])
        items.append("\n\n".join(filter(None, (item, after))))
    return text[: starts[0]].strip("\n").rstrip(), items


def split_entries(text: str) -> list[str]:
    """The entries of a list with what stands around it; one entry if the text is a list with words that lead to it."""
    spans: list[tuple[int, int, str]] = []
    depth = 0
    for piece in read_prose(text):
        if piece.kind == "start" and depth == 0:
            spans.append((piece.start, piece.end, piece.name))
        depth += (piece.kind == "start") - (piece.kind == "end")
    is_plain = all(name in ("p", "ul", "ol") for _, _, name in spans)
    has_lead = any(name == "p" and text[start:end].rstrip().rstrip("*").endswith(":") for start, end, name in spans)
    if not is_plain or has_lead:
        return [text]
    entries: list[str] = []
    for start, end, name in spans:
        block = text[start:end].strip("\n").rstrip()
        before, items = split_items(block, ("ul", "ol")) if name != "p" else (block, [])
        entries += [TASK.sub("", one, count=1) if TASK.match(one) else one for one in items] or [before]
    return entries


def split_cases(text: str) -> list[StepItem]:
    """A step for each of several ordered lists that begin anew below words of their own; none if there are no such."""
    spans: list[tuple[int, int]] = []
    depth = 0
    for piece in read_prose(text):
        if piece.kind == "start" and depth == 0 and piece.name == "ol":
            spans.append((text.rfind("\n", 0, piece.start) + 1, piece.end))
        depth += (piece.kind == "start") - (piece.kind == "end")
    starts = [span for span in spans if re.match(r" {0,3}1[.)]", text[span[0] :])]
    if len(starts) < 2:
        return []
    ends = [*(start for start, _ in starts[1:]), len(text)]
    made: list[StepItem] = []
    before = text[: starts[0][0]].strip("\n").rstrip()
    for (start, _), end in zip(starts, ends, strict=True):
        whole = text[start:end].strip("\n").rstrip()
        body, _, following = whole.rpartition("\n\n") if end < len(text) else (whole, "", "")
        if not before or not body or SIGN.match(following):
            return []
        above, _, lead = before.rpartition("\n\n")
        made.append(StepItem(cut_title(words_of(lead)), "\n\n".join(filter(None, (above, body)))))
        before = following
    return made


def make_item(text: str) -> StepItem:
    """A title for the text of an item, and the text without the words that the title has."""
    text = text[match.end() :] if (match := TASK.match(text)) else text
    paragraph = text.split("\n\n")[0].split("\n```")[0]
    paragraph = re.split(r"\n(?= *(?:[-*+]|\d{1,9}[.)]) )", paragraph)[0]
    lead = LEAD.match(text)
    if lead and (
        lead["sign"]
        or lead["title"].rstrip().endswith((":", ".", "–", "—"))
        or text[lead.end("title") + 2 :][:1] in "\n"
    ):
        title = words_of(lead["title"]).rstrip(" .:–—")
        return (
            StepItem(title, lead["rest"].strip("\n") or lead["title"])
            if title
            else StepItem(cut_title(words_of(paragraph)), text)
        )
    words = " ".join(NOTE_SIGN.sub("", words_of(paragraph)).split())
    first = take_sentence(words)
    if first and len(first) <= LONGEST:
        rest = text[len(first) :].lstrip(".:。").lstrip()
        is_plain = text.startswith(first) and not MARKUP.search(first)
        return StepItem(first.rstrip(" .:。"), rest if is_plain and rest and not NOTE_SIGN.match(rest) else text)
    return StepItem(cut_title(words), text)


def cut_title(words: str) -> str:
    """The first words of a text, as a title."""
    words = " ".join(words.split())
    if len(words) <= LONGEST:
        return words.rstrip(" .:,;")
    return f"{words[: CUT + 1].rsplit(' ', 1)[0].rstrip(' .:,;(')}…"


def split_rows(text: str) -> tuple[str, list[StepItem], str]:
    """What stands before a table whose first column numbers steps, its rows, and the heads of number and action.

    There are no rows if there is no such table.
    """
    lines = text.split("\n")
    heads = [n for n in range(len(lines) - 1) if lines[n].startswith("|") and _is_rule(lines[n + 1])]
    for head in heads:
        names = _split_row(lines[head])
        if len(names) < 2 or not STEP_COLUMN.fullmatch(names[0].strip(" *")):
            continue
        end = next((n for n in range(head + 2, len(lines)) if not lines[n].startswith("|")), len(lines))
        rows = [_split_row(line) for line in lines[head + 2 : end]]
        items = [_make_row(names, cells) for cells in rows if any(cells[1:])]
        before, after = "\n".join(lines[:head]).strip("\n"), "\n".join(lines[end:]).strip("\n")
        if items and after:
            items[-1] = StepItem(items[-1].title, f"{items[-1].text}\n\n{after}")
        return before, items, " | ".join(names[:2])
    return text, [], ""


def list_table(text: str) -> list[list[str]]:
    """The rows of a text that is one table, its heads first; empty if it is anything else."""
    lines = text.strip().split("\n")
    if len(lines) < 3 or not all(line.startswith("|") for line in lines) or not _is_rule(lines[1]):
        return []
    rows = [_split_row(line) for line in (lines[0], *lines[2:])]
    return [row for row in rows if any(row)]


def _make_row(names: list[str], cells: list[str]) -> StepItem:
    action, *others = cells[1:]
    made = make_item(
        "\n".join(part.strip() for part in action.split("<br>")).replace("\n• ", "\n\n- ", 1).replace("\n• ", "\n- ")
    )
    told = [f"**{words_of(name)}:** {cell}" for name, cell in zip(names[2:], others, strict=False) if cell]
    label = cells[0] if not cells[0].strip(" .)").isdecimal() else ""
    return StepItem(f"{words_of(label)}: {made.title}" if label else made.title, "\n\n".join([made.text, *told]))


def _is_rule(line: str) -> bool:
    cells = _split_row(line)
    return line.startswith("|") and bool(cells) and all(RULE.fullmatch(cell) for cell in cells)


def _split_row(line: str) -> list[str]:
    return [cell.strip().replace("\\|", "|") for cell in ROW.split(line.strip())[1:-1]]


def take_sentence(words: str) -> str:
    """The first sentence of a text; all of it if it has no other."""
    at = 0
    while match := SENTENCE.match(words, at):
        if not NO_END.search(words[: match.end("first")]) or match["end"] != ".":
            return words[: match.end("end")]
        at = match.end()
    return words


def _strip_indent(item: str) -> str:
    """The text of an item as a text of its own."""
    match = SIGN.match(item)
    if match is None:
        return item.strip()
    width = len(match[0]) if match[0].endswith(" ") else len(match[0]) + 1
    first, *rest = item[match.end() :].split("\n")
    lines = [line[min(width, len(line) - len(line.lstrip(" "))) :] for line in rest]
    return "\n".join([first, *lines]).strip("\n").rstrip()
