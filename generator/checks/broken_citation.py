"""A citation does not name a policy section in a version that exists.

A citation is a reference to a policy with the version that its author read. Without the version, there is no
way to tell whether the policy has changed since. Pages and policies may refer to a whole policy without a version.

Bad:
    cites: [account-integrity#ownership]

Good:
    cites: [account-integrity#ownership@3.0]
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import NamedTuple

from generator.documents import Document
from generator.documents.target import Target
from generator.documents.types.policy import Policy
from generator.findings import Advice, Fault, Hint
from generator.library.library import Library, is_policy
from generator.library.pointers import Reference
from generator.library.timeline import events, is_known, versions
from generator.wording import a, did_you_mean, nearest


class Complaint(NamedTuple):
    """What is wrong with a citation, and how to fix it. One that has no version may be right where it is."""

    message: str
    hint: Hint
    is_unversioned: bool = False


def check(library: Library) -> Iterator[Fault]:
    policies = {document.id: document for document in library.documents if is_policy(document)}
    complaints = {
        reference.use: complaint
        for reference in library.distinct
        if reference.kind in ("", "policy") and (complaint := _check_citation(library, policies, reference))
    }
    for reference in library.references if complaints else ():
        complaint = complaints.get(reference.use)
        if complaint and not (complaint.is_unversioned and _may_omit_version(reference)):
            yield Fault(reference.at.spot, complaint.message, complaint.hint)


def _may_omit_version(reference: Reference) -> bool:
    """Pages, policies and packs may refer to a whole policy; the `to` of a section that moved is not a citation."""
    source, key = reference.at.source, reference.at.keys[0]
    is_whole = source is None or not source.kind.covers or key == "superseded_by"
    return key == "history" or (is_whole and reference.target.part is None)


def _check_citation(library: Library, policies: dict[str, Document], reference: Reference) -> Complaint | None:
    target, document = reference.target, library.find(reference.target.id)
    if target.id in library.ambiguous or not (reference.is_citation or is_policy(document)):
        return None
    if not target.id:
        return Complaint(f"`{reference.text}` is not a citation", "write policy#section@version")
    if document is None:
        if target.id in library.malformed or not library.is_complete:
            return None
        hint = partial(did_you_mean, target.id, policies, "fix the id, or write the policy")
        return Complaint(f"no policy has the id `{target.id}`", hint)
    if not isinstance(document.body, Policy):
        message = f"`{document.id}` is {a(document.kind.noun)}, not a policy: it has no versions to cite"
        return Complaint(message, f"write [[{document.id}]] in the text")
    return _check_section(document, document.body, target.part) or _check_version(document, document.body, target)


def _check_section(document: Document, policy: Policy, part: str | None) -> Complaint | None:
    if part is None or not document.sound or part in document.parts or is_known(policy, part):
        return None
    hint = partial(did_you_mean, part, document.parts, f"look at the sections in {document.path}")
    return Complaint(f"`{policy.id}` has no section `{part}`", hint)


def _check_version(document: Document, policy: Policy, target: Target) -> Complaint | None:
    _, _, part, version = target
    where = Target.of(policy.id, part)
    if version is None:
        message = f"this cites `{where}` without the version that was read"
        read = f"{where}@{policy.version}"
        return Complaint(message, Advice(f"read it, then write `{read}`", read, target.text), is_unversioned=True)
    if not document.sound:
        return None
    if version not in versions(policy):
        known = list(versions(policy))[::-1]
        near = nearest(version, known) or policy.version
        hint = Advice(f"did you mean `{near}`? Its versions: {', '.join(known)}", f"@{near}", f"@{version}")
        return Complaint(f"`{policy.id}` has no version `{version}`", hint)
    changes = events(policy, part, version) if part else []
    if changes and changes[0].kind == "added":
        added = changes[0].version
        message = f"version {version} of `{policy.id}` had no section `{part}`; it was added in {added}"
        return Complaint(message, f"read it, then write `{where}@{added}` or later")
    return None
