"""What MkDocs alone makes of our Markdown: every page loads all scripts, and each of them finds its own part."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from knowledge import TABLE, write

from browser.conftest import ROOT, Open, served, turn_to
from generator.publishing.written.policy import HEADERS, write_headers
from generator.publishing.written.verify import verify

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("another browser")]

SEEN = {
    "sops/restore-account": ".pb-ribbon .pb-severity",
    "macros/account-restored": "[data-pb-field=name]",
    "decision_trees/account-takeover": ".pb-walker h2",
    "ids": "[data-pb-filter]",
    "health": ".pb-wide[tabindex='0']",
}


@pytest.fixture(scope="module", params=["folders", "files"])
def bare(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small knowledge base by `mkdocs build` alone, with pages that are folders and pages that are files."""
    place = tmp_path_factory.mktemp("bare")
    base = write(place / "base", {"decision_trees/account-takeover.yaml": TABLE})
    shutil.copy(ROOT / "mkdocs.yml", base)
    _run("benchmarks/emit.py", str(base), str(place), "index")
    config = place / "mkdocs.yml"
    is_folder = str(request.param == "folders").lower()
    config.write_text(config.read_text(encoding="utf-8") + f"use_directory_urls: {is_folder}\n", encoding="utf-8")
    _run("-m", "mkdocs", "build", "--quiet", "--config-file", str(config), "--site-dir", str(place / "site"))
    slips, inline = verify(place / "site", is_flat=request.param == "files", language="en")
    # A feed has the addresses of a site whose pages are folders, as those are that we publish.
    assert [slip for slip in slips if not slip.page.startswith("feeds/")] == []
    (place / "site" / HEADERS).write_text(write_headers(inline, ()), encoding="utf-8")
    return place / "site"


def _run(*words: str) -> None:
    environment = os.environ | {"NO_MKDOCS_2_WARNING": "1"}
    done = subprocess.run(
        [sys.executable, *words], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


def _page(site: Path, name: str) -> str:
    return f"{name}/index.html" if (site / name / "index.html").is_file() else f"{name}.html"


def test_a_site_that_bare_mkdocs_made_works_from_a_server_and_from_a_folder(bare: Path, open_page: Open) -> None:
    with served(bare) as address:
        for home in (address, bare.as_uri() + "/"):
            page: Any = open_page(home + _page(bare, "index"))
            for name, part in SEEN.items():
                turn_to(page, home + _page(bare, name))
                assert page.locator(part).first.is_visible(), f"{name} from {home}"
                assert page.evaluate("getComputedStyle(document.querySelector('.md-header')).position") == "sticky"
                assert page.locator("link[href*='reply.css']").count() == 1
                assert page.complaints == [], f"{name} from {home}"
