"""A library that is n times as large takes n times as long to judge, whatever it has many of.

Like in `test_growth.py`, growth is held and no seconds: each scenario is judged at two sizes, the second of which holds
four times as much. What is linear takes four times as long then, and what is quadratic sixteen times.
"""

from __future__ import annotations

import gc
import time
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import replace

import pytest
from knowledge import FILES, TODAY, VOCABULARY
from test_growth import _Tree

from generator.checks import checks, faults, silent_change
from generator.documents import VOCABULARY as WORDS
from generator.documents.text import prose
from generator.library.library import Library
from generator.pipeline import gather
from generator.reports.findings import reports  # noqa: F401 - loaded before anything is timed

LINEAR = 9.0
AGAIN = 3
HEADER = 'version: "1.0"\nstatus: active\nowner: support\naudience: vendor\nsummary: S.\nhistory: []\n'

Files = Mapping[str, str]


def sop(name: str, text: str, more: str = "") -> Files:
    body = f'trigger: T.\nsteps:\n  - id: first\n    title: First\n    text: "{text}"\n{more}'
    return {f"sops/{name}.yaml": f"id: {name}\ntitle: {name}\n{HEADER}{body}"}


def pack(name: str, modules: str) -> Files:
    body = f"vendor: acme\nlocales: [es]\nmodules:\n{modules}"
    return {f"content/packs/{name}.yaml": f"id: {name}\ntitle: {name}\n{HEADER}{body}"}


ALL_SOPS = "  - title: All\n    select: {type: sop}\n  - title: Rest\n    select: {referred: true}\n"


def documents_of_a_pack(size: int) -> Files:
    """Each procedure refers to ten, half of which the pack leaves out."""
    files = dict(
        pack("course", "  - title: Half\n    documents: [" + ", ".join(f"s{n}" for n in range(0, size, 2)) + "]\n")
    )
    for n in range(size):
        files |= sop(f"s{n}", " ".join(f"[[s{(n + 7 * other) % size}]]" for other in range(10)))
    return files


def packs(size: int) -> Files:
    """Many packs of the same forty procedures."""
    files: dict[str, str] = {}
    for n in range(40):
        files |= sop(f"s{n}", f"See [[s{(n + 1) % 40}]] and [[s{(n + 2) % 40}]].")
    for n in range(size):
        files |= pack(f"p{n}", ALL_SOPS)
    return files


def policy(sections: int, versions: int) -> Files:
    """Every version changed twenty sections, and each section is cited at the first version."""
    parts = "".join(
        f'  - {{id: s{n}, number: "{n}", title: T, revised: "1.{_last(n, sections, versions)}", text: X}}\n'
        for n in range(sections)
    )
    history = "".join(
        f'  - {{version: "1.{v}", effective: {_day(v)}, changes: [{_changes(v, sections)}]}}\n'
        for v in reversed(range(versions))
    )
    top = versions - 1
    head = HEADER.replace('"1.0"', f'"1.{top}"').replace("history: []\n", "")
    cites = ", ".join(f"many#s{n}@1.0" for n in range(sections))
    body = f"id: many\ntitle: Many\n{head}effective: {_day(top)}\nsections:\n{parts}history:\n{history}"
    return {"content/policies/many.yaml": body, **sop("citing", "X.", f"    cites: [{cites}]\n")}


def _day(version: int) -> str:
    return f"{2000 + version // 12}-{1 + version % 12:02}-01"


def _changed(version: int, sections: int) -> list[int]:
    return [(20 * version + n) % sections for n in range(20)] if version else []


def _changes(version: int, sections: int) -> str:
    return ", ".join(f"{{section: s{n}, kind: tightened}}" for n in _changed(version, sections))


def _last(section: int, sections: int, versions: int) -> int:
    return max((v for v in range(versions) if section in _changed(v, sections)), default=0)


def sections_of_a_policy(size: int) -> Files:
    return policy(5 * size, 40)


def versions_of_a_policy(size: int) -> Files:
    return policy(40, 5 * size)


def tables(size: int) -> Files:
    """Decision tables of twelve rows."""
    inputs = "".join(f"  i{n}: {{ask: Q{n}?, values: {{a: {{label: A}}, b: {{label: B}}}}}}\n" for n in range(12))
    rows = "".join(
        f"  - {{when: {{{', '.join([f'i{one}: b' for one in range(n)] + [f'i{n}: a'])}}}, then: o{n % 2}}}\n"
        for n in range(12)
    )
    rest = f"  - {{when: {{{', '.join(f'i{n}: b' for n in range(12))}}}, then: o0}}\n"
    outcomes = "  o0: {decision: D}\n  o1: {decision: E}\n"
    body = f"{HEADER}inputs:\n{inputs}rows:\n{rows}{rest}outcomes:\n{outcomes}"
    return {f"decision_trees/t{n}.yaml": f"id: t{n}\ntitle: T{n}\n{body}" for n in range(size)}


def rows_of_a_table(size: int) -> Files:
    """One table, each row of which fits one value of its first input."""
    values = "".join(f"      v{n}: {{label: L{n}}}\n" for n in range(size))
    rows = "".join(f"  - {{when: {{one: v{n}}}, then: o{n % 2}}}\n" for n in range(size))
    outcomes = "  o0: {decision: D}\n  o1: {decision: E}\n"
    body = f"{HEADER}inputs:\n  one:\n    ask: Q?\n    values:\n{values}rows:\n{rows}outcomes:\n{outcomes}"
    return {"decision_trees/table.yaml": f"id: table\ntitle: Table\n{body}"}


