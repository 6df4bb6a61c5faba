"""The second net: what is wrong in pages as they were written is named before they replace those that are there."""

from __future__ import annotations

import re
import shutil
from html.parser import HTMLParser
from pathlib import Path

import pytest
from conftest import Lay, Play
from hypothesis import given
from hypothesis import strategies as st
from knowledge import put, snapshot

from generator.publishing.pages import naming
from generator.publishing.written.markup import openings
from generator.publishing.written.policy import LONGEST, Inline, policy, read_headers, write_headers
from generator.publishing.written.verify import verify

ROOT = Path(__file__).parents[1]
AROUND = (
    "<!doctype html><html lang=en><head><title>T</title></head><body>{nav}<article><h1>T</h1>{text}</article></body>"
)
OTHER = AROUND.format(nav="", text="<h2 id=größe>A</h2><a name=old></a><h2 id='2fa'>B</h2>")
FILES = {"other/index.html": OTHER, "a b/ü.pdf": "x", "shot.png": "x", "assets/playbook.css": "a {}"}


def slips_of(place: Path, files: dict[str, str], **site: str | bool) -> list[str]:
    put(place, FILES | files)
    return [slip.what for slip in verify(place, language="en", **site)[0]]  # type: ignore[arg-type]


# What stands in the text of sops/x/index.html: a part of what is said of it; empty where it is sound.
TEXTS = {
    # addresses
    "<a href='../../other/'>A</a>": "",
    "<a href='../../'>Up</a>": "there is no such page",
    "<a href='../../gone/'>See <b>the</b> rules</a>": "the link “See the rules” leads to `../../gone/`: there",
    "<a href='../../other'>A</a>": "it is a folder",
    "<a href='../../Other/'>A</a>": "there is no such page",
    "<a href='../../../other/'>A</a>": "it leads out of the site",
    "<a href='./../../other/./'>A</a>": "",
    "<a href='../../other/?x=1#2fa'>A</a>": "",
    "<a href='/other/'>A</a>": "it begins at the top of the host",
    "<a href='//other.example/x'>A</a>": "",
    "<a href='https://other.example/x'>A</a>": "",
    "<a href='mailto:a@b.example'>A</a><a href='tel:+1'>B</a><a href='data:text/plain,x'>C</a>": "",
    "<a href='http://['>A</a>": "it is not a valid address",
    "<a href='../../a%20b/%C3%BC.pdf#page=2'>A</a>": "",
    "<a href='../../a b/ü.pdf'>A</a>": "",
    "<a href='../../a%20b/%C3%BC.pd'>A</a>": "there is no such page or file",
    "<!-- <a href='gone'>A</a> --><script type=x><a href=gone></script>": "",
    "<a title=it's href=../../gone.pdf>A</a>": "`../../gone.pdf`",
    "<A HREF='../../gone/'>A</A>": "there is no such",
    # everything that has an address
    "<img alt='' src='../../gone.png'>": "the picture leads to `../../gone.png`",
    "<img alt='' srcset='../../shot.png 1x, ../../gone.png 2x'>": "`../../gone.png`",
    "<video poster=../../gone.png></video>": "the video leads to `../../gone.png`",
    "<form action=../../gone/></form>": "the form leads to `../../gone/`",
    "<button formaction=../../gone/>A</button>": "`../../gone/`",
    "<object data=../../gone.pdf></object>": "`../../gone.pdf`",
    "<svg><use xlink:href='#gone'/></svg>": "this page has no such part",
    "<meta http-equiv=refresh content='0; url=../../gone/'>": "the forwarding leads to",
    "<img alt='' src='https://other.example/x.png'>": "is on another host",
    "<img alt='' src='data:image/png;base64,AAAA'>": "",
    # fragments
    "<a href='#'>A</a><a href='#top'>B</a><a href=''>C</a>": "",
    "<a href='#a b'>A</a><p id='a b'>B</p>": "",
    "<a href='#gone'>A</a>": "the link “A” leads to `#gone`: this page has no such part",
    "<a href='../../other/#gr%C3%B6%C3%9Fe'>A</a><a href='../../other/#größe'>B</a>": "",
    "<a href='../../other/#old'>A</a>": "",
    "<a href='../../other/#grosse'>A</a>": "that page has no such part",
    "<a href='../../other/#2fa:~:text=B'>A</a>": "",
    # ids
    "<p id=one></p><p id=one></p>": "the id `one` is there 2 times",
    "<label for=gone>A</label>": "`for` names the id `gone`",
    "<p id=one aria-labelledby='one gone'></p>": "`aria-labelledby` names the id `gone`",
    "<p aria-describedby='gone'></p>": "`aria-describedby` names",
    "<button aria-controls='gone'></button>": "`aria-controls` names",
    "<map name=one></map><img alt='' src='../../shot.png' usemap='#one'>": "",
    # words for those who cannot see, headings, languages
    "<img src='../../shot.png'>": "has no words",
    "<svg role=img></svg>": "has no words",
    "<svg role=img><title>A</title></svg><svg role=img aria-label=A></svg>": "",
    "<h2>A</h2><h4>B</h4>": "a heading of level 4 follows one of level 2",
    "<h2>A</h2><h3>B</h3><h2>C</h2>": "",
    "<h1>A</h1>": "has 2 headings of the first level",
    "<p lang=pt-BR></p><p lang=zh-Hant-TW></p><p lang=''></p>": "",
    "<p lang=pt_BR></p>": "the language `pt_BR` of `<p>` is none",
    # what may not run
    "<script>go()</script>": "has a script written into its text",
    "<script type=application/json>{}</script>": "",
    "<p onclick='go()'></p>": "has a script in an attribute (`onclick`)",
}


