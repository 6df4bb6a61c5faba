"""Makes a knowledge base of any size: a number of documents as YAML files in a folder.

Half of the documents are SOPs, a quarter macros in four languages, an eighth trees and tables, the rest policies, with
ten references each on average. They are for three audiences, and packs for two vendors are made of them. Every policy
has four versions, one of them still to come; every eighth has forty more, and twenty sections. The same number gives
the same bytes.
"""

from __future__ import annotations

import random
import re
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path

WORDS = [
    "account",
    "member",
    "report",
    "evidence",
    "queue",
    "decision",
    "review",
    "signal",
    "payment",
    "message",
    "notice",
    "policy",
    "appeal",
    "vendor",
    "analyst",
    "content",
    "case",
    "deadline",
    "proof",
    "request",
    "device",
    "region",
    "session",
    "amount",
    "pattern",
    "lead",
    "shift",
    "record",
]

REVISED = {0: "2.0", 4: "1.1"}
AUDIENCES = ("public", "vendor", "internal")
AUDIENCE = ("vendor", "internal", "vendor", "public")  # of every four times eight documents
QUEUES = ("content-integrity", "fraud-and-scams", "appeals")
TEAMS = ("content-integrity", "appeals")
VENDORS = ("brightdesk", "kestrel")
LANGUAGES = {"es": "Hola", "de": "Hallo", "ja": "\u69d8"}
ARCHIVED, SECTIONS, VERSIONS = 64, 20, 40  # of so many documents one is a policy with so many sections and versions
# The documents that the vocabulary names are not here.
FIRST, FIRST_OF_ALL = re.compile(r"first: \[.*\]"), "sop-00001"
ORDER = re.compile(r"\n +order:(?: \[.*\]|(?:\n +- .*)+)")
MODULE = 12  # documents
FORMATS = ("site", "scorm12", "scorm2004", "cmi5", "macros", "gift", "moodle", "qti", "spreadsheet", "whats_changed")
PACKED = 1000  # documents for each pack, which are four or more


