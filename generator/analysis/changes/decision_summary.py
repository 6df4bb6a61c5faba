"""Sums up a decision: what can be decided, what restricts somebody, and where each answer leads."""

from __future__ import annotations

from collections.abc import Iterator

from generator.analysis.changes.summary import Entry, PartGroup, Summary, SummaryParts
from generator.documents.types.decision_tree import Decision, DecisionTable, DecisionTree, Outcome
from generator.wording import count


class DecisionSummary(Summary):
    """The words of one decision."""

    def tell(self) -> SummaryParts:
        """What can be decided, what is asked, and the golden cases."""
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
        parts = [PartGroup("What is asked, and where each answer leads", tuple(self._list_asked(body)))]
        if isinstance(body, DecisionTable):
            parts.append(PartGroup(f"The {count(len(body.rows), 'row')}", tuple(self._list_rows(body))))
        cases = [
            self.entry(
                f"{self._end(body, one.outcome)}{' (critical)' if one.critical else ''}",
                self.plain(one.scenario),
                f"Why: {self.plain(one.why)}" if one.why else "",
            )
            for one in body.cases
        ]
        return brief, facts, [*parts, PartGroup(f"The {count(len(cases), 'golden case')}", tuple(cases))]

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