@pytest.mark.parametrize("text", TEXTS)
def test_what_is_wrong_in_a_page(text: str, tmp_path: Path) -> None:
    found = slips_of(tmp_path, {"sops/x/index.html": AROUND.format(nav="", text=text)})
    assert len(found) == bool(TEXTS[text]), found
    assert TEXTS[text] in "".join(found)


# A whole site of few files, and how it is opened: what is said of it.
SITES: dict[str, tuple[dict[str, str], dict[str, str | bool], str]] = {
    "a language is missing": ({"x.html": "<html><article><h1>A</h1></article>"}, {}, "does not say its language"),
    "a language is another": ({"x.html": "<html lang=de><article><h1>A</h1></article>"}, {}, "is `de`"),
    "no first heading": ({"x.html": "<html lang=en><article><h2>A</h2></article>"}, {}, "no heading of the first"),
    "a base": ({"x.html": "<base href='other/'><main><a href='#2fa'>A</a><a href='../shot.png'>B</a></main>"}, {}, ""),
    "a base elsewhere": ({"x.html": "<base href='other/'><main><a href='shot.png'>A</a></main>"}, {}, "no such page"),
    "a site below a path": (
        {"x.html": "<main><a href='/book/other/'>A</a><a href='https://play.example/book/other/#2fa'>B</a></main>"},
        {"url": "https://play.example/book/"},
        "",
    ),
    "a site beside its path": (
        {"x.html": "<main><a href='/other/'>A</a></main>"},
        {"url": "https://p.test/b"},
        "out of",
    ),
    "a page of another site": (
        {"x.html": "<main><a href='http://p.test/x'>A</a></main>"},
        {"url": "https://p.test"},
        "",
    ),
    "an own page that is gone": (
        {"x.html": "<main><a href='https://p.test/gone/'>A</a></main>"},
        {"url": "https://p.test/"},
        "no such page",
    ),
    "a lost page": ({"404.html": "<main><a href='/other/#2fa'>A</a><a href='#'>B</a></main>"}, {}, ""),
    "a lost page that is relative": ({"404.html": "<main><a href='other/'>A</a></main>"}, {}, "shown at any depth"),
    "a lost page below a path": (
        {"404.html": "<main><a href='/other/'>A</a></main>"},
        {"url": "https://p.test/b/"},
        "out of the site",
    ),
    "a folder in a pack": ({"x.html": "<main><a href='other/'>A</a></main>"}, {"is_flat": True}, "it is a folder"),
    "a page in a pack": ({"x.html": "<main><a href='other/index.html#2fa'>A</a></main>"}, {"is_flat": True}, ""),
    "an index of the search": (
        {"search/index.js": 'f("index",{"documents":1,"version":"ab","ids":"other/"});'},
        {},
        "`ab/d0.js`",
    ),
    "a card of the search": (
        {"search/ab/d0.js": 'f("d0",{"address":"other/","parts":[["2fa","B"],["","C"]]});'},
        {},
        "",
    ),
    "a card without its page": ({"search/ab/d0.js": 'f("d0",{"address":"gone/","parts":[]});'}, {}, "no such page"),
    "a card without its part": (
        {"search/ab/d0.js": 'f("d0",{"address":"other/","parts":[["x","B"]]});'},
        {},
        "no such part",
    ),
    "a card that is cut off": ({"search/ab/d0.js": 'f("d0",{"address":"oth'}, {}, "cannot be read"),
    "a manifest": ({"site.webmanifest": '{"icons": [{"src": "shot.png"}, {"src": "gone.png"}]}'}, {}, "`gone.png`"),
    "a style": ({"assets/x.css": "a { background: url(../shot.png) url('gone.png') url(data:x) }"}, {}, "`gone.png`"),
    "a feed": ({"feeds/x.xml": "<feed><link href='../other/#2fa'/><link href='../gone/'/></feed>"}, {}, "`../gone/`"),
    "a sitemap": (
        {"sitemap.xml": "<loc>https://p.test/other/</loc><loc>https://p.test/x/</loc>"},
        {"url": "https://p.test/"},
        "`https://p.test/x/`",
    ),
}


