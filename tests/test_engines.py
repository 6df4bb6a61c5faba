"""What `build --format markdown` writes is one site in bare MkDocs, with folders or files as pages, and in Zensical.

Each engine builds the starter library, a small library that has everything, and a pack of it, with its strict mode on.
Then the pages are read: every link and fragment is followed, and headings, their ids, words and what the search knows
must be those of our own build.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterable, Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote, urljoin, urlsplit

import pytest
import yaml
from conftest import Play, output_of
from drawn import picture
from knowledge import SOP, TODAY, put, write
from test_as_typed import Planted, lay

from generator.files.tree import Folder
from generator.pipeline import run
from generator.publishing.engines import portable
from generator.publishing.engines.settings import settings
from generator.publishing.packs.materials import Materials

ROOT = Path(__file__).parents[1]
ENGINES = {
    "MkDocs": ["mkdocs", "build", "--strict", "--use-directory-urls", "--site-dir"],
    "MkDocs with files as pages": ["mkdocs", "build", "--strict", "--no-directory-urls", "--site-dir"],
    "Zensical": ["zensical", "build", "--strict"],
}
# What these say of a build that is well. Material's advertisement for another program says nothing of it.
CALM = re.compile(r"INFO +- .*|Build started|No issues found|Build finished in [\d.]+s|")
QUIET = {"NO_MKDOCS_2_WARNING": "1"}
COLOUR = re.compile(r"\x1b\[[0-9;]*m")
# The address of a site below a path: what leads out of the site at its top must not be found by luck.
HOME = "http://site.example/below/here/"

HEADER = "owner: support\naudience: vendor\nsummary: What Markdown can do."
MARKDOWN = f"""\
---
title: "Every *thing* & <more> #1"
{HEADER}
---

# A second title of the page

## The *rules* & `limits` of **all** <things>

