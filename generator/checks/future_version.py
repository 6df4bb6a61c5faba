"""A citation names a version that is not in force yet.

Until that day the older text applies, and a case that is decided today must not rest on the newer one. The warning
goes away by itself on the day that the version comes into force.

Bad:
    cites: [payments#chargebacks@4.0]   # in force from 2099-01-01

Good:
    cites: [payments#chargebacks@3.0]
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.documents.days import MANY_YEARS, later
from generator.documents.types.policy import Policy
from generator.findings import Fault
from generator.library.citations import citations
from generator.library.library import Library
from generator.library.timeline import versions

SEVERITY = "warning"


def check(library: Library) -> Iterator[Fault]:
    coming = {
        document.id: known
        for document, policy in library.each(Policy)
        if max((known := versions(policy)).values()) > library.today
    }
    for cited in citations(library):
        if cited.policy.id not in coming:
            continue
        if not library.today < coming[cited.policy.id][cited.version] <= later(library.today, MANY_YEARS):
            continue  # one that is announced for many years ahead is a wrong day
        known = coming[cited.policy.id]
        effective = known[cited.version]
        before = [version for version, day in known.items() if day < effective]
        message = f"cites `{cited.target}` at {cited.version}, which is not in force until {effective}"
        hint = f"until then write @{before[-1]}" if before else f"wait until {effective}"
        yield Fault(cited.reference.at.spot, message, hint, until=effective)
