"""A small knowledge base that is sound on TODAY: one document of each type, linked to each other."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from generator.documents.target import Target
from generator.documents.text.prose import encode
from generator.files.tree import Folder
from generator.pipeline import Judgement, gather, run

TODAY = date(2026, 11, 23)
AS_OF = TODAY.isoformat()
LIBRARY_DAY = date(2026, 11, 28)  # on which all of the starter library is fresh, and nothing of it lies ahead
STARTER = Path(__file__).parents[1]

ORGANISATION = "Example Platform"  # whose knowledge base it is
VOCABULARY = """\
organisation: Example Platform
audiences:
  public: {name: Public}
  vendor: {name: Vendor}
  internal: {name: Internal}
teams:
  support: {name: Support, audience: vendor}
  policy: {name: Policy, audience: public}
  legal: {name: Legal}
queues:
  accounts: {name: Accounts, team: support, audience: vendor, order: [restore-account]}
severities:
  S1: {name: Severe}
  S2: {name: Moderate}
locales:
  en: {name: English}
  es: {name: Español}
vendors:
  acme: {name: Acme Support, audience: vendor}
jurisdictions:
  eu: {name: European Union}
channels:
  email: {name: E-mail}
enforcement_actions:
  account-lock: {name: Account locked}
content_warnings:
  violence: {name: Violence}
