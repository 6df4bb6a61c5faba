"""JSON Schema says of a document what `check` says of its format, in an editor and without the program.

Documents of the starter library, of the scenarios in tests/checks and tests/types, and small changes of sound ones are
judged by both. Where they differ, tests/schema_differences.yaml says why.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import jsonschema
import pytest
import yaml
from conftest import Play, output_of
from knowledge import FILES, LIBRARY_DAY, MACRO, PACK, POLICY, SOP, STARTER, TABLE, TODAY, TREE, scenario_of, write
from knowledge import VOCABULARY as WORDS
from py_mini_racer import MiniRacer

from generator.checks import checks
from generator.documents import VOCABULARY, is_document, kind_of, kinds
from generator.documents.json_schema import MODELS, described_files, json_schema
from generator.documents.vocabulary import Vocabulary
from generator.files.tree import Folder, Overlay
from generator.pipeline import gather

HERE = Path(__file__).parent
# What is wrong with one file, whatever the others say. What is no YAML is found by an editor's parser.
FORMAT = {"unknown-key", "missing-key", "invalid-value", "misplaced-document", "unknown-word"}
# Of these a schema knows only the form: whether there is such a document, only all files together tell.
BY_FORM = ("broken-citation", "broken-reference")
NO_YAML = {"invalid-yaml", "unreadable-file", "duplicate-key", "misread-text", "misnamed-file", "overlooked-file"}


class Core(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """YAML as an editor reads it: `no` and dates are texts, numbers and true and false are not."""


Core.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in pairs if tag.endswith((":int", ":float", ":null", ":merge"))]
    for first, pairs in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
Core.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("(true|false)$"), list("tf"))


class Compared(NamedTuple):
    """A document, and what is wrong with it by either: nothing where it is sound."""

    name: str
    by_check: tuple[str, ...]
    by_schema: tuple[str, ...]


@cache
def schema(kind: str) -> dict[str, Any]:
    return json_schema(kind)


def groups(kind: str) -> list[tuple[str, dict[str, Any]]]:
    """Every group of keys in a schema, by its name."""
    return list(schema(kind)["$defs"].items())


def inner(value: Any) -> Iterator[dict[str, Any]]:
    """Every mapping in a schema."""
    if isinstance(value, dict):
        yield value
        yield from (found for one in value.values() for found in inner(one))
    elif isinstance(value, list):
        yield from (found for one in value for found in inner(one))


def as_data(path: str, text: str) -> Any:
    """A file as an editor has it; of a page the front matter, with the text."""
    if not path.endswith(".md"):
        return as_texts(yaml.load(text, Core))
    _, header, body = text.split("---\n", 2)
    return {"id": Path(path).stem, **as_texts(yaml.load(header, Core) or {}), "text": body}


def as_texts(value: Any) -> Any:
    """The value with keys as JSON has them."""
    if isinstance(value, dict):
        return {key if isinstance(key, str) else json.dumps(key): as_texts(one) for key, one in value.items()}
    return [as_texts(one) for one in value] if isinstance(value, list) else value


def compare(tree: Any, paths: set[str], name: str, day: Any) -> Iterator[Compared]:
    """What both say of some files of a knowledge base."""
    library, sources, findings = gather(tree, day)
    told: dict[str, list[str]] = {}
    for finding in findings:
        told.setdefault(finding.place.path, []).append(finding.code)
    for code in ("unknown-word", *BY_FORM):
        for fault in checks()[code].function(library):  # type: ignore[misc]
            told.setdefault(fault.spot.path, []).append(code)
    for path in sorted(paths & sources.keys()):
        codes = told.get(path, [])
        if is_document(path) and not NO_YAML & set(codes):
            kind = kind_of(path)
            validator = validator_of(kind.name if kind else "vocabulary", library.vocabulary)
            errors = validator.iter_errors(as_data(path, sources[path].text))
            shown = tuple(f"{error.json_path}: {error.message[:120]}" for error in errors)
            counted = {*FORMAT, *(BY_FORM if shown else ())}
            yield Compared(f"{name} {path}", tuple(sorted({*codes} & counted)), shown)


def validator_of(kind: str, vocabulary: Vocabulary | None) -> jsonschema.Draft202012Validator:
    words = repr(vocabulary)
    known = VALIDATORS.get((kind, words))
    if known is None:
        made = json_schema(kind, vocabulary)
        known = jsonschema.Draft202012Validator(made, format_checker=jsonschema.FormatChecker(["date"]))
        VALIDATORS[kind, words] = known
    return known


VALIDATORS: dict[tuple[str, str], jsonschema.Draft202012Validator] = {}

# A stretch of a sound document, and what stands there instead; without a stretch, a key that it has then.
CHANGES: dict[str, tuple[str, dict[str, list[str]]]] = {
    "sops/restore-account.yaml": (
        SOP,
        {
            "id: restore-account": [
                "id: Restore",
                "id: index",
                "id: 404",
                "id: a b",
                f"id: {'a' * 81}",
                "id: [a]",
                "id:",
            ],
            'version: "2.1"': ["version: 1.0", "version: 2", "version: v2", "version: '2'"],
            "status: active": ["status: open", "state: active", "status:", "status: 1"],
            "owner: support": ["owner: nobody", "owner: 3", "owner: [support]", "owner: {a: b}", "Owner: support"],
            "escalation:": ["escalations:", "escalate:"],
            "trigger:": ["triger:", "when:"],
            "steps:": ["step:", "steps: []\nx:"],
            "": [
                *("queue:", "queue: nowhere", "queue: accounts", "critical: true", "review_by: 2026-02-31"),
                *("review_by: 2027-02-01", "review_by: 1 May 2027", "review_by: 2027", "symptoms: one"),
                *("symptoms: [1, two]", "symptoms: [yes, two]", "symptoms: [true, two]", "symptoms:", "symptoms: ['']"),
                *("phrases: {xx: [a]}", "phrases: {en: a}", "phrases: {en: }", "phrases: {en: [a, b]}"),
                *("superseded_by: Not an id", "superseded_by: restore-account", "formerly: [A]", "formerly: [a-1]"),
                *("sla: 4h", "sla: {first_response: 4 hours}", "sla: {resolution: 0h}", "sla: {first_response: 10bd}"),
                *("sla: {first: 1h}", "sla:", "quality: [{criterion: A, weight: 0}]", "quality: [{weight: 3}]"),
                *("quality: [{criterion: A, weight: '3'}]", "quality: [{criterion: A, critical: yes}]", "quality: [A]"),
                *("quality: [{criterion: A, weight: 101}]", "quality: [{criterion: A, critical: maybe}]"),
                *("in_short: {never: x}", "in_short: {not_when: x}", "severity: high", "severity: High", "never: x"),
                *("instead: {en: x}", "instead: {english: x}", "covered_by: support", "covered_by: x", "owners: x"),
                *("content_warning: [x]", "jurisdictions: [eu]", "jurisdictions: eu", "audience: everybody"),
            ],
        },
    ),
    "decision_trees/account-takeover.yaml": (
        TREE,
        {
            "questions:": ["question:", "inputs:"],
            "outcomes:": ["outcome:"],
            "start:": ["starts:"],
            "label:": ["lable:"],
            "go:": ["goes:"],
            "ask:": ["asks:"],
            "cases:": ["case:"],
            "": ["rows: []", "hit: first", "internal_note: x", "internal_note:"],
        },
    ),
    "decision_trees/urgency.yaml": (
        TABLE,
        {
            "rows:": ["row:", "questions:"],
            "inputs:": ["input:"],
            "then:": ["than:"],
            "values:": ["value:"],
            "": ["hit: first", "hit: all", "start: x", "questions: {}"],
        },
    ),
    "macros/account-restored.yaml": (
        MACRO,
        {
            "text:": ["texts:"],
            "": [
                *("locale: xx", "channel: pigeon", "recipient: other", "recipient: me", "reasons: {facts: [1]}"),
                *("reasons: {facts: [0]}", "reasons: {fact: [1]}", "reasons: {facts: []}", "html: <p>Hi</p>"),
                *("html: ' '", "actions: [{set: a}]", "actions: [{set: a, to: 1}]", "enforcement: x", "enforcement:"),
                *("cites: [a]", "cites: [account-integrity#ownership@3.1]", "cites: account-integrity#ownership@3.1"),
            ],
        },
    ),
    "content/policies/account-integrity.yaml": (
        POLICY,
        {
            "revised:": ["revise:"],
            "effective:": ["effectiv:"],
            "number:": ["no:"],
            "": [
                *("reviews: [{on: 2026-09-02, by: A, note: B}]", "reviews: [{on: today, by: A, note: B}]"),
                *("locale: en", "locale: english", "translations: {es: {of: '3.1', sections: {ownership: {text: A}}}}"),
                *("translations: {es: {sections: {}}}", "translations: {xx: {of: '3.1', sections: {}}}"),
            ],
        },
    ),
    "content/packs/acme-accounts.yaml": (
        PACK,
        {
            "audience:": ["audiences:"],
            "vendor:": ["vendors:"],
            "modules:": ["module:"],
            "": [
                *("trainers: internal", "trainers: x", "locales: [en]", "locales: [xx]"),
                *("internal_note: x", "aliases: x", "aliases: [x]"),
            ],
        },
    ),
    VOCABULARY: (
        WORDS,
        {
            "organisation:": ["organization:"],
            "internal: {name": ["staff: {name"],
            "": [
                *("banned: [{words: a, use: b}]", "banned: [{words: a}]", "banned: [{words: '!', use: b}]"),
                *("hosts: [example.org]", "hosts: [https://example.org]", "report: [{to: 'mailto:a@example.org'}]"),
                *("report: [{to: a@example.org}]", "synonyms: {en: [[a, b]]}", "synonyms: {en: [a, b]}"),
                *("nothing_found: [{ask: support}]", "nothing_found: [{ask: x}]", "dangers: {x: {name: X}}"),
                *("countries: {DE: {name: A}}", "countries: {Germany: {name: A}}", "countries: {DE: {fills: {A: b}}}"),
                *("placeholders: {name: a.b}", "placeholders: {name: '{{a}}'}", "placeholders: {if: a}"),
            ],
        },
    ),
}


def swaps() -> Iterator[tuple[str, dict[str, bytes | None]]]:
    for path, (text, changes) in CHANGES.items():
        for old, new in ((old, one) for old, some in changes.items() for one in some):
            assert old in text, (path, old)
            rest = re.sub(rf"(?m)^{new.split(':')[0]}:.*\n(?:[ -].*\n)*", "", text)
            changed = text.replace(old, new, 1) if old else f"{rest}{new}\n"
            yield f"{new} of", {path: changed.encode()}


@pytest.fixture(scope="module")
def compared(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Compared]:
    starter = set(Folder(STARTER).files(("content", "sops", "macros", "decision_trees")))
    found = list(compare(Folder(STARTER), starter, "starter", LIBRARY_DAY))
    small = Folder(write(tmp_path_factory.mktemp("small") / "base"))
    found += compare(small, set(FILES), "small", TODAY)
    for name, files in swaps():
        found += compare(Overlay(small, files), set(files), name, TODAY)
    for place in sorted((HERE / "types").glob("*.yaml")):
        files = {path: text.encode() for path, text in (scenario_of(place).get("files") or {}).items()}
        found += compare(Overlay(small, files), set(files), f"types/{place.stem}", TODAY)
    for place in sorted((HERE / "checks").glob("*/*.yaml")):
        told = scenario_of(place)
        if "encoding" not in told:
            texts: Mapping[str, str | None] = told.get("files") or {}
            files = {path: None if text is None else text.encode() for path, text in texts.items()}
            found += compare(Overlay(small, files), set(files), f"{place.parent.name}/{place.stem}", TODAY)
    return {one.name: one for one in found}


DIFFERENCES: list[dict[str, Any]] = scenario_of(HERE / "schema_differences.yaml")


def test_check_and_schema_agree_but_for_what_is_listed(compared: dict[str, Compared]) -> None:
    assert len(compared) >= 300
    wrong = [one for one in compared.values() if one.by_check]
    assert len(wrong) >= 60, len(wrong)
    listed = {name for entry in DIFFERENCES for name in entry["documents"]}
    differing = {name: one for name, one in compared.items() if bool(one.by_check) != bool(one.by_schema)}
    told = [f"{one.name}: check {one.by_check}, schema {one.by_schema}" for one in differing.values()]
    assert set(differing) == listed, "\n".join(one for one in told if one.split(": check")[0] not in listed)


@pytest.mark.parametrize("entry", DIFFERENCES, ids=lambda entry: entry["reason"][:40])
def test_a_difference_has_a_reason(entry: dict[str, Any], compared: dict[str, Compared]) -> None:
    for name in entry["documents"]:
        stricter = "check" if compared[name].by_check else "schema"
        assert stricter == entry["stricter"], name


def test_no_starter_document_is_marked(compared: dict[str, Compared]) -> None:
    marked = {name: one.by_schema for name, one in compared.items() if name.startswith("starter") and one.by_schema}
    assert marked == {}


@pytest.mark.parametrize("kind", MODELS)
def test_a_schema_is_one_and_names_every_key(kind: str) -> None:
    jsonschema.Draft202012Validator.check_schema(schema(kind))
    for model in MODELS[kind]:
        shape = schema(kind)["$defs"][model.__name__]
        assert set(shape["properties"]) == {field.alias or name for name, field in model.model_fields.items()}
        assert shape["additionalProperties"] is False


@pytest.mark.parametrize("kind", MODELS)
def test_every_key_has_a_description_and_an_example_that_fits(kind: str) -> None:
    for name, shape in groups(kind):
        for key, value in shape["properties"].items():
            assert value["description"].endswith("."), f"say below {name}.{key} what it is for"
            validator = jsonschema.Draft202012Validator(value | {"$defs": schema(kind)["$defs"]})
            assert value["examples"], f"give {name}.{key} an example"
            assert [error.message for error in validator.iter_errors(value["examples"][0])] == [], f"{name}.{key}"


def test_editors_can_read_every_pattern() -> None:
    patterns = {one["pattern"] for kind in MODELS for one in inner(schema(kind)) if isinstance(one.get("pattern"), str)}
    with MiniRacer() as engine:
        for pattern in patterns:
            assert engine.eval(f"new RegExp({json.dumps(pattern)}, 'u').test('x') !== undefined"), pattern


MISSING = [
    *[(TREE, line) for line in ("start:", "outcomes:", "owner:")],
    *[(TABLE, line) for line in ("inputs:", "rows:", "outcomes:")],
]


@pytest.mark.parametrize(("text", "key"), MISSING)
def test_a_missing_key_is_one_error(text: str, key: str) -> None:
    """A tree is not told that it is no table, nor a table that it is no tree."""
    without = re.sub(rf"(?m)^{key}.*\n(?:[ -].*\n)*", "", text)
    assert without != text
    errors = list(jsonschema.Draft202012Validator(schema("decision_tree")).iter_errors(yaml.load(without, Core)))
    assert [error.message for error in errors] == [f"'{key[:-1]}' is a required property"]


def test_the_words_of_the_knowledge_base_are_all_that_fit(base: Path, play: Play) -> None:
    made = json.loads(output_of(None, "schema", "sop", "--root", str(base)))["$defs"]["Sop"]["properties"]
    assert made["owner"]["enum"] == ["support", "policy", "legal"]
    assert made["owner"]["enumDescriptions"] == ["Support", "Policy", "Legal"]
    assert made["severity"]["enum"] == ["S1", "S2", None]
    assert made["phrases"]["propertyNames"]["enum"] == ["en", "es"]
    (base / VOCABULARY).write_text("organisation: x\n", encoding="utf-8")
    result = play(None, "schema", "sop", "--root", str(base))
    assert result.exit_code == 0
    assert "has errors, so that any word fits" in result.stderr


OTHER_WORDS = """\
organisation: Example Platform
audiences: {agents: {name: Agents}, internal: {name: Internal}}
teams: {moderation: {name: Moderation}, answers: {name: Answers}}
severities: {S1: {name: Severe}}
locales: {de: {name: Deutsch}, fr: {name: Français}}
"""


@pytest.mark.parametrize("kind", MODELS)
def test_what_an_editor_offers_is_of_this_knowledge_base(kind: str, base: Path) -> None:
    """An example is offered like any other completion: none has a word, a document or an id that is not there."""
    (base / VOCABULARY).write_text(OTHER_WORDS, encoding="utf-8")
    made = json.loads(output_of(None, "schema", kind, "--root", str(base)))
    foreign = r"\b(?:support|high|accounts?-\w+|restore-\w+|vendor|eu|acme|violence|lock|ownership|signal|es)\b"
    for name, shape in made["$defs"].items():
        for key, value in shape["properties"].items():
            validator = jsonschema.Draft202012Validator(value | {"$defs": made["$defs"]})
            for example in value.get("examples", ()):
                assert [error.message for error in validator.iter_errors(example)] == [], f"{name}.{key}"
                if name != "Vocabulary":  # which makes words
                    assert not re.search(foreign, str(example)), f"{name}.{key}: {example}"
    if kind == "sop":
        sop = made["$defs"]["Sop"]["properties"]
        assert "examples" not in sop["owner"] | sop["severity"]
        assert sop["escalation"]["description"].endswith("`{to: moderation, when: [The member is in danger.]}`.")


def test_the_name_of_a_word_has_an_example_of_its_own_sort() -> None:
    made = schema("vocabulary")["$defs"]
    names = {
        key: shape["properties"]["name"]["examples"][0]
        for key, shape in made.items()
        if key.endswith("Term") and key != "CaseTerm"
    }
    assert names["ChannelTerm"] == "E-mail"
    assert names["CountryTerm"] == "Germany"
    assert len(set(names.values())) == len(names) >= 10


def test_all_schemas_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert json.loads(output_of(None, "schema")) == {name: json.loads(json.dumps(schema(name))) for name in MODELS}


def test_a_new_file_names_its_schema_where_the_knowledge_base_has_it(base: Path, play: Play) -> None:
    output_of(base, "new", "sop", "before")
    assert (base / "sops/before.yaml").read_text(encoding="utf-8").startswith("id: before\n")
    to = str(base / ".vscode/schemas")
    assert f"{len(MODELS)} files written" in output_of(None, "schema", "--root", str(base), "--to", to)
    for kind in [*kinds(), "decision_table"]:
        output_of(base, "new", kind, f"a-{kind.replace('_', '-')}")
    assert play(base, "check", "--select", "invalid-yaml,unknown-key").exit_code == 0
    made = list(base.rglob("a-*.yaml"))
    assert len(made) == 6
    for path in made:
        line = path.read_text(encoding="utf-8").partition("\n")[0]
        place = path.parent / line.removeprefix("# yaml-language-server: $schema=")
        assert json.loads(place.read_text(encoding="utf-8"))["title"]
    assert (base / "content/pages/a-page.md").read_text(encoding="utf-8").startswith("---\n")


def test_the_files_that_schemas_are_for(base: Path) -> None:
    for name, pattern in described_files().items():
        assert list(base.glob(pattern)), name
