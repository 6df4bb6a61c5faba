"""The search from the outside: by the command line, in the files of a site, and as records for a cluster."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from conftest import Lay, Play, output_of
from knowledge import FILES, LIBRARY_DAY, SOP, STARTER, TODAY, VOCABULARY, swapped

from generator.checks.unfindable_symptom import CHECKED
from generator.documents.text.search_key import search_key
from generator.files.tree import Folder
from generator.library.library import Library
from generator.pipeline import gather
from generator.publishing.search.engine import SearchEngine
from generator.publishing.search.index import open_search, search_files

ENDING = """
import atexit, threading
atexit.register(lambda: print([thread.name for thread in threading.enumerate()]))
from generator.publishing.search.engine import SearchEngine
settings = {"synonyms": {}, "dangers": [], "facets": {}, "otherwise": [], "whom": "", "ids": ""}
kept = SearchEngine([], settings)
"""
MARK = "zyx-planted-mark"
KEYS = [
    "E-mail",
    "don't",
    "user_id",
    "Ｐａｙ",
    "ÉTÉ",
    "Straße",
    "a\u200bb",
    "x#y-z",
    '"Charged" -twice!',
    "アカウント",
    "🤷",
    "ﬁne",
    "İ",
    "٣ days",
]


@pytest.fixture(scope="module")
def starter() -> Library:
    return gather(Folder(STARTER), LIBRARY_DAY)[0].for_audience("restricted")


@pytest.fixture(scope="module")
def engine(starter: Library) -> SearchEngine:
    return open_search(starter)


def names(library: Library) -> list[tuple[str, str, str]]:
    """Each symptom, alias and former id with its field and document."""
    return [
        (document.id, field, text)
        for document in library.documents
        for field in CHECKED
        for text in getattr(document.body, field)
    ]


# -- one implementation, and the one thing that has two


def test_the_check_and_the_search_hold_the_same_texts_for_one(starter: Library, engine: SearchEngine) -> None:
    texts = [*KEYS, *(text for _, _, text in names(starter))]
    theirs = json.loads(engine.run(f"JSON.stringify({json.dumps(texts)}.map(playbook.searchWords.key))"))
    assert [search_key(text) for text in texts] == theirs


def test_an_engine_that_somebody_keeps_does_not_keep_python_from_ending() -> None:
    done = subprocess.run([sys.executable, "-c", ENDING], capture_output=True, text=True, timeout=60, check=True)
    assert done.stdout.strip() == "['MainThread']", "one in ten processes never ended on a busy machine"


def test_what_a_document_is_called_finds_it_among_the_first_three(starter: Library, engine: SearchEngine) -> None:
    """Half of them: there are two thousand."""
    wanted = names(starter)[::2]
    assert len(wanted) > 400
    missing, first = [], 0
    for (name, field, text), answer in zip(wanted, engine.ask([text for *_, text in wanted], limit=10), strict=True):
        found = [hit["id"] for hit in answer["hits"] if not hit["danger"]][:3]
        danger = [hit["id"] for hit in answer["hits"] if hit["danger"]]
        first += name in found[:1] or name in danger
        if name not in found and name not in danger:
            missing.append((name, field, text, found))
    assert not missing
    assert first / len(wanted) >= 0.97


def test_ids_and_parts_open_what_they_name(starter: Library, engine: SearchEngine) -> None:
    targets = [f"{one.id}#{part}" for one in starter.documents for part in one.body.parts()][::4]
    ids = [one.id for one in starter.documents]
    for text, answer in zip([*ids, *targets], engine.ask([*ids, *targets], limit=10), strict=True):
        hit = next(hit for hit in answer["hits"] if not hit["danger"])
        assert text in (hit["id"], f"{hit['id']}#{hit['part']}"), text


# -- the command


@pytest.mark.parametrize("text", ["account hacked", "restore-account#verify", "I want to die", "日本語", "log-in"])
def test_a_reader_who_sees_no_document_yet_is_told_that_nothing_answers(text: str, base: Path, play: Play) -> None:
    for path in FILES:
        if path != "content/vocabulary.yaml":
            (base / path).unlink()
    result = play(base, "search", text)
    assert (result.exit_code, result.output) == (1, "Nothing here clearly answers this.\n")


def test_the_command_shows_the_procedure_its_reason_and_its_file(play: Play) -> None:
    result = play(STARTER, "search", "my", "account", "was", "hacked")
    assert result.exit_code == 0
    first = result.output.splitlines()[:3]
    assert "SOP: Restore a taken-over account  [restore-account]" in first[0]
    assert "sign: my account was hacked" in first[1]
    assert first[2].strip() == "sops/restore-account.yaml"


def test_danger_is_told_first(play: Play) -> None:
    output = play(STARTER, "search", "my charge is wrong and I want to kill myself").output
    assert output.startswith("Somebody may be in danger. This comes first.\n!")
    assert "[crisis-contact]" in output.splitlines()[1]


def test_a_message_comes_by_standard_input(play: Play) -> None:
    result = play(STARTER, "search", "-", "--format", "json", typed="Hello,\r\nI was charged twice this month.\r\n")
    found = json.loads(result.output)
    assert found["version"] == 1
    assert found["results"][0]["id"] == "chargeback-dispute"


REFUSED = [
    (("search",), 2, "say what to look for"),
    (("search", "  "), 2, "say what to look for"),
    (("search", "refund", "--audience", "vendors"), 2, "did you mean `vendor`?"),
    (("search", "zebra lampshade quartz"), 1, "Nothing here clearly answers this."),
]


@pytest.mark.parametrize(("words", "code", "said"), REFUSED)
def test_what_cannot_be_answered_is_said(words: tuple[str, ...], code: int, said: str, play: Play) -> None:
    result = play(STARTER, *words)
    assert result.exit_code == code
    assert said in result.output


def test_a_vocabulary_that_cannot_be_read_is_one_line(lay: Lay, play: Play) -> None:
    result = play(lay({"content/vocabulary.yaml": "organisation: [\n"}), "search", "refund")
    assert result.exit_code == 1
    assert "run `playbook check`" in result.output


def test_nothing_found_names_the_procedure_and_whom_to_ask(lay: Lay, play: Play) -> None:
    lost = "nothing_found:\n  - {audience: vendor, first: [restore-account], ask: support}\n"
    base = lay({"content/vocabulary.yaml": VOCABULARY + lost})
    for audience, is_told in (("vendor", True), ("internal", True), ("public", False)):
        output = play(base, "search", "zebra", "--audience", audience).output
        assert ("If no procedure fits: Restore" in output) == is_told, audience


# -- the files of a site


def test_a_reader_finds_nothing_in_the_index_of_what_others_may_see(lay: Lay, play: Play) -> None:
    hidden = f'phrases: {{en: ["{MARK}1"]}}\nsymptoms: ["{MARK}2"]\naliases: ["{MARK}3"]\n'
    internal = SOP.replace("id: restore-account", "id: inside").replace("audience: vendor\n", hidden)
    internal = internal.replace("title: Restore a taken-over account", f"title: {MARK}4").replace(
        "Lock", f"{MARK}5 lock"
    )
    vocabulary = VOCABULARY + (
        f'dangers:\n  seen: {{name: {MARK}6, audience: internal, first: [inside], phrases: {{en: ["{MARK}7"]}}}}\n'
        f"nothing_found:\n  - {{audience: internal, first: [inside], ask: legal}}\n"
    )
    base = lay({"sops/inside.yaml": internal, "content/vocabulary.yaml": vocabulary})
    shutil.copy(STARTER / "mkdocs.yml", base)
    for audience, is_there in (("internal", True), ("vendor", False), ("public", False)):
        output_of(base, "build", "--audience", audience, "--allow-errors")
        pieces = [path.read_text(encoding="utf-8") for path in (base / "site/search").rglob("*.js")]
        assert len(pieces) > 3
        assert any(MARK in text for text in pieces) == is_there, audience
        assert any("inside" in text for text in pieces) == is_there, audience


def test_a_pack_has_a_search_of_its_own_documents(starter_pack: Path) -> None:
    index = (starter_pack / "search/index.js").read_text(encoding="utf-8")
    cards = [path.read_text(encoding="utf-8") for path in starter_pack.glob("search/*/d*.js")]
    assert '"ids":"ids.html"' in index
    assert any('"address":"sops/data-access-request.html"' in card for card in cards)
    assert not any("bulk-enforcement-run" in card for card in cards)


def test_one_library_has_one_index(starter: Library) -> None:
    assert search_files(starter, is_flat=False) == search_files(starter, is_flat=False)


def test_what_authors_write_cannot_leave_the_index(lay: Lay) -> None:
    nasty = "</script><script>alert(1)</script> \u2028 \\u0022 ' \" `${x}` --> ]]> __proto__"
    base = lay(
        swapped("sops/restore-account.yaml", "title: Restore a taken-over account", f"title: {json.dumps(nasty)}")
    )
    library = gather(Folder(base), TODAY)[0].for_audience("internal")
    for path, text in search_files(library, is_flat=False).items():
        name, _, value = text.removeprefix("playbook.searchTake(").removesuffix(");\n").partition(",")
        assert json.loads(value) is not None, path
        assert json.loads(name) in path


# -- for machines


def read_records(place: Path) -> list[tuple[dict[str, Any], dict[str, Any]]]:
    lines = [json.loads(line) for line in place.read_text(encoding="utf-8").splitlines()]
    return list(zip(lines[::2], lines[1::2], strict=True))


def test_records_have_what_a_cluster_filters_by(base: Path, play: Play) -> None:
    result = play(base, "export", "records", "--index", "ops")
    assert result.exit_code == 0, result.output
    found = {action["index"]["_id"]: record for action, record in read_records(base / "dist/records.ndjson")}
    step = found["restore-account#verify"]
    assert {action["index"]["_index"] for action, _ in read_records(base / "dist/records.ndjson")} == {"ops"}
    assert (step["id"], step["part"], step["version"], step["audience"]) == (
        "restore-account",
        "verify",
        "2.1",
        "vendor",
    )
    assert step["valid_from"] <= "2026-11-23"
    assert len(step["hash"]) == 64
    assert play(base, "export", "records", "--index", "ops").exit_code == 0, "an export replaces an earlier one"


def test_records_obey_the_audience_and_replace_nothing_else(base: Path, play: Play) -> None:
    place = base / "mine.ndjson"
    place.write_text("mine\n")
    result = play(base, "export", "records", "--output", str(place))
    assert result.exit_code == 1
    assert "is not an export of this command" in result.output
    assert place.read_text() == "mine\n"
    place.unlink()
    assert play(base, "export", "records", "--output", str(place), "--audience", "public").exit_code == 0
    assert {record["audience"] for _, record in read_records(place)} == {"public"}


# -- what people searched for in vain


def test_searches_in_vain_become_a_list_for_authors(tmp_path: Path, play: Play) -> None:
    lines = [
        "2026-11-28\tnothing found\tmy bitcoin landlord zebra\r",
        "2026-11-28\tnothing found\tMy bitcoin, landlord zebra!\r",
        "2026-11-27\tnothing opened\tmy account was hacked\r",
        "quux flibber",
        "",
        "x" * 500,
    ]
    file = tmp_path / "missed.txt"
    file.write_text("\ufeff" + "\n".join(lines), encoding="utf-8")
    output = play(STARTER, "import", "queries", str(file)).output
    assert "- my bitcoin landlord zebra  # 2 times" in output
    assert "- my account was hacked  -> restore-account" in output
    assert "- quux flibber" in output
    assert output.splitlines()[-2:] == ["found by now: 1 of 3 searches", "1 line left out: too long to be a search"]


def test_an_empty_list_is_one_line(tmp_path: Path, play: Play) -> None:
    file = tmp_path / "missed.txt"
    file.write_text("\n\n")
    result = play(STARTER, "import", "queries", str(file))
    assert result.exit_code == 1
    assert "has no searches" in result.output
