"""What differs between a site and a pack, and between the readers of two sites."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from generator.findings import Finding
from generator.library.packing import Packed


@dataclass(frozen=True)
class Edition:
    """A site, or a pack where `packed` says which. `for_staff` are those who keep the documents up to date.

    `source` is the address below which the YAML can be edited, empty for readers who must not see it. `findings` are
    shown on the pages that they concern, by path; of the `faulty` paths a page says only that there are mistakes.
    A site is for the readers of an `audience`. `beside` are files that are published with the pages as they are.
    """

    title: str
    source: str = ""
    packed: Packed | None = None
    findings: Mapping[str, list[Finding]] = field(default_factory=dict)
    faulty: frozenset[str] = frozenset()
    audience: str = ""
    for_staff: bool = False
    beside: Mapping[str, bytes] = field(default_factory=dict)

    @property
    def is_pack(self) -> bool:
        return self.packed is not None
