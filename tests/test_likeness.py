"""Which replies say almost the same, and what they say otherwise."""

from __future__ import annotations

import random
from typing import Any

import pytest

from generator.documents.text import likeness
from generator.documents.text.likeness import difference, pairs
from generator.documents.text.matching import Matcher

LETTER = """\
Hi {{ name }},

We locked your account because somebody else signed in. Please answer within seven days, and tell us when you used it
last.
"""


def letters(count: int) -> list[str]:
    """Replies of one house: the same greeting and end, and a middle of their own."""
    chance = random.Random(count)
    words = [f"word{number}" for number in range(60)]
    return [f"Hi {{{{ name }}}}, {' '.join(chance.choices(words, k=80))} Kind regards, the team" for _ in range(count)]


def numbered(texts: list[str]) -> dict[str, str]:
    return {str(number): text for number, text in enumerate(texts)}


@pytest.fixture
def compared(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """One entry for every comparison of all words of two replies."""
    seen: list[int] = []

    def matcher(*words: Any) -> Matcher:
        seen.append(1)
        return Matcher(*words)

    monkeypatch.setattr(likeness, "Matcher", matcher)
    return seen


@pytest.mark.parametrize(
    "other",
    [
        LETTER.upper(),
        LETTER.replace("\n", " "),
        LETTER.replace(",", ";").replace(". ", "! "),
        LETTER.replace("{{ name }}", "{{member}}"),
    ],
    ids=["capitals", "lines", "punctuation", "the variable's name"],
)
def test_the_same_words_are_the_same_reply(other: str) -> None:
    assert list(pairs({"one": LETTER, "other": other})) == [("one", "other", 1.0)]
    assert difference(LETTER, other) == ""


def test_a_reply_with_another_word_is_found_and_the_word_is_shown() -> None:
    other = LETTER.replace("seven days", "two\nweeks").replace("Please answer", "Answer").replace("last", "last, Sam")
    [(one, two, ratio)] = pairs({"one": LETTER, "other": other})
    assert (one, two) == ("one", "other")
    assert 0.8 < ratio < 1
    assert difference(LETTER, other) == '"Please" left out; "two weeks" instead of "seven days"; "Sam" added'


def test_what_differs_at_length_is_shortened_to_a_line() -> None:
    said = difference("So it is.", "So it is. " + "On and on. " * 20) + difference("a b c d e f g", "1 b 2 d 3 f 4")
    assert " … " in said
    assert "; and 1 more" in said
    assert len(said) < 200
    assert "\n" not in said


def test_a_variable_that_became_a_word_is_shown_as_the_variable() -> None:
    assert difference("Until {{ day }}.", "Until Monday.") == '"Monday" instead of "{{ day }}"'


def test_short_replies_are_alike_only_where_they_are_the_same() -> None:
    words = "Your appeal was {}, and our team has closed the case."
    short = {"lost": words.format("refused"), "won": words.format("granted"), "again": words.format("refused")}
    assert list(pairs(short)) == [("lost", "again", 1.0)]


def test_replies_without_spaces_between_words_are_compared_too() -> None:
    one = "お問い合わせありがとうございます。七日以内にご返信ください。"
    other = one.replace("七", "十")
    assert [pair[:2] for pair in pairs({"one": one, "other": other})] == [("one", "other")]
    assert difference(one, other) == '"十" instead of "七"'


def test_many_of_the_same_are_each_named_once() -> None:
    assert list(pairs(dict.fromkeys("abcd", LETTER))) == [("a", other, 1.0) for other in "bcd"]


def test_a_copy_is_found_wherever_its_words_were_exchanged() -> None:
    """Each fourth reply is a copy of the next in which up to every sixth word is another, wherever it stands."""
    chance, texts = random.Random(7), letters(60)
    for number in range(0, 60, 4):
        words = texts[number + 1].split()
        for at in chance.sample(range(len(words)), chance.randint(1, len(words) // 6)):
            words[at] = f"other{at}"
        texts[number] = " ".join(words)
    found = [(int(one), int(other)) for one, other, _ in pairs(numbered(texts))]
    assert found == [(number, number + 1) for number in range(0, 60, 4)]


def test_replies_that_share_only_their_greeting_are_not_compared_word_by_word(compared: list[int]) -> None:
    assert not list(pairs(numbered(letters(300))))
    assert len(compared) < 300, "44,850 pairs of 300 replies would be too many at ten times the number"


def test_where_all_are_alike_each_is_compared_with_few(compared: list[int]) -> None:
    assert list(pairs(numbered([LETTER.replace("seven", str(number)) for number in range(300)])))
    assert 299 <= len(compared) <= 300 * likeness.CLOSEST


def test_signs_alone_are_compared_as_signs() -> None:
    assert list(pairs({"yes": "👍", "no": "👎", "also": "👍 "})) == [("yes", "also", 1.0)]
