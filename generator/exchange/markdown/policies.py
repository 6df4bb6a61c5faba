"""Turns a folder of Markdown policies and their past into our policies, and notes what could not be mapped.

A link to a section of another policy becomes a reference to the whole policy: a reference to a section needs a version,
and policies that cite each other's versions would make each other stale at every import.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from generator.documents.text import prose
from generator.documents.text.hidden import hidden, visible
from generator.documents.types.policy import KIND
from generator.exchange import UnfitInput, Unmapped
from generator.exchange.ids import ids, name_of
from generator.exchange.legible import is_filler, title_from
from generator.exchange.markdown import sections as markdown
from generator.exchange.markdown.addresses import Addresses
from generator.exchange.markdown.enclosures import Enclosures
from generator.exchange.markdown.following import NOTHING_MADE, Followed
from generator.exchange.markdown.foreign_prose import is_on_web, list_unread, unload_picture
from generator.exchange.markdown.front_matter import as_line, as_list, parse_front_matter
from generator.exchange.markdown.languages import ONE_LANGUAGE, Tongues
from generator.exchange.markdown.links import WrittenLink, rewrite, show_as_text, write_reference
from generator.exchange.markdown.record import (
    SectionTexts,
    VersionData,
    annotated,
    continued,
    forgotten,
    revised,
    state,
    version_history,
)
from generator.exchange.markdown.translating import (
    align,
    has_same_sections,
    translated_sections,
    translated_version,
)
from generator.files.signs import CONTROL

PICTURE_FOLDERS = ("typora-root-url", "media_subpath", "img_path")  # where editors and themes say that pictures are
SUMMARIES = ("summary", "description", "intro")
MAPPED = {"title", "redirect_from", *SUMMARIES, *PICTURE_FOLDERS}
OURS = ("id", "title", "version", "effective", "sections", "translations", "history")
OUR_SUMMARY = "Imported from "
KEPT = ("formerly", "audience", "internal_note")  # what people add to a section
PastTexts = Sequence[tuple[str, str | None]]


class Policies:
    """The policies in a folder; `ids` maps the path of each file that contains text to its id, `places` to its place.

    Files that were imported before keep the place that `followed` has for their path; a link to what a file was called
    before (`former`, by that), or to one whose policy is left, leads to the policy still. Raises UnfitInput.
    """

    def __init__(
        self,
        files: dict[str, str],
        name: str,
        followed: Followed = NOTHING_MADE,
        former: Mapping[str, str] = {},
        tongues: Tongues = ONE_LANGUAGE,
        enclosures: Enclosures | None = None,
    ) -> None:
        self._tongues = tongues
        self._origins = tongues.origins
        self._enclosures = enclosures or Enclosures()
        self.unmapped: list[Unmapped] = []
        self._files = {path: markdown.split(text) for path, text in files.items()}
        self._front = {path: parse_front_matter(path, file.front) for path, file in self._files.items()}
        with_text = {path: file for path, file in self._files.items() if file.sections}
        known = {path: one.id for path, one in followed.policies.items()}
        titles = {
            path: as_line(self._front[path].get("title")) or file.heading or "" for path, file in with_text.items()
        }
        originals = [path for path in with_text if self._origins.get(path) not in with_text]
        self.ids = ids(originals, name, known, titles)
        if not self.ids:
            raise UnfitInput(f"no file in {name} contains any text")
        made = {path: one.place for path, one in followed.policies.items()}
        self.places = {path: made.get(path, f"{KIND.folder}/{one}.yaml") for path, one in self.ids.items()}
        left = {one.origin.path: one.id for one in followed.left if one.origin.path not in with_text}
        self._targets = left | self.ids
        names = {path: path for path in left} | {old: path for old, path in former.items() if path in with_text}
        redirects = {path: as_list(self._front[path].get("redirect_from")) for path in with_text}
        self._addresses = Addresses(redirects, name, names)
        for path, text in files.items():
            if not self._files[path].sections:
                self._note("a file without text, left out", path, path)
            for what, line in markdown.unseen_in_markdown(text):
                self._note(f"{what}, left out", path, line)
            for key in ("title", *SUMMARIES):
                for comment in hidden(as_line(self._front[path].get(key))):
                    self._note(f"{comment.what}, left out", path, f"the front matter `{key}`")
            if signs := CONTROL.findall(text):
                self._note("a control character, now a space", path, f"U+{ord(signs[0]):04X}")

    def policy(
        self, path: str, past: PastTexts, earlier: dict[str, Any], today: str, defaults: dict[str, str]
    ) -> dict[str, Any]:
        """The policy from one file; what people added to `earlier` is kept.

        `past` has the days and texts of the file, oldest first; the history is made from them.
        """
        file, texts = self._files[path], self._convert_texts(path)
        history = self._make_history(path, past, texts, earlier, today)
        kept = {key: value for key, value in earlier.items() if key not in OURS}
        return {
            "id": self.ids[path],
            "title": self._choose_title(path),
            "version": history[0]["version"],
            "effective": history[0]["effective"],
            **(
                {"status": "active", **defaults} | kept | {"summary": self._make_summary(path, kept.get("summary", ""))}
            ),
            "sections": _make_sections(file, texts, history, earlier),
            **{key: value for key, value in earlier.items() if key == "translations"},
            "history": history,
        }

    def translate(
        self, path: str, policy: dict[str, Any], past: Callable[[str], PastTexts], earlier: Mapping[str, Any]
    ) -> dict[str, Any]:
        """The policy with its translations; those that people wrote into `earlier` are kept."""
        files = {
            locale: file
            for locale, file in self._tongues.translations.get(path, {}).items()
            if self._files[file].sections
        }
        if not files:
            return policy
        old = earlier.get("translations") or {}
        made = {
            locale: self._make_translation(file, past(file), policy["history"], old.get(locale) or {})
            for locale, file in files.items()
        }
        native = policy.get("locale") or self._tongues.locales.get(path)
        language = {"locale": native} if native else {}
        last = {key: policy[key] for key in ("sections", "history")}
        first = {key: value for key, value in policy.items() if key not in (*last, "translations")}
        return first | language | {"sections": last["sections"], "translations": old | made, "history": last["history"]}

    def _make_translation(
        self, file: str, past: PastTexts, history: list[VersionData], old: Mapping[str, Any]
    ) -> dict[str, Any]:
        if past and _derive_state(markdown.split(past[-1][1] or "")) != _derive_state(self._files[file]):
            raise UnfitInput(f"{file} has uncommitted changes: commit them first, so that they have a date")
        own, other = (self._files[one].sections for one in (self._origins[file], file))
        aligned = align(own, other)
        if not has_same_sections(own, aligned):
            self._note("a translation with other sections than its policy, put under the nearest", file, file)
        sections = translated_sections(aligned, other, self._convert_texts(file))
        of = translated_version(history, past, old, old.get("sections") == sections)
        return {"of": of, "title": self._choose_title(file), "sections": sections}

    def _make_history(
        self, path: str, past: PastTexts, texts: dict[str, str], earlier: dict[str, Any], today: str
    ) -> list[VersionData]:
        name, old = self.ids[path], earlier.get("history", [])
        if not past:
            self._note("a file without history in git, dated by its import", path, path)
            before = state({section["id"]: section["text"] for section in earlier.get("sections", [])})
            return continued(name, old, before, (today, state(texts)), texts)
        states = [(day, _derive_state(markdown.split(text) if text else None)) for day, text in past]
        if states[-1][1] != _derive_state(self._files[path]):
            raise UnfitInput(f"{path} has uncommitted changes: commit them first, so that they have a date")
        history = version_history(name, states, texts)
        for version in forgotten(history, old):
            self._note("a version of an earlier import that is no longer in git, left out", path, version)
        return annotated(history, old)

    def _choose_title(self, path: str) -> str:
        named = visible(as_line(self._front[path].get("title"))).strip()
        return named or self._files[path].heading or title_from(name_of(path))

    def _make_summary(self, path: str, old: str) -> str:
        """The words of the front matter; without any, what people wrote in place of ours."""
        front = self._front[path]
        for key in sorted(front.keys() - MAPPED):
            self._note(f"the front matter `{key}`, left out", path, f"{key}: {front[key]}")
        texts = [visible(as_line(front.get(key))).strip() for key in SUMMARIES]
        for words in filter(is_filler, texts):
            self._note("what a program wrote of itself, left out", path, words)
        if words := " ".join(one for one in texts if one and not is_filler(one)):
            return self._convert_prose(path, words)
        return old if old and not old.startswith(OUR_SUMMARY) else f"{OUR_SUMMARY}{path}."

    def _convert_texts(self, path: str) -> dict[str, str]:
        file, title = self._files[path], self._choose_title(path)
        for address in (address for section in file.sections.values() for address in section.links):
            self._note("a link in a section's heading, now plain words", path, address)
        texts = {name: section.text for name, section in file.sections.items()}
        if file.heading and file.heading.casefold() != title.casefold():
            first = next(iter(texts))
            texts[first] = f"**{file.heading}**\n\n{texts[first]}"
        made = {name: self._convert_prose(path, text) for name, text in texts.items()}
        return {name: (text if text.strip() else file.sections[name].title) + "\n" for name, text in made.items()}

    def _convert_prose(self, path: str, text: str) -> str:
        for what, detail in list_unread(text):
            self._note(what, path, detail)
        return rewrite(text, lambda link: self._can_stay(path, link), lambda link: self._replace_link(path, link))

    def _can_stay(self, path: str, link: WrittenLink) -> bool:
        """Whether a link can stay as it is: it leads to a section of the file, or out on the web."""
        address = link.address
        is_part = address.startswith("#") and address[1:] in self._files[self._find_origin(path)].sections
        return is_part or (prose.scheme(address) != "" and prose.is_safe(address) and not link.is_picture)

    def _replace_link(self, path: str, link: WrittenLink) -> str | WrittenLink:
        """What to write in place of a link that cannot stay."""
        words, address = link.words, link.address
        if is_on_web(link):
            made, what, detail = unload_picture(link)
            self._note(what, path, detail)
            return made
        target = None if prose.scheme(address) else self._find_target(path, address)
        if target is None:
            files = dict.fromkeys((path, self._find_origin(path)))
            named = filter(None, (as_line(self._front[path].get(key)) for key in PICTURE_FOLDERS))
            place = self.places[self._find_origin(path)]
            return self._enclosures.point(link, list(files), list(named), place) or show_as_text(words, address)
        to, anchor = target
        if self._find_origin(to) != self._find_origin(path):
            if anchor:
                self._note("a link to a section of another policy, now to the whole policy", path, address)
            return write_reference(self._targets[self._find_origin(to)], words)
        return self._link_within(path, words, anchor) if anchor else words

    def _link_within(self, path: str, words: str, anchor: str) -> str:
        sections = self._files[path].sections
        name = next((n for n, s in sections.items() if markdown.anchor(anchor) in s.anchors), None)
        if name is None:
            self._note("a link to a heading that the file does not have, now text", path, f"#{anchor}")
            return show_as_text(words, f"#{anchor}")
        own = self._files[self._find_origin(path)].sections
        return f"[{words or sections[name].title}](#{name if own is sections else align(own, sections)[name]})"

    def _find_target(self, path: str, address: str) -> tuple[str, str] | None:
        """Where an address leads; what is not there in the language of a translation is there in the policy's."""
        return self._addresses.find(path, address) or self._addresses.find(self._find_origin(path), address)

    def _find_origin(self, path: str) -> str:
        """The file of the policy that a file is a translation of; the file itself if it is none."""
        return path if path in self.ids else self._origins.get(path, path)

    def _note(self, what: str, path: str, detail: str) -> None:
        self.unmapped.append(Unmapped(what, path, detail))


def _make_sections(
    file: markdown.Markdown, texts: dict[str, str], history: list[VersionData], earlier: dict[str, Any]
) -> list[dict[str, Any]]:
    """The sections; what people added to them is kept."""
    old = {section["id"]: section for section in earlier.get("sections", [])}
    first = 0 if markdown.OPENING in texts and len(texts) > 1 else 1
    return [
        {
            "id": name,
            "number": section.number or str(place),
            "title": section.title,
            "revised": revised(history, name),
            **{key: value for key, value in old.get(name, {}).items() if key in KEPT},
            "text": texts[name],
        }
        for place, (name, section) in enumerate(file.sections.items(), first)
    ]


def _derive_state(file: markdown.Markdown | None) -> SectionTexts:
    return state({name: section.text for name, section in file.sections.items()} if file else {})
