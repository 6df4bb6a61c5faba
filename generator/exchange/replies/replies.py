"""Turns replies into our macros: texts and actions come from the source, everything else from people."""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

from generator.documents.text.hidden import visible
from generator.exchange import UnfitInput, Unmapped
from generator.exchange.ids import ids
from generator.exchange.legible import legible, one_line, short_hash, slug
from generator.exchange.markdown import sections as markdown
from generator.exchange.replies import rich_text
from generator.exchange.replies.blanks import Blanks
from generator.exchange.yaml_file import DocumentData

FIRST, BEFORE = "1.0", "0.1"
MARKDOWN = (".md", ".markdown")
HTML = (".html", ".htm")
ENDING = re.compile(r"\.(?:txt|text|md|markdown|html?)$", re.IGNORECASE)
WHAT = {
    "blank": "a blank, now a variable",
    "placeholder": "a placeholder that the vocabulary does not map, now a variable",
    "logic": "template syntax, now a variable with itself as the fallback",
}
OURS = ("id", "title", "version", "locale", "variables", "text", "html", "translations", "actions", "history")


class Reply(NamedTuple):
    """A reply from a source: its texts by locale, the original first.

    `exact` holds templates that are known exactly; `carried` is what our export added about the macro; `actions` is
    None if the source says nothing about actions; `html` is the rich text of the first. If `is_system`, the source
    reads template syntax itself.
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
    html: str = ""
    is_system: bool = False


def from_files(
    files: Mapping[str, str], name: str, locale: str, known: Mapping[str, str] = MappingProxyType({})
) -> tuple[list[Reply], list[Unmapped]]:
    """A reply for each file that contains text, and what was left out. Raises UnfitInput.

    `known` has the id of the document that an earlier import made of each file.
    """
    notes = [
        Unmapped(f"{what}, left out", path, line)
        for path, text in files.items()
        if path.lower().endswith(MARKDOWN)
        for what, line in markdown.unseen_in_markdown(text)
    ]
    texts = {path: words for path, text in files.items() if (words := read_reply(path, text))}
    if not texts:
        raise UnfitInput(f"no file in {name} contains any text")
    names = _choose_ids(list(texts), name, known)
    titles = _choose_titles(texts, names, name)
    replies = [
        Reply(path, names[path], titles[path], f"Imported from {path}.", {locale: text}) for path, text in texts.items()
    ]
    notes += [Unmapped("a file without text, left out", path, path) for path in files if path not in texts]
    notes += [
        Unmapped("bold words, links, lists or pictures, now words", path, element)
        for path in texts
        if path.lower().endswith(HTML) and (element := rich_text.first_rich(files[path]))
    ]
    return replies, notes


def _choose_titles(paths: Iterable[str], names: Mapping[str, str], name: str) -> dict[str, str]:
    """The name of each file, after its folder's if another file has the same."""
    titles = {path: one_line(ENDING.sub("", posixpath.basename(path))) or names[path] for path in paths}
    counts = Counter(titles.values())
    for path, title in titles.items():
        if counts[title] > 1:
            titles[path] = f"{posixpath.basename(posixpath.dirname(path)) or name}: {title}"
    return titles


def _choose_ids(paths: list[str], name: str, known: Mapping[str, str]) -> dict[str, str]:
    """An id for each file: the one that it had, or its name; with a sign of its path if another file has that."""
    made = ids(paths, name)
    taken = {known[path] for path in paths if path in known}
    return {
        path: known.get(path) or (slug(one, short_hash(path)) if one in taken else one) for path, one in made.items()
    }


def read_reply(path: str, text: str) -> str:
    """The reply in a file: the text without what its format hides."""
    if path.lower().endswith(HTML):
        return tidy(rich_text.text_of_html(text))
    return tidy(visible(legible(text)) if path.lower().endswith(MARKDOWN) else text)


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
    blanks = Blanks(placeholders, declared, strict=reply.carried is not None, is_system=reply.is_system)
    texts = {locale: reply.exact.get(locale) or blanks.template(text) for locale, text in reply.texts.items()}
    locale, text = next(iter(texts.items()))
    new = {"title": reply.title, "locale": locale, "text": text, "html": reply.html}
    actions = known.get("actions", []) if reply.actions is None else reply.actions
    has_changed = bool(old) and (
        any({"locale": locale, "html": "", **old}.get(key) != value for key, value in new.items())
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
        "html": reply.html,
        "translations": _merge_translations(reply, texts, translations, version, variables, blanks.variables),
        "actions": actions,
        "history": history + known.get("history", []),
    }
    notes = [Unmapped(WHAT[what], reply.origin, token) for what, token in blanks.found]
    return {key: value for key, value in made.items() if value not in ({}, [], "")}, notes


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
