"""A text that is n times as long takes n times as long to read, whatever stands in it: nobody's file can stop a check.

Every public function that takes a text takes part by being there: what it is fed is found by its annotations, or stands
in FED. Its growth is held, and never its seconds, which are those of a machine.
"""

from __future__ import annotations

import gc
import importlib
import inspect
import json
import pkgutil
import time
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from pathlib import Path
from types import FunctionType
from typing import Any, get_type_hints

import pytest
from knowledge import FILES, TODAY, AsIs
from markdown import Markdown

import generator
from generator import findings, wording
from generator.analysis.attestation import Course
from generator.analysis.remnants import remnants
from generator.checks import banned_wording
from generator.documents import VOCABULARY
from generator.documents.attachments import attachment
from generator.documents.terms import Banned
from generator.documents.text import likeness, template
from generator.documents.text.plain import told
from generator.documents.types.page import Page
from generator.exchange import UnfitInput
from generator.exchange.completions.completions import read_completions
from generator.exchange.legible import legible
from generator.exchange.markdown import links, policies, record
from generator.exchange.replies import blanks, replies
from generator.exchange.zendesk import account, mapping
from generator.exchange.zendesk import incoming as zendesk
from generator.files import source, strict_yaml
from generator.library.library import link
from generator.library.meaning.retelling import retell
from generator.pipeline import gather, run
from generator.publishing.engines import mkdocs as site
from generator.publishing.engines.settings import settings
from generator.publishing.packs.releasing.legible_yaml import write_yaml
from generator.publishing.pages.drawing import wrapping
from generator.publishing.pages.emit import emit
from generator.reports import review
from generator.reports.findings import reports

ROOT = Path(__file__).parents[1]
# A space, a line break and a tab are spelled ␠, ↵ and ⇥.
UNITS = """
[ ] ![ [a]( ]: ]( * ** _ ____␠ ` ``␠`␠ ~ ~~~↵ ```↵ {{ {% {# }} { } < > <!-- --> <? <!A <![CDATA[ <a␠ </a> & &#
&#91; \\ \\[ | >␠ -␠ ␠␠-␠a↵ #␠ #␠a↵ 1.␠ [[ ]] [[a| [[a]]␠ [a]␠ [a](b)␠ [a][b] [a]:␠b↵ [//]:␠#␠(a↵ [a]:␠b␠"↵ "
' : (( ( ) %{ {! << ${ ↵ ↵↵ ␠ ⇥ ^ ~a a@b. http:// =↵ -↵ ---↵ ***↵ a↵ a↵↵ a␠ a␠␠↵ *a␠ *a*␠ **a_b␠ _a* a_ *_ [*
[_ `[ [` `a ``a` [^a] !!!␠a↵ ???␠a↵ ␠␠␠␠a↵ |␠a␠|↵ |-|↵ >␠a↵ -␠a↵ 1.␠a↵ {:␠a} {a}␠ {{a}}␠ {{␠a␠}} {{a|b}} {%a%}
{%if␠a%} {{a␠ %a %a% /// ///A␠ ***A␠ [A␠ [A]␠ <A␠ [your␠ <your␠ —␠BEGIN␠ TODO␠ ??? ___ note␠to␠self: lorem␠ -␠
article␠ 1.1 1. 1.. §␠ sorry␠for␠ a- a: a:␠ a:␠b↵ -␠-␠ ?␠ !␠ !a␠ &a␠ *a␠ #a ,␠ [a,␠ {a:␠ % ](b)␠ <a␠b=">
<a␠b="␠ <a␠b='␠ a},b
"""
SIGNS = "".join(("\u200b", "\xa0", "e\u0301", "\U0001f600", "\u200f", "漢", "\u2028", "\ufeff", "\x07"))
SHORT, LONGEST = 250, 16_000  # characters
NOTICED = 0.012  # seconds of work below which no growth is looked at: clocks and caches have their own
LINEAR = 9.0  # times longer for a text that is 4 times as long; quadratic is 16
AGAIN = 3
# How a text is refused. Anything else is a fault: this test once fed functions that had moved, and saw nothing.
REFUSALS = (ValueError, template.TemplateError, UnfitInput, strict_yaml.Broken)
HOPELESS = 64.0
STEADY = 6.0  # times what was added by the text before, for one of four times the length: 4 is linear, 16 quadratic
PLAIN = 0.0005  # seconds that a text must add for its growth to be told by


