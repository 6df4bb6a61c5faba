"""The audience fails closed: what is written wrongly is shown to nobody below, with --allow-errors too."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from conftest import Lay, Play
from knowledge import MACRO, PACK, PAGE, POLICY, SOP, TREE, VOCABULARY, check, swapped

from generator.publishing import BuildError
from generator.publishing.engines.settings import settings
from generator.publishing.packs import build as pack

ROOT = Path(__file__).parents[1]
PATH = "content/packs/acme-accounts.yaml"
MARK = "zqhidden"

# What somebody may write who means to hide something; `HERE` is indented as the keys beside it are.
WRONG = {
    "misspelt-key": "audiance: internal",
    "misspelt-word": "audience: intrenal",
    "other-case": "audience: Internal",
    "no-word": "audience:",
    "empty-word": 'audience: ""',
    "a-list": "audience: [internal]",
    "a-mapping": "audience: {internal: yes}",
    "twice": "audience: internal\nHEREaudience: vendor",
    "unknown-word": "audience: counsel",
    "a-note-misspelt": f"internal_notes: {MARK}",
    "a-note-in-capitals": f"Internal_Note: {MARK}",
    "a-note-as-a-list": f"internal_note: [{MARK}]",
}


def _without_former_id(text: str) -> str:
    return text.replace("formerly: [account-recovery]\n", "")


def _parts(number: int, wrong: str) -> dict[str, str]:
    """A document of each kind for vendors, with a part that holds the mark and is hidden wrongly."""
    inside = wrong.replace("HERE", "    ")
    part = f"  - id: {MARK}\n    title: {MARK}\n    text: {MARK}\n    {inside}\n"
    section = (
        f'  - id: {MARK}\n    number: "9"\n    title: {MARK}\n    revised: "3.0"\n    text: {MARK}\n    {inside}\n'
    )
    case = f"  - id: {MARK}\n    scenario: {MARK}\n    answers: [otherwise]\n    outcome: leave\n    why: {MARK}\n"
    entry = f'  - version: "2.0"\n    on: 2026-01-01\n    note: {MARK}\n    {inside}\n'
    return {
        f"sops/step-{number}.yaml": _without_former_id(SOP).replace("steps:\n", f"steps:\n{part}"),
        f"sops/entry-{number}.yaml": _without_former_id(SOP).replace("history:\n", f"history:\n{entry}"),
        f"content/policies/section-{number}.yaml": POLICY.replace("history:\n", f"{section}history:\n"),
        f"decision_trees/case-{number}.yaml": TREE.replace("cases:\n", f"cases:\n{case}    {inside}\n"),
    }


def _whole(number: int, wrong: str) -> dict[str, str]:
    """A document of each kind that holds the mark and is hidden wrongly."""
    line = wrong.replace("HERE", "")
    texts = {"sops": SOP, "macros": MACRO, "decision_trees": TREE, "content/policies": POLICY, "content/pages": PAGE}
    found = {}
    for folder, text in texts.items():
        hidden = _without_former_id(text).replace("summary: ", f"summary: {MARK} ")
        for audience in ("vendor", "public"):
            hidden = hidden.replace(f"audience: {audience}\n", f"{line}\n")
        found[f"{folder}/whole-{number}.{'md' if folder.endswith('pages') else 'yaml'}"] = hidden
    return found


def _named(files: dict[str, str]) -> dict[str, str]:
    """Documents with the ids that their files' names ask for."""
    found = {}
    for path, text in files.items():
        first, _, rest = text.partition("\n")
        found[path] = f"id: {Path(path).stem}\n{rest}" if first.startswith("id: ") else text
    return found


def test_what_is_hidden_wrongly_is_shown_to_nobody_outside(lay: Lay, play: Play) -> None:
    files: dict[str, str] = {}
    for number, wrong in enumerate(WRONG.values()):
        files |= _named(_parts(number, wrong)) | _named(_whole(number, wrong))
    base = lay(files)
    shutil.copy(ROOT / "mkdocs.yml", base)
    assert len(check(base).errors) >= len(files) * 0.8, "most of these must be mistakes at all"
    for audience in ("vendor", "public"):
        result = play(base, "build", "--audience", audience, "--allow-errors")
        assert result.exit_code == 0, result.output
        for path in (base / "site").rglob("*"):
            assert path.is_dir() or MARK.encode() not in path.read_bytes(), f"{audience} readers: {path.name}"


