"""Policies in time, through the command line: what changed since, what rests on it, what will need work."""

from __future__ import annotations

import json
import subprocess
from datetime import date, timedelta
from pathlib import Path

import icalendar
import pytest
from conftest import Lay, Play
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from knowledge import POLICY, TODAY, check, edit, swapped, write
from repository import commit

from generator.analysis.forecast import forecast

POLICIES = "content/policies/account-integrity.yaml"


# check --since


def test_a_silent_change_since_a_revision(lay: Lay, play: Play) -> None:
    base = lay({})
    before = commit(base, "As it was")
    edit(base, POLICIES, "one owner", "two owners")
    commit(base, "Two owners")
    result = play(base, "check", "--since", before)
    assert result.exit_code == 1
    assert "error[silent-change]: `ownership` has changed" in result.output
    assert play(base, "check", "--since", "HEAD").exit_code == 0
    assert play(base, "check").exit_code == 0


def test_a_knowledge_base_below_the_top_of_its_repository(tmp_path: Path, play: Play) -> None:
    base = write(tmp_path / "top/a folder")
    before = commit(tmp_path / "top", "As it was")
    edit(base, POLICIES, "one owner", "two owners")
    assert "silent-change" in play(base, "check", "--since", before).output


def test_since_a_revision_that_does_not_exist(base: Path, play: Play) -> None:
    commit(base, "As it was")
    for name in ("nowhere", "--help-me", ""):
        result = play(base, "check", f"--since={name}")
        assert (result.exit_code, "git knows no revision" in result.output) == (2, True), result.output


def test_since_without_git_the_rest_is_checked(lay: Lay, play: Play) -> None:
    for files, code in (({}, "nothing to fix"), (swapped(POLICIES, "owner: policy", "owner: polcy"), "unknown-word")):
        result = play(lay(files), "check", "--since", "HEAD")
        assert result.exit_code == 1, "nobody looked for silent changes, so that all is not well"
        assert code in result.output
        assert "not in a git repository" in result.output


def test_since_in_a_shallow_clone(base: Path, tmp_path: Path, play: Play) -> None:
    before = commit(base, "As it was")
    commit(base, "Later")
    clone = tmp_path / "shallow"
    subprocess.run(["git", "clone", "--quiet", "--depth=1", f"file://{base}", str(clone)], check=True)
    result = play(clone, "check", "--since", before)
    assert result.exit_code == 1
    assert "this clone is shallow" in result.output
    assert "git fetch --unshallow" in result.output
    assert "nothing to fix" in result.output


# impact


def test_what_rests_on_a_section(base: Path, play: Play) -> None:
    told = json.loads(play(base, "impact", "account-integrity#ownership", "--format", "json").output)
    assert [(one["id"], one["part"], one["version"]) for one in told["direct"]] == [
        ("account-takeover", "lock", "3.0"),
        ("account-restored", "en, es", "3.1"),
        ("restore-account", "verify", "3.0"),
        ("restore-account", "verify", "3.0"),
    ]
    assert [(one["id"], one["through"]) for one in told["indirect"]] == [("welcome", ["restore-account"])]
    assert [(one["id"], one["vendor"]) for one in told["packs"]] == [("acme-accounts", "acme")]
    assert told["owners"] == {"support": ["account-takeover", "account-restored", "restore-account"]}


@pytest.mark.parametrize("form", ["text", "markdown"])
def test_the_impact_for_people(form: str, base: Path, play: Play) -> None:
    told = play(base, "impact", "account-integrity", "--format", form).output
    for part in (
        "account-takeover",
        "account-restored",
        "restore-account",
        "welcome",
        "acme-accounts",
        "support",
        "lock",
    ):
        assert part in told


def test_the_impact_of_what_changed_since(lay: Lay, play: Play) -> None:
    base = lay({})
    before = commit(base, "As it was")
    assert json.loads(play(base, "impact", "--since", before, "--format", "json").output)["subjects"] == []
    for form, line in (("text", "no policy section changed"), ("markdown", "### Impact: no policy section changed")):
        assert play(base, "impact", "--since", before, "--format", form).output == f"{line}\n"
    edit(base, POLICIES, "one owner", "two owners")
    told = json.loads(play(base, "impact", "--since", before, "--format", "json").output)
    assert told["subjects"] == ["account-integrity#ownership"]
    assert len(told["direct"]) == 4


@pytest.mark.parametrize(
    ("words", "code", "part"),
    [
        ([], 2, "name a policy"),
        (["account-integrity", "--since", "HEAD"], 2, "name a policy"),
        (["acount-integrity"], 2, "did you mean `account-integrity`?"),
        (["restore-account"], 2, "no policy has the id restore-account"),
        (["account-integrity#ownershp"], 2, "did you mean `ownership`?"),
        (["--since", "HEAD"], 1, "not in a git repository"),
    ],
)
def test_wrong_calls_of_impact(words: list[str], code: int, part: str, base: Path, play: Play) -> None:
    result = play(base, "impact", *words)
    assert (result.exit_code, part in result.output) == (code, True), result.output