"""

SOP = """\
id: restore-account
title: Restore a taken-over account
version: "2.1"
status: active
owner: support
audience: vendor
queue: accounts
severity: S1
reviewed: 2026-10-02
review_by: 2027-04-02
summary: Somebody else is in the account of a member who writes to us.
formerly: [account-recovery]
trigger: A member says that they have lost their account.
escalation: {to: support, when: [The member is in danger.]}
steps:
  - id: verify
    title: Verify who is writing
    text: |
      Decide with [[account-takeover]], on the ground of
      [[account-integrity#ownership@3.0]].
    tree: account-takeover
    cites: [account-integrity#ownership@3.0]
  - id: answer
    title: Answer the member
    text: Send [[account-restored|the reply]].
    macro: account-restored
    internal_note: Legal reads along.
quality:
  - {criterion: Identity proven before any change, weight: 3, critical: true}
history:
  - {version: "2.1", on: 2026-10-02, note: Added the reply.}
"""

MACRO = """\
id: account-restored
title: Account restored
version: "1.2"
status: active
owner: support
audience: vendor
queue: accounts
summary: Tells the member that the account is theirs again.
channel: email
locale: en
variables:
  name: {label: Member's name, example: Sam, fallback: there}
  deadline: {label: Answer by, type: date, example: 2026-12-01}
text: |
  Hi {{ name }},

  Your account is yours again. Please answer by {{ deadline }}.
translations:
  es: {of: "1.2", variables: {name: {fallback: amigo}}, text: "Hola {{ name }}: responda antes del {{ deadline }}."}
actions:
  - {set: status, to: pending}
cites: [account-integrity#ownership@3.1]
"""

TREE = """\
id: account-takeover
title: Is it a takeover?
version: "1.0"
status: active
owner: support
audience: vendor
queue: accounts
summary: Decides whether an account is in somebody else's hands.
start: signal
questions:
  signal:
    ask: Did the member lose access?
    answers:
      "yes": {label: "Yes", go: lock}
      otherwise: {label: Anything else, go: leave}
outcomes:
  lock:
    decision: Lock the account
    action: account-lock
    sop: restore-account#answer
    macro: account-restored
    cites: [account-integrity#ownership@3.0]
  leave:
    decision: Nothing to do
cases:
  - id: lost-access
    scenario: A member cannot log in any more.
    answers: ["yes"]
    outcome: lock
    why: Access is gone.
    critical: true
  - {id: curious, scenario: A member asks how to log out., answers: [otherwise], outcome: leave, why: Access is there.}
"""

# The same decision as a table, to be laid over the tree.
TABLE = """\
id: account-takeover
title: How urgent is it?
version: "1.0"
status: active
owner: support
audience: vendor
summary: Sorts by harm and reach.
inputs:
  harm: {ask: How bad is it?, values: {low: {label: Hardly}, high: {label: Badly}}}
  reach:
    ask: How many are hit?
    help: Count accounts.
    values: {one: {label: One}, few: {label: A few}, many: {label: Many}}
rows:
  - {when: {harm: low, reach: many}, then: today}
  - {when: {harm: high, reach: [few, many]}, then: now}
  - {when: {harm: high, reach: one}, then: today}
  - {when: {harm: low, reach: [one, few]}, then: later}
outcomes:
  now: {decision: Act now}
  today: {decision: Act today}
  later: {decision: Act this week}
cases:
  - {id: wave, scenario: A wave., answers: [high, many], outcome: now, why: It spreads.}
  - {id: single, scenario: One., answers: [high, one], outcome: today, why: It hurts.}
  - {id: nothing, scenario: Nothing., answers: [low, one], outcome: later, why: It waits.}
"""

POLICY = """\
id: account-integrity
title: Account integrity
version: "3.1"
effective: 2026-09-01
status: active
owner: policy
audience: public
summary: An account belongs to the person who made it.
sections:
  - id: ownership
    number: "1"
    title: Ownership
    revised: "3.0"
    text: An account has one owner.
history:
  - version: "3.1"
    effective: 2026-09-01
    changes: [{section: ownership, kind: clarified, note: Shorter words.}]
  - version: "3.0"
    effective: 2026-01-01
    changes: [{section: ownership, kind: added}]
"""

PAGE = """\
---
title: Welcome
owner: support
audience: vendor
summary: Where to begin.
---

## First steps

Begin with [[restore-account]], then read [the first steps](#first-steps).
"""

PACK = """\
id: acme-accounts
title: Account security for Acme
version: "1.0"
status: active
owner: support
audience: vendor
summary: What an agent of Acme needs to know.
vendor: acme
modules:
  - title: Recognise and restore
    documents: [account-takeover, restore-account]
  - title: Also referred to
    select: {referred: true}
pass_mark: 80
recertify_after: 180d
formats: [site]
"""

FILES = {
    "content/vocabulary.yaml": VOCABULARY,
    "content/policies/account-integrity.yaml": POLICY,
    "content/packs/acme-accounts.yaml": PACK,
    "content/pages/welcome.md": PAGE,
    "decision_trees/account-takeover.yaml": TREE,
    "macros/account-restored.yaml": MACRO,
    "sops/restore-account.yaml": SOP,
}

Changes = Mapping[str, str | bytes | None]


def put(root: Path, files: Changes) -> Path:
    """Writes files below a folder; None takes one away."""
    for path, content in files.items():
        place = root / path
        if content is None:
            place.unlink(missing_ok=True)
        else:
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(content.encode() if isinstance(content, str) else content)
    return root


def write(root: Path, changes: Changes | None = None) -> Path:
    """Writes the knowledge base with other files laid over it; None leaves a file out."""
    return put(root, {**FILES, **(changes or {})})


def scenario_of(path: Path) -> Any:
    """What a file of YAML holds, read by libyaml where it is there: each worker reads all scenarios."""
    return yaml.load(path.read_text(encoding="utf-8"), getattr(yaml, "CSafeLoader", yaml.SafeLoader))


def day_of(root: Path) -> date:
    """The day on which a knowledge base is judged: the starter library and its copies have a later one."""
    vocabulary = root / "content/vocabulary.yaml"
    is_starter = vocabulary.is_file() and b"organisation: Lumen Harbor" in vocabulary.read_bytes()
    return LIBRARY_DAY if is_starter else TODAY


def copy_starter(root: Path) -> Path:
    """Copies the starter library and its settings into a folder."""
    for folder in ("content", "decision_trees", "macros", "sops"):
        shutil.copytree(STARTER / folder, root / folder)
    shutil.copy(STARTER / "mkdocs.yml", root)
    return root


def swapped(path: str, old: str, new: str) -> dict[str, str]:
    """One file of the knowledge base with a stretch of its text exchanged, which must appear once in it."""
    assert FILES[path].count(old) == 1, f"{path} holds {old!r} {FILES[path].count(old)} times"
    return {path: FILES[path].replace(old, new)}


def edit(root: Path, path: str, old: str, new: str) -> None:
    """Exchanges a stretch in a file below a folder, the first of several."""
    text = (root / path).read_bytes().decode()
    assert old in text, f"{path} does not have {old!r}"
    put(root, {path: text.replace(old, new, 1)})


def snapshot(root: Path) -> dict[str, Any]:
    """Everything below a folder, by its path: the content of a file, where a link leads, None for a folder."""
    return {
        path.relative_to(root).as_posix(): str(path.readlink())
        if path.is_symlink()
        else path.read_bytes()
        if path.is_file()
        else None
        for path in sorted(root.rglob("*"))
    }


def stamps(root: Path) -> dict[str, Any]:
    """Kind, size and time of writing of everything below a folder: even the same bytes written again change it."""
    found = {path.relative_to(root).as_posix(): path.lstat() for path in sorted(root.rglob("*"))}
    return {path: (status.st_mode, status.st_size, status.st_mtime_ns) for path, status in found.items()}


def check(root: Path, today: date = TODAY, before: Path | None = None) -> Judgement:
    """The outcome for the knowledge base in a folder; `before` is a folder that has it as it once was."""
    past = gather(Folder(before), today)[0] if before else None
    return run(Folder(root), today, before=past)


class AsIs:
    """A page on which every link leads where it says, and a reference is its words."""

    def refer(self, target: Target, words: str | None) -> str:
        return encode(words or target.text)

    def resolve(self, address: str) -> str | None:
        return address
