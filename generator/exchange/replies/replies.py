"""Turns replies into our macros: texts and actions come from the source, everything else from people."""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from collections.abc import Mapping
from typing import Any, NamedTuple

from generator.documents.text.hidden import visible
from generator.exchange import UnfitInput, Unmapped
from generator.exchange.ids import ids
from generator.exchange.legible import legible, one_line
from generator.exchange.markdown import sections as markdown
from generator.exchange.replies.blanks import Blanks
from generator.exchange.yaml_file import DocumentData

FIRST, BEFORE = "1.0", "0.1"
MARKDOWN = (".md", ".markdown")
ENDING = re.compile(r"\.(?:txt|text|md)$", re.IGNORECASE)
WHAT = {
    "blank": "a blank, now a variable",
    "placeholder": "a placeholder that the vocabulary does not map, now a variable",
    "logic": "template syntax, now a variable with itself as the fallback",
}
OURS = ("id", "title", "version", "locale", "variables", "text", "translations", "actions", "history")


class Reply(NamedTuple):
    """A reply from a source: its texts by locale, the original first.

    `exact` holds templates that are known exactly; `carried` is what our export added about the macro; `actions` is
    None if the source says nothing about actions.
    """

    origin: str
    id: str
    title: str
    summary: str
    texts: dict[str, str]
    actions: list[dict[str, str]] | None = None
    outdated: frozenset[str] = frozenset()
    exact: Mapping[str, str] = {}
    carried: Mapping[str, Any] | None = None


def from_files(files: Mapping[str, str], name: str, locale: str) -> tuple[list[Reply], list[Unmapped]]:
    """A reply for each file that contains text, and what was left out. Raises UnfitInput."""
    notes = [
        Unmapped(f"{what}, left out", path, line)
        for path, text in files.items()
        if path.lower().endswith(MARKDOWN)
        for what, line in markdown.unseen_in_markdown(text)
    ]
    texts = {path: words for path, text in files.items() if (words := tidy(_strip_hidden(path, text)))}
    if not texts:
        raise UnfitInput(f"no file in {name} contains any text")
    names = ids(list(texts), name)
    titles = {path: one_line(ENDING.sub("", posixpath.basename(path))) or names[path] for path in texts}
    counts = Counter(titles.values())
    for path, title in titles.items():
        if counts[title] > 1:
            titles[path] = f"{posixpath.basename(posixpath.dirname(path)) or name}: {title}"
    replies = [
        Reply(path, names[path], titles[path], f"Imported from {path}.", {locale: text}) for path, text in texts.items()
    ]
    notes += [Unmapped("a file without text, left out", path, path) for path in files if path not in texts]
    return replies, notes


def _strip_hidden(path: str, text: str) -> str:
    return visible(legible(text)) if path.lower().endswith(MARKDOWN) else text


def tidy(text: str) -> str:
    """The text without spaces at the ends of its lines, and without empty lines around it."""
    lines = "\n".join(row.rstrip() for row in legible(text).split("\n")).strip("\n")
    return f"{lines}\n" if lines else ""


def to_macro(
    reply: Reply, placeholders: Mapping[str, str], old: DocumentData, header: DocumentData, today: str
) -> tuple[DocumentData, list[Unmapped]]:
    """The macro of a reply, and what in its texts had to change; what people wrote into the old one is kept."""
    known = {**(reply.carried or {}), **old}
    declared = {**(reply.carried or {}).get("variables", {}), **old.get("variables", {})}
    blanks = Blanks(placeholders, declared, strict=reply.carried is not None)
    texts = {locale: reply.exact.get(locale) or blanks.template(text) for locale, text in reply.texts.items()}
    locale, text = next(iter(texts.items()))
    new = {"title": reply.title, "locale": locale, "text": text}
    actions = known.get("actions", []) if reply.actions is None else reply.actions
    has_changed = bool(old) and (
        any({"locale": locale, **old}.get(key) != value for key, value in new.items())
        or old.get("actions", []) != actions
        or any(old.get("translations", {}).get(one, {}).get("text") != texts[one] for one in list(texts)[1:])
    )
    version = _increment_version(old["version"]) if has_changed else known.get("version", FIRST)
    history = [{"version": version, "on": today, "note": _describe_import(old)}] if has_changed or not known else []
    defaults = {"status": "draft", **header, "summary": reply.summary}
    variables = _merge_variables(declared, blanks.variables, old, texts)
    translations = known.get("translations", {})
    made = {
        "id": reply.id,
        "title": reply.title,
        "version": version,
        **defaults,
        **{key: value for key, value in known.items() if key not in OURS},
        "locale": locale,
        "variables": variables,
        "text": text,
        "translations": _merge_translations(reply, texts, translations, version, variables, blanks.variables),
        "actions": actions,
        "history": history + known.get("history", []),
    }
    notes = [Unmapped(WHAT[what], reply.origin, token) for what, token in blanks.found]
    return {key: value for key, value in made.items() if value not in ({}, [])}, notes


def _merge_variables(
    declared: DocumentData, found: DocumentData, old: DocumentData, texts: Mapping[str, str]
) -> DocumentData:
    """The declared variables and those found now, without the ones that only the earlier texts used."""
    earlier = [old.get("text", ""), *(translation["text"] for translation in old.get("translations", {}).values())]
    gone = [name for name in declared if _is_used(earlier, name) and not _is_used(texts.values(), name)]
    new = {name: variable for name, variable in found.items() if name not in declared}
    return {name: variable for name, variable in {**declared, **new}.items() if name not in gone}


def _is_used(texts: Any, name: str) -> bool:
    return any(f"{{{{ {name} }}}}" in text for text in texts)


def _merge_translations(
    reply: Reply,
    texts: Mapping[str, str],
    known: DocumentData,
    version: str,
    declared: DocumentData,
    found: DocumentData,
) -> DocumentData:
    """The source's translations, and people's into other languages; an outdated one keeps the version it translates."""
    base = next(iter(texts))
    made = {locale: one for locale, one in known.items() if locale != base and locale not in texts and "text" in one}
    for locale in list(texts)[1:]:
        older = known.get(locale, {}).get("of", BEFORE)
        words = _merge_translated_variables(texts[locale], known.get(locale, {}).get("variables", {}), declared, found)
        of = {"of": older if locale in reply.outdated else version}
        made[locale] = {**of, **({"variables": words} if words else {}), "text": texts[locale]}
    return made


def _merge_translated_variables(
    text: str, known: DocumentData, declared: DocumentData, found: DocumentData
) -> DocumentData:
    """A translation's own variables: the known ones, and new fallbacks that are template syntax."""
    new = {
        name: {"fallback": one["fallback"]}
        for name, one in found.items()
        if "fallback" in one and "fallback" in declared.get(name, {}) and _is_used([text], name)
    }
    return {name: one for name, one in {**new, **known}.items() if name in declared}


def _increment_version(version: str) -> str:
    first, second, *_ = version.split(".")
    return f"{first}.{int(second) + 1}"


def _describe_import(old: DocumentData) -> str:
    return "The source has changed." if old else "Imported."
