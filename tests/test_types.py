"""Every type of document, from its file to its page on the site and in a pack.

tests/types/NAME.yaml is one document of the type (or form) of that name:

what: what a reader would notice, in a sentence
files: {path: text, laid over the small knowledge base of knowledge.py}; may be left out
with: {key: value, added to the document of the small knowledge base that has the id}; may be left out
id: the document that is looked at
shows: words that its page shows, in this order
in_pack: false where a pack never holds it
"""

from __future__ import annotations

import html
import json
import re
import shutil
import zipfile
from pathlib import Path
from typing import Any

import pytest
import yaml
from conftest import output_of
from knowledge import FILES, scenario_of, write

from generator.documents import kinds

HERE = Path(__file__).parent / "types"
SCENARIOS: dict[str, dict[str, Any]] = {path.stem: scenario_of(path) for path in sorted(HERE.glob("*.yaml"))}
PACK = """\
id: everything
title: Everything
version: "1.0"
status: active
owner: support
audience: vendor
summary: All that a pack can hold.
vendor: acme
modules: [{{title: Everything, documents: [{ids}]}}]
"""


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site and a pack of the small knowledge base with the documents of all scenarios."""
    files = {path: text for one in SCENARIOS.values() for path, text in one.get("files", {}).items()}
    for one in SCENARIOS.values():
        if "with" in one:
            path = next(path for path, text in FILES.items() if text.startswith(f"id: {one['id']}\n"))
            files[path] = FILES[path] + yaml.safe_dump(one["with"], allow_unicode=True)
    ids = ", ".join(one["id"] for one in SCENARIOS.values() if one.get("in_pack", True))
    root = write(tmp_path_factory.mktemp("types"), {**files, "content/packs/everything.yaml": PACK.format(ids=ids)})
    shutil.copy(HERE.parents[1] / "mkdocs.yml", root)
    output_of(root, "build")
    output_of(root, "pack", "build", "everything")
    return root


def words_of(page: str) -> str:
    """The text of a page, as a reader sees it."""
    article = re.search(r"<article.*?</article>", page, re.DOTALL)
    assert article, "the page has no article"
    words = " ".join(html.unescape(re.sub(r"<[^>]+>", " ", article[0])).split())
    return re.sub(r" (?=[.,])", "", words)


@pytest.mark.parametrize("name", [name for kind in kinds().values() for name in kind.scaffolds])
def test_every_type_has_a_scenario(name: str) -> None:
    assert name in SCENARIOS, f"write tests/types/{name}.yaml: a document of the type, and what its page shows"


@pytest.mark.parametrize("name", SCENARIOS)
def test_scenario(name: str, built: Path) -> None:
    told = SCENARIOS[name]
    pages = [*(built / "site").glob(f"*/{told['id']}/index.html")]
    assert len(pages) == 1, f"{told['what']} The site has {len(pages)} pages of `{told['id']}`."
    shown, at = words_of(pages[0].read_text(encoding="utf-8")), 0
    for words in told["shows"]:
        at = shown.find(words, at)
        assert at >= 0, f"{told['what']} Its page does not show {words!r}, or not in this order: {shown}"


@pytest.mark.parametrize("name", SCENARIOS)
def test_pack(name: str, built: Path) -> None:
    told = SCENARIOS[name]
    with zipfile.ZipFile(built / "dist/everything-1.0/site.zip") as archive:
        record = json.loads(archive.read("everything/pack.json"))
        inside = [path for path in archive.namelist() if path.endswith(f"/{told['id']}.html")]
    is_in_pack = told.get("in_pack", True)
    assert (told["id"] in {one["id"] for one in record["documents"]}) == is_in_pack, told["what"]
    assert len(inside) == is_in_pack, told["what"]