class Maker:
    """Documents by number; the kind follows from the number, so that any document can name any other."""

    def __init__(self, count: int, words: Sequence[str] = WORDS) -> None:
        self.count = count
        self.words = words
        self.random = random.Random(count)
        self.reader = "internal"

    @property
    def team(self) -> str:
        return "trust-policy" if self.reader == "public" else self.random.choice(TEAMS)

    def kind(self, number: int) -> str:
        return ("policy", "sop", "macro", "sop", "decision_tree", "sop", "macro", "sop")[number % 8]

    def name(self, number: int) -> str:
        return f"{self.kind(number).replace('_', '-')}-{number:05d}"

    def audience(self, number: int) -> str:
        return AUDIENCE[number // 8 % 4]

    def other(self, kind: str, reader: str | None = None) -> str:
        """Any document of a kind that the readers of this one may see."""
        may_see = AUDIENCES[: AUDIENCES.index(reader or self.reader) + 1]
        number = self.random.randrange(self.count)
        while self.kind(number) != kind or self.audience(number) not in may_see:
            number = (number + 1) % self.count
        return self.name(number)

    def sentence(self) -> str:
        words = self.random.choices(self.words, k=self.random.randint(9, 16))
        return " ".join(words).capitalize() + "."

    def prose(self, sentences: int, references: int, indent: int) -> str:
        lines = [self.sentence() for _ in range(sentences)]
        for _ in range(references):
            at = self.random.randrange(sentences)
            kind = self.random.choice(["sop", "macro", "decision_tree"])
            lines[at] += f" See [[{self.other(kind)}]]."
        return "".join(f"{' ' * indent}{line}\n" for line in lines)

    def citation(self) -> str:
        return f"{self.other('policy')}#section-{self.random.randrange(5)}@2.0"

    def header(self, number: int) -> str:
        queue = "" if self.reader == "public" else f"queue: {self.random.choice(QUEUES)}\n"
        symptoms = "".join(f"  - {self.sentence()}\n" for _ in range(3))
        return (
            f'id: {self.name(number)}\ntitle: {self.sentence()[:50].strip()}\nversion: "2.0"\nstatus: active\n'
            f"owner: {self.team}\naudience: {self.reader}\n{queue}"
            f"severity: S2\nreviewed: 2026-10-01\nreview_by: 2027-04-01\nsummary: {self.sentence()}\n"
            f"symptoms:\n{symptoms}"
        )

    def document(self, number: int) -> str:
        self.reader = self.audience(number)
        kind = "decision_table" if number % 24 == 4 else self.kind(number)
        text: str = getattr(self, kind)(number)
        return self.header(number) + text

    def history(self) -> str:
        entries = zip(("2.0", "1.1", "1.0"), ("2026-09-30", "2026-05-30", "2025-11-30"), strict=True)
        return "history:\n" + "".join(
            f'  - {{version: "{version}", on: {day}, note: "{self.sentence()}"}}\n' for version, day in entries
        )

    def sop(self, number: int) -> str:
        steps = ""
        for step in range(7):
            steps += (
                f"  - id: step-{step}\n    title: {self.sentence()[:40].strip()}\n    text: |\n"
                f"{self.prose(5, 1 if step < 4 else 0, 6)}    why: {self.sentence()}\n"
                f"    cites: [{self.citation()}]\n"
            )
            if step == 6 and number % 4 == 1:
                steps += f"    internal_note: {self.sentence()} See [[{self.other('sop', 'internal')}]].\n"
        return (
            f"trigger: {self.sentence()}\nprerequisites:\n  - {self.sentence()}\n  - {self.sentence()}\n"
            f"sla: {{first_response: 1bd, resolution: 3bd}}\nescalation:\n  to: {self.team}\n  when:\n"
            f"    - {self.sentence()}\nsteps:\n{steps}otherwise: {self.sentence()}\nnever:\n  - {self.sentence()}\n"
            f"quality:\n  - {{criterion: {self.sentence()}, weight: 3, critical: true}}\n{self.history()}"
        )

    def macro(self, number: int) -> str:
        letter = f"  Hi {{{{ name }}}},\n{self.prose(10, 0, 2)}  Reply by {{{{ deadline }}}}.\n"
        translations = ""
        for locale, greeting in LANGUAGES.items():
            foreign = letter.replace("\n  ", "\n      ").replace("  Hi", f"      {greeting}", 1)
            words = f"{{name: {{fallback: {self.random.choice(WORDS)}}}}}"
            translations += f'  {locale}:\n    of: "2.0"\n    variables: {words}\n    text: |\n{foreign}'
        cites = ", ".join(self.citation() for _ in range(4))
        return (
            f"channel: email\nwhen: |\n{self.prose(3, 3, 2)}locale: en\nvariables:\n"
            f"  name: {{label: Name, fallback: there}}\n  deadline: {{label: Answer by, type: date}}\n"
            f"text: |\n{letter}translations:\n{translations}cites: [{cites}]\n{self.history()}"
        )

    def decision_tree(self, number: int) -> str:
        questions = outcomes = cases = ""
        for n in range(6):
            onward = f"q{n + 1}" if n < 5 else "o5"
            questions += (
                f"  q{n}:\n    ask: {self.sentence()}\n    help: |\n{self.prose(2, 1, 6)}    answers:\n"
                f'      "yes": {{label: It is so, go: o{n}}}\n      "no": {{label: It is not, go: {onward}}}\n'
            )
            outcomes += (
                f"  o{n}:\n    decision: {self.sentence()}\n    sop: {self.other('sop')}\n"
                f"    macro: {self.other('macro')}\n    cites: [{self.citation()}]\n"
            )
            answers = ", ".join(['"no"'] * n + ['"yes"'])
            cases += f"  - id: case-{n}\n    scenario: {self.sentence()}\n    answers: [{answers}]\n"
            cases += f"    outcome: o{n}\n    why: {self.sentence()}\n"
        return f"start: q0\nquestions:\n{questions}outcomes:\n{outcomes}cases:\n{cases}{self.history()}"

    def decision_table(self, number: int) -> str:
        """Four inputs of three values; each row asks as many of them as it needs, and no two rows fit one case."""
        del number
        inputs = rows = outcomes = cases = ""
        for n in range(4):
            values = "".join(f"      v{v}: {{label: {self.sentence()[:40].strip()}}}\n" for v in range(3))
            inputs += f"  i{n}:\n    ask: {self.sentence()}\n    help: |\n{self.prose(2, 1, 6)}    values:\n{values}"
            for v in range(3 if n == 3 else 2):
                when = ", ".join([f"i{before}: v2" for before in range(n)] + [f"i{n}: v{v}"])
                rows += f"  - {{when: {{{when}}}, then: o{2 * n + v}, note: {self.sentence()}}}\n"
                answers = ", ".join(["v2"] * n + [f"v{v}"] + ["any"] * (3 - n))
                cases += f"  - id: case-{2 * n + v}\n    scenario: {self.sentence()}\n    answers: [{answers}]\n"
                cases += f"    outcome: o{2 * n + v}\n    why: {self.sentence()}\n"
                outcomes += f"  o{2 * n + v}:\n    decision: {self.sentence()}\n    sop: {self.other('sop')}\n"
                outcomes += f"    macro: {self.other('macro')}\n    cites: [{self.citation()}]\n"
        return f"inputs:\n{inputs}rows:\n{rows}outcomes:\n{outcomes}cases:\n{cases}{self.history()}"

    def policy(self, number: int) -> str:
        is_archived = number % ARCHIVED == 0
        old = list(self.old_versions()) if is_archived else []
        revised = {change[0]: version for version, _, changes in reversed(old) for change in changes if change[1]}
        sections = ""
        for n in range(SECTIONS if is_archived else 5):
            sections += (
                f'  - id: section-{n}\n    number: "{n + 1}"\n    title: {self.sentence()[:40].strip()}\n'
                f'    revised: "{REVISED.get(n, revised.get(n, "1.0"))}"\n    text: |\n'
                f"{self.prose(6, 1 if n < 4 else 0, 6)}"
            )
            if n == 3:
                sections += f"    internal_note: {self.sentence()} See [[{self.other('macro', 'internal')}]].\n"
        years = (2016, 2017) if is_archived else (2025, 2026)
        return (
            f"effective: 2026-09-01\nsections:\n{sections}history:\n"
            f'  - {{version: "3.0", effective: 2027-{1 + number // 8 % 12:02}-01, note: "{self.sentence()}",\n'
            f"     changes: [{{section: section-4, kind: relaxed}}, {{section: section-1, kind: clarified}}]}}\n"
            f'  - {{version: "2.0", effective: 2026-09-01, note: "{self.sentence()}",\n'
            f"     changes: [{{section: section-0, kind: tightened}}, {{section: section-2, kind: clarified}}]}}\n"
            f"{''.join(map(self.old_version, old))}"
            f'  - {{version: "1.1", effective: {years[1]}-01-01, changes: [{{section: section-4, kind: added}}]}}\n'
            f'  - {{version: "1.0", effective: {years[0]}-09-01, changes: []}}\n'
        )

    def old_versions(self) -> Iterator[tuple[str, str, list[tuple[int, bool]]]]:
        """Versions of an archived policy, newest first: their days, and what they changed, in meaning or in words."""
        for n in reversed(range(VERSIONS)):
            month = 2 * n
            changed = self.random.sample(range(5, SECTIONS), 3)
            changes = [(section, self.random.random() < 0.5) for section in changed]
            yield f"1.{2 + n}", f"{2018 + month // 12}-{1 + month % 12:02}-01", changes

    def old_version(self, version: tuple[str, str, list[tuple[int, bool]]]) -> str:
        kinds = (
            f"{{section: section-{n}, kind: {'tightened' if is_new else 'clarified'}}}" for n, is_new in version[2]
        )
        return (
            f'  - {{version: "{version[0]}", effective: {version[1]}, note: "{self.sentence()}",\n'
            f"     changes: [{', '.join(kinds)}]}}\n"
        )

    def course(self) -> str:
        """A pack of all that vendors may read, in modules of twelve documents."""
        self.reader = "vendor"
        names = [self.name(number) for number in range(self.count) if self.audience(number) != "internal"]
        modules = [names[at : at + MODULE] for at in range(0, len(names), MODULE)]
        return (
            f'id: course\ntitle: Everything for vendors\nversion: "2.0"\nstatus: active\nowner: {self.team}\n'
            f"audience: vendor\nreviewed: 2026-10-01\nreview_by: 2027-04-01\nsummary: {self.sentence()}\n"
            f"vendor: {VENDORS[0]}\nlocales: [es, de]\nformats: [{', '.join(FORMATS)}]\nmodules:\n"
            + "".join(
                f"  - title: {self.sentence()[:40].strip()}\n    text: |\n{self.prose(3, 0, 6)}"
                f"    documents: [{', '.join(one)}]\n"
                for one in modules
            )
            + self.history()
        )

    def pack(self, number: int) -> str:
        """What a queue's procedures teach to the readers of one audience, by one vendor."""
        self.reader = AUDIENCES[1 - number // 2 % 2]
        queue = "" if self.reader == "public" else f"queue: {QUEUES[number % 3]}, "
        documents = ", ".join({self.other("sop"): None for _ in range(10)})
        titles = [self.sentence()[:40].strip() for _ in range(2)]
        return (
            f'id: pack-{number:03d}\ntitle: {self.sentence()[:50].strip()}\nversion: "2.0"\nstatus: active\n'
            f"owner: {self.team}\naudience: {self.reader}\nreviewed: 2026-10-01\nreview_by: 2027-04-01\n"
            f"summary: {self.sentence()}\nvendor: {VENDORS[number % 2]}\nlocales: [es, de]\nmodules:\n"
            f"  - title: {titles[0]}\n    text: |\n{self.prose(3, 1, 6)}    documents: [{documents}]\n"
            f"  - title: {titles[1]}\n    select: {{{queue}type: sop}}\n"
            f"  - title: Keep at hand\n    select: {{referred: true}}\n{self.history()}"
        )


FOLDERS = {"sop": "sops", "macro": "macros", "decision_tree": "decision_trees", "policy": "content/policies"}


def make(count: int, place: Path, root: Path, packs: int | None = None, maker: Maker | None = None) -> Path:
    """Writes `count` documents and the packs below `place`, with the vocabulary and mkdocs.yml of the project."""
    shutil.rmtree(place, ignore_errors=True)
    for folder in (*FOLDERS.values(), "content/packs"):
        (place / folder).mkdir(parents=True)
    vocabulary = (root / "content" / "vocabulary.yaml").read_text(encoding="utf-8")
    ours = FIRST.sub(f"first: [{FIRST_OF_ALL}]", ORDER.sub("", vocabulary))
    (place / "content" / "vocabulary.yaml").write_text(ours, encoding="utf-8")
    shutil.copy(root / "mkdocs.yml", place / "mkdocs.yml")
    maker = maker or Maker(count)
    for number in range(count):
        path = place / FOLDERS[maker.kind(number)] / f"{maker.name(number)}.yaml"
        path.write_text(maker.document(number), encoding="utf-8")
    for number in range(max(4, count // PACKED) if packs is None else packs):
        path = place / "content" / "packs" / f"pack-{number:03d}.yaml"
        path.write_text(maker.pack(number), encoding="utf-8")
    if packs == 0:
        (place / "content" / "packs" / "course.yaml").write_text(maker.course(), encoding="utf-8")
    return place
