"""Turns the macros, dynamic content and locales of a Zendesk account into replies, and notes what has no place."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from html import escape
from types import MappingProxyType
from typing import Any

from generator.exchange import UnfitInput, Unmapped
from generator.exchange.legible import one_line
from generator.exchange.replies import rich_text
from generator.exchange.replies.replies import Reply, tidy
from generator.exchange.zendesk import mapping as zendesk
from generator.exchange.zendesk.account import CONTENT, Account, Carried, Item, Variant, ZendeskAction, ZendeskMacro
from generator.exchange.zendesk.identity import ORIGIN, carried_text, choose_ids, origin_of, pair

HTML = "comment_value_html"
COMMENTS = ("comment_value", HTML)
DEPTH = 5
LONGEST = 200_000


class Replies:
    """The replies of an account in the vocabulary's languages; `default` is that of texts that name none.

    `known` has the id of the document that an earlier import made of each macro, by its origin.
    """

    def __init__(
        self,
        account: Account,
        locales: list[str],
        default: str,
        placeholders: Mapping[str, str],
        known: Mapping[str, str] = MappingProxyType({}),
    ) -> None:
        self.unmapped: list[Unmapped] = []
        self._default, self._placeholders = default, placeholders
        self._locales = _map_locales(account, locales)
        self._content = {item.key: self._index_variants(item) for item in account.items}
        self._done: dict[tuple[str, str, str, int], str] = {}
        paired = pair(self._drop_repeated(account.macros), account.playbook, placeholders)
        names = choose_ids(paired, known)
        every = [self._make_reply(macro, own, name) for (macro, own), name in zip(paired, names, strict=True)]
        self.all = [reply for reply in every if reply]
        if not self.all:
            raise UnfitInput("no macro has a comment, so there is no reply to import")

    def _drop_repeated(self, macros: list[ZendeskMacro]) -> list[ZendeskMacro]:
        """Each macro once: where a list moves while its pages are fetched, one macro is on two of them."""
        kept: dict[str, ZendeskMacro] = {}
        for macro in macros:
            key = str(macro.id) if macro.id is not None else macro.model_dump_json()
            other = kept.setdefault(key, macro)
            kept[key] = max(macro, other, key=lambda one: one.updated_at or "")
            if other.model_copy(update={"updated_at": macro.updated_at}) != macro:
                self._note("a macro that is there twice and differs; the later one was taken", macro.title, key)
        return list(kept.values())

    def _index_variants(self, item: Item) -> dict[str, Variant]:
        """The texts of dynamic content by our language, the original first."""
        variants: dict[str, Variant] = {}
        for variant in sorted(item.variants, key=lambda variant: variant.locale_id != item.default_locale_id):
            locale = self._locales[variant.locale_id]
            if not variant.active:
                self._note("an inactive text, left out", item.name, one_line(variant.content))
            elif variants.setdefault(locale, variant) is not variant:
                self._note(f"a second text in the language `{locale}`, left out", item.name, one_line(variant.content))
        return variants

    def _make_reply(self, macro: ZendeskMacro, own: Carried | None, name: str) -> Reply | None:
        texts, outdated = self._make_texts(macro, own)
        if not texts:
            self._note("a macro without a reply, left out", macro.title, name)
            return None
        if not macro.active:
            self._note("an inactive macro, now a draft", macro.title, name)
        if macro.restriction:
            self._note("a restriction on who may use a macro, left out", macro.title, json.dumps(macro.restriction))
        return Reply(
            origin=origin_of(macro, own) or f"{ORIGIN}{name}",
            id=name,
            title=own.title if own and one_line(own.title) == one_line(macro.title) else one_line(macro.title) or name,
            summary=_escape_line(macro.description or "") or "Imported from Zendesk.",
            texts=texts,
            actions=self._convert_actions(macro, own),
            outdated=outdated,
            exact=self._restore_templates(own, texts, _read_html(macro)) if own else {},
            carried=_as_text(own.model_dump(exclude_unset=True, exclude={"id", "title"})) if own else None,
            html=self._keep_html(macro, own, next(iter(texts))),
            is_system=True,
        )

    def _keep_html(self, macro: ZendeskMacro, own: Carried | None, locale: str) -> str:
        """The rich text of a reply in its first language, if it has more than its words."""
        html = _read_html(macro)
        if own and own.html and rich_text.shown_in_html(own.html) == html:
            return own.html
        if not (element := rich_text.first_rich(html)):
            return ""
        self._note("bold words, links, lists or pictures, kept in `html`", macro.title, element)
        return CONTENT.sub(lambda found: escape(self._fill(found[0], locale, locale)).replace("\n", "<br>"), html)

    def _make_texts(self, macro: ZendeskMacro, own: Carried | None) -> tuple[dict[str, str], frozenset[str]]:
        """The reply in each of its languages, the original first, and the languages whose text is outdated."""
        comments = [words for action in macro.actions if (words := _read_comment(action))]
        if not comments:
            return {}, frozenset()
        for comment in _list_html_comments(macro):
            for place in rich_text.unseen_in_html(comment):
                self._note("an HTML comment, left out", macro.title, place)
        for other in dict.fromkeys(comments[1:]):
            if other != comments[0]:
                self._note("a second comment, left out", macro.title, one_line(other))
        parts = self._collect_content(comments[0])
        base = next(iter(parts[0]), self._default) if parts else own.locale if own else self._default
        locales = dict.fromkeys([base, *(locale for part in parts for locale in part)])
        texts = {locale: tidy(self._fill(comments[0], locale, base)) for locale in locales}
        outdated = {locale for part in parts for locale, variant in part.items() if variant.outdated}
        return {locale: text for locale, text in texts.items() if text}, frozenset(outdated - {base})

    def _collect_content(self, text: str) -> list[dict[str, Variant]]:
        """The dynamic content in a text, and the dynamic content in that."""
        collected: dict[str, dict[str, Variant]] = {}
        waiting = [text]
        while waiting:
            for name in CONTENT.findall(waiting.pop()):
                if self._content.get(name) and name not in collected:
                    collected[name] = self._content[name]
                    waiting += [variant.content for variant in collected[name].values()]
        return list(collected.values())

    def _fill(self, text: str, locale: str, base: str, depth: int = DEPTH) -> str:
        """The text with its dynamic content filled in, in the language or else the original's. Raises UnfitInput."""

        def content(match: re.Match[str]) -> str:
            texts = self._content.get(match[1])
            if not texts:
                return match[0]
            key = (match[1], locale, base, depth)
            if key not in self._done:
                variant = texts.get(locale) or texts.get(base) or next(iter(texts.values()))
                self._done[key] = self._fill(variant.content, locale, base, depth - 1)
            return self._done[key]

        filled = CONTENT.sub(content, text) if depth else text
        if len(filled) > LONGEST:
            raise UnfitInput(f"a macro has more than {LONGEST:,} characters with its dynamic content: shorten it")
        return filled

    def _restore_templates(self, own: Carried, texts: Mapping[str, str], html: str) -> dict[str, str]:
        """The templates that our export carried, for the texts that have not changed since."""
        templates = {own.locale: own.text or ""}
        templates |= {locale: translation.text or "" for locale, translation in own.translations.items()}
        theirs = {locale: carried_text(own, locale, self._placeholders) for locale in templates}
        same = {locale for locale, text in theirs.items() if text and text == texts.get(locale)}
        if own.text and own.html and rich_text.shown_in_html(own.html) == html:
            same.add(own.locale)
        return {locale: templates[locale] for locale in same}

    def _convert_actions(self, macro: ZendeskMacro, own: Carried | None) -> list[dict[str, str]]:
        theirs = [action.model_dump() for action in macro.actions if action.field not in COMMENTS]
        if own and own.actions is not None and _is_unchanged(own.actions, theirs):
            return own.actions
        ours, strange = zendesk.our_actions(theirs)
        for action in strange:
            self._note("a ticket action whose value is not a single line of text, left out", macro.title, action)
        return ours

    def _note(self, what: str, where: str, detail: str) -> None:
        self.unmapped.append(Unmapped(what, one_line(where), detail))