@pytest.mark.parametrize("what", SITES)
def test_what_is_wrong_in_a_site(what: str, tmp_path: Path) -> None:
    files, site, said = SITES[what]
    found = slips_of(tmp_path, files, **site)
    assert len(found) == bool(said), found
    assert said in "".join(found)


def test_what_a_theme_does_wrong_is_a_warning_and_what_it_runs_is_hashed(tmp_path: Path) -> None:
    nav = "<a href='gone/'>A</a><label for=x></label><label for=__toc></label><img src=shot.png><script>go()</script>"
    put(tmp_path, {"shot.png": "x", "index.html": AROUND.format(nav=nav, text="<script>smuggled()</script>")})
    slips, inline = verify(tmp_path)
    assert [slip.is_grave for slip in slips] == [True, False, False, False]
    assert inline == Inline(frozenset({"go()"}))
    lost = {
        "assets/playbook.css": None,
        "index.html": AROUND.format(nav="<script src=assets/search.js></script>", text=""),
    }
    put(tmp_path, {name: text for name, text in lost.items() if text})
    assert [slip.is_grave for slip in verify(tmp_path)[0]] == [True], "a script of ours is missing"


class Whole(HTMLParser):
    """The tags that the parser of Python finds."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str]]] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        known: dict[str, str] = {}
        for name, value in attrs:
            known.setdefault(name, value or "")
        self.found.append((tag, known))


TAGS = st.sampled_from(
    [
        "<a href='x'>",
        '<p id="a>b">',
        "<IMG SRC=x ALT>",
        "<b\nc=&amp;d e = 'f'>",
        "<br/>",
        "</a>",
        "text",
        "<!-- <a> -->",
        "<script>if (a<b) '<p>'</script>",
        "<title>&lt;a></title>",
        "<a b=c/>",
        "< a>",
        "<>",
        "&lt;a>",
        "<a x='1' x='2'>",
    ]
)


@given(st.lists(TAGS).map("".join))
def test_a_page_has_the_tags_that_a_whole_parser_finds(text: str) -> None:
    assert [(one.name, one.attributes) for one in openings(text)] == Whole(text).found


def test_a_template_that_is_wrong_publishes_nothing(
    lay: Lay, play: Play, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The page, what it says, and where it comes from are named; the earlier site stays."""
    base = lay({})
    shutil.copy(ROOT / "mkdocs.yml", base)
    assert play(base, "build").exit_code == 0
    before, sop = snapshot(base / "site"), (base / "sops/restore-account.yaml").read_text(encoding="utf-8").split("\n")
    shutil.copytree(naming.TEMPLATES, tmp_path / "templates")
    template = tmp_path / "templates/document.md.j2"
    wrong = '<p><a href="../../macros/account-restored/#gone">the reply</a> <img src="x.png"></p>'
    broken = f'\n{{% if document.id == "restore-account" %}}\n{wrong}\n{{% endif %}}\n'
    template.write_text(template.read_text(encoding="utf-8") + broken, encoding="utf-8")
    monkeypatch.setattr(naming, "TEMPLATES", tmp_path / "templates")
    for words in (("build",), ("pack", "build", "acme-accounts")):
        result = play(base, *words)
        assert result.exit_code == 1, result.output
        assert "the link “the reply” leads to `../../macros/account-restored/#gone`: " in result.output
        line = re.search(r"it is made of sops/restore-account\.yaml:(\d+)", result.output)
        assert line, result.output
        assert "account-restored" in sop[int(line[1]) - 1]
    assert snapshot(base / "site") == before
    assert not list((base / "dist").rglob("site.zip"))
    allowed = play(base, "build", "--allow-errors")
    assert (allowed.exit_code, "Warning: sops/restore-account/index.html" in allowed.output) == (0, True)


