"""Makes a knowledge base of any size: in goes a number of documents and a folder, out come YAML files.

Half of the documents are SOPs, a quarter macros, an eighth trees, the rest policies, with ten references each
on average. Every policy has four versions, one of them still to come. The same number gives the same bytes.
"""

from __future__ import annotations

import random
import shutil
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


class Maker:
    """Documents by number; the kind follows from the number, so that any document can name any other."""

    def __init__(self, count: int, queues: list[str], teams: list[str]) -> None:
        self.count, self.queues, self.teams = count, queues, teams
        self.random = random.Random(count)

    def kind(self, number: int) -> str:
        return ("policy", "sop", "macro", "sop", "decision_tree", "sop", "macro", "sop")[number % 8]

    def name(self, number: int) -> str:
        return f"{self.kind(number).replace('_', '-')}-{number:05d}"

    def other(self, kind: str) -> str:
        number = self.random.randrange(self.count)
        while self.kind(number) != kind:
            number = (number + 1) % self.count
        return self.name(number)

    def sentence(self) -> str:
        words = self.random.choices(WORDS, k=self.random.randint(9, 16))
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
        symptoms = "".join(f"  - {self.sentence()}\n" for _ in range(3))
        return (
            f'id: {self.name(number)}\ntitle: {self.sentence()[:50].strip()}\nversion: "2.0"\nstatus: active\n'
            f"owner: {self.random.choice(self.teams)}\naudience: internal\nqueue: {self.random.choice(self.queues)}\n"
            f"severity: S2\nreviewed: 2026-10-01\nreview_by: 2027-04-01\nsummary: {self.sentence()}\n"
            f"symptoms:\n{symptoms}"
        )

    def document(self, number: int) -> str:
        text: str = getattr(self, self.kind(number))(number)
        return self.header(number) + text

    def history(self) -> str:
        return f'history:\n  - {{version: "2.0", on: 2026-09-30, note: "{self.sentence()}"}}\n'

    def sop(self, number: int) -> str:
        steps = ""
        for step in range(7):
            steps += (
                f"  - id: step-{step}\n    title: {self.sentence()[:40].strip()}\n    text: |\n"
                f"{self.prose(5, 1 if step < 4 else 0, 6)}    why: {self.sentence()}\n"
                f"    cites: [{self.citation()}]\n"
            )
        return (
            f"trigger: {self.sentence()}\nprerequisites:\n  - {self.sentence()}\n  - {self.sentence()}\n"
            f"sla: {{first_response: 4h, resolution: 24h}}\nescalation:\n  to: {self.teams[0]}\n  when:\n"
            f"    - {self.sentence()}\nsteps:\n{steps}otherwise: {self.sentence()}\nnever:\n  - {self.sentence()}\n"
            f"quality:\n  - {{criterion: {self.sentence()}, weight: 3, critical: true}}\n{self.history()}"
        )

    def macro(self, number: int) -> str:
        letter = f"  Hi {{{{ name }}}},\n{self.prose(10, 0, 2)}  Reply by {{{{ deadline }}}}.\n"
        foreign = letter.replace("\n  ", "\n      ").replace("  Hi", "      Hola", 1)
        cites = ", ".join(self.citation() for _ in range(4))
        return (
            f"channel: email\nwhen: |\n{self.prose(3, 3, 2)}locale: en\nvariables:\n  name: {{label: Name}}\n"
            f"  deadline: {{label: Answer by, type: date}}\ntext: |\n{letter}translations:\n  es:\n"
            f'    of: "2.0"\n    text: |\n{foreign}cites: [{cites}]\n{self.history()}'
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

    def policy(self, number: int) -> str:
        sections = ""
        for n in range(5):
            sections += (
                f'  - id: section-{n}\n    number: "{n + 1}"\n    title: {self.sentence()[:40].strip()}\n'
                f'    revised: "{REVISED.get(n, "1.0")}"\n    text: |\n{self.prose(6, 1 if n < 4 else 0, 6)}'
            )
        return (
            f"effective: 2026-09-01\nsections:\n{sections}history:\n"
            f'  - {{version: "3.0", effective: 2027-{1 + number // 8 % 12:02}-01, note: "{self.sentence()}",\n'
            f"     changes: [{{section: section-4, kind: relaxed}}, {{section: section-1, kind: clarified}}]}}\n"
            f'  - {{version: "2.0", effective: 2026-09-01, note: "{self.sentence()}",\n'
            f"     changes: [{{section: section-0, kind: tightened}}, {{section: section-2, kind: clarified}}]}}\n"
            f'  - {{version: "1.1", effective: 2026-01-01, changes: [{{section: section-4, kind: added}}]}}\n'
            f'  - {{version: "1.0", effective: 2025-09-01, changes: []}}\n'
        )


FOLDERS = {"sop": "sops", "macro": "macros", "decision_tree": "decision_trees", "policy": "content/policies"}


def make(count: int, place: Path, root: Path) -> Path:
    """Writes `count` documents below `place`, with the vocabulary and mkdocs.yml of the project."""
    shutil.rmtree(place, ignore_errors=True)
    for folder in FOLDERS.values():
        (place / folder).mkdir(parents=True)
    shutil.copy(root / "content" / "vocabulary.yaml", place / "content" / "vocabulary.yaml")
    shutil.copy(root / "mkdocs.yml", place / "mkdocs.yml")
    maker = Maker(count, ["content-integrity", "fraud-and-scams", "appeals"], ["content-integrity", "appeals"])
    for number in range(count):
        path = place / FOLDERS[maker.kind(number)] / f"{maker.name(number)}.yaml"
        path.write_text(maker.document(number), encoding="utf-8")
    return place
