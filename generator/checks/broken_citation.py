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
from functools import partial

from generator.documents import Document
from generator.documents.types.policy import Policy
from generator.findings import Fault, Hint
from generator.library.library import Library, Reference, is_policy
from generator.library.timeline import events, is_known, versions
from generator.wording import did_you_mean, nearest

VERSIONLESS = {"page", "policy", "pack"}
Told = tuple[str, Hint] | None


def check(library: Library) -> Iterator[Fault]:
    policies = {document.id: document for document in library.documents if is_policy(document)}
    # Ten thousand documents cite six thousand sections, fifty thousand times: without it a check is 2 in 100 slower.
    told: dict[tuple[str, str | None, str | None, bool], Told] = {}
    for reference in library.references:
        if reference.target in library.ambiguous or reference.kind not in ("", "policy"):
            continue
        document = library.find(reference.target)
        if reference.role == "citation" or reference.version or is_policy(document):
            key = (reference.target or reference.text, reference.part, reference.version, _may_omit_version(reference))
            if key not in told:
                told[key] = _wrong(library, policies, reference, document)
            if wrong := told[key]:
                yield Fault(reference.at.spot, *wrong)


def _may_omit_version(reference: Reference) -> bool:
    """Pages, policies and packs may speak of a whole policy; where a section went is no citation at all."""
    source, key = reference.at.source, reference.at.keys[0]
    is_whole = source is None or source.kind.name in VERSIONLESS or key == "superseded_by"
    return key == "history" or (is_whole and reference.part is None)


def _wrong(library: Library, policies: dict[str, Document], reference: Reference, document: Document | None) -> Told:
    if not reference.target:
        return f"`{reference.text}` is not a citation", "write policy#section@version"
    if document is None:
        if reference.target in library.malformed or not library.is_complete:
            return None
        hint = partial(did_you_mean, reference.target, policies, "mend the id, or write the policy")
        return f"no policy has the id `{reference.target}`", hint
    if not isinstance(document.body, Policy):
        message = f"`{document.id}` is a {document.kind.one}, not a policy: it has no versions to cite"
        return message, f"write [[{document.id}]] in prose"
    return _section(document, document.body, reference.part) or _version(document, document.body, reference)


def _section(document: Document, policy: Policy, part: str | None) -> Told:
    if part is None or not document.sound or part in document.parts or is_known(policy, part):
        return None
    hint = partial(did_you_mean, part, document.parts, f"look at the sections in {document.path}")
    return f"`{policy.id}` has no section `{part}`", hint


def _version(document: Document, policy: Policy, reference: Reference) -> Told:
    part, version = reference.part, reference.version
    where = f"{policy.id}#{part}" if part else policy.id
    if version is None:
        message = f"cites `{where}` without the version that was read"
        return None if _may_omit_version(reference) else (message, f"read it, then write `{where}@{policy.version}`")
    if not document.sound:
        return None
    if version not in versions(policy):
        known = list(versions(policy))[::-1]
        hint = f"did you mean `{nearest(version, known) or policy.version}`? The record has {', '.join(known)}"
        return f"`{policy.id}` has no version `{version}`", hint
    changes = events(policy, part, version) if part else []
    if changes and changes[0].kind == "added":
        added = changes[0].version
        message = f"version {version} of `{policy.id}` had no section `{part}`; it was added in {added}"
        return message, f"read it, then write `{where}@{added}` or later"
    return None
