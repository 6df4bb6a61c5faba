"""`playbook import macros`: imports replies from text files or from a Zendesk account."""

from __future__ import annotations

import codecs
import posixpath
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import click

from generator.commands._exchange import SHOWN, VERBOSE, bytes_of, large_text_of, refused, text_of, unmapped_lines
from generator.commands._knowledge_base import KnowledgeBase, based
from generator.commands.import_._documents import OWNER, Ownership, earlier, ownership, put
from generator.commands.import_._imported import Imported, imported
from generator.documents import kinds
from generator.documents.structure import structure
from generator.documents.text.likeness import difference, pairs
from generator.documents.vocabulary import Vocabulary
from generator.exchange import UnfitInput, Unmapped
from generator.exchange.replies.blanks import Blanks
from generator.exchange.replies.replies import Reply, from_files, read_reply, to_macro
from generator.exchange.yaml_file import DocumentData, is_from, written
from generator.exchange.zendesk.account import read_account
from generator.exchange.zendesk.incoming import Replies
from generator.files.source import read
from generator.files.tree import Folder
from generator.wording import count, one_of

TEXT = re.compile(r"\.(?:txt|text|md|markdown|html?|json)", re.IGNORECASE)
# Known by their names, as their bytes may be text, or too many to read.
BINARY = re.compile(
    r"\.(?:do[ct][xm]?|o[dt][tsp]|rtf|pages|pdf|msg|oft|xls[xm]?|numbers|ppt[xm]?|key|png|jpe?g|gif|bmp|webp|heic|tiff?"
    r"|ico|mp[34]|mov|zip|gz|7z|rar|db|lnk)",
    re.IGNORECASE,
)
SIGNATURES = (b"%PDF", b"{\\rtf", b"PK\x03\x04")


@click.command("macros", short_help="Canned replies from text files or Zendesk.")
@based
@click.argument("path", metavar="PATH", type=click.Path(exists=True, path_type=Path))
@OWNER
@click.option("--audience", metavar="WORD", help="Who may read them (default: internal).")
@click.option(
    "--locale", metavar="WORD", help="The language of texts that do not name one (default: the vocabulary's first)."
)
@VERBOSE
def COMMAND(  # noqa: N802
    base: KnowledgeBase, path: Path, owner: str | None, audience: str | None, locale: str | None, verbose: bool
) -> None:
    """Import replies as macros: a folder of text files, or the macros of a Zendesk account.

    A text file becomes a draft, with the name of the file as its title. A Zendesk account is one JSON file, or a folder
    of them, with `macros`, `items` (dynamic content) and `locales` as the API lists them. Blanks become variables;
    `placeholders` in the vocabulary says which variable a placeholder stands for. Run it again when the source changes:
    texts, titles and ticket actions are replaced, and everything else that you wrote is kept.
    """
    path = path.resolve()
    base.recover()
    library = base.library()
    header = ownership(library.vocabulary, owner, audience, "internal")
    assert library.vocabulary is not None
    try:
        was = imported(base.root, kinds()["macro"].folder, "macros")
        replies, notes = _read_replies(path, library.vocabulary, _choose_locale(library.vocabulary, locale), was)
        places = {
            reply.origin: was.places.get(reply.origin) or f"{kinds()['macro'].folder}/{reply.id}.yaml"
            for reply in replies
        }
        own = {
            reply.origin
            for reply in replies
            if reply.carried is not None and not _is_imported(base.root, places[reply.origin], reply.origin)
        }
        old = earlier(base.root, library, "macros", places, header.asked, own | was.renamed)
        made = _convert_replies(
            replies, library.vocabulary.placeholders, old.documents, header, base.today.isoformat(), notes
        )
        new = _drop_handwritten(old.files, places, made, own)
    except UnfitInput as error:
        raise refused(error) from None
    number = put(base.root, "macros", places, new, old.files)
    click.echo(f"{count(len(made), 'macro')}; {count(number, 'file')} written. Next: playbook check")
    for line in (*unmapped_lines(notes, verbose), *_list_near_duplicates(made, verbose)):
        click.echo(line)


def _choose_locale(vocabulary: Vocabulary, locale: str | None) -> str:
    if locale is not None and locale not in vocabulary.locales:
        hint = one_of(locale, vocabulary.locales)
        raise click.BadParameter(f"`{locale}` is not in the vocabulary; {hint}", param_hint="--locale")
    return locale or next(iter(vocabulary.locales), "en")


