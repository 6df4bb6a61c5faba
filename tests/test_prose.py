"""Whatever an author writes, a browser gets no tag, event or address of theirs, and code shows what it is."""

from __future__ import annotations

import html
import re
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

import markdown
import pytest
import yaml
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from knowledge import AsIs

from generator.documents.text import prose
from generator.publishing.pages.emit import emit

CONFIG = Path(__file__).parents[1] / "mkdocs.yml"
MADE_BY_MARKDOWN = re.compile(
    "a|blockquote|br|code|del|details|div|em|h[1-6]|hr|img|input|label|li|ol|p|pre|span|strong|summary"
    "|table|tbody|td|th|thead|tr|ul"
)
HARMLESS = {
    "abc",
    "align",
    "alt",
    "checked",
    "class",
    "disabled",
    "href",
    "id",
    "open",
    "src",
    "start",
    "style",
    "title",
    "type",
}


@cache
def reader() -> markdown.Markdown:
    """Python-Markdown with the extensions of the site."""
    told = yaml.safe_load(CONFIG.read_text(encoding="utf-8"))["markdown_extensions"]
    pairs = [(one, {}) if isinstance(one, str) else next(iter(one.items())) for one in told]
    return markdown.Markdown(extensions=[name for name, _ in pairs], extension_configs=dict(pairs))


def published(text: str) -> str:
    """The HTML of a text, in which references are shown as `<their target>` would be."""
    reader().reset()
    return reader().convert(emit(text, AsIs()))


