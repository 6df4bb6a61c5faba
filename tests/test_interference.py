"""What vendors and the public get does not depend, in a single byte, on what they may not see.

Packs, sites and exported replies are built from the starter library, from it without all that their readers may not
see, and from it with all of that changed and more of each kind added. What stands in the header of a document is for
its readers, whatever caused it: a new version and the days of a review are seen by all of them.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import zipfile
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from drawn import picture
from hidden import ADDED, CHANGED, Changed, Removed
from knowledge import copy_starter, put, snapshot
from mkdocs.commands.build import build as mkdocs_build
from mkdocs.config.defaults import MkDocsConfig
from models import knowledge, written
from pydantic import BaseModel

from generator.commands._knowledge_base import KnowledgeBase
from generator.commands._refusal import refuse_errors
from generator.commands.build import site_edition
from generator.documents import Document
from generator.documents.roles import redact
from generator.documents.types.pack import Pack, PackFormat
from generator.documents.vocabulary import Vocabulary
from generator.exchange.zendesk.outgoing import to_account
from generator.files.tree import Folder
from generator.library.library import Library, link
from generator.library.packing import Packed
from generator.pipeline import Judgement, run
from generator.publishing.engines import mkdocs as site
from generator.publishing.engines.settings import settings as read_settings
from generator.publishing.packs import build as pack
from generator.publishing.packs.materials import pack_edition
from generator.publishing.packs.releasing.freezer import freeze_release
from generator.publishing.pages import pages
from generator.publishing.pages.markdown import navigation, render_pages
from generator.publishing.search.engine import SearchEngine
from generator.publishing.search.index import search_files
from generator.publishing.training.bank import Bank

ROOT = Path(__file__).parents[1]
DAY = date(2026, 11, 28)
# At least so much of each kind must be removed, changed and added for readers of an audience, so that this can fail.
ENOUGH = {
    ("vendor", "removed"): {
        "Sop": 11, "Macro": 4, "Policy": 2, "DecisionTree": 1, "Page": 1, "Step": 5, "Change": 1, "TeamTerm": 1,
        "QueueTerm": 1, "VendorTerm": 2, "Step.internal_note": 19, "Section.internal_note": 50, "Pack.internal_note": 3,
    },
    ("vendor", "changed"): {
        "Sop changed": 11, "Sop added": 60, "Macro added": 80, "DecisionTree added": 18, "DecisionTable added": 4,
        "Policy added": 30, "Page added": 10, "Step added": 26, "Section added": 15, "Case added": 10,
        "Change added": 80, "PolicyVersion added": 15, "SectionChange added": 40, "Review added": 15,
        "SectionChange of what is hidden": 15, "TeamTerm added": 1, "QueueTerm added": 1, "VendorTerm added": 1,
        "Change.by": 200, "Step.internal_note": 100, "Section.internal_note": 50, "Macro.internal_note": 40,
        "Outcome.internal_note": 40, "Question.internal_note": 50, "Input.internal_note": 4, "audience": 2,
    },
    ("public", "removed"): {"Sop": 30, "Macro": 40, "DecisionTree": 9, "Page": 5, "Pack": 3, "TeamTerm": 10},
    ("public", "changed"): {"Sop changed": 30, "Macro changed": 40, "Policy added": 30, "Section added": 15},
}  # fmt: skip


def _base(place: Path, reader: str, kind: str) -> tuple[Path, Counter[str]]:
    """The starter library as it is, or with all that the reader may not see removed or changed."""
    copy_starter(place)
    if kind == "as it is":
        return place, Counter()
    told = knowledge(place)
    made = Removed(told, reader) if kind == "removed" else Changed(told, reader)
    put(place, dict.fromkeys(told.keys() - made.base.keys()))
    for path, data in made.base.items():
        comment = f"# {CHANGED}\n" if kind == "changed" and path.endswith(".yaml") else ""
        put(place, {path: comment + written(path, data)})
    if kind == "changed":
        put(place, {f"content/pages/{ADDED}.png": picture()})
    return place, made.counts


def _outcome(root: Path) -> Judgement:
    outcome = run(Folder(root), DAY)
    refuse_errors(outcome)
    return outcome


class _Remembering:
    """MkDocs, which makes the same of the same pages and settings: it makes it once."""

    def __init__(self, place: Path) -> None:
        self.place = place
        self.known: dict[str, Path] = {}

    def __call__(self, config: MkDocsConfig) -> None:
        [told] = config.user_configs
        settings = {name: value for name, value in told.items() if name not in ("docs_dir", "site_dir")}
        pages = sorted(snapshot(Path(config.docs_dir)).items())
        asked = hashlib.sha256(repr((settings, pages)).encode()).hexdigest()
        if asked in self.known:
            shutil.copytree(self.known[asked], config.site_dir)
        else:
            mkdocs_build(config)
            self.known[asked] = shutil.copytree(config.site_dir, self.place / asked)


def _built(root: Path, outcome: Judgement, reader: str) -> dict[str, bytes]:
    """All bytes that readers of an audience get: their site and a pack, with what is in its zips."""
    edition, settings = site_edition(KnowledgeBase(root, DAY), outcome, reader, allow_errors=False)
    site.build_site(outcome.library.for_audience(reader), edition, settings, root / "site", lambda _: None)
    found = snapshot(root / "site")
    for document in _packs(outcome, reader)[-1:]:
        place = root / document.id
        # A handbook is printed from these pages, and takes minutes for this library: see tests/test_handbook.py.
        formats = [name for name in PackFormat.__args__ if name != "handbook"]
        pack.build_pack(outcome.library, document, settings, place, lambda _: None, formats)
        for path in place.iterdir():
            found[f"{place.name}/{path.name}"] = path.read_bytes()
            if path.suffix == ".zip":
                with zipfile.ZipFile(path) as archive:
                    found |= {f"{path.name}/{name}": archive.read(name) for name in archive.namelist()}
    return found | {"zendesk.json": _exported(outcome, reader)}


def _packs(outcome: Judgement, reader: str) -> list[Document]:
    return [one for one, body in outcome.library.each(Pack) if outcome.library.may_see(reader, body.audience)]


def _written(outcome: Judgement, reader: str, but: Collection[str] = ()) -> dict[str, object]:
    """What a site and packs, but for some, are made of before MkDocs, which takes most time and knows nothing else."""
    packs = [document for document in _packs(outcome, reader) if document.id not in but]
    editions = {document.id: pack_edition(outcome.library, document) for document in packs}
    found: dict[str, object] = {"zendesk.json": _exported(outcome, reader)}
    if "site" not in but:
        found["site"] = _made(outcome, reader)
    for name, edition in editions.items():
        assert edition.packed is not None
        inside = edition.packed.contents
        view = edition.packed.view.only(inside.ids)
        found[name] = render_pages(view, edition), navigation(view, edition), _searched(view, is_flat=True)
        found[f"{name} questions"] = Bank(view, view.documents).questions
        found[f"{name} release"] = _released(edition.packed)
    return found


def _released(packed: Packed) -> dict[str, bytes]:
    """The files of a release: the starter library has settings and no pictures."""
    return freeze_release(packed, read_settings(ROOT), Folder(ROOT), DAY, None).files


def _exported(outcome: Judgement, reader: str) -> bytes:
    assert outcome.library.vocabulary is not None
    ids: dict[str, int | str] = {locale: locale for locale in outcome.library.vocabulary.locales}
    return json.dumps(to_account(outcome.library.for_audience(reader), ids)[0]).encode()


@pytest.fixture(scope="module")
def roots(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, str], tuple[Path, Counter[str]]]:
    """The folder of each variant for each reader, and what was done to it."""
    known = {}
    for reader in ("vendor", "public"):
        for kind in ("as it is", "removed", "changed"):
            known[reader, kind] = _base(tmp_path_factory.mktemp("base") / "kb", reader, kind)
    return known


Roots = dict[tuple[str, str], tuple[Path, Counter[str]]]


@pytest.mark.parametrize("which", ENOUGH)
def test_a_fair_number_of_things_of_each_kind_is_different(which: tuple[str, str], roots: Roots) -> None:
    counts = roots[which][1]
    assert {name: counts[name] for name, least in ENOUGH[which].items() if counts[name] < least} == {}


@pytest.mark.parametrize("reader", ["vendor", "public"])
def test_no_byte_depends_on_what_a_reader_may_not_see(
    reader: str, roots: Roots, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795478400")
    monkeypatch.setattr(site, "mkdocs_build", _Remembering(tmp_path))
    outcomes = {kind: _outcome(roots[reader, kind][0]) for kind in ("as it is", "removed", "changed")}
    usual, changed = (_built(roots[reader, kind][0], outcomes[kind], reader) for kind in ("as it is", "changed"))
    assert len(usual) > 100
    differing = sorted(name for name in usual.keys() | changed.keys() if usual.get(name) != changed.get(name))
    assert differing == [], f"{len(differing)} files tell {reader} readers what was changed"
    usually = _written(outcomes["as it is"], reader)
    built = ["site", *(document.id for document in _packs(outcomes["changed"], reader)[-1:])]  # compared byte by byte
    for kind, but in (("removed", ()), ("changed", built)):
        written = _written(outcomes[kind], reader, but)
        assert usually.keys() - written.keys() <= {
            f"{name}{what}" for name in but for what in ("", " questions", " release")
        }
        differing = sorted(name for name in written if usually.get(name) != written[name])
        assert differing == [], f"{differing} tell {reader} readers what was {kind}"


# The test can fail: each of these would be a leak.


def _but_for_words(body: BaseModel, may_see: Callable[[str], bool]) -> BaseModel:
    return body if isinstance(body, Vocabulary) else redact(body, may_see)


LEAKS = {
    "words": ("generator.library.library.redact", _but_for_words),
    "parts": ("generator.documents.roles._may_see_item", lambda item, may_see: True),
    "notes": (
        "generator.documents.roles._find_guards",
        lambda model: tuple((name, None) for name in model.model_fields),
    ),
    "what became of hidden sections": (
        "generator.documents.types.policy.Policy.consistent_with",
        lambda self, whole: self,
    ),
}


def _made(outcome: Judgement, reader: str) -> tuple[object, ...]:
    """What a site is made of, before MkDocs."""
    view: Library = outcome.library._make_view(reader, False)
    edition = pages.Edition("Title")
    return render_pages(view, edition), navigation(view, edition), _searched(view, is_flat=False)


class _Told(SearchEngine):
    """All that a search is made of, in place of the search: the same of that gives the same pieces."""

    def __init__(self, records: Sequence[dict[str, Any]], settings: dict[str, Any]) -> None:
        self.told = json.dumps({"records": records, "settings": settings})

    def pieces(self) -> Iterator[tuple[str, str]]:
        yield "index", self.told


def _searched(view: Library, is_flat: bool) -> dict[str, str]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("generator.publishing.search.index.SearchEngine", _Told)
        return search_files(view, is_flat)


@pytest.fixture(scope="module")
def outcomes(roots: Roots) -> dict[str, Judgement]:
    return {kind: _outcome(roots["vendor", kind][0]) for kind in ("as it is", "changed")}


def test_without_a_leak_the_pages_are_the_same(outcomes: dict[str, Judgement]) -> None:
    pages = _made(outcomes["changed"], "vendor")
    assert _made(outcomes["as it is"], "vendor") == pages
    assert not _tells(pages)


def _tells(pages: object) -> bool:
    """Whether words that were put where vendors may not read are among what is made for them."""
    return any(word in repr(pages) for word in (ADDED, CHANGED))


@pytest.mark.parametrize("reader", ["vendor", "public"])
def test_a_view_points_at_what_its_documents_point_at(reader: str, outcomes: dict[str, Judgement]) -> None:
    """It takes over what is known of the whole documents; to look through those of the view must find the same."""
    whole, view = outcomes["changed"].library, outcomes["changed"].library.for_audience(reader)
    anew = link(view.documents, view.vocabulary, view.today)
    for what in ("references", "links", "words", "unseen", "odd"):
        found, expected = ([_without_keys(one) for one in getattr(library, what)] for library in (view, anew))
        assert found == expected, f"{what} of what {reader} readers see"
    bodies = {document.path: document.body for document in whole.documents}
    narrowed = [one for one in view.documents if one.body is not bodies[one.path]]
    assert len(narrowed) > 10
    assert len(view.references) > 30


def _without_keys(one: Any) -> tuple[object, ...]:
    """What a view points at; its keys are those of the whole file."""
    return one.at._replace(keys=()), *one[1:]


@pytest.mark.parametrize("what", LEAKS)
def test_a_leak_is_seen(what: str, outcomes: dict[str, Judgement], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(*LEAKS[what])
    assert _tells(_made(outcomes["changed"], "vendor"))


def test_a_count_that_leaks_is_seen(outcomes: dict[str, Judgement], monkeypatch: pytest.MonkeyPatch) -> None:
    """The vaguest of leaks: how many documents there are that the reader does not see."""

    seen_by = Library._make_view

    def telling(library: Library, reader: str, with_drafts: bool) -> Library:
        view = seen_by(library, reader, with_drafts)
        first = view.documents[0]
        first.body = first.body.model_copy(update={"title": f"{first.body.title} ({len(library.documents)})"})
        return view

    monkeypatch.setattr(Library, "_make_view", telling)
    assert _made(outcomes["as it is"], "vendor") != _made(outcomes["changed"], "vendor")