def test_a_section_that_is_hidden_is_hidden_in_every_language(lay: Lay, play: Play) -> None:
    section = f'  - {{id: {MARK}, number: "9", title: T, revised: "3.1", text: T., audience: internal}}\n'
    translation = f"""\
translations:
  es:
    of: "3.0"
    title: Integridad
    sections: {{ownership: {{title: Propiedad, text: Un dueño.}}, {MARK}: {{title: {MARK}, text: {MARK}.}}}}
"""
    policy = POLICY.replace("history:\n", f"{section}{translation}history:\n")
    policy = policy.replace("[{section: ownership", f"[{{section: {MARK}, kind: added}}, {{section: ownership", 1)
    base = lay({"content/policies/account-integrity.yaml": policy})
    shutil.copy(ROOT / "mkdocs.yml", base)
    assert not check(base).errors
    for audience, is_there in (("internal", True), ("vendor", False), ("public", False)):
        assert play(base, "build", "--audience", audience).exit_code == 0
        files = [path.read_bytes() for path in (base / "site").rglob("*") if path.is_file()]
        assert any(MARK.encode() in text for text in files) == is_there, audience
        assert any("Un dueño.".encode() in text for text in files), audience


@pytest.mark.parametrize("wrong", WRONG)
def test_a_team_that_is_hidden_wrongly_is_named_to_nobody_outside(wrong: str, lay: Lay, play: Play) -> None:
    line = WRONG[wrong].replace("HERE", "    ")
    base = lay(swapped("content/vocabulary.yaml", "teams:\n", f"teams:\n  {MARK}:\n    name: {MARK}\n    {line}\n"))
    shutil.copy(ROOT / "mkdocs.yml", base)
    result = play(base, "build", "--audience", "vendor", "--allow-errors")
    for path in (base / "site").rglob("*"):
        assert path.is_dir() or MARK.encode() not in path.read_bytes(), path.name
    assert result.exit_code == 0 or "fix the errors in content/vocabulary.yaml first" in result.output


# packs

WIDER = VOCABULARY.replace(
    "  internal: {name: Internal}\n", "  partner: {name: Partner}\n  internal: {name: Internal}\n"
)
UNNAMED = VOCABULARY.replace("{name: Acme Support, audience: vendor}", "{name: Acme Support}")
WIDE = {
    "no audience": (PACK.replace("audience: vendor\n", ""), VOCABULARY),
    "an empty audience": (PACK.replace("audience: vendor", "audience:"), VOCABULARY),
    "internal": (PACK.replace("audience: vendor", "audience: internal"), VOCABULARY),
    "internal, as the vendor's name is": (PACK.replace("audience: vendor", "audience: internal"), UNNAMED),
    "an audience that nobody knows": (PACK.replace("audience: vendor", "audience: vendr"), VOCABULARY),
    "above its vendor": (PACK.replace("audience: vendor", "audience: partner"), WIDER),
    "for a vendor that nobody knows": (PACK.replace("vendor: acme", "vendor: acmee"), VOCABULARY),
    "vendors behind the staff": (
        PACK,
        VOCABULARY.replace(
            "  vendor: {name: Vendor}\n  internal: {name: Internal}\n", "  internal: {name: I}\n  vendor: {name: V}\n"
        ),
    ),
}


@pytest.mark.parametrize("what", WIDE)
def test_a_pack_that_shows_too_much_is_not_built(what: str, lay: Lay, play: Play) -> None:
    text, vocabulary = WIDE[what]
    base = lay({PATH: text, "content/vocabulary.yaml": vocabulary})
    shutil.copy(ROOT / "mkdocs.yml", base)
    result = play(base, "pack", "build", "acme-accounts")
    assert result.exit_code == 1, result.output
    assert "error[" in result.output
    assert not (base / "dist").exists()


@pytest.mark.parametrize(
    "what", ["internal", "above its vendor", "an audience that nobody knows", "for a vendor that nobody knows"]
)
def test_a_pack_is_refused_whoever_asks_for_it(what: str, lay: Lay) -> None:
    """Nobody who ignores a finding, or builds without asking for findings, gets past it."""
    text, vocabulary = WIDE[what]
    library = check(lay({PATH: text, "content/vocabulary.yaml": vocabulary})).library
    with pytest.raises(BuildError, match="audience"):
        pack.build_pack(
            library, library.by_id["acme-accounts"], settings(ROOT), ROOT / "dist" / "never", lambda _: None
        )


