"""Makes the translation of a policy of a file in another language: its sections, and the version that it translates."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from generator.exchange.markdown.record import VersionData
from generator.exchange.markdown.sections import OPENING, MarkdownSection

Sections = Mapping[str, MarkdownSection]


def align(own: Sections, other: Sections) -> dict[str, str]:
    """The section of a policy that each section of a translation belongs to: that of its number, or else in order.

    One that the policy does not have belongs to the section before it.
    """
    numbers = {one.number: name for name, one in own.items() if one.number}
    is_numbered = any(one.number in numbers for one in other.values())
    aligned: dict[str, str] = {}
    before = next(iter(own))
    rest = iter([name for name in own if name != OPENING])
    for name, section in other.items():
        if name == OPENING:
            before = OPENING if OPENING in own else before
        elif is_numbered:
            before = numbers.get(section.number or "", before)
        else:
            before = next(rest, before)
        aligned[name] = before
    return aligned


def has_same_sections(own: Sections, aligned: Mapping[str, str]) -> bool:
    """Whether a translation has each section of its policy once, an introduction apart."""
    found = sorted(mine for name, mine in aligned.items() if name != OPENING)
    return found == sorted(name for name in own if name != OPENING)


def translated_sections(
    aligned: Mapping[str, str], other: Sections, texts: Mapping[str, str]
) -> dict[str, dict[str, str]]:
    """The sections of a translation by the ids of the policy's; what belongs to one section is put together."""
    made: dict[str, dict[str, str]] = {}
    for name, section in other.items():
        mine = aligned[name]
        if mine in made:
            made[mine]["text"] += f"\n## {section.title}\n\n{texts[name]}"
        else:
            title = {"title": section.title} if name != OPENING else {}
            made[mine] = title | {"text": texts[name]}
    return made


def translated_version(
    history: Sequence[VersionData], past: Iterable[tuple[str, str | None]], old: Mapping[str, Any], is_same: bool
) -> str:
    """The version of the policy that a translation was made of.

    It is the one that was in force on the day on which the translation last changed; without a history, the newest.
    What people wrote is kept while the text of the translation stays the same.
    """
    if is_same and "of" in old:
        return str(old["of"])
    day, before = "", None
    for moment, text in past:
        if text != before:
            day, before = moment, text
    return str(next((one["version"] for one in history if not day or one["effective"] <= day), history[-1]["version"]))
