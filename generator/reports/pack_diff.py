"""Writes what changed in a pack for those who were trained on it: before, after, why, from when."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from generator.analysis.delta import Delta
from generator.analysis.demand import demand
from generator.documents.text.prose import encode
from generator.files.terminal import BOLD, GREEN, RED, style
from generator.library.meaning.lesson import DUTIES, Lesson
from generator.library.meaning.levels import MEANING
from generator.wording import count

WIDTH = 100
SIDE = "      "


def text(delta: Delta) -> str:
    """For a terminal: by what has to be done, each change with its document and part."""
    return "\n".join(_format_text(delta))


def _format_text(delta: Delta) -> Iterator[str]:
    yield style(headline(delta), BOLD)
    for duty in delta.by_duty:
        yield f"\n{style(DUTIES[duty], BOLD)}"
        for group in delta.groups(duty):
            for lesson in group:
                yield from _wrap(f"{name_place(lesson)}: {lesson.what}", "  ", "    ")
                yield from _format_side("before", lesson.before, RED)
                yield from _format_side("now", lesson.after, GREEN)
            yield from (line for one in lesson.reasons for line in _wrap(f"why: {one.note}", "    ", SIDE))
            if lesson.since:
                yield f"    from {spell_day(lesson.since)} on"
    yield from _format_details(delta)
    if not delta.is_empty:
        yield f"\n{verdict(delta)}"


def _format_side(name: str, told: str, colour: str) -> Iterator[str]:
    for number, line in enumerate(told.splitlines()):
        lead = f"{name}: " if number == 0 else " " * (len(name) + 2)
        for each in _wrap(line, f"    {lead}", f"    {' ' * len(lead)}"):
            yield style(each, colour)


def _wrap(line: str, first: str, rest: str) -> list[str]:
    return textwrap.wrap(
        line, WIDTH, initial_indent=first, subsequent_indent=rest, break_long_words=False, break_on_hyphens=False
    )


def _format_details(delta: Delta) -> Iterator[str]:
    if delta.details:
        number = count(len(delta.details), "document")
        yield f"\nOnly dates, sources and the like changed in {number}: {', '.join(delta.details)}"


def headline(delta: Delta) -> str:
    """Which pack it is, and what the two states are."""
    old, new = delta.old.pack, delta.new.pack
    if delta.is_empty:
        return f"{new.title.strip()}: nothing changed since {old.version}"
    return f"{new.title.strip()}: what changed from {old.version} to {_name_new(delta)}"


def _name_new(delta: Delta) -> str:
    old, new = delta.old.pack.version, delta.new.pack.version
    return new if old != new else "now"


def verdict(delta: Delta) -> str:
    """How large the change is, and what that means to those who were trained."""
    asked = demand(delta)
    return f"{asked.level}: {MEANING[asked.level]} ({asked.least} or later)"


def name_place(lesson: Lesson) -> str:
    """The document and its part."""
    title = lesson.document.body.title.strip()
    return f"{title} › {lesson.place}" if lesson.place and lesson.place != title else title


def sentence_of(lesson: Lesson) -> str:
    """What changed, as a sentence."""
    told = lesson.what[:1].upper() + lesson.what[1:]
    return told if told.endswith((".", "!", "?", "”")) else f"{told}."


def spell_day(day: date) -> str:
    """A day as people write it: 2 Oct 2026."""
    return f"{day.day} {day:%b %Y}"


def diff_markdown(delta: Delta) -> str:
    """The same for a page or a pull request, with a table of before and after for each change."""
    return "\n".join(_format_markdown(delta))


def _format_markdown(delta: Delta) -> Iterator[str]:
    yield f"# {encode(headline(delta))}"
    for duty, lessons in delta.by_duty.items():
        yield f"\n## {encode(DUTIES[duty])}\n"
        for lesson in lessons:
            yield f"### {encode(name_place(lesson))}\n\n{encode(sentence_of(lesson))}\n"
            for name, told in (("Before", lesson.before), ("Now", lesson.after)):
                if told:
                    yield f"- **{name}:** {'<br>'.join(map(encode, told.splitlines()))}"
            for one in lesson.reasons:
                yield f"- **Why:** {encode(one.note)}"
            if lesson.since:
                yield f"- **From:** {spell_day(lesson.since)}"
            yield ""
    if delta.details:
        names = ", ".join(f"`{name}`" for name in delta.details)
        yield f"Only dates, sources and the like changed in {names}.\n"
    if not delta.is_empty:
        yield encode(verdict(delta))


def as_json(delta: Delta) -> str:
    """`{"pack", "from", "to", "level", "least", "changes", "details"}`, for programs."""
    asked = demand(delta)
    return json.dumps(
        {
            "pack": delta.new.pack.id,
            "from": delta.old.pack.version,
            "to": delta.new.pack.version,
            "level": asked.level or None,
            "least": asked.least if asked.level else None,
            "changes": [_convert(lesson) for lesson in delta.lessons],
            "details": list(delta.details),
        },
        indent=2,
        ensure_ascii=False,
    )


def _convert(lesson: Lesson) -> dict[str, Any]:
    return {
        "duty": lesson.duty,
        "level": lesson.level,
        "document": lesson.document.id,
        "type": lesson.document.kind.name,
        "title": lesson.document.body.title,
        "part": lesson.part or None,
        "what": lesson.what,
        "before": lesson.before or None,
        "after": lesson.after or None,
        "why": [one.note for one in lesson.reasons],
        "since": str(lesson.since) if lesson.since else None,
    }


FORMATS: dict[str, Callable[[Delta], str]] = {"text": text, "markdown": diff_markdown, "json": as_json}