def units() -> list[str]:
    spelled = [unit.replace("␠", " ").replace("↵", "\n").replace("⇥", "\t") for unit in UNITS.split()]
    return [*dict.fromkeys([*spelled, *SIGNS, "e\u0301", "[\n", "- [\n", "`\n", "{\n"])]


Feed = Callable[[str], Any]


def _page(text: str) -> str:
    return f"---\ntitle: T\nowner: support\nsummary: S.\n---\n{text}"


@cache
def _converter() -> Markdown:
    config = site.configure(settings(ROOT), {})
    return Markdown(extensions=config.markdown_extensions, extension_configs=config.mdx_configs)


def built(text: str) -> str:
    """A text as the site of this project shows it."""
    return _converter().reset().convert(emit(text, AsIs()))


class _Tree:
    def __init__(self, files: Mapping[str, str]) -> None:
        self._files = files

    def files(self, places: Any) -> Iterator[str]:
        yield from sorted(self._files)

    def read(self, path: str) -> bytes:
        return self._files[path].encode()


def checked(path: str, write: Callable[[str], str]) -> Feed:
    """`check` of a file that holds the text, up to what it prints."""

    def feed(text: str) -> None:
        outcome = run(_Tree({VOCABULARY: FILES[VOCABULARY], path: write(text)}), TODAY)  # type: ignore[arg-type]
        for render in reports().values():
            render(outcome, False)

    return feed


MACRO = FILES["macros/account-restored.yaml"]
SOP = FILES["sops/restore-account.yaml"]


def as_block(text: str) -> str:
    return "|\n" + "".join(f"      {line}\n" for line in legible(text).split("\n"))


def replied(text: str) -> None:
    blanks.Blanks({}, {}).template(text)


def imported_policy(text: str) -> None:
    found = policies.Policies({"one.md": f"## A\n\n{text}", "two.md": "B"}, "folder")
    found.policy("one.md", [], {}, "2026-01-01", {"owner": "support"})


def imported_reply(field: str) -> Feed:
    def feed(text: str) -> None:
        one = account.Account.model_validate({"macros": [{"title": "T", "actions": [{"field": field, "value": text}]}]})
        zendesk.Replies(one, ["en"], "en", {})

    return feed


def banned(text: str) -> None:
    ban = banned_wording._compile_ban(
        [Banned(words=text[:200].strip() or "a", use="b"), Banned(words="a", use="b")], "en"
    )
    list(banned_wording._find_banned(ban, text))


def located(text: str) -> None:
    one, _ = source.read("content/pages/a.md", _page(text).encode())
    one.locate(findings.stretch(one.path, ("text",), text, text[-60:], max(0, len(text) - 60)))