def test_readers_of_an_unknown_audience_see_nothing(lay: Lay) -> None:
    library = check(lay({})).library
    assert library.documents
    assert library.for_audience("vendr").documents == ()


# what a site tells of mistakes that is built in spite of them

SECRET = {
    "sops/zqhidden-procedure.yaml": _without_former_id(SOP)
    .replace("id: restore-account", "id: zqhidden-procedure")
    .replace("audience: vendor", "audience: internal"),
    "sops/zqhidden-torn.yaml": "id: zqhidden-torn\ntitle: [\n",
    "sops/zqhidden-vendor-torn.yaml": "id: zqhidden-vendor-torn\naudience: vendor\ntitle: [\n",
    "sops/zqhidden-unsound.yaml": "id: zqhidden-unsound\naudience: vendor\ntitle: zqhidden\n",
    "content/vocabulary.yaml": VOCABULARY.replace("teams:\n", "teams:\n  zqhidden-team: {name: zqhidden}\n"),
}
# Shared texts with mistakes whose messages, hints and places would tell of what is hidden.
TELLING = {
    "a hint that names an internal document": ("Decide with [[account-takeover]]", "See [[zqhidden-procedur|words]]"),
    "a reference to an internal document": ("Decide with [[account-takeover]]", "See [[zqhidden-procedure|words]]"),
    "a reference without words": ("text: Send [[account-restored|the reply]].", "text: See [[zqhidden-procedure]]."),
    "a reference to an internal part": (
        "Decide with [[account-takeover]]",
        "See [[restore-account#zqhidden-step|words]]",
    ),
    "an owner that is an internal team": ("owner: support", "owner: zqhidden-team"),
    "a team to escalate to": ("escalation: {to: support", "escalation: {to: zqhidden-team"),
    "a macro that is no macro": ("macro: account-restored", "macro: zqhidden-procedure"),
    "a tree that is no tree": ("tree: account-takeover", "tree: zqhidden-procedure"),
    "a citation of an internal document": (
        "cites: [account-integrity#ownership@3.0]",
        'cites: ["zqhidden-procedure@3.0"]',
    ),
    "what replaces it": ("summary: ", "superseded_by: zqhidden-procedure\nsummary: "),
    "a link to an internal document": ("Decide with [[account-takeover]]", "[words](../sops/zqhidden-procedure.md)"),
    "a definition of a link": ("Decide with [[account-takeover]]", "[a]\n\n      [a]: ../sops/zqhidden.md\n\n      So"),
    "a picture of an internal page": ("Decide with [[account-takeover]]", "![words](zqhidden.png)"),
}
INSIDE = "  - {id: zqhidden-step, title: T, text: 'See [[zqhidden-nowhere]].', audience: internal}\n"


def _texts(base: Path) -> dict[str, str]:
    """The pages and data of a site by path."""
    kinds = (".html", ".json", ".xml")
    found = {path.relative_to(base / "site").as_posix(): path for path in (base / "site").rglob("*")}
    return {name: path.read_text(encoding="utf-8") for name, path in found.items() if path.suffix in kinds}


def _secretly(lay: Lay, sop: str) -> Path:
    base = lay(SECRET | {"sops/restore-account.yaml": sop.replace("steps:\n", f"steps:\n{INSIDE}")})
    shutil.copy(ROOT / "mkdocs.yml", base)
    return base


@pytest.mark.parametrize("what", TELLING)
def test_a_page_for_vendors_says_that_it_has_mistakes_and_nothing_of_them(what: str, lay: Lay, play: Play) -> None:
    old, new = TELLING[what]
    assert old in SOP
    base = _secretly(lay, SOP.replace(old, new))
    result = play(base, "build", "--audience", "vendor", "--allow-errors")
    assert result.exit_code == 0, result.output
    texts = _texts(base)
    shown = texts["sops/restore-account/index.html"]
    assert "This page has mistakes" in shown
    for place in ("restore-account.yaml", "broken-reference", "hidden-target", "finding"):
        assert place not in shown, place
    leaking = [name for name, text in texts.items() if "zqhidden" in name + text]
    assert not leaking, f"{leaking} tell of what is hidden"


