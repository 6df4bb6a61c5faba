"""Turns procedures in Markdown, as files or out of Word, into SOPs, and notes what had no place."""

from __future__ import annotations

import posixpath
from collections import Counter, defaultdict
from collections.abc import Mapping
from datetime import date
from functools import partial
from typing import Any, NamedTuple
from urllib.parse import unquote

from generator.documents.text import prose
from generator.documents.text.hidden import hidden, visible
from generator.documents.types.sop import KIND
from generator.documents.vocabulary import Vocabulary
from generator.exchange import UnfitInput, Unmapped
from generator.exchange.ids import bare_name, ids, name_of
from generator.exchange.legible import clean_text, title_from
from generator.exchange.markdown.addresses import Addresses
from generator.exchange.markdown.enclosures import Enclosures
from generator.exchange.markdown.following import NOTHING_MADE, Followed
from generator.exchange.markdown.foreign_prose import is_on_web, list_unread, unload_picture
from generator.exchange.markdown.front_matter import parse_front_matter
from generator.exchange.markdown.links import WrittenLink, rewrite, show_as_text, write_reference
from generator.exchange.markdown.sections import anchor, unseen_in_markdown
from generator.exchange.procedures.draft import AFTER_NOTE, Draft, draft_procedure, join_draft
from generator.exchange.procedures.head import READ, complete_days, read_values, tell_unread_key
from generator.exchange.procedures.naming import key_of
from generator.exchange.procedures.outline import ProcedureOutline, add_asides, drop_targets, read_outline
from generator.files.signs import CONTROL
from generator.library.timeline import order
from generator.wording import count

OUR_SUMMARY = "Imported from {}."
OUR_TRIGGER = "When this applies."  # as in the scaffold
PRIVATE = ("creator", "lastModifiedBy", "revision", "created", "modified", "lastPrinted", "contentStatus", "language")
WORD = (".docx", ".docm")


class SourceText(NamedTuple):
    """A procedure as Markdown; of a Word file the paragraph of each line, and its properties."""

    text: str
    paragraphs: list[int] | None = None
    properties: Mapping[str, str] = {}


