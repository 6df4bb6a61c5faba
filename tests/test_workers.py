"""Pages that workers make are the pages that one process makes, whoever's code takes part, and warn of the same."""

from __future__ import annotations

import json
import logging
import os
import time
from pathlib import Path
from typing import Any

import pytest
from conftest import Lay, Play
from knowledge import SOP, put, snapshot
from mkdocs.commands.build import build
from mkdocs.config.base import load_config

from generator import checks, workers
from generator.publishing.engines.parallel import ParallelPages

SETTINGS = """\
site_name: A playbook
theme: {name: material, font: false, features: [navigation.indexes, navigation.tabs]}
plugins: [search]
markdown_extensions: [admonition, attr_list, md_in_html, tables]
"""
LONG = "---\ntitle: Long\nowner: support\nsummary: Long.\n---\n" + "".join(  # its contents list is cut short
    f"\n## Chapter {n}\n\n### Part {n} one\n\n### Part {n} two\n" for n in range(60)
)
MOMENT = {"SOURCE_DATE_EPOCH": "1790000000"}
HOOK = """\
seen = []
def on_pre_build(config):
    seen.clear()
def {event}(given, **others):
    seen.append(others["page"].file.src_uri)
    return given + {added}
"""
OVER = """\
{% extends "base.html" %}
{% block content %}{{ page.content }}
zq {% for file in pages %}{{ file.page.title }}, {{ file.page.content | length }}; {% endfor %}
{% endblock %}
"""

# What changes every page, and what must be trusted for it: the settings, and the files that they name.
TRUSTED: dict[str, tuple[str, tuple[str, ...], dict[str, str]]] = {
    "nothing": ("", (), {}),
    "an address": ("site_url: https://play.example/book/", (), {}),
    "a hook that changes Markdown": (
        "hooks: [h.py]",
        ("h.py",),
        {"h.py": HOOK.format(event="on_page_markdown", added="'\\n\\nzq **one**'")},
    ),
    "a hook that counts finished pages": (
        "hooks: [h.py]",
        ("h.py",),
        {"h.py": HOOK.format(event="on_post_page", added="f'zq {len(seen)}'")},
    ),
    "a theme that tells of other pages": (
        "theme: {name: material, font: false, custom_dir: over}",
        ("theme.custom_dir",),
        {"over/main.html": OVER},
    ),
}


