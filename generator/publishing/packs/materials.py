"""What every format of a pack is made from: the pack as its audience sees it, its pages, its questions, its day."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from functools import cached_property
from pathlib import Path
from typing import Any

from generator.analysis.delta import Delta, compare_packs
from generator.documents import Document
from generator.documents.days import stated
from generator.documents.types.pack import Pack
from generator.library.library import Library
from generator.library.packing import Contents, Packed, contents, view_of_vendor
from generator.library.thawing import Unthawable, pack_of, thaw
from generator.publishing import BuildError
from generator.publishing.engines.mkdocs import Tick, make
from generator.publishing.engines.settings import Settings
from generator.publishing.packs.archive import built_files
from generator.publishing.packs.releasing.changed_questions import select_questions
from generator.publishing.packs.releasing.changes_page import split_style, write_changes_page, write_first_page
from generator.publishing.pages import naming
from generator.publishing.pages.edition import Edition
from generator.publishing.training.bank import Bank
from generator.publishing.training.course.course import CoursePlan, begin_with, make_course, narrow_contents
from generator.publishing.training.course.practice import choose_practice, show_practice
from generator.publishing.training.course.shell import COURSE_FILES, write_course
from generator.publishing.training.question import QuizQuestion
from generator.publishing.training.situation import Situation

CHANGES = "whats-changed.html"
TAG = re.compile(r"<style.*?</style>|<[^>]*>", re.DOTALL)
EARLIEST = datetime(1980, 1, 1, tzinfo=UTC)
LATEST = datetime(2106, 2, 7, tzinfo=UTC)  # the last whole day that gzip can say; MkDocs writes one


@dataclass(frozen=True)
class Materials:
    """A pack of a library. What takes time is made when a format asks for it, and once for all of them.

    `work` is a folder for what is made on the way, `files` are the names of the files that the pack will have.
    """

    library: Library
    document: Document
    settings: Settings
    work: Path
    tick: Tick
    warnings: list[str] = field(default_factory=list)
    files: tuple[str, ...] = ()

    @cached_property
    def edition(self) -> Edition:
        return pack_edition(self.library, self.document)

    @property
    def packed(self) -> Packed:
        assert self.edition.packed is not None
        return self.edition.packed

    @property
    def pack(self) -> Pack:
        """The pack as its audience sees it."""
        return self.packed.pack

    @property
    def supersedes(self) -> str | None:
        """The version of the release before this one."""
        release = self.library.releases.before(self.pack.id, self.pack.version)
        return release.version if release else None

    @property
    def contents(self) -> Contents:
        return self.packed.contents

    @cached_property
    def readers(self) -> Library:
        """The library that has what is in the pack, and nothing else."""
        return self.packed.view.only(self.contents.ids)

    @cached_property
    def moment(self) -> datetime:
        return date_pack(self.pack)

    @property
    def taught(self) -> list[Document]:
        """What the pack teaches, without what is there to be looked up."""
        return [one for one in self.readers.documents if one.id in self.contents.taught]

    @cached_property
    def practised(self) -> dict[str, tuple[Situation, ...]]:
        """The golden cases that its course practises, by the id of the decision."""
        return choose_practice(self.readers, self.taught)

    @property
    def effective(self) -> date | None:
        """The day of the pack's version, whatever day it is built on; None where the pack does not say it."""
        days = [entry.on for entry in self.pack.history if entry.version == self.pack.version]
        return max(days, default=self.pack.reviewed)

    @property
    def effective_day(self) -> str:
        """The day of the pack's version in words."""
        return naming.day(self.effective) if self.effective else "on a day that the pack does not say"

    @property
    def vendor(self) -> str:
        """The vendor's name; its word where an early release has nothing else."""
        term = self.readers.vocabulary and self.readers.vocabulary.vendors.get(self.pack.vendor)
        return term.name.strip() if term else self.pack.vendor

    @property
    def organisation(self) -> str:
        assert self.readers.vocabulary is not None
        return self.readers.vocabulary.organisation.strip()

    @cached_property
    def content_hash(self) -> str:
        """The SHA-256 of what the pack teaches, whatever files it is made into: the pack and its documents as data."""
        told = {one.id: one.body.model_dump(mode="json") for one in self.contents.documents}
        whole = {"pack": self.pack.model_dump(mode="json", exclude={"formats", "trainers"}), "documents": told}
        return hashlib.sha256(json.dumps(whole, sort_keys=True).encode()).hexdigest()

    @cached_property
    def bank(self) -> Bank:
        """Every question about what the pack teaches; what is practised is not asked."""
        practised = {f"{name}.{one.case.id}" for name, some in self.practised.items() for one in some}
        return Bank(self.readers, self.taught, practised)

    @cached_property
    def shown(self) -> Library:
        """What the pages show: of the decisions that are asked about, just the cases to practise."""
        return show_practice(self.readers, self.practised)

    @cached_property
    def course(self) -> CoursePlan:
        return make_course(self.readers, self.pack, self.contents, self.bank.questions, self.practised)

    @cached_property
    def delta(self) -> Delta | None:
        """What changed since the release before this version; None if there is none. Raises BuildError."""
        release = self.library.releases.before(self.pack.id, self.pack.version)
        if release is None:
            return None
        if harm := self.library.releases.harm_of(release):
            raise BuildError(f"{harm.path}: {harm.message}; {harm.hint}")
        try:
            old = pack_of(thaw(release, self.library.today), release.record.pack)
        except Unthawable as error:
            raise BuildError(str(error)) from None
        return compare_packs(old, self.packed) if old else None

    @cached_property
    def changed_questions(self) -> list[QuizQuestion]:
        """The questions about what changed since the release before, for a course that has only that."""
        return select_questions(self.delta, self.bank.questions) if self.delta else []

    @cached_property
    def delta_course(self) -> CoursePlan | None:
        """The course for those who passed the release before; None if nothing that is taught is another since."""
        if not self.delta:
            return None
        inside = narrow_contents(self.contents, self.delta.parts.keys())
        if not inside.chapters:
            return None
        some, since = self.changed_questions, self.supersedes or ""
        course = make_course(self.readers, self.pack, inside, some, self.practised, since)
        return begin_with(CHANGES, len(TAG.sub(" ", self.changes_page).split()), course)

    @cached_property
    def changes_page(self) -> str:
        """The page that tells what changed since the release before, as HTML."""
        return write_first_page(self.packed) if self.delta is None else write_changes_page(self.delta)

    @cached_property
    def delta_site(self) -> dict[str, bytes]:
        """The pages with the course of what changed in place of the whole one; empty if nothing changed."""
        if self.delta_course is None:
            return {}
        pages = {name: content for name, content in self.site.items() if not name.startswith(COURSE_FILES)}
        return pages | split_style(self.changes_page, CHANGES) | self._write_course(self.delta_course)

    @cached_property
    def site(self) -> dict[str, bytes]:
        """The pages and the course by their path, with the search and all that they load."""
        edition = replace(self.edition, beside=self._write_course(self.course))
        made = make(self.shown, edition, self.settings, self.work, self.tick, strict=True)
        self.warnings.extend(made.warnings)
        return {name: path.read_bytes() for name, path in built_files(self.work / "html").items()}

    def _write_course(self, course: CoursePlan) -> dict[str, bytes]:
        return write_course(course, self.shown, self.edition, self.content_hash[:12], self.vendor)

    def describe(self) -> dict[str, Any]:
        """What the pack is, and what is in it."""
        pack = self.pack
        return {
            "id": pack.id,
            "title": pack.title,
            "version": pack.version,
            "supersedes": self.supersedes,
            "audience": pack.audience,
            "vendor": pack.vendor,
            "pass_mark": pack.pass_mark,
            "recertify_after": pack.recertify_after,
            "effective": self.effective.isoformat() if self.effective else None,
            "content": self.content_hash,
            "documents": [
                {"id": d.id, "type": d.kind.name, "title": d.body.title, "version": d.body.version}
                for d in sorted(self.contents.documents, key=lambda d: d.id)
            ],
        }


WriteFile = Callable[[Materials], bytes | dict[str, bytes] | None]


def pack_edition(library: Library, document: Document) -> Edition:
    """What is in a pack, as its audience sees it."""
    assert isinstance(document.body, Pack)
    view = view_of_vendor(library, document.body)
    shown = view.by_id[document.id]
    pack = shown.body
    assert isinstance(pack, Pack)
    return Edition(pack.title, packed=Packed(shown, pack, view, contents(view, pack)))


def date_pack(pack: Pack) -> datetime:
    """When the pack says that it was made: SOURCE_DATE_EPOCH, or the day of its latest version; as a zip can say it.

    Raises days.NoMoment.
    """
    if moment := stated():
        return min(max(EARLIEST, moment), LATEST)
    days = [entry.on for entry in pack.history] or [pack.reviewed or EARLIEST.date()]
    return min(max(EARLIEST, datetime.combine(max(days), datetime.min.time(), UTC)), LATEST)
