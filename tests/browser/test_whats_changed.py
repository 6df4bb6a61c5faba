"""The page of what changed in a pack: it opens from a folder, on every width and in every colour, without a script."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from conftest import output_of
from knowledge import STARTER, edit, write

from browser.conftest import LOOKS, Axe, Open

pytestmark = pytest.mark.browser
NAME = "acme-accounts"
LONG = "Zusammenhangslosigkeitsbescheinigungsverfahrensanordnung" * 2


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The addresses of the page of a first release, and of the page of a second one."""
    root = write(tmp_path_factory.mktemp("changed") / "base")
    shutil.copy(STARTER / "mkdocs.yml", root)
    found = {}
    for version, path, old, new in (
        ("1.0", "decision_trees/account-takeover.yaml", "    macro: account-restored\n", ""),
        ("2.0", "sops/restore-account.yaml", "text: Send", f"text: Never {LONG} send"),
    ):
        output_of(root, "pack", "release", NAME, "--on", "2026-11-01")
        output_of(root, "pack", "build", NAME, "--format", "whats_changed", "--to", str(root / "dist"))
        found[version] = (root / f"dist/{NAME}-{version}/whats-changed.html").as_uri()
        edit(root, path, old, new)
        edit(root, f"content/packs/{NAME}.yaml", f'version: "{version}"', f'version: "{int(version[0]) + 1}.0"')
    output_of(root, "pack", "build", NAME, "--format", "whats_changed", "--to", str(root / "dist"))
    return found | {"3.0": Path(root / f"dist/{NAME}-3.0/whats-changed.html").as_uri()}


@pytest.mark.parametrize(("width", "scheme"), LOOKS)
@pytest.mark.parametrize("version", ["1.0", "2.0", "3.0"])
def test_it_is_read_anywhere(
    version: str, width: int, scheme: str, pages: dict[str, str], open_page: Open, axe: Axe
) -> None:
    page = open_page(pages[version], width=width, scheme=scheme)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.evaluate("document.scripts.length") == 0
    assert axe(page) == []
    said = page.inner_text("main")
    assert ("first release" in said) == (version == "1.0")
    if version == "2.0":
        assert page.inner_text("h2") == "Decide differently"
        assert "The letter to send changed." in said
