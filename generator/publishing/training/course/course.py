"""A course as a trainee takes it: modules with their lessons, and the questions that each of them can ask."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal, NamedTuple

from generator.documents import Document
from generator.documents.types.decision_tree import Decision
from generator.documents.types.macro import Macro
from generator.documents.types.pack import Pack
from generator.library.library import Library
from generator.library.packing import Chapter, Contents
from generator.publishing.pages import naming
from generator.publishing.search.records import list_parts, main_language
from generator.publishing.training.bank import Bank
from generator.publishing.training.course.pool import Pool, choose_pool
from generator.publishing.training.question import QuizQuestion
from generator.publishing.training.situation import Situation

PACE = 180  # words a minute, of somebody who reads to remember
WALK, LETTER, ANSWER = 2, 3, 1.25  # minutes: for a case on the tree, a letter, a question with its feedback
LETTERS = 2  # to be written in one module

Activity = Literal["read", "practise", "compose", "check"]


class PracticeLetter(NamedTuple):
    """A letter to write for practice: its reply, and the case that it answers."""

    reply: str
    scenario: str


@dataclass(frozen=True)
class Lesson:
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
    lessons: tuple[Lesson, ...]
    pool: Pool

    @property
    def taught(self) -> bool:
        return self.chapter.taught

    @property
    def minutes(self) -> int:
        return sum(lesson.minutes for lesson in self.lessons) if self.taught else 0


@dataclass(frozen=True)
class Course:
    """Everything that a trainee does, in order."""

    pack: Pack
    modules: tuple[CourseModule, ...]

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
    view: Library, pack: Pack, contents: Contents, bank: Bank, practised: Mapping[str, tuple[Situation, ...]]
) -> Course:
    """The course of a pack. `view` has what its readers see; the bank has what may be asked."""
    modules = []
    seen: set[str] = set()
    places = _place_questions(contents, bank)
    for chapter in contents.chapters:
        fresh = [document for document in chapter.documents if document.id not in seen]
        seen.update(document.id for document in fresh)
        pool = choose_pool(places[chapter])
        lessons = list(_list_lessons(view, fresh, practised)) if chapter.taught else list(_list_pages(view, fresh))
        if chapter.taught and pool.asks:
            lessons.append(Lesson("check", "Check", "Questions", "", math.ceil(pool.asks * ANSWER)))
        modules.append(CourseModule(chapter, tuple(lessons), pool if chapter.taught else Pool((), 0)))
    return Course(pack, tuple(modules))


def _place_questions(contents: Contents, bank: Bank) -> dict[Chapter, list[QuizQuestion]]:
    """The questions by the module that asks them: what is decided where it is decided or where it is carried out."""
    taught = [chapter for chapter in contents.chapters if chapter.taught]
    homes = {document.id: chapter for chapter in reversed(taught) for document in chapter.documents}
    placed: dict[Chapter, list[QuizQuestion]] = {chapter: [] for chapter in contents.chapters}
    for question in bank.questions:
        is_carried_out = question.kind != "outcome" or hashlib.sha256(question.id.encode()).digest()[0] % 2
        home = question.home if is_carried_out else question.topic
        placed[homes.get(home, homes[question.topic])].append(question)
    return placed


def _list_lessons(
    view: Library, documents: list[Document], practised: Mapping[str, tuple[Situation, ...]]
) -> Iterator[Lesson]:
    letters = 0
    for document in documents:
        yield _read(view, document)
        title, page = document.body.title.strip(), address_in_pack(document)
        if some := practised.get(document.id):
            cases = tuple(one.case.id for one in some)
            yield Lesson("practise", title, "Practice", page, WALK * len(cases), _list_warnings(view, document), cases)
        answered = _find_case(document, practised) if letters < LETTERS else None
        if answered:
            letters += 1
            written = PracticeLetter(document.id, answered.scenario)
            yield Lesson("compose", title, "Practice", page, LETTER, _list_warnings(view, document), letter=written)


def _list_pages(view: Library, documents: list[Document]) -> Iterator[Lesson]:
    return (_read(view, document) for document in documents)


def _find_case(document: Document, practised: Mapping[str, tuple[Situation, ...]]) -> Situation | None:
    """The first case to practise that ends with this reply."""
    if not isinstance(document.body, Macro):
        return None
    every = (one for some in practised.values() for one in some)
    return next((one for one in every if one.outcome.macro and one.outcome.macro.id == document.id), None)


def _read(view: Library, document: Document) -> Lesson:
    warnings = _list_warnings(view, document)
    minutes = max(1, round(_count_words(view, document) / PACE))
    return Lesson("read", document.body.title.strip(), document.kind.one, address_in_pack(document), minutes, warnings)


def address_in_pack(document: Document) -> str:
    """The address of a document's page from the top of the pack."""
    return naming.page_of(document).removesuffix(".md") + ".html"


def _list_warnings(view: Library, document: Document) -> tuple[str, ...]:
    assert view.vocabulary is not None
    terms = view.vocabulary.content_warnings
    return tuple(terms[word].name.strip() for word in document.body.content_warning if word in terms)


def _count_words(view: Library, document: Document) -> int:
    """The words to read on a page: its own, in the language of the library."""
    if isinstance(document.body, Decision):  # nobody reads every decision of a tree, but what it asks
        return sum(len(f"{one.ask} {one.help or ''}".split()) for one in document.body.asked.values())
    main = main_language(view)
    parts = list_parts(view, document, main)
    return sum(len(words.split()) for _, _, language, words, weight in parts if language == main and weight == 1)
