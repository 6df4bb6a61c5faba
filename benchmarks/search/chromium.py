"""A page in Chromium that is asked through the debugger, so that its content policy holds as it does for readers."""

from __future__ import annotations

import json
import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic
from typing import Any

from engines import TooSlow
from playwright.sync_api import Error, sync_playwright
from server import Served

FLAGS = ("no-sandbox", "disable-gpu", "no-first-run", "disable-background-networking", "disable-component-update")
NAMES = ("chromium", "chromium-browser", "google-chrome", "chromium-headless-shell")
LATE = "too late"
IN_TIME = f"Promise.race([%s, new Promise((_, fail) => setTimeout(() => fail(new Error('{LATE}')), %d))])"
STARTED = "(async () => { const began = performance.now(); await bench.start(); return performance.now() - began; })()"
TIMED = """(async () => {
  const began = performance.now();
  await bench.ask(%s);
  return performance.now() - began;
})()"""


class Crashed(Exception):
    """A page that ran out of memory, or that answered with an error."""


@contextmanager
def chromium() -> Iterator[Any]:
    program = os.environ.get("PLAYBOOK_CHROMIUM") or next((p for one in NAMES if (p := shutil.which(one))), None)
    if not program:
        raise SystemExit("no Chromium found; apt-get install chromium, or name it in PLAYBOOK_CHROMIUM")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=[f"--{flag}" for flag in FLAGS])
        yield browser
        browser.close()


class Page:
    """A search that is loaded and asked; all of it may take `limit` seconds."""

    def __init__(self, browser: Any, site: Served, driver: str, limit: float) -> None:
        self._browser, self._site, self._driver = browser, site, driver
        self._end = monotonic() + limit
        self._limit = limit
        self._page: Any = None
        self.reload()

    def reload(self) -> None:
        """Opens the page with nothing of it kept."""
        if self._page:
            self._page.context.close()
        self._page = self._browser.new_context().new_page()
        self._site.counter.take()
        self._page.goto(self._site.address, wait_until="load")
        self._debugger = self._page.context.new_cdp_session(self._page)
        if self._driver:
            self._site.counter.take()  # a page of the site is there before anybody searches
            self._evaluate(self._driver)

    def start(self) -> float:
        """Loads the search; gives milliseconds."""
        return float(self._run(STARTED))

    def ask(self, text: str) -> dict[str, Any]:
        return json.loads(self._run(f"bench.ask({json.dumps(text)}).then(JSON.stringify)")) | {
            "marks": bool(self._driver)
        }

    def time(self, text: str) -> float:
        """Milliseconds from the question to the results."""
        return float(self._run(TIMED % json.dumps(text)))

    def take(self) -> tuple[int, int, int]:
        return self._site.counter.take()

    def memory(self) -> float:
        """MiB of the process that has the page and its workers."""
        session = self._browser.new_browser_cdp_session()
        found = session.send("SystemInfo.getProcessInfo")["processInfo"]
        texts = [Path(f"/proc/{one['id']}/status") for one in found if one["type"] == "renderer"]
        sizes = (re.search(r"VmRSS:\s+(\d+)", path.read_text()) for path in texts if path.is_file())
        return max((int(size[1]) for size in sizes if size), default=0) / 1024

    def _run(self, promise: str) -> Any:
        left = self._end - monotonic()
        if left <= 0:
            raise TooSlow(f"not done after {self._limit:.0f} s")
        return self._evaluate(IN_TIME % (promise, 1000 * left))

    def _evaluate(self, script: str) -> Any:
        wishes = {"expression": script, "awaitPromise": True, "returnByValue": True}
        try:
            done = self._debugger.send("Runtime.evaluate", wishes)
        except Error as error:
            raise Crashed(f"the page is gone: {str(error)[:80]}") from None
        if "exceptionDetails" not in done:
            return done["result"].get("value")
        detail = done["exceptionDetails"].get("exception", {}).get("description", done["exceptionDetails"]["text"])
        raise TooSlow(f"not done after {self._limit:.0f} s") if LATE in detail else Crashed(f"it says: {detail[:300]}")
