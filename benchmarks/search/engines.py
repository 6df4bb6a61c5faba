"""The searches that are compared: how each makes its index of the same pages, and what a page of it loads."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import Any

from generator.publishing.search.records import Record

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
MODULES = ROOT / ".cache/search/node_modules"
WORDS = ROOT / "generator/publishing/assets/search-words.js"
PAGE = '<!doctype html><html lang="en"><meta charset="utf-8"><title>Search</title>{scripts}</html>'
ALLOWED = "default-src 'self'"


@dataclass(frozen=True)
class Source:
    """What a search may use: the library and its records, the site, its Markdown, and where documents have pages."""

    base: Path
    records: list[Record]
    site: Path
    markdown: Path
    folders: list[str]


@dataclass(frozen=True)
class Engine:
    """A search: `make` puts into a folder what a page of it needs, and gives the seconds that its index took."""

    name: str
    make: Callable[[Source, Path, float], float]
    policy: str = ALLOWED


class TooSlow(Exception):
    """An index was not made in the time that it was given."""


def run(command: list[str], limit: float) -> str:
    try:
        done = subprocess.run(command, timeout=limit, capture_output=True, text=True, check=False)
    except subprocess.TimeoutExpired:
        raise TooSlow(f"no index after {limit:.0f} s") from None
    if done.returncode:
        raise RuntimeError(f"{' '.join(command)}:\n{(done.stdout + done.stderr)[-2000:]}")
    return done.stdout


def seconds_of(command: list[str], limit: float) -> float:
    began = perf_counter()
    run(command, limit)
    return perf_counter() - began


def write_page(folder: Path, driver: str, *scripts: Path) -> None:
    """A page that loads these scripts, and then the driver."""
    every = [*scripts, HERE / "drivers" / f"{driver}.js"]
    for path in every:
        if path.parent != folder:
            shutil.copy(path, folder / path.name)
    tags = "".join(f'<script src="{path.name}"></script>' for path in every)
    (folder / "index.html").write_text(PAGE.format(scripts=tags), encoding="utf-8")


def flat(records: list[Record]) -> list[dict[str, Any]]:
    """The records as libraries want them: a text for each field."""

    def join(record: Record, kind: str) -> str:
        return "\n".join(text for sign, _, text in record["signs"] if sign == kind)

    return [
        {
            "number": number,
            "name": record["id"],
            "title": record["card"]["title"],
            "symptoms": join(record, "symptom"),
            "aliases": join(record, "alias"),
            "phrases": join(record, "phrase"),
            "summary": record["summary"],
            "text": "\n".join(f"{title}\n{text}" for _, title, _, text, _ in record["parts"]),
        }
        for number, record in enumerate(records)
    ]


def write_records(source: Source, folder: Path) -> Path:
    path = folder / "records.json"
    path.write_text(json.dumps(flat(source.records), ensure_ascii=False), encoding="utf-8")
    return path


def make_material(source: Source, folder: Path, limit: float) -> float:
    """Its plugin makes the index while MkDocs builds; only the plugin's time counts."""
    if not source.markdown.is_dir():
        command = [sys.executable, "-m", "generator", "build", "--root", str(source.base), "--format", "markdown"]
        run([*command, "--to", str(source.markdown)], limit)
    told = run([sys.executable, str(HERE / "material_index.py"), str(source.markdown), str(folder)], limit)
    (worker,) = (Path(material_package()) / "templates/assets/javascripts/workers").glob("search.*.min.js")
    shutil.copy(worker, folder / "worker.js")
    write_page(folder, "material")
    return float(told.split()[-1])


def material_package() -> str:
    import material

    return str(Path(material.__file__).parent)


def make_pagefind(source: Source, folder: Path, limit: float) -> float:
    write_page(folder, "pagefind")
    pages = f"{{{','.join(source.folders)}}}/*/index.html"
    paths = ["--site", str(source.site), "--output-path", str(folder / "pagefind")]
    chosen = ["--root-selector", "article", "--glob", pages, "--silent"]
    return seconds_of([str(MODULES / ".bin/pagefind"), *paths, *chosen], limit)


def make_minisearch(source: Source, folder: Path, limit: float, words: Path | None = None) -> float:
    library = MODULES / "minisearch/dist/umd/index.js"
    command = ["node", "--max-old-space-size=8000", str(HERE / "drivers/make_minisearch.cjs")]
    command += [
        str(MODULES / "minisearch/dist/cjs/index.cjs"),
        str(write_records(source, folder)),
        str(folder / "index.json"),
        *([str(words)] if words else []),
    ]
    took = seconds_of(command, limit)
    if words:
        (folder / "playbook.js").write_text("const playbook = {};\n", encoding="utf-8")
    shutil.copy(library, folder / "minisearch-library.js")
    ours = [folder / "playbook.js", words] if words else []
    write_page(folder, "minisearch", *ours, folder / "minisearch-library.js")
    return took


def make_minisearch_with_words(source: Source, folder: Path, limit: float) -> float:
    return make_minisearch(source, folder, limit, WORDS)


def make_flexsearch(source: Source, folder: Path, limit: float) -> float:
    """The page makes the index, so that there is nothing to do before."""
    del limit
    write_records(source, folder)
    for name, path in {"library": "flexsearch.bundle.min.js", "english": "lang/en.min.js"}.items():
        shutil.copy(MODULES / "flexsearch/dist" / path, folder / f"flexsearch-{name}.js")
    write_page(folder, "flexsearch", folder / "flexsearch-library.js", folder / "flexsearch-english.js")
    return 0.0


# Pagefind compiles WebAssembly, which our own policy forbids.
OTHERS = [
    Engine("Material", make_material),
    Engine("Pagefind", make_pagefind, f"{ALLOWED}; script-src 'self' 'wasm-unsafe-eval'"),
    Engine("MiniSearch", make_minisearch),
    Engine("MiniSearch, our words", make_minisearch_with_words),
    Engine("FlexSearch", make_flexsearch),
]
