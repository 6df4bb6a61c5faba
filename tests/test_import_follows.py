"""Imports that are run again and again: a source that was renamed is followed, one that is gone is named."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import yaml
from conftest import Lay, Play, run_command
from knowledge import AS_OF, check, put
from repository import commit, git
from test_import_tables import a_table

REFUNDS = "# Refunds\n\n## When\n\nWithin {}.\n\n## How\n\nWrite to the desk, and name the order and the day.\n"
PRIVACY = "# Privacy\n\n## What\n\nWe keep your address for as long as the law demands.\n"
WEEK, MONTH = REFUNDS.format("a week"), REFUNDS.format("a month")
OTHERS = "content/policies/account-integrity.yaml"


class Step(NamedTuple):
    """What happens to a folder: files that come, change or go (None), and another place for the whole folder."""

    files: dict[str, str | None]
    moved: str = ""


class Told(NamedTuple):
    """What is there after the second import: the policies with their source and number of versions, and its words."""

    policies: dict[str, tuple[str, int]]
    words: tuple[str, ...] = ()


RENAMED = "a file with another name than before, followed in content/policies/refunds.yaml"
GONE = "content/policies/refunds.yaml stays active, but its source refunds.md is gone: write `status: retired`"
# The files at first, what happens before the second import (a commit each), and what comes of it.
LIVES: dict[str, tuple[dict[str, str], list[Step], Told]] = {
    "renamed": (
        {"refunds.md": WEEK},
        [Step({"refunds.md": None, "refund.md": WEEK})],
        Told({"refunds": ("refund.md in docs/", 1)}, (RENAMED, "refunds.md in refund.md")),
    ),
    "renamed and changed": (
        {"refunds.md": WEEK},
        [Step({"refunds.md": None, "money/back.md": MONTH})],
        Told({"refunds": ("money/back.md in docs/", 2)}, (RENAMED,)),
    ),
    "renamed in letters alone": (
        {"refunds.md": WEEK},
        [Step({"refunds.md": None, "REFUNDS.markdown": WEEK})],
        Told({"refunds": ("REFUNDS.markdown in docs/", 1)}, (RENAMED,)),
    ),
    "two that change places in a folder": (
        {"a.md": WEEK, "b.md": PRIVACY},
        [Step({"a.md": None, "b.md": None, "c/a.md": WEEK, "c/b.md": PRIVACY})],
        Told({"a": ("c/a.md in docs/", 1), "b": ("c/b.md in docs/", 1)}),
    ),
    "renamed, and another has its name": (
        {"refunds.md": WEEK},
        [
            Step({"refunds.md": None, "refund-policy.md": WEEK}),
            Step({"refunds.md": "# Moved\n\nSee [there](refund-policy.md).\n"}),
        ],
        Told({"refunds": ("refund-policy.md in docs/", 1), "docs-refunds": ("refunds.md in docs/", 1)}, (RENAMED,)),
    ),
    "the whole folder has another name": (
        {"refunds.md": WEEK},
        [Step({}, moved="policies"), Step({"refunds.md": MONTH})],
        Told({"refunds": ("refunds.md in docs/", 2)}),
    ),
    "gone": (
        {"refunds.md": WEEK, "privacy.md": PRIVACY},
        [Step({"refunds.md": None})],
        Told({"refunds": ("refunds.md in docs/", 1), "privacy": ("privacy.md in docs/", 1)}, (GONE,)),
    ),
    "gone, and another comes": (
        {"refunds.md": WEEK},
        [Step({"refunds.md": None, "privacy.md": PRIVACY})],
        Told({"refunds": ("refunds.md in docs/", 1), "privacy": ("privacy.md in docs/", 1)}, (GONE,)),
    ),
    "empty": (
        {"refunds.md": WEEK, "privacy.md": PRIVACY},
        [Step({"refunds.md": ""})],
        Told(
            {"refunds": ("refunds.md in docs/", 1), "privacy": ("privacy.md in docs/", 1)},
            ("its source refunds.md has no text any more",),
        ),
    ),
}


def live(root: Path, step: Step, folder: Path) -> Path:
    """The folder after a step."""
    after = root / (step.moved or folder.name)
    if after != folder:
        folder.rename(after)
    put(after, step.files)
    return after


@pytest.mark.parametrize("has_git", [True, False], ids=["git", "no git"])
@pytest.mark.parametrize("life", LIVES)
def test_what_becomes_of_a_source(life: str, has_git: bool, base: Path, tmp_path: Path) -> None:
    first, steps, told = LIVES[life]
    root = tmp_path / "src"
    folder = put(root / "docs", first)
    days = iter(f"2026-0{number}-01" for number in range(1, 9))
    if has_git:
        commit(root, "first", next(days))
    assert bring(base, folder)[0] == 0
    for step in steps:
        folder = live(root, step, folder)
        if has_git:
            commit(root, "a step", next(days))

    code, output = bring(base, folder)
    assert code == 0, output
    assert found(base) == told.policies, output
    for words in told.words:
        assert words in output, life
    assert not check(base).errors
    assert "; 0 files written" in bring(base, folder)[1], "it is settled"


def bring(base: Path, folder: Path, *words: str) -> tuple[int, str]:
    result = run_command(base, "import", "policies", str(folder), "--as-of", AS_OF, *words)
    return result.exit_code, result.output


def found(base: Path) -> dict[str, tuple[str, int]]:
    """The imported policies by id: the source that the first line names, and the number of versions."""
    return {path.stem: read(path) for path in (base / "content/policies").glob("*.yaml") if base / OTHERS != path}


def read(path: Path) -> tuple[str, int]:
    text = path.read_text(encoding="utf-8")
    source = text.partition(";")[0].removeprefix("# Imported by playbook import policies from ")
    return source, len(yaml.safe_load(text)["history"])


def test_a_renamed_file_keeps_the_history_that_it_had_under_each_name(base: Path, tmp_path: Path) -> None:
    names = ["a.md", "b.md", "c/d.md"]
    for number, name in enumerate(names):
        put(tmp_path / "docs", dict.fromkeys(names) | {name: REFUNDS.format(f"{number + 1} days")})
        commit(tmp_path / "docs", name, f"2026-01-0{number + 1}")
    assert bring(base, tmp_path / "docs")[0] == 0
    one = yaml.safe_load((base / "content/policies/d.yaml").read_text(encoding="utf-8"))
    assert [(entry["version"], str(entry["effective"])) for entry in one["history"]] == [
        ("3.0", "2026-01-03"),
        ("2.0", "2026-01-02"),
        ("1.0", "2026-01-01"),
    ]


def test_a_folder_that_moved_within_its_repository_keeps_its_history(base: Path, tmp_path: Path) -> None:
    root = tmp_path / "src"
    commit(put(root, {"docs/refunds.md": WEEK}), "1", "2026-01-01")
    commit(put(root, {"docs/refunds.md": MONTH}), "2", "2026-02-01")
    assert bring(base, root / "docs")[0] == 0
    git(root, "mv", "docs", "policies")
    commit(root, "3", "2026-03-01")
    for folder in (root / "policies", root):
        code, output = bring(base, folder)
        assert (code, "no longer in git" in output) == (0, False), output
        assert {name: number for name, (_, number) in found(base).items()} == {"refunds": 2}, "not a second one"


LINKED = "# Rules\n\n## Money\n\nSee [refunds](refunds.md).\n"


@pytest.mark.parametrize(("new", "has_git"), [({"refund.md": WEEK}, True), ({}, True), ({}, False)])
def test_a_link_to_a_policy_whose_file_is_elsewhere_or_gone_still_leads_to_it(
    new: dict[str, str], has_git: bool, base: Path, tmp_path: Path
) -> None:
    """One file that went made other words of every policy that linked to it."""
    folder = put(tmp_path / "docs", {"refunds.md": WEEK, "rules.md": LINKED})
    if has_git:
        commit(folder, "first", "2026-01-01")
    bring(base, folder)
    put(folder, {"refunds.md": None} | new)
    if has_git:
        commit(folder, "second", "2026-02-01")
    for _ in range(2):
        output = bring(base, folder)[1]
        text = (base / "content/policies/rules.yaml").read_text(encoding="utf-8")
        assert "See [[refunds]]." in text or "See [[refunds|refunds]]." in text, output
        assert not check(base).errors
    place = base / "content/policies/refunds.yaml"
    place.write_text(place.read_text(encoding="utf-8").replace("status: active", "status: retired"), encoding="utf-8")
    bring(base, folder)
    assert ("refunds (`refunds.md`)" in (base / "content/policies/rules.yaml").read_text(encoding="utf-8")) == (not new)


def test_what_retired_is_not_named_again(base: Path, tmp_path: Path) -> None:
    bring(base, put(tmp_path / "docs", {"refunds.md": WEEK, "privacy.md": PRIVACY}))
    put(tmp_path / "docs", {"refunds.md": None})
    assert GONE in bring(base, tmp_path / "docs")[1]
    place = base / "content/policies/refunds.yaml"
    place.write_text(place.read_text(encoding="utf-8").replace("status: active", "status: retired"), encoding="utf-8")
    assert "refunds" not in bring(base, tmp_path / "docs")[1]


def test_two_folders_in_one_knowledge_base_leave_each_other_alone(base: Path, tmp_path: Path) -> None:
    one, other = put(tmp_path / "one", {"refunds.md": WEEK}), put(tmp_path / "other", {"privacy.md": PRIVACY})
    for folder in (one, other, one, other):
        code, output = bring(base, folder)
        assert (code, "gone" in output, "another name" in output) == (0, False, False), output
    put(other, {"refunds.md": PRIVACY})
    code, output = bring(base, other)
    assert code == 1
    assert "already exists and was not imported from refunds.md" in output
    assert "--exclude" in output, "it says how to go on"


def test_a_copy_of_the_folder_under_another_name_is_the_same_source(base: Path, tmp_path: Path) -> None:
    files = {"refunds.md": WEEK, "privacy.md": PRIVACY}
    bring(base, put(tmp_path / "rules-1.0", files))
    put(tmp_path / "rules-1.1", files | {"privacy.md": None})
    shutil.copytree(tmp_path / "rules-1.1", tmp_path / "rules-1.2")
    for name in ("rules-1.1", "rules-1.2"):
        output = bring(base, tmp_path / name)[1]
        assert "privacy.yaml stays active, but its source privacy.md is gone" in output
        assert "; 0 files written" in output


def test_a_policy_that_somebody_renamed_here_goes_on(base: Path, tmp_path: Path) -> None:
    folder = put(tmp_path / "docs", {"refunds.md": WEEK})
    bring(base, folder)
    old, new = (base / f"content/policies/{name}.yaml" for name in ("refunds", "money-back"))
    text = old.read_text(encoding="utf-8").replace("id: refunds", "id: money-back", 1)
    new.write_text(text.replace("owner:", "formerly: [refunds]\nowner:", 1), encoding="utf-8")
    old.unlink()
    put(folder, {"refunds.md": MONTH})
    assert bring(base, folder)[0] == 0
    assert found(base) == {"money-back": ("refunds.md in docs/", 2)}


# What is imported


ABOUT = "README.md readme.de.md LICENSE.md License-MIT.md CODE_OF_CONDUCT.md CODE-OF-CONDUCT.md CONTRIBUTING.md \
SECURITY.md CHANGELOG.markdown NOTICE.md docs/SUPPORT.md handbook/README.md"
POLICIES = "security.md copyright.md license-terms.md readme-first.md handbook/terms.md alone/README.md"


def test_what_is_about_the_repository_stays_out_and_is_named(base: Path, tmp_path: Path) -> None:
    files = {name: f"# {name}\n\nWords of {name}.\n" for name in f"{ABOUT} {POLICIES}".split()}
    code, output = bring(base, put(tmp_path / "docs", files))
    assert code == 0, output
    left = next(line for line in output.splitlines() if line.startswith("left out, about the repository"))
    assert sorted(left.partition(": ")[2].split(", ")) == sorted(ABOUT.split())
    assert sorted(source.partition(" in ")[0] for source, _ in found(base).values()) == sorted(POLICIES.split())


PATTERNS = {
    "a folder": ("drafts", ["drafts/a.md", "x/drafts/b.md"]),
    "a folder with a slash": ("drafts/", ["drafts/a.md", "x/drafts/b.md"]),
    "a folder as a shell has it": ("./drafts/*", ["drafts/a.md"]),
    "any folder of a name": ("**/drafts/**", ["drafts/a.md", "x/drafts/b.md"]),
    "a file": ("terms.md", ["terms.md"]),
    "a path": ("x/drafts/b.md", ["x/drafts/b.md"]),
    "an ending": ("*.draft.md", ["terms.draft.md"]),
    "nothing": ("draft", []),
}


@pytest.mark.parametrize("case", PATTERNS)
def test_what_is_excluded(case: str, base: Path, tmp_path: Path) -> None:
    pattern, left = PATTERNS[case]
    files = ["drafts/a.md", "x/drafts/b.md", "terms.md", "terms.draft.md", "kept.md"]
    code, output = bring(
        base, put(tmp_path / "docs", {name: f"Words of {name}." for name in files}), "--exclude", pattern
    )
    assert code == 0, output
    assert sorted(s.partition(" in ")[0] for s, _ in found(base).values()) == sorted(set(files) - set(left))
    assert (
        ("left out, excluded: " + ", ".join(left) in output) if left else ("no file fits the pattern draft" in output)
    )


def test_what_is_excluded_after_it_was_imported_is_named(base: Path, tmp_path: Path) -> None:
    folder = put(tmp_path / "docs", {"refunds.md": WEEK, "privacy.md": PRIVACY})
    bring(base, folder)
    output = bring(base, folder, "--exclude", "refunds.md")[1]
    assert "refunds.yaml stays active, but --exclude leaves out its source refunds.md" in output


def test_what_stays_out_can_be_asked_for_and_then_stays_in(base: Path, tmp_path: Path) -> None:
    folder = put(tmp_path / "docs", {"CODE_OF_CONDUCT.md": "Behave.", "README.md": "Read."})
    code, output = bring(base, folder)
    assert code == 1
    assert "only CODE_OF_CONDUCT.md, README.md: name another folder, or use --include" in output
    for words in (["--include", "CODE_OF_CONDUCT.md"], []):
        assert bring(base, folder, *words)[0] == 0
        assert list(found(base)) == ["code-of-conduct"]


TITLES = {
    "severity_levels.md": ("severity-levels", "Severity levels"),
    "SEVERITY_LEVELS.md": ("severity-levels", "Severity levels"),
    "terms.of.service.md": ("terms-of-service", "Terms of service"),
    "GDPR-requests.md": ("gdpr-requests", "GDPR requests"),
    "DMCA.md": ("dmca", "DMCA"),
    "refunds/index.md": ("refunds", "Refunds"),
    "legal/late_refunds/_index.md": ("late-refunds", "Late refunds"),
    "refunds/README.md": ("refunds", "Refunds"),
    "v1.2-terms.md": ("v1-2-terms", "V1.2 terms"),
}


@pytest.mark.parametrize("name", TITLES)
def test_a_name_makes_an_id_and_a_title(name: str, base: Path, tmp_path: Path) -> None:
    code, output = bring(base, put(tmp_path / "docs", {name: "Words."}))
    assert code == 0, output
    [(document, _)] = found(base).items()
    text = (base / f"content/policies/{document}.yaml").read_text(encoding="utf-8")
    assert (document, yaml.safe_load(text)["title"]) == TITLES[name]


def test_files_of_one_name_in_folders_of_one_name(base: Path, tmp_path: Path) -> None:
    """An import of two regions was refused until somebody else renamed their files."""
    files = ["eu/legal/terms.md", "us/legal/terms.md", "us/legal/index.md", "eu/legal/index.md", "terms.md"]
    assert bring(base, put(tmp_path / "docs", {name: f"Words of {name}." for name in files}))[0] == 0
    assert sorted(found(base)) == ["docs-terms", "eu-legal", "eu-legal-terms", "us-legal", "us-legal-terms"]


def test_front_pages_give_way_to_files_and_to_each_other(base: Path, tmp_path: Path) -> None:
    files = ["refunds.md", "refunds/index.md", "eu/late/index.md", "us/late/index.md"]
    assert bring(base, put(tmp_path / "docs", {name: f"Words of {name}." for name in files}))[0] == 0
    names = {source.partition(" in ")[0]: name for name, (source, _) in found(base).items()}
    assert names == dict(zip(files, ["refunds", "docs-refunds", "eu-late", "us-late"], strict=True))


# Decision tables


@pytest.fixture
def table(lay: Lay, play: Play, tmp_path: Path) -> Any:
    """Imports a table under a namespace; gives the exit code, what it prints, and the tables that are there."""
    root = lay({})

    def import_table(namespace: str, *words: str) -> tuple[int, str, list[str]]:
        text = json.dumps(a_table() | {"namespace": namespace})
        (tmp_path / "table.json").write_text(text, encoding="utf-8")
        result = play(root, "import", "decision-table", str(tmp_path / "table.json"), *words)
        there = sorted(path.stem for path in (root / "decision_trees").glob("*.yaml"))
        return result.exit_code, result.output, [name for name in there if name != "account-takeover"]

    return import_table


def test_a_table_with_another_namespace_says_how_to_go_on_and_goes_on(table: Any) -> None:
    assert table("old")[0] == 0
    code, output, _ = table("new")
    assert (code, "import it alone with `--id patch-priority`" in output) == (1, True), output
    assert table("new", "--id", "patch-priority")[::2] == (0, ["patch-priority"])
    code, output, _ = table("new")
    assert (code, "0 files written" in output) == (0, True), "it is known under its new name from then on"
    assert table("old", "--id", "old-priority")[::2] == (0, ["old-priority", "patch-priority"]), "both are kept"
    code, output, _ = table("old", "--id", "patch-priority")
    assert (code, "old:DT_PATCH is already decision_trees/old-priority.yaml" in output) == (1, True), output


@pytest.mark.parametrize(
    ("words", "code", "part"),
    [
        (["--id", "Not an id"], 2, "is not an id"),
        (["--id", "restore-account"], 1, "is taken by sops/restore-account.yaml"),
        (["--id", "account-takeover"], 1, "import it alone, with another `--id`, or rename what is there"),
    ],
)
def test_an_id_that_does_not_fit_is_refused(words: list[str], code: int, part: str, table: Any) -> None:
    found, output, there = table("new", *words)
    assert (found, part in output, there) == (code, True, []), output


# Languages

TERMS = "# Terms\n\n## 1. Scope\n\nAll of it, see [fees](#2-fees).\n\n## 2. Fees\n\nNone, says [privacy](privacy.md).\n"
SPANISH = TERMS.replace("Terms", "Condiciones").replace("1. Scope", "1. Alcance").replace("2. Fees", "2. Tarifas")
SPANISH = SPANISH.replace("#2-fees", "#2-tarifas")
# Files, and the policies that come of them: the source, the language, and the translations with their source's words.
TONGUES: dict[str, tuple[list[str], dict[str, str], list[str]]] = {
    "folders": (["en/terms.md", "es/terms.md"], {"en/terms.md": "es"}, []),
    "an ending": (["terms.md", "terms.es.md"], {"terms.md": "es"}, []),
    "an ending with a country": (["terms.md", "terms_es-MX.md"], {"terms.md": "es"}, []),
    "a shelf of languages": (["terms.md", "i18n/es/terms.md"], {"terms.md": "es"}, []),
    "countries": (["docs/en-US/terms.md", "docs/es_ES/terms.md"], {"docs/en-US/terms.md": "es"}, []),
    "not the first language": (["es/terms.md", "fr/terms.md"], {"es/terms.md": ""}, ["fr/terms.md"]),
    "a language that the vocabulary lacks": (["terms.md", "fr/terms.md"], {"terms.md": ""}, ["fr/terms.md"]),
    "departments": (["it/terms.md", "hr/terms.md"], {"it/terms.md": "", "hr/terms.md": ""}, []),
    "a file in one language alone": (["es/terms.md", "en/other.md"], {"es/terms.md": "", "en/other.md": ""}, []),
    "words that look like languages": (
        ["opt.md", "opt-in.md", "a_no.md"],
        dict.fromkeys(["opt.md", "opt-in.md", "a_no.md"], ""),
        [],
    ),
}


@pytest.mark.parametrize("case", TONGUES)
def test_languages_of_one_policy_are_one_policy(case: str, base: Path, tmp_path: Path) -> None:
    files, made, left = TONGUES[case]
    code, output = bring(
        base,
        put(
            tmp_path / "docs",
            {name: SPANISH if "es" in name.split("/")[-2:][0] or ".es" in name else TERMS for name in files},
        ),
    )
    assert code == 0, output
    documents = [path for path in (base / "content/policies").glob("*.yaml") if path != base / OTHERS]
    read = {path: yaml.safe_load(path.read_text(encoding="utf-8")) for path in documents}
    sources = {source.rpartition(" in ")[0]: name for name, (source, _) in found(base).items()}
    assert {
        source: ", ".join(read[base / f"content/policies/{name}.yaml"].get("translations", {}))
        for source, name in sources.items()
    } == made, output
    for path in left:
        assert f"left out, in a language that the vocabulary lacks: {path} (add `fr: {{name: ...}}`" in output
    assert not check(base).errors


def translations(base: Path, name: str = "terms") -> dict[str, str]:
    """The version that each translation of a policy is of."""
    one = yaml.safe_load((base / f"content/policies/{name}.yaml").read_text(encoding="utf-8"))
    return {locale: entry["of"] for locale, entry in one.get("translations", {}).items()}


def test_a_translation_has_a_state_of_its_own(base: Path, tmp_path: Path) -> None:
    folder = tmp_path / "docs"
    newer, newest = TERMS.replace("None", "Some"), TERMS.replace("None", "Many")
    spanish = [SPANISH, SPANISH.replace("None", "Algunas")]
    for day, files in (
        ("2026-01-01", {"en/terms.md": TERMS, "en/privacy.md": PRIVACY, "es/terms.md": spanish[0]}),
        ("2026-02-01", {"en/terms.md": newer}),
        ("2026-03-01", {"es/terms.md": spanish[1]}),
        ("2026-04-01", {"en/terms.md": newest}),
    ):
        commit(put(folder, files), day, day)
    assert bring(base, folder)[0] == 0
    assert translations(base) == {"es": "2.0"}, "it last changed when 2.0 was in force"
    one = yaml.safe_load((base / "content/policies/terms.yaml").read_text(encoding="utf-8"))
    assert (one["locale"], one["translations"]["es"]["title"]) == ("en", "Condiciones")
    assert one["translations"]["es"]["sections"] == {
        "scope": {"title": "Alcance", "text": "All of it, see [fees](#fees).\n"},
        "fees": {"title": "Tarifas", "text": "Algunas, says [[privacy|privacy]].\n"},
    }, "its sections have the ids of the policy's, and its links lead there"
    outcome = check(base)
    assert not outcome.errors
    assert [f.message for f in outcome.findings if f.code == "outdated-translation"] == [
        "the es text translates 2.0, but the policy is at 3.0"
    ]

    place = base / "content/policies/terms.yaml"
    place.write_text(place.read_text(encoding="utf-8").replace('of: "2.0"', 'of: "3.0"'), encoding="utf-8")
    assert "; 0 files written" in bring(base, folder)[1]
    assert translations(base) == {"es": "3.0"}, "who reviewed the translation has the last word"
    commit(put(folder, {"es/terms.md": spanish[0]}), "5", "2026-05-01")
    bring(base, folder)
    assert translations(base) == {"es": "3.0"}


def test_without_git_a_translation_is_of_the_version_at_its_import(base: Path, tmp_path: Path) -> None:
    folder = put(tmp_path / "docs", {"terms.md": TERMS, "terms.es.md": SPANISH})
    bring(base, folder)
    assert translations(base) == {"es": "1.0"}
    put(folder, {"terms.md": TERMS.replace("None", "Some")})
    bring(base, folder)
    assert translations(base) == {"es": "1.0"}
    put(folder, {"terms.es.md": SPANISH.replace("None", "Algunas")})
    bring(base, folder)
    assert translations(base) == {"es": "2.0"}


def test_no_word_of_a_translation_with_other_sections_is_lost(base: Path, tmp_path: Path) -> None:
    spanish = "# C\n\nAntes.\n\n## 2. Tarifas\n\nNinguna.\n\n## 3. Contacto\n\nAquí.\n"
    code, output = bring(base, put(tmp_path / "docs", {"terms.md": TERMS, "terms.es.md": spanish}))
    assert code == 0
    assert "1 x a translation with other sections than its policy, put under the nearest" in output
    one = yaml.safe_load((base / "content/policies/terms.yaml").read_text(encoding="utf-8"))
    assert {name: section["text"] for name, section in one["translations"]["es"]["sections"].items()} == {
        "scope": "Antes.\n",
        "fees": "Ninguna.\n\n## Contacto\n\nAquí.\n",
    }


def test_policies_that_were_imported_apart_become_one(base: Path, tmp_path: Path) -> None:
    folder = put(tmp_path / "docs", {"en/terms.md": TERMS, "fr/terms.md": SPANISH})
    bring(base, folder, "--include", "fr")
    assert sorted(found(base)) == ["en-terms", "fr-terms"]
    vocabulary = base / "content/vocabulary.yaml"
    words = vocabulary.read_text(encoding="utf-8")
    vocabulary.write_text(words.replace("  en: {", "  fr: {name: Français}\n  en: {"), encoding="utf-8")
    output = bring(base, folder)[1]
    assert "en-terms.yaml stays active, but its source en/terms.md is a translation of fr/terms.md now" in output
    assert translations(base, "fr-terms") == {"en": "1.0"}, "the vocabulary's first language is the policy's"
