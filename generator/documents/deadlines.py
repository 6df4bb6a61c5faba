"""Within what time a case is answered and resolved: as its document says, or else as its severity does."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from generator.documents.header import Header
from generator.documents.values import BUSINESS_DAYS, MINUTES, read_value
from generator.documents.vocabulary import Vocabulary

FIRST, RESOLVE = "first_response", "resolution"


class Deadline(NamedTuple):
    """A time limit: `name` is its field, `own` what the document says, `general` what its severity says."""

    name: str
    own: str
    general: str

    @property
    def limit(self) -> str:
        """The time that holds; empty if nobody said one."""
        return self.own or self.general

    @property
    def is_later(self) -> bool:
        """Whether the document gives more time than its severity does."""
        return bool(self.own and self.general) and least_minutes(self.own) > least_minutes(self.general)


def deadlines(body: Header, vocabulary: Vocabulary) -> tuple[Deadline, Deadline]:
    """For the first answer, and for the solution."""
    sla, severity = getattr(body, "sla", None), vocabulary.severities.get(body.severity or "")
    first, resolve = (
        Deadline(name, getattr(sla, name, None) or "", getattr(severity, name, None) or "") for name in (FIRST, RESOLVE)
    )
    return first, resolve


def least_minutes(duration: str) -> Decimal:
    """The least time that a duration can be: a business day is a day, for it may be the one that begins."""
    value = read_value("duration", duration)
    assert value is not None, duration
    return value.low * (MINUTES["d"] if value.family == BUSINESS_DAYS else 1)