class Page(HTMLParser):
    """What a browser makes of some HTML: tags with attributes, and the text of each `<code>`."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words = ""
        self.codes: list[str] = []
        self.open_codes = 0
        self.others: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag == "code":
            self.open_codes += 1
            self.codes.append("")

    def handle_endtag(self, tag: str) -> None:
        self.open_codes -= tag == "code"

    def handle_data(self, data: str) -> None:
        self.words += data
        if self.open_codes:
            self.codes[-1] += data

    def handle_comment(self, data: str) -> None:
        self.others.append(data)

    handle_decl = handle_pi = unknown_decl = handle_comment


def address_of(value: str | None) -> str:
    """An address as a browser reads it: without the characters that it passes over."""
    return re.sub(r"[\x00-\x20]", "", value or "").lower()


def assert_harmless(text: str) -> Page:
    made = published(text)
    page = Page(made)
    assert not page.others, made
    for tag, attributes in page.tags:
        assert MADE_BY_MARKDOWN.fullmatch(tag), made
        assert set(attributes) <= HARMLESS, made
        assert re.fullmatch(r"(left|right|center)?", attributes.get("align") or ""), made
        for name in ("href", "src"):
            assert not re.match(r"(javascript|vbscript|data|file|blob):", address_of(attributes.get(name))), made
    return page


ATTACKS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<iframe src=https://example.org></iframe>",
    "<a href='javascript:alert(1)'>x</a>",
    "<!-- -->",
    "<!DOCTYPE html>",
    "<?php ?>",
    "<![CDATA[x]]>",
    "<div markdown='1' onclick='x'>",
    "</code></pre><script>",
    "\\<script>",
    "\\\\<script>",
    "&lt;script&gt;",
    "&#60;script&#62;",
    "<https://example.org>",
    "<javascript:alert(1)>",
    "{: onclick='x' }",
    "{: .a #b onclick=x style=x }",
    "{onclick=x}",
    "\\{: onclick=x }",
    "\\\\{: onclick=x }",
    "# Title {: onclick=x }",
    "# Title]( {:onclick=x}",
    "[x](javascript:alert(1))",
    "[x](  javascript:x )",
    "[x](<javascript:x>)",
    "[x](<javascript:x y>)",
    "[x](java\nscript:alert(1))",
    "[x](java\tscript:x)",
    "[x](java&Tab;script:x)",
    "[x](&#106;avascript:x)",
    "[x](javascript&colon;x)",
    "[x](\x01javascript:x)",
    "[x]\x02(javascript:x)",
    "[\x03x\x02](javascript:x)",
    "[x](javascript:<script>alert(1)</script>)",
    "[x](http://example.org/<script>alert(1)</script>)",
    "[x](http://example.org/\" onclick=\"x)",
    "[x](http://example.org \"<script>\")",
    "[x](http://example.org '\" onclick=x {: onclick=x }')",
    "[x](http://example.org){: onclick=x }",
    "[x](http://example.org/`<b>`)",
    "[x](http://example.org/{:onclick=x})",
    "![x](data:text/html,x)",
    "![x](javascript:x){onerror=x}",
    "![<b>](https://example.org/x.png)",
    "[x][y]\n\n[y]: javascript:alert(1)",
    "[x]\n\n[x]: <javascript:alert(1)>",
    "[x]\n\n[x]: <<javascript:alert(1)>>",
    "> [x]\n>\n> [x]: javascript:alert(1)",
    "- [x]\n\n    [x]: javascript:alert(1)",
    "[x]:\n  javascript:alert(1)\n\n[x]",
    "[x]: https://example.org '<b>'\n\n[x]",
    "[[a|<script>]]",
    "[[<img src=x>]]",
    "[[a]](javascript:x)",
    "[a [b](http://x) c](javascript:x)",
    "!!! note \"<script>\"\n    <b>x</b>",
    "!!! \"><script>\n    x",
    "??? note \"{: onclick=x }\"\n    x",
    "- [ ] <b>x</b>",
    "| <b> | `<i>` |\n|---|---|\n| {: onclick=x } | x |",
    "`<b>`",
    "``<b> ` {: onclick=x }``",
    "`<b>",
    "```\n<script>\n```",
    "``` html onclick=x {: onclick=x }\n<script>\n```",
    "~~~\n<script>",
    "> ```\n> <script>\n> ```",
    "- one\n\n    ```\n    <script>\n\n    </script>\n    ```",
    "    <script>alert(1)</script>",
    "\t<script>",
    "klzzwxh:0000",
    "\x02wzxhzdk:0\x03",
    "<",
    "{",
    "\\",
    "`",
    "](",
    "]:",
    "[",
    "*",
    "\r",
    "\u2028",
]  # fmt: skip
PLAIN = [
    "words",
    "*emphasis*",
    "- item",
    "1. item",
    "# Heading",
    "> quote",
    "[[a-document#part|its name]]",
    "---",
    "==",
]
JOINTS = ["", " ", "\n", "\n\n", "\n    ", "\n- ", "\n> "]


@pytest.mark.parametrize("attack", ATTACKS)
def test_each_attack(attack: str) -> None:
    assert_harmless(attack)
    assert_harmless(f"Words before\n{attack}\nand after.")
    assert_harmless(f"- item\n\n    {attack}")


@settings(max_examples=1_500, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.tuples(st.sampled_from([*ATTACKS, *PLAIN]), st.sampled_from(JOINTS)), min_size=2, max_size=7))
def test_any_mixture(pieces: list[tuple[str, str]]) -> None:
    assert_harmless("".join(piece + joint for piece, joint in pieces))


@settings(max_examples=700, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck))
@given(st.text(st.sampled_from("<>[](){}:#`~\\\"'=&;|!* \n\tjavscript-\x02\x03"), max_size=40))
def test_any_characters(text: str) -> None:
    assert_harmless(text)


CODE = st.text(st.sampled_from("<>[](){}:#`~\\\"'=&;|!*_ abc-\té🙂"), min_size=1, max_size=20)


@settings(max_examples=400, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck))
@given(CODE, st.sampled_from(["{}", "Words {} words", "- {}", "> {}", "# {}", "*a {} b*", "[{}](https://example.org)"]))
@example("[[a]]", "{}")
@example("<script>", "[{}](https://example.org)")
@example("{: onclick=x }", "# {}")
def test_a_code_span_shows_its_text(code: str, around: str) -> None:
    bar = "`" * (1 + max([len(run) for run in re.findall("`+", code)], default=0))
    page = assert_harmless(around.format(f"{bar} {code} {bar}"))
    assert [one.strip() for one in page.codes] == [code.strip()] or not code.strip()


@settings(max_examples=400, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.one_of(CODE, st.just("")), min_size=1, max_size=5), st.sampled_from(["", "- item\n\n", "Words:\n"]))
@example(["[[a]]", "", "    <script>"], "")
@example(["{% if %}", "", "{: onclick=x }"], "- item\n\n")
def test_a_code_fence_shows_its_text(lines: list[str], before: str) -> None:
    indent = "    " if before.startswith("-") else ""
    text = "\n".join(indent + line for line in ["~~~~~~~~", *lines, "~~~~~~~~"])
    if any(line.lstrip().startswith("~~~~~~~~") for line in lines):
        return
    page = assert_harmless(f"{before}{text}\n\nWords after.")
    shown = "\n".join(line.rstrip() for line in page.codes[0].split("\n")).strip("\n")
    assert len(page.codes) == 1
    assert shown == "\n".join(line.rstrip() for line in lines).strip("\n")
    assert "Words after." in page.words


LITERAL = {
    "an address that is refused": ("[x](javascript:alert(1))", "[x](javascript:alert(1))"),
    "a tag": ("Press <blink>Send</blink> & wait.", "Press <blink>Send</blink> & wait."),
    "an escaped tag": (r"Press \<b>.", "Press <b>."),
    "braces": ("Set {: .wide } and {{ name }}.", "Set {: .wide } and {{ name }}."),
    "an entity": ("&lt;b&gt;", "<b>"),
    "a definition that is refused": ("See [x].\n\n[x]: javascript:x", "See [x]."),
    "a link that does not end": ("[x](half of it", "[x](half of it"),
}


@pytest.mark.parametrize("what", LITERAL)
def test_what_is_not_obeyed_is_shown(what: str) -> None:
    text, shown = LITERAL[what]
    assert Page(published(text)).words == shown


LINKED = {
    "[x](https://example.org/a_(b)?c=d&e=f#g)": "https://example.org/a_(b)?c=d&e=f#g",
    "[x](<https://example.org>)": "https://example.org",
    '[x](https://example.org "a title")': "https://example.org",
    "[x][y]\n\n[y]: https://example.org": "https://example.org",
    "[x](mailto:help@example.org)": "mailto:help@example.org",
    "[x](page.md#part)": "page.md#part",
}


@pytest.mark.parametrize("text", LINKED)
def test_what_is_safe_is_a_link(text: str) -> None:
    links = [attributes["href"] for tag, attributes in Page(published(text)).tags if tag == "a"]
    assert [html.unescape(link or "") for link in links] == [LINKED[text]]
    assert [link.address for link in prose.survey(text).links] == [LINKED[text]]