def test_a_mistake_in_what_is_hidden_leaves_no_word_on_the_page(lay: Lay, play: Play) -> None:
    base = _secretly(lay, SOP)
    assert play(base, "check").exit_code == 1
    assert play(base, "build", "--audience", "vendor", "--allow-errors").exit_code == 0
    with_mistakes = _texts(base)
    shutil.rmtree(base)
    clean = lay(dict.fromkeys(SECRET) | {"sops/restore-account.yaml": SOP, "content/vocabulary.yaml": VOCABULARY})
    shutil.copy(ROOT / "mkdocs.yml", clean)
    assert play(clean, "build", "--audience", "vendor").exit_code == 0
    assert with_mistakes == _texts(clean)


def test_your_own_staff_read_what_is_wrong_but_not_what_is_above_them(lay: Lay, play: Play) -> None:
    above = VOCABULARY.replace("  internal: {name: Internal}\n", "  internal: {name: Internal}\n  top: {name: Top}\n")
    files = {
        "content/vocabulary.yaml": above,
        "sops/zqhidden-procedure.yaml": SECRET["sops/zqhidden-procedure.yaml"].replace(
            "audience: internal", "audience: top"
        ),
        "sops/zqhidden-torn.yaml": "id: zqhidden-torn\naudiance: top\ntitle: [\n",
        "sops/staff-torn.yaml": "id: staff-torn\ntitle: [\n",
        "sops/restore-account.yaml": SOP.replace(
            "Decide with [[account-takeover]]", "[[zqhidden-procedur|a]] [[nowher|b]]"
        ),
    }
    base = lay(files)
    shutil.copy(ROOT / "mkdocs.yml", base)
    assert play(base, "build", "--allow-errors").exit_code == 0
    texts = _texts(base)
    assert "no document has the id" in texts["sops/restore-account/index.html"]
    assert "nowher" in texts["sops/restore-account/index.html"]
    assert "sops/staff-torn/index.html" in texts
    assert [
        name for name, text in texts.items() if "zqhidden-procedure" in text or "zqhidden-torn" in name + text
    ] == []


def test_a_new_pack_is_for_the_readers_that_its_vendor_belongs_to(lay: Lay, play: Play) -> None:
    partners = VOCABULARY.replace("audience: vendor}\njurisdictions", "audience: partner}\njurisdictions")
    base = lay(
        {"content/vocabulary.yaml": partners.replace("  internal: {", "  partner: {name: Partner}\n  internal: {")}
    )
    assert play(base, "new", "pack", "brand-new").exit_code == 0
    assert "\naudience: partner\n" in (base / "content/packs/brand-new.yaml").read_text(encoding="utf-8")
    assert play(base, "check").exit_code == 0


def test_what_rests_on_a_policy_is_told_beside_a_vocabulary_that_is_wrong(lay: Lay, play: Play) -> None:
    result = play(lay({"content/vocabulary.yaml": WIDE["vendors behind the staff"][1]}), "impact", "account-integrity")
    assert (result.exit_code, "restore-account" in result.output) == (0, True), result.output


def test_a_queue_lists_for_each_reader_what_they_may_see(lay: Lay, play: Play) -> None:
    """An order that vendors see could not list what only staff do: the way out was to show it to vendors."""
    changes = swapped("content/vocabulary.yaml", "order: [restore-account]", "order: [for-staff, restore-account]")
    staff = _without_former_id(SOP).replace("id: restore-account", f"id: for-staff\naliases: [{MARK}]")
    base = lay({**changes, "sops/for-staff.yaml": staff.replace("audience: vendor\n", "")})
    shutil.copy(ROOT / "mkdocs.yml", base)
    assert play(base, "check").exit_code == 0
    assert "for-staff" not in play(base, "check").output
    for reader, is_there in (("internal", True), ("vendor", False)):
        assert play(base, "build", "--audience", reader).exit_code == 0
        pages = [
            path.read_text(encoding="utf-8", errors="ignore") for path in (base / "site").rglob("*") if path.is_file()
        ]
        assert any("for-staff" in page for page in pages) == is_there, reader
        queue = (base / "site/queues/accounts/index.html").read_text(encoding="utf-8")
        assert ("for-staff" in queue, "restore-account" in queue) == (is_there, True)
