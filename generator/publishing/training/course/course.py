"""A course as a trainee takes it: modules with their lessons, and the questions that each of them can ask."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Literal, NamedTuple

from generator.documents import Document
from generator.documents.types.macro import Macro
from generator.documents.types.pack import Pack
from generator.library.library import Library
from generator.library.packing import Chapter, Contents
from generator.publishing.pages import naming
from generator.publishing.training.course.pool import Pool, choose_pool
from generator.publishing.training.pace import ANSWER, LETTER, WALK, estimate_reading, pace_words
from generator.publishing.training.question import QuizQuestion
from generator.publishing.training.situation import Situation

SKIMMED = 10  # minutes at most for a page that tells the gravest first
LETTERS = 2  # to be written in one module

Activity = Literal["read", "practise", "compose", "check"]


class PracticeLetter(NamedTuple):
    """A letter to write for practice: its reply, and the case that it answers."""

    reply: str
    scenario: str


@dataclass(frozen=True)
class CourseLesson:
    """One thing to do: a page to read, cases to walk on their tree, a letter to write, or questions to answer.

    `page` is the address of its page from the top of the pack, empty for a check. `cases` are the ids of the golden
    cases to walk. `warnings` are what must be said before the page is shown. `minutes` is how long it takes.
    """

    activity: Activity
    title: str
    kind: str
    page: str
    minutes: int
    warnings: tuple[str, ...] = ()
    cases: tuple[str, ...] = ()
    letter: PracticeLetter | None = None


@dataclass(frozen=True)
class CourseModule:
    """A chapter of the pack as lessons; of one that is not `taught`, the pages are there to be looked up."""

    chapter: Chapter
    lessons: tuple[CourseLesson, ...]
    pool: Pool

    @property
    def taught(self) -> bool:
        return self.chapter.taught

    @property
    def minutes(self) -> int:
        return sum(lesson.minutes for lesson in self.lessons) if self.taught else 0


@dataclass(frozen=True)
class CoursePlan:
    """Everything that a trainee does, in order; with `since`, just what is another than in that version."""

    pack: Pack
    modules: tuple[CourseModule, ...]
    since: str = ""

    @property
    def id(self) -> str:
        return f"{self.pack.id}-since-{self.since}" if self.since else self.pack.id

    @property
    def title(self) -> str:
        title = self.pack.title.strip()
        return f"{title}: what changed since {self.since}" if self.since else title

    @property
    def minutes(self) -> int:
        return sum(module.minutes for module in self.modules)

    @property
    def questions(self) -> int:
        """How many are asked in one go through all checks."""
        return sum(module.pool.asks for module in self.modules)

    @property
    def pages(self) -> int:
        """How many pages are to be read."""
        return sum(lesson.activity == "read" for module in self.modules if module.taught for lesson in module.lessons)


def make_course(
    view: Library,
    pack: Pack,
    contents: Contents,
    questions: Iterable[QuizQuestion],
    practised: Mapping[str, tuple[Situation, ...]],
    since: str = "",
) -> CoursePlan:
    """The course of a pack, which asks these questions. `view` has what its readers see."""
    modules = []
    seen: set[str] = set()
    places = _place_questions(contents, questions)
    for chapter in contents.chapters:
        fresh = [document for document in chapter.documents if document.id not in seen]
        seen.update(document.id for document in fresh)
        pool = choose_pool(places[chapter])
        lessons = list(_list_lessons(view, fresh, practised)) if chapter.taught else list(_list_pages(view, fresh))
        if chapter.taught and pool.asks:
            lessons.append(CourseLesson("check", "Check", "Questions", "", math.ceil(pool.asks * ANSWER)))
        modules.append(CourseModule(chapter, tuple(lessons), pool if chapter.taught else Pool((), 0)))
    return CoursePlan(pack, tuple(modules), since)


def begin_with(page: str, words: int, course: CoursePlan) -> CoursePlan:
    """The course with a module before all others, of one page that tells what it is about."""
    minutes = min(SKIMMED, pace_words(words))
    lesson = CourseLesson("read", "Before and after", "Summary", page, minutes)
    first = CourseModule(Chapter("What changed", None, ()), (lesson,), Pool((), 0))
    return replace(course, modules=(first, *course.modules))


def narrow_contents(contents: Contents, changed: Collection[str]) -> Contents:
    """What a course teaches that has just the documents of these ids, in their modules and order."""
    chapters = (
        replace(chapter, documents=tuple(one for one in chapter.documents if one.id in changed))
        for chapter in contents.chapters
        if chapter.taught
    )
    return replace(contents, chapters=tuple(chapter for chapter in chapters if chapter.documents))


def _place_questions(contents: Contents, questions: Iterable[QuizQuestion]) -> dict[Chapter, list[QuizQuestion]]:
    """The questions by the module that asks them: what is decided where it is decided or where it is carried out.

    On which side of a limit a case stands is asked where it is decided, so that both sides are in one module. What
    belongs to no module is asked in the last one: a letter changed, and not the decision that sends it.
    """
    taught = [chapter for chapter in contents.chapters if chapter.taught]
    homes = {document.id: chapter for chapter in reversed(taught) for document in chapter.documents}
    placed: dict[Chapter, list[QuizQuestion]] = {chapter: [] for chapter in contents.chapters}
    for question in questions if taught else ():
        is_mixed = bool(hashlib.sha256(question.id.encode()).digest()[0] % 2)
        is_carried_out = question.kind != "outcome" or (is_mixed and not question.sides)
        home = question.home if is_carried_out else question.topic
        placed[homes.get(home) or homes.get(question.topic) or taught[-1]].append(question)
    return placed


def _list_lessons(
    view: Library, documents: list[Document], practised: Mapping[str, tuple[Situation, ...]]
) -> Iterator[CourseLesson]:
    letters = 0
    for document in documents:
        yield _read(view, document)
        title, page, warnings = document.body.title.strip(), address_in_pack(document), _list_warnings(view, document)
        if some := practised.get(document.id):
            cases = tuple(one.case.id for one in some)
            yield CourseLesson("practise", title, "Practice", page, WALK * len(cases), warnings, cases)
        answered = _find_case(document, practised) if letters < LETTERS else None
        if answered:
            letters += 1
            written = PracticeLetter(document.id, answered.scenario)
            yield CourseLesson("compose", title, "Practice", page, LETTER, warnings, letter=written)


def _list_pages(view: Library, documents: list[Document]) -> Iterator[CourseLesson]:
    return (_read(view, document) for document in documents)


def _find_case(document: Document, practised: Mapping[str, tuple[Situation, ...]]) -> Situation | None:
    """The first case to practise that ends with this reply."""
    if not isinstance(document.body, Macro):
        return None
    every = (one for some in practised.values() for one in some)
    return next((one for one in every if one.letter and one.letter.id == document.id), None)


def _read(view: Library, document: Document) -> CourseLesson:
    warnings = _list_warnings(view, document)
    title, page = document.body.title.strip(), address_in_pack(document)
    return CourseLesson("read", title, document.kind.one, page, estimate_reading(document), warnings)


def address_in_pack(document: Document) -> str:
    """The address of a document's page from the top of the pack."""
    return naming.page_of(document).removesuffix(".md") + ".html"


def _list_warnings(view: Library, document: Document) -> tuple[str, ...]:
    assert view.vocabulary is not None
    terms = view.vocabulary.content_warnings
    return tuple(terms[word].name.strip() for word in document.body.content_warning if word in terms)
