"""Markdown policies of others, brought in through the command line: what becomes of them, and of their history."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import Result
from conftest import run_command
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from knowledge import AS_OF, Changes, check, edit, put, snapshot, stamps
from repository import commit, git

from generator.documents.text.hidden import visible
from generator.exchange.markdown.headings import _find_headings, read_headings

OTHER = "---\ntitle: Terms\nredirect_from: [/tos, /articles/terms]\n---\n## A. Definitions\n\nWords.\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "rules"


def bring(base: Path, folder: Path, *words: str, day: str = AS_OF) -> Result:
    return run_command(base, "import", "policies", str(folder), "--as-of", day, *words)


def policy(base: Path, name: str = "conduct") -> Any:
    return yaml.safe_load((base / f"content/policies/{name}.yaml").read_text(encoding="utf-8"))


def brought(base: Path, folder: Path, text: str | bytes) -> Any:
    """The policy made of one text, which stands beside another; the knowledge base has no error then."""
    result = bring(base, put(folder, {"conduct.md": text, "terms/terms.md": OTHER}))
    assert result.exit_code == 0, result.output
    assert not check(base).errors
    return policy(base)


def texts(one: Any) -> dict[str, str]:
    return {section["id"]: section["text"].strip() for section in one["sections"]}


# Sections

SECTIONS: dict[str, tuple[str, list[tuple[str, str, str, str]]]] = {
    "level two, deeper ones stay": (
        "Before.\n\n## A. Definitions\n\nWords.\n\n### Deeper\n\nMore.\n\n## Conduct ##\n\nBehave.\n",
        [
            ("introduction", "0", "Introduction", "Before."),
            ("definitions", "A", "Definitions", "Words.\n\n### Deeper\n\nMore."),
            ("conduct", "2", "Conduct", "Behave."),
        ],
    ),
    "no level two": (
        "### 1. One\n\nFirst.\n\n#### Deeper\n\nMore.\n\n### 1.1 Two\n\nSecond.\n",
        [("one", "1", "One", "First.\n\n### Deeper\n\nMore."), ("two", "1.1", "Two", "Second.")],
    ),
    "no headings": ("Just text.\n", [("introduction", "1", "Introduction", "Just text.")]),
    "the same heading again": (
        "## Rules\n\nOne.\n\n## Rules\n\nTwo.\n\n## Rules\n\nThree.\n",
        [("rules", "1", "Rules", "One."), ("rules-2", "2", "Rules", "Two."), ("rules-3", "3", "Rules", "Three.")],
    ),
    "signs in code are no headings": (
        "## Code\n\n```sh\n# x\n## y\n```\n\n~~~~\n## z\n~~~\n~~~~\n",
        [("code", "1", "Code", "```sh\n# x\n## y\n```\n\n~~~~\n## z\n~~~\n~~~~")],
    ),
    "underlined headings": (
        "One\n---\n\nFirst.\n\n| a | b |\n|---|---|\n| c | d |\n\n- item\n---\n\nTwo\n===\n\nSecond.\n",
        [
            ("one", "1", "One", "First.\n\n| a | b |\n|---|---|\n| c | d |\n\n- item\n---"),
            ("two", "2", "Two", "Second."),
        ],
    ),
    "a heading above the others": (
        "## One\n\nFirst.\n\n# Part two\n\n## Two\n\nSecond.\n",
        [("one", "1", "One", "First."), ("part-two", "2", "Part two", "Part two"), ("two", "3", "Two", "Second.")],
    ),
    "markup in a heading": (
        "## The **bold** `code` of [law](https://law.example/)\n\nText.\n",
        [("the-bold-code-of-law", "1", "The bold code of law", "Text.")],
    ),
    "names of no use as ids": (
        "## Index\n\nA.\n\n## 日本\n\nB.\n\n## Introducción\n\nC.\n\n## " + "long " * 40 + "\n\nD.\n",
        [
            ("section-index", "1", "Index", "A."),
            ("section", "2", "日本", "B."),
            ("introduccion", "3", "Introducción", "C."),
            (("long-" * 15)[:72].strip("-"), "4", ("long " * 40).strip(), "D."),
        ],
    ),
    "odd characters": (
        "\ufeff## One\r\n\r\nA\tb.\x07 \u2028 Next.  \r\nBroken. \r\n",
        [("one", "1", "One", "A   b.\n Next.  \nBroken.")],
    ),
}


@pytest.mark.parametrize("case", SECTIONS)
def test_headings_become_sections(case: str, base: Path, folder: Path) -> None:
    text, expected = SECTIONS[case]
    one = brought(base, folder, text)
    found = [(s["id"], s["number"], s["title"], s["text"].rstrip("\n")) for s in one["sections"]]
    assert [
        (name, number, title, "\n".join(x.rstrip() for x in text.split("\n"))) for name, number, title, text in found
    ] == [
        (name, number, title, "\n".join(x.rstrip() for x in text.split("\n"))) for name, number, title, text in expected
    ]


def test_a_link_in_a_heading_is_named(base: Path, folder: Path) -> None:
    brought(base, folder, "## [The law](/law)\n\nText.\n")
    assert "1 x a link in a section's heading, now plain words: /law in conduct.md" in bring(base, folder).output


def test_two_spaces_that_break_a_line_stay(base: Path, folder: Path) -> None:
    one = brought(base, folder, "## One\n\nStreet  \nTown \nLand\n")
    assert one["sections"][0]["text"] == "Street  \nTown\nLand\n"


# Links

LINKS = {
    "[the terms](terms/terms.md)": "[[terms|the terms]]",
    "[the terms](./terms/terms)": "[[terms|the terms]]",
    "[words](/rules/terms/terms)": "[[terms|words]]",
    "[words](/en/site/terms/terms/)": "[[terms|words]]",
    "[words](/tos)": "[[terms|words]]",
    "[words](/en/articles/terms#a-definitions)": "[[terms|words]]",
    "[**bold** words](/tos)": "[[terms|bold words]]",
    "[a \\] b](/tos)": "a \\] b ([[terms]])",
    '[words](/tos "a title")': "[[terms|words]] (a title)",
    "[words](https://example.org/a)": "[words](https://example.org/a)",
    "[words](mailto:a@example.org)": "[words](mailto:a@example.org)",
    "[words](/elsewhere/page#x)": "words (`/elsewhere/page#x`)",
    "[words](../outside.md)": "words (`../outside.md`)",
    "[words](javascript:alert)": "words (`javascript:alert`)",
    "[words](//evil.example)": "words (`//evil.example`)",
    "![a picture](/assets/a.png)": "a picture (`/assets/a.png`)",
    "[![a picture](/assets/a.png)](/tos)": "[[terms|a picture (/assets/a.png)]]",
    "[words](#a-section)": "[words](#section)",
    "[words](#deeper-down)": "[words](#section)",
    "[words](#named)": "[words](#section)",
    "[words](#nowhere)": "words (`#nowhere`)",
    "[words](conduct.md#a-section)": "[words](#section)",
    "[words]()": "words",
    "`[words](/tos)`": "`[words](/tos)`",
    "[[terms]]": "\\[[terms]]",
    "[[1]](/tos)": "[1] ([[terms]])",
    "[words][x]\n\n[x]: /tos": "[[terms|words]]",
    "[words][]\n\n[words]: /tos": "[[terms|words]]",
    "[words][x]\n\n[x]: https://example.org": "[words][x]\n\n[x]: https://example.org",
    "[^1]\n\n[^1]: A footnote.": "[^1]\n\n[^1]: A footnote.",
    "[words](/a b": "[words](/a b",
    "<b>bold</b> {{ x }} {% data y %}": "<b>bold</b> {{ x }} {% data y %}",
}


@pytest.mark.parametrize("link", LINKS)
def test_links(link: str, base: Path, folder: Path) -> None:
    one = brought(base, folder, f'## A. Section\n\n{link}\n\n### Deeper down\n\n<a name="named"></a>\n')
    assert texts(one)["section"].partition("\n\n### Deeper")[0].rstrip() == LINKS[link]


BLOCKS = [
    "## A\n", "# B\n", "\n", "\n\n## C\n\n", "\n\n# D\n", "words\n", "- x\n", "  - y\n", "> q\n", "    code\n",
    "```\n", "~~~\n", "<!-- c -->", "\n<!--\n\n## E\n\n-->\n", "<details>\n\n", "</details>\n\n", "<pre>\n",
    "</pre>\n\n", "##F\n", "===\n", "---\n", "| a |\n|---|\n", "[^1] ", "[^1]: n\n",
    "[x]: /y 't'\n", "## [x]\n", "[[a]] ", "`",
    "日本\n", "<ul><li>\n\n", "</ul>\n\n",
]  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(pieces=st.lists(st.sampled_from(BLOCKS), max_size=25))
def test_a_text_that_is_read_in_fragments_has_the_headings_of_the_whole(pieces: list[str]) -> None:
    text = "".join(pieces)
    shown, headings = read_headings(text)
    whole = visible(text)
    assert (shown.rstrip("\n"), headings) == (whole.rstrip("\n"), list(_find_headings(whole)))


PIECES = [
    "## ", "# ", "\n", "\n\n", "[", "]", "(", "`", "```\n", "[[", "]]", "|", "word ", "](/tos)", "](#word)", "[^1]: ",
    "[x]: /y\n", "<a name='word'>", "{{ ", "{% if %}", "\\", "**", "![i](p.png)", "- ", "---\n", "===\n", "\t", "  \n",
    "日本", "\x07", "\u2028", "\ufeff", "'", '"', ": ", " #", "1. ", "A. ", "](javascript:x)", "](//e)", "<<<<<<< \n",
    "\r\n", "!!str ",
]  # fmt: skip


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(pieces=st.lists(st.sampled_from(PIECES), max_size=50))
def test_whatever_stands_in_a_file_the_policy_is_sound(pieces: list[str], base: Path, folder: Path) -> None:
    text = "## Rules\n\n" + "".join(pieces)
    brought(base, folder, text)
    assert "; 0 files written" in bring(base, folder).output


# Front matter


def test_front_matter(base: Path, folder: Path) -> None:
    text = (
        "---\ntitle: 'Our {% x %}: conduct'\nintro: See [the terms](/tos).\ntopics: [Policy]\n---\n# Other\n\nText.\n"
    )
    one = brought(base, folder, text)
    assert one["title"] == "Our {% x %}: conduct"
    assert one["summary"] == "See [[terms|the terms]]."
    assert texts(one) == {"introduction": "**Other**\n\nText."}
    output = bring(base, folder).output
    assert "1 x the front matter `topics`, left out: topics: ['Policy'] in conduct.md" in output
    assert (
        "conduct.md: the front matter `topics`, left out: topics: ['Policy']" in bring(base, folder, "--verbose").output
    )


@pytest.mark.parametrize(("text", "title"), [("# Of conduct\n\nText.\n", "Of conduct"), ("Text.\n", "Conduct")])
def test_a_title_for_a_file_without_front_matter(text: str, title: str, base: Path, folder: Path) -> None:
    one = brought(base, folder, text)
    assert (one["title"], one["summary"], texts(one)) == (title, "Imported from conduct.md.", {"introduction": "Text."})


def test_owner_and_audience(base: Path, folder: Path) -> None:
    one = brought(base, folder, "Text.\n")
    assert (one["owner"], one["audience"], one["status"]) == ("policy", "public", "active")
    assert "reviewed" not in one
    assert bring(base, folder, "--owner", "legal").exit_code == 0
    one = policy(base)
    assert (one["owner"], one["audience"]) == ("legal", "public"), "only what is asked for changes in what is there"
    for name in ("conduct", "terms"):
        (base / f"content/policies/{name}.yaml").unlink()
    assert bring(base, folder, "--owner", "legal").exit_code == 0
    assert policy(base)["audience"] == "internal", "readers must be able to see who owns it"
    assert not check(base).errors


# Names


def test_two_files_of_one_name(base: Path, folder: Path) -> None:
    assert (
        bring(
            base, put(folder, {"a/terms.md": "A.", "b/Terms.md": "B.", "README.md": "C.", "index.md": "D."})
        ).exit_code
        == 0
    )
    found = {path.stem for path in (base / "content/policies").glob("*.yaml")} - {"account-integrity"}
    assert found == {"a-terms", "b-terms", "rules-index"}


def test_an_empty_file_is_left_out_and_named(base: Path, folder: Path) -> None:
    result = bring(base, put(folder, {"empty.md": "---\ntitle: X\n---\n\n", "full.md": "[x](empty.md)"}))
    assert result.exit_code == 0
    assert "1 x a file without text, left out" in result.output
    assert texts(policy(base, "full")) == {"introduction": "x (`empty.md`)"}


REFUSED: dict[str, tuple[Changes, str]] = {
    "no Markdown": ({"a.txt": "A."}, "there are no Markdown files in"),
    "nothing but empty files": ({"a.md": ""}, "no file in rules contains any text"),
    "one id": ({"a b.md": "A.", "a-b.md": "B."}, "a b.md and a-b.md would both get the id `rules-a-b`: rename one"),
    "no id": ({"!/!!.md": "A."}, "no id can be made from the name of !/!!.md"),
    "not UTF-8": ({"a.md": b"caf\xe9", "b.md": "B."}, "a.md is not UTF-8"),
    "front matter": ({"a.md": "---\na: [\n---\nA."}, "the front matter of a.md is not valid YAML"),
    "front matter that is a list": (
        {"a.md": "---\n- a\n---\nA."},
        "the front matter of a.md must be lines of the form `key: value`",
    ),
    "a policy of ours": (
        {"a.md": "A.", "account-integrity.md": "B."},
        "content/policies/account-integrity.yaml already exists and was not imported from account-integrity.md",
    ),
    "another document's id": ({"restore-account.md": "A."}, "is taken by sops/restore-account.yaml"),
    "another document's former id": ({"account-recovery.md": "A."}, "is taken by sops/restore-account.yaml"),
    "a name of two lines": ({"a\nb.md": "A."}, "has a name that cannot be shown"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_is_refused_is_named_and_nothing_is_written(case: str, base: Path, folder: Path) -> None:
    files, message = REFUSED[case]
    before = snapshot(base), stamps(base)
    result = bring(base, put(folder, files))
    assert result.exit_code == 1
    assert message in result.output
    assert len(result.output.splitlines()) == 1
    assert (snapshot(base), stamps(base)) == before


@pytest.mark.parametrize("words", [["--owner", "polcy"], ["--audience", "publik"]])
def test_wrong_calls(words: list[str], base: Path, folder: Path) -> None:
    result = bring(base, put(folder, {"a.md": "A."}), *words)
    assert (result.exit_code, "did you mean" in result.output) == (2, True)
    assert bring(base, folder / "nowhere").exit_code == 2


# Importing again


def test_a_second_import_writes_nothing(base: Path, folder: Path) -> None:
    brought(
        base,
        folder,
        "---\ntitle: '2026-01-01'\n---\n## 1. One\n\n  Indented.\n\n'Quoted': \"x\" # y\n\n## Two\n\n- a\n",
    )
    before = snapshot(base), stamps(base)
    result = bring(base, folder, day="2027-01-01")
    assert "0 files written" in result.output
    assert (snapshot(base), stamps(base)) == before


def test_without_git_a_changed_text_is_a_version_of_its_day(base: Path, folder: Path) -> None:
    result = bring(base, put(folder, {"conduct.md": "## A\n\nOne.\n\n## B\n\nTwo.\n"}), day="2026-01-01")
    assert "no history was imported: this folder is not in a git repository" in result.output
    put(folder, {"conduct.md": "## A\n\nOne.\n\n## B\n\nThree.\n"})
    bring(base, folder, day="2026-02-02")
    one = policy(base)
    assert one["version"] == "2.0"
    assert history(one) == [
        ("2.0", "2026-02-02", [("b", "changed", None)]),
        ("1.0", "2026-01-01", []),
    ]
    assert not check(base).errors


def history(one: Any) -> list[tuple[str, str, list[tuple[str, str, str | None]]]]:
    return [
        (e["version"], str(e["effective"]), [(c["section"], c["kind"], c.get("to")) for c in e.get("changes", [])])
        for e in one["history"]
    ]


def test_what_people_add_stays(base: Path, folder: Path) -> None:
    commit(put(folder, {"conduct.md": "## A\n\nOne.\n\n## B\n\nTwo.\n"}), "1", "2026-01-01")
    commit(put(folder, {"conduct.md": "## A\n\nOne!\n\n## B\n\nTwo!\n"}), "2", "2026-02-01")
    bring(base, folder)
    own = {
        "{section: a, kind: changed}": "{section: a, kind: clarified, note: A sign.}",
        "status: active": "status: active\nreviewed: 2026-03-01\nreview_by: 2026-12-31",
        "summary: Imported from conduct.md.": "summary: How we behave.\naliases: [behaviour]",
        'revised: "2.0"\n    text: |\n      One!': 'revised: "1.0"\n    internal_note: Ask.\n    text: |\n      One!',
    }
    for old, new in own.items():
        edit(base, "content/policies/conduct.yaml", old, new)
    edited = policy(base)
    assert not check(base).errors
    bring(base, folder)
    assert policy(base) == edited
    commit(put(folder, {"conduct.md": "## A\n\nOne!\n\n## B\n\nThree!\n"}), "3", "2026-03-01")
    bring(base, folder)
    one = policy(base)
    assert one["version"] == "3.0"
    assert (str(one["reviewed"]), one["summary"], one["aliases"]) == ("2026-03-01", "How we behave.", ["behaviour"])
    assert one["history"][1]["changes"][0] == {"section": "a", "kind": "clarified", "note": "A sign."}
    assert [(s["revised"], s.get("internal_note")) for s in one["sections"]] == [("1.0", "Ask."), ("3.0", None)]
    assert not check(base).errors


# History


def test_commits_become_versions(base: Path, folder: Path) -> None:
    for day, text in [
        ("2020-01-01", "## A\n\nOne.\n\n## B\n\nTwo.\n"),
        ("2020-02-01", "## A\n\nOne.\n\n## B\n\nTwo  \nlines.\n"),
        ("2020-02-02", "### A\n\nOne.\n\n### B\n\nTwo\nlines.\n"),
        ("2020-03-01", "## A\n\nOne.\n"),
        ("2020-03-01", "## A\n\nOne.\n\n## B\n\nBack.\n"),
        ("2020-04-01", "## Alpha\n\nOne.\n\n## B\n\nBack.\n"),
        ("2020-03-15", "## Alpha\n\nOne!\n\n## B\n\nBack.\n"),
        ("2020-05-01", "## Alpha\n\nOne.\n\n## B\n\nBack.\n"),
    ]:
        commit(put(folder, {"conduct.md": text, "notes.txt": day}), day, day)
    result = bring(base, folder)
    assert "1 policy with 7 versions" in result.output
    assert history(policy(base)) == [
        ("7.0", "2020-05-01", [("alpha", "changed", None)]),
        ("6.0", "2020-04-01", [("alpha", "changed", None)]),
        ("5.0", "2020-04-01", [("alpha", "added", None), ("a", "moved", "conduct#alpha")]),
        ("4.0", "2020-03-01", [("b", "added", None)]),
        ("3.0", "2020-03-01", [("b", "removed", None)]),
        ("2.0", "2020-02-01", [("b", "changed", None)]),
        ("1.0", "2020-01-01", []),
    ]
    assert [s["revised"] for s in policy(base)["sections"]] == ["7.0", "4.0"]
    assert not check(base).errors


def test_what_moved_to_a_section_that_is_gone_was_removed(base: Path, folder: Path) -> None:
    for day, text in [
        ("2020-01-01", "## A\n\nOne.\n\n## C\n\nThree.\n"),
        ("2020-02-01", "## B\n\nOne.\n\n## C\n\nThree.\n"),
        ("2020-03-01", "## C\n\nThree.\n"),
    ]:
        commit(put(folder, {"conduct.md": text}), day, day)
    bring(base, folder)
    assert [changes for _, _, changes in history(policy(base))] == [
        [("b", "removed", None)],
        [("b", "added", None), ("a", "removed", None)],
        [],
    ]
    assert not check(base).errors


def test_a_file_that_was_away(base: Path, folder: Path) -> None:
    commit(put(folder, {"conduct.md": "## A\n\nOne.\n", "b.md": "B."}), "1", "2020-01-01")
    commit(put(folder, {"conduct.md": None, "b.md": "B."}), "2", "2020-02-01")
    commit(put(folder, {"conduct.md": "## A\n\nOne.\n"}), "3", "2020-03-01")
    bring(base, folder)
    assert history(policy(base)) == [
        ("3.0", "2020-03-01", [("a", "added", None)]),
        ("2.0", "2020-02-01", [("a", "removed", None)]),
        ("1.0", "2020-01-01", []),
    ]
    assert not check(base).errors


def test_a_branch_comes_into_force_with_its_merge(base: Path, folder: Path) -> None:
    commit(put(folder, {"conduct.md": "## A\n\nOne.\n\n## B\n\nTwo.\n"}), "1", "2020-01-01")
    git(folder, "switch", "--quiet", "--create", "branch")
    commit(put(folder, {"conduct.md": "## A\n\nOne.\n\n## B\n\nTwo!\n"}), "2", "2020-02-01")
    git(folder, "switch", "--quiet", "main")
    commit(put(folder, {"conduct.md": "## A\n\nOne!\n\n## B\n\nTwo.\n"}), "3", "2020-03-01")
    git(folder, "merge", "--quiet", "--no-commit", "--strategy=ours", "branch", day="2020-04-01")
    commit(put(folder, {"conduct.md": "## A\n\nOne!\n\n## B\n\nTwo!\n"}), "4", "2020-04-01")
    bring(base, folder)
    assert history(policy(base)) == [
        ("3.0", "2020-04-01", [("b", "changed", None)]),
        ("2.0", "2020-03-01", [("a", "changed", None)]),
        ("1.0", "2020-01-01", []),
    ]


def test_a_folder_within_a_repository_and_within_a_knowledge_base(base: Path) -> None:
    folder = put(base / "upstream", {"conduct.md": "## A\n\nOne.\n"})
    commit(base, "1", "2020-01-01")
    put(folder, {"conduct.md": "## A\n\nTwo.\n"})
    commit(base, "2", "2020-02-01")
    bring(base, folder)
    assert policy(base)["version"] == "2.0"


def test_what_is_not_committed_has_no_day(base: Path, folder: Path) -> None:
    commit(put(folder, {"conduct.md": "## A\n\nOne.\n"}), "1", "2020-01-01")
    put(folder, {"conduct.md": "## A\n\nTwo.\n", "new.md": "New."})
    result = bring(base, folder)
    assert (result.exit_code, "conduct.md has uncommitted changes" in result.output) == (1, True)
    put(folder, {"conduct.md": "## A\r\n\r\nOne.\r\n"})
    result = bring(base, folder)
    assert result.exit_code == 0, "line breaks are no change"
    assert "1 x a file without history in git, dated by its import: new.md" in result.output
    assert history(policy(base, "new")) == [("1.0", AS_OF, [])]


def test_a_shallow_clone(base: Path, folder: Path, tmp_path: Path) -> None:
    commit(put(folder, {"conduct.md": "## A\n\nOne.\n"}), "1", "2020-01-01")
    commit(put(folder, {"conduct.md": "## A\n\nTwo.\n"}), "2", "2020-02-01")
    git(tmp_path, "clone", "--quiet", "--depth=1", f"file://{folder}", "shallow")
    result = bring(base, tmp_path / "shallow")
    assert result.exit_code == 0
    assert "no history was imported: this clone is shallow" in result.output
    assert history(policy(base)) == [("1.0", AS_OF, [])]
    output = bring(base, folder).output
    assert "1 x a version of an earlier import that is no longer in git, left out: 1.0 in conduct.md" in output
    assert policy(base)["version"] == "2.0"
    bring(base, tmp_path / "shallow")
    assert policy(base)["version"] == "2.0", "a history that is known does not get lost again"
