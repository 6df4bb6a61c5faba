"""The files that a knowledge base begins with, by path: its words, examples that teach, settings and checks."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from jinja2 import Environment

from generator import DISTRIBUTION, VERSION
from generator.documents import VOCABULARY
from generator.documents.days import REVIEW_AFTER, later
from generator.documents.json_schema import FOLDER, described_files, json_schema
from generator.documents.text.prose import encode
from generator.documents.vocabulary import STAFF, VENDOR
from generator.exchange import UnfitInput
from generator.exchange.founding.answers import Answers
from generator.exchange.founding.owners import codeowners, owners_in
from generator.exchange.legible import slug
from generator.files.templates import open_templates
from generator.files.tree import Overlay, Tree
from generator.library.library import Library
from generator.pipeline import gather, run
from generator.wording import scalar

TEXTS = Path(__file__).parent / "texts"
EXAMPLE = "# Change it to one of yours. Whoever deletes it finds with `playbook check` what still refers to it."
GUIDE = "content/pages/for-authors.md"
EXAMPLES = {
    "content/policies/spam.yaml": "policy.yaml",
    "decision_trees/is-it-spam.yaml": "tree.yaml",
    "decision_trees/how-urgent-is-it.yaml": "table.yaml",
    "macros/spam-warning.yaml": "macro.yaml",
    "sops/spam-report.yaml": "sop.yaml",
}
SETTINGS = {
    "mkdocs.yml": "mkdocs.yml",
    "README.md": "readme.md",
    "requirements.txt": "requirements.txt",
    ".gitignore": "gitignore",
    ".pre-commit-config.yaml": "pre-commit.yaml",
}
GITHUB = {".github/workflows/check.yml": "check.yml", ".github/workflows/publish.yml": "publish.yml"}
GITLAB = {".gitlab-ci.yml": "gitlab-ci.yml"}
OWNERS = "CODEOWNERS"
WHEELS = "wheels"
# What a host or a tool looks for at the top of a repository, and nowhere else.
AT_THE_TOP = (".pre-commit-config.yaml", *GITHUB, *GITLAB, OWNERS)
# Files of lines, each of which works beside lines of others.
OF_LINES = (".gitignore", "requirements.txt")


def found(answers: Answers, there: Tree, today: date) -> dict[str, str]:
    """All files of a new knowledge base, which passes `check` with what is `there`. Raises UnfitInput."""
    if answers.vendors and answers.outsiders == STAFF:
        raise UnfitInput(
            f"vendors are no staff of yours: add an audience for them before `{STAFF}`, such as `{VENDOR}`"
        )
    words = _describe(answers, today, there)
    files = {VOCABULARY: _render("vocabulary.yaml", words), GUIDE: _render("for-authors.md", words)}
    files |= {path: _render(name, words) for path, name in EXAMPLES.items()}
    if answers.vendors:
        files[f"content/packs/{words['pack']}.yaml"] = _render("pack.yaml", words)
    judgement = run(_lay(there, files), today)
    if judgement.findings:
        first = judgement.findings[0]
        raise UnfitInput(f"{first.place.path}: {first.message}: {first.hint}")
    return files | _set_up(answers, words, judgement.library)


def furnish(answers: Answers, library: Library, there: Tree, today: date) -> dict[str, str]:
    """The files of a knowledge base that has its words: the guide for authors, and all that is no document.

    An example is not missing where somebody deleted it, or never wanted it.
    """
    words = _describe(answers, today, there)
    files = {} if library.find("for-authors") else {GUIDE: _render("for-authors.md", words)}
    return files | _set_up(answers, words, gather(_lay(there, files), today)[0])


def _lay(there: Tree, files: Mapping[str, str]) -> Overlay:
    return Overlay(there, {path: text.encode() for path, text in files.items()})


def _set_up(answers: Answers, words: Mapping[str, Any], library: Library) -> dict[str, str]:
    """Everything that is no document."""
    host = GITLAB if "gitlab" in answers.repository else GITHUB
    files = {path: _render(name, words) for path, name in (SETTINGS | host).items()}
    files[OWNERS] = codeowners(owners_in(library), words["team"], answers.repository)
    schemas = {f"./{FOLDER}/{name}.json": place for name, place in described_files().items()}
    files[".vscode/settings.json"] = _write_json({"yaml.schemas": schemas})
    files[".vscode/extensions.json"] = _write_json({"recommendations": ["redhat.vscode-yaml"]})
    return files | {
        f"{FOLDER}/{name}.json": _write_json(json_schema(name, library.vocabulary)) for name in described_files()
    }


def _describe(answers: Answers, today: date, there: Tree) -> dict[str, Any]:
    """What the texts say of the answers."""
    teams, locale = list(answers.teams), "en" if "en" in answers.locales else next(iter(answers.locales))
    letters = _load_letters()
    vendor = next(iter(answers.vendors), "")
    return vars(answers) | {
        "team": teams[0],
        "second": teams[1] if len(teams) > 1 else teams[0],
        "readers": answers.outsiders,
        "lowest": next(iter(answers.audiences)),
        "vendor": vendor,
        "pack": slug(f"{vendor[:60]} first line"),
        "locale": locale,
        "letter": letters.get(_name_language(locale), letters["en"]),
        "letter_fits": _name_language(locale) in letters,
        "others": {
            code: letters[_name_language(code)]
            for code in answers.locales
            if code != locale and _name_language(code) in letters
        },
        "today": today,
        "review_by": later(today, REVIEW_AFTER),
        "edit": "-/edit/main/" if "gitlab" in answers.repository else "edit/main/",
        "distribution": f"{DISTRIBUTION}[drawing]",
        "version": VERSION,
        "wheel": _find_wheel(there),
        "example": EXAMPLE,
    }


def _find_wheel(there: Tree) -> str:
    """The file of the program that lies in the knowledge base, of this version if there are several; or nothing."""
    name = DISTRIBUTION.replace("-", "_")
    found = [path for path in there.files((WHEELS,)) if path.startswith(f"{WHEELS}/{name}-") and path.endswith(".whl")]
    return next((path for path in found if f"-{VERSION}-" in path), found[-1] if found else "")


def _name_language(code: str) -> str:
    return code.partition("-")[0]


@cache
def _load_letters() -> dict[str, dict[str, str]]:
    letters: dict[str, dict[str, str]] = yaml.safe_load((TEXTS / "letters.yaml").read_text(encoding="utf-8"))
    return letters


@cache
def _make_environment() -> Environment:
    """The marks of Jinja are others here: the texts have double braces of letters and workflows in them."""
    made = open_templates(
        TEXTS,
        autoescape=False,
        variable_start_string="<<",
        variable_end_string=">>",
        block_start_string="<%",
        block_end_string="%>",
        comment_start_string="<#",
        comment_end_string="#>",
    )
    made.filters |= {"scalar": scalar, "prose": encode}
    return made


def _render(name: str, words: Mapping[str, Any]) -> str:
    return _make_environment().get_template(f"{name}.j2").render(words)


def _write_json(data: Any) -> str:
    return f"{json.dumps(data, indent=2)}\n"
