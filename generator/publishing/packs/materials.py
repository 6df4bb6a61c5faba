"""What every format of a pack is made from: the pack as its audience sees it, its pages, its questions, its day."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import Any

from generator.analysis.delta import Delta, compare_packs
from generator.documents import Document
from generator.documents.days import stated
from generator.documents.types.pack import Pack
from generator.library.library import Library
from generator.library.packing import Contents, Packed, contents
from generator.library.thawing import Unthawable, pack_of, thaw
from generator.publishing import BuildError
from generator.publishing.engines.mkdocs import Tick, make
from generator.publishing.engines.settings import Settings
from generator.publishing.packs.archive import built_files
from generator.publishing.packs.releasing.changed_questions import select_questions
from generator.publishing.pages.edition import Edition
from generator.publishing.training.bank import Bank
from generator.publishing.training.question import QuizQuestion

EARLIEST = datetime(1980, 1, 1, tzinfo=UTC)
LATEST = datetime(2106, 2, 7, tzinfo=UTC)  # the last whole day that gzip can say; MkDocs writes one


@dataclass(frozen=True)
class Materials:
    """A pack of a library. What takes time is made when a format asks for it, and once for all of them.

    `work` is a folder for what is made on the way.
    """

    library: Library
    document: Document
    settings: Settings
    work: Path
    tick: Tick
    warnings: list[str] = field(default_factory=list)

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

    @cached_property
    def bank(self) -> Bank:
        """Every question about what the pack teaches."""
        return Bank(self.readers, [one for one in self.readers.documents if one.id in self.contents.taught])

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
    def site(self) -> dict[str, bytes]:
        """The pages by their path, with the search and all that they load."""
        made = make(self.readers, self.edition, self.settings, self.work, self.tick, strict=True)
        self.warnings.extend(made.warnings)
        return {name: path.read_bytes() for name, path in built_files(self.work / "html").items()}

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
            "documents": [
                {"id": d.id, "type": d.kind.name, "title": d.body.title, "version": d.body.version}
                for d in sorted(self.contents.documents, key=lambda d: d.id)
            ],
        }


WriteFile = Callable[[Materials], bytes | dict[str, bytes]]


def pack_edition(library: Library, document: Document) -> Edition:
    """What is in a pack, as its audience sees it."""
    view = library.for_audience(document.body.audience)
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
