"""Real policies, from their files to a built site: what a page shows is what GitHub shows of the file.

Whoever reads the site never sees the steps between: import, YAML, templates, MkDocs. So the pages that they make are
held against cmark-gfm's reading of each source. The differences that are meant are made in `expected`, each with its
reason; there are no others.
"""

from __future__ import annotations

import html
import posixpath
import re
import shutil
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote

import pytest
import yaml
from conftest import output_of
from knowledge import STARTER, write
from test_corpora import CORPORA
from test_gfm import FRONT, convert_as_github, differences, shaped

FOLDERS = ("site-policy/current", "aws-incident-response")
HEADING = re.compile(r"<h([1-6])\b[^>]*>(.*?)</h\1>", re.DOTALL)
LINK = re.compile(r'<a href="([^"]*)"[^>]*>(.*?)</a>', re.DOTALL)
ANCHOR = re.compile(r'\bid="([^"]+)"')
TAG = re.compile(r"<[^>]*>")
RESTS = re.compile(r'<div class="pb-rests".*?</div>', re.DOTALL)
NUMBER = re.compile(r"^(?:[A-Z]|[IVXLC]+|\d+(?:\.\d+)*[A-Za-z]?)[.)]?\s+")
SUFFIX = re.compile(r"(?:\.md|/)$")


class Corpus(NamedTuple):
    """A folder that was imported: the ids of its files by path, and the addresses that files had on their site."""

    ids: dict[str, str]
    former: dict[str, str]

    def find(self, path: str, address: str) -> str:
        """The id of the policy that an address in a file leads to; empty if it leads out of the folder."""
        target = unquote(address.partition("#")[0])
        if target.startswith("/"):
            near = SUFFIX.sub("", target).partition("/site-policy/")[2]
            return self.former.get(target) or self.ids.get(f"{near}.md", "")
        return self.ids.get(posixpath.normpath(posixpath.join(posixpath.dirname(path), target)), "")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A knowledge base with all of it, and its site as readers get it."""
    base = write(tmp_path_factory.mktemp("site") / "base")
    shutil.copy(STARTER / "mkdocs.yml", base)
    for folder in FOLDERS:
        output_of(base, "import", "policies", str(CORPORA / folder))
    output_of(base, "build", "--audience", "public")
    return base


def read_corpus(base: Path, folder: str) -> Corpus:
    ids, former = {}, {}
    for place in sorted((base / "content/policies").glob("*.yaml")):
        found = re.match(
            r"# Imported by playbook import policies from (.*) in (.*)/;", place.read_text(encoding="utf-8")
        )
        if found and found[2] == Path(folder).name:
            ids[found[1]] = place.stem
    for path, name in ids.items():
        front = FRONT.match((CORPORA / folder / path).read_text(encoding="utf-8"))
        redirects = yaml.safe_load(front[0].strip("-\n")).get("redirect_from", []) if front else []
        former |= dict.fromkeys([redirects] if isinstance(redirects, str) else redirects, name)
    return Corpus(ids, former)


def expected(text: str, path: str, corpus: Corpus, title: str) -> str:
    """The HTML that GitHub makes of a file, with the differences that are meant."""

    def point(link: re.Match[str]) -> str:
        address, words = html.unescape(link[1]), link[2]
        if re.match(r"https?:|mailto:", address):
            return link[0]
        if address.startswith("#"):
            return f'<a href="#">{words}</a>'  # a section has an id without its number
        if name := corpus.find(path, address):
            # A reference to a section needs a version, so that a link to one leads to the whole policy.
            own = f'<a href="#">{words}</a>' if "#" in address else words
            return f'<a href="{name}">{words}</a>' if name != corpus.ids[path] else own
        if words.startswith("https://"):
            words = f'<a href="{words}">{words}</a>'
        return f"{words} (<code>{link[1]}</code>)"  # it leads nowhere here: its address is told

    made = convert_as_github(text)
    if (own := find_title(made)) and own.casefold() != title.casefold():
        # The front matter says what the page is called; another title at the top of the file is its first words.
        made = f"<p><strong>{own}</strong></p>{made}"
    return LINK.sub(point, made)


def find_title(made: str) -> str:
    """The heading that is the title of a file: its first, if no other has level 1; empty if none is."""
    levels = [one[1] for one in HEADING.finditer(made)]
    return titles(made)[0] if levels[:1] == ["1"] and "1" not in levels[1:] else ""


def shown(page: str) -> str:
    """The sections of a policy's page, without what the page adds below each."""
    article = page[page.index("<h2 id=") : page.rindex('<div class="pb-rests"')]
    article = RESTS.sub("", article)
    article = re.sub(r'<a class="headerlink".*?</a>', "", article)
    return LINK.sub(
        lambda link: f'<a href="{re.sub(r"^[.][.]/(.*)/$|^#.*", lambda one: one[1] or "#", link[1])}">{link[2]}</a>',
        article,
    )


def titles(made: str) -> list[str]:
    """The words of headings without numbers: a section has its number apart."""
    number = 1 if made.count("<h2 id=") == 1 else 0
    made = made.replace(f'<h2 id="introduction">{number} Introduction</h2>', "")  # what has no heading in the file
    return [
        " ".join(NUMBER.sub("", html.unescape(TAG.sub("", one[2])).strip()).split()) for one in HEADING.finditer(made)
    ]


def files() -> list[tuple[str, str]]:
    return [
        (folder, file.relative_to(CORPORA / folder).as_posix())
        for folder in FOLDERS
        for file in sorted((CORPORA / folder).rglob("*.md"))
    ]


@pytest.mark.parametrize(("folder", "path"), files())
def test_a_page_shows_what_github_shows(folder: str, path: str, site: Path) -> None:
    corpus = read_corpus(site, folder)
    source = FRONT.sub("", (CORPORA / folder / path).read_text(encoding="utf-8"))
    title = yaml.safe_load((site / f"content/policies/{corpus.ids[path]}.yaml").read_text(encoding="utf-8"))["title"]
    page = (site / f"site/policies/{corpus.ids[path]}/index.html").read_text(encoding="utf-8")
    github, ours = expected(source, path, corpus, title), shown(page)

    assert differences(shaped(HEADING.sub("", github)), shaped(HEADING.sub("", ours))) == []
    assert titles(ours) == titles(github)[1 if find_title(github) else 0 :]
    anchors = set(ANCHOR.findall(page))
    assert [link[1] for link in LINK.finditer(page) if link[1].startswith("#") and link[1][1:] not in anchors] == []