# forecast

days = st.dates(TODAY - timedelta(days=40), TODAY + timedelta(days=80))
KINDS = ["tightened", "relaxed", "clarified", "changed", "removed", "added"]


@st.composite
def records(draw: st.DrawFn) -> dict[str, str]:
    """A policy with a random record, a policy that may replace it, and a procedure that cites it at random versions."""
    dates = sorted(draw(st.lists(days, min_size=2, max_size=5)))
    own = draw(st.integers(1, len(dates)))
    history = [
        f'  - {{version: "{n}.0", effective: {day}, changes: [{{section: a, kind: {draw(st.sampled_from(KINDS))}}},'
        f" {{section: b, kind: {draw(st.sampled_from(KINDS))}}}]}}\n"
        for n, day in enumerate(dates, 1)
    ]
    superseded = draw(st.sampled_from(["", "superseded_by: heir\n"]))
    policy = (
        f'id: fees\ntitle: Fees\nversion: "{own}.0"\neffective: {dates[own - 1]}\nstatus: active\nowner: policy\n'
        f"audience: public\nsummary: S.\nreview_by: {draw(days)}\n{superseded}sections:\n"
        '  - {id: a, number: "1", title: A, revised: "1.0", text: A.}\n'
        '  - {id: b, number: "2", title: B, revised: "1.0", text: B.}\n'
        f"history:\n{''.join(reversed(history))}"
    )
    heir = POLICY.replace("id: account-integrity", "id: heir").replace("effective: 2026-", f"effective: {draw(days)} #")
    version = st.integers(1, len(dates))
    cites = ", ".join(f"fees#{section}@{draw(version)}.0" for section in "abab") + f", fees@{draw(version)}.0"
    sop = (
        "id: under-test\ntitle: T\nversion: '1.0'\nstatus: active\nowner: support\nsummary: S.\n"
        f"review_by: {draw(days)}\ntrigger: Always.\nsteps: [{{id: one, title: One, text: T., cites: [{cites}]}}]\n"
    )
    return {"content/policies/fees.yaml": policy, "content/policies/heir.yaml": heir, "sops/under-test.yaml": sop}


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(files=records())
def test_the_forecast_says_of_every_day_what_the_check_will_say(files: dict[str, str], tmp_path: Path) -> None:
    base = write(tmp_path, files)
    until = TODAY + timedelta(days=60)
    seen = forecast(check(base, TODAY).library, until)
    before = _said(base, TODAY)
    for number in range(1, 61):
        day = TODAY + timedelta(days=number)
        now = _said(base, day)
        foretold = {(w.fault.spot.path, w.check.code, w.fault.message) for w in seen.work if w.day == day}
        assert foretold == now - before, f"on {day}"
        before = now


def _said(base: Path, day: date) -> set[tuple[str, str, str]]:
    return {(finding.place.path, finding.code, finding.message) for finding in check(base, day).findings}


def test_the_calendar_is_one(lay: Lay, play: Play) -> None:
    policy = POLICY.replace(
        "history:\n",
        'history:\n  - {version: "4.0", effective: 2026-12-24, note: "Owners, again; a note that is longer than a line '
        'of a calendar file may be — and has a dash.", changes: [{section: ownership, kind: tightened}]}\n',
    )
    base = lay({POLICIES: policy})
    result = play(base, "forecast", "--until", "2027-04-02", "--format", "ics")
    told, lines = result.output, result.stdout_bytes.split(b"\r\n")
    assert not any(b"\n" in line for line in lines), "RFC 5545 ends lines with CR and LF"
    assert max(map(len, lines)) <= 75, "and folds long ones"
    events = {str(e["summary"]): e for e in icalendar.Calendar.from_ical(told).walk("VEVENT")}
    assert {name: event["dtstart"].dt for name, event in events.items()} == {
        "Account integrity 4.0 comes into force": date(2026, 12, 24),
        "policy: 1 document: outdated-text": date(2026, 12, 24),
        "support: 3 documents: stale-policy": date(2026, 12, 24),
    }
    assert len({str(event["uid"]) for event in events.values()}) == 3
    again = play(base, "forecast", "--until", "2027-04-02", "--format", "ics").output
    assert again == told


def test_a_forecast_for_people_and_programs(base: Path, play: Play) -> None:
    table = play(base, "forecast", "--until", "2027-04-03").output
    assert table.splitlines()[0] == "2027-04-02  review due  support: restore-account"
    told = json.loads(play(base, "forecast", "--until", "2027-04-03", "--format", "json").output)
    assert [(one["day"], one["code"], one["id"]) for one in told["work"]] == [
        ("2027-04-03", "overdue-review", "restore-account")
    ]
    assert play(base, "forecast", "--until", "2027-04-02").output.startswith("Nothing falls due after 2026-11-23")
    assert play(base, "forecast", "--until", "2026-11-01").exit_code == 2
