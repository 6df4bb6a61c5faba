"""Makes a document of a grid of words: ids, inputs, rows and outcomes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import count

from generator.documents.conditions import word_range
from generator.documents.fields import RESERVED
from generator.documents.values import read_value
from generator.exchange.decisions.grid import Grid, GridInput, GridRow
from generator.exchange.decisions.limits import read_limits
from generator.exchange.legible import slug
from generator.exchange.yaml_file import DocumentData

SHORT = 40  # an id made of a sentence is cut between two words


def number_ids(words: Iterable[str], taken: Iterable[str] = (), other: str = "value") -> dict[str, str]:
    """An id for each text, made from its first words; with a number if it is taken."""
    used = {*taken, *RESERVED}
    chosen: dict[str, str] = {}
    for text in dict.fromkeys(words):
        name = _shorten(slug(text)) or other
        wanted = (name if number == 1 else f"{name}-{number}" for number in count(1))
        chosen[text] = next(one for one in wanted if one not in used)
        used.add(chosen[text])
    return chosen


def disagree(rows: Sequence[GridRow]) -> bool:
    """Whether two rows fit the same combination and lead to different outcomes."""
    sets = [[{*cell} for cell in row.cells] for row in rows]
    return any(
        rows[one].then != rows[other].then
        and all(not a or not b or a & b for a, b in zip(sets[one], sets[other], strict=True))
        for one in range(len(rows))
        for other in range(one)
    )


def table_data(grid: Grid, head: DocumentData, history: list[DocumentData]) -> DocumentData:
    """The document of a grid."""
    ends = number_ids((row.then for row in grid.rows), other="outcome")
    names = _name_inputs(grid.inputs, ends.values())
    values = [_list_values(grid.rows, side, one.known) for side, one in enumerate(grid.inputs)]
    labels = [{word: _make_option(one, word) for word in words}
              for one, words in zip(grid.inputs, values, strict=True)]  # fmt: skip
    ids = [_number_values(options, one) for options, one in zip(labels, grid.inputs, strict=True)]
    is_first = disagree(grid.rows) if grid.is_first is None else grid.is_first
    return {
        **head,
        "inputs": {
            name: {
                "ask": one.ask,
                **({"takes": one.takes} if one.takes else {}),
                **({"unit": one.unit} if one.unit else {}),
                "values": {ids[side][word]: option for word, option in labels[side].items()},
            }
            for side, (name, one) in enumerate(zip(names, grid.inputs, strict=True))
        },
        "hit": "first" if is_first else "unique",
        "rows": [
            {
                "when": {
                    name: wanted[0] if len(wanted) == 1 else wanted
                    for side, name in enumerate(names)
                    for wanted in [[ids[side][word] for word in row.cells[side]]]
                    if wanted and not len(ids[side]) == len(wanted) > 1
                },
                "then": ends[row.then],
                **({"note": row.note} if row.note else {}),
            }
            for row in grid.rows
        ],
        "outcomes": {name: {"decision": words} for words, name in ends.items()},
        "history": history,
    }


def _number_values(options: dict[str, DocumentData], asked: GridInput) -> dict[str, str]:
    """The ids of the values of an input, by their words; those of a range without a label are made of the range."""
    words = {word: option.get("label") or word_range(asked.takes, "", option) for word, option in options.items()}
    chosen = number_ids([f"{words[word]}\0{word}" if list(words.values()).count(words[word]) > 1 else words[word]
                         for word in words], ("any",))  # fmt: skip
    return dict(zip(words, chosen.values(), strict=True))


def _name_inputs(inputs: Sequence[GridInput], taken: Iterable[str]) -> list[str]:
    marked = [f"{one.ask}{chr(0) * side}" for side, one in enumerate(inputs)]  # two columns may ask the same
    return list(number_ids(marked, taken, "input").values())


def _list_values(rows: Sequence[GridRow], side: int, known: Sequence[str]) -> list[str]:
    """The words of a column: in the order of a cell that has them all, or else first those that are known."""
    found = list(dict.fromkeys([*known, *(word for row in rows for word in row.cells[side])]))
    whole = next((row.cells[side] for row in rows if len(row.cells[side]) == len(found)), found)
    return whole or ["Any value"]


def _make_option(asked: GridInput, word: str) -> DocumentData:
    """A value as a document has it: a label, or a range, which may have one."""
    if asked.takes in ("", "several"):
        return {"label": word}
    if found := read_limits(word, asked.takes):
        return {**({"label": found[0]} if found[0] else {}), **found[1]}
    return {"from": word, "up_to": word} if read_value(asked.takes, word) else {"label": word}


def _shorten(name: str) -> str:
    return name if len(name) <= SHORT else name[: SHORT + 1].rpartition("-")[0] or name[:SHORT]