Read [[restore-account#verify]], [[account-takeover#signal|the first question]], [[account-integrity#ownership@3.1]],
[[urgency]], [[2fa#2-steps]], [the rules](#the-rules-limits-of-all-things), [2FA](#2fa), [notes](#notes),
[umlauts](#groe-und-ma), [a mail](mailto:a@other.example), [a call](tel:+1234), <https://other.example/x?a=1&b=2>,
[signs](https://other.example/a_(b)?c=d&e#f "A 'title'"), [defined][1], [bracketed][2], [here][3].

## 2FA

![Red](shot.png "Its title") ![Blue](shots/two%20words.png) ![Green](shots/gr%C3%B6%C3%9Fe.png) ![Again][4]

## Größe und Maß

## 日本語

## 日本語

## Notes

### Notes

## Notes

Underlined title
----------------

## See [[restore-account]]

## {{{{ curly }}}} {{ #mine }}

## A number # sign ##

## _changes

```python
# no heading
print("[[x]] [y](z)")
```

> [!NOTE]
> Inside [[restore-account]][^one].

<details><summary>More</summary>

Hidden ![Again](shot.png), and a list with a link:
- one
  1. [two](#notes)

</details>

[^one]: A footnote with [a link](#2fa).

| A | B |
|---|---|
| [[restore-account]] | `a | b` |

- [ ] first
- [x] second

    > ## Quoted in a list [[account-restored]]

[1]: https://other.example/ "Defined"
[2]: <https://other.example/?a=1&b=2>
[3]: #notes
[4]: <shot.png>
"""
IN_A_FOLDER = f"""\
---
title: Two factors
{HEADER}
---

## 2 steps

![Beside](beside.png) ![Above](../shot.png) ![Defined][d] and [a link to it](beside.png), back to [[every-thing#2fa]].

[d]: beside.png
"""
# What the check refuses is still published where errors are allowed, as words.
REFUSED = f"""\
---
title: Loose ends
{HEADER}
---

## Loose ends

A footnote[^1], [a file](gone.md), [an anchor](#gone), ![a picture](gone.png), [nothing](), [[gone#part]], [up](../x/).

*[HTML]: Its words

[^1]: Two words.
"""
RETIRED = SOP.replace("id: restore-account", "id: old").replace("active", "retired").replace("formerly", "aliases")
PAGES = {
    "content/pages/every-thing.md": MARKDOWN,
    "content/pages/in/a/2fa.md": IN_A_FOLDER,
    "content/pages/loose-ends.md": REFUSED,
    "sops/old.yaml": RETIRED.replace("queue:", "superseded_by: restore-account\nqueue:"),
}
PICTURES = ("shot.png", "shots/two words.png", "shots/größe.png", "in/a/beside.png", "in/shot.png")
MORE_MARKDOWN = [
    *("footnotes", "def_list", "abbr", "pymdownx.highlight", "pymdownx.superfences", "pymdownx.mark", "pymdownx.keys"),
    {"pymdownx.tabbed": {"alternate_style": True}},
]


def small(place: Path, broken: bool) -> Path:
    """A library with every kind of document, page and picture, and with signs in all of its lines."""
    root = lay(place, Planted(), broken)
    left_out = () if broken else ("content/pages/loose-ends.md",)
    put(root, {path: text for path, text in PAGES.items() if path not in left_out})
    put(root / "content/pages", {name: picture(40 * number, 0, 200) for number, name in enumerate(PICTURES)})
    config = yaml.safe_load((root / "mkdocs.yml").read_text(encoding="utf-8"))
    config["markdown_extensions"] += MORE_MARKDOWN
    asked = {"omitted_files": "warn"}  # which no site could meet
    config["validation"] |= asked if broken else {"nav": asked}
    (root / "mkdocs.yml").write_text(yaml.safe_dump(config), encoding="utf-8")
    pack = root / "content/packs/acme-accounts.yaml"
    data = yaml.safe_load(pack.read_text(encoding="utf-8"))
    data["modules"].append({"title": "Pages", "documents": ["every-thing", "2fa", "urgency"]})
    pack.write_text(yaml.safe_dump(data), encoding="utf-8")
    return root


def starter(place: Path, ours: Path) -> tuple[Path, Path]:
    """The folders of the starter library's Markdown, and of its site as we build it."""
    output_of(ROOT, "build", "--format", "markdown", "--to", str(place / "markdown"))
    return place / "markdown", ours


def everything(place: Path, _: Path) -> tuple[Path, Path]:
    """The same of the small library, mistakes and all."""
    root = small(place / "base", broken=True)
    output_of(root, "build", "--allow-errors", "--format", "markdown")
    output_of(root, "build", "--allow-errors")
    return root / "dist/markdown", root / "site"


def pack(place: Path, _: Path) -> tuple[Path, Path]:
    """The same of a pack."""
    root = small(place / "base", broken=False)
    library = run(Folder(root), TODAY).library
    materials = Materials(library, library.by_id["acme-accounts"], settings(root), place / "work", lambda _: None)
    portable.make_markdown(materials.shown, materials.edition, settings(root), place / "markdown", strict=True)
    output_of(root, "pack", "build", "acme-accounts")
    with zipfile.ZipFile(next((root / "dist").rglob("site.zip"))) as archive:
        archive.extractall(place)
    (place / "acme-accounts/course.html").unlink()  # no page that an engine makes
    return place / "markdown", place / "acme-accounts"


class Built(NamedTuple):
    """What an engine made of a folder of Markdown: where, and what it said beyond that it is done."""

    site: Path
    status: int
    said: list[str]


def built(markdown: Path, engines: Iterable[str] = ENGINES) -> dict[str, Built]:
    """The site of every engine, all at a time."""
    running = {}
    for name in engines:
        words = ENGINES[name]
        site = markdown.parent / name if words[0] == "mkdocs" else markdown / "site"
        command = [sys.executable, "-m", *words, *([str(site)] if words[0] == "mkdocs" else [])]
        pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT}
        running[name] = site, subprocess.Popen(command, cwd=markdown, env=os.environ | QUIET, encoding="utf-8", **pipes)
    return {name: _ended(site, process) for name, (site, process) in running.items()}


def _ended(site: Path, process: subprocess.Popen[str]) -> Built:
    said = COLOUR.sub("", process.communicate(timeout=300)[0]).splitlines()
    return Built(site, process.returncode, [line for line in said if not CALM.fullmatch(line)])


class Page(HTMLParser):
    """What a browser finds on a page: ids, links, and of the article the headings and the words."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.ids: list[str] = []
        self.links: list[str] = []
        self.headings: list[tuple[str, str | None]] = []
        self.words = ""
        self._is_article = False
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        known = dict(attrs)
        self._is_article |= tag == "article"
        self.ids += [value for key in ("id", "name") if (value := known.get(key)) and tag != "meta"]
        self.links += [value for key in ("href", "src") if (value := known.get(key)) is not None]
        if self._is_article:
            self.links += [f"#{value}" for key in ("for", "aria-controls") if (value := known.get(key))]
        if self._is_article and re.fullmatch("h[1-6]", tag):
            self.headings.append((tag, known.get("id")))

    def handle_endtag(self, tag: str) -> None:
        self._is_article &= tag != "article"

    def handle_data(self, data: str) -> None:
        self.words += data if self._is_article else ""

    @property
    def shown(self) -> tuple[list[tuple[str, str | None]], str]:
        return self.headings, " ".join(self.words.split())


def read(site: Path) -> dict[str, Page]:
    """Every page of a site, by its path."""
    files = {path.relative_to(site).as_posix(): path for path in sorted(site.rglob("*.html"))}
    return {name: Page(path.read_text(encoding="utf-8")) for name, path in files.items()}


def by_source(pages: dict[str, Page]) -> dict[str, Page]:
    """Pages by the Markdown that they were made of, whatever their addresses are; without the one for lost readers."""
    return {_source(name): page for name, page in pages.items() if name != "404.html"}


def _source(address: str) -> str:
    return re.sub(r"(?<=.)/(index\.html)?$|\.html$", "", address.split("#")[0]) or "index"


def dead(site: Path, pages: dict[str, Page]) -> Iterator[str]:
    """The links of a site that lead to no file of it, or to no part of a page."""
    for name, page in pages.items():
        here = HOME + name.removesuffix("index.html")
        for link in page.links:
            lost = name == "404.html" and link.startswith("/")  # it is shown anywhere, and counts from its host's top
            to = urlsplit(urljoin(HOME, f".{link}") if lost else urljoin(here, link))
            home = urlsplit(HOME)
            if to.scheme != home.scheme or to.netloc != home.netloc:
                continue
            target = re.sub(r"(^|/)$", r"\1index.html", unquote(to.path).removeprefix(home.path))
            if not to.path.startswith(home.path):
                yield f"{name}: {link} leads out of the site"
            elif not (site / target).is_file():
                yield f"{name}: {link} leads nowhere"
            elif to.fragment and target in pages and unquote(to.fragment) not in pages[target].ids:
                yield f"{name}: {link} leads to no part of {target}"


def searched(site: Path) -> dict[str, int]:
    """The pages that our search in a site knows, each with the number of letters that it has of them."""
    found: dict[str, int] = {}
    for path in site.glob("search/*/d*.js"):
        card = json.loads(path.read_text(encoding="utf-8").partition(",")[2].removesuffix(");\n"))
        found[_source(card["address"])] = sum(len(text) for *_, text in card["parts"])
    return found


def searched_by_engine(site: Path) -> dict[str, int]:
    """The pages that an engine's own search knows, each with the number of letters that it has of them."""
    found: dict[str, int] = {}
    if (site / "search.json").is_file():
        for entry in json.loads((site / "search.json").read_text(encoding="utf-8"))["items"]:
            page = _source(entry["location"])
            found[page] = found.get(page, 0) + len(entry["text"])
    return found


def faults(ours: Path, known: dict[str, Page], engine: str, made: Built) -> Iterator[str]:
    """What a user of an engine would complain about; `known` are the pages of our own site."""
    yield from (f"{engine} says: {line}" for line in made.said)
    if made.status:
        yield f"{engine} ends with {made.status}"
        return
    pages = read(made.site)
    yield from (f"{engine}: {one}" for one in dead(made.site, pages))
    here, there = by_source(pages), by_source(known)
    yield from (f"{engine} has {name}, or we have, and not both" for name in here.keys() ^ there.keys())
    for name in here.keys() & there.keys():
        (headings, words), (our_headings, our_words) = here[name].shown, there[name].shown
        if headings != our_headings:
            yield f"{engine}: {name} has the headings {headings}, and not {our_headings}"
        if words != our_words:
            yield f"{engine}: {name} has other words: {words[:2000]} ... and not {our_words[:2000]}"
    if searched(ours) != searched(made.site):
        yield f"{engine}: our search has other pages in its site"


# A library, with how many pages, headings, links and pages in its search it must have at least, so that this can fail.
SMALL = ("a library that has everything", "a pack that has everything")
WHOLE = ("MkDocs", "Zensical")  # make the starter library too: with files as pages it is the same in the small ones
LIBRARIES: dict[str, tuple[Callable[[Path, Path], tuple[Path, Path]], tuple[int, int, int, int]]] = {
    "the starter library": (starter, (200, 1500, 5000, 100)),
    "a library that has everything": (everything, (90, 150, 3000, 12)),
    "a pack that has everything": (pack, (15, 60, 300, 0)),
}


@pytest.mark.parametrize("name", LIBRARIES)
def test_every_engine_makes_the_same_site(name: str, starter_site: Path, tmp_path: Path) -> None:
    make, least = LIBRARIES[name]
    markdown, ours = make(tmp_path, starter_site)
    pages = read(ours)
    links = sum(len(page.links) for page in pages.values())
    assert list(dead(ours, pages)) == [], "our own site"
    found = (len(pages), sum(len(page.headings) for page in pages.values()), links, len(searched(ours)))
    assert all(one >= enough for one, enough in zip(found, least, strict=True)), found
    told = [
        fault
        for engine, made in built(markdown, ENGINES if name in SMALL else WHOLE).items()
        for fault in faults(ours, pages, engine, made)
    ]
    assert told == []


def test_the_search_knows_a_page_and_not_all_that_leads_there(tmp_path: Path) -> None:
    """Of a policy that thousands of documents cite it would not be more; Zensical writes no site of such an entry."""
    found = []
    for number in (3, 30):
        one = SOP.replace("formerly: [account-recovery]\n", "")
        more = {f"sops/sop-{n}.yaml": one.replace("id: restore-account", f"id: sop-{n}") for n in range(number)}
        root = write(tmp_path / f"{number}", more)
        shutil.copy(ROOT / "mkdocs.yml", root)
        output_of(root, "build", "--format", "markdown")
        sites = [made.site for made in built(root / "dist/markdown").values()]
        assert {len(searched(site)) for site in sites} == {number + 6}, "the documents, and no list of them"
        by_engine = [known for site in sites if (known := searched_by_engine(site))]
        assert {len(known) for known in by_engine} == {number + 6}
        found.append([known["policies/account-integrity"] for known in [searched(sites[0]), *by_engine]])
    assert found[0] == found[1]


def test_the_folder_of_the_markdown_keeps_what_others_put_there_and_no_other_is_touched(base: Path, play: Play) -> None:
    shutil.copy(ROOT / "mkdocs.yml", base)
    there = base / "dist/markdown"
    assert play(base, "build", "--format", "markdown").exit_code == 0
    (there / "site").mkdir()
    (there / "site/index.html").write_text("built by an engine", encoding="utf-8")
    (there / "docs/sops/gone.md").write_text("mine", encoding="utf-8")
    (base / "sops/restore-account.yaml").rename(base / "sops/kept.txt")
    assert play(base, "build", "--format", "markdown", "--allow-errors").exit_code == 0
    assert (there / "site/index.html").read_text(encoding="utf-8") == "built by an engine"
    assert (there / "docs/sops/gone.md").is_file()
    assert not (there / "docs/sops/restore-account.md").exists()
    for place in ("content", "."):
        result = play(base, "build", "--format", "markdown", "--to", str(base / place))
        assert result.exit_code == 2, result.output
        assert (base / "content/vocabulary.yaml").is_file()


EMOJI = "markdown_extensions: [pymdownx.emoji: {emoji_index: !!python/name:material.extensions.emoji.twemoji }]"
CODE = {
    "hooks": ("hooks: [h.py]", ["h.py"]),
    "extra_templates": ("extra_templates: [x.html]", ["x.html"]),
    "theme.custom_dir": ("theme: {name: material, font: false, custom_dir: over}", ["theme.custom_dir"]),
    "tag of Python": (EMOJI, ["pymdownx.emoji", "!!python/name:material.extensions.emoji.twemoji"]),
}


@pytest.mark.parametrize("what", CODE)
def test_code_of_the_knowledge_base_does_not_go_with_the_markdown(what: str, base: Path, play: Play) -> None:
    setting, trusted = CODE[what]
    (base / "mkdocs.yml").write_text(f"site_name: Example\n{setting}\n", encoding="utf-8")
    trust = [word for name in trusted for word in ("--trust", name)]
    result = play(base, "build", "--format", "markdown", *trust)
    assert result.exit_code == 1, result.output
    assert what in result.output
    assert "does not go with the Markdown: remove it" in result.output
    assert not (base / "dist/markdown").exists()
