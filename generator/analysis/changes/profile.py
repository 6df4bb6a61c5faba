"""Sums up a document for somebody who has to decide about it and sees nothing else of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from generator.documents import Document
from generator.documents.deadlines import deadlines
from generator.documents.header import Header
from generator.documents.target import Target
from generator.documents.types.decision_tree import Decision, DecisionTable, DecisionTree, Outcome
from generator.documents.types.macro import Macro
from generator.documents.types.pack import Pack
from generator.documents.types.policy import Policy
from generator.documents.types.sop import Sop
from generator.documents.values import word_value
from generator.documents.vocabulary import STAFF
from generator.library.library import Library
from generator.library.meaning.lesson import spell_field
from generator.library.meaning.retelling import plain_words
from generator.wording import count


class Fact(NamedTuple):
    """Something that a reviewer has to know: what it is called, and lines in the words of the document's readers."""

    label: str
    lines: tuple[str, ...]


class Entry(NamedTuple):
    """A part of a document in full: its title, and what it says, line by line."""

    title: str
    lines: tuple[str, ...]


class Chapterful(NamedTuple):
    """Parts of one kind: `title` counts them."""

    title: str
    entries: tuple[Entry, ...]


class Profile(NamedTuple):
    """What a document comes to: `brief` for a headline, `facts` to decide by, `parts` with all of its text."""

    brief: tuple[str, ...]
    facts: tuple[Fact, ...]
    parts: tuple[Chapterful, ...]


_Sides = tuple[list[str], list[tuple[str, list[str]]], list[Chapterful]]
"""Brief, facts and parts, as the function of a type gives them; what is empty is left out afterwards."""


def profile_of(document: Document, library: Library) -> Profile:
    """Sums up a document of any type, in the words of a library."""
    teller = _Telling(document, library)
    body = document.body
    tell = next((one for model, one in TELLERS if isinstance(body, model)), _Telling.tell_any)
    brief, facts, parts = tell(teller)
    return Profile(
        tuple(filter(None, brief)),
        tuple(Fact(label, told) for label, lines in facts if (told := _keep_lines(lines))),
        tuple(one for one in parts if one.entries),
    )


def _keep_lines(lines: list[str]) -> tuple[str, ...]:
    return tuple(line.strip() for line in lines if line and line.strip())