class Procedures:
    """The procedures in a folder, by path; `ids` and `places` are those of the SOPs made of them. Raises UnfitInput.

    Files that were imported before keep the place that `followed` has for their path.
    """

    def __init__(
        self,
        files: Mapping[str, SourceText],
        name: str,
        vocabulary: Vocabulary,
        today: date,
        followed: Followed = NOTHING_MADE,
        enclosures: Enclosures | None = None,
    ) -> None:
        self._today = today
        self._enclosures = enclosures or Enclosures()
        self._files = files
        self.unmapped: list[Unmapped] = []
        self._left: dict[str, dict[str, str]] = {}
        self._found: dict[tuple[str, str], int] = defaultdict(int)
        outlines = {path: read_outline(one.text) for path, one in files.items()}
        self._outlines = {path: one for path, one in outlines.items() if one.blocks}
        self._vocabulary = vocabulary
        self._drafts = {path: self._make_draft(path, outline) for path, outline in self._outlines.items()}
        known = {path: one.id for path, one in followed.policies.items() if path in self._outlines}
        self.ids = ids(list(self._outlines), name, known, {path: one.title for path, one in self._drafts.items()})
        self._enclosures.shelves.update(self.ids)
        if not self.ids:
            what = f"{next(iter(files))} has no text" if len(files) == 1 else f"no file in {name} has any text"
            raise UnfitInput(what)
        made = {path: one.place for path, one in followed.policies.items()}
        self.places = {path: made.get(path, f"{KIND.folder}/{one}.yaml") for path, one in self.ids.items()}
        left = {one.origin.path: one.id for one in followed.left if one.origin.path not in self._outlines}
        self._targets = left | self.ids
        self._addresses = Addresses({path: [] for path in self._outlines}, name, {path: path for path in left})
        bases = {path: posixpath.basename(path).casefold() for path in (*self._outlines, *left)}
        names = Counter(bases.values())
        self._by_name = {base: path for path, base in bases.items() if names[base] == 1}
        for path in files:
            if path not in self._outlines:
                self._note("a file without text, left out", path, path)

    def procedure(self, path: str, defaults: Mapping[str, str]) -> dict[str, Any]:
        """The SOP from one file, as a draft."""
        draft, outline, today = self._drafts[path], self._outlines[path], self._today
        for what, detail in draft.notes:
            self._note_at(what, path, detail)
        if draft.asides:
            many = len(draft.asides) > 1
            became = "became steps: move what is none" if many else "became a step: move it if it is none"
            self._note(f"{count(len(draft.asides), 'heading')} {AFTER_NOTE} {became}", path, ", ".join(draft.asides))
        self._note_unread(path, {"owner": defaults["owner"], "audience": defaults["audience"], **draft.keys})
        for address in outline.links:
            self._note("a link in a heading, now plain words", path, address)
        self._note_unseen(path)
        convert = partial(self._convert, path)
        keys = draft.keys
        fields = {key: _convert_value(value, convert) for key, value in draft.fields.items()}
        if "trigger" not in fields:
            self._note("no words that say when it applies, `trigger` has those of `playbook new`", path, "trigger")
        if "summary" not in fields:
            self._note("no words that say what it is for, `summary` has the name of the file", path, "summary")
        version = max([keys.get("version", "0.1"), *(one["version"] for one in draft.log)], key=order)
        body: dict[str, Any] = {
            "id": self.ids[path],
            "title": draft.title,
            "version": version,
            "status": "draft",
            "owner": keys.get("owner", defaults["owner"]),
            "audience": keys.get("audience", defaults["audience"]),
            **{key: keys[key] for key in ("queue", "severity") if key in keys},
            "summary": fields.pop("summary", OUR_SUMMARY.format(path)),
            **complete_days(keys, today),
            **{key: fields.pop(key) for key in ("symptoms", "aliases") if key in fields},
            "trigger": fields.pop("trigger", OUR_TRIGGER),
            **{key: fields.pop(key) for key in ("not_when", "prerequisites") if key in fields},
            **self._make_escalation(path, fields.pop("escalation", []), keys.get("owner", defaults["owner"])),
            "steps": [
                {"id": step.id, "title": step.title, "text": _end_line(convert(step.text))} for step in draft.steps
            ],
        }
        dated = f", where it is of {keys['dated']}" if "dated" in keys else ""
        note = {"version": version, "on": today.isoformat(), "note": f"Imported from {path}{dated}."}
        return (
            body
            | {key: fields[key] for key in ("otherwise", "never") if key in fields}
            | {"history": [note, *draft.log]}
        )

    def locate(self, one: Unmapped) -> Unmapped:
        """The note with the line, or the paragraph, in which what it names is."""
        place = self._place(one.path, one.detail)
        return one._replace(detail=f"{place}: {one.detail}") if place else one

    def _make_draft(self, path: str, outline: ProcedureOutline) -> Draft:
        file = self._files[path]
        values = parse_front_matter(path, outline.front) if outline.front else {}
        values |= {key: value for key, value in file.properties.items() if key not in PRIVATE and key not in values}
        for key in [key for key, value in values.items() if isinstance(value, str) and hidden(value)]:
            for comment in hidden(values[key]):
                self._note(f"{comment.what}, left out", path, f"the front matter `{key}`")
            values[key] = visible(values[key]).strip()
        head = read_values(values, self._vocabulary)
        is_word = file.paragraphs is not None
        self._left[path] = head.left
        private = [key for key in PRIVATE if file.properties.get(key)]
        if private:
            self._note("properties of the file that name people and days, left out", path, ", ".join(private))
        title = head.keys.get("title", "")
        if is_word:  # what Word puts there is often the name of a template
            title = outline.title or title
            if "summary" in head.keys:
                head.keys["fallback"] = head.keys.pop("summary")
        return draft_procedure(
            outline,
            title or outline.title or title_from(bare_name(name_of(path))),
            head.keys,
            self._vocabulary,
            self._today,
        )

    def _make_escalation(self, path: str, when: list[str], owner: str) -> dict[str, Any]:
        """Who takes over, and when: the team that the text names, or else the owner, as in a new document."""
        if not when:
            return {}
        text = " ".join(when).casefold()
        teams = [team for team, term in self._vocabulary.teams.items() if term.name.casefold() in text]
        if len(teams) != 1:
            self._note("an escalation that names no team of the vocabulary, now to the owner", path, owner)
        return {"escalation": {"to": teams[0] if len(teams) == 1 else owner, "when": when}}

    def _note_unread(self, path: str, keys: Mapping[str, Any]) -> None:
        """Notes what the source says of itself and we have no word for; `keys` are those that the SOP has."""
        source = "property" if self._files[path].paragraphs is not None else "front matter"
        for name, value in self._left[path].items():
            is_key = key_of(name) in READ
            told = tell_unread_key(name, keys, "left out") if is_key else f"the {source} `{name}`, left out"
            self._note(told, path, f"{name}: {value}")
        for line in self._drafts[path].unread:
            self._note_at(tell_unread_key(line.partition(":")[0], keys, "now in the text"), path, line)

    def _note_unseen(self, path: str) -> None:
        text = self._files[path].text
        for what, line in unseen_in_markdown(text):
            self._note(f"{what}, left out", path, line)
        if signs := CONTROL.findall(text):
            self._note("a control character, now a space", path, f"U+{ord(signs[0]):04X}")

    def _convert(self, path: str, text: str) -> str:
        for what, detail in list_unread(text.replace('<a id="', "").replace("</a>", "")):
            self._note_at(what, path, detail)
        text = add_asides(text, self._outlines[path].asides)
        text = rewrite(text, self._can_stay, lambda link: self._replace_link(path, link))
        return drop_targets(text).strip("\n").rstrip()

    def _can_stay(self, link: WrittenLink) -> bool:
        address = link.address
        is_ours = self._find_by_name(address) is not None
        return prose.scheme(address) != "" and prose.is_safe(address) and not link.is_picture and not is_ours

    def _replace_link(self, path: str, link: WrittenLink) -> str | WrittenLink:
        """What to write in place of a link that cannot stay."""
        words, address = link.words, link.address
        if is_on_web(link):
            made, what, detail = unload_picture(link)
            self._note_at(what, path, detail)
            return made
        target = None if prose.scheme(address) else self._addresses.find(path, address)
        if target is None and (named := self._find_by_name(address)):
            target = named, unquote(address.partition("#")[2])
            self._note_at("a link to a file of the same name elsewhere, now to the imported one", path, address)
        if target is None:
            if not prose.scheme(address) and address.partition("#")[0].lower().endswith(WORD):
                self._note_at(
                    "a link to a Word file: if it is a procedure, import it, then this one again", path, address
                )
            return self._enclosures.point(link, [path], [], self.places[path]) or show_as_text(words, address)
        to, part = target
        step = self._find_step(to, part) if part else ""
        if part and not step:
            self._note_at("a link to a place that no step is made of, now to the whole", path, address)
        if step or to != path:
            return write_reference(f"{self._targets[to]}#{step}" if step else self._targets[to], words)
        return words

    def _find_step(self, path: str, part: str) -> str:
        draft = self._drafts.get(path)
        return draft.anchors.get(anchor(part), "") if draft else ""

    def _find_by_name(self, address: str) -> str | None:
        """The imported file that an address on a disk or server most likely means: the only one of its name."""
        if prose.scheme(address) not in ("file:", "https:", "http:"):
            return None
        name = posixpath.basename(unquote(address.partition("#")[0].partition("?")[0]).replace("\\", "/")).casefold()
        return self._by_name.get(name) if name.endswith(WORD) else None

    def _place(self, path: str, found: str) -> str:
        """The line or paragraph of the next place where a text has some words; empty if it has them nowhere."""
        file = self._files.get(path)
        if file is None or not found or found == path:
            return ""
        text = clean_text(file.text) if file.paragraphs is None else file.text
        after = self._found[path, found]
        at = next((at for words in (f"# {found}", found) if (at := text.find(words, after)) >= 0), -1)
        if at < 0:
            return ""
        self._found[path, found] = at + len(found)
        line = text.count("\n", 0, at)
        if file.paragraphs is None:
            return f"line {line + 1}"
        return f"paragraph {file.paragraphs[min(line, len(file.paragraphs) - 1)]}"

    def _note_at(self, what: str, path: str, detail: str) -> None:
        self.unmapped.append(self.locate(Unmapped(what, path, detail)))

    def _note(self, what: str, path: str, detail: str) -> None:
        self.unmapped.append(Unmapped(what, path, detail))


def words_of_source(path: str, file: SourceText, vocabulary: Vocabulary) -> str:
    """The words of a file, by which it is known again under another name."""
    outline = read_outline(file.text)
    if not outline.blocks:
        return ""
    return join_draft(draft_procedure(outline, outline.title or title_from(bare_name(name_of(path))), {}, vocabulary))


def _convert_value(value: Any, convert: Any) -> Any:
    return [convert(one) for one in value] if isinstance(value, list) else convert(value)


def _end_line(text: str) -> str:
    return f"{text}\n"
