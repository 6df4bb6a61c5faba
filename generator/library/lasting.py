"""Says until when a training lasts."""

from __future__ import annotations

from datetime import date

from generator.documents.values import settle

WORKING = 5  # days of a week


def lasts_until(day: date, span: str | None) -> date | None:
    """The last day on which a training of a day counts; None if it lasts for good. Holidays are not counted."""
    if span is None:
        return None
    number = int(span.rstrip("mhdwob"))
    if span.endswith("bd"):
        return date.fromisoformat(settle(f"today+{max(1, -(-number * 7 // WORKING))}d", day))
    if span.endswith(("d", "w", "mo")):
        return date.fromisoformat(settle(f"today+{span}", day))
    return day
