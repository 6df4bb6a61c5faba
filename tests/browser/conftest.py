"""What the browser tests share: Chromium, the starter site behind a server, a pack in a folder, pages, axe."""

from __future__ import annotations

import functools
import http.server
import json
import os
import shutil
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http import HTTPStatus
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from conftest import output_of
from knowledge import Changes, write

from generator.publishing.written.policy import HEADERS, read_headers

ROOT = Path(__file__).parents[2]
TOOLS = ROOT / ".cache/node/node_modules"
AXE = TOOLS / "axe-core/axe.min.js"
FLAGS = (
    "no-sandbox disable-gpu no-first-run disable-background-networking "
    "disable-component-update disable-sync disable-quic"
)
NOTHING = "/_nothing"
ICON = "/favicon.ico"  # which a browser asks for where a page names none, and complains of later, in the next test
# What fades in when axe-core happens to look has too little contrast: a page is judged as it comes to rest.
STILL = """() => {
  const still = new CSSStyleSheet();
  still.replaceSync("*, ::before, ::after { transition: none !important; animation: none !important }");
  document.adoptedStyleSheets = [still];
}"""
# The widths and colours that a page is looked at in: each colour, and each width once.
LOOKS = [(320, "dark"), (1280, "light"), (768, "light")]
Open = Callable[..., Any]
Build = Callable[..., Path]
Axe = Callable[[Any], list[str]]


def missing(what: str) -> None:
    """Absence is a failure where everything must run, and a skip with its reason elsewhere."""
    if os.environ.get("CI"):
        pytest.fail(f"{what}: the tests of the browser's part must run here")
    pytest.skip(what)


def _chromium() -> str | None:
    """Chromium without its windows, where there is one: what draws them takes two thirds of the time."""
    names = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
    return os.environ.get("PLAYBOOK_CHROMIUM") or next((p for name in names if (p := shutil.which(name))), None)


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    program = _chromium()
    if program is None:
        missing("no Chromium found; apt-get install chromium-headless-shell, or name it in PLAYBOOK_CHROMIUM")
    api = pytest.importorskip("playwright.sync_api", reason="needs the extra `browser`")
    with api.sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=program, args=[f"--{flag}" for flag in FLAGS.split()])
        yield running
        running.close()


@functools.lru_cache(maxsize=4096)
def _headers_of(file: Path, path: str) -> list[tuple[str, str]]:
    """What a host sends with a file; no test writes a `_headers` anew where it is served."""
    return list(read_headers(file.read_text(encoding="utf-8"), path))


class _Quiet(http.server.SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"  # a page has some thirty files: one connection is enough for them

    def end_headers(self) -> None:
        """Sends what the site's own `_headers` says, as a host does: a page that needs more complains."""
        asked, here = unquote(self.path.partition("?")[0]), Path(self.directory)
        below = "/" if (here / HEADERS).is_file() else f"/{next(here.glob(f'*/{HEADERS}')).parent.name}/"
        for name, value in _headers_of(here / below.strip("/") / HEADERS, f"/{asked.removeprefix(below)}"):
            self.send_header(name, value)
        super().end_headers()

    def do_GET(self) -> None:
        """A page without anything, in which a tab forgets what it kept of the site, is there beside the site's own."""
        if self.path not in (NOTHING, ICON):
            super().do_GET()
            return
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """Shows the site's own page where there is none, at whatever depth, as hosts of static sites do."""
        lost = Path(self.directory) / "404.html"
        if code != HTTPStatus.NOT_FOUND or not lost.is_file():
            super().send_error(code, message, explain)
            return
        page = lost.read_bytes()
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(page)))
        self.end_headers()
        self.wfile.write(page)

    def log_message(self, *_: object) -> None:
        """Says nothing."""


def arrives(page: Any, anchor: str) -> None:
    """Waits until a link that was followed has led to a part of the page; fails where it never does."""
    page.wait_for_url(lambda url: url.endswith(f"#{anchor}"))


def unfolded(page: Any) -> Any:
    """A page on which nothing is folded."""
    page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")
    return page


def until(page: Any, expression: str, arg: Any = None) -> None:
    """Waits until an expression holds on a page. Playwright would evaluate it as text, which the policy forbids."""
    end = time.monotonic() + 30
    while not page.evaluate(expression, arg):
        assert time.monotonic() < end, f"never so: {expression}"
        page.wait_for_timeout(50)


@contextmanager
def served(place: Path) -> Iterator[str]:
    """The address at which a folder is served for a while."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_Quiet, directory=str(place)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()


@pytest.fixture(scope="session")
def address(starter_site: Path) -> Iterator[str]:
    """Where the starter site is served."""
    with served(starter_site) as address:
        yield address


@pytest.fixture(scope="session")
def pack(starter_pack: Path) -> Path:
    return starter_pack


@pytest.fixture
def course(pack: Path) -> str:
    """The address of the pack's course."""
    return (pack / "course.html").as_uri()


@pytest.fixture
def plan(pack: Path) -> dict[str, Any]:
    """What the script of the pack's course works with."""
    text = (pack / "course.html").read_text(encoding="utf-8")
    found: dict[str, Any] = json.loads(text.split('id="plan">')[1].split("</script>")[0])
    return found


