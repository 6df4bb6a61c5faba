"""A knowledge base that somebody is writing in: the files, those in the editor laid over them, and what is wrong."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

from generator import pipeline
from generator.analysis.rechecking.live import Rechecker
from generator.checks import checks
from generator.documents.vocabulary import Vocabulary
from generator.files.source import Source
from generator.files.tree import Folder, Overlay
from generator.findings import Finding
from generator.library.library import Library
from generator.library.memory import Memory

AT_ONCE = 0.1  # seconds of checking before the first findings are shown
SOONER = 0.2  # of its time counts for a check that found something here: whoever fixes it waits for that
EVERY = 0.15  # seconds of checking between those that follow


class Desk:
    """One knowledge base. `buffers` are the texts in the editor by path, saved or not."""

    def __init__(self, root: Path, today: Callable[[], date]) -> None:
        self.root = root
        self.buffers: dict[str, str] = {}
        self._today = today
        self._memory = Memory()
        self._rechecker = Rechecker()
        self._took: dict[str, float] = {}
        self._found: dict[str, list[Finding]] = {}
        self._seen: dict[str, Mapping[str, Source]] = {}  # in which sources each check found that
        self._library: Library | None = None
        self._sources: dict[str, Source] = {}
        self._words: Vocabulary | None = None

    @property
    def tree(self) -> Overlay:
        """The files as they are in the editor."""
        return Overlay(
            Folder(self.root), {path: text.encode("utf-8", "replace") for path, text in self.buffers.items()}
        )

    @property
    def today(self) -> date:
        return self._today()

    @property
    def library(self) -> Library:
        """The library as it was read last."""
        return self._library or self.read()

    @property
    def sources(self) -> Mapping[str, Source]:
        return self._sources

    @property
    def vocabulary(self) -> Vocabulary | None:
        """The words; where they have errors just now, as they were before."""
        return self.library.vocabulary or self._words

    def read(self) -> Library:
        """Reads what changed."""
        tree = self.tree
        library, self._sources, malformed = pipeline.gather(tree, self.today, memory=self._memory)
        self._library = replace(library, unfit=dict(pipeline.unfit(tree, library)))
        self._words = library.vocabulary or self._words
        self._found[""], self._seen[""] = malformed, self._sources
        return self._library

    def judge(self) -> Iterator[list[Finding]]:
        """Reads what changed and yields all findings, sorted.

        Where everything has to be judged, it does so after the quick checks, and after each of the slow ones: what a
        check is still to say is what it said before.
        """
        library, shown = self.read(), time.monotonic() + AT_ONCE
        if verdict := self._rechecker.judge_changes(library, self._sources):
            self._take(verdict[0])
            yield self.findings
            return
        here = {one.code for one in self.findings if one.place.path in self.buffers}
        codes = (code for code, one in checks().items() if one.function)
        todo = sorted(codes, key=lambda code: self._took.get(code, 0) * (SOONER if code in here else 1))
        start = time.monotonic()
        for code, found in self._rechecker.judge_all(library, self._sources, todo):
            self._found[code], self._seen[code] = found, self._sources
            self._took[code] = time.monotonic() - start
            if time.monotonic() > shown or code == todo[-1]:
                yield self.findings
                shown = time.monotonic() + EVERY
            start = time.monotonic()

    def _take(self, findings: list[Finding]) -> None:
        """Takes what the checks found about the library as it was read last."""
        codes = [code for code, one in checks().items() if one.function]
        self._seen |= dict.fromkeys(codes, self._sources)
        self._found = {"": self._found[""], **{code: [] for code in codes}}
        for finding in findings:
            self._found[finding.code].append(finding)

    def is_current(self, finding: Finding, path: str) -> bool:
        """Whether a file still says what it said when the finding was made, so that its edits are in their places."""
        seen = self._seen["" if checks()[finding.code].function is None else finding.code]
        return path in seen and path in self._sources and seen[path].text == self._sources[path].text

    @property
    def findings(self) -> list[Finding]:
        """What is known to be wrong, sorted by place."""
        return sorted((one for some in self._found.values() for one in some), key=lambda finding: finding.order)
