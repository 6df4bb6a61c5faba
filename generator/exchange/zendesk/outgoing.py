"""Turns the active macros of a library into the macros and dynamic content of a Zendesk account.

What has no place there goes under `playbook`, so that an import gives the same documents again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from generator.documents.roles import redact
from generator.documents.text.plain import plain_text
from generator.documents.types.macro import Macro
from generator.documents.vocabulary import STAFF
from generator.exchange import UnfitInput, Unmapped
from generator.exchange.legible import one_line
from generator.exchange.replies.blanks import Blanks
from generator.exchange.replies.replies import tidy
from generator.exchange.replies.rich_text import shown_in_html, text_of_html
from generator.exchange.zendesk.account import ZendeskLocale
from generator.exchange.zendesk.mapping import (
    is_closed,
    our_actions,
    our_text,
    placeholder_of,
    their_actions,
    their_text,
    their_words,
)
from generator.library.library import Library

Ids = Mapping[str, int | str]


def to_account(library: Library, ids: Ids) -> tuple[dict[str, list[Any]], list[Unmapped]]:
    """The macros, dynamic content and locales, and what was left out; `ids` are the languages'. Raises UnfitInput."""
    assert library.vocabulary is not None
    rank, table = library.vocabulary.rank, library.vocabulary.placeholders
    made: dict[str, list[Any]] = {"macros": [], "items": [], "locales": [], "playbook": []}
    notes: list[Unmapped] = []
    for document, body in library.each(Macro):
        if body.status != "active":
            continue
        macro = redact(body, lambda word: rank(word) < rank(STAFF))
        texts = {one.locale: their_text(one.text, _choose_words(macro, one.locale, table)) for one in macro.letters}
        sound = {locale: text for locale, text in texts.items() if text is not None and tidy(text)}
        if (reason := _refuse(macro, texts, sound, table))[0]:
            notes.append(Unmapped(f"{reason[0]}, left out", document.path, reason[1], is_refusal=True))
            continue
        actions, strange = their_actions(action.model_dump() for action in macro.actions)
        what = "a ticket action that Zendesk has no field or value for, only in `playbook`"
        notes += [Unmapped(what, document.path, one) for one in strange]
        made["items"] += [_make_item(macro, sound, ids)] if len(sound) > 1 else []
        made["macros"].append(_make_macro(macro, sound, actions))
        made["playbook"].append(_carry(macro, sound, actions, table))
    used = dict.fromkeys(variant["locale_id"] for item in made["items"] for variant in item["variants"])
    made["locales"] = [{"id": one, "locale": ours} for ours, one in ids.items() if one in used]
    return made, notes


def _choose_words(macro: Macro, locale: str, placeholders: Mapping[str, str]) -> dict[str, str]:
    """What each variable of a macro is in the account, in one language."""
    translation = macro.translations.get(locale)
    fallbacks = {name: one.fallback for name, one in macro.variables.items()}
    own = {name: one.fallback for name, one in translation.variables.items()} if translation else {}
    return their_words({name: own.get(name) or fallback for name, fallback in fallbacks.items()}, placeholders)


def _refuse(
    macro: Macro, texts: Mapping[str, str | None], sound: Mapping[str, str], placeholders: Mapping[str, str]
) -> tuple[str, str]:
    """Why a macro cannot go out as it is, and where that is or what to do; empty if it can."""
    if unfit := [locale for locale in texts if locale not in sound]:
        return "a reply with more than words and variables", f"its {unfit[0]} text"
    if unfit := [locale for locale, text in sound.items() if not is_closed(text)]:
        return "a reply with a condition that does not end, or ends twice", f"its {unfit[0]} text"
    if macro.html and len(texts) > 1:
        return "a reply with bold words, links or pictures in several languages", "remove `html` to send words only"
    if macro.html and not _is_said(macro.html, sound[macro.locale], placeholders):
        return "a reply whose `html` and `text` say different things", "change `html` too, or remove it"
    return ("", "")


def _is_said(html: str, text: str, placeholders: Mapping[str, str]) -> bool:
    """Whether rich text has the words of the reply, as an import would read them."""
    blanks = Blanks(placeholders, {}, is_system=True)
    template = blanks.template(tidy(text_of_html(html)))
    words = their_words({name: one.get("fallback") for name, one in blanks.variables.items()}, placeholders)
    said = their_text(template, words)
    return said is not None and tidy(said) == tidy(text)


def locale_ids(ours: Iterable[str], theirs: Sequence[ZendeskLocale]) -> dict[str, int | str]:
    """Zendesk's number for each of our languages: the same one, or the only variant of it. Raises UnfitInput."""
    numbers: dict[str, int | str] = {}
    for word in ours:
        same = [known for known in theirs if known.locale.casefold() == word.casefold()]
        near = same or [known for known in theirs if known.locale.casefold().split("-")[0] == word.casefold()]
        if len(near) > 1:
            choice = ", ".join(known.locale for known in near)
            raise UnfitInput(f"`{word}` could be {choice}: keep only one of them in the file of locales")
        if near and near[0].id in numbers.values():
            raise UnfitInput(
                f"`{word}` and another language would both be {near[0].locale}: keep one in the vocabulary"
            )
        if near:
            numbers[word] = near[0].id
    return numbers


def _make_macro(macro: Macro, texts: Mapping[str, str], actions: list[dict[str, Any]]) -> dict[str, Any]:
    comment = f"{{{{dc.{placeholder_of(macro.id)}}}}}" if len(texts) > 1 else texts[macro.locale]
    return {
        "title": macro.title,
        "active": True,
        "description": one_line(plain_text(macro.summary)),
        "actions": [
            {"field": "comment_value_html", "value": shown_in_html(macro.html)}
            if macro.html
            else {"field": "comment_value", "value": comment},
            *actions,
        ],
    }


def _make_item(macro: Macro, texts: Mapping[str, str], ids: Ids) -> dict[str, Any]:
    name = placeholder_of(macro.id)
    return {
        "name": name,
        "placeholder": f"{{{{dc.{name}}}}}",
        "default_locale_id": _require_id(macro.locale, ids),
        "variants": [
            {
                "content": text,
                "locale_id": _require_id(locale, ids),
                "default": locale == macro.locale,
                "active": True,
                "outdated": locale in macro.translations and macro.translations[locale].of != macro.version,
            }
            for locale, text in texts.items()
        ],
    }


def _require_id(locale: str, ids: Ids) -> int | str:
    if locale not in ids:
        raise UnfitInput(
            f"the account does not have the language `{locale}`: enable it there, and save its locales again"
        )
    return ids[locale]


def _carry(
    macro: Macro, texts: Mapping[str, str], actions: list[dict[str, Any]], placeholders: Mapping[str, str]
) -> dict[str, Any]:
    """The keys of the document, except for what an import derives from the rest.

    The text is there although it could be derived: it tells macros apart that have one title, or a new one.
    """
    document = macro.model_dump(mode="json", exclude_defaults=True)
    document |= {"locale": macro.locale, "audience": macro.audience}
    back = {locale: tidy(our_text(text, placeholders, macro.variables)) for locale, text in texts.items()}
    for locale, one in document.get("translations", {}).items():
        same = {"of": macro.version, "text": back[locale]}
        document["translations"][locale] = {key: value for key, value in one.items() if same.get(key) != value}
    if our_actions(actions)[0] == document.get("actions", []):
        document.pop("actions", None)
    return document
