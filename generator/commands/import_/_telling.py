"""What imports of folders tell at their end: files that were followed, what stays out, what was taken along."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from generator.commands._exchange import SHOWN
from generator.documents.attachments import PICTURES
from generator.exchange import Unmapped
from generator.exchange.markdown.enclosures import Enclosures
from generator.exchange.markdown.following import Followed
from generator.exchange.markdown.selection import ChosenFiles
from generator.wording import count


def note_renames(followed: Followed) -> Iterator[Unmapped]:
    """The files that have another name than at the import before."""
    for path, one in followed.policies.items():
        if one.origin.path != path:
            yield Unmapped(f"a file with another name than before, followed in {one.place}", path, one.origin.path)


def shorten_list(lines: Sequence[str], verbose: bool, what: str = "") -> Iterator[str]:
    """The lines, or unless `verbose` the first of them and how many more there are; `what` says of what."""
    yield from lines if verbose else lines[:SHOWN]
    if len(lines) > SHOWN and not verbose:
        yield f"and {len(lines) - SHOWN:,} more{what}; --verbose lists them all"


def list_left_out(
    chosen: ChosenFiles, verbose: bool, others: Sequence[tuple[Sequence[str], str]] = ()
) -> Iterator[str]:
    """The files that are not imported, each kind with its reason, and patterns that no file fits."""
    for paths, why in (
        (chosen.about, "about the repository (--include PATTERN imports one)"),
        (chosen.excluded, "excluded"),
        *others,
    ):
        if paths:
            shown = paths if verbose else paths[:SHOWN]
            more = f" and {len(paths) - len(shown):,} more" if len(paths) > len(shown) else ""
            yield f"left out, {why}: {', '.join(shown)}{more}"
    for pattern in chosen.idle:
        yield f"no file fits the pattern {pattern}: write paths as they are in the folder"


def list_taken(enclosures: Enclosures, folder: str) -> Iterator[str]:
    """What lies beside the documents now."""
    pictures = sum(place.lower().endswith(PICTURES) for place in enclosures.taken)
    others = len(enclosures.taken) - pictures
    numbers = [count(number, word) for number, word in ((pictures, "picture"), (others, "file")) if number]
    if numbers:
        yield f"{' and '.join(numbers)} copied to {folder}/"
