"""What somebody types on one line is shown as typed, wherever it stands: it is no Markdown, no HTML, no template.

Every field of one line is found by walking the models, so that one that is added later takes part by itself.
"""

from __future__ import annotations

import html
import json
import re
import zipfile
from collections import defaultdict
from collections.abc import Iterator
from functools import cached_property
from html.parser import HTMLParser
from pathlib import Path
from typing import Any, get_args, get_origin

import icalendar
import markdown
import pytest
import yaml
from conftest import Play, output_of
from knowledge import FILES, POLICY, TABLE, put
from models import LEADING, bare, fields, is_line, is_model, loaded, model_of, models, role, written
from pydantic import BaseModel

from generator.documents import VOCABULARY, kind_of

ROOT = Path(__file__).parents[1]
TYPED = (
    "**b** [x](javascript:alert(1)) <i class=planted>y</i> {{ z }} | ` &amp; # </title></script> \" ' \u2028_e_ "
    "<!x c> ![p](q) ~~s~~ $m$ [[r]] {: .planted } \\* http://e.example/ end"
)
FILE = "zq **b** [x](javascript:alert(1)) <i class=planted>y<i> {{ z }} \u2028 &amp; end"
# Lines that no page shows.
UNSHOWN = {
    *[("Vocabulary", "organisation"), ("Banned", "words"), ("Banned", "use"), ("Banned", "why")],
    *[("Vocabulary", "synonyms"), ("DangerTerm", "name"), ("DangerTerm", "phrases")],
    *[("DangerTerm", "unless")],
}

MORE = {
    "sops/restore-account.yaml": """
jurisdictions: [eu]
content_warning: [violence]
not_when: [Nobody lost anything.]
prerequisites: [A case is open.]
in_short: {not_when: Nothing lost, prerequisites: An open case}
""",
    "macros/account-restored.yaml": """
variables:
  name: {label: Member's name, example: Sam, fallback: there}
  tone: {label: Tone, type: choice, choices: [warm, plain], example: warm}
translations:
  es:
    of: "1.2"
    variables: {name: {fallback: amigo}, tone: {choices: {warm: cálido, plain: llano}}}
    text: "Hola {{ name }}: {{ tone }}."
text: "Hi {{ name }}: {{ tone }}."
""",
    "content/policies/account-integrity.yaml": POLICY[POLICY.index("sections:") : POLICY.index("history:")]
    + """\
    examples: [{violates: Two have one., why: It has two owners.}, {allowed: Each has one., why: One owner each.}]
    records: [{record: Notes, in_words: a while, counted_from: the day, why: To prove it., deletes: the tool}]
reviews: [{on: 2026-09-02, by: Someone, note: Read.}]
translations: {es: {of: "3.1", title: Integridad, sections: {ownership: {title: Propiedad, text: Un dueño.}}}}
history:
  - {version: "4.0", effective: 2027-01-01, note: N., changes: [{section: ownership, kind: tightened, note: N.}]}
  - {version: "3.1", effective: 2026-09-01, changes: [{section: ownership, kind: clarified, note: Shorter words.}]}
  - {version: "3.0", effective: 2026-01-01, changes: [{section: ownership, kind: added}]}
""",
    "decision_trees/account-takeover.yaml": """
questions:
  signal:
    ask: How much is lost?
    takes: amount
    unit: USD
    answers: {"yes": {label: Much, from: 100, go: lock}, otherwise: {label: Little, below: 100, go: leave}}
""",
    "decision_trees/urgency.yaml": """
inputs:
  harm:
    ask: How bad is it?
    takes: amount
    unit: USD
    values: {low: {label: Hardly, below: 9}, high: {label: Badly, from: 9}}
  reach:
    ask: How many are hit?
    help: Count accounts.
    takes: number
    unit: accounts
    values: {one: {label: One, up_to: 1}, few: {label: A few, above: 1, below: 9}, many: {label: Many, from: 9}}
""",
    VOCABULARY: """
banned: [{words: never ever, use: not, why: it promises}]
synonyms: {en: [[one word, another word]]}
countries:
  ES: {name: Spain, also: [España], fills: {name: {es: amigo de España}, tone: warm}}
dangers:
  fire: {name: A fire, audience: vendor, first: [restore-account], phrases: {en: [it burns]}, unless: {en: [burns me]}}
nothing_found: [{audience: vendor, first: [restore-account], ask: support}]
""",
}


class Planted:
    """Texts by what stood there before: one for each, so that what must agree still does."""

    def __init__(self) -> None:
        self.texts: dict[str, str] = {}
        self.fields: dict[tuple[str, str], set[str]] = defaultdict(set)

    @cached_property
    def by_number(self) -> dict[str, str]:
        return {text.split(":")[0]: text for text in self.texts.values()}

    def text(self, field: tuple[str, str], value: object) -> str:
        known = str(value) if value is not None else ".".join(field)
        text = self.texts.setdefault(known, f"zq{len(self.texts)}: {TYPED}")
        self.fields[field].add(text)
        return text


