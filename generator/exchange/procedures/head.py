"""Reads what the head of a procedure says about it: front matter, properties, a table, lines (`Owner: Support`)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, NamedTuple

from generator.documents import VOCABULARY
from generator.documents.days import REVIEW_AFTER, later
from generator.documents.meant import days, version
from generator.documents.text.prose import words_of
from generator.documents.vocabulary import Vocabulary
from generator.exchange.legible import is_filler, one_line
from generator.exchange.procedures.naming import STEPS, field_of, key_of

LINE = re.compile(r"[>*\-\s]*+(?P<name>[^\W\d_](?:[^\W\d]|[ _-]){1,30}?)[* ]*+[:：][*\s]*+(?P<value>[^*\s].*)")
CELL = re.compile(r"(?<!\\)\|")
RULE = re.compile(r"[|\s:-]+")
LABELLED = re.compile(r"\*{0,2}(?P<name>[^\W\d][^\n:*|\[<]{2,40}?)\s?(?:\*\*:|:\*\*|:)(?P<text>\s*\S.*)", re.DOTALL)
MOST_PAIRS = 4  # of cells, for each that is a key of an SOP
LONGEST = 60  # words of a summary
READ = ("owner", "version", "reviewed", "dated", "review_by", "audience", "queue", "severity")
GROUPS = {"owner": "team", "audience": "audience", "queue": "queue", "severity": "severity"}
ENTRY = re.compile(r"\s*[,;]\s*")


class Head(NamedTuple):
    """The keys of an SOP that a source gives, in our words; and the names of those that it has in words of its own."""

    keys: dict[str, Any]
    left: dict[str, str]


def read_values(values: Mapping[str, Any], vocabulary: Vocabulary) -> Head:
    """The keys that some names with values stand for."""
    head = Head({}, {})
    for name, value in values.items():
        key = key_of(name)
        texts = [one_line(one) for one in (value if isinstance(value, list) else [value]) if isinstance(one, str)]
        texts = [one for one in texts if one]
        if not texts:
            continue
        read = _read_value(key, texts, vocabulary) if key else None
        if read and key not in head.keys:
            head.keys[key] = read
        elif not read:
            head.left[name] = ", ".join(texts)
    return head


def take_lines(text: str, vocabulary: Vocabulary) -> tuple[str, dict[str, Any]]:
    """The text without the lines and tables that only say a key and its value, and these keys."""
    kept: list[str] = []
    found: dict[str, Any] = {}
    lines = text.split("\n")
    at = 0
    while at < len(lines):
        if lines[at].startswith("|"):
            until = next((n for n in range(at, len(lines)) if not lines[n].startswith("|")), len(lines))
            rows = [CELL.split(line.strip())[1:-1] for line in lines[at:until] if not RULE.fullmatch(line)]
            pairs = [pair for row in rows for pair in zip(row[::2], row[1::2], strict=False)]
            head = read_values({words_of(name): words_of(value) for name, value in pairs}, vocabulary)
            if all(len(row) % 2 == 0 for row in rows) and head.keys and len(pairs) <= MOST_PAIRS * len(head.keys):
                found = head.keys | found
                kept += list(_keep_rows(pairs, head))[:-1]  # without the empty line below
            else:
                kept += lines[at:until]
            at = until
            continue
        match = LINE.fullmatch(lines[at])
        head = (
            read_values({match["name"]: words_of(match["value"].rstrip("* \\"))}, vocabulary) if match else Head({}, {})
        )
        if head.keys and "title" not in head.keys and "summary" not in head.keys:
            found = head.keys | found
        else:
            kept.append(lines[at])
        at += 1
    return "\n".join(kept).strip("\n"), found


def _keep_rows(pairs: list[tuple[str, str]], head: Head) -> Iterator[str]:
    """What a table says besides the keys of an SOP, a line each."""
    for label, value in pairs:
        name = words_of(label)
        if name in head.left or (key_of(name) not in head.keys and (name or value.strip())):
            yield f"**{name}:** {value.strip()}".rstrip()
            yield ""


def take_labels(text: str) -> tuple[str, list[tuple[str, str]]]:
    """The text without the paragraphs that say which field they are (`Purpose: ...`), and these with their fields."""
    kept: list[str] = []
    fields: list[tuple[str, str]] = []
    for paragraph in text.split("\n\n"):
        match = LABELLED.fullmatch(paragraph)
        field = field_of(match["name"]) if match else ""
        if match and field and field != STEPS:
            fields.append((field, match["text"].strip()))
        else:
            kept.append(paragraph)
    return "\n\n".join(kept).strip("\n"), fields


def complete_days(keys: Mapping[str, Any], today: date) -> dict[str, str]:
    """The days of a review that the source names; nobody has reviewed a document by importing it."""
    if "reviewed" not in keys:
        return {"review_by": keys["review_by"]} if "review_by" in keys else {}
    reviewed = min(keys["reviewed"], today.isoformat())
    by = keys.get("review_by") or later(date.fromisoformat(reviewed), REVIEW_AFTER).isoformat()
    return {"reviewed": reviewed, "review_by": by}


def _read_value(key: str, texts: list[str], vocabulary: Vocabulary) -> Any:
    """The value in our words; None if it has none."""
    text = texts[0]
    if key in ("reviewed", "dated", "review_by"):
        found = days(text)
        return found[0] if len(found) == 1 else None
    if key == "version":
        found = version(text)
        return found[0] if found else None
    if key in ("aliases", "symptoms"):
        return [one for one in (ENTRY.split(text) if len(texts) == 1 else texts) if one]
    if key in ("title", "summary"):
        return None if is_filler(text) else " ".join(texts)
    groups: dict[str, Mapping[str, Any]] = {
        "owner": vocabulary.teams,
        "audience": vocabulary.audiences,
        "queue": vocabulary.queues,
        "severity": vocabulary.severities,
    }
    return next(_find_words(text, groups[key]), None)


def _find_words(text: str, group: Mapping[str, Any]) -> Iterator[str]:
    """The words of a group of the vocabulary that a text names, by word or by name."""
    plain = text.casefold().strip("` ")
    for word, term in group.items():
        if plain in (word.casefold(), word.replace("-", " ").casefold(), str(getattr(term, "name", "")).casefold()):
            yield word


def tell_unread_key(name: str, keys: Mapping[str, Any], end: str) -> str:
    """What became of a value that we have no word for; `keys` are those that the document gets, `end` where it is."""
    key = key_of(name)
    if key in GROUPS:
        taken = f", took `{keys[key]}` instead" if key in keys else ""
        return f"no {GROUPS[key]} of that name in {VOCABULARY}{taken}, {end}"
    if key in ("reviewed", "dated", "review_by"):
        return f"a day that cannot be read, or may be two, {end}: write it by hand, as 2026-12-31"
    return f"a version that cannot be read, took `{keys.get('version', '0.1')}` instead, {end}"


def list_unread_keys(text: str) -> Iterator[str]:
    """The lines that name a key of an SOP with a value that it cannot have, such as a day that may be two."""
    matches = (LINE.fullmatch(line) for line in text.split("\n"))
    yield from (f"{one['name']}: {one['value'].rstrip('* ')}" for one in matches if one and key_of(one["name"]) in READ)


def is_summary(paragraph: str) -> bool:
    """Whether a paragraph can be a summary: words, and not too many."""
    is_words = not re.match(r"[|>#`-]|\d+[.)] |!\[|<|\* |\*\*[^*\n]+:\*\*", paragraph)
    is_key = any(True for _ in list_unread_keys(paragraph))
    return is_words and not is_key and len(paragraph.split()) <= LONGEST and not paragraph.rstrip("*").endswith(":")
