"""A question of a knowledge check: what happened, what is asked, the options with their reasons, and what to read."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from generator.documents.target import Target
from generator.publishing.training.limits import Side
from generator.publishing.training.situation import Near, Situation

MOST = 4  # options: more than four are read, and not weighed


class QuizRead(NamedTuple):
    """What to read again: its name, and where it is."""

    name: str
    target: Target


class QuizParting(NamedTuple):
    """Where a wrong option leaves the way of the case: which question of the way, and what it takes for the answer."""

    at: int
    label: str


@dataclass(frozen=True)
class QuizOption:
    """One option, why it is right or wrong here, and for a near decision where it parts from the case."""

    text: str
    why: str
    parting: QuizParting | None = None


@dataclass(frozen=True)
class QuizQuestion:
    """One question with a single right option; the texts are plain, without any markup.

    `id` is the same as long as its golden case has its id. `group` is what a draw takes one question of: those about
    the same case, or about cases that read alike on one side of each limit. `sides` says where the case stands, of
    limits whose names begin with the decision's id. `path` has what was asked and answered on the way to the decision,
    `reads` what to read again. `home` is the id of the document that teaches what is asked: the letter, the policy, the
    procedure, or the decision itself.
    """

    id: str
    kind: str
    group: str
    topic: str
    scenario: str
    ask: str
    right: QuizOption
    wrong: tuple[QuizOption, ...]
    path: tuple[tuple[str, str], ...]
    reads: tuple[QuizRead, ...]
    is_critical: bool
    home: str
    sides: frozenset[Side] = frozenset()

    @property
    def case(self) -> str:
        """The golden case that it is about, as `decision.case`."""
        return self.id.removesuffix(f".{self.kind}")


def make_question(
    kind: str,
    here: Situation,
    ask: str,
    right: QuizOption,
    wrong: Iterable[QuizOption],
    scenario: str = "",
    home: Target | None = None,
) -> QuizQuestion | None:
    """A question about a golden case; None where no wrong option is left that differs from the right one.

    Options with the same words are one option, and one that reads like the right one would make two answers right.
    """
    options: dict[str, QuizOption] = {}
    for option in wrong:
        words = _normalise(option.text)
        if words != _normalise(right.text):
            options.setdefault(words, option)
    if not options:
        return None
    name = f"{here.document.id}.{here.case.id}"
    return QuizQuestion(
        id=f"{name}.{kind}",
        kind=kind,
        group=name,
        topic=here.document.id,
        scenario=scenario or here.scenario,
        ask=ask,
        right=right,
        wrong=tuple(options.values())[: MOST - 1],
        path=tuple((here.ask(turn.question), here.label(turn)) for turn in here.way),
        reads=tuple(_list_reads(here)),
        is_critical=here.case.critical,
        home=home.id if home else here.document.id,
        sides=frozenset(side._replace(limit=f"{here.document.id}.{side.limit}") for side in here.sides),
    )


def _list_reads(here: Situation) -> Iterator[QuizRead]:
    """The decision itself, the step that carries it out, and the sections that it is based on."""
    yield QuizRead(here.document.body.title.strip(), Target.of(here.document.id))
    if here.outcome.sop and (name := here.name_step(here.outcome.sop)):
        yield QuizRead(name, here.view.current(here.outcome.sop))
    sections = {name: target for target in here.outcome.cites if (name := here.name_section(target))}
    yield from (QuizRead(name, here.view.current(target)) for name, target in sections.items())


def _normalise(text: str) -> str:
    """The words of a text, by which two options are the same."""
    return " ".join(text.casefold().split()).rstrip(".")


def parting(here: Situation, near: Near) -> QuizParting:
    """Where a near outcome parts from the way of the case."""
    at = next(number for number, turn in enumerate(here.way) if turn.question == near.turn.question)
    return QuizParting(at, here.label(near.turn))


def why_not(here: Situation, near: Near) -> str:
    """Why a near outcome is not the right one: the answer that it needs, and the one that the case gives."""
    ask, other = here.ask(near.turn.question), here.label(near.turn)
    more = ", and more answers after it" if near.further else ""
    return f"That needs “{other}” to “{ask}”{more}. Here it is “{here.label(here.right(near.turn.question))}”."


def ordered(question: QuizQuestion) -> list[QuizOption]:
    """The options in an order that does not tell which is right, and is the same in every run."""
    options = (question.right, *question.wrong)
    return sorted(options, key=lambda option: hashlib.sha256(f"{question.id} {option.text}".encode()).digest())


def feedback(question: QuizQuestion) -> str:
    """What somebody reads after any answer: the way to the decision, and what to read again."""
    way = "\n".join(f"{ask} {label}" for ask, label in question.path)
    return f"The way to the decision:\n{way}\n\nRead again: {'; '.join(read.name for read in question.reads)}"
