"""Checks a folder with the help of what is kept of the last check."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from generator.analysis.rechecking.again import Again
from generator.analysis.rechecking.every import Every
from generator.analysis.rechecking.opened import TooMuch
from generator.analysis.rechecking.watched import Watched
from generator.files.tree import Folder
from generator.files.writer.cache import Cache
from generator.pipeline import Judgement, Track, without_collection


class CachedCheck:
    """A check of a folder on a day, which begins with what is kept of the last one."""

    def __init__(self, folder: Folder, today: date, cache: Cache) -> None:
        self._folder, self._today, self._cache = folder, today, cache
        self.is_all = False
        self._save: Callable[[], None] = lambda: None

    @without_collection()
    def judge(self, track: Track) -> Judgement:
        """What `pipeline.run` finds; to be saved afterwards."""
        self._cache.forget_turn()
        try:
            again = Again(Watched(self._folder), self._today, self._cache)
            judgement = again.judge()
            self._save, self.is_all = again.save, False
        except TooMuch:
            every = Every(Watched(self._folder), self._today, self._cache)
            judgement = every.judge(track)
            self._save, self.is_all = every.save, True
        return judgement

    def save(self) -> None:
        """Keeps what was found for the next time."""
        self._save()
