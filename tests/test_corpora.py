"""Real material that nobody here wrote: nothing in it stops the tool, and nothing of it is obeyed as HTML."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
import yaml
from knowledge import TODAY, write
from test_prose import assert_harmless

from generator.documents.text.likeness import pairs
from generator.files.tree import Folder
from generator.pipeline import run

NAMED = os.environ.get("PLAYBOOK_CORPORA")
CORPORA = Path(NAMED) if NAMED else Path(__file__).parents[2] / "shared" / "corpora"

if not CORPORA.is_dir() and not NAMED:
    pytest.skip("no corpora: name their folder in PLAYBOOK_CORPORA", allow_module_level=True)

FRONT = "---\ntitle: Real\nowner: support\nsummary: Real text.\nreview_by: 2027-04-02\n---\n"


def _texts(folder: str, suffix: str = ".md") -> list[str]:
    files = [path for path in sorted((CORPORA / folder).rglob(f"*{suffix}")) if path.is_file()]
    assert files, f"{CORPORA / folder} is empty: the corpora must be there where PLAYBOOK_CORPORA names them"
    return [path.read_text(encoding="utf-8", errors="replace") for path in files]


@pytest.mark.parametrize("folder", ["site-policy/current", "aws-incident-response"])
def test_real_pages_are_read_and_every_finding_lies_in_its_file(folder: str, tmp_path: Path) -> None:
    texts = _texts(folder)
    pages = {f"content/pages/real-{n}.md": FRONT + text for n, text in enumerate(texts)}
    outcome = run(Folder(write(tmp_path / "base", pages)), TODAY)
    assert len([d for d in outcome.library.documents if d.path in pages]) == len(texts)
    for finding in outcome.findings:
        lines = outcome.sources[finding.place.path].lines
        assert 1 <= finding.place.line <= len(lines), finding
        assert 1 <= finding.place.column <= len(lines[finding.place.line - 1]) + 1, finding


@pytest.mark.parametrize("folder", ["site-policy/current", "aws-incident-response"])
def test_no_tag_of_real_text_is_published(folder: str) -> None:
    for text in _texts(folder):
        assert_harmless(text)


def test_real_replies_come_through_whole(tmp_path: Path) -> None:
    texts = _texts("legalmattic/DMCA/Predefined Replies", "")
    assert len(texts) == 36
    macros = {}
    for number, text in enumerate(texts):
        body = {
            "id": f"real-{number}",
            "title": "Real",
            "version": "1.0",
            "status": "draft",
            "owner": "support",
            "summary": "Real.",
            "text": text,
        }
        macros[f"macros/real-{number}.yaml"] = yaml.safe_dump(body, allow_unicode=True)
    outcome = run(Folder(write(tmp_path / "base", macros)), TODAY)
    read = {d.path: d.body.text for d in outcome.library.documents if d.path in macros}  # type: ignore[attr-defined]
    assert [read[path] for path in macros] == texts


def test_real_replies_that_say_almost_the_same_are_found() -> None:
    """Two replies filed twice, one in the singular and the plural, and three that differ in what the notice lacked."""
    folder = CORPORA / "legalmattic/DMCA/Predefined Replies"
    found = pairs({path.stem: path.read_text(encoding="utf-8") for path in sorted(folder.glob("*/*"))})
    assert {(one, other): round(ratio, 2) for one, other, ratio in found} == {
        ("Site Suspended - But Content Hosted Elsewhere", "Site Suspended - Embedded or Linked Content"): 1.0,
        ("DMCA Received - Full Site Copied", "Processed Notice"): 1.0,
        ("Valid Notice, Multiple Sites Suspended", "Valid Notice, Site Suspended"): 0.86,
        ("Site Suspended - Generic Response (Invalid Notice)", "Site Suspended - No Signature on Notice"): 0.86,
        ("Site Suspended - Generic Response (Invalid Notice)", "Site Suspended - Notice Incomplete"): 0.93,
        ("Site Suspended - No Signature on Notice", "Site Suspended - Notice Incomplete"): 0.83,
    }
