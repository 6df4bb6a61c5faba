"""What people decide, do or say by has changed, but the document does not say so.

Those who rely on it cannot know: who cites a policy section, who learned the steps, who translates a letter. This is
checked only if you name a revision to compare with: `check --since REV`.

- A policy section: record the change in a version's `changes`; `clarified` marks one that does not change the meaning.
- All other documents, save pages and packs: raise `version`, and add an entry for it to `history`. What counts is what
  the type itself has (steps, letters and their translations, questions, rows, outcomes, cases) and the severity; not
  the rest of the header, nor citations. A translation that is brought up to date says so in its `of` instead.

Words count, and where references and links lead. Line breaks, spaces, emphasis, comments and the style of YAML or of
quotes do not, nor does a new id that has its old one in `formerly`. Drafts may change at will.

Bad:
    version: "2.1"
    steps: [{id: lock, title: Lock, text: Lock the account within 45 minutes.}]   # it was 15, and the version was 2.1

Good:
    version: "2.2"
    history: [{version: "2.2", on: 2026-11-23, note: 45 minutes to lock instead of 15.}, ...]
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.documents import Document
from generator.documents.header import Header, Historied
from generator.documents.text.likeness import difference
from generator.documents.types.macro import Macro
from generator.documents.types.policy import Policy
from generator.findings import Fault, Keys, Related, Spot, spell_keys
from generator.library.library import Library
from generator.library.rewording import TRANSLATIONS, Referrer, Rewording, rewordings
from generator.library.timeline import order, recorded, rewritten_sections
from generator.wording import count

SHOWN = 12  # further changes of a document that are named


def check(library: Library) -> Iterator[Fault]:
    if library.before is None:
        return
    referrer = Referrer(library)
    for document in library.documents:
        old = _find_old(library.before, document) if document.sound else None
        if old is None:
            continue
        if isinstance(document.body, Policy) and isinstance(old.body, Policy):
            yield from _find_silent_sections(document.path, document.body, old.body, referrer, old.sound)
        elif document.kind.covers and isinstance(document.body, Historied) and isinstance(old.body, Historied):
            yield from _find_silent_rewordings(document, document.body, old, referrer)


def _find_old(before: Library, document: Document) -> Document | None:
    names = (document.id, *document.body.formerly)
    return next((before.by_id[name] for name in names if name in before.by_id), None)


def _find_silent_sections(
    path: str, policy: Policy, old: Policy, referrer: Referrer, is_whole: bool
) -> Iterator[Fault]:
    """Of an older state that `is_whole`, every section is known; otherwise some were left out for format errors."""
    told = {section for _, section, _ in recorded(policy) - recorded(old)}
    silent = rewritten_sections(policy, old, referrer.refer) - told
    known = {section.id for section in old.sections}
    for index, section in enumerate(policy.sections):
        if section.id in silent and (is_whole or section.id in known):
            what = "has changed" if section.id in known else "is new"
            hint = f"add `{{section: {section.id}, kind: ..., note: ...}}` to `changes`; `clarified` keeps the meaning"
            spot = Spot(path, ("sections", index, "text"))
            yield Fault(spot, f"`{section.id}` {what}, but the history does not say so", hint)
    for name in sorted(silent - {section.id for section in policy.sections}):
        hint = f"add `{{section: {name}, kind: removed, note: ...}}` to `changes`, or `moved` with `to`"
        yield Fault(Spot(path, ("sections",), key=True), f"`{name}` is gone, but the history does not say so", hint)


def _find_silent_rewordings(document: Document, body: Historied, old: Document, referrer: Referrer) -> Iterator[Fault]:
    """One fault for a document, at its first change: one version and one entry tell of all of them."""
    if old.body.status == "draft" or _is_told(body, old.body):
        return
    found = [one for one in rewordings(body, old.body, referrer) if old.sound or one.what != "is new"]
    if not found:
        return
    first, *rest = found
    next_version = _choose_version(body, old.body)
    behind = _list_behind(body, found)
    message = f"{_describe(body, first)}, but {_explain(body, old.body)}{_mention_behind(behind)}"
    related = [Related(one.spot(document.path), _describe(body, one)) for one in rest[:SHOWN]]
    if len(rest) > SHOWN:
        message += f" (and {count(len(rest) - SHOWN, 'more change')})"
    related += [Related(Spot(document.path, (*TRANSLATIONS, name, "text")), "still says the old") for name in behind]
    hint = (
        f'write `version: "{next_version}"`, and add `{{version: "{next_version}", on: ..., note: ...}}` to `history`'
    )
    if behind:
        hint += f'; then bring {" and ".join(behind)} up to date and write `of: "{next_version}"` there'
    elif isinstance(body, Macro) and body.translations:
        hint += f'; write `of: "{next_version}"` in the translations that say the same'
    yield Fault(first.spot(document.path), message, hint, tuple(related))


def _explain(body: Header, old: Header) -> str:
    if order(body.version) > order(old.version):
        return "the history does not say so"
    is_lower = order(body.version) < order(old.version)
    return f"the version went back from {old.version}" if is_lower else f"the version is still {body.version}"


def _choose_version(body: Header, old: Header) -> str:
    """The version to write: the one that the document has, if it was raised, or else the one after the old one."""
    if order(body.version) > order(old.version):
        return body.version
    head, _, last = old.version.rpartition(".")
    return f"{head}.{int(last) + 1}"


def _mention_behind(behind: list[str]) -> str:
    if not behind:
        return ""
    return f"; the {' and '.join(behind)} {'texts still say' if len(behind) > 1 else 'text still says'} the old"


def _is_told(body: Historied, old: Header) -> bool:
    """Whether there is a new version and an entry for one; where the two disagree, `inconsistent-record` says so."""
    is_raised = order(body.version) > order(old.version)
    is_noted = any(order(entry.version) > order(old.version) for entry in body.history)
    return is_noted or (is_raised and bool(body.history))


def _describe(body: Header, one: Rewording) -> str:
    """What is another, in a few words: `lock` has changed ("45" instead of "15")."""
    words = difference(one.was, one.now) if one.now else ""
    return f"{_name(body, one)} {one.what}{f' ({words})' if words else ''}"


def _name(body: Header, one: Rewording) -> str:
    part = one.gone or Header.part_at(body, one.keys)
    if isinstance(body, Macro) and part and one.keys[-1] in ("text", *TRANSLATIONS):
        return f"the {part} text"
    return f"`{part or spell_keys(one.keys)}`"


def _list_behind(body: Header, found: list[Rewording]) -> list[str]:
    """The languages whose letter says that it translates this version, and is as it was before the letter changed."""
    if not isinstance(body, Macro) or not any(one.keys == ("text",) for one in found):
        return []
    changed: set[Keys] = {one.keys for one in found}
    return [name for name in body.translations if (*TRANSLATIONS, name, "text") not in changed]