def is_word(marks: tuple[Any, ...]) -> bool:
    """Whether it names a document or a word; an audience that nobody knows would hide all."""
    known = role(marks)
    return known is not None and known.name in ("reference", "citation", "word") and known.of != "audiences"


def plant(model: type[BaseModel], data: dict[str, Any], texts: Planted, all_of_it: bool) -> dict[str, Any]:
    """The data with each line replaced, and with those that it lacks; names of other things too if `all_of_it`."""

    def put(hint: Any, field: tuple[str, str], value: Any) -> Any:
        inner, marks = bare(hint)
        if is_line(marks) and (all_of_it or field not in LEADING):
            return texts.text(field, value)
        if all_of_it and is_word(marks):
            return TYPED if value is not None else None
        if get_origin(inner) is list:
            item = get_args(inner)[0]
            given = value if isinstance(value, list) else [value] if value is not None else []
            values = given or ([None] if is_line(bare(item)[1]) and field != ("Variable", "choices") else [])
            return [put(item, field, one) for one in values] or value
        if get_origin(inner) is dict and isinstance(value, dict):
            key, item = get_args(inner)
            return {put(key, field, name): put(item, field, one) for name, one in value.items()}
        if is_model(inner) and isinstance(value, dict):
            return plant(inner, value, texts, all_of_it)
        return value

    found = {name: put(hint, (model.__name__, name), data.get(name)) for name, hint in fields(model)}
    return {name: value for name, value in found.items() if value is not None}


def lines(model: type[BaseModel], seen: set[type]) -> Iterator[tuple[str, str]]:
    """Every field of one line that a model or those in it have."""
    if model in seen:
        return
    seen.add(model)
    for name, hint in fields(model):
        todo = [hint]
        while todo:
            inner, marks = bare(todo.pop())
            if is_line(marks):
                yield model.__name__, name
            elif is_model(inner):
                yield from lines(inner, seen)
            else:
                todo += get_args(inner)


def sample() -> dict[str, dict[str, Any]]:
    """The small knowledge base as data, with more in it, a table, and every file once."""
    files = FILES | {"decision_trees/urgency.yaml": TABLE.replace("id: account-takeover", "id: urgency")}
    found = {}
    for path, text in files.items():
        more = {} if path == VOCABULARY else {"phrases": {"en": [f"A phrase of {path}"]}}
        found[path] = loaded(path, text.encode()) | more | (yaml.load(MORE.get(path, "{}"), yaml.BaseLoader) or {})
    known = {kind_of(path) for path in files}
    for scenario in sorted((ROOT / "tests/types").glob("*.yaml")):  # a type that was added has its sample there
        for path, text in yaml.safe_load(scenario.read_text(encoding="utf-8")).get("files", {}).items():
            if kind_of(path) not in known:
                header: dict[str, Any] = {"symptoms": ["One sign."], "aliases": ["Another name"]}
                header["phrases"] = {"en": [f"A phrase of {path}"]}
                note = [{"version": "1.0", "on": "2026-01-01", "note": "First.", "by": "Somebody"}]
                found[path] = header | {"history": note} | loaded(path, text.encode())
    return found


def lay(root: Path, texts: Planted, broken: bool) -> Path:
    """The planted knowledge base; with `broken`, a second time with all names of other things replaced."""
    for path, data in sample().items():
        kind = kind_of(path)
        model = model_of(path, data)
        copies = {path: plant(model, data, texts, False)}
        if broken and kind and kind.name != "pack":
            second = data | {"id": f"{Path(path).stem}-too", "formerly": []}
            if kind.name == "macro":
                second["text"] = texts.text(("Macro", "text"), data["text"])
            copies[path.replace(".", "-too.")] = plant(model, second, texts, True)
            copies[f"{kind.folder}/{FILE}{kind.suffix}"] = {"title": "[", "text": ""}
        put(root, {place: written(place, one) for place, one in copies.items()})
    config = yaml.safe_load((ROOT / "mkdocs.yml").read_text(encoding="utf-8"))
    config |= {"site_name": texts.text(("mkdocs.yml", "site_name"), None), "site_description": TYPED}
    (root / "mkdocs.yml").write_text(yaml.safe_dump(config), encoding="utf-8")
    return root