def _as_text(value: Any) -> Any:
    """Values as read from one of our files, where every scalar is a text."""
    if isinstance(value, dict):
        return {key: _as_text(one) for key, one in value.items() if one is not None}
    return [_as_text(one) for one in value] if isinstance(value, list) else str(value)


def _read_comment(action: ZendeskAction) -> str:
    """The words of a comment."""
    text = _read_raw_comment(action)
    return tidy(rich_text.text_of_html(text) if action.field == HTML else text)


def _read_html(macro: ZendeskMacro) -> str:
    """The comment of a macro as HTML, without what no browser shows; empty if it is plain text."""
    action = next(action for action in macro.actions if _read_comment(action))
    return rich_text.shown_in_html(_read_raw_comment(action)) if action.field == HTML else ""


def _read_raw_comment(action: ZendeskAction) -> str:
    """A comment as written; if it also names a channel, it is a list that ends with the text."""
    if action.field not in COMMENTS:
        return ""
    value = action.value[-1] if isinstance(action.value, list) and action.value else action.value
    return value if isinstance(value, str) else ""


def _list_html_comments(macro: ZendeskMacro) -> list[str]:
    """The comments of a macro that are HTML."""
    return [_read_raw_comment(action) for action in macro.actions if action.field == HTML]


def _is_unchanged(carried: list[dict[str, str]], theirs: list[dict[str, Any]]) -> bool:
    """Whether the ticket actions are still what our export made of these."""
    sound = all(one.keys() == {"set", "to"} for one in carried)
    return sound and zendesk.their_actions(carried)[0] == theirs


def _map_locales(account: Account, known: list[str]) -> dict[int | str, str]:
    """Our language for each of theirs: the same, or the same without its country. Raises UnfitInput."""
    codes = {locale.id: locale.locale for locale in account.locales}
    used = {variant.locale_id for item in account.items for variant in item.variants}
    exact = {locale.casefold(): locale for locale in known}
    ours: dict[int | str, str] = {}
    missing = {}
    for number in sorted(used, key=str):
        code = codes.get(number, str(number))
        ours[number] = exact.get(code.casefold()) or exact.get(re.split("[-_]", code)[0].casefold(), "")
        if not ours[number]:
            missing[code if number in codes else f"{code} (a number that is not in the account's `locales`)"] = code
    if missing:
        raise UnfitInput(f"the vocabulary's `locales` lack {', '.join(missing)}: add every language of the account")
    return ours


def _escape_line(text: str) -> str:
    """The text on one line, escaped so that nothing in it is read as a reference, a link or HTML."""
    return re.sub(r"([\\`\[\]<>])", r"\\\1", one_line(text))
