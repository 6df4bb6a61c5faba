"""The letters of the pack for a ticketing system: macros and dynamic content of Zendesk, and a CSV for any other."""

from __future__ import annotations

import json
from collections.abc import Iterator

from generator.documents.text.plain import plain_text
from generator.documents.types.macro import Macro
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
    materials.warnings.extend(f"{NAME}: {note.path}: {note.what}" for note in notes)
    if not account["macros"]:
        materials.warnings.append(f"{NAME} has no letter: no reply of the pack is in use")
    return {
        "macros.csv": write_sheet(HEADS, _list_letters(readers)),
        "zendesk.json": (json.dumps(account, ensure_ascii=False, indent=2) + "\n").encode(),
    }


def _list_letters(readers: Library) -> Iterator[list[str]]:
    """A row for each letter of each reply in use, its blanks as they are written."""
    for document, macro in readers.each(Macro):
        if macro.status == "active":
            for letter in macro.letters:
                of = macro.translations[letter.locale].of if letter.locale in macro.translations else macro.version
                about = [document.id, macro.title.strip(), macro.version, plain_text(macro.summary, readers.find)]
                yield [*about, letter.locale, of, letter.text.strip("\n"), ", ".join(macro.variables)]