def test_hosts_are_told_what_the_pages_need(lay: Lay, play: Play) -> None:
    base = lay({})
    shutil.copy(ROOT / "mkdocs.yml", base)
    assert play(base, "build").exit_code == 0
    written = (base / "site/_headers").read_text(encoding="utf-8")
    sent = dict(read_headers(written, "/sops/restore-account/"))
    assert "unsafe" not in sent["Content-Security-Policy"]
    assert sent["Content-Security-Policy"].count("'sha256-") >= 3
    assert (sent["X-Content-Type-Options"], sent["Referrer-Policy"]) == ("nosniff", "no-referrer")
    assert "Cache-Control" not in sent
    piece = next((base / "site/search").glob("*/d0.js")).relative_to(base / "site").as_posix()
    assert "immutable" in dict(read_headers(written, f"/{piece}"))["Cache-Control"]
    assert "immutable" not in str(read_headers(written, "/search/index.js"))
    assert max(map(len, written.splitlines())) < LONGEST / 2
    assert play(base, "build", "--format", "markdown").exit_code == 0
    assert not list((base / "dist").rglob("_headers")), "a host reads it where the pages are"


def test_headers_of_somebody_elses_stay(lay: Lay, play: Play) -> None:
    base = lay({})
    shutil.copy(ROOT / "mkdocs.yml", base)
    assert play(base, "build").exit_code == 0
    listed = base / "site/assets/built-files.txt"
    listed.write_text(listed.read_text(encoding="utf-8").replace("_headers\n", ""), encoding="utf-8")
    (base / "site/_headers").write_text("/*\n  X-Mine: 1\n", encoding="utf-8")
    result = play(base, "build")
    assert (result.exit_code, "the pages need the policy: default-src 'self'; script-src" in result.output) == (0, True)
    assert (base / "site/_headers").read_text(encoding="utf-8") == "/*\n  X-Mine: 1\n"


def test_a_style_in_an_attribute_needs_a_hash_and_no_more() -> None:
    asked = policy(Inline(styled=frozenset({"color: red"})))
    assert "style-src-attr 'unsafe-hashes' 'sha256-" in asked
    assert "style-src-attr 'none'" in policy(Inline())
    assert "unsafe-inline" not in asked
    assert write_headers(Inline(), ()).count("\n/") == 0