def translations(size: int) -> Files:
    """One reply in many languages, each with words for twenty variables."""
    text = " ".join(f"{{{{ v{n} }}}}" for n in range(20))
    variables = "".join(f"  v{n}: {{label: V, fallback: F}}\n" for n in range(20))
    words = ", ".join(f"v{n}: {{fallback: F}}" for n in range(20))
    others = "".join(f'  l{n}: {{of: "1.0", variables: {{{words}}}, text: "{text}"}}\n' for n in range(size))
    locales = "".join(f"  l{n}: {{name: L{n}}}\n" for n in range(size))
    return {
        "macros/m.yaml": f'id: m\ntitle: M\n{HEADER}variables:\n{variables}text: "{text}"\ntranslations:\n{others}',
        WORDS: VOCABULARY.replace("  es: {name: Español}\n", f"  es: {{name: Español}}\n{locales}"),
    }


def translated_replies(size: int) -> Files:
    """Replies of different words in two languages."""
    files = {}
    for n in range(size):
        said = " ".join(f"w{n * number % 997}" for number in range(1, 40))
        body = f'text: "{said}"\ntranslations:\n  es: {{of: "1.0", text: "{said} x"}}\n'
        files[f"macros/m{n}.yaml"] = f"id: m{n}\ntitle: M{n}\n{HEADER}{body}"
    return files


def broken_links(size: int) -> Files:
    """Each procedure refers to one whose name is written wrong in a way of its own."""
    files: dict[str, str] = {}
    for n in range(size):
        files |= sop(f"restore-the-account-{n}", f"See [[restore-the-acount-{n}]].")
    return files


def banned_entries(size: int) -> Files:
    """Entries that begin with one word, and a reply that says it eight times as often."""
    banned = "".join(f"  - {{words: we cannot w{n}, use: X}}\n" for n in range(size))
    text = "We cannot say. " * 8 * size
    return {
        "macros/m.yaml": f"id: m\ntitle: M\n{HEADER}text: {text}\n",
        WORDS: f"{VOCABULARY}banned:\n{banned}",
    }


SCENARIOS: list[tuple[Callable[[int], Files], int]] = [
    (documents_of_a_pack, 300),
    (packs, 10),
    (sections_of_a_policy, 25),
    (versions_of_a_policy, 25),
    (tables, 20),
    (rows_of_a_table, 100),
    (translations, 20),
    (translated_replies, 60),
    (broken_links, 60),
    (banned_entries, 300),
]


def library(files: Files) -> Library:
    found, _, findings = gather(_Tree({WORDS: FILES[WORDS], **files}), TODAY)  # type: ignore[arg-type]
    assert not findings, f"the scenario is malformed: {findings[0].message} in {findings[0].place}"
    return found


def seconds(files: Files) -> float:
    """The work of all checks and of their hints, in a library that nobody has asked yet."""
    times = []
    for _ in range(AGAIN):
        fresh = library(files)
        begin = time.thread_time()
        for _, fault in faults(fresh):
            fault.advice  # noqa: B018
        times.append(time.thread_time() - begin)
    return min(times)


@pytest.mark.parametrize(("scenario", "size"), SCENARIOS, ids=lambda one: getattr(one, "__name__", ""))
def test_time_grows_with_the_library(scenario: Callable[[int], Files], size: int) -> None:
    checks()
    gc.disable()
    try:
        few, many = seconds(scenario(size)), seconds(scenario(4 * size))
    finally:
        gc.enable()
    name = scenario.__name__.replace("_", " ")
    assert many < LINEAR * few, f"four times as many {name} take {many / few:.0f} times as long to judge"


def test_packs_look_through_no_text_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """A pack's readers do not see the notes; what is left points where it pointed before."""
    looked: Counter[str] = Counter()
    survey = prose.survey

    def counting(text: str) -> prose.Survey:
        looked[text] += 1
        return survey(text)

    monkeypatch.setattr(prose, "survey", counting)
    files = dict(pack("course", ALL_SOPS))
    for n in range(5):
        files |= sop(f"s{n}", f"Text {n}: [[s{(n + 1) % 5}]].", f"    internal_note: Note {n} on [[s{(n + 2) % 5}]].\n")
    for _ in faults(library(files)):
        pass
    counts = [count for text, count in looked.items() if text.startswith(("Text", "Note"))]
    assert counts == [1] * 10, "how often each text and note was looked through"


def changed_procedures(size: int, words: str) -> Library:
    """Each procedure has steps of its own, and refers to a part that the next one no longer has."""
    files: dict[str, str] = {}
    for n in range(size):
        steps = "".join(f"  - {{id: s{n}-{k}, title: T, text: Do {k} {words}.}}\n" for k in range(10))
        files |= sop(f"p{n}", f"See [[p{(n + 1) % size}#gone-{n}]].", steps)
    return library(files)


def test_time_grows_with_what_has_changed() -> None:
    """`check --since` with nothing left as it was."""

    def judged(size: int) -> float:
        times = []
        for _ in range(AGAIN):
            now = replace(changed_procedures(size, "now"), before=changed_procedures(size, "before"))
            begin = time.thread_time()
            assert len(list(silent_change.check(now))) == size
            times.append(time.thread_time() - begin)
        return min(times)

    few, many = judged(100), judged(400)
    assert many < LINEAR * few, f"four times as many changes take {many / few:.0f} times as long to find"
