"""Prints a book as a tagged PDF with WeasyPrint: the same bytes from every build, and nothing is fetched."""

from __future__ import annotations

import hashlib
import logging
import mimetypes
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from importlib import import_module
from typing import Any

from generator.publishing.packs.handbook.binding import Book

HOME = "https://book.invalid/"  # an address of the web, as no other kind is joined; nothing is fetched from it
VARIANT = "pdf/ua-1"  # tagged, with a title and a language
MISSING = ".notdef glyph"


def print_book(book: Book) -> tuple[bytes, list[str]]:
    """The PDF, and what WeasyPrint says is wrong with it."""
    weasyprint = import_module("weasyprint")
    with _listening_to(weasyprint.LOGGER) as told:
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
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.told: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.told.append(record.getMessage())


@contextmanager
def _listening_to(logger: logging.Logger) -> Iterator[list[str]]:
    """Collects the warnings of a logger, which prints none of them meanwhile."""
    ear, before, level = _Ear(), logger.handlers[:], logger.propagate
    logger.handlers, logger.propagate = [ear], False
    try:
        yield ear.told
    finally:
        logger.handlers, logger.propagate = before, level
