"""Plans what `check --fix` writes: the edits of findings that have one safe answer, which leave nothing worse."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace

from generator.checks import checks
from generator.files.broken import Broken, Encoded
from generator.files.edits import TextEdit, apply_edits
from generator.files.source import Source
from generator.findings import Edit, Finding

UNREAD, MALFORMED, SOUND = range(3)
ROUNDS = 8  # a fix may show the next fault, or lie where another one was


@dataclass(frozen=True)
class Repair:
    """The new texts of files by path, the findings that they fix, and those whose safe fix would do harm."""

    texts: dict[str, str] = field(default_factory=dict)
    fixed: tuple[Finding, ...] = ()
    refused: tuple[Finding, ...] = ()


Judge = Callable[[Mapping[str, str]], tuple[list[Finding], Mapping[str, Source]]]


def plan_repair(judge: Judge) -> Repair:
    """Fixes what has one safe answer, again and again until nothing is left; `judge` says what is wrong with texts.

    A file in which a fix brings a new finding stays as it was before that round.
    """
    done, (findings, sources) = Repair(), judge({})
    refused: dict[tuple[str, str, str], Finding] = {}
    for _ in range(ROUNDS):
        chosen = choose(finding for finding in findings if _make_name(finding) not in refused)
        texts = {path: with_edits(sources[path], edits) for path, edits in _sort_by_path(chosen).items()}
        if not texts:
            break
        later, after = judge({**done.texts, **texts})
        if worse := _find_worse(findings, later) & texts.keys():
            refused |= {_make_name(one): one for one in chosen if worse & _list_paths(one)}
            continue
        done = replace(done, texts={**done.texts, **texts}, fixed=(*done.fixed, *chosen))
        findings, sources = later, after
    return replace(done, refused=tuple(refused.values()))


def choose(findings: Iterable[Finding]) -> list[Finding]:
    """The findings that have a safe fix; of two that would change the same place, the first."""
    chosen: list[Finding] = []
    taken: dict[str, list[Edit]] = {}
    for finding in findings:
        fix = finding.fix
        if fix is None or not fix.is_safe:
            continue
        edits = list(dict.fromkeys(fix.edits))
        if any(_is_overlapping(edit, other) for edit in edits for other in taken.get(edit.place.path, ())):
            continue
        chosen.append(finding)
        for edit in edits:
            taken.setdefault(edit.place.path, []).append(edit)
    return chosen


def with_edits(source: Source, edits: Iterable[Edit]) -> str:
    """The text of a file after edits that do not overlap."""
    return apply_edits(source.text, (TextEdit(*source.indexes(edit.place), edit.text) for edit in edits))


def _sort_by_path(findings: Iterable[Finding]) -> dict[str, list[Edit]]:
    edits: dict[str, list[Edit]] = {}
    for finding in findings:
        for edit in finding.fix.edits if finding.fix else ():
            edits.setdefault(edit.place.path, []).append(edit)
    return edits


def _is_overlapping(one: Edit, other: Edit) -> bool:
    (_, *here), (_, *there) = one.place, other.place
    return (here[:2] < there[2:] and there[:2] < here[2:]) or here == there


def _find_worse(before: Iterable[Finding], after: Iterable[Finding]) -> set[str]:
    """The files that are less sound now, or have a finding that they had not; places move, so that words count.

    A file that could not be read so far may well have other findings once it can.
    """
    had, has = (Counter(map(_make_name, findings)) for findings in (before, after))
    was = _judge_files(had)
    return {path for path, code, _ in has - had if _judge_code(code) < was.get(path, SOUND) or path not in was}


def _judge_files(names: Iterable[tuple[str, str, str]]) -> dict[str, int]:
    """How sound each file is that has a fault of its format."""
    rates: dict[str, int] = {}
    for path, code, _ in names:
        if (rate := _judge_code(code)) < SOUND:
            rates[path] = min(rate, rates.get(path, SOUND))
    return rates


def _judge_code(code: str) -> int:
    """What a file is that has such a finding: unread, malformed, or sound."""
    if code in (Broken.code, Encoded.code):
        return UNREAD
    return MALFORMED if checks()[code].function is None else SOUND


def _list_paths(finding: Finding) -> set[str]:
    return {edit.place.path for edit in finding.fix.edits} if finding.fix else set()


def _make_name(finding: Finding) -> tuple[str, str, str]:
    return finding.place.path, finding.code, finding.message
