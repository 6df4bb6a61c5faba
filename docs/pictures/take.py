"""Takes the pictures of this folder from the starter library: each kind of page, narrow and wide, light and dark.

`make pictures` runs it, in a real Chromium. A picture has few colours, so that the files stay small.
"""

from __future__ import annotations

import functools
import http.server
import io
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PIL import Image
from playwright.sync_api import sync_playwright

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
AS_OF = "2026-11-30"
LOOKS = [(1280, 800), (640, 900)]
MESSAGE = (
    "Hi, yesterday I typed my password into a page that looked just like yours. Today somebody changed my e-mail "
    "address and I cannot sign in. I honestly don't want to live like this."
)


def search(page: Any) -> None:
    page.keyboard.press("/")
    page.locator("dialog[open] textarea").fill(MESSAGE)
    page.locator(".pb-hit").first.wait_for()
    page.wait_for_timeout(800)


def case(page: Any) -> None:
    page.keyboard.press("s")
    for words in ("LH-204821", "Sam"):
        page.keyboard.type(words)
        page.keyboard.press("Tab")
    page.keyboard.press("Escape")
    page.locator(".pb-open-here").first.click()
    page.locator(".pb-inside-frame.pb-shown").wait_for()
    tree = page.frames[-1]
    tree.locator(".pb-choice").first.click()
    tree.locator(".pb-choice").first.click()
    tree.locator(".pb-card").wait_for()
    page.locator(".pb-open-here").first.click()
    page.locator(".pb-case-done").first.click()
    page.locator("#contain ~ .pb-next .pb-open-here").first.click()
    page.wait_for_timeout(900)
    page.locator("#contain").evaluate("one => window.scrollTo(0, one.offsetTop - 130)")
    page.wait_for_timeout(400)


def walk(page: Any) -> None:
    page.keyboard.press("3")
    page.wait_for_timeout(200)
    page.evaluate("window.scrollTo(0, 0)")


def stay(page: Any) -> None:
    """Nothing is done before the picture is taken."""


PAGES: dict[str, tuple[str, Callable[[Any], None]]] = {
    "home": ("", stay),
    "search": ("", search),
    "procedure": ("sops/restore-account/", stay),
    "procedure-urgent": ("sops/imminent-threat-to-life/", stay),
    "case": ("sops/restore-account/", case),
    "decision": ("decision_trees/account-takeover/", walk),
    "letter": ("macros/account-locked/", stay),
    "policy": ("policies/account-integrity/", stay),
    "queue": ("queues/account-security/", stay),
    "changes": ("changes/", stay),
    "lost": ("sops/restore-acount/", stay),
}


class Quiet(http.server.SimpleHTTPRequestHandler):
    def send_error(self, code: int, *rest: Any) -> None:
        """An address that does not exist gets the site's own page."""
        self.send_response(code)
        self.end_headers()
        self.wfile.write((Path(self.directory) / "404.html").read_bytes())

    def log_message(self, *_: object) -> None:
        """Says nothing."""


def keep(picture: bytes, name: str) -> None:
    small = Image.open(io.BytesIO(picture)).convert("RGB").quantize(48, dither=Image.Dither.NONE)
    small.save(HERE / name, optimize=True)
    print(name, (HERE / name).stat().st_size)


def main() -> None:
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        site = Path(folder) / "site"
        build = [str(Path(sys.executable).parent / "playbook"), "build", "--as-of", AS_OF, "--to", str(site)]
        subprocess.run(build, cwd=ROOT, check=True)
        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(site)))
        threading.Thread(target=server.serve_forever, daemon=True).start()
        program = shutil.which("chromium") or shutil.which("chromium-headless-shell")
        flags = ["--no-sandbox", "--disable-gpu"]
        browser = playwright.chromium.launch(executable_path=program, args=flags)
        for width, height in LOOKS:
            for scheme in ("light", "dark"):
                for name, (path, act) in PAGES.items():
                    page = browser.new_page(viewport={"width": width, "height": height}, color_scheme=scheme)
                    page.goto(f"http://127.0.0.1:{server.server_port}/{path}")
                    page.wait_for_load_state("load")
                    page.wait_for_timeout(300)
                    act(page)
                    keep(page.screenshot(), f"{name}-{width}-{scheme}.png")
                    page.close()


if __name__ == "__main__":
    main()
