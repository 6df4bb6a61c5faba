"""A citation does not name a policy section in a version that exists.

A citation is a reference to a policy with the version that its author read. Without the version nobody can
tell whether the policy has changed since. Pages and policies may name a whole policy without a version.

Bad:
    cites: [account-integrity#ownership]

Good:
    cites: [account-integrity#ownership@3.0]
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.documents import Document
from generator.documents.policy import Policy
from generator.findings import Fault
from generator.library import Library, Reference, is_policy
from generator.nearest import did_you_mean, nearest
from generator.timeline import events, is_known, versions

VERSIONLESS = {"page", "policy", "pack"}


def check(library: Library) -> Iterator[Fault]:
    policies = {document.id: document for document in library.documents if is_policy(document)}
    for reference in library.references:
        if reference.target in library.ambiguous:
            continue
        document = library.find(reference.target)
        if reference.role == "citation" or reference.version or is_policy(document):
            if reference.kind not in ("", "policy"):
                continue
            yield from _faults(library, policies, reference, document)


def _faults(
    library: Library, policies: dict[str, Document], reference: Reference, document: Document | None
) -> Iterator[Fault]:
    spot = reference.at.spot
    if not reference.target:
        yield Fault(spot, f"`{reference.text}` is not a citation", "write policy#section@version")
    elif document is None:
        if reference.target not in library.malformed and library.is_complete:
            hint = did_you_mean(reference.target, policies, "mend the id, or write the policy")
            yield Fault(spot, f"no policy has the id `{reference.target}`", hint)
    elif not isinstance(document.body, Policy):
        message = f"`{document.id}` is a {document.kind.one}, not a policy: it has no versions to cite"
        yield Fault(spot, message, f"write [[{document.id}]] in prose")
    else:
        yield from _section_and_version(reference, document, document.body)


def _section_and_version(reference: Reference, document: Document, policy: Policy) -> Iterator[Fault]:
    spot, part, version = reference.at.spot, reference.part, reference.version
    if part and document.sound and part not in document.parts and not is_known(policy, part):
        hint = did_you_mean(part, document.parts, f"look at the sections in {document.path}")
        yield Fault(spot, f"`{policy.id}` has no section `{part}`", hint)
    elif version is None:
        if reference.at.keys[0] != "history" and (part or not _may_omit_version(reference)):
            where = f"{policy.id}#{part}" if part else policy.id
            message = f"cites `{where}` without the version that was read"
            yield Fault(spot, message, f"read it, then write `{where}@{policy.version}`")
    elif document.sound and version not in versions(policy):
        known = list(versions(policy))[::-1]
        hint = f"did you mean `{nearest(version, known) or policy.version}`? The record has {', '.join(known)}"
        yield Fault(spot, f"`{policy.id}` has no version `{version}`", hint)
    elif document.sound and part and _is_new(policy, part, version):
        added = events(policy, part, version)[0].version
        message = f"version {version} of `{policy.id}` had no section `{part}`; it was added in {added}"
        yield Fault(spot, message, f"read it, then write `{policy.id}#{part}@{added}` or later")


def _may_omit_version(reference: Reference) -> bool:
    source = reference.at.source
    return source is None or source.kind.name in VERSIONLESS or reference.at.keys[0] == "superseded_by"


def _is_new(policy: Policy, section: str, version: str) -> bool:
    """Whether the section was added after the version."""
    changes = events(policy, section, version)
    return bool(changes) and changes[0].kind == "added"
