"""A translation has a section that the policy does not have, so that no reader sees it.

The sections of a translation have the ids of the policy's own.

Bad:
    sections:
      - {id: scope, ...}
    translations: {es: {of: "1.0", sections: {alcance: {text: "..."}}}}

Good:
    translations: {es: {of: "1.0", sections: {scope: {title: Alcance, text: "..."}}}}
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.documents.types.policy import Policy
from generator.findings import Fault, Spot, write
from generator.library.library import Library
from generator.wording import one_of


def check(library: Library) -> Iterator[Fault]:
    for document, policy in library.each(Policy):
        for locale, translation in policy.translations.items():
            for name in translation.sections.keys() - document.parts.keys():
                spot = Spot(document.path, ("translations", locale, "sections", name), key=True)
                now = document.renamed_parts.get(name)
                hint = write(now, name) if now else one_of(name, document.parts)
                yield Fault(spot, f"the policy has no section `{name}`", hint)
