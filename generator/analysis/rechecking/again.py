"""A check of what may have changed since the last one: files that are as they were are not even read."""

from __future__ import annotations

import json
from datetime import date

from pydantic import ValidationError

from generator.analysis.rechecking.every import STATE, WHOLE, hash_beside, list_paths, sort_findings
from generator.analysis.rechecking.last import (
    CONTENT,
    STAMP,
    Last,
    Reads,
    describe_state,
    dump_row,
    dump_wholes,
    sketch_kind,
)
from generator.analysis.rechecking.ledger import RELEASED, Dossier, compare_notes, sum_up, take_down
from generator.analysis.rechecking.opened import Opened, TooMuch
from generator.analysis.rechecking.records import as_text, dump_traits, load_traits
from generator.analysis.rechecking.watched import LazySources, Watched
from generator.checks import Placer, checks
from generator.documents import VOCABULARY, is_document, kinds
from generator.documents.attachments import attachment
from generator.files.terminal import disarm_line
from generator.files.tree import Unreadable
from generator.files.writer.cache import Cache
from generator.findings import Finding
from generator.library.library import Library
from generator.library.sketch import assemble, sketch
from generator.library.traits import Remainder, Traits, find_affected
from generator.pipeline import Judgement

MOST = 400  # files: to judge more of them again takes as long as to judge all


