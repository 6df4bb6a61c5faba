"""Our search, Material's, Pagefind, MiniSearch and FlexSearch on the same pages in the same Chromium.

`python benchmarks/search/browser.py` builds the starter library alone and within 300, 3,000 and 10,000 documents more,
which takes an hour; `--sizes 0 300` takes fewer, and `--keep DIR` uses again what was built there. How often each finds
the right document is measured in the starter library alone; bytes, times and memory at each size. A search that takes
longer than `--limit` seconds for its index or its first answer is left out; for the others, their figures are.
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import asdict
from datetime import date
from pathlib import Path
from time import perf_counter
from typing import Any

from chromium import Crashed, Page, chromium
from engines import HERE, OTHERS, Engine, Source, TooSlow, seconds_of
from library import make_library
from quality import load
from queries import Answer, Query, documents, read_queries
from server import served
from table import Measured, print_heading, print_row, print_success

from generator.documents import kinds
from generator.library.library import Library
from generator.publishing.engines.preview import HEADERS
from generator.publishing.search.index import search_files
from generator.publishing.search.records import records

OURS = Engine("ours", lambda *_: 0.0)
SIZES = (0, 300, 3000, 10_000)
TIMED, TYPED = 60, 8  # queries that are timed, and that are typed key by key
PASSES = 3  # of what is loaded; the fastest counts, because other programs slow the others down
DAY = date(2026, 11, 23)


def spread_out(queries: Sequence[Query], count: int) -> list[str]:
    """So many texts, evenly from all kinds."""
    return [queries[at * len(queries) // count].text for at in range(count)]


def keys(text: str) -> list[str]:
    """What the box holds after each key, of the first thirty."""
    return [text[:length] for length in range(2, min(len(text), 30) + 1)]


def measure(page: Page, engine: Engine, size: int, index: float, queries: Sequence[Query]) -> Measured:
    """Loads a search, and asks it; where the time is over, what it has measured by then."""
    texts = spread_out(queries, TIMED)
    ready = page.start()
    page.time(texts[0])
    row = Measured(engine.name, size, index, ready, page.take()[:2], page.memory())
    with suppress(TooSlow):
        for text in texts[1:]:
            row.fresh.append(page.time(text))
            row.further.append(page.take())
        row.again += [min(page.time(text) for _ in range(PASSES)) for text in texts]
        row.memory = page.memory()
        page.reload()
        page.start()
        page.time(texts[0])
        page.take()
        for text in spread_out(queries[1:], TYPED):
            row.typed += [page.time(some) for some in keys(text)]
            row.typed_bytes.append(page.take())
    return row


def build(size: int, work: Path) -> tuple[Source, Library, float, float]:
    """Builds the site of a size, if it is not there; the seconds that it took, and those of our index among them."""
    base = work / "base" if size and (work / "base").is_dir() else make_library(size, work / "base")
    work.mkdir(parents=True, exist_ok=True)
    took, command = work / "took", [sys.executable, "-m", "generator", "build", "--root", str(base)]
    command += ["--as-of", DAY.isoformat(), "--to"]
    library = load(base, DAY)
    if not took.is_file():
        whole = seconds_of([*command, str(work / "site")], 7200)
        began = perf_counter()
        search_files(library, is_flat=False)
        took.write_text(f"{whole} {perf_counter() - began}", encoding="utf-8")
    whole, index = map(float, took.read_text(encoding="utf-8").split())
    folders = sorted({kind.pages for kind in kinds().values()})
    return Source(base, records(library), work / "site", work / "markdown", folders), library, whole, index


def places(source: Source) -> dict[str, str]:
    """The id of the document at each address from the top of the site, its former addresses among them."""
    found: dict[str, str] = {}
    for record in source.records:
        address = record["card"]["address"].strip("/")
        former = [text for tier, text, _ in record["keys"] if tier == "former"]
        found |= {address.removesuffix(record["id"]) + one: record["id"] for one in [record["id"], *former]}
    return found


def name(shown: str, ids: dict[str, str]) -> str:
    """`id` or `id#part` of what a search shows: that, or an address."""
    address, _, part = shown.partition("#")
    part = "" if part.startswith("_") else part
    known = ids.get(address.removesuffix("index.html").strip("/"), address)
    return f"{known}#{part}" if part else known


def find(page: Page, queries: Sequence[Query], source: Source, alarming: frozenset[str]) -> list[Answer]:
    """What a search answers to every query. Who marks no dangers warns by what is shown first."""
    page.start()
    ids, answers = places(source), []
    for query in queries:
        raw = page.ask(query.text)
        shown = tuple(name(one, ids) for one in raw["shown"])
        marked = raw["dangers"] if raw["marks"] else [one for one in documents(shown)[:1] if one in alarming]
        answers.append(Answer(shown, raw["isSure"], frozenset(marked)))
    return answers


def measure_size(
    size: int, work: Path, wanted: Sequence[str], limit: float, queries: Sequence[Query]
) -> Iterator[tuple[Measured, list[Answer]]]:
    """Each search at one size; in the starter library alone with its answers to all queries."""
    source, library, took, seconds = build(size, work)
    print(
        f"\n{len(source.records):,} documents: the site took {took:.1f} s, our index {seconds:.1f} s of them, ", end=""
    )
    print(f"{seconds / (took - seconds):.2f} of the pages (<= 0.3)")
    print_heading()
    assert library.vocabulary is not None
    alarming = frozenset(target.id for danger in library.vocabulary.dangers.values() for target in danger.first)
    for engine in [OURS, *OTHERS]:
        if wanted and engine.name not in wanted:
            continue
        folder = work / "engines" / engine.name.replace(", ", "-").lower()
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        try:
            index = seconds if engine is OURS else engine.make(source, folder, limit)
            where, headers = (source.site, dict(HEADERS)) if engine is OURS else (folder, {})
            headers["Content-Security-Policy"] = (
                engine.policy if engine is not OURS else headers["Content-Security-Policy"]
            )
            driver = (HERE / "drivers/ours.js").read_text(encoding="utf-8") if engine is OURS else ""
            with served(where, headers) as site, chromium() as browser:
                page = Page(browser, site, driver, limit)
                row = measure(page, engine, size, index, queries)
                print_row(row)
                answers = [] if size else find(Page(browser, site, driver, limit), queries, source, alarming)
        except (TooSlow, Crashed) as error:
            print(f"{engine.name:<21}{size:>7,}  {error}", flush=True)
            continue
        yield row, answers


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", nargs="*", type=int, default=SIZES, help="documents beside the starter library")
    parser.add_argument("--engines", nargs="*", default=[], help="only these")
    parser.add_argument("--limit", type=float, default=300, help="seconds for an index, and for all questions")
    parser.add_argument("--keep", type=Path, help="where what was built is kept")
    parser.add_argument("--json", type=Path, help="where the figures are written too")
    options = parser.parse_args()
    if subprocess.run(["sh", str(HERE / "get_engines.sh")], check=False).returncode:
        options.engines = options.engines or ["ours", "Material"]
    queries = read_queries()
    with tempfile.TemporaryDirectory(prefix="playbook-search-") as scratch:
        work = options.keep or Path(scratch)
        rows: list[dict[str, Any]] = []
        found: dict[str, list[Answer]] = {}
        for size in options.sizes:
            for row, answers in measure_size(size, work / str(size), options.engines, options.limit, queries):
                rows.append(asdict(row))
                found |= {row.engine: answers} if answers else {}
                if options.json:
                    options.json.write_text(json.dumps(rows, indent=1), encoding="utf-8")
    if found:
        print_success(queries, found)


if __name__ == "__main__":
    main()
