"""Checks a folder with the help of what is kept of the last check: files that are as they were are not even read."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from generator import pipeline
from generator.analysis.rechecking.last import CONTENT, NAMES, STAMP, Last, describe, dump_row
from generator.analysis.rechecking.ledger import Account, compare_notes, note_all, sum_up, take_down
from generator.analysis.rechecking.opened import Opened, TooMuch
from generator.analysis.rechecking.records import dump, dump_account, dump_traits, load_traits
from generator.analysis.rechecking.watched import LazySources, Watched
from generator.checks import Finder, checks, faults
from generator.documents import RELEASES, VOCABULARY, is_document, kinds
from generator.documents.attachments import attachment
from generator.files.terminal import disarm_line
from generator.files.tree import Folder, Unreadable
from generator.files.writer.cache import Cache
from generator.findings import Finding
from generator.library.library import Library
from generator.library.traits import Remainder, Traits, find_affected, hash_data, traits_of
from generator.pipeline import Judgement, Track, without_collection

MOST = 400  # files: to judge more of them again takes as long as to judge all
STATE = "state"


class CachedCheck:
    """A check of a folder on a day, which begins with what is kept of the last one."""

    def __init__(self, folder: Folder, today: date, cache: Cache) -> None:
        self._tree, self._today, self._cache = Watched(folder), today, cache
        self._forget()

    def _forget(self) -> None:
        """Has nothing to be written."""
        self._rows: dict[str, str] = {}
        self._traits: dict[str, Traits] = {}
        self._wholes: dict[str, Account] = {}
        self._gone: set[str] = set()
        self._state, self.is_all = "", False

    @without_collection()
    def judge(self, track: Track) -> Judgement:
        """What `pipeline.run` finds; to be saved afterwards."""
        self._forget()
        try:
            return self._judge_again()
        except TooMuch:
            self._forget()
            return self._judge_all(track)

    def save(self) -> None:
        """Keeps what was found for the next time."""
        traits = {path: dump_traits(one) for path, one in self._traits.items()}
        never = Account(until=date.min)  # holds: a hint may tell of anything
        wholes = {code: dump(dump_account(never if one.is_loose else one)) for code, one in self._wholes.items()}
        texts = {"file": self._rows, "traits": traits, "whole": wholes, STATE: {STATE: self._state}}
        if self._rows or self._gone or self.is_all:
            self._cache.write(texts, {"file": self._gone, "traits": self._gone}, self.is_all)

    def _list(self) -> tuple[list[str], list[str]]:
        """The files of the releases, and all others."""
        listed = list(self._tree.files((VOCABULARY, *(kind.folder for kind in kinds().values()))))
        released = [path for path in listed if path.startswith(RELEASES)]
        return released, [path for path in listed if not path.startswith(RELEASES)]

    def _describe_beside(self, released: list[str], paths: list[str]) -> str:
        """The hash of which files there are, and of the releases, of which nothing is known if one was just written."""
        stamps = [self._tree.stamp(path) for path in released]
        return hash_data((paths, released, stamps)) if all(stamps) else ""

    def _judge_all(self, track: Track) -> Judgement:
        self.is_all = True
        released, paths = self._list()
        beside = self._describe_beside(released, paths)
        library, sources, malformed = pipeline.gather(self._tree, self._today, track)
        library = replace(library, unfit=dict(pipeline.unfit(self._tree, library)))
        found, finder = list(faults(library)), Finder(sources)
        accounts = {path: Account() for path in sources}
        self._wholes = {code: Account() for code, check in checks().items() if check.note}
        take_down(found, self._today, accounts, self._wholes)
        findings, coming = sum_up(accounts, self._wholes, self._today, finder)
        self._describe_all(library, accounts, malformed, beside)
        every = sorted([*malformed, *findings], key=lambda finding: finding.order)
        return Judgement(library, every, sources, coming)

    def _describe_all(
        self, library: Library, accounts: dict[str, Account], malformed: list[Finding], beside: str
    ) -> None:
        """Prepares everything to be written."""
        told, seen = {finding.place.path for finding in malformed}, self._tree.seen
        is_released = bool(library.releases.paths)
        for path, account in accounts.items():
            document, outgoing = library.by_path.get(path), library.outgoing.get(path)
            stamp, content = seen.get(path, ("", ""))
            names: tuple[str, ...] = ()
            if outgoing is not None:
                notes = note_all(document, outgoing, content if is_released else "")
                self._traits[path] = traits_of(document, outgoing, notes)
                names = self._traits[path].names
            if outgoing is None or path in told or (document and not document.sound):
                stamp = content = ""
            self._rows[path] = dump_row(stamp, content, names, account)
        shown = {attachment(link.at.path, link.address) for link in library.links} & library.files
        pictures = {path: self._tree.stamp(path) for path in shown if path}
        self._state = describe(library, beside, pictures)

    def _judge_again(self) -> Judgement:
        """Raises TooMuch where nothing is kept, or most of it does not hold any more."""
        read = self._cache.read("file", "whole", STATE)
        if read is None or STATE not in read[2]:
            raise TooMuch
        last = Last(read[0], read[1], read[2][STATE])
        released, paths = self._list()
        pictures = last.state["pictures"]
        if (
            self._today < last.day
            or self._describe_beside(released, paths) != last.state["beside"]
            or not last.state["beside"]
            or any(not stamp or self._tree.stamp(path) != stamp for path, stamp in pictures.items())
            or any(one.until <= self._today for one in last.wholes.values())
        ):
            raise TooMuch
        documents = [path for path in paths if path in last.rows or is_document(path)]
        changed = self._find_changed(documents, last)
        self._gone = last.rows.keys() - set(documents)
        if VOCABULARY in changed or len(changed) > MOST:
            raise TooMuch
        self._wholes, self._state = last.wholes, read[2][STATE]
        sources, accounts, malformed = LazySources(self._tree, documents), dict[str, Account](), list[Finding]()
        due = last.list_due(self._today) & set(documents)
        library = Library(self._today, None, (), {}, {})
        if changed or due or self._gone:
            library, accounts, malformed = self._judge_some(last, paths, sources, changed, due, bool(released))
        quiet, moved = [path for path in documents if path not in accounts], changed | self._gone
        others = {path: one for path in quiet if (one := last.account(path))}
        for one in (*others.values(), *self._wholes.values()):
            if not moved.isdisjoint(one.paths):
                one.unsettle()
        findings, coming = sum_up(accounts | others, self._wholes, self._today, Finder(sources))
        self._write_rows(last, accounts, moved, others, {finding.place.path for finding in malformed})
        soonest = min([coming or date.max, *map(last.coming, quiet)])
        every = sorted([*malformed, *findings], key=lambda finding: finding.order)
        return Judgement(library, every, sources, None if soonest == date.max else soonest)

    def _find_changed(self, documents: list[str], last: Last) -> set[str]:
        """The files that have other bytes than before, or of which not all is kept."""
        changed: set[str] = set()
        for path in documents:
            row = last.rows.get(path)
            stamp = self._tree.stamp(path)
            if row and stamp and row[STAMP] == stamp:
                continue
            if disarm_line(path) != path:
                raise TooMuch
            try:
                self._tree.read(path)
            except Unreadable:
                changed.add(path)
                continue
            stamp, content = self._tree.seen[path]
            if row is None or row[CONTENT] != content:
                changed.add(path)
            elif stamp:
                row[STAMP] = stamp
                self._rows[path] = dump(row)
        return changed

    def _judge_some(
        self, last: Last, paths: list[str], sources: LazySources, changed: set[str], due: set[str], is_released: bool
    ) -> tuple[Library, dict[str, Account], list[Finding]]:
        """Judges what changed, and what something else may be found about; with what it was judged in."""
        read = self._cache.read("traits")
        if read is None:
            raise TooMuch
        moved, written = changed | self._gone, read[0]
        opened = Opened(self._tree, self._today, paths, sources, changed, last.names, written)
        now = opened.find_traits(opened.excerpt(path for path in changed if opened.has_document(path)), is_released)
        opened.kept.fresh.update(now)
        both = {path: (load_traits(written[path]) if path in written else None, now.get(path)) for path in moved}
        before, after = last.remainder, Remainder.of(opened.library)._replace(files=frozenset())
        found = find_affected(both, before, after, opened.list_naming)
        if found is None or len(found | due) > MOST or before.malformed.keys() != after.malformed.keys():
            raise TooMuch
        some = opened.excerpt(found | due - moved)
        self._traits = opened.find_traits(some, is_released)
        then = {path: load_traits(written[path]) for path in {*self._traits, *moved} if path in written}
        if compare_notes(then, self._traits, {*self._traits, *moved}):
            raise TooMuch
        accounts = {path: Account() for path in {*self._traits, *changed}}
        for check in checks().values():
            if check.function and not check.note:
                take_down(((check, fault) for fault in check.function(some)), self._today, accounts, {})
        self._state = describe(opened.library, last.state["beside"], last.state["pictures"])
        return some, accounts, opened.findings

    def _write_rows(
        self, last: Last, accounts: dict[str, Account], moved: set[str], others: dict[str, Account], told: set[str]
    ) -> None:
        """Prepares what is another by now."""
        for path, account in accounts.items():
            traits, (stamp, content) = self._traits.get(path), self._tree.seen.get(path, ("", ""))
            if traits is None or path in told:
                stamp = content = ""
            self._rows[path] = dump_row(stamp, content, traits.names if traits else (), account)
        for path, account in others.items():
            if not moved.isdisjoint(account.paths):
                row = last.rows[path]
                self._rows[path] = dump_row(row[STAMP], row[CONTENT], tuple(row[NAMES]), account)
