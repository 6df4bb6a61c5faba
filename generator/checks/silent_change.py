"""What people decide, do or say by has changed, but the document does not say so.

Those who rely on it cannot know: who cites a policy section, who learned the steps, who translates a letter. This is
checked only if you name a revision to compare with: `check --since REV`.

- A policy section: record the change in a version's `changes`; `clarified` marks one that does not change the meaning.
- All other documents, save pages and packs: raise `version`, and add an entry for it to `history`. What counts is what
  the type itself has (steps, letters and their translations, questions, rows, outcomes, cases) and the severity; not
  the rest of the header, nor citations. A translation that is brought up to date says so in its `of` instead.

How far `version` has to be raised follows from the change; `playbook diff` and the packs have the same rule:

- a major version (3.0 after 2.1) if people must act, decide or write differently: another number, deadline or
  reference, a "not", another decision or letter, a step that is gone or in another place;
- a minor one (2.2) if something was added or left out, and the rest still holds;
- a patch (2.1.1) if only the wording changed.

Words count, and where references and links lead. Line breaks, spaces, emphasis, comments and the style of YAML or of
quotes do not, nor does a new id that has its old one in `formerly`. Drafts may change at will.

Bad:
    version: "2.1"
    steps: [{id: lock, title: Lock, text: Lock the account within 45 minutes.}]   # it was 15, and the version was 2.1

Good:
    version: "3.0"
    history: [{version: "3.0", on: 2026-11-23, note: 45 minutes to lock instead of 15.}, ...]
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from generator.documents import Document
from generator.documents.header import Header, Historied
from generator.documents.target import Target
from generator.documents.text.likeness import difference
from generator.documents.types.macro import Macro
from generator.documents.types.policy import Policy
from generator.findings import Fault, Keys, Related, Spot, spell_keys
from generator.library.library import Library
from generator.library.meaning.lesson import Lesson
from generator.library.meaning.lessons import Told
from generator.library.meaning.levels import CHANGES
from generator.library.meaning.need import Need, weigh
from generator.library.rewording import TRANSLATIONS, Rewording, older_state, referrer_of, silent_rewordings
from generator.library.timeline import order, recorded, rewritten_sections
from generator.wording import count

SHOWN = 12  # further changes of a document that are named
MOST_PARTS = 6  # that an entry of the history names


def check(library: Library) -> Iterator[Fault]:
    if library.before is None:
        return
    for document in library.documents:
        old = older_state(library, document)
        if old is None:
            continue
        if isinstance(document.body, Policy) and isinstance(old.body, Policy):
            refer = referrer_of(library).refer
            yield from _find_silent_sections(document.path, document.body, old.body, refer, old.sound)
        elif isinstance(document.body, Historied):
            yield from _compare(library, document, document.body, old)


def _compare(library: Library, document: Document, body: Historied, old: Document) -> Iterator[Fault]:
    """One fault for a document that tells too little of its changes: one version and one entry tell of all of them."""
    assert library.before is not None
    told, lessons, _, need = weigh(document, old, library, library.before)
    if need is None or need.is_met:
        return
    if found := silent_rewordings(library, document):
        yield _report_rewordings(document, body, old.body, found, need)
    elif need.is_noted and old.sound:
        yield _report_level(document, body, old.body, need, told, lessons)


def _find_silent_sections(
    path: str, policy: Policy, old: Policy, refer: Callable[[Target], str], is_whole: bool
) -> Iterator[Fault]:
    """Of an older state that `is_whole`, every section is known; otherwise some were left out for format errors."""
    told = {section for _, section, _ in recorded(policy) - recorded(old)}
    silent = rewritten_sections(policy, old, refer) - told
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


def _report_level(
    document: Document, body: Historied, old: Header, need: Need, told: list[Told], lessons: list[Lesson]
) -> Fault:
    """The version was raised, and less than the gravest change needs."""
    found = [one.rewording for one in told if one.lesson.level == need.level]
    lesson = next(one for one in lessons if one.level == need.level)
    what = _describe(body, found[0]) if found else f"`{lesson.part or body.id}`: {lesson.what}"
    message = f"version {need.version} is too small a step from {old.version} for a {need.level} change: {what}"
    hint = f'{CHANGES[need.level]}: write `version: "{need.least}"`, here and in the newest entry of `history`'
    if isinstance(body, Macro) and any(one.of == body.version for one in body.translations.values()):
        hint += f', and `of: "{need.least}"` in the translations that say the same'
    related = [Related(one.spot(document.path), _describe(body, one)) for one in found[:SHOWN]]
    return Fault(Spot(document.path, ("version",)), message, hint, tuple(related))


def _report_rewordings(document: Document, body: Historied, old: Header, found: list[Rewording], need: Need) -> Fault:
    """One fault for a document, at its first change."""
    first, *rest = found
    behind = _list_behind(body, found)
    message = f"{_describe(body, first)}, but {_explain(body, old)}{_mention_behind(behind)}"
    related = [Related(one.spot(document.path), _describe(body, one)) for one in rest[:SHOWN]]
    if len(rest) > SHOWN:
        message += f" (and {count(len(rest) - SHOWN, 'more change')})"
    related += [Related(Spot(document.path, (*TRANSLATIONS, name, "text")), "still says the old") for name in behind]
    hint = _suggest_record(body, old, behind, _list_parts(body, found), need.least)
    return Fault(first.spot(document.path), message, hint, tuple(related))


def _explain(body: Header, old: Header) -> str:
    if order(body.version) > order(old.version):
        return "the history does not say so"
    is_lower = order(body.version) < order(old.version)
    return f"the version went back from {old.version}" if is_lower else f"the version is still {body.version}"


def _list_parts(body: Historied, found: list[Rewording]) -> str:
    """The parts that have changed, as an entry of the history names them; empty where it is none, or many."""
    parts = {} if isinstance(body, Macro) else body.parts()
    names = [name for name in parts if any(Header.part_at(body, one.keys) == name for one in found)]
    is_whole = any(Header.part_at(body, one.keys) not in parts for one in found)
    return f", parts: [{', '.join(names)}]" if names and not is_whole and len(names) <= MOST_PARTS else ""


def _suggest_record(body: Historied, old: Header, behind: list[str], parts: str, least: str) -> str:
    """What to write: the version, its entry in the history, and which version the translations translate."""
    noted = max((entry.version for entry in body.history), key=order, default=old.version)
    enough = [version for version in (body.version, noted) if order(version) >= order(least)]
    following = enough[0] if enough else least
    edits = [] if body.version == following else [f'write `version: "{following}"`']
    is_noted = any(entry.version == following for entry in body.history)
    edits += [] if is_noted else [f'add `{{version: "{following}", on: ..., note: ...{parts}}}` to `history`']
    hint = ", and ".join(edits)
    if behind:
        return f'{hint}; then bring {" and ".join(behind)} up to date and write `of: "{following}"` there'
    if isinstance(body, Macro) and body.translations:
        return f'{hint}; write `of: "{following}"` in the translations that say the same'
    return hint


def _mention_behind(behind: list[str]) -> str:
    if not behind:
        return ""
    return f"; the {' and '.join(behind)} {'texts still say' if len(behind) > 1 else 'text still says'} the old"


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
