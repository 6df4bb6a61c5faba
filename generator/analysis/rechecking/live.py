"""Judges a library again and again, and each time no more of it than an edit can have changed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from generator.analysis.rechecking.ledger import RELEASED, Dossier, Judged, compare_notes, note_all, sum_up, take_down
from generator.checks import Check, Placer, checks, conclude
from generator.files.source import Source
from generator.findings import Fault, Finding
from generator.library.excerpt import excerpt
from generator.library.library import Library
from generator.library.traits import Remainder, Traits, find_affected, hash_data, traits_of

Sources = Mapping[str, Source]


class Rechecker:
    """The library that was judged last, with what was found in it."""

    def __init__(self) -> None:
        self._library: Library | None = None
        self._traits: dict[str, Traits] = {}
        self._accounts: dict[str, Dossier] = {}
        self._wholes: dict[str, Dossier] = {}

    def judge_all(self, library: Library, sources: Sources, codes: list[str]) -> Iterator[tuple[str, list[Finding]]]:
        """Judges a library by one check after the other, in the order of the codes: each with its findings."""
        finder, found = Placer(sources), list[tuple[Check, Fault]]()
        self._library = None
        for check in map(checks().__getitem__, codes):
            some = [(check, fault) for fault in check.function(library)] if check.function else []
            found += some
            yield check.code, conclude(some, library.today, finder)[0]
        self._traits = {path: _find_traits(library, sources, path) for path in library.outgoing}
        self._accounts = {path: Dossier() for path in self._traits}
        self._wholes = {code: Dossier() for code, check in checks().items() if check.note}
        take_down(found, library.today, self._accounts, self._wholes)
        for account in (*self._accounts.values(), *self._wholes.values()):
            account.settle(finder)
        self._library = library

    def judge_changes(self, library: Library, sources: Sources) -> Judged | None:
        """What is found in a library, of which most is as it was; None if all of it has to be judged."""
        planned = self._plan(library, sources)
        if planned is None:
            return None
        paths, codes = planned
        self._library = None  # until all of it is done
        self._accounts = {path: Dossier() if path in paths else self._accounts[path] for path in self._traits}
        self._wholes |= {code: Dossier() for code in codes}
        some = excerpt(library, paths)
        for code, check in checks().items():
            if check.function and (code in codes or not check.note):
                found = check.function(library if check.note else some)
                take_down(((check, fault) for fault in found), library.today, self._accounts, self._wholes)
        verdict = sum_up(self._accounts, self._wholes, library.today, Placer(sources))
        self._library = library
        return verdict

    def _plan(self, library: Library, sources: Sources) -> tuple[set[str], set[str]] | None:
        """The paths of the files and the codes of the checks of the whole that are to be judged again.

        What is kept is brought up to date; None where all of it has to be.
        """
        last = self._library
        if last is None or library.vocabulary is None or last.vocabulary is not library.vocabulary:
            return None
        if library.today < last.today or library.before is not None or last.before is not None:
            return None
        then, now, before, after = last.by_path, library.by_path, Remainder.of(last), Remainder.of(library)
        changed = {path for path in now.keys() | then.keys() if now.get(path) is not then.get(path)}
        traits = {path: one for path, one in self._traits.items() if path in library.outgoing}
        traits |= {path: _find_traits(library, sources, path) for path in changed if path in now}
        both = {path: (self._traits.get(path), traits.get(path)) for path in changed}
        paths = find_affected(both, before, after, lambda _: traits)
        if paths is None:
            return None
        paths |= {path for path, one in self._accounts.items() if path in traits and _is_over(one, library)}
        traits |= {path: _find_traits(library, sources, path) for path in paths - changed}
        codes = compare_notes(self._traits, traits, paths | changed)
        codes |= {code for code, one in self._wholes.items() if _is_over(one, library)}
        codes |= _list_beside(last, library)
        for account in (*self._accounts.values(), *self._wholes.values()):
            if not changed.isdisjoint(account.paths):
                account.unsettle()
        self._traits = traits
        return paths, codes


def _find_traits(library: Library, sources: Sources, path: str) -> Traits:
    document, outgoing = library.by_path.get(path), library.outgoing[path]
    content = hash_data(sources[path].text) if library.releases.paths else None
    return traits_of(document, outgoing, note_all(document, outgoing, content))


def _is_over(account: Dossier, library: Library) -> bool:
    """Whether something else is found on the library's day, or may be told by now."""
    return account.is_loose or account.until <= library.today


def _list_beside(last: Library, library: Library) -> set[str]:
    """The codes of the checks of the whole that read something else than before besides the documents."""
    whole = {code for code, check in checks().items() if check.note}
    if last.malformed.keys() != library.malformed.keys() or last.files != library.files:
        return whole
    is_released = bool(last.releases.paths or library.releases.paths)
    return (set(RELEASED) if is_released else set()) | ({"unfit-picture"} if last.unfit != library.unfit else set())
