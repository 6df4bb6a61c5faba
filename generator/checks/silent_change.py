"""The text of a policy section has changed, but the policy's history does not say so.

Those who cite the section cannot know. This is checked only if you name a revision to compare with: `check --since
REV`. Line breaks and spaces do not count. Record the change in a version's `changes`; `clarified` marks one that does
not change the meaning.

Bad:
    - text: A refund takes two weeks.   # it was one week, and no history entry says so

Good:
    history: [{version: "3.1", changes: [{section: refunds, kind: tightened, note: Two weeks instead of one.}]}]
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.documents.types.policy import Policy
from generator.findings import Fault, Spot
from generator.library.library import Library
from generator.library.timeline import recorded, rewritten_sections


def check(library: Library) -> Iterator[Fault]:
    if library.before is None:
        return
    known = {document.id: policy for document, policy in library.before.each(Policy)}
    for document, policy in library.each(Policy):
        old = next((known[name] for name in (policy.id, *policy.formerly) if name in known), None)
        if old is not None:
            yield from _find_silent_changes(document.path, policy, old)


def _find_silent_changes(path: str, policy: Policy, old: Policy) -> Iterator[Fault]:
    silent = rewritten_sections(policy, old) - {section for _, section, _ in recorded(policy) - recorded(old)}
    known = {section.id for section in old.sections}
    for index, section in enumerate(policy.sections):
        if section.id in silent:
            what = "has changed" if section.id in known else "is new"
            hint = f"add `{{section: {section.id}, kind: ..., note: ...}}` to `changes`; `clarified` keeps the meaning"
            spot = Spot(path, ("sections", index, "text"))
            yield Fault(spot, f"`{section.id}` {what}, but the history does not say so", hint)
    for name in sorted(silent - {section.id for section in policy.sections}):
        hint = f"add `{{section: {name}, kind: removed, note: ...}}` to `changes`, or `moved` with `to`"
        yield Fault(Spot(path, ("sections",), key=True), f"`{name}` is gone, but the history does not say so", hint)
