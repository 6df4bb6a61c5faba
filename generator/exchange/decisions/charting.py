"""Makes a decision tree of a flowchart: nodes with arrows become questions, those without become outcomes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from graphlib import CycleError, TopologicalSorter
from itertools import pairwise

from generator.documents.fields import RESERVED
from generator.exchange import UnfitInput, Unmapped
from generator.exchange.decisions.drafting import number_ids
from generator.exchange.decisions.drawing import ChartArrow, DrawnChart
from generator.exchange.legible import slug
from generator.exchange.yaml_file import DocumentData

LETTERS = re.compile(r"[A-Za-z]{0,2}[0-9]*|(?:node|step|n)[_-]?[0-9]+", re.IGNORECASE)  # names that mean nothing
NEXT = "Next"


class Chart:
    """A flowchart that can be walked as a tree. Raises UnfitInput, which names the line."""

    def __init__(self, drawing: DrawnChart) -> None:
        self.file = drawing.file
        self.unmapped = list(drawing.unmapped)
        self.nodes = {name: text or name for name, text in drawing.nodes.items()}
        self.arrows: dict[str, list[ChartArrow]] = {name: [] for name in self.nodes}
        for arrow in drawing.arrows:
            self.arrows[arrow.start].append(arrow)
        self._leave_alone(drawing)
        self.start = self._find_start(drawing)
        self._require_no_cycle(drawing.arrows)
        self._pass_greeting(drawing)
        asked = [name for name in self.nodes if self.arrows[name]]
        self.ids = self._choose_names([*asked, *(name for name in self.nodes if not self.arrows[name])])
        self.answers = {name: self._label_arrows(self.arrows[name]) for name in asked}

    def data(self, head: DocumentData, history: list[DocumentData]) -> DocumentData:
        """The document of the tree."""
        return {
            **head,
            "start": self.ids[self.start],
            "questions": {
                self.ids[name]: {"ask": self.nodes[name], "answers": self._make_answers(self.arrows[name], labels)}
                for name, labels in self.answers.items()
            },
            "outcomes": {
                self.ids[name]: {"decision": text} for name, text in self.nodes.items() if not self.arrows[name]
            },
            "history": history,
        }

    def _leave_alone(self, drawing: DrawnChart) -> None:
        """Leaves out the nodes that no arrow touches, such as those of a legend."""
        touched = {name for arrow in drawing.arrows for name in (arrow.start, arrow.end)}
        for name in [name for name in self.nodes if touched and name not in touched]:
            self._leave("a node without arrows, left out", drawing.lines[name], self.nodes.pop(name))

    def _pass_greeting(self, drawing: DrawnChart) -> None:
        """Begins at the first node that asks: one before it, such as `Start`, has a single arrow without words."""
        while not self.nodes[self.start].endswith(("?", "？")):
            arrows = self.arrows[self.start]
            if len(arrows) > 1 or arrows[0].words or not self.arrows[arrows[0].end]:
                break
            words = self.nodes.pop(self.start)
            self._leave("a beginning that asks nothing, left out", drawing.lines[self.start], words)
            self.start = arrows[0].end

    def _leave(self, what: str, line: int, detail: str) -> None:
        self.unmapped.append(Unmapped(what, f"{self.file}, line {line}", detail))

    def _find_start(self, drawing: DrawnChart) -> str:
        reached = {arrow.end for arrow in drawing.arrows}
        starts = [name for name in self.nodes if name not in reached]
        if not drawing.arrows:
            raise UnfitInput(f"{self.file} has no arrows: a tree needs a question with its answers")
        if not starts:
            self._require_no_cycle(drawing.arrows)
        if len(starts) > 1:
            told = ", ".join(f"{name} (line {drawing.lines[name]})" for name in starts)
            raise UnfitInput(f"{self.file} begins in {len(starts)} places: {told}: let one lead to the others")
        return starts[0]

    def _require_no_cycle(self, arrows: Sequence[ChartArrow]) -> None:
        before: dict[str, list[str]] = {name: [] for name in self.nodes}
        for arrow in arrows:
            before[arrow.end].append(arrow.start)
        try:
            TopologicalSorter(before).prepare()
        except CycleError as error:
            circle = error.args[1]  # each leads to the next, and the last is the first
            steps = set(pairwise(circle))
            line = max(arrow.line for arrow in arrows if (arrow.start, arrow.end) in steps)
            told = " to ".join(circle)
            raise UnfitInput(
                f"{self.file}, line {line}: {told} is a circle: let its last answer end in an outcome"
            ) from None

    def _choose_names(self, order: Sequence[str]) -> dict[str, str]:
        """The id of each node: its name if that means anything, or else made from its text."""
        chosen: dict[str, str] = {}
        for name in order:
            own = slug(name.replace("_", " "))
            words = self.nodes[name] if LETTERS.fullmatch(name) or own in RESERVED or not own else own
            chosen[name] = number_ids([words], chosen.values(), "node")[words]
        return chosen

    def _label_arrows(self, arrows: Sequence[ChartArrow]) -> list[str]:
        """The words of the answers; of an arrow without words, what it leads to."""
        labels = []
        for arrow in arrows:
            label = arrow.words or (NEXT if len(arrows) == 1 else self.nodes[arrow.end])
            if not arrow.words:
                self._leave("an arrow without words, for which the answer says", arrow.line, label)
            labels.append(label)
        return labels

    def _make_answers(self, arrows: Sequence[ChartArrow], labels: Sequence[str]) -> DocumentData:
        chosen = number_ids((f"{label}{chr(0) * at}" for at, label in enumerate(labels)), other="answer")
        return {
            name: {"label": label, "go": self.ids[arrow.end]}
            for name, label, arrow in zip(chosen.values(), labels, arrows, strict=True)
        }
