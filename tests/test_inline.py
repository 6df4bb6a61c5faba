"""A text that is spared the inline patterns of Markdown that it does not have becomes the same HTML."""

from __future__ import annotations

import pytest
from markdown import Markdown
from markdown.treeprocessors import InlineProcessor

from generator.publishing.engines.inline import FoundInline

INLINE = [
    "plain words",
    "*a **b** c* ***d*** __e__ _f_ * g * 2*3*4",
    "`code *not*` \\*escaped\\* &amp; &copy; <b>raw *x*</b> <https://example.org/> <a@example.org>",
    "[one [two](b.md) three](a.md) ![alt *x*](p.png) [ref][r] [r]\n\n[r]: c.md 'title'",
    "line one  \nline two `` a ` b `` [*in*](d.md){ .x } [no end](",
    "*[1](a) *[2](b) *[3](c)* `*` _`a`_ ~~b~~ \u0002klzzwxh:0000\u0003",
    "- [ ] task *x*\n- <span markdown>y *z*</span>\n\n| a | `b|c` |\n|---|---|\n| *d* | [e](f.md) |",
]


def test_inline_patterns_that_are_not_found_are_spared_and_change_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Markdown's own way from text to text is private: if it changes, nothing would be spared any more."""
    tried: list[int] = []
    apply = InlineProcessor._InlineProcessor__applyPattern  # type: ignore[attr-defined]

    def count(*given: object) -> object:
        tried[-1] += 1
        return apply(*given)

    monkeypatch.setattr(InlineProcessor, "_InlineProcessor__applyPattern", count)
    extensions = ["extra", "admonition", "sane_lists", "smarty", "pymdownx.tasklist", "pymdownx.tilde"]
    for text in [*INLINE, "\n\n".join(INLINE)]:
        made = []
        for more in ([], [FoundInline()]):
            tried.append(0)
            made.append(Markdown(extensions=[*extensions, *more]).convert(text))
        assert made[0] == made[1], text
        assert tried[-1] < tried[-2], f"all {tried[-2]} patterns are still tried on: {text}"
