"""The sheet to sign, as a browser shows and prints it."""

from __future__ import annotations

import io
import shutil
from pathlib import Path
from typing import Any

import pytest
from conftest import output_of
from knowledge import PACK, STARTER, write

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

LONG = "Account security, privacy and fraud, the first line for new colleagues on the night shift in all languages"
TITLES = ["Account security for Acme", LONG]


@pytest.mark.parametrize("title", TITLES)
def test_the_sheet_prints_on_one_page_and_fits_a_narrow_screen(title: str, tmp_path: Path, browser: Any) -> None:
    pypdf = pytest.importorskip("pypdf")
    base = write(tmp_path, {"content/packs/acme-accounts.yaml": PACK.replace("Account security for Acme", title)})
    shutil.copy(STARTER / "mkdocs.yml", base)
    output_of(base, "pack", "build", "acme-accounts", "--format", "gift")
    page = browser.new_page()
    page.goto((base / "dist/acme-accounts-1.0/attestation.html").as_uri())
    for size in ("A4", "Letter"):
        printed = pypdf.PdfReader(io.BytesIO(page.pdf(format=size, prefer_css_page_size=False)))
        assert len(printed.pages) == 1, size
        assert "Signature" in printed.pages[0].extract_text()
    page.set_viewport_size({"width": 320, "height": 640})
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    page.close()
