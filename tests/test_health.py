"""What the site says of freshness and coverage, from the library alone."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from conftest import Lay
from knowledge import PAGE, POLICY, SOP, TODAY, check

from generator.analysis.health import health
from generator.documents.target import Target
from generator.library.freshness import Break, Freshness, freshness

POLICIES = "content/policies/account-integrity.yaml"
COMING = POLICY.replace(
    "history:\n",
    'history:\n  - {version: "4.0", effective: 2027-01-15, changes: [{section: ownership, kind: tightened, note: N.}]}\n',  # noqa: E501
)


def test_dates_of_a_document_do_not_depend_on_the_day(lay: Lay) -> None:
    base = lay({POLICIES: COMING})
    early, late = (freshness(check(base, day).library) for day in (TODAY, date(2028, 1, 1)))
    assert early == late
    change = Break(date(2027, 1, 15), Target.parse("account-integrity#ownership"), "tightened", "4.0", "N.")
    assert early["sops/restore-account.yaml"] == Freshness(date(2026, 10, 2), date(2027, 4, 2), (change,))
    assert early["content/pages/welcome.md"] == Freshness(None, None, ())
    assert early[POLICIES].breaks == (
        Break(date(2027, 1, 15), Target.parse("account-integrity"), "replaced", "4.0", None),
    )


def test_nobody_works_from_what_is_retired(lay: Lay) -> None:
    base = lay({"content/pages/old.md": PAGE.replace("title: Welcome", "title: Old\nstatus: retired")})
    assert "content/pages/old.md" not in freshness(check(base).library)


def _health(base: Path, day: date) -> tuple[list[str], list[str], dict[str, list[int]]]:
    library = check(base, day).library
    state = health(library, freshness(library))
    return [due.document.id for due in state.stale], [due.document.id for due in state.overdue], state.due


def test_what_is_stale_and_overdue_on_a_day(lay: Lay) -> None:
    base = lay({POLICIES: COMING})
    assert _health(base, TODAY)[:2] == ([], [])
    stale, overdue, _ = _health(base, date(2027, 4, 3))
    assert stale == ["account-integrity", "account-restored", "account-takeover", "restore-account"]
    assert overdue == ["restore-account"]


def test_due_dates_by_team_and_month(lay: Lay) -> None:
    later = SOP.replace("id: restore-account", "id: later").replace("review_by: 2027-04-02", "review_by: 2029-01-01")
    base = lay({"sops/later.yaml": later.replace("formerly: [account-recovery]\n", "")})
    counts = _health(base, TODAY)[2]
    assert list(counts) == ["support"]
    assert {n: number for n, number in enumerate(counts["support"]) if number} == {5: 1, 12: 1}
    assert sum(_health(base, date(2028, 1, 1))[2]["support"][:1]) == 1, "what is late counts for the month at hand"


def test_coverage_counts_documents_and_names_bare_sections(lay: Lay) -> None:
    more = POLICY.replace(
        "history:\n", '  - {id: bare, number: "2", title: Bare, revised: "3.0", text: B.}\nhistory:\n'
    )
    library = check(lay({POLICIES: more})).library
    found = health(library, freshness(library))
    covering = [kind.name in ("sop", "decision_tree", "macro") for kind in found.kinds]
    assert sum(covering) == 3
    assert [(row.section.id, row.counts, row.is_first) for row in found.coverage] == [
        ("ownership", tuple(map(int, covering)), True),
        ("bare", (0,) * len(covering), False),
    ]
