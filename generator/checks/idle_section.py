"""A section of a policy that decides cases is carried out by nothing: no procedure, decision, letter or page cites it.

It promises members something that nobody is told to do. A policy of which nothing is cited is an orphan, which is
reported as such; one that was retired or is a draft promises nothing.

Bad:
    # content/policies/refunds.yaml has the sections `limits`, which an SOP cites, and `late`, which nothing cites

Good:
    cites: [refunds#limits@2.0, refunds#late@2.0]
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.documents import Document
from generator.documents.types.policy import Policy
from generator.findings import Fault, Related, Spot
from generator.library.library import Library
from generator.library.pointers import Outgoing
from generator.library.traits import names_of

SEVERITY = "warning"


def note(document: Document, outgoing: Outgoing) -> object:
    cited = {(one.id, one.part) for _, one, _, _ in outgoing.references if one.part}
    policy = document.body if isinstance(document.body, Policy) else None
    sections = [section.id for section in policy.sections] if policy else []
    return names_of(document), sorted(cited), policy and policy.status, sections, document.renamed_parts


def check(library: Library) -> Iterator[Fault]:
    if library.malformed or not all(document.sound for document in library.documents):
        return  # what could not be read may cite it
    cited: dict[str, set[str]] = {}
    for reference in library.distinct:
        target = library.current(reference.target)
        source = reference.at.source
        if target.part and (source is None or source.id != target.id):
            cited.setdefault(target.id, set()).add(target.part)
    for document, policy in library.each(Policy):
        known = cited.get(document.id, set())
        idle = [number for number, section in enumerate(policy.sections) if section.id not in known]
        if policy.status != "active" or not known or not idle:
            continue
        first, *rest = ((Spot(document.path, ("sections", n, "id")), f"`{policy.sections[n].id}`") for n in idle)
        related = tuple(Related(spot, f"nothing cites {name} either") for spot, name in rest)
        hint = "cite it where it is carried out, say in a procedure who does it, or take it out of the policy"
        yield Fault(first[0], f"nothing carries out {first[1]}, though others cite this policy", hint, related)
