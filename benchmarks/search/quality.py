"""How often our search shows the right document first, and among the first three.

`python benchmarks/search/quality.py` takes some seconds. It tells queries that were tuned on from those that are only
reported, and then what documents say of themselves. `--wrong` lists the queries that fail, of those to tune on.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from queries import Answer, Query, Verdict, by_kind, documents, judge, parted, read_queries, share

from generator import pipeline
from generator.files.tree import Folder
from generator.library.library import Library
from generator.publishing.search.index import open_search

ROOT = Path(__file__).resolve().parents[2]
LIMIT = 10


def load(root: Path, today: date) -> Library:
    return pipeline.run(Folder(root), today).library.for_audience("internal")


def ask(library: Library, texts: Sequence[str]) -> list[Answer]:
    """What the search answers to each text while it is being typed."""
    return [read(raw) for raw in open_search(library).ask(texts, limit=LIMIT, isTyping=True)]


def read(raw: dict[str, Any]) -> Answer:
    shown = tuple(hit["id"] + (f"#{hit['part']}" if hit["part"] else "") for hit in raw["hits"])
    return Answer(shown, raw["isSure"], frozenset(hit["id"] for hit in raw["hits"] if hit["danger"]))


def own_words(library: Library) -> Iterator[Query]:
    """The texts by which documents in use name themselves; each names its own document."""
    for document in library.documents:
        body = document.body
        if body.status == "retired":
            continue
        yield Query(document.id, "id", (document.id,))
        phrases = [text for texts in body.phrases.values() for text in texts]
        named = {"symptom": body.symptoms, "alias": body.aliases, "former id": body.formerly, "phrase": phrases}
        yield from (Query(text, kind, (document.id,)) for kind, texts in named.items() for text in texts)


def without_dangers(answer: Answer) -> Answer:
    """What is shown below the dangers: a symptom may well be one, and its document comes after it."""
    return Answer(tuple(one for one in answer.shown if one.partition("#")[0] not in answer.dangers), answer.is_sure)


def print_queries(queries: Sequence[Query], answers: Sequence[Answer]) -> None:
    (tuned, apart) = (by_kind(*part) for part in parted(queries, answers))
    print(f"{'queries: success at 1 and at 3':<32} {'tuned on':>16} {'only reported':>18}")
    for kind in dict.fromkeys([*(query.kind for query in queries), "all", "(section)"]):
        sides = (f"{len(side.get(kind, [])):5d}  {share(side.get(kind, []))}" for side in (tuned, apart))
        print(f"  {kind:<28} {'   '.join(sides)}")


def print_own_words(library: Library) -> None:
    queries = list(own_words(library))
    answers = ask(library, [query.text for query in queries])
    print("what documents say of themselves, dangers apart")
    for kind in dict.fromkeys(query.kind for query in queries):
        verdicts: list[Verdict] = []
        for query, answer in zip(queries, answers, strict=True):
            if query.kind == kind:
                # A danger that is the document itself is shown, and well.
                is_danger = query.best[0] in answer.dangers
                verdicts.append(Verdict(True, True) if is_danger else judge(query, without_dangers(answer)))
        print(f"  {kind:<28} {len(verdicts):5d}  {share(verdicts)}")


def print_wrong(queries: Sequence[Query], answers: Sequence[Answer]) -> None:
    for query, answer in zip(queries, answers, strict=True):
        if not query.is_held_out and not judge(query, answer).first:
            found = ", ".join(documents(answer.shown)[:3]) or "nothing"
            print(f"{query.kind}: {query.text[:80]!r}\n    {found}\n    not {', '.join(query.best) or 'sure of it'}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--wrong", action="store_true", help="list what fails, of the queries that may be tuned on")
    parser.add_argument("--as-of", type=date.fromisoformat, default=date(2026, 11, 23), metavar="DATE")
    options = parser.parse_args()
    library, queries = load(ROOT, options.as_of), read_queries()
    answers = ask(library, [query.text for query in queries])
    print_queries(queries, answers)
    print_own_words(library)
    if options.wrong:
        print_wrong(queries, answers)


if __name__ == "__main__":
    main()
