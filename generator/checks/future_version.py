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
from generator.findings import Advice, Fault
from generator.library.citations import citations
from generator.library.library import Library
from generator.library.timeline import versions

SEVERITY = "warning"


def check(library: Library) -> Iterator[Fault]:
    last = later(library.today, MANY_YEARS)  # one that is announced for longer ahead is a wrong day
    coming = {
        (policy.id, version): day
        for _, policy in library.each(Policy)
        for version, day in versions(policy).items()
        if library.today < day <= last
    }
    for cited in citations(library):
        effective = coming.get((cited.policy.id, cited.version))
        if effective is None:
            continue
        before = [version for version, day in versions(cited.policy).items() if day < effective]
        message = f"this cites `{cited.target}` at {cited.version}, which is not in force until {effective}"
        hint: str = f"wait until {effective}"
        if before:
            hint = Advice(f"until then write @{before[-1]}", f"@{before[-1]}", f"@{cited.version}")
        yield Fault(cited.reference.at.spot, message, hint, until=effective)
