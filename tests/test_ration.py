"""Of one kind of finding in one file a hundred are placed and one line counts the rest; all are counted in the end."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any

import pytest
from conftest import Lay, Play
from knowledge import SOP, swapped

from generator.checks import broken_reference
from generator.files.source import Source

SOPS = "sops/restore-account.yaml"


def references(number: int) -> dict[str, str]:
    text = "\n\n".join(f"[[no-{n}-such]]" for n in range(number))
    return swapped(SOPS, "text: Send [[account-restored|the reply]].", f"text: {json.dumps(text)}")


def unknown_keys(number: int) -> dict[str, str]:
    return {SOPS: SOP + "".join(f"k{n}: v\n" for n in range(number))}


def duplicates(number: int) -> dict[str, str]:
    return {SOPS: SOP + "id: again\n" * number}


def wrong_entries(number: int) -> dict[str, str]:
    return {SOPS: SOP + "aliases:\n" + "- {a: b}\n" * number}


def comments(number: int) -> dict[str, str]:
    return swapped(SOPS, "text: Send [[", f"text: {'<!-- n --> ' * number}Send [[")


KINDS = {
    "broken-reference": references,
    "unknown-key": unknown_keys,
    "duplicate-key": duplicates,
    "invalid-value": wrong_entries,
    "hidden-comment": comments,
}


@pytest.mark.parametrize("code", KINDS)
@pytest.mark.parametrize(("number", "shown"), [(100, 100), (101, 101), (1234, 101)])
def test_a_hundred_are_placed(code: str, number: int, shown: int, lay: Lay, play: Play) -> None:
    root = lay(KINDS[code](number))
    found = json.loads(play(root, "check", "--format", "json", "--select", code).stdout)["findings"]
    assert Counter(one["code"] for one in found) == {code: shown}
    last = found[-1]
    places = [(one["line"], one["column"]) for one in found]
    assert len(set(places)) == shown
    assert places == sorted(places), "the first in the file are those that are shown"
    if number > 100:
        assert (last["message"], last["hint"]) == (
            f"{number - 100:,} more like this in this file",
            "fix those that are shown, then run it again",
        )
    result = play(root, "check", "--select", code)
    word = "warning" if code == "hidden-comment" else "error"
    assert result.stdout.endswith(f"\n{number:,} {word}s in 1 of 6 documents\n")
    assert result.exit_code == (0 if word == "warning" else 1)
    assert code not in play(root, "check", "--ignore", code).stdout


def test_every_file_and_every_kind_has_its_hundred(lay: Lay, play: Play) -> None:
    head = "---\ntitle: P\nowner: support\nsummary: S.\n---\n"
    pages = {name: "".join(f"[[no-{name}-{n}]] [a](javascript:b) " for n in range(150)) for name in ("one", "two")}
    root = lay({f"content/pages/{name}.md": head + text for name, text in pages.items()})
    found = json.loads(play(root, "check", "--format", "json").stdout)["findings"]
    counts = Counter((one["path"], one["code"]) for one in found)
    for path in ("content/pages/one.md", "content/pages/two.md"):
        assert counts[path, "broken-reference"] == counts[path, "unsafe-link"] == 101


def test_what_is_not_shown_is_not_looked_for(lay: Lay, play: Play, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: Counter[str] = Counter()

    def counting(what: str, function: Any) -> Any:
        def called(*words: Any) -> Any:
            asked[what] += 1
            return function(*words)

        return called

    monkeypatch.setattr(Source, "locate", counting("place", Source.locate))
    monkeypatch.setattr(broken_reference, "nearest", counting("nearest", broken_reference.nearest))
    play(lay(references(1234)), "check", "--select", "broken-reference")
    assert asked == {"place": 101, "nearest": 101}
