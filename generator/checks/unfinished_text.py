"""An active document still has words that its author meant to replace.

`TODO` and the like, placeholder text, a sentence that `playbook new` wrote to say what belongs there, a title or
summary without a word. Whoever reads the document relies on it. While it is a draft, nothing is said; what is left in
the text of a reply is `leftover`. What the vocabulary says of teams, queues and the like is on pages at once.

Bad:
    summary: One sentence that an analyst can recognise the case by.

Good:
    summary: Somebody else is in the account of a member who writes to us.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.documents import VOCABULARY
from generator.documents.header import Header
from generator.documents.types.macro import Macro
from generator.documents.types.policy import Policy
from generator.documents.unfinished import Unfinished, find_unfinished
from generator.findings import Fault, Keys, Spot, stretch
from generator.library.library import Library

UNDECIDED = ("TBD", "TBC")  # what a published policy may well say of a day
WORD = re.compile(r"\w")


WORDS = ("teams", "queues", "severities", "vendors", "enforcement_actions", "content_warnings", "audiences")


def check(library: Library) -> Iterator[Fault]:
    if library.vocabulary is not None:
        described = ((word, library.vocabulary.terms(word)) for word in WORDS)
        yield from (
            _make_fault(VOCABULARY, one._replace(keys=(group, word, *one.keys)))
            for group, terms in described
            for word, term in terms.items()
            for one in find_unfinished(term)
        )
    for document in library.documents:
        body = document.body
        if body.status != "active":
            continue
        for key, text in (("title", body.title), ("summary", body.summary)):
            if not text[0].isalnum() and not WORD.search(text):
                yield Fault(Spot(document.path, (key,)), f"the {key} contains no word", f"write the {key}")
        if document.may_be_unfinished:
            elsewhere = _list_reply_texts(body)
            yield from (
                _make_fault(document.path, one)
                for one in find_unfinished(body)
                if one.keys not in elsewhere and not (isinstance(body, Policy) and one.found in UNDECIDED)
            )


def _list_reply_texts(body: Header) -> set[Keys]:
    """Where a reply has the words that a member reads."""
    return {letter.keys for letter in (*body.letters, *body.fillings)} if isinstance(body, Macro) else set()


def _make_fault(path: str, one: Unfinished) -> Fault:
    spot = stretch(path, one.keys, one.text, one.found, one.start)
    if one.is_scaffold:
        return Fault(spot, "these are the words of `playbook new`, which say what belongs here", "write your own")
    hint = "write what is missing, or " + (
        "leave it out" if path == VOCABULARY else "set `status: draft` until somebody knows"
    )
    return Fault(spot, f"`{one.found}` was left in the text", hint)
