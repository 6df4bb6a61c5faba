"""Prints a book as a tagged PDF with WeasyPrint: the same bytes from every build, and nothing is fetched."""

from __future__ import annotations

import hashlib
import logging
import mimetypes
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from importlib import import_module
from typing import Any

from generator.publishing.packs.handbook.binding import Book

HOME = "https://book.invalid/"  # an address of the web, as no other kind is joined; nothing is fetched from it
VARIANT = "pdf/ua-1"  # tagged, with a title and a language
PROGRESS = "weasyprint.progress"  # which says of every page that it is laid out
MISSING = ".notdef glyph"


def print_book(book: Book, tick: Callable[[str], None] = lambda _: None) -> tuple[bytes, list[str]]:
    """The PDF, and what WeasyPrint says is wrong with it. It takes minutes: `tick` is called for every page."""
    weasyprint = import_module("weasyprint")
    with _listening_to("weasyprint", logging.WARNING) as told, _listening_to(PROGRESS, logging.INFO, tick):
        html = weasyprint.HTML(string=book.html, base_url=HOME, url_fetcher=_fetch_from(book.files))
        name = hashlib.sha256(book.html.encode()).hexdigest()[:32]
        content: bytes = html.write_pdf(pdf_variant=VARIANT, pdf_identifier=name.encode(), optimize_images=True)
    return content, list(_sum_up(told))


def _fetch_from(files: Mapping[str, bytes]) -> Any:
    """What gives WeasyPrint the files of the book, and nothing else."""
    urls = import_module("weasyprint.urls")

    class BookFetcher(urls.URLFetcher):  # type: ignore[name-defined, misc]
        def fetch(self, url: str, headers: Mapping[str, str] | None = None) -> Any:
            name = url.removeprefix(HOME)
            if not url.startswith(HOME) or name not in files:
                raise ValueError(f"{url} is not in the book")
            kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
            return urls.URLFetcherResponse(url, files[name], {"Content-Type": kind})

    return BookFetcher()


def _sum_up(told: list[str]) -> Iterator[str]:
    """Each warning once; characters that no font has in one line, with what to install."""
    lost = sorted({line.split('"')[1] for line in told if line.startswith(MISSING)})
    yield from dict.fromkeys(line for line in told if not line.startswith(MISSING))
    if lost:
        yield (
            f"no font of this machine has {' '.join(lost[:20])}; "
            "on Debian: apt-get install fonts-noto-core fonts-ipaexfont-gothic"
        )


class _Ear(logging.Handler):
    """Keeps the messages of a level and above, or hands them on."""

    def __init__(self, level: int, hand_on: Callable[[str], None] | None) -> None:
        super().__init__(level)
        self.told: list[str] = []
        self.hear = hand_on or self.told.append

    def emit(self, record: logging.LogRecord) -> None:
        self.hear(record.getMessage())


@contextmanager
def _listening_to(name: str, level: int, hand_on: Callable[[str], None] | None = None) -> Iterator[list[str]]:
    """Collects what a logger says, or hands it on; meanwhile it prints nothing."""
    logger, ear = logging.getLogger(name), _Ear(level, hand_on)
    before = logger.handlers[:], logger.propagate, logger.level
    logger.handlers, logger.propagate = [ear], False
    logger.setLevel(level)
    try:
        yield ear.told
    finally:
        logger.handlers, logger.propagate = before[:2]
        logger.setLevel(before[2])
