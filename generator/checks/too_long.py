"""A reply is longer than its channel allows.

The end would be cut off, or the message rejected. The length is counted with the variables' examples filled in,
separately for each language; the limit is the channel's `max_length` in the vocabulary.

Bad:
    # content/vocabulary.yaml: channels: {sms: {name: Text message, max_length: 160}}
    channel: sms
    text: A letter of three paragraphs ...

Good:
    channel: email
    text: A letter of three paragraphs ...
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.documents import VOCABULARY
from generator.documents.text.template import TemplateError, fill_in
from generator.documents.types.macro import Macro
from generator.findings import Fault, Related, Spot
from generator.library.library import Library


def check(library: Library) -> Iterator[Fault]:
    channels = library.vocabulary.channels if library.vocabulary else {}
    for document, macro in library.each(Macro):
        channel = channels.get(macro.channel or "")
        if channel is None or channel.max_length is None or macro.is_gone:
            continue
        limit = channel.max_length
        here = Related(Spot(VOCABULARY, ("channels", macro.channel or "", "max_length")), "the limit")
        for locale, keys, text in macro.letters:
            if len(text) + text.count("{{") * _measure_longest(macro) <= limit:
                continue
            length = _measure_length(text, _collect_examples(macro, locale))
            if length > limit:
                allowed = f"{length - limit:,} more than the {limit:,} that {channel.name} allows"
                message = f"this has {length:,} characters, {allowed}"
                hint = "shorten it, or choose a channel that allows more"
                yield Fault(Spot(document.path, keys), message, hint, (here,))


def _collect_examples(macro: Macro, locale: str) -> dict[str, str]:
    spoken = {name: macro.spoken(name)[locale] for name in macro.variables}
    return {name: (blank.example or blank.fallback or blank.label).strip() for name, blank in spoken.items()}


def _measure_longest(macro: Macro) -> int:
    """The most characters that any blank can take."""
    ours = [word for blank in macro.variables.values() for word in (blank.example, blank.fallback, blank.label)]
    theirs = [blank.fallback for text in macro.translations.values() for blank in text.variables.values()]
    return max((len(word) for word in ours + theirs if word), default=0)


def _measure_length(text: str, values: dict[str, str]) -> int:
    """How many characters a member receives; if the text cannot be filled in, how many it has."""
    text = text.strip()
    try:
        return len(fill_in(text, values))
    except TemplateError:
        return len(text)
