"""The one search, in the one language that browsers have: runs its scripts to make an index, and to ask it.

What a page does, the terminal and the tests do with the same scripts: two implementations would drift apart.
"""

from __future__ import annotations

import json
import weakref
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from py_mini_racer import MiniRacer

SCRIPTS = ("words", "code", "danger", "index", "slots", "score", "explain", "rank")
FOLDER = Path(__file__).parents[1] / "assets"
BATCH = 200  # documents that are handed over at once

# Gives an index its own pieces, as a page would load them.
ASKING = """
const pieces = new Map();
const load = async (name) => {
  if (!pieces.has(name)) pieces.set(name, JSON.parse(maker.pieces(...place(name))[0][1]));
  return pieces.get(name);
};
const names = new Map();
const place = (name) => { const at = names.get(name); return [at, at + 1]; };
let rank;
let told;
const prepare = async (count) => {
  for (let at = 0; at < count; at++) names.set(maker.pieces(at, at + 1)[0][0], at);
  rank = playbook.searchRank(await load("index"), load);
};
const ask = async (text, wishes) => JSON.stringify(await rank(text, wishes));
"""


class SearchEngine:
    """An index in memory."""

    def __init__(self, records: Sequence[dict[str, Any]], settings: dict[str, Any]) -> None:
        self._context = MiniRacer()
        # An engine that lives as long as Python would wait for its thread for ever when Python ends: it ends before.
        weakref.finalize(self, self._context.close)
        self._context.eval("const playbook = {};")
        for name in SCRIPTS:
            self._context.eval((FOLDER / f"search-{name}.js").read_text(encoding="utf-8"))
        self._context.eval("const maker = playbook.searchIndex();")
        for start in range(0, len(records), BATCH):
            self._call("maker.add", records[start : start + BATCH])
        self._count = int(self._call("maker.finish", settings))
        self._is_asked = False

    def pieces(self) -> Iterator[tuple[str, str]]:
        """The name of each piece and its value as JSON; the first is what a page loads first."""
        for start in range(0, self._count, BATCH):
            text = self._context.eval(f"JSON.stringify(maker.pieces({start}, {start + BATCH}))")
            yield from ((name, value) for name, value in json.loads(str(text)))

    def ask(self, texts: Iterable[str], **wishes: Any) -> Iterator[dict[str, Any]]:
        """What the search answers to each text, as search-rank.js describes it."""
        if not self._is_asked:
            self._context.eval(ASKING)
            self._wait(f"prepare({self._count})")
            self._is_asked = True
        for text in texts:
            yield json.loads(self._wait(f"ask({_quote(text)}, {json.dumps(wishes)})"))

    def run(self, expression: str) -> Any:
        """The value of an expression in the scripts' own language."""
        return self._context.eval(expression)

    def _call(self, function: str, value: Any) -> Any:
        return self._context.eval(f"{function}({_quote(value)})")

    def _wait(self, promise: str) -> Any:
        """What a promise gives: all that it waits for is in memory, so that it has come when the scripts are at rest.

        To ask the promise itself would fail wherever Python runs an event loop.
        """
        self._context.eval(
            f"{promise}.then((value) => {{ told = [value]; }}, (error) => {{ told = [null, `${{error}}`]; }}), 0"
        )
        value, *failed = json.loads(str(self._context.eval("JSON.stringify(told)")))
        if failed:
            raise RuntimeError(failed[0])
        return value


def _quote(value: Any) -> str:
    return json.dumps(value)
