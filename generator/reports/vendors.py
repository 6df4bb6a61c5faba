"""Writes which vendor has what, what is due, and until when a training lasts."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from generator.analysis.vendors import Delivered
from generator.wording import count

WIDTH = 100


def text(some: Sequence[Delivered]) -> str:
    """For a terminal: a block for each pack."""
    return "\n".join(_format_text(some))


def _format_text(some: Sequence[Delivered]) -> Iterator[str]:
    for one in some:
        state = "" if one.status == "active" else f" ({one.status})"
        yield f"{one.pack}{state}  {one.title}"
        if one.release is None:
            yield f"  {one.vendor_name} has no release"
        else:
            until = f"; whoever was trained then recertifies by {one.lasts_until}" if one.lasts_until else ""
            yield f"  {one.vendor_name} has {one.release.version} since {one.release.record.on}{until}"
        for line in one.due:
            yield from _wrap("due", line)
        for day, line in one.coming:
            yield from _wrap(str(day), line)
        yield ""
    due = sum(bool(one.due) for one in some)
    yield (
        f"{count(len(some), 'pack')}, {due} with something due."
        if some
        else "There is no pack yet: playbook new pack ID"
    )


def _wrap(lead: str, line: str) -> list[str]:
    return textwrap.wrap(
        line,
        WIDTH,
        initial_indent=f"  {lead}: ",
        subsequent_indent="    ",
        break_long_words=False,
        break_on_hyphens=False,
    )


def as_json(some: Sequence[Delivered]) -> str:
    """A list of `{"pack", "title", "vendor", "vendor_name", "status", "releases", "version", ..., "due", "coming"}`."""
    return json.dumps([_convert(one) for one in some], indent=2, ensure_ascii=False)


def _convert(one: Delivered) -> dict[str, Any]:
    record = one.release.record if one.release else None
    return {
        "pack": one.pack,
        "title": one.title,
        "vendor": one.vendor,
        "vendor_name": one.vendor_name,
        "status": one.status,
        "releases": one.releases,
        "version": record.version if record else None,
        "on": str(record.on) if record else None,
        "supersedes": record.supersedes if record else None,
        "hash": record.hash if record else None,
        "lasts_until": str(one.lasts_until) if one.lasts_until else None,
        "due": list(one.due),
        "coming": [{"day": str(day), "what": line} for day, line in one.coming],
    }


FORMATS: dict[str, Callable[[Sequence[Delivered]], str]] = {"text": text, "json": as_json}
