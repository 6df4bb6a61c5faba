"""Verifies all pages and lists of a site as they were written, whichever engine wrote them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from generator.publishing.written.lists import is_list, listed
from generator.publishing.written.page import WrittenPage, read_page
from generator.publishing.written.policy import Inline
from generator.publishing.written.slips import Crossing, Slip, describe, has_part, judge_page, seek
from generator.publishing.written.whereabouts import Grounds
from generator.workers import spread


class Reading(NamedTuple):
    """What is found out about a file by reading it alone, small enough to travel between processes."""

    slips: list[Slip]
    crossings: list[Crossing]
    parts: frozenset[str]
    inline: Inline


def verify(site: Path, url: str = "", is_flat: bool = False, language: str = "") -> tuple[list[Slip], Inline]:
    """The slips of a folder of pages, grave ones first, and what its pages have inline.

    `url` is the address that the site's settings give it, `language` that of its pages, where they say one.
    """
    files = sorted(path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file())
    grounds = Grounds(frozenset(files), url, is_flat)
    read = [name for name in files if name.endswith(".html") or is_list(name)]

    def study(name: str) -> Reading:
        text = (site / name).read_text(encoding="utf-8", errors="replace")
        return (
            _judge_written(name, text, grounds, language)
            if name.endswith(".html")
            else _judge_list(name, text, grounds)
        )

    readings = dict(zip(read, spread(study, read), strict=True))
    slips = [slip for one in readings.values() for slip in one.slips]
    slips += _judge_crossings(site, readings)
    return sorted(slips, key=lambda slip: not slip.is_grave), _join_inline(one.inline for one in readings.values())


def _judge_written(name: str, text: str, grounds: Grounds, language: str) -> Reading:
    page = read_page(text)
    slips, crossings = judge_page(name, page, grounds, language)
    # What is in our part of a page is never allowed by a hash: that would allow what somebody smuggled into it too.
    scripts = frozenset(script for script, at in page.scripts if not page.is_ours(at))
    inline = Inline(scripts, frozenset(page.styles), frozenset(page.styled))
    return Reading(slips, crossings, frozenset(page.ids) | page.names, inline)


def _judge_list(name: str, text: str, grounds: Grounds) -> Reading:
    slips, crossings = [], []
    try:
        for address in listed(name, text):
            to = grounds.find(name, address)
            if to.fault:
                slips.append(Slip(name, f"leads to `{address}`: {to.fault}", seek(address)))
            elif to.fragment and to.file.endswith(".html"):
                crossings.append(Crossing(to.file, to.fragment, -1, address))
    except (ValueError, KeyError, TypeError) as error:
        slips.append(Slip(name, f"cannot be read by what loads it: {error}"))
    return Reading(slips, crossings, frozenset(), Inline())


def _judge_crossings(site: Path, readings: dict[str, Reading]) -> Iterator[Slip]:
    """The addresses that lead to a part of another page which that page does not have."""
    none = WrittenPage("")
    for name, reading in readings.items():
        page = none
        for one in reading.crossings:
            target = readings[one.file].parts
            if one.part in target or has_part(none, one.part) or has_part(WrittenPage("", names=set(target)), one.part):
                continue
            if page is none and name.endswith(".html"):
                page = read_page((site / name).read_text(encoding="utf-8", errors="replace"))
            said = f"leads to `{one.address}`" if one.at < 0 else _describe_at(page, one)
            yield Slip(
                name, f"{said}: that page has no such part", seek(one.address), one.at < 0 or page.is_ours(one.at)
            )


def _describe_at(page: WrittenPage, one: Crossing) -> str:
    element = next(element for element, address, at in page.sources if (address, at) == (one.address, one.at))
    return describe(page, element, one.at, one.address)


def _join_inline(every: Iterable[Inline]) -> Inline:
    return Inline(*(frozenset().union(*kinds) for kinds in zip(*every, strict=True)))
