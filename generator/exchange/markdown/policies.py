"""In goes a folder of Markdown policies with their earlier states, out come our policies and what could not be mapped.

A link to a part of another policy becomes a reference to the whole of it: with a part goes a version, and policies that
cite each other's versions would make each other stale at every import.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Sequence
from typing import Any

import yaml

from generator.documents.text import prose
from generator.documents.text.hidden import hidden, visible
from generator.exchange import Unfit, Unmapped
from generator.exchange.ids import ids
from generator.exchange.legible import clean
from generator.exchange.markdown import sections as markdown
from generator.exchange.markdown.addresses import Addresses
from generator.exchange.markdown.links import rewrite
from generator.exchange.markdown.record import Entry, State, annotated, continued, forgotten, record, revised, state
from generator.files.signs import CONTROL

MAPPED = {"title", "redirect_from", "intro", "summary", "description"}
SUMMARIES = ("summary", "description", "intro")
OURS = ("id", "title", "version", "effective", "sections", "history")
HTML = re.compile(r"<(?:/?[A-Za-z][\w-]*(?:\s[^<>]*)?/?>|!--)")
LIQUID = re.compile(r"\{%[^%]*%\}")
Past = Sequence[tuple[str, str | None]]


class Policies:
    """The policies in a folder; `ids` names the one of each file that has a text. Raises Unfit."""

    def __init__(self, files: dict[str, str], name: str) -> None:
        self.unmapped: list[Unmapped] = []
        self._files = {path: markdown.split(text) for path, text in files.items()}
        self._front = {path: _front(path, file.front) for path, file in self._files.items()}
        self.ids = ids([path for path, file in self._files.items() if file.sections], name)
        if not self.ids:
            raise Unfit(f"no file in {name} has a text")
        self._addresses = Addresses({path: _listed(self._front[path].get("redirect_from")) for path in self.ids}, name)
        for path, text in files.items():
            if path not in self.ids:
                self._note("a file without a text, left out", path, path)
            for what, line in markdown.unseen(text):
                self._note(f"{what}, left out", path, line)
            for key in ("title", *SUMMARIES):
                for one in hidden(_line(self._front[path].get(key))):
                    self._note(f"{one.what}, left out", path, f"the front matter `{key}`")
            if signs := CONTROL.findall(text):
                self._note("a control character, now a space", path, f"U+{ord(signs[0]):04X}")

    def policy(
        self, path: str, past: Past, earlier: dict[str, Any], today: str, defaults: dict[str, str]
    ) -> dict[str, Any]:
        """The policy of one file: its texts by day, oldest first, make its history; what people added earlier stays."""
        file, texts = self._files[path], self._texts(path)
        history = self._history(path, past, texts, earlier, today)
        kept = {key: value for key, value in earlier.items() if key not in OURS}
        return {
            "id": self.ids[path],
            "title": self._title(path),
            "version": history[0]["version"],
            "effective": history[0]["effective"],
            **({"status": "active", **defaults, "summary": f"Imported from {path}."} | kept | self._summary(path)),
            "sections": _sections(file, texts, history, earlier),
            "history": history,
        }

    def _history(
        self, path: str, past: Past, texts: dict[str, str], earlier: dict[str, Any], today: str
    ) -> list[Entry]:
        name, old = self.ids[path], earlier.get("history", [])
        if not past:
            self._note("a file of which git knows no history, dated by its import", path, path)
            before = state({section["id"]: section["text"] for section in earlier.get("sections", [])})
            return continued(name, old, before, (today, state(texts)), texts)
        states = [(day, _state(markdown.split(text) if text else None)) for day, text in past]
        if states[-1][1] != _state(self._files[path]):
            raise Unfit(f"{path} has changes that are not committed: commit them first, so that they have a day")
        history = record(name, states, texts)
        for version in forgotten(history, old):
            self._note("a version of an earlier import that git no longer knows, left out", path, version)
        return annotated(history, old)

    def _title(self, path: str) -> str:
        file, stem = self._files[path], posixpath.splitext(posixpath.basename(path))[0]
        named = visible(_line(self._front[path].get("title"))).strip()
        return named or file.heading or stem.replace("-", " ").capitalize()

    def _summary(self, path: str) -> dict[str, str]:
        front = self._front[path]
        for key in sorted(front.keys() - MAPPED):
            self._note(f"the front matter `{key}`, left out", path, f"{key}: {front[key]}")
        found = [visible(_line(front.get(key))).strip() for key in SUMMARIES]
        return {"summary": self._prose(path, words)} if (words := " ".join(filter(None, found))) else {}

    def _texts(self, path: str) -> dict[str, str]:
        file, title = self._files[path], self._title(path)
        for address in (address for section in file.sections.values() for address in section.links):
            self._note("a link in the heading of a section, now its words", path, address)
        texts = {name: section.text for name, section in file.sections.items()}
        if file.heading and file.heading.casefold() != title.casefold():
            first = next(iter(texts))
            texts[first] = f"**{file.heading}**\n\n{texts[first]}"
        return {name: self._prose(path, text) + "\n" for name, text in texts.items()}

    def _prose(self, path: str, text: str) -> str:
        for pattern, what in ((HTML, "HTML, shown as text"), (LIQUID, "a Liquid tag, shown as it stands")):
            for found in pattern.findall(text):
                self._note(what, path, found)
        return rewrite(text, lambda a: self._stands(path, a), lambda words, a: self._link(path, words, a))

    def _stands(self, path: str, address: str) -> bool:
        """Whether a link can stay as it is."""
        is_part = address.startswith("#") and address[1:] in self._files[path].sections
        return is_part or (prose.scheme(address) != "" and prose.is_safe(address))

    def _link(self, path: str, words: str | None, address: str) -> str:
        """What to write for a link that cannot stay."""
        if words is None:
            self._note("a link that is not written out in one place, shown as text", path, address)
            return ""
        found = None if prose.scheme(address) else self._addresses.find(path, address)
        if found is None:
            self._note("a link that leads out of the folder, its address now in the text", path, address)
            return _shown(words, address)
        to, anchor = found
        if to != path:
            if anchor:
                self._note("a link to a part of another policy, now to the whole of it", path, address)
            return _reference(self.ids[to], words)
        return self._inside(path, words, anchor) if anchor else words

    def _inside(self, path: str, words: str, anchor: str) -> str:
        sections = self._files[path].sections
        name = next((n for n, s in sections.items() if markdown.anchor(anchor) in s.anchors), None)
        if name is None:
            self._note("a link to a heading that the file does not have, now text", path, f"#{anchor}")
            return _shown(words, f"#{anchor}")
        return f"[{words or sections[name].title}](#{name})"

    def _note(self, what: str, path: str, detail: str) -> None:
        self.unmapped.append(Unmapped(what, path, detail))


def _front(path: str, text: str) -> dict[str, Any]:
    try:
        front = yaml.load(text, yaml.BaseLoader)
    except (yaml.YAMLError, RecursionError):
        raise Unfit(f"the front matter of {path} is not valid YAML") from None
    if front and not isinstance(front, dict):
        raise Unfit(f"the front matter of {path} is not a mapping of keys to values")
    return front or {}


def _sections(
    file: markdown.Markdown, texts: dict[str, str], history: list[Entry], earlier: dict[str, Any]
) -> list[dict[str, Any]]:
    """The sections; what people have added to one of them stays."""
    old = {section["id"]: section for section in earlier.get("sections", [])}
    first = 0 if markdown.OPENING in texts and len(texts) > 1 else 1
    return [
        {
            "id": name,
            "number": section.number or str(place),
            "title": section.title,
            "revised": revised(history, name),
            **{key: value for key, value in old.get(name, {}).items() if key in ("audience", "internal_note")},
            "text": texts[name],
        }
        for place, (name, section) in enumerate(file.sections.items(), first)
    ]


def _state(file: markdown.Markdown | None) -> State:
    return state({name: section.text for name, section in file.sections.items()} if file else {})


def _shown(words: str, address: str) -> str:
    """A link that cannot be one, as text; the address in code, so that nothing in it is read as Markdown."""
    return f"{words} (`{address.replace('`', '%60')}`)".lstrip()


def _reference(name: str, words: str) -> str:
    label = markdown.plain(words)
    if any(sign in label for sign in "[]|"):
        return f"{words} ([[{name}]])"
    return f"[[{name}|{label}]]" if label else f"[[{name}]]"


def _listed(value: Any) -> list[str]:
    return [value] if isinstance(value, str) else [one for one in value or [] if isinstance(one, str)]


def _line(value: Any) -> str:
    return " ".join(clean(value).split()) if isinstance(value, str) else ""
