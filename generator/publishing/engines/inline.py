"""Spares a text the inline patterns of Markdown that it does not have.

Markdown takes each text through some twenty patterns, most of which are found in few texts. Trying one costs several
times what searching for it does, and that was a quarter of the conversion.
"""

from __future__ import annotations

from typing import Any
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.inlinepatterns import InlineProcessor as InlinePattern
from markdown.treeprocessors import InlineProcessor
from markdown.util import AtomicString


class FoundOnly(InlineProcessor):
    """The inline patterns of a page, each applied where it is found."""

    def run(self, tree: Element, ancestors: list[str] | None = None) -> Element:
        patterns: Any = self.inlinePatterns
        compiled = [(pattern, pattern.getCompiledRegExp()) for pattern in patterns]
        self.searched = [
            (index, pattern, regexp.search if isinstance(pattern, InlinePattern) else regexp.match)
            for index, (pattern, regexp) in enumerate(compiled)
        ]
        return super().run(tree, ancestors)

    def _InlineProcessor__handleInline(self, data: str, patternIndex: int = 0) -> str:  # noqa: N802, N803
        """Overrides what Markdown does with each text: the same, without what changes nothing."""
        if isinstance(data, AtomicString):
            return data
        for index, pattern, search in self.searched[patternIndex:]:
            is_left, start = search(data) is not None, 0
            while is_left:
                data, is_left, start = self._InlineProcessor__applyPattern(pattern, data, index, start)  # type: ignore[attr-defined]
        return data


class FoundInline(Extension):
    """Has Markdown use `FoundOnly`."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802
        md.treeprocessors.register(FoundOnly(md), "inline", 20)
