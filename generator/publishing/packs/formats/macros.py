"""The letters of the pack for a ticketing system: macros and dynamic content of Zendesk, and a CSV for any other."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator

from generator.documents.text.plain import plain_text
from generator.documents.types.macro import Macro
from generator.exchange import Unmapped
from generator.exchange.spreadsheet import write_sheet
from generator.exchange.zendesk.outgoing import to_account
from generator.library.library import Library
from generator.publishing.packs.materials import Materials

NAME = "macros.zip"
HEADS = ("id", "title", "version", "summary", "language", "translates version", "text", "blanks")


def write(materials: Materials) -> dict[str, bytes]:
    readers = materials.readers
    assert readers.vocabulary is not None
    locales = {locale: locale for _, macro in readers.each(Macro) for locale in (macro.locale, *macro.translations)}
    account, notes = to_account(readers, locales)
    materials.warnings.extend(_sum_up(notes))
    if not account["macros"]:
        materials.warnings.append(f"{NAME} has no letter: no reply of the pack is in use")
    return {
        "macros.csv": write_sheet(HEADS, _list_letters(readers)),
        "zendesk.json": (json.dumps(account, ensure_ascii=False, indent=2) + "\n").encode(),
    }


def _sum_up(notes: list[Unmapped]) -> Iterator[str]:
    """A line for each letter that is left out, and one for everything of a kind that the account has no place for."""
    yield from (f"{NAME}: {note.path}: {note.what}; {note.detail}" for note in notes if note.is_refusal)
    kinds = Counter(note.what for note in notes if not note.is_refusal)
    yield from (f"{NAME}: {what} ({number} times)" for what, number in kinds.items())


def _list_letters(readers: Library) -> Iterator[list[str]]:
    """A row for each letter of each reply in use, its blanks as they are written."""
    for document, macro in readers.each(Macro):
        if macro.status == "active":
            for letter in macro.letters:
                of = macro.translations[letter.locale].of if letter.locale in macro.translations else macro.version
                about = [document.id, macro.title.strip(), macro.version, plain_text(macro.summary, readers.find)]
                yield [*about, letter.locale, of, letter.text.strip("\n"), ", ".join(macro.variables)]
