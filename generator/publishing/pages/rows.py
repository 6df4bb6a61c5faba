"""What a row of a list says of a document beside its title, and how urgent a list of documents is."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any, NamedTuple

from generator.documents import Document
from generator.documents.deadlines import deadlines, least_minutes
from generator.documents.types.macro import Macro
from generator.documents.vocabulary import Vocabulary
from generator.library.freshness import Freshness
from generator.publishing.pages.naming import brief

SIGN_BREAK = " · "  # between the signs of a row, as the pages write them


class Urgency(NamedTuple):
    """A severity and within what time the first answer is due; what nobody said is empty."""

    severity: str
    first_answer: str


def first_answer(document: Document, vocabulary: Vocabulary) -> str:
    """Within what time the first answer is due; may be empty."""
    return deadlines(document.body, vocabulary)[0].limit


def urgencies(vocabulary: Vocabulary) -> dict[str, dict[str, Any]]:
    """Of each severity its name and its times, each as a limit and in words, for when a decision sets it in a case."""
    return {
        word: {
            "name": term.name,
            "urgent": term.page_first,
            "first": _tell_limit(term.first_response),
            "resolve": _tell_limit(term.resolution),
        }
        for word, term in vocabulary.severities.items()
    }


def _tell_limit(limit: str | None) -> list[str]:
    return [limit, brief(limit)] if limit else []


def languages_of(document: Document) -> list[str]:
    """The languages that a reply has; none of what is no reply."""
    body = document.body
    return [body.locale, *body.translations] if isinstance(body, Macro) else []


def signs_of(document: Document) -> str:
    """What a list finds a document by, though its row does not show it: ids, aliases and symptoms."""
    body = document.body
    return SIGN_BREAK.join([document.id, *body.formerly, *body.aliases, *body.symptoms])


def most_urgent(documents: Iterable[Document], vocabulary: Vocabulary) -> Urgency:
    """The severity and time of the document whose first answer is due soonest; of two, that of the first."""
    known = [(document.body.severity or "", first_answer(document, vocabulary)) for document in documents]
    found = [Urgency(severity, text) for severity, text in known if text]
    return min(found, key=lambda one: least_minutes(one.first_answer), default=Urgency("", ""))


def next_day(state: Freshness) -> date | None:
    """The day from which a document needs work: its review, or the change of what it rests on."""
    return min((day for day in (state.review_by, state.stale_from) if day), default=None)