class Seen(HTMLParser):
    """What a browser makes of a page: its text, and what somebody could have planted."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.text = ""
        self.attributes: list[str] = []
        self.islands: list[str] = []
        self.foreign: list[str] = []
        self._inside = ""
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        known = dict(attrs)
        self._inside = "island" if known.get("type") == "application/json" else tag if tag == "script" else ""
        if tag in ("p", "li", "h1", "h2", "h3", "td", "th", "title", "a", "span", "div", "label", "option", "button"):
            self.text += "\n"
        self.attributes += [value or "" for _, value in attrs]
        href = (known.get("href") or known.get("src") or "").strip().lower()
        if "planted" in (known.get("class") or "") or href.startswith(("javascript:", "http://e.example")):
            self.foreign.append(f"<{tag} {known}>")

    def handle_endtag(self, tag: str) -> None:
        self._inside = ""

    def handle_data(self, data: str) -> None:
        if self._inside == "island":
            self.islands.append(data)
        elif self._inside != "script":
            self.text += data

    def handle_comment(self, data: str) -> None:
        if data.strip() == "c":
            self.foreign.append("a comment")


def spaced(text: str) -> str:
    return " ".join(text.split())


def strings(data: Any) -> Iterator[str]:
    if isinstance(data, dict):
        yield from (one for pair in data.items() for part in pair for one in strings(part))
    elif isinstance(data, list):
        yield from (one for part in data for one in strings(part))
    elif isinstance(data, str):
        yield data


NUMBER = re.compile(r"(zq\d+): ")


def judged(name: str, page: str, texts: Planted) -> set[str]:
    """The planted texts that a page shows, each of which must be shown as typed."""
    seen = Seen(page)
    assert not seen.foreign, f"{name} obeys what somebody typed: {seen.foreign[:3]}"
    data = [*seen.islands, *(one for one in seen.attributes if one.startswith("{"))]
    pieces = [seen.text, *(one for one in seen.attributes if not one.startswith("{"))]
    pieces += [text for one in data for text in strings(json.loads(one))]
    shown = set()
    for piece in map(spaced, pieces):
        for match in NUMBER.finditer(piece):
            text = texts.by_number[match[1]]
            found, dots, _ = piece[match.start() : match.start() + len(spaced(text))].partition("…")  # as drawings cut
            assert found == (spaced(text)[: len(found)] if dots else spaced(text)), f"{name} shows something else"
            shown.add(text)
    return shown


def pages(folder: Path, texts: Planted) -> set[str]:
    """What all pages of a site and its search show."""
    shown: set[str] = set()
    for path in sorted(folder.rglob("*.html")):
        shown |= judged(path.relative_to(folder).as_posix(), path.read_text(encoding="utf-8"), texts)
    for path in sorted(folder.glob("search/*/d*.js")):
        card = json.loads(path.read_text(encoding="utf-8").partition(",")[2].removesuffix(");\n"))
        said = [
            card["title"],
            *(text for _, text in card["signs"]),
            *(one for part in card["parts"] for one in part[1:]),
        ]
        for text in said:
            shown |= judged(f"the search's card of {card['id']}", f"<p>{html.escape(text)}</p>", texts)
    return shown


def test_a_site_shows_every_line_as_typed(tmp_path: Path, play: Play) -> None:
    texts = Planted()
    root = lay(tmp_path, texts, broken=True)
    known = {field for model in models() for field in lines(model, set())}
    assert known <= texts.fields.keys(), "give these fields a value in `MORE` or in tests/types, so that they take part"
    result = play(root, "build", "--allow-errors")
    assert result.exit_code == 0, result.output
    shown = pages(root / "site", texts)
    unshown = {field for field, some in texts.fields.items() if not some & shown}
    assert unshown == UNSHOWN, "no page shows these: show them, or add them to `UNSHOWN`"


def test_a_pack_shows_every_line_as_typed(tmp_path: Path) -> None:
    texts = Planted()
    root = lay(tmp_path / "base", texts, broken=False)
    output_of(root, "pack", "build", "acme-accounts")
    with zipfile.ZipFile(next((root / "dist").rglob("site.zip"))) as archive:
        archive.extractall(tmp_path)
    assert len(pages(tmp_path / "acme-accounts", texts)) > 20
    record = json.loads((tmp_path / "acme-accounts/pack.json").read_text(encoding="utf-8"))
    assert record["title"] in texts.fields["Pack", "title"]


def test_a_calendar_has_every_line_as_typed(tmp_path: Path, play: Play) -> None:
    texts = Planted()
    root = lay(tmp_path, texts, broken=False)
    result = play(root, "forecast", "--until", "2027-12-31", "--format", "ics")
    book = icalendar.Calendar.from_ical(result.output)
    told = [str(event[key]) for event in book.walk("VEVENT") for key in ("SUMMARY", "DESCRIPTION")]
    found = [texts.by_number[match[1]] in piece for piece in told for match in NUMBER.finditer(piece)]
    assert found
    assert all(found)


@pytest.mark.parametrize("command", [["impact", "account-integrity", "--format", "markdown"]])
def test_a_comment_on_a_pull_request_is_no_markdown_of_somebody_else(
    command: list[str], tmp_path: Path, play: Play
) -> None:
    texts = Planted()
    root = lay(tmp_path, texts, broken=False)
    for path in ("sops/restore-account.yaml", "macros/account-restored.yaml"):
        data = yaml.safe_load((root / path).read_text(encoding="utf-8"))
        data["owner"] = f"zq0: {TYPED}"
        data["cites"] = data.get("cites", []) if path.startswith("macros") else None
        (root / path).write_text(yaml.safe_dump({k: v for k, v in data.items() if v}), encoding="utf-8")
    texts.by_number["zq0"] = f"zq0: {TYPED}"
    result = play(root, *command)
    assert result.exit_code == 0, result.output
    made = markdown.markdown(result.output, extensions=["tables"])
    assert judged("the comment", made, texts)
