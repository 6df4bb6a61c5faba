"""`playbook new`, in every vocabulary that a team may write: what it makes passes `check` as it is."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from conftest import Play
from knowledge import put, snapshot

from generator.documents import kinds

FORMS = [form for kind in kinds().values() for form in kind.scaffolds]
BARE = "organisation: X\naudiences: {internal: {name: Internal}}\nteams: {all: {name: All}}\n"
OUTSIDE = "organisation: X\naudiences: {readers: {name: R}, internal: {name: I}}\nvendors: {acme: {name: A}}\n"
VOCABULARIES = {
    "nothing but what must be there": BARE,
    "a vendor, and neither queues nor languages": f"{OUTSIDE}teams: {{all: {{name: All}}}}\n",
    "one language, which is not English": f"{OUTSIDE}teams: {{all: {{name: All}}}}\nlocales: {{de: {{name: D}}}}\n",
    "no language is listed": f"{BARE}locales: {{}}\nchannels: {{}}\nqueues: {{}}\n",
    "words that YAML takes for something else": """\
organisation: 007
audiences: {1e3: {name: 1}, internal: {name: Internal}}
teams: {no: {name: no}, 007: {name: James, audience: 1e3}}
queues: {1e3: {name: 0x10, team: 007, audience: 1e3}}
severities: {0: {name: Zero}, null: {name: One}}
locales: {no: {name: Norsk}}
vendors: {true: {name: Yes, audience: 1e3}}
channels: {on: {name: off}}
""",
    "words that are not for everybody": """\
organisation: X
audiences: {everyone: {name: E}, partner: {name: P}, internal: {name: I}, locked: {name: L}}
teams: {secret: {name: S, audience: locked}, open: {name: O, audience: everyone}}
queues: {hidden: {name: H, team: secret, audience: locked}, seen: {name: S, team: open, audience: partner}}
severities: {high: {name: High}, low: {name: Low}}
vendors: {unseen: {name: U}, seen: {name: S, audience: partner}}
locales: {fr: {name: F, required: true}, ja: {name: J, required: true}}
hosts: [example.org]
""",
    "a team that sleeps at night, and a channel for few words": """\
organisation: X
audiences: {internal: {name: I}}
teams: {day: {name: Day, open: [mon-fri 09:00-17:00]}}
queues: {all: {name: All, team: day}}
severities: {S0: {name: Zero, first_response: 15m, resolution: 1h, page_first: true}}
channels: {sms: {name: SMS, max_length: 20}}
""",
}
# What a type cannot do without, where the vocabulary has none.
LACKING = {
    ("pack", vocabulary): "this is for a vendor, and content/vocabulary.yaml has none: add `vendors: {acme: {name: Ac"
    for vocabulary, text in VOCABULARIES.items()
    if "vendors" not in text
}


@pytest.mark.parametrize("vocabulary", VOCABULARIES)
def test_what_is_new_passes_in_any_vocabulary(vocabulary: str, tmp_path: Path, play: Play) -> None:
    base = put(tmp_path, {"content/vocabulary.yaml": VOCABULARIES[vocabulary]})
    number = 0
    for form in FORMS:
        for name in (f"{form.replace('_', '-')}-one", f"{form.replace('_', '-')}-two"):
            before, made = snapshot(base), play(base, "new", form, name)
            if (form, vocabulary) in LACKING:
                assert (made.exit_code, LACKING[form, vocabulary] in made.output) == (1, True), made.output
                assert snapshot(base) == before
            else:
                assert made.exit_code == 0, made.output
                number += 1
    for form, name in zip(FORMS, ("no", "007", "1e3", "null", "2026-01-01", "on", "true"), strict=False):
        if (form, vocabulary) not in LACKING:
            assert play(base, "new", form, name).exit_code == 0
            number += 1
    told = json.loads(play(base, "check", "--format", "json").stdout)
    assert [(one["path"], one["message"]) for one in told["findings"]] == []
    assert len(list(base.rglob("*.yaml"))) + len(list(base.rglob("*.md"))) == number + 1


def test_a_pack_needs_readers_outside(tmp_path: Path, play: Play) -> None:
    base = put(tmp_path, {"content/vocabulary.yaml": f"{BARE}vendors: {{acme: {{name: Acme}}}}\n"})
    made = play(base, "new", "pack", "first-line")
    assert made.exit_code == 1
    assert "has no audience below `internal`: write `vendor: {name: Vendor}` above `internal`" in made.output
    put(base, {"content/vocabulary.yaml": f"{OUTSIDE}teams: {{all: {{name: All}}}}\n"})
    assert play(base, "new", "pack", "first-line").exit_code == 0


def test_words_of_a_scaffold_are_read_alike_by_every_program(tmp_path: Path, play: Play) -> None:
    """`no` without quotes is false to an editor, and 1e3 a thousand."""
    base = put(tmp_path, {"content/vocabulary.yaml": VOCABULARIES["words that YAML takes for something else"]})
    play(base, "new", "sop", "007")
    text = (base / "sops/007.yaml").read_text(encoding="utf-8")
    for line in ('id: "007"', 'title: "007"', 'owner: "no"', 'queue: "1e3"', 'severity: "null"', '  to: "no"'):
        assert f"\n{line}\n" in f"\n{text}", text