@pytest.fixture
def spreading(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two workers, whatever the machine has and however small the site is."""
    monkeypatch.setattr(workers, "WORTH_IT", 1)
    monkeypatch.setattr(workers, "cores", lambda: 2)


@pytest.mark.usefixtures("spreading")
@pytest.mark.parametrize("what", TRUSTED)
def test_workers_make_the_same_site(what: str, lay: Lay, play: Play, monkeypatch: pytest.MonkeyPatch) -> None:
    addition, trusted, files = TRUSTED[what]
    kept = [line for line in SETTINGS.splitlines() if not addition or line.split(":")[0] != addition.split(":")[0]]
    base = lay({"content/pages/long.md": LONG})
    put(base, {"mkdocs.yml": "\n".join([*kept, addition, ""]), **files})
    monkeypatch.chdir(base)
    call = ("build", *(word for name in trusted for word in ("--trust", name)))
    sites = []
    for worth_it in (1, 10_000):
        monkeypatch.setattr(workers, "WORTH_IT", worth_it)
        assert play(base, *call, around=MOMENT).exit_code == 0
        sites.append(snapshot(base / "site"))
    assert b"zq" in sites[1]["sops/restore-account/index.html"] or not trusted, "the trusted code took no part"
    different = [path for path in sites[1] if sites[0].get(path) != sites[1][path]]
    assert (sites[0].keys(), different) == (sites[1].keys(), []), "pages of workers differ from those of one process"


@pytest.mark.usefixtures("spreading")
def test_workers_make_the_same_pack(lay: Lay, play: Play, monkeypatch: pytest.MonkeyPatch) -> None:
    base = lay({})
    put(base, {"mkdocs.yml": SETTINGS})
    packs = []
    for worth_it in (1, 10_000):
        monkeypatch.setattr(workers, "WORTH_IT", worth_it)
        assert play(base, "pack", "build", "acme-accounts", around=MOMENT).exit_code == 0
        packs.append([path.read_bytes() for path in sorted((base / "dist").rglob("site.zip"))])
    assert packs[0] == packs[1] != []


def _refuse(*given: object) -> None:
    raise FileNotFoundError(2, "No such file or directory", "/dev/shm")


@pytest.mark.usefixtures("spreading")
def test_a_system_without_semaphores_makes_the_same_site(lay: Lay, play: Play, monkeypatch: pytest.MonkeyPatch) -> None:
    base = lay({})
    put(base, {"mkdocs.yml": SETTINGS})
    assert play(base, "build", around=MOMENT).exit_code == 0
    site = snapshot(base / "site")
    monkeypatch.setattr(workers, "ProcessPoolExecutor", _refuse)
    assert play(base, "build", around=MOMENT).exit_code == 0
    assert snapshot(base / "site") == site


def _die(start: int, end: int) -> None:
    os._exit(9)


@pytest.mark.usefixtures("spreading")
def test_a_worker_that_dies_ends_the_build_with_a_word(lay: Lay, play: Play, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "_work", _die)
    base = lay({})
    put(base, {"mkdocs.yml": SETTINGS})
    result = play(base, "build")
    assert (result.exit_code, "a worker process was killed" in result.output) == (1, True), result.output
    assert not (base / "site").exists()


PAGES = {
    "index.md": "# Home\n\n[there](one.md#there) [not there](one.md#gone) [raw](one.md#raw) [no page](none.md)\n",
    "one.md": "# One\n\n## There\n\n<p id='raw'>x</p>\n\n[itself](#nowhere) ![no picture](none.png)\n",
}


@pytest.mark.parametrize("worth_it", [1, 10_000], ids=["workers", "one process"])
@pytest.mark.usefixtures("spreading")
def test_what_mkdocs_warns_of_is_heard(
    worth_it: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    put(tmp_path, {f"docs/{name}": text for name, text in PAGES.items()})
    put(tmp_path, {"mkdocs.yml": f"{SETTINGS}validation: {{anchors: warn}}\n"})
    monkeypatch.setattr(workers, "WORTH_IT", worth_it)
    config = load_config(str(tmp_path / "mkdocs.yml"))
    done: list[str] = []
    config.plugins["parallel"] = ParallelPages(done.append, config)
    with caplog.at_level(logging.WARNING, "mkdocs"):
        build(config)
    heard = sorted(record.getMessage().partition(" contains a")[2] for record in caplog.records)
    assert heard == [
        " link '#nowhere', but there is no such anchor on this page.",
        " link 'none.md', but the target is not found among documentation files.",
        " link 'none.png', but the target is not found among documentation files.",
        " link 'one.md#gone', but the doc 'one.md' does not contain an anchor '#gone'.",
    ]
    assert done == (["index.md", "one.md"] if worth_it == 1 else [])
    assert "not there</a>" in (tmp_path / "site/index.html").read_text(encoding="utf-8")


FAULTY = {
    "sops/restore-account.yaml": SOP.replace("[[account-takeover]]", "[[acount-takeover]]"),
    "macros/lost.yaml": "id: lost\n",
    "content/pages/loud.md": "---\ntitle: A page\nowner: support\nsummary: A page.\n---\nSee [[nobody-there]].\n",
}


@pytest.mark.usefixtures("spreading")
@pytest.mark.parametrize("work", [workers._work, _die], ids=["all live", "one dies"])
def test_workers_find_the_same_faults(work: Any, lay: Lay, play: Play, monkeypatch: pytest.MonkeyPatch) -> None:
    base = lay(FAULTY)
    monkeypatch.setattr(checks, "MANY", 10_000)
    alone = play(base, "check", "--format", "json")
    monkeypatch.setattr(checks, "MANY", 1)
    monkeypatch.setattr(workers, "_work", work)
    assert play(base, "check", "--format", "json").output == alone.output
    assert len(json.loads(alone.output)["findings"]) >= 3


def fail() -> None:
    raise ValueError("it went wrong")


def test_what_is_done_aside_fails_as_it_would_here() -> None:
    assert workers.aside(lambda: 7, lambda: True) == 7
    with pytest.raises(ValueError, match="it went wrong"):
        workers.aside(fail, lambda: True)


def test_what_nobody_wants_any_more_ends_at_once() -> None:
    began = time.monotonic()
    assert workers.aside(lambda: time.sleep(60), lambda: False) is None
    assert time.monotonic() - began < 30


def test_a_process_that_is_killed_is_told_of() -> None:
    with pytest.raises(workers.WorkerKilled):
        workers.aside(lambda: os._exit(9), lambda: True)