def _read_replies(path: Path, vocabulary: Vocabulary, locale: str, was: Imported) -> tuple[list[Reply], list[Unmapped]]:
    """The replies in a file or folder, and what could not be mapped. Raises UnfitInput."""
    notes: list[Unmapped] = []
    if path.is_file() and not _is_json(path.name):
        raise UnfitInput(f"{path.name} is not a JSON file: name the folder that it is in")
    if path.is_file():
        files, is_account = {path.name: large_text_of(path)}, True
    else:
        files, notes = _read_texts(path)
        is_account = all(map(_is_json, files))
        if not is_account and any(map(_is_json, files)):
            raise UnfitInput(f"{path} has both JSON and other files: name a folder with only one kind")
    if is_account:
        read = Replies(read_account(files), list(vocabulary.locales), locale, vocabulary.placeholders, was.ids)
        return read.all, [*notes, *read.unmapped]
    notes += was.follow(files, lambda path, text: Blanks(vocabulary.placeholders, {}).template(read_reply(path, text)))
    replies, more = from_files(files, path.name, locale, was.ids)
    return replies, [*notes, *more]


def _read_texts(folder: Path) -> tuple[dict[str, str], list[Unmapped]]:
    """The texts of all files below the folder except hidden ones, by path, and what is no text. Raises UnfitInput."""
    files = sorted(file.relative_to(folder) for file in folder.rglob("*") if file.is_file())
    paths = [file.as_posix() for file in files if not any(part.startswith((".", "~$")) for part in file.parts)]
    if not paths:
        raise UnfitInput(f"there are no files in {folder}")
    strange = [path for path in paths if not _is_text(folder, path)]
    if len(strange) == len(paths):
        raise UnfitInput(f"there are no text files in {folder}: save {strange[0]} as plain text, with a name in .txt")
    texts = {
        path: large_text_of(folder / path) if _is_json(path) else text_of(Folder(folder), path)
        for path in paths
        if path not in strange
    }
    what, hint = "a file that is not plain text, left out", "if it has a reply, save it as .txt"
    return texts, [Unmapped(what, path, hint, is_refusal=True) for path in strange]


def _is_text(folder: Path, path: str) -> bool:
    """Whether a file claims to be text by its name, or is text; one that claims it and is not stops the import."""
    ending = posixpath.splitext(path)[1]
    if BINARY.fullmatch(ending) or not ending or TEXT.fullmatch(ending):
        return not BINARY.fullmatch(ending)
    try:
        with (folder / path).open("rb") as file:
            beginning = file.read(4096)
    except OSError:
        return True  # reading it says why it cannot be read
    return not beginning.startswith(SIGNATURES) and _is_decodable(beginning)


def _is_decodable(beginning: bytes) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        return "\0" not in decoder.decode(beginning)
    except UnicodeDecodeError:
        return False


def _is_json(path: str) -> bool:
    return path.lower().endswith(".json")


def _is_imported(root: Path, place: str, origin: str) -> bool:
    """Whether an import made the document, or may still make it. Raises UnfitInput."""
    if not (root / place).exists():
        return True
    return is_from(bytes_of(Folder(root), place).decode("utf-8", "replace"), "macros", origin)


def _convert_replies(
    replies: list[Reply],
    placeholders: Mapping[str, str],
    old: Mapping[str, DocumentData],
    header: Ownership,
    today: str,
    notes: list[Unmapped],
) -> dict[str, DocumentData]:
    """The macros by their origin, each without format errors. Raises UnfitInput."""
    made = {}
    for reply in replies:
        asked = {key: word for key, word in header.header.items() if key in header.asked}
        made[reply.origin], more = to_macro(reply, placeholders, old[reply.origin], header.header, today)
        made[reply.origin] |= asked
        notes += more
        source, unreadable = read(
            f"macros/{reply.id}.yaml", written(made[reply.origin], "macros", reply.origin).encode()
        )
        for finding in [unreadable] if unreadable else structure([source]).findings:
            raise UnfitInput(f"{reply.origin} cannot become a macro: {finding.message}; {finding.hint}")
    return made


def _drop_handwritten(
    files: Mapping[str, bytes | None], places: Mapping[str, str], made: Mapping[str, DocumentData], own: set[str]
) -> dict[str, DocumentData]:
    """The macros without those that already exist, written by hand, and say the same. Raises UnfitInput if they differ.

    This is how an exported account is imported again: macros that people wrote are not replaced.
    """
    for origin in own:
        place = places[origin]
        handwritten, _ = read(place, files[origin] or b"")
        imported, _ = read(place, written(made[origin], "macros", origin).encode())
        if structure([handwritten]).documents[0].body != structure([imported]).documents[0].body:
            raise UnfitInput(
                f"{place} was written by hand and differs from {origin}: change it by hand, or remove it first"
            )
    return {origin: document for origin, document in made.items() if origin not in own}


def _list_near_duplicates(made: Mapping[str, DocumentData], verbose: bool) -> Iterator[str]:
    """One line for each pair of replies that say almost the same."""
    texts = {document["id"]: document["text"] for document in made.values()}
    alike = list(pairs(texts))
    for one, other, ratio in alike if verbose else alike[:SHOWN]:
        changes = difference(texts[one], texts[other])
        yield f"{ratio:.0%} alike: {one} and {other}" + (f", which has {changes}" if changes else "")
    if len(alike) > SHOWN and not verbose:
        yield f"and {len(alike) - SHOWN} more pairs; --verbose lists them all"
