"""Judges completions by what was released: who is up to date, who has to train again, and why."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from generator.documents.types.pack import Pack
from generator.exchange.completions.completions import Completion
from generator.library.lasting import lasts_until
from generator.library.library import Library
from generator.library.releases import Release
from generator.library.timeline import order

VERSION = re.compile(r"v?\s*(\d{1,9}(?:\.\d{1,9}){0,2})", re.IGNORECASE)
TAIL = re.compile(r"[\s_,.:()-]*+(?:version|release|v)?\.?[\s_-]*+(\d{1,9}(?:[._-]\d{1,9}){0,2})?\)?", re.IGNORECASE)
SIGNS = re.compile(r"[\W_]+")


class Standing(NamedTuple):
    """One person in one pack. `is_current` says that nothing has to be done; `reason` why it has, or what to read.

    `version` and `day` are those of the training that counts, `until` the last day on which it does.
    """

    person: str
    team: str
    pack: str
    is_current: bool
    reason: str
    version: str = ""
    day: date | None = None
    until: date | None = None


class Attestation(NamedTuple):
    """Everybody's standing, and what could not be told of whom: the line, and what is wrong with it."""

    today: date
    standings: tuple[Standing, ...]
    unread: tuple[tuple[int, str], ...]

    @property
    def due(self) -> list[Standing]:
        return [one for one in self.standings if not one.is_current]

    def count_by(self, name: str) -> dict[str, tuple[int, int]]:
        """How many are up to date and how many are not, by the value of a field."""
        found: dict[str, list[int]] = defaultdict(lambda: [0, 0])
        for one in self.standings:
            found[str(getattr(one, name))][not one.is_current] += 1
        return {value: (current, due) for value, (current, due) in sorted(found.items())}


class Course:
    """A pack with its releases, as completions name it."""

    def __init__(self, name: str, title: str, releases: Sequence[Release], recertify: str | None) -> None:
        self.name, self.title, self.releases, self.recertify = name, title, releases, recertify

    @property
    def last(self) -> Release:
        return self.releases[-1]

    def tail_of(self, course: str) -> str | None:
        """The version behind the name of the course, which may be empty; None if this is another course."""
        for name in (self.name, self.title, *(one.record.title for one in self.releases)):
            pattern = r"[\W_]*".join(re.escape(word) for word in SIGNS.split(name.strip()) if word)
            if found := re.match(pattern, course.strip(), re.IGNORECASE):
                tail = TAIL.fullmatch(course.strip()[found.end() :])
                if tail:
                    return re.sub("[_-]", ".", tail[1] or "")
        return None

    def find(self, version: str, day: date) -> Release | None:
        """The release of a version; a major version alone is that of the course that was there on the day."""
        if not VERSION.fullmatch(version):
            return None
        if "." in version:
            return next((one for one in self.releases if order(one.version) == order(version)), None)
        same = [one for one in self.releases if order(one.version)[0] == int(version) and one.record.on <= day]
        return same[-1] if same else None


def courses(library: Library) -> list[Course]:
    """Every pack that was released."""
    found = []
    for name, releases in library.releases.by_pack.items():
        document = library.by_id.get(name)
        body = document.body if document else None
        recertify = body.recertify_after if isinstance(body, Pack) else None
        found.append(Course(name, body.title.strip() if body else releases[-1].record.title, releases, recertify))
    return found


