"""Sums up a document for somebody who has to decide about it and sees nothing else of it."""

from __future__ import annotations

from typing import NamedTuple

from generator.analysis.changes.decision_summary import DecisionSummary
from generator.analysis.changes.summary import Fact, PartGroup, Summary, SummaryParts, keep_lines
from generator.documents import Document
from generator.documents.header import Header
from generator.documents.types.decision_tree import Decision
from generator.documents.types.macro import Macro
from generator.documents.types.pack import Pack
from generator.documents.types.policy import Policy
from generator.documents.types.sop import Sop
from generator.documents.values import word_value
from generator.library.library import Library
from generator.library.meaning.lesson import spell_field
from generator.wording import count


class Profile(NamedTuple):
    """What a document comes to: `brief` for a headline, `facts` to decide by, `parts` with all of its text."""

    brief: tuple[str, ...]
    facts: tuple[Fact, ...]
    parts: tuple[PartGroup, ...]


def profile_of(document: Document, library: Library) -> Profile:
    """Sums up a document of any type, in the words of a library."""
    is_decision = isinstance(document.body, Decision)
    brief, facts, parts = (DecisionSummary if is_decision else _Telling)(document, library).tell()
    return Profile(
        tuple(filter(None, brief)),
        tuple(Fact(label, told) for label, lines in facts if (told := keep_lines(lines))),
        tuple(one for one in parts if one.entries),
    )


class _Telling(Summary):
    """The words of one document of any other type."""

    def tell(self) -> SummaryParts:
        """What there is to say of its type, or else each of its fields."""
        body = self.body
        if isinstance(body, Sop):
            return self._tell_sop(body)
        if isinstance(body, Macro):
            return self._tell_letter(body)
        if isinstance(body, Policy):
            return self._tell_policy(body)
        return self._tell_pack(body) if isinstance(body, Pack) else self._tell_any()

    def _tell_sop(self, body: Sop) -> SummaryParts:
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
        return brief, facts, [PartGroup(f"What the {count(len(steps), 'step')} {_say(len(steps))}", tuple(steps))]

    def _tell_branch(self, branch: dict[str, str]) -> str:
        return f"If: {self.plain(branch['if'])} Then: {self.plain(branch['then'])}"

    def _tell_letter(self, body: Macro) -> SummaryParts:
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
        return brief, facts, [PartGroup(f"The letter in {count(len(letters), 'language')}", tuple(letters))]

    def _tell_policy(self, body: Policy) -> SummaryParts:
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
            [PartGroup(f"What the {count(len(titles), 'section')} {_say(len(titles))}", tuple(sections))],
        )

    def _tell_pack(self, body: Pack) -> SummaryParts:
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
        return brief, facts, [PartGroup(f"What is in the {count(len(modules), 'module')}", tuple(modules))]

    def _tell_any(self) -> SummaryParts:
        """A type of which nothing is known here: each of its own fields, as its readers read it."""
        known = {*Header.model_fields, "history", "reviews", "internal_note"}
        entries = []
        for name in type(self.body).model_fields:
            if name not in known and (told := spell_field(self.library, self.body, (name,))):
                label = name.replace("_", " ").capitalize()
                entries.append(self.entry(label, told))
        return [], [], [PartGroup("What it says", tuple(entries))]


def _say(number: int) -> str:
    return "says" if number == 1 else "say"