class _Telling:
    """The words of one document."""

    def __init__(self, document: Document, library: Library) -> None:
        self.document, self.library, self.body = document, library, document.body

    def plain(self, text: str | None) -> str:
        return plain_words(text, self.library) if text else ""

    def lines(self, text: str | None) -> list[str]:
        return [self.plain(line) for line in (text or "").splitlines()]

    def text(self, text: str | None) -> str:
        """A text line by line, since each line may be an instruction."""
        return "\n".join(self.lines(text))

    def word(self, group: str, word: str | None) -> str:
        """What people call a word of the vocabulary."""
        known = self.library.vocabulary.terms(group).get(word or "") if self.library.vocabulary else None
        return known.name.strip() if known else word or ""

    def named(self, target: Target | None) -> str:
        return f"{self.library.title_of(target) or 'nothing'} ({target.name})" if target else ""

    def cited(self, targets: list[Target]) -> list[str]:
        """Sections, each with the version that was read."""
        return [f"{self.library.title_of(one) or one.name} ({one.text})" for one in targets]

    def entry(self, title: str, *lines: str, note: str | None = None) -> Entry:
        """A part with its lines, the note for staff last."""
        kept = [line for text in lines for line in text.splitlines()]
        kept += [f"For {self.word('audiences', STAFF)} alone: {line}" for line in self.lines(note)]
        return Entry(" ".join(title.split()), _keep_lines(kept))

    def tell_severity(self) -> str:
        """The severity with the times that hold: S2 High, first answer within 4 hours."""
        vocabulary = self.library.vocabulary
        first, resolve = deadlines(self.body, vocabulary) if vocabulary else (None, None)
        told = [f"{self.body.severity} {self.word('severities', self.body.severity)}"] if self.body.severity else []
        told += [f"first answer within {word_value('duration', first.limit)}"] if first and first.limit else []
        told += [f"resolved within {word_value('duration', resolve.limit)}"] if resolve and resolve.limit else []
        return ", ".join(told)

    def tell_sop(self) -> _Sides:
        body = self.body
        assert isinstance(body, Sop)
        taker = self.word("teams", body.escalation.to) if body.escalation else ""
        brief = [count(len(body.steps), "step"), body.severity or "", f"escalates to {taker}" if taker else ""]
        used = {self.named(one) for step in body.steps for one in (step.tree, step.macro)}
        facts = [
            ("Applies when", self.lines(body.trigger)),
            ("Does not apply when", [self.plain(one) for one in body.not_when]),
            ("Before the first step", [self.plain(one) for one in body.prerequisites]),
            ("How urgent", [self.tell_severity()]),
            ("Steps", [f"{number}. {step.title}" for number, step in enumerate(body.steps, 1)]),
            ("Decides and answers with", sorted(used)),
            (f"Escalates to {taker}", [self.plain(one) for one in body.escalation.when] or [taker])
            if body.escalation
            else ("", []),
            ("Never", [self.plain(one) for one in body.never]),
            ("Where no step fits", self.lines(body.otherwise)),
            ("Rests on", self.cited(list(dict.fromkeys(one for step in body.steps for one in step.cites)))),
        ]
        steps = [
            self.entry(
                f"{number}. {step.title}",
                f"Within {word_value('duration', step.within)}" if step.within else "",
                self.text(step.text),
                *(self._tell_branch(one.model_dump()) for one in step.branches),
                f"Decides with: {self.named(step.tree)}" if step.tree else "",
                f"Letter: {self.named(step.macro)}" if step.macro else "",
                f"Why: {self.plain(step.why)}" if step.why else "",
                note=step.internal_note,
            )
            for number, step in enumerate(body.steps, 1)
        ]
        return brief, facts, [Chapterful(f"What the {count(len(steps), 'step')} {_say(len(steps))}", tuple(steps))]

    def _tell_branch(self, branch: dict[str, str]) -> str:
        return f"If: {self.plain(branch['if'])} Then: {self.plain(branch['then'])}"

    def tell_letter(self) -> _Sides:
        body = self.body
        assert isinstance(body, Macro)
        known = self.library.vocabulary.enforcement_actions if self.library.vocabulary else {}
        action = self.word("enforcement_actions", body.enforcement)
        is_harsh = bool(body.enforcement) and (body.enforcement not in known or known[body.enforcement].restricts)
        languages = [self.word("locales", one.locale) for one in body.letters]
        brief = [f"tells of “{action}”" if is_harsh else "", f"in {', '.join(languages)}"]
        facts = [
            ("Sent when", self.lines(body.when)),
            ("Not sent when", [self.plain(one) for one in body.not_when]),
            ("Tells the member of", [f"{action}{', which restricts them' if is_harsh else ''}"] if action else []),
            ("Sent", [f"by {self.word('channels', body.channel)}"] if body.channel else []),
            ("Goes to", ["somebody other than the member"] if body.recipient == "other" else []),
            ("Filled in", [one.label for one in body.variables.values()]),
            ("Happens to the ticket", [f"{one.set}: {one.to}" for one in body.actions]),
            ("Rests on", self.cited(body.cites)),
        ]
        letters = [self.entry(name, one.text) for name, one in zip(languages, body.letters, strict=True)]
        return brief, facts, [Chapterful(f"The letter in {count(len(letters), 'language')}", tuple(letters))]

    def tell_decision(self) -> _Sides:
        body = self.body
        assert isinstance(body, Decision)
        known = self.library.vocabulary.enforcement_actions if self.library.vocabulary else {}
        harsh = [
            one.decision.strip()
            for one in body.outcomes.values()
            if one.action and (one.action not in known or known[one.action].restricts)
        ]
        restricting = f"{len(harsh)} restrict{'s' if len(harsh) == 1 else ''} somebody" if harsh else ""
        brief = [
            count(len(body.asked), "question"),
            f"{count(len(body.outcomes), 'outcome')}{f', of which {restricting}' if restricting else ''}",
            count(len(body.cases), "golden case"),
        ]
        facts = [
            (
                "Can be decided",
                [self._tell_outcome(one, one.decision.strip() in harsh) for one in body.outcomes.values()],
            ),
            ("Asks", [one.ask for one in body.asked.values()]),
            ("How urgent", [self.tell_severity()]),
        ]
        parts = [Chapterful("What is asked, and where each answer leads", tuple(self._list_asked(body)))]
        if isinstance(body, DecisionTable):
            parts.append(Chapterful(f"The {count(len(body.rows), 'row')}", tuple(self._list_rows(body))))
        cases = [
            self.entry(
                f"{self._end(body, one.outcome)}{' (critical)' if one.critical else ''}",
                self.plain(one.scenario),
                f"Why: {self.plain(one.why)}" if one.why else "",
            )
            for one in body.cases
        ]
        return brief, facts, [*parts, Chapterful(f"The {count(len(cases), 'golden case')}", tuple(cases))]

    def _tell_outcome(self, one: Outcome, is_harsh: bool) -> str:
        told = [
            f"{self.word('enforcement_actions', one.action)}{', which restricts the member' if is_harsh else ''}"
            if one.action
            else "",
            f"severity {one.severity}" if one.severity else "",
            f"goes on with {self.named(one.sop)}" if one.sop else "",
            f"sends {self.named(one.macro)}" if one.macro else "",
            f"escalates to {self.word('teams', one.escalate)}" if one.escalate else "",
            f"rests on {', '.join(self.cited(one.cites))}" if one.cites else "",
        ]
        more = "; ".join(filter(None, told))
        return f"{one.decision.strip()}{f': {more}' if more else ''}"

    def _list_asked(self, body: Decision) -> Iterator[Entry]:
        for asked in body.asked.values():
            leads = [
                f"{one.label.strip()} → {self._end(body, one.go)}" if hasattr(one, "go") else one.label.strip()
                for one in asked.offered.values()
            ]
            yield self.entry(asked.ask, self.plain(asked.help), *leads, note=asked.internal_note)

    def _list_rows(self, body: DecisionTable) -> Iterator[Entry]:
        for row in body.rows:
            told = []
            for name, values in row.when.items():
                asked = body.inputs.get(name)
                labels = [asked.values[one].label.strip() if asked and one in asked.values else one for one in values]
                told.append(f"{asked.ask if asked else name} {' or '.join(labels)}")
            yield self.entry(self._end(body, row.then), *(told or ["In every case"]), row.note or "")

    def _end(self, body: Decision, name: str) -> str:
        """What is decided at an end, or asked next."""
        if name in body.outcomes:
            return body.outcomes[name].decision.strip()
        return body.asked[name].ask.strip() if isinstance(body, DecisionTree) and name in body.asked else name

    def tell_policy(self) -> _Sides:
        body = self.body
        assert isinstance(body, Policy)
        day = f"{body.effective.day} {body.effective:%B %Y}"
        titles = [f"{one.number} {one.title}" for one in body.sections]
        facts = [("In force from", [day]), ("Sections", titles)]
        sections = [
            self.entry(
                title,
                self.text(one.text),
                f"May be asked for within {word_value('duration', one.window)}" if one.window else "",
                *(f"Kept: {self.plain(each.record)}" for each in one.records),
                note=one.internal_note,
            )
            for title, one in zip(titles, body.sections, strict=True)
        ]
        brief = [count(len(titles), "section"), f"in force from {day}"]
        return (
            brief,
            facts,
            [Chapterful(f"What the {count(len(titles), 'section')} {_say(len(titles))}", tuple(sections))],
        )

    def tell_pack(self) -> _Sides:
        body = self.body
        assert isinstance(body, Pack)
        modules = []
        for one in body.modules:
            chosen = one.select
            lines = [self.named(target) for target in one.documents]
            words = [self.word("queues", chosen.queue) if chosen.queue else "", chosen.type or ""] if chosen else []
            lines += [f"everything of {' '.join(filter(None, words))}"] if any(words) else []
            lines += ["what these refer to"] if chosen and chosen.referred else []
            modules.append(self.entry(one.title, self.plain(one.text), *lines))
        facts: list[tuple[str, list[str]]] = [
            ("For", [self.word("vendors", body.vendor)]),
            ("Modules", [one.title for one in modules]),
            ("Pass mark", [f"{body.pass_mark}%"]),
            ("Passed again after", [word_value("duration", body.recertify_after)] if body.recertify_after else []),
            ("Files", list(body.formats)),
        ]
        brief = [f"for {self.word('vendors', body.vendor)}", count(len(modules), "module")]
        return brief, facts, [Chapterful(f"What is in the {count(len(modules), 'module')}", tuple(modules))]

    def tell_any(self) -> _Sides:
        """A type of which nothing is known here: each of its own fields, as its readers read it."""
        known = {*Header.model_fields, "history", "reviews", "internal_note"}
        entries = []
        for name in type(self.body).model_fields:
            if name not in known and (told := spell_field(self.library, self.body, (name,))):
                label = name.replace("_", " ").capitalize()
                entries.append(self.entry(label, told))
        return [], [], [Chapterful("What it says", tuple(entries))]


def _say(number: int) -> str:
    return "says" if number == 1 else "say"


TELLERS: list[tuple[type[Any], Callable[[_Telling], _Sides]]] = [
    (Sop, _Telling.tell_sop),
    (Macro, _Telling.tell_letter),
    (Decision, _Telling.tell_decision),
    (Policy, _Telling.tell_policy),
    (Pack, _Telling.tell_pack),
]
