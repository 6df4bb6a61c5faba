"""Writes the page that tells trainees what changed: one file, without scripts, for the screen and for paper."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from jinja2 import Template

from generator.analysis.delta import Delta
from generator.documents.types.decision_tree import Decision
from generator.files.templates import open_templates
from generator.library.meaning.lesson import DUTIES, Lesson
from generator.library.meaning.levels import MEANING
from generator.library.packing import Packed
from generator.reports.pack_diff import headline, name_place, sentence_of, spell_day

TEMPLATES = Path(__file__).parent / "templates"
STYLE_FILE = "course/whats-changed.css"


def write_changes_page(delta: Delta) -> str:
    """The page of what changed between two states of a pack, without its golden cases: the checks ask them."""
    delta = delta._replace(lessons=tuple(one for one in delta.lessons if not _is_of_case(one)))
    return _load().render(
        pack=delta.new.pack,
        old=delta.old.pack.version,
        headline=headline(delta),
        delta=delta,
        meaning=MEANING.get(delta.level, ""),
        groups=[(name, DUTIES[name], lessons) for name, lessons in delta.by_duty.items()],
    )


def _is_of_case(lesson: Lesson) -> bool:
    """Whether a lesson shows a golden case, with what is right in it and why."""
    body = lesson.document.body
    return isinstance(body, Decision) and lesson.part in {case.id for case in body.cases}


def write_first_page(packed: Packed) -> str:
    """The page of a pack that was not released before."""
    headline_first = f"{packed.pack.title.strip()}: the first release"
    return _load().render(pack=packed.pack, old="", headline=headline_first, delta=None, meaning="", groups=[])


def split_style(page: str, name: str) -> dict[str, bytes]:
    """The page under a name of a course, and its style as a file beside it: systems may forbid styles within pages."""
    before, _, rest = page.partition("<style>")
    style, _, after = rest.partition("</style>")
    link = f'<link rel="stylesheet" href="{STYLE_FILE}">'
    return {name: f"{before}{link}{after}".encode(), STYLE_FILE: style.strip().encode() + b"\n"}


@cache
def _load() -> Template:
    environment = open_templates(TEMPLATES)
    environment.filters.update(spell_day=spell_day, name_place=name_place, sentence_of=sentence_of)
    return environment.get_template("whats-changed.html.j2")
