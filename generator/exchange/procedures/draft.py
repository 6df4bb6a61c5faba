"""Chooses what each part of a procedure becomes: a field of an SOP, or a step."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, NamedTuple

from generator.documents.fields import RESERVED
from generator.documents.text.prose import words_of
from generator.documents.vocabulary import Vocabulary
from generator.exchange.legible import one_line, slug
from generator.exchange.markdown.sections import TARGET, anchor
from generator.exchange.procedures.change_log import LogEntry, read_change_log
from generator.exchange.procedures.head import LONGEST, is_summary, list_unread_keys, take_labels, take_lines
from generator.exchange.procedures.items import (
    StepItem,
    cut_title,
    make_item,
    split_cases,
    split_entries,
    split_items,
    split_rows,
    take_sentence,
)
from generator.exchange.procedures.naming import HISTORY, LISTS, REPLY, STEPS, WORDS, field_of, kind_of_part
from generator.exchange.procedures.outline import TARGETS, ProcedureOutline, ProcedurePart

NUMBER = re.compile(r"^\d+(?:\.\d+)*[.)]?\s+")
COUNTED = re.compile(
    r"(?:step|schritt|étape|paso|passo|phase|手順|ステップ|步骤)\s*(?P<number>\d+)\s*[:.–—-]?\s+(?P<title>\S.*)",
    re.IGNORECASE,
)
LONGEST_ID, SHORT = 32, 120  # characters; words that may stand before the first step
MOST_ALIAS = 100
HEADING_NOTE = "a heading that is the field"
AFTER_NOTE = "after the steps"
REPLY_NOTE = (
    "a reply to send, kept as a step: save it as a text file, `playbook import macros` it, and name it there (`macro`)"
)
KEY_NOTE = "what the text says of itself, now keys of the SOP"
QUIET_NOTES = (HEADING_NOTE, KEY_NOTE)  # of what has a place


def is_after(what: str) -> bool:
    """Whether a note names parts after the steps, which somebody has to look at in each file."""
    return what == REPLY_NOTE or f" {AFTER_NOTE} became " in what


class DraftStep(NamedTuple):
    """A step, its text as the source has it."""

    id: str
    title: str
    text: str


class Draft(NamedTuple):
    """What a procedure becomes: its title, keys of the head, fields and steps with texts as the source has them.

    `anchors` has the step that each anchor leads to, `notes` what had no place of its own, `asides` the headings of
    steps that may be none. `log` has the entries of a change log, `unread` lines with keys whose
    values we have no word for.
    """

    title: str
    keys: dict[str, Any]
    fields: dict[str, Any]
    steps: list[DraftStep]
    anchors: dict[str, str]
    notes: list[tuple[str, str]]
    asides: list[str] = []
    log: list[LogEntry] = []
    unread: list[str] = []


class _Plan:
    """The fields and steps of a procedure while they are being gathered."""

    def __init__(self) -> None:
        self.fields: dict[str, list[str]] = {}
        self.steps: list[tuple[StepItem, tuple[str, ...]]] = []
        self.notes: list[tuple[str, str]] = []
        self.asides: list[str] = []
        self.log: list[LogEntry] = []
        self.unread: list[str] = []
        self.begun = 0  # how many steps there were before the last heading that says that steps follow
        self._waiting: list[tuple[str, tuple[str, ...]]] = []  # headings without a text, for the step that follows

    def add_field(self, field: str, text: str) -> None:
        if text:
            self.fields.setdefault(field, []).append(text)

    def add_step(self, item: StepItem, anchors: tuple[str, ...] = ()) -> None:
        leads = [f"**{heading}**" for heading, _ in self._waiting]
        more = tuple(one for _, some in self._waiting for one in some)
        self._waiting = []
        self.steps.append((item._replace(text="\n\n".join([*leads, item.text])), (*anchors, *more)))

    def wait(self, block: ProcedurePart) -> None:
        """A heading without a text goes with the step after it."""
        self._waiting.append((f"{block.number} {block.heading}".strip(), block.anchors))

    def end(self) -> None:
        for heading, anchors in self._waiting:
            self.steps.append((StepItem(heading, heading), anchors))
        self._waiting = []


def draft_procedure(
    outline: ProcedureOutline, title: str, keys: Mapping[str, Any], vocabulary: Vocabulary, today: date = date.max
) -> Draft:
    """What an outline becomes. What is in the front matter goes before what the text says."""
    plan = _Plan()
    blocks = _merge_parts(outline.blocks)
    first = blocks[0] if not blocks[0].heading else ProcedurePart("", "", 1, "", ())
    rest = blocks[1:] if not blocks[0].heading else blocks
    opening, found = take_lines(first.text, vocabulary)
    if found:
        plan.notes.append((KEY_NOTE, ", ".join(found)))
    title = _choose_name(plan, outline, title, found.pop("title", ""))
    keys = found | dict(keys)
    opening, labelled = take_labels(opening)
    for field, text in labelled:
        plan.notes.append((f"{HEADING_NOTE} `{field}` of an SOP", text))
        plan.add_field(field, text)
    for line in list_unread_keys(opening):
        plan.unread.append(line)
    if outline.title and outline.title.casefold() != title.casefold():
        plan.add_field("lead", f"**{outline.title}**")
    rest = [block._replace(heading=block.heading.rstrip(" :") or block.heading) for block in rest]
    named = [field_of(block.heading) for block in rest]
    if STEPS in named:  # the numbers of chapters
        rest = [block._replace(number="") if block.depth == 1 and block.number.isdecimal() else block for block in rest]
    rest, named = _take_change_logs(plan, rest, named, today)
    others = [block for block, field in zip(rest, named, strict=True) if not field]
    if STEPS not in named and len(others) == 1 and split_items(others[0].text)[1]:
        named[rest.index(others[0])] = STEPS
    if not rest or (not others and STEPS not in named):
        opening = _take_steps(plan, ProcedurePart("", opening, 1, "", first.anchors), opening, is_alone=True)
    plan.add_field("opening", opening)
    at = named.index(STEPS) if STEPS in named else -1
    before = [block for block, field in zip(rest[: max(at, 0)], named, strict=False) if not field]
    is_short = sum(len(block.text.split()) for block in before) <= SHORT
    for place, (block, field) in enumerate(zip(rest, named, strict=True)):
        kind = kind_of_part(block.heading)
        if block.depth == 1 and not field and (place > at >= 0 or (at < 0 and kind)):
            heading = f"{block.number} {block.heading}".strip()
            if kind == REPLY:
                plan.notes.append((REPLY_NOTE, heading))
            else:
                plan.asides.append(heading)
        _place_block(plan, block, field, is_before=place < at and is_short)
    plan.end()
    return _finish(plan, title, dict(keys), first)


def _take_change_logs(
    plan: _Plan, blocks: list[ProcedurePart], named: list[str], today: date
) -> tuple[list[ProcedurePart], list[str]]:
    """The blocks and their fields without the first change log, whose entries are those of the history."""
    for place, (block, field) in enumerate(zip(blocks, named, strict=True)):
        entries, heads = read_change_log(block.text, today) if kind_of_part(block.heading) == HISTORY else ([], "")
        if entries and not field and len(blocks) > 1:
            heading = f"{block.number} {block.heading}".strip()
            plan.notes.append((f"{HEADING_NOTE} `history` of an SOP", f"{heading}{': ' if heads else ''}{heads}"))
            plan.log = entries
            return [*blocks[:place], *blocks[place + 1 :]], [*named[:place], *named[place + 1 :]]
    return blocks, named


def _choose_name(plan: _Plan, outline: ProcedureOutline, title: str, told: str) -> str:
    """The title: that of the text before one that a table in it names, and that before the name of the file."""
    if not told or told.casefold() == title.casefold():
        return title
    if outline.title is None:
        return told
    plan.add_field("lead", f"**{told}**")
    return title


def join_draft(draft: Draft) -> str:
    """The words of a draft, as `join_sop` has those of the SOP that was made of it."""
    return join_sop({"title": draft.title, **draft.fields, "steps": [step._asdict() for step in draft.steps]})


def join_sop(sop: Mapping[str, Any]) -> str:
    """The words of an SOP, by which it is known again."""
    texts = [
        step["text"] if step["text"].startswith(step["title"]) else f"{step['title']}. {step['text']}"
        for step in sop["steps"]
    ]
    return "\n\n".join(
        [sop["title"], sop.get("summary", ""), *sop.get("prerequisites", []), *texts, sop.get("otherwise") or ""]
    )


def _merge_parts(blocks: Iterable[ProcedurePart]) -> list[ProcedurePart]:
    """The blocks, where those below a field that is a list are a part of its text."""
    merged: list[ProcedurePart] = []
    owner = ""
    for block in blocks:
        if block.depth == 1:
            owner = field_of(block.heading) or kind_of_part(block.heading)
        if block.depth == 2 and owner in (*LISTS, "otherwise", HISTORY) and not field_of(block.heading):
            last = merged[-1]
            heading = f"{block.number} {block.heading}".strip() if owner == HISTORY else block.heading
            text = "\n\n".join(filter(None, (last.text, f"**{heading}**", block.text)))
            merged[-1] = last._replace(text=text, anchors=(*last.anchors, *block.anchors))
        else:
            merged.append(block)
    return merged


def _place_block(plan: _Plan, block: ProcedurePart, field: str, is_before: bool) -> None:
    heading = f"{block.number} {block.heading}".strip()
    if field == STEPS:
        plan.begun = len(plan.steps)
        _take_steps(plan, block, block.text)
    elif field:
        plan.notes.append((f"{HEADING_NOTE} `{field}` of an SOP", heading))
        plan.add_field(field, block.text)
    elif not block.text:
        plan.wait(block)
    elif is_before:
        plan.notes.append(("a part before the steps, now in `trigger`", heading))
        plan.add_field("trigger", f"**{heading}**\n\n{block.text}")
    else:
        plan.add_step(StepItem(_choose_title(block, len(plan.steps) + 1 - plan.begun), block.text), block.anchors)


def _choose_title(block: ProcedurePart, position: int) -> str:
    """The heading; its number stays where it is another than that of the step."""
    is_own = block.number.rstrip(".)") == str(position) or not block.number
    if (counted := COUNTED.fullmatch(block.heading)) and counted["number"] == str(position) and is_own:
        return counted["title"]
    return block.heading if is_own else f"{block.number} {block.heading}"


def _take_steps(plan: _Plan, block: ProcedurePart, text: str, is_alone: bool = False) -> str:
    """Makes steps of a list or table; the result is what stands before them, if that belongs elsewhere."""
    before, items = split_items(text)
    cases = split_cases(text)
    before, made = ("", cases) if cases else (before, [make_item(item) for item in items])
    if not made:
        before, made, heads = split_rows(text)
        if heads:
            plan.notes.append((f"{HEADING_NOTE} `steps` of an SOP", heads))
    if not made and not is_alone:
        before, items = split_items(text, ("ul",))
        made = [make_item(item) for item in items]
    if not made and is_alone and text:
        paragraphs = text.split("\n\n")
        before = paragraphs[0] if len(paragraphs) > 1 and is_summary(paragraphs[0]) else ""
        rest = text[len(before) :].strip("\n")
        made = [StepItem(cut_title(words_of(rest.split("\n\n")[0])) or "Read this", rest)]
    elif not made and text:
        plan.add_step(StepItem(block.heading, text), block.anchors)
        return ""
    elif not made:
        if block.heading and not is_alone:
            plan.notes.append((f"{HEADING_NOTE} `steps` of an SOP", block.heading))
        return ""
    if block.heading:
        plan.notes.append((f"{HEADING_NOTE} `steps` of an SOP", f"{block.number} {block.heading}".strip()))
    if before and not is_alone:
        made[0] = made[0]._replace(text=f"{before}\n\n{made[0].text}")
    for place, item in enumerate(made):
        plan.add_step(item, block.anchors if place == 0 else ())
    return before if is_alone else ""


def _finish(plan: _Plan, title: str, keys: dict[str, Any], first: ProcedurePart) -> Draft:
    leads = plan.fields.pop("lead", [])
    opening = "\n\n".join(plan.fields.pop("opening", []))
    overview = "\n\n".join(plan.fields.pop("summary", []))
    fields: dict[str, Any] = {}
    if "summary" in keys:
        fields["summary"] = keys.pop("summary")
    else:
        fields |= _take_summary(overview) or _take_summary(opening)
        if "summary" not in fields and "fallback" in keys:
            fields["summary"] = keys["fallback"]
        keys.pop("fallback", None)
        taken = fields.get("summary", "")
        if overview.startswith(taken) and taken:
            overview = overview[len(taken) :].strip()
        elif opening.startswith(taken) and taken:
            opening = opening[len(taken) :].strip()
    trigger = "\n\n".join(filter(None, (*leads, opening, overview, *plan.fields.pop("trigger", []))))
    for name in WORDS:
        texts = plan.fields.pop(name, [])
        entries = [words_of(entry) for text in texts for entry in split_entries(text)]
        if all(0 < len(entry) <= MOST_ALIAS for entry in entries) and entries:
            fields[name] = [*keys.pop(name, []), *map(one_line, entries)]
        elif texts:
            trigger = "\n\n".join(filter(None, (trigger, f"**{name.capitalize()}**", *texts)))
        if name in keys:
            fields[name] = keys.pop(name)
    if trigger:
        fields["trigger"] = trigger
    if texts := plan.fields.pop("escalation", []):
        fields["escalation"] = [one for text in texts for one in split_entries(text)]
    for name, texts in plan.fields.items():
        fields[name] = [one for text in texts for one in split_entries(text)] if name in LISTS else "\n\n".join(texts)
    steps: list[DraftStep] = []
    anchors: dict[str, str] = {}
    for item, _ in plan.steps:
        step = DraftStep(_choose_id(NUMBER.sub("", item.title), steps), one_line(item.title) or "Step", item.text)
        steps.append(step)
        for name in map(anchor, TARGET.findall(item.text)):
            anchors.setdefault(name, step.id)
    for step, (item, names) in zip(steps, plan.steps, strict=True):
        for name in (*names, anchor(item.title)):
            anchors.setdefault(name, step.id)
    if not steps:
        text = fields.pop("trigger", "") or title
        steps = [DraftStep(_choose_id(title, []), title, text)]
    return Draft(title, keys, fields, steps, anchors, plan.notes, plan.asides, plan.log, plan.unread)


def _take_summary(text: str) -> dict[str, str]:
    """The first paragraph, or its first sentence if it is too long for a summary."""
    paragraph = text.split("\n\n")[0]
    if len(paragraph.split()) > LONGEST and is_summary(first := take_sentence(paragraph)):
        return {"summary": first}
    return {"summary": paragraph} if paragraph and is_summary(TARGETS.sub("", paragraph)) else {}


def _choose_id(title: str, steps: list[DraftStep]) -> str:
    """An id of the first words of a title that no other step has."""
    whole = slug(title)
    short = whole if len(whole) <= LONGEST_ID else whole[: LONGEST_ID + 1].rpartition("-")[0] or whole[:LONGEST_ID]
    name = f"step-{short}" if short in RESERVED else short or f"step-{len(steps) + 1}"
    taken, free, number = {step.id for step in steps}, name, 1
    while free in taken:
        number += 1
        free = f"{name}-{number}"
    return free
