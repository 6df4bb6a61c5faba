"""Courses in Chromium as learning systems launch them: what the system has afterwards, and what comes back."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from lms.courses import DELTAS, build_courses
from lms.record_store import RecordStore, recording
from lms.server import STRICT, hosting

from browser.conftest import ROOT, TOOLS, missing

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("another browser")]

AGAIN = TOOLS / "scorm-again/dist"
COURSE = {"course": "acme-accounts", "version": "1.0", "mark": 80}
# The session as the shell of a course has it; `told` are the words of its troubles.
OPEN = """async (course) => {
  window.told = [];
  window.session = await playbookSession.open(course);
  session.onTrouble((words) => told.push(words));
  const { system, learner, mode, mark, place, data, isDone, language } = session;
  return { system, learner, mode, mark, place, data, isDone, language };
}"""
ANSWER = {
    "id": "account-takeover.case-1",
    "kind": "choice",
    "asked": "Who decides?",
    "given": "b",
    "right": "a",
    "isRight": False,
    "seconds": 7,
}
WORK = """([answer, score]) => {
  session.answer(answer);
  session.save({ place: "sops/restore-account.html", data: "state é" });
  if (score !== null) {
    session.submit({ score, passed: score >= session.mark });
  }
}"""
STRICT_SYSTEM = """([make, name, kept, told]) => {
  window.system = { strict12, strict2004 }[make](kept, told);
  window[name] = system.api;
}"""
FRAME = """async ([address, depth, sandbox]) => {
  let at = document;
  for (let level = 1; level < depth; level += 1) {
    const outer = at.createElement("iframe");
    at.body.append(outer);
    at = outer.contentDocument;
  }
  const frame = Object.assign(at.createElement("iframe"), { name: "unit" });
  if (sandbox) {
    frame.sandbox = sandbox;
  }
  const loaded = new Promise((resolve) => frame.addEventListener("load", resolve));
  frame.src = address;
  at.body.append(frame);
  window.unit = frame;
  await loaded;
}"""


@dataclass(frozen=True)
class Strict:
    """A strict system: its folder of the courses, its script, where its API is, and what it calls things."""

    folder: str
    script: str
    api: str
    status: str
    success: str
    score: str
    place: str
    exit: str
    end: str
    mode: str
    mark: tuple[str, str]

    def outcome(self, kept: dict[str, str]) -> tuple[str, str]:
        """Whether it was passed, or else how far it is; and the score."""
        success = kept[self.success]
        return kept[self.status] if success == "unknown" else success, kept.get(self.score, "")


SYSTEMS = {
    "SCORM 1.2": Strict(
        "scorm12", "strict12", "API", "cmi.core.lesson_status", "cmi.core.lesson_status", "cmi.core.score.raw",
        "cmi.core.lesson_location", "cmi.core.exit", "Finish", "cmi.core.lesson_mode",
        ("cmi.student_data.mastery_score", "90"),
    ),
    "SCORM 2004": Strict(
        "scorm2004", "strict2004", "API_1484_11", "cmi.completion_status", "cmi.success_status", "cmi.score.raw",
        "cmi.location", "cmi.exit", "Terminate", "cmi.mode", ("cmi.scaled_passing_score", "0.9"),
    ),
}  # fmt: skip
OLD, NEW = SYSTEMS.values()


def give(page: Any, to: Strict, kept: dict[str, str], told: dict[str, str]) -> None:
    page.evaluate(STRICT_SYSTEM, [to.script, to.api, kept, told])


@pytest.fixture(scope="module")
def courses(tmp_path_factory: pytest.TempPathFactory) -> Path:
    built = build_courses(tmp_path_factory.mktemp("courses"))
    shutil.copytree(ROOT / "tests/lms", built / "lms-files")
    if (AGAIN / "scorm12.min.js").is_file():
        for name in ("scorm12.min.js", "scorm2004.min.js"):
            shutil.copy(AGAIN / name, built / "lms-files")
    return built


@pytest.fixture(scope="module")
def origin(courses: Path) -> Iterator[str]:
    with hosting(courses) as address:
        yield address


@pytest.fixture(scope="module")
def elsewhere(courses: Path) -> Iterator[str]:
    """Another origin with the same files, as systems have it whose content lies on a host of its own."""
    with hosting(courses) as address:
        yield address


@pytest.fixture(scope="module")
def context(browser: Any) -> Iterator[Any]:
    """One window for all tests of the module: what a browser keeps is told apart by courses alone."""
    made = browser.new_context()
    yield made
    made.close()


@pytest.fixture
def system(context: Any, origin: str) -> Iterator[Any]:
    """A page of a learning system that is given `strict12`, or what a test gives it; it must have refused nothing."""
    page = context.new_page()
    page.complaints = []
    page.on("console", lambda one: page.complaints.append(one.text) if one.type == "error" else None)
    page.on("pageerror", lambda error: page.complaints.append(str(error)))
    page.goto(f"{origin}/lms")
    for one in SYSTEMS.values():
        page.add_script_tag(url=f"{origin}/lms-files/{one.script}.js")
    give(page, OLD, {}, {})
    yield page
    assert page.evaluate("system.refused") == []
    page.close()


def framed(page: Any, address: str, depth: int = 1, sandbox: str = "") -> Any:
    page.evaluate(FRAME, [address, depth, sandbox])
    return page.frame(name="unit")


def popped(page: Any, address: str) -> Any:
    with page.expect_popup() as opened:
        page.evaluate("(address) => { window.unit = window.open(address) }", address)
    opened.value.wait_for_load_state("load")
    return opened.value


REACHED = {
    "a frame": lambda page, origin, unit: framed(page, f"{origin}/{unit}"),
    "nested frames": lambda page, origin, unit: framed(page, f"{origin}/{unit}", 3),
    "a popup": lambda page, origin, unit: popped(page, f"{origin}/{unit}"),
    "a sandbox that is let at its own origin": lambda page, origin, unit: framed(
        page, f"{origin}/{unit}", 1, "allow-scripts allow-same-origin"
    ),
    "a strict policy": lambda page, origin, unit: framed(page, f"{origin}{STRICT}/{unit}"),
}


@pytest.mark.parametrize("kind", SYSTEMS)
@pytest.mark.parametrize("where", REACHED)
def test_a_course_is_recorded_wherever_it_is_launched(where: str, kind: str, system: Any, origin: str) -> None:
    to = SYSTEMS[kind]
    give(system, to, {}, {})
    unit = REACHED[where](system, origin, f"{to.folder}/bare.html")
    opened = unit.evaluate(OPEN, COURSE)
    assert (opened["system"], opened["learner"]) == (kind, "Mora, Ines")
    assert system.evaluate("system.kept")[to.status] == "incomplete"
    unit.evaluate(WORK, [ANSWER, None])
    kept = system.evaluate("system.kept")
    wrong = "wrong" if to is OLD else "incorrect"
    assert (kept[to.status], kept["cmi.interactions.0.result"]) == ("incomplete", wrong)
    unit.evaluate(WORK, [ANSWER, 90])
    assert unit.evaluate("told") == []
    # Somebody closes the window, or the system takes the frame away.
    system.evaluate("unit.close ? unit.close() : unit.remove()")
    until_over(system)
    kept = system.evaluate("system.kept")
    assert to.outcome(kept) == ("passed", "90")
    assert (kept[to.place], kept[to.exit]) == ("sops/restore-account.html", "suspend")
    assert system.evaluate("end => system.calls.filter((one) => one === end).length", to.end) == 1
    assert system.complaints == []


def until_over(system: Any) -> None:
    for _ in range(100):
        if system.evaluate("system.isOver()"):
            return
        system.wait_for_timeout(20)
    pytest.fail("the session never ended")


@pytest.mark.parametrize("kind", SYSTEMS)
def test_one_launch_after_another(kind: str, system: Any, origin: str) -> None:
    """Fresh, left in the middle, resumed, failed, passed, launched once more, reviewed: as learners go through it."""
    to = SYSTEMS[kind]
    kept: dict[str, str] = {}

    def launch(course: dict[str, Any] = COURSE, told: tuple[str, str] | None = None) -> tuple[Any, dict[str, Any]]:
        give(system, to, kept, dict([told] if told else []))
        unit = framed(system, f"{origin}/{to.folder}/bare.html")
        return unit, unit.evaluate(OPEN, course)

    def leave() -> None:
        assert system.evaluate("system.refused") == []
        system.evaluate("unit.remove()")
        until_over(system)
        kept.update(system.evaluate("system.kept"))

    _, opened = launch()
    assert (opened["place"], opened["data"], opened["isDone"]) == ("", "", False)
    leave()
    assert to.outcome(kept) == ("incomplete", "")

    unit, _ = launch()
    unit.evaluate(WORK, [ANSWER, None])
    leave()
    unit, opened = launch()
    assert (opened["place"], opened["data"]) == ("sops/restore-account.html", "state é")
    unit.evaluate(WORK, [ANSWER, 40])
    leave()
    assert to.outcome(kept) == ("failed", "40")

    # The system has a mark of its own, below which 85 is no pass.
    unit, opened = launch(told=to.mark)
    assert (opened["mark"], opened["isDone"]) == (90, False)
    unit.evaluate(WORK, [ANSWER, 85])
    leave()
    assert to.outcome(kept) == ("failed", "85")
    unit, _ = launch(told=to.mark)
    unit.evaluate(WORK, [ANSWER, 95])
    leave()
    assert to.outcome(kept) == ("passed", "95")

    # An update: what was saved is of no use, what was achieved stays.
    unit, opened = launch({**COURSE, "version": "1.1"})
    assert (opened["place"], opened["data"], opened["isDone"]) == ("", "", True)
    unit.evaluate(WORK, [ANSWER, 10])
    leave()
    assert to.outcome(kept) == ("passed", "95")
    assert kept["cmi.interactions._count"] == "5"

    before = dict(kept)
    unit, opened = launch(told=(to.mode, "review"))
    assert opened["mode"] == "review"
    unit.evaluate(WORK, [ANSWER, 10])
    assert not [call for call in system.evaluate("system.calls") if call.startswith(("Set", "Commit"))]
    leave()
    assert {name: kept[name] for name in before if "mode" not in name} == {
        name: before[name] for name in before if "mode" not in name
    }


def test_a_hidden_tab_has_said_all_that_it_knows(system: Any, origin: str) -> None:
    unit = framed(system, f"{origin}/scorm12/bare.html")
    unit.evaluate(OPEN, COURSE)
    before = system.evaluate("system.commits")
    unit.evaluate(
        """() => {
          Object.defineProperty(document, "visibilityState", { value: "hidden" });
          document.dispatchEvent(new Event("visibilitychange"));
        }"""
    )
    assert system.evaluate("system.commits") == before + 1


def test_a_system_that_goes_away_in_the_middle_is_told_of(system: Any, origin: str) -> None:
    unit = framed(system, f"{origin}/scorm12/bare.html")
    unit.evaluate(OPEN, COURSE)
    system.evaluate("() => { system.api.LMSCommit = () => { throw new Error('signed out') } }")
    unit.evaluate(WORK, [ANSWER, 90])
    assert "did not take the last save" in unit.evaluate("told.at(-1)")
    unit.evaluate("() => session.close()")
    assert system.evaluate("system.isOver()")  # the system itself may still be there
    system.complaints.clear()


UNREACHED = {
    "a parent of another origin": lambda page, origin: framed(page, f"{origin}/scorm12/bare.html"),
    "a sandbox": lambda page, origin: framed(page, f"{origin}/scorm12/bare.html", 1, "allow-scripts"),
    "a window of another origin": lambda page, origin: popped(page, f"{origin}/scorm12/bare.html"),
}


@pytest.mark.parametrize("where", UNREACHED)
def test_where_no_system_can_be_reached_the_course_works(where: str, system: Any, origin: str, elsewhere: str) -> None:
    home = origin if where == "a sandbox" else elsewhere
    course = {**COURSE, "course": where.replace(" ", "-")}
    unit = UNREACHED[where](system, home)
    opened = unit.evaluate(OPEN, course)
    assert (opened["system"], opened["mark"], opened["data"]) == ("", 80, "")
    unit.evaluate(WORK, [ANSWER, 90])
    assert unit.evaluate("session.isDone")
    unit.evaluate("() => session.close()")
    assert system.evaluate("system.calls") == []
    if where == "a sandbox":
        assert "keeps nothing" in unit.evaluate("told.at(-1)")
    else:
        assert unit.evaluate("told") == []
        again = UNREACHED[where](system, home)
        assert again.evaluate(OPEN, course)["data"] == "state é"
    if hasattr(unit, "close"):
        unit.close()


@pytest.mark.parametrize("name", ["scorm12", "scorm2004", "cmi5", *DELTAS])
def test_in_a_folder_without_a_network_it_resumes(name: str, context: Any, courses: Path) -> None:
    page = context.new_page()
    page.goto((courses / name / "bare.html").as_uri())
    course = {**COURSE, "course": name}
    assert page.evaluate(OPEN, course)["system"] == ""
    page.evaluate(WORK, [ANSWER, 90])
    page.reload()
    opened = page.evaluate(OPEN, course)
    assert (opened["place"], opened["data"], opened["isDone"]) == ("sops/restore-account.html", "state é", True)
    assert page.evaluate(OPEN, {**course, "version": "1.1"})["data"] == ""
    page.close()


# -- a run time that systems really use

RUN_TIMES = {
    "SCORM 1.2": ("scorm12", "Scorm12API", "API", {"cmi": {"student_data": {"mastery_score": "75"}}}),
    "SCORM 2004": ("scorm2004", "Scorm2004API", "API_1484_11", {"cmi": {"scaled_passing_score": "0.75"}}),
}
BEGIN = """([make, name, given]) => {
  window.run = new window[make]({ autocommit: false, logLevel: 5 });
  if (given) {
    run.loadFromJSON(given.cmi, "cmi");
  }
  window.refused = [];
  for (const call of ["SetValue", "LMSSetValue"].filter((one) => run[one])) {
    const set = run[call].bind(run);
    run[call] = (...told) => {
      const taken = set(...told);
      if (String(taken) !== "true") {
        refused.push(told);
      }
      return taken;
    };
  }
  window[name] = run;
}"""


@pytest.mark.parametrize("kind", RUN_TIMES)
def test_scorm_again_records_a_course_and_gives_it_back(kind: str, context: Any, origin: str) -> None:
    file, make, name, marked = RUN_TIMES[kind]
    if not (AGAIN / f"{file}.min.js").is_file():
        missing("no scorm-again; run tests/scripts/get_tools.sh, which needs npm")
    page = context.new_page()
    page.goto(f"{origin}/lms")
    page.add_script_tag(url=f"{origin}/lms-files/{file}.min.js")
    page.evaluate(BEGIN, [make, name, marked])
    unit = framed(page, f"{origin}{STRICT}/{file}/bare.html")
    opened = unit.evaluate(OPEN, COURSE)
    assert (opened["system"], opened["mark"], opened["mode"]) == (kind, 75, "normal")
    unit.evaluate(WORK, [ANSWER, None])
    kept = page.evaluate("JSON.parse(JSON.stringify(run.cmi))")
    status = kept["core"]["lesson_status"] if kind == "SCORM 1.2" else kept["completion_status"]
    assert status == "incomplete"
    unit.evaluate(WORK, [ANSWER, 40])
    unit.evaluate(WORK, [{**ANSWER, "isRight": True, "given": ["a", "c"]}, 90])
    assert unit.evaluate("told") == []
    unit.evaluate("() => session.close()")
    kept = page.evaluate("JSON.parse(JSON.stringify(run.cmi))")
    if kind == "SCORM 1.2":
        assert (kept["core"]["lesson_status"], kept["core"]["score"]["raw"]) == ("passed", "90")
    else:
        assert (kept["completion_status"], kept["success_status"]) == ("completed", "passed")
        assert (kept["score"]["scaled"], kept["score"]["raw"]) == ("0.9", "90")
    answers = kept["interactions"]["childArray"] if "childArray" in kept["interactions"] else kept["interactions"]
    assert len(answers) == 3
    assert page.evaluate("run.isTerminated()")
    assert page.evaluate("refused") == []
    saved = {name: kept[name] for name in ("suspend_data",)}
    page.evaluate(BEGIN, [make, name, {"cmi": saved}])
    unit = framed(page, f"{origin}/{file}/bare.html")
    assert unit.evaluate(OPEN, COURSE)["data"] == "state é"
    page.close()


# -- cmi5: a launch server and a record store


@pytest.fixture
def store() -> Iterator[RecordStore]:
    """A store that must have refused nothing in the end."""
    made = RecordStore()
    with recording(made):
        yield made
    assert made.refused == []


def launched(context: Any, store: RecordStore, origin: str, course: dict[str, Any] = COURSE) -> tuple[Any, Any]:
    page = context.new_page()
    page.goto(store.launch(f"{origin}/cmi5/bare.html"))
    return page, page.evaluate(OPEN, course)


def until_said(page: Any, store: RecordStore, *verbs: str) -> None:
    for _ in range(200):
        if store.said()[-len(verbs) :] == list(verbs):
            return
        page.wait_for_timeout(20)
    assert store.said() == [*verbs]


def test_cmi5_from_the_first_launch_to_the_pass(context: Any, store: RecordStore, origin: str) -> None:
    page, opened = launched(context, store, origin)
    assert opened == {
        "system": "cmi5",
        "learner": "Ines Mora",
        "mode": "normal",
        "mark": 80,
        "language": "es",
        "place": "",
        "data": "",
        "isDone": False,
    }
    assert store.asked[:4] == [
        "POST /fetch",
        "GET /xapi/activities/state LMS.LaunchData",
        "GET /xapi/agents/profile cmi5LearnerPreferences",
        "GET /xapi/activities/state playbook",
    ]
    page.evaluate(WORK, [ANSWER, 60])  # a failed try is told at the end of the session, unless the next one passes
    until_said(page, store, "initialized", "answered", "completed")
    page.evaluate("() => session.close()")
    until_said(page, store, "failed", "terminated")
    assert store.first("failed")["result"]["score"] == {"scaled": 0.6, "raw": 60, "min": 0, "max": 100}
    page.close()

    page, opened = launched(context, store, origin)
    assert (opened["place"], opened["data"], opened["isDone"]) == ("sops/restore-account.html", "state é", False)
    page.evaluate(WORK, [ANSWER, 40])
    page.evaluate(WORK, [ANSWER, 90])
    until_said(page, store, "answered", "answered", "passed")
    page.goto(f"{origin}/lms")  # left without a word
    until_said(page, store, "passed", "terminated")
    page.close()

    page, opened = launched(context, store, origin)
    assert opened["isDone"]
    page.evaluate(WORK, [ANSWER, 10])
    page.evaluate(WORK, [ANSWER, 95])
    page.evaluate("() => session.close()")
    until_said(page, store, "initialized", "answered", "answered", "terminated")
    page.close()

    page, opened = launched(context, store, origin, {**COURSE, "version": "1.1"})
    assert (opened["data"], opened["isDone"]) == ("", True)
    page.evaluate("() => session.close()")
    page.close()


@pytest.mark.parametrize("mode", ["Review", "Browse"])
def test_cmi5_says_nothing_else_where_nothing_counts(mode: str, context: Any, store: RecordStore, origin: str) -> None:
    store.mode = mode
    store.state["playbook"] = before = {"isCompleted": True, "failed": 40}  # of a session that never came to its end
    page, opened = launched(context, store, origin)
    assert opened["mode"] == mode.lower()
    page.evaluate(WORK, [ANSWER, 90])
    page.evaluate("() => session.close()")
    until_said(page, store, "initialized", "terminated")
    assert store.state["playbook"] is before
    page.close()


def test_cmi5_a_store_that_fails_gets_everything_later_and_leads_back(
    context: Any, store: RecordStore, origin: str
) -> None:
    store.back = f"{origin}/lms"
    page, _ = launched(context, store, origin)
    store.is_failing = True
    page.evaluate(WORK, [ANSWER, 90])
    for _ in range(100):
        if page.evaluate("told.length"):
            break
        page.wait_for_timeout(20)
    assert "did not take the last save" in page.evaluate("told.at(-1)")
    store.is_failing = False
    page.evaluate("() => { session.close() }")
    page.wait_for_url(store.back)
    until_said(page, store, "initialized", "answered", "completed", "passed", "terminated")
    assert store.state["playbook"]["isPassed"]
    page.close()


def test_cmi5_a_launch_is_redeemed_once(context: Any, store: RecordStore, origin: str) -> None:
    page, _ = launched(context, store, origin)
    page.reload()
    until_said(page, store, "initialized", "terminated")
    assert page.evaluate(OPEN, COURSE)["system"] == ""
    assert "did not answer" in page.evaluate("told.at(-1)")
    page.evaluate(WORK, [ANSWER, 90])
    page.close()
    other = context.new_page()
    other.goto(store.launch(f"{origin}/cmi5/bare.html").replace("session%3D2", "session%3D1"))
    assert other.evaluate(OPEN, COURSE)["system"] == ""
    other.close()
    assert store.said(1) == ["initialized", "terminated"]


# -- the pages under a strict policy


def test_no_page_needs_a_script_within_it(context: Any, courses: Path, origin: str) -> None:
    """Under `script-src 'self'`, a page of every kind complains of nothing, and its scripts run."""
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda one: complaints.append(f"{page.url}: {one.text}") if one.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(f"{page.url}: {error}"))
    folders = {path.parent.name: path for path in sorted((courses / "scorm12").rglob("*.html"), reverse=True)}
    assert {"sops", "decision_trees", "macros", "policies", "scorm12"} <= {*folders}
    for path in folders.values():
        page.goto(f"{origin}{STRICT}/{path.relative_to(courses)}")
        page.wait_for_load_state("load")
    page.goto(f"{origin}{STRICT}/scorm12/decision_trees/account-takeover.html")
    assert page.locator("[data-pb-ways] button, .pb-walker button").count() > 0
    assert page.evaluate("typeof __md_get") == "function"
    page.goto(f"{origin}{STRICT}/scorm12/course.html")
    assert complaints == []
    page.close()


def test_nothing_is_missing_that_a_page_loads(context: Any, courses: Path, origin: str) -> None:
    """What a theme brings along and nobody loads is in no pack: every page is opened, and the search is used."""
    page = context.new_page()
    lost: list[str] = []
    page.on("response", lambda one: lost.append(f"{page.url}: {one.url}") if one.status >= 400 else None)
    page.on("requestfailed", lambda one: lost.append(f"{page.url}: {one.url} {one.failure}"))
    page.on("pageerror", lambda error: lost.append(f"{page.url}: {error}"))
    pages = [path.relative_to(courses).as_posix() for path in sorted((courses / "scorm12").rglob("*.html"))]
    assert len(pages) > 15
    for name in pages:
        page.goto(f"{origin}/{name}")
        page.wait_for_load_state("load")
    page.goto(f"{origin}/scorm12/index.html")
    page.keyboard.press("/")
    page.keyboard.type("takeover")
    page.locator("dialog.pb-search a.pb-hit:has-text('Is it a takeover?')").first.wait_for()
    page.wait_for_load_state("networkidle")
    assert lost == []
    page.close()
    brought = [path for path in (courses / "scorm12/assets").rglob("*") if path.is_file()]
    unused = [path.name for path in brought if path.suffix == ".map" or {"lunr", "workers"} & {*path.parts}]
    assert unused == []
    assert [path.name for path in brought if b"sourceMappingURL" in path.read_bytes()] == []


def test_a_script_within_a_page_would_be_refused(context: Any, courses: Path, origin: str) -> None:
    (courses / "scorm12/inline.html").write_text("<script>window.ran = true</script>", encoding="utf-8")
    page = context.new_page()
    page.goto(f"{origin}{STRICT}/scorm12/inline.html")
    assert page.evaluate("window.ran") is None
    page.close()
    (courses / "scorm12/inline.html").unlink()


def test_what_the_tests_see_is_what_is_kept(system: Any, origin: str) -> None:
    """The worst case for 4,096 characters, through the browser itself."""
    unit = framed(system, f"{origin}/scorm12/bare.html")
    unit.evaluate(OPEN, COURSE)
    assert unit.evaluate("session.save({ place: 'p'.repeat(255), data: 'x'.repeat(session.room) })")
    assert unit.evaluate("session.save({ place: '', data: 'x'.repeat(session.room + 1) })") is False
    assert len(json.dumps(system.evaluate("system.kept['cmi.suspend_data']"))) - 2 <= 4096


# -- Open edX, which imports the zip itself


@pytest.fixture
def openedx(courses: Path, tmp_path: Path) -> Iterator[str]:
    python = ROOT / ".cache/openedx/bin/python"
    if not python.exists():
        missing("no Open edX; run tests/lms/get_openedx.sh")
    call = [python, ROOT / "tests/lms/openedx.py", courses / "scorm12.zip", tmp_path / "media"]
    with subprocess.Popen([*map(str, call)], stdout=subprocess.PIPE, text=True) as running:
        assert running.stdout
        yield running.stdout.readline().strip()
        running.kill()


def test_open_edx_imports_a_course_and_keeps_the_grade(context: Any, openedx: str) -> None:
    """It hands on nothing of what it has of status and score, so that only the course knows that it was passed."""
    page = context.new_page()

    def launch() -> tuple[Any, dict[str, Any]]:
        page.goto(f"{openedx}/bare")
        unit = page.frame(name="unit")
        unit.wait_for_load_state("load")
        return unit, unit.evaluate(OPEN, COURSE)

    def told() -> Any:
        return json.loads(page.request.get(f"{openedx}/told").body())

    before = told()
    assert (before["index_page_path"], before["scorm_version"]) == ("course.html", "SCORM_12")
    assert before["package_warnings"] == []
    page.goto(openedx)
    page.frame(name="unit").wait_for_selector("h1:visible")
    assert told()["lesson_status"] == "incomplete"
    unit, opened = launch()
    assert (opened["system"], opened["learner"]) == ("SCORM 1.2", "ines")
    assert (told()["lesson_status"], told()["grades"]) == ("incomplete", [])
    unit.evaluate(WORK, [ANSWER, 40])
    assert told()["success_status"] == "failed"
    unit, opened = launch()
    assert opened["data"] == "state é"
    unit.evaluate(WORK, [ANSWER, 90])
    after = told()
    assert (after["lesson_status"], after["success_status"], after["lesson_score"]) == ("completed", "passed", 0.9)
    assert after["grades"][-1] == {"value": 0.9, "max_value": 1}
    unit, opened = launch()
    assert opened["isDone"]
    unit.evaluate(WORK, [ANSWER, 10])
    again = told()
    assert (again["lesson_status"], again["success_status"], again["lesson_score"]) == ("completed", "passed", 0.9)
    page.close()


# -- the course itself


@pytest.mark.parametrize("folder", ["scorm12", "scorm2004", "delta.scorm12", "delta.scorm2004"])
def test_a_course_goes_on_where_it_was_left(folder: str, system: Any, origin: str) -> None:
    """From the system's page, under a strict policy: begun, left by closing the frame, and gone on with."""
    to = NEW if folder.endswith("2004") else OLD
    address = f"{origin}{STRICT}/{folder}/course.html"
    give(system, to, {}, {})
    unit = framed(system, address)
    assert ("what changed since 1.0" in unit.locator("h1").first.inner_text()) == ("delta" in folder)
    unit.locator("[data-onward] a").click()
    unit.wait_for_url(lambda url: not url.endswith("course.html"))
    unit.locator("[data-next]").click()
    unit.locator("[data-frame] iframe").wait_for(state="attached")
    reached = unit.evaluate("location.hash")
    system.evaluate("unit.remove()")
    until_over(system)
    kept = system.evaluate("system.kept")
    assert to.outcome(kept) == ("incomplete", "")
    assert len(kept["cmi.suspend_data"]) < 4000
    assert system.evaluate("system.refused") == []
    give(system, to, kept, {})
    unit = framed(system, address)
    welcome = unit.locator("[data-welcome]")
    welcome.wait_for(state="attached")
    assert "Welcome back, Mora, Ines" in unit.evaluate("document.body.textContent")
    assert unit.evaluate("location.hash") == reached
    assert system.complaints == []


def test_the_course_of_what_changed_is_recorded_by_cmi5(context: Any, store: RecordStore, origin: str) -> None:
    """Launched as the whole one is: begun, left, and gone on with."""
    page = context.new_page()
    page.goto(store.launch(f"{origin}/delta.cmi5/course.html"))
    page.locator("[data-onward] a").click()
    page.locator("[data-next]").click()
    page.locator("[data-frame] iframe").wait_for(state="attached")
    reached = page.evaluate("location.hash")
    page.goto(f"{origin}/lms")
    until_said(page, store, "initialized", "terminated")
    page.goto(store.launch(f"{origin}/delta.cmi5/course.html"))
    page.locator("[data-welcome]:has-text('Welcome back, Ines Mora')").wait_for(state="attached")
    assert page.evaluate("location.hash") == reached
    page.close()