def attest(
    library: Library, completions: Iterable[Completion], pack: str | None, people: Mapping[str, tuple[str, str]] | None
) -> Attestation:
    """Judges completions on the library's day.

    `pack` is what lines are about that name no course; `people` are all who should be trained, by what tells them
    apart, each with name and team: others are unknown, and who is missing is due.
    """
    known, today = courses(library), library.today
    unread: list[tuple[int, str]] = []
    by_person: dict[tuple[str, str], list[tuple[Completion, str]]] = defaultdict(list)
    named = {course.name: course for course in known}
    courses_of: dict[tuple[str, str], tuple[Course | None, str]] = {}
    for one in completions:
        said = (one.course, one.version)
        if said not in courses_of:
            courses_of[said] = _find_course(one, known, pack)
        course, version = courses_of[said]
        if not one.key:
            unread.append((one.line, "nobody is named"))
        elif people is not None and one.key not in people:
            unread.append((one.line, f"{one.person} is not on the list of people"))
        elif course is None:
            what = f"`{one.course}` is no pack that was released" if one.course else "no course is named: add --pack ID"
            unread.append((one.line, f"{one.person}: {what}"))
        else:
            by_person[one.key, course.name].append((one, version))
    standings = [_judge(named[name], some, today) for (_, name), some in by_person.items()]
    wanted = [pack] if pack in named else sorted({name for _, name in by_person})
    for key, (person, team) in (people or {}).items():
        missing = [name for name in wanted if (key, name) not in by_person]
        standings += [Standing(person, team, str(name), False, "no completion") for name in missing]
    standings.sort(key=lambda one: (one.team.casefold(), one.pack, one.is_current, one.person.casefold()))
    return Attestation(today, tuple(standings), tuple(unread))


def _find_course(one: Completion, known: Iterable[Course], pack: str | None) -> tuple[Course | None, str]:
    """The course of a completion, and its version: of its own column, or behind the course's name."""
    told = VERSION.fullmatch(one.version.strip())
    version = told[1] if told else one.version.strip()
    for course in sorted(known, key=lambda course: -len(course.name)):
        tail = course.tail_of(one.course) if one.course else "" if course.name == pack else None
        if tail is not None:
            return course, version or tail
    return None, version


def _judge(course: Course, some: list[tuple[Completion, str]], today: date) -> Standing:
    """The standing of one person: by the training that counts longest, or else why the latest does not count."""
    judged = [_judge_completion(course, one, version, today) for one, version in some]
    return max(judged, key=lambda one: (one.is_current, order(one.version or "0.0"), one.day or date.min))


def _judge_completion(course: Course, one: Completion, version: str, today: date) -> Standing:
    def standing(is_current: bool, reason: str, release: Release | None = None, until: date | None = None) -> Standing:
        known = release.version if release else ""
        return Standing(one.person, one.team, course.name, is_current, reason, known, one.day, until)

    if one.day is None:
        return standing(False, f"the day `{one.written}` cannot be read" if one.written else "no day is given")
    if one.day > today:
        return standing(False, f"completed on {one.day}, which is still to come")
    release = course.find(version, one.day)
    if release is None:
        return standing(False, f"version {version} was never released" if version else "no version is given")
    if one.day < release.record.on:
        return standing(False, f"completed on {one.day}, before {release.version} was released")
    mark = _find_mark(release)
    if one.state == "failed":
        return standing(False, f"not passed on {one.day}", release)
    if one.state == "done" and one.score is not None and one.score < mark:
        return standing(False, f"not passed on {one.day}: {one.score:g} of 100, and {mark} are needed", release)
    until = lasts_until(one.day, course.recertify)
    if order(release.version)[0] < order(course.last.version)[0]:
        newer = next(each for each in course.releases if order(each.version)[0] > order(release.version)[0])
        reason = f"trained on {release.version}; {newer.version} of {newer.record.on} has other answers"
        return standing(False, reason, release, until)
    if until is not None and until < today:
        return standing(False, f"recertification is over since {until}", release, until)
    if order(release.version) < order(course.last.version):
        return standing(True, f"read what changed in {course.last.version}", release, until)
    return standing(True, "", release, until)


def _find_mark(release: Release) -> int:
    """What had to be reached in a release."""
    path, _ = release.documents.get(release.record.pack, ("", None))
    document = release.document(path) if path else None
    return document.body.pass_mark if document and isinstance(document.body, Pack) else 0
