"""Writes the page that holds a course: modules beside it, the pages of the pack within it, and what its checks ask."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any, NamedTuple

from markdown import Markdown
from markupsafe import Markup

from generator.documents.target import Target
from generator.documents.types.pack import Pack
from generator.documents.values import BUSINESS_DAYS, read_value
from generator.files.templates import open_templates
from generator.library.library import Library
from generator.publishing.pages import naming
from generator.publishing.pages.edition import Edition
from generator.publishing.pages.page_writer import PageWriter
from generator.publishing.pages.pages import Pages
from generator.publishing.training.course.course import CourseLesson, CourseModule, CoursePlan, address_in_pack
from generator.publishing.training.course.glossary import list_words
from generator.publishing.training.course.seal import seal

PAGE = "course.html"
COURSE_FILES = (PAGE, "course/")
TO_PAGE = re.compile(r'(?<=href=")([^":#]+)\.md(?=[#"])')


class CourseContact(NamedTuple):
    """Whom a trainee asks who is stuck; each part may be empty."""

    team: str
    hours: str
    mailbox: str


def write_course(course: CoursePlan, library: Library, edition: Edition, content: str, vendor: str) -> dict[str, bytes]:
    """The files of a course by their path: its page, and for each check its questions.

    `library` has what the pages show; `content` is the hash by which a trainee says what was read, `vendor` a name.
    """
    writer = PageWriter(Pages(library, edition), "course.md")
    assert library.vocabulary is not None
    people = library.vocabulary.organisation.strip()
    environment = open_templates(Path(__file__).parent)
    html = environment.get_template(f"{PAGE}.j2").render(
        course=course,
        pack=course.pack,
        vendor=vendor,
        text=lambda value: _write_html(writer, value),
        plan=Markup(_print(_describe(course, content) | {"vendor": vendor, "people": people})),
        glossary=list(list_words(library)),
        people=people,
        readers=library.vocabulary.audiences[course.pack.audience].name.strip(),
        contact=_tell_contact(writer.pages, course.pack),
        lasting=naming.duration(course.pack.recertify_after) if course.pack.recertify_after else "",
        time=tell_minutes,
    )
    return {PAGE: html.encode()} | dict(_write_checks(course, library))


def _tell_contact(pages: Pages, pack: Pack) -> CourseContact:
    """Whom to ask: the team that owns the pack, as far as its readers may know it, and where mistakes are reported."""
    team = pages.vocabulary.teams.get(pack.owner)
    address = pages.report_place
    mailbox = address.removeprefix("mailto:").split("?")[0] if address.startswith("mailto:") else ""
    if team is None:
        return CourseContact("", "", mailbox)
    return CourseContact(team.name.strip(), (team.hours or "").strip(), mailbox)


def _write_checks(course: CoursePlan, library: Library) -> Iterable[tuple[str, bytes]]:
    def find(target: Target) -> str:
        if (document := library.find(target.id)) is None:
            return ""
        return address_in_pack(document) + (f"#{target.part}" if target.part else "")

    for number, module in enumerate(course.modules, 1):
        if module.pool.asks:
            groups = [[seal(question, find) for question in group] for group in module.pool.groups]
            yield f"course/check-{number}.js", f"playbook.courseTake({number}, {_print(groups)});\n".encode()


def _describe(course: CoursePlan, content: str) -> dict[str, Any]:
    """What the course's script works with."""
    pack = course.pack
    return {
        "id": course.id,
        "title": course.title,
        "version": pack.version,
        "mark": pack.pass_mark,
        "content": content,
        "lasts": _count_days(pack.recertify_after or ""),
        "modules": [_describe_module(module) for module in course.modules],
    }


def _describe_module(module: CourseModule) -> dict[str, Any]:
    critical = [number for number, group in enumerate(module.pool.groups) if group[0].is_critical]
    topics = [group[0].topic for group in module.pool.groups]
    return {
        "title": module.chapter.title,
        "taught": module.taught,
        "lessons": [_describe_lesson(lesson) for lesson in module.lessons],
        "asks": module.pool.asks,
        "topics": topics,
        "sizes": [len(group) for group in module.pool.groups],
        "critical": critical,
        "limits": module.pool.limits,
    }


def _describe_lesson(lesson: CourseLesson) -> dict[str, Any]:
    told: dict[str, Any] = {
        "activity": lesson.activity,
        "title": lesson.title,
        "page": lesson.page,
        "minutes": lesson.minutes,
        "warnings": list(lesson.warnings),
        "cases": list(lesson.cases),
        "scenario": lesson.letter.scenario if lesson.letter else "",
    }
    return {name: value for name, value in told.items() if value}


def _count_days(duration: str) -> int:
    """How many days a duration certainly has; of business days their number. 0 where there is none."""
    value = read_value("duration", duration)
    return int(value.low) if value and value.family == BUSINESS_DAYS else int(value.low) // 1440 if value else 0


def _print(what: Any) -> str:
    """JSON that can stand in a script and in a page."""
    return json.dumps(what, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c").replace("\u2028", "")


def _write_html(writer: PageWriter, value: str) -> Markup:
    """Prose as HTML, with the addresses of built pages."""
    html = Markdown(extensions=["attr_list", "md_in_html"]).convert(writer.text(value))
    return Markup(TO_PAGE.sub(r"\1.html", html))


def tell_minutes(minutes: int) -> str:
    """How long something takes: 14 min, 1 h 20."""
    hours, rest = divmod(minutes, 60)
    return f"{minutes} min" if not hours else f"{hours} h {rest:02}" if rest else f"{hours} h"