def build_in(folder: Path, changes: Changes | None = None, *options: str) -> Path:
    """Builds the small knowledge base with other files laid over it, and gives the site's folder."""
    base = write(folder / "base", changes)
    shutil.copy(ROOT / "mkdocs.yml", base)
    output_of(base, "build", *options)
    return base / "site"


@pytest.fixture
def build(tmp_path: Path) -> Build:
    """A function that builds the small knowledge base with other files laid over it, and gives the site's folder."""
    return functools.partial(build_in, tmp_path)


class Tabs:
    """What tests without wishes of their own share: a page in a new tab takes four times as long as in an old one."""

    def __init__(self, context: Any) -> None:
        self.context = context
        self.free: list[Any] = []
        self.used: list[Any] = []
        self.emptied: set[str] = set()

    def take(self, home: str, width: int, scheme: str) -> Any:
        """A tab that keeps nothing of a site; what tabs share is emptied for the first of a test alone."""
        page = self.free.pop() if self.free else _listening(self.context.new_page())
        self.used.append(page)
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme)
        page.goto(home + NOTHING)
        page.evaluate("sessionStorage.clear()")
        if home not in self.emptied:
            page.evaluate("localStorage.clear()")
            self.emptied.add(home)
        return page

    def give_back(self) -> None:
        """Leaves all pages, and closes those in which a test has changed the browser itself."""
        for page in [one for one in self.context.pages if one not in self.free]:
            if page in self.used and not page.is_changed:
                page.goto("about:blank")
                page.emulate_media(media="null", color_scheme="null", reduced_motion="null", forced_colors="null")
                self.free.append(page)
            else:
                page.close()
        self.used.clear()
        self.emptied.clear()


@pytest.fixture(scope="session")
def tabs(browser: Any) -> Tabs:
    return Tabs(browser.new_context())


@pytest.fixture
def open_page(browser: Any, tabs: Tabs) -> Iterator[Open]:
    """A function that opens a page, with lists of what it complained of and of what it asked from elsewhere.

    Whatever the content policy kept a page from fails the test; `page.refused` has it, for tests that mean it.
    """
    contexts: list[Any] = []
    refused: list[str] = []

    def call(url: str, width: int = 1280, scheme: str = "light", at: str | None = None, **options: Any) -> Any:
        home = "/".join(url.split("/")[:3])
        if at or options or not home.startswith("http://"):
            context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme, **options)
            contexts.append(context)
            page = _listening(context.new_page())
        else:
            page = tabs.take(home, width, scheme)
        page.refused, page.home = refused, "file:" if url.startswith("file:") else home
        page.complaints.clear()
        page.strangers.clear()
        if at:
            page.clock.set_fixed_time(f"{at}T12:00:00")
        page.goto(url)
        page.wait_for_load_state("load")
        return page

    yield call
    for context in contexts:
        context.close()
    tabs.give_back()
    assert refused == [], "the policy in _headers forbids what a page does"


def turn_to(page: Any, url: str) -> None:
    """Opens another address in a page that complained of nothing yet: a window of its own takes five times as long."""
    page.goto("about:blank")
    page.complaints.clear()
    page.strangers.clear()
    page.goto(url)
    page.wait_for_load_state("load")


def _listening(page: Any) -> Any:
    """A new page that keeps what it complains of, and knows whether a test changes more than what it shows."""
    page.complaints, page.strangers, page.refused, page.home, page.is_changed = [], [], [], "", False
    page.on("console", lambda message: page.complaints.append(message.text) if message.type == "error" else None)
    page.on("console", lambda one: page.refused.append(one.text) if "Content Security Policy" in one.text else None)
    page.on("pageerror", lambda error: page.complaints.append(str(error)))
    page.on("request", lambda asked: None if asked.url.startswith(page.home) else page.strangers.append(asked.url))
    for name in ("add_init_script", "route"):
        setattr(page, name, functools.partial(_change, page, getattr(page, name)))
    return page


def _change(page: Any, method: Callable[..., Any], *what: Any, **options: Any) -> Any:
    page.is_changed = True
    return method(*what, **options)


@pytest.fixture
def axe() -> Axe:
    """A function that names what axe-core finds serious or critical on a page."""
    if not AXE.is_file():
        missing("no axe-core found; run tests/scripts/get_tools.sh, which needs npm")

    def call(page: Any) -> list[str]:
        page.evaluate(STILL)
        page.evaluate(AXE.read_text(encoding="utf-8"))
        # In a folder each style sheet is another origin's: axe-core would ask for it anew and be refused, and the page
        # would have complained of it. No rule that runs here reads style sheets.
        options = "{ resultTypes: ['violations'], preload: { assets: ['media'] } }"
        found = page.evaluate(f"axe.run({options})")["violations"]
        return [
            f"{one['id']}: {one['help']} ({node['target'][0]})"
            for one in found
            if one["impact"] in ("serious", "critical")
            for node in one["nodes"][:3]
        ]

    return call
