"""A record is deleted while somebody may still ask for what it proves.

Six months to appeal, and the evidence gone after ninety days: whoever decides the appeal has nothing to look at. A
record of a policy names in `outlasts` the sections in whose `window` it is needed. A month may have 28 days or 31, so
180 days are shorter than six months. Business days are compared as the shortest time that they can be.

Bad:
    records:
      - {record: Evidence, kept: 90d, outlasts: [enforcement#appeals]}      # window: 6mo

Good:
    records:
      - {record: Evidence, kept: 13mo, outlasts: [enforcement#appeals]}
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from generator.documents import Document
from generator.documents.types.policy import Policy, Retention, Section
from generator.documents.values import BUSINESS_DAYS, MINUTES, Value, read_value, word_value
from generator.findings import Fault, Keys, Related, Spot
from generator.library.library import Library


def check(library: Library) -> Iterator[Fault]:
    for document, policy in library.each(Policy):
        if policy.is_gone:
            continue
        for number, section in enumerate(policy.sections):
            for at, record in enumerate(section.records):
                yield from _judge(library, document.path, ("sections", number, "records", at), record)


def _judge(library: Library, path: str, keys: Keys, record: Retention) -> Iterator[Fault]:
    if record.outlasts and record.in_words:
        message = "it is not clear whether this outlasts what the record is needed for"
        yield Fault(Spot(path, (*keys, "in_words")), message, "write `kept` with a time such as 90d or 13mo")
    kept = read_value("duration", record.kept or "")
    for at, target in enumerate(record.outlasts):
        found = library.find(target.id)
        windows = _find_windows(found, library.current(target).part) if found else []
        if found is not None and not windows:
            place = Spot(path, (*keys, "outlasts", at))
            yield Fault(place, f"`{target.text}` has no `window` to outlast", "add `window` there, or remove this")
        for window, there in windows:
            needed = read_value("duration", window)
            if kept and needed and window != record.kept and _count(kept.low, kept) < _count(needed.high, needed):
                kept_words, needed_words = word_value("duration", record.kept or ""), word_value("duration", window)
                message = f"the record is kept for {kept_words}, but may be needed for {needed_words}"
                yield Fault(
                    Spot(path, (*keys, "kept")),
                    message,
                    f"keep it for at least {needed_words}",
                    (Related(there, "how long it may be"),),
                )


def _count(amount: Decimal, value: Value) -> Decimal:
    """Minutes; a business day is one day, for how many weekends lie between is not known."""
    return amount * (MINUTES["d"] if value.family == BUSINESS_DAYS else 1)


def _find_windows(document: Document, part: str | None) -> list[tuple[str, Spot]]:
    """The windows of a section, or of all sections of a policy, each with its place."""
    sections: list[Section] = document.body.sections if isinstance(document.body, Policy) else []
    return [
        (section.window, Spot(document.path, ("sections", number, "window")))
        for number, section in enumerate(sections)
        if section.window and part in (None, section.id)
    ]