def changed(text: str) -> None:
    """`check --since` where a text was there before, and half of it is another now."""
    path = "sops/restore-account.yaml"
    words = (text, text[: len(text) // 2] + " b " + text[len(text) // 2 :])
    old, new = (SOP.replace("Send [[account-restored|the reply]].", as_block(one).rstrip("\n")) for one in words)
    before = gather(_Tree({path: old}), TODAY)[0]  # type: ignore[arg-type]
    outcome = run(_Tree({VOCABULARY: FILES[VOCABULARY], path: new}), TODAY, before=before)  # type: ignore[arg-type]
    assert outcome.sources


def spelled(text: str) -> None:
    findings.stretch("a", (), text, text[:100], len(text)).occurrence  # noqa: B018


EMPTY = link([], None, TODAY)
FED: dict[str, Feed] = {
    "emit, built": built,
    "replies.blanks": replied,
    "markdown.policies": imported_policy,
    "zendesk, text": imported_reply("comment_value"),
    "zendesk, HTML": imported_reply("comment_value_html"),
    "markdown.links.rewrite": lambda text: links.rewrite(text, lambda address: False, lambda link: link),
    "zendesk.read_account": lambda text: account.read_account({"a.json": json.dumps({"macros": [text]})}),
    "markdown.record.state": lambda text: record.state({"a": text}),
    "retelling.retell": lambda text: retell(text, f"{text[: len(text) // 2]} b 2 {text[len(text) // 2 :]}", EMPTY),
    "completions, a cell": lambda text: read_completions(f"Name,Date,Score\n{text},2026-11-12,{text}\n", "a.csv"),
    "completions, a header": lambda text: read_completions(f"Name,Date,{text}\nAna,{text},x\n", "a.csv"),
    "attestation, a course": lambda text: Course("acme-a", "Acme a", [], None).tail_of(f"Acme a {text}"),
    "legible_yaml": lambda text: write_yaml({"text": text, "lines": [text, f"{text}\n{text}\n"]}),
    "replies.from_files": lambda text: replies.from_files({"a.md": text}, "a", "en"),
    "likeness.pairs": lambda text: list(likeness.pairs({"a": text, "b": text[:-1], "c": f"a {text}"})),
    "likeness.difference": lambda text: likeness.difference(
        text, text[: len(text) // 2] + "b" + text[len(text) // 2 :]
    ),
    "plain.told": lambda text: told(text, lambda target: target.name),
    "remnants": lambda text: remnants(text, f"b {text[:-9]}", "a", Page.model_construct(text=f"c {text}")),
    "remnants, another text": lambda text: remnants(text, "b", "a", Page.model_construct(text=text)),
    "check of a change": changed,
    "reports.review.word_diff": lambda text: review.word_diff(text, f"b {text}"),
    "drawing.wrapping.wrap": lambda text: wrapping.wrap(text, 100.0),
    "page.parts": lambda text: Page.model_construct(text=text).parts(),
    "attachments.attachment": lambda text: attachment("content/pages/a.md", text),
    "wording.nearest": lambda text: wording.nearest(text, [text[1:], f"{text}a", text[:-1]]),
    "source.read, YAML": lambda text: source.read("sops/a.yaml", text.encode()),
    "source.read, page": lambda text: source.read("content/pages/a.md", _page(text).encode()),
    "source.locate": located,
    "findings.stretch": spelled,
    "strict_yaml.mapping": lambda text: strict_yaml.mapping(text, [], []),
    "strict_yaml.mapping, a value": lambda text: strict_yaml.mapping(f"a: {text}", [], []),
    "template.fill_in": lambda text: template.fill_in(text, {"a": "b"}),
    "template.first_uses": template.first_uses,
    "zendesk.their_text": lambda text: mapping.their_text(text, {}),
    "zendesk.our_text": lambda text: mapping.our_text(text, {"a": "b"}, ["a"]),
    "checks.banned_wording": banned,
    "check, a page": checked("content/pages/welcome.md", _page),
    "check, a macro": checked(
        "macros/account-restored.yaml", lambda text: MACRO.split("text: |")[0] + f"text: {as_block(text)}"
    ),
    "check, a step": checked(
        "sops/restore-account.yaml",
        lambda text: SOP.replace("Send [[account-restored|the reply]].", as_block(text).rstrip("\n")),
    ),
    "check, a title": checked(
        "sops/restore-account.yaml", lambda text: SOP.replace("title: Restore a taken-over account", f"title: {text}")
    ),
    "check, a file": checked("sops/restore-account.yaml", lambda text: SOP + text),
}
# Functions with a text that no author writes, or that is read by one of the above.
ELSEWHERE = {
    "commands",
    "cli",
    "analysis.rechecking.records",  # of the cache, whose bytes have a checksum
    "documents.deadlines",  # takes durations that were validated
    "documents.scaffold",
    "exchange.ids.bare_name",  # takes the name of a file, of 255 characters at most
    "files.loader",
    "files.revision",
    "files.scan",
    "files.signs.sign_name",
    "files.writer",
    "findings.spelling",
    "publishing.engines",
    "documents.json_schema.json_schema",  # takes the name of a type
    "publishing.pages.naming.duration",
    "reports.progress",
}


@cache
def automatic() -> dict[str, Feed]:
    """Every public function that needs one text and nothing else."""
    found = {}
    for entry in pkgutil.walk_packages(generator.__path__, "generator."):
        name = entry.name.removeprefix("generator.")
        if name == "__main__" or any(f"{name}.".startswith(f"{other}.") for other in ELSEWHERE):
            continue
        module = importlib.import_module(entry.name)
        for called, function in vars(module).items():
            if f"{name}.{called}" not in ELSEWHERE and _takes_one_text(module.__name__, called, function):
                found[f"{name}.{called}"] = function
    return found


def _takes_one_text(module: str, name: str, function: Any) -> bool:
    if not isinstance(function, FunctionType) or name.startswith("_") or function.__module__ != module:
        return False
    hints = get_type_hints(function)
    needed = [one.name for one in inspect.signature(function).parameters.values() if one.default is one.empty]
    return [hints.get(one) for one in needed] == [str]


def seconds(feed: Feed, text: str) -> float:
    """The work that a text makes: what others do on the machine meanwhile does not count."""
    begin = time.thread_time()
    try:
        found = feed(text)
        if isinstance(found, Iterator):
            for _ in found:
                pass
    except REFUSALS:
        pass
    return time.thread_time() - begin


def growth(feed: Feed, unit: str) -> float:
    """How many times longer a text takes that is four times as long; 0 where nobody would notice.

    Where it takes another way from some length on, it takes longer once, and not again.
    """
    size, before, added = SHORT, 0.0, 0.0
    while size <= LONGEST:
        now = seconds(feed, unit * (size // len(unit)))
        if before and now > max(NOTICED, LINEAR * before):
            times = [_best(feed, unit * (one // len(unit))) for one in (size // 4, size)]
            if times[1] > max(NOTICED, LINEAR * times[0]):
                again = HOPELESS if times[1] > 1 else _best(feed, unit * (4 * size // len(unit))) / times[1]
                if again > LINEAR:
                    return times[1] / times[0]
        if now * (LONGEST / size) ** 3 < NOTICED:
            return 0.0  # were it cubic, nobody would notice the longest
        if added > PLAIN and now - before < STEADY * added:
            return 0.0
        size, before, added = size * 4, now, now - before if before else 0.0
    return 0.0


def _best(feed: Feed, text: str) -> float:
    return min(seconds(feed, text) for _ in range(AGAIN))


@pytest.mark.parametrize("name", [*automatic(), *FED])
def test_time_grows_with_the_text(name: str) -> None:
    feed = (automatic() | FED)[name]
    gc.disable()
    try:
        slow = {unit: grown for unit in units() if (grown := growth(feed, unit)) > LINEAR}
    finally:
        gc.enable()
    told = ", ".join(f"{unit!r} ({grown:.0f} times)" for unit, grown in slow.items())
    assert not slow, f"{name} takes far more than four times as long for a text that is four times as long: {told}"


def test_every_banned_entry_is_tried_only_where_its_first_word_stands() -> None:
    def feed(words: str) -> None:
        entries = [Banned(words=f"{word} x", use="y") for word in words.split()]
        list(banned_wording._find_banned(banned_wording._compile_ban(entries, "en"), words))

    few, many = (_best(feed, " ".join(f"w{n}" for n in range(number))) for number in (500, 2_000))
    assert many < LINEAR * few
