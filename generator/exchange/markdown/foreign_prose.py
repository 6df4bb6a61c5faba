"""What every import of Markdown does with prose: names what is shown as text, and takes pictures off the web."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.documents.text import prose
from generator.exchange.markdown.links import WrittenLink

LIQUID = re.compile(r"\{%[^%]*%\}|\{\{[^{}]*\}\}")
ON_THE_WEB = ("https:", "http:", "data:")


def list_unread(text: str) -> Iterator[tuple[str, str]]:
    """What is markup where it comes from, and words here: HTML and Liquid, each as it is written."""
    for one in prose.survey(text).oddities if "<" in text else []:
        if one.kind == "tag":
            yield "HTML, shown as text", one.found
    for found in LIQUID.findall(text):
        yield "a Liquid tag, shown as text", found


def is_on_web(link: WrittenLink) -> bool:
    """Whether a link shows a picture that is on the web, or in the text itself."""
    return link.is_picture and prose.scheme(link.address) in ON_THE_WEB


def unload_picture(link: WrittenLink) -> tuple[str | WrittenLink, str, str]:
    """What to write in place of such a picture, and what to say of it.

    Whoever looked at the page would be known to another host; a site's own content policy does not show it either.
    """
    if not prose.is_safe(link.address):
        return link.words, "a picture that is in the text itself, left out", link.address[:40]
    made = link.words if link.is_within else link._replace(words=link.words or link.address, is_picture=False)
    return made, "a picture on the web, now a link", link.address