class Again:
    """A check of what may have changed since the last one."""

    def __init__(self, tree: Watched, today: date, cache: Cache) -> None:
        self._tree, self._today, self._cache = tree, today, cache
        self._texts: dict[str, dict[str, str]] = {"file": {}}
        self._gone: set[str] = set()

    def judge(self) -> Judgement:
        """All that is found. Raises TooMuch where nothing is kept, or most of it does not hold any more."""
        read = self._cache.read("file", WHOLE, STATE)
        if read is None or STATE not in read[2]:
            raise TooMuch
        self._last = last = Last(read[0], read[1], read[2][STATE])
        released, paths = list_paths(self._tree)
        documents = [path for path in paths if path in last.rows or is_document(path)]
        self._ensure_same_beside(released, sorted(set(paths) - set(documents)))
        changed = self._find_changed(documents)
        self._gone = last.rows.keys() - set(documents)
        if VOCABULARY in changed or len(changed) > MOST:
            raise TooMuch
        sources, accounts, malformed = LazySources(self._tree, documents), dict[str, Dossier](), list[Finding]()
        due = last.list_due(self._today) & set(documents)
        library, moved = Library(self._today, None, (), {}, {}), changed | self._gone
        if moved or due:
            library, accounts, malformed = self._judge_some(paths, sources, changed, due, bool(released))
        quiet = [path for path in documents if path not in accounts]
        others = {path: one for path in quiet if (one := last.account(path))}
        shifted = {path: one for path, one in others.items() if not moved.isdisjoint(one.paths)}
        for one in (*shifted.values(), *last.wholes.values()):
            if not moved.isdisjoint(one.paths):
                one.unsettle()
        findings, coming = sum_up(accounts | others, last.wholes, self._today, Placer(sources))
        told = {finding.place.path for finding in malformed}
        for path, account in accounts.items():
            stamp, content = ("", "") if path in told or path not in self._names else self._tree.seen[path]
            self._texts["file"][path] = dump_row(stamp, content, self._names.get(path, ()), account)
        for path, account in shifted.items():
            stamp, content, names, _ = last.rows[path]
            self._texts["file"][path] = dump_row(stamp, content, names, account)
        soonest = min([coming or date.max, *map(last.coming, quiet)])
        found = sort_findings(malformed, findings)
        return Judgement(library, found, sources, None if soonest == date.max else soonest)

    def save(self) -> None:
        """Writes what is another by now."""
        if self._gone or any(self._texts.values()):
            self._texts[WHOLE] = dump_wholes(self._last.wholes)
            every = ("file", "traits", *(f"sketch {name}" for name in kinds()))
            self._cache.write(self._texts, [(kind, path) for path in self._gone for kind in every], is_all=False)

    def _ensure_same_beside(self, released: list[str], others: list[str]) -> None:
        """Raises TooMuch if what is no document is not as it was, or if the day makes a difference to the whole."""
        last, tree = self._last, self._tree
        beside = hash_beside(tree, released, others)
        if (
            self._today < last.day
            or not beside
            or beside != last.state["beside"]
            or any(not stamp or tree.stamp(path) != stamp for path, stamp in last.state["pictures"].items())
            or any(one.until <= self._today for one in last.wholes.values())
        ):
            raise TooMuch

    def _find_changed(self, documents: list[str]) -> set[str]:
        """The files that have other bytes than before, or of which not all is kept."""
        changed: set[str] = set()
        for path in documents:
            row = self._last.rows.get(path)
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
                self._texts["file"][path] = as_text(row)
        return changed

    def _judge_some(
        self, paths: list[str], sources: LazySources, changed: set[str], due: set[str], is_released: bool
    ) -> tuple[Library, dict[str, Dossier], list[Finding]]:
        """Judges what changed, and what something else may be found about; with what it was judged in."""
        read = self._cache.read("traits")
        if read is None:
            raise TooMuch
        moved, written, last = changed | self._gone, read[0], self._last
        held = frozenset(last.state["released"]) if is_released else None
        opened = Opened(self._tree, self._today, paths, sources, changed, last.names, written)
        now = opened.find_traits(opened.excerpt(path for path in changed if opened.has_document(path)), held)
        opened.kept.fresh.update(now)
        then = {path: load_traits(written[path]) for path in moved if path in written}
        both = {path: (then.get(path), now.get(path)) for path in moved}
        before, after = last.remainder, Remainder.of(opened.library)._replace(files=frozenset())
        found = find_affected(both, before, after, opened.list_naming)
        if found is None or len(found | due) > MOST:
            raise TooMuch
        some = opened.excerpt(found | due - moved)
        traits = opened.find_traits(some, held)
        then |= {path: load_traits(written[path]) for path in traits if path in written}
        codes = compare_notes(then, traits, {*traits, *moved}) - {"silent-change"}
        if before.malformed.keys() != after.malformed.keys():
            codes |= {code for code, check in checks().items() if check.note}
        reads = Reads(last.state["reads"])
        self._write_traits(some, traits, reads)
        self._judge_wholes(codes, reads, opened, some, moved, is_released)
        accounts = {path: Dossier() for path in {*traits, *changed}}
        for check in checks().values():
            if check.function and not check.note:
                take_down(((check, fault) for fault in check.function(some)), self._today, accounts, {})
        self._texts[STATE] = {
            STATE: describe_state(
                opened.library, last.state["beside"], last.state["pictures"], reads, last.state["released"]
            )
        }
        self._gone = self._gone | (changed - traits.keys())
        self._names = {path: one.names for path, one in traits.items()}
        return some, accounts, opened.findings

    def _write_traits(self, some: Library, traits: dict[str, Traits], reads: Reads) -> None:
        self._texts["traits"] = {path: dump_traits(one) for path, one in traits.items()}
        for document in some.documents:
            reads.add(document, traits[document.path])
            drawn = as_text(sketch(document, some.outgoing[document.path]))
            self._texts.setdefault(sketch_kind(document), {})[document.path] = drawn

    def _judge_wholes(
        self, codes: set[str], reads: Reads, opened: Opened, some: Library, moved: set[str], is_released: bool
    ) -> None:
        """Lets checks of the whole judge again, by sketches. Raises TooMuch where these do not suffice."""
        shown = {attachment(link.at.path, link.address) for link in some.links} & opened.library.files
        is_pictured = "unfit-picture" in codes and (shown or self._last.wholes["unfit-picture"].faults)
        if (is_released and codes & RELEASED) or is_pictured:
            raise TooMuch
        if not codes:
            return
        wanted = [f"sketch {kind}" for kind in reads.list_kinds(codes)]
        read = self._cache.read(*wanted)
        if read is None:
            raise TooMuch
        texts = {path: text for one in read for path, text in one.items() if path not in moved}
        for kind in wanted:
            texts |= self._texts.get(kind, {})
        try:
            library = assemble({path: json.loads(text) for path, text in texts.items()}, opened.library, opened.words)
            for code in sorted(codes):
                check = checks()[code]
                account = self._last.wholes[code] = Dossier()
                found = [(check, fault) for fault in check.function(library)] if check.function else []
                take_down(found, self._today, {}, {code: account})
        except (AttributeError, KeyError, ValidationError):  # a sketch lacks what they ask for
            raise TooMuch from None
