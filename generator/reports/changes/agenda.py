"""Lists who has to do what before a change is merged, and whom it reaches afterwards."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import timedelta
from typing import NamedTuple

from generator.analysis.changes.letters import BEHIND
from generator.analysis.changes.trees import DocumentChange
from generator.documents.vocabulary import STAFF
from generator.findings import Finding
from generator.library.meaning.levels import MAJOR, MEANING
from generator.pipeline import Judgement
from generator.reports.changes.naming import MANY, join_names
from generator.reports.changes.sentences import Task, Teller
from generator.wording import count

MOST_FINDINGS = 5


def tasks(teller: Teller, judgement: Judgement | None) -> Iterator[Task]:
    """What to do before the merge, the gravest first; the author's tasks name nobody."""
    diff, marks = teller.diff, teller.marks
    for one in diff.wider:
        who = teller.team(one.document.body.owner) if one.document else ""
        yield Task(who, f"{teller.exposure(one)}. Say whether they may")
    yield from _list_lives(teller)
    for change in diff.decided:
        assert change.paths is not None
        if change.is_ended:
            continue
        owner, name = teller.team(change.document.body.owner), marks.code(change.document.id)
        paths = change.paths
        if paths.why:
            yield Task(owner, f"read {name} again as a whole, since its paths cannot be compared one by one")
        elif paths.elsewhere == 1:
            yield Task(owner, f"read the path of {name} that ends elsewhere, and say whether it should")
        else:
            which = f"the {paths.elsewhere:,} paths" if len(paths.groups) == 1 else "each way"
            yield Task(owner, f"read {which} of {name} and say whether every one of them should end so")
    for change in diff.documents:
        if change.paths:
            for draft in change.paths.untested:
                where = f"“{marks.words(draft.asked)}” → “{marks.words(draft.answered)}”"
                what = (
                    f"no golden case of {marks.code(change.document.id)} walks {where} and ends differently than before"
                )
                yield Task("", f"{what}. Add one: there is a draft below")
    yield from _list_versions(teller)
    yield from _list_languages(teller)
    for name, places in diff.reach.dangling.items():
        what = f"{marks.code(name)} was removed, and {count(len(places), 'file')} still"
        yield Task("", f"{what} {'names' if len(places) == 1 else 'name'} it: {_list_codes(teller, places)}")
    for name, places in diff.reach.leading.items():
        if places:
            what = f"{marks.code(name)} is no longer in use, and {count(len(places), 'file')} still"
            yield Task("", f"{what} {'leads' if len(places) == 1 else 'lead'} there: {_list_codes(teller, places)}")
    for unread in diff.unread:
        what = f"{marks.code(unread.path)} cannot be compared, because in {marks.words(unread.tree)} it has mistakes"
        yield Task("", f"{what}: {marks.say(unread.why)}")
    if judgement is not None:
        yield _tell_findings(teller, judgement)


def _list_lives(teller: Teller) -> Iterator[Task]:
    """Who has to say whether a document may begin or end, and for whom it begins."""
    vocabulary = teller.library.vocabulary
    for one in teller.diff.documents:
        body, name = one.document.body, teller.marks.code(one.document.id)
        if one.is_begun:
            outside = vocabulary is not None and vocabulary.rank(body.audience) < vocabulary.rank(STAFF)
            who = f", and whether {teller.audience(body.audience)} may read all of it" if outside else ""
            yield Task(
                teller.team(body.owner),
                f"read {name} as a whole, which is folded above, and say whether it is right{who}",
            )
        elif (given := teller.given_to(one)) and one.pair.new:
            yield Task(given, f"say whether you take {name}")
            taker = getattr(one.pair.new.body, "escalation", None)
            if taker and taker.to == body.owner:
                yield Task("", f"{name} now escalates to its own owner: say in `escalation` who takes over")
        elif one.is_ended:
            yield Task(teller.team(body.owner), f"say whether {name} may end, and what people do instead")


def _list_versions(teller: Teller) -> Iterator[Task]:
    """The documents whose version is too small, and in one line those whose authors have raised it."""
    needs = [(one.document.id, one.need) for one in teller.diff.documents if one.need]
    for name, need in needs:
        if not need.is_met:
            yield Task("", teller.need(name, need))
    met = [f"{teller.marks.code(name)} {need.version} ({need.level})" for name, need in needs if need.is_met]
    if met:
        more = f" and {len(met) - MANY} more" if len(met) > MANY else ""
        yield Task("", f"Raised as far as the change needs: {join_names(met[:MANY])}{more}", True)


def _list_languages(teller: Teller) -> Iterator[Task]:
    for change in teller.diff.documents:
        behind = [teller.marks.words(one.name) for one in change.languages if one.state == BEHIND]
        if behind:
            verb = "still says" if len(behind) == 1 else "still say"
            name = teller.marks.code(change.document.id)
            yield Task(
                "", f"{name}: the text in {join_names(behind)} {verb} the old. Translate it, or confirm it in `of`"
            )


def _tell_findings(teller: Teller, judgement: Judgement) -> Task:
    """What `check` says of the changed files, and of the others in a number."""
    marks, changed = teller.marks, {one.document.path for one in teller.diff.documents if one.pair.new}
    number = f"{marks.code('playbook check')}: {count(judgement.count, 'document')}"
    if not judgement.findings:
        until = judgement.coming - timedelta(days=1) if judgement.coming else None
        return Task("", f"{number}, nothing to fix{f' up to {until.day} {until:%B %Y}' if until else ''}", True)
    errors = judgement.errors
    warnings = len(judgement.findings) - len(errors)
    here = [one for one in judgement.findings if one.place.path in changed]
    by_code: dict[str, list[Finding]] = {}
    for one in sorted(errors, key=lambda one: one.place.path not in changed):
        by_code.setdefault(one.code, []).append(one)
    told = [_tell_kind(teller, some) for some in list(by_code.values())[:MOST_FINDINGS]]
    told += [f"and {count(len(by_code) - MOST_FINDINGS, 'other kind')}"] if len(by_code) > MOST_FINDINGS else []
    kinds = join_names([count(many, word) for many, word in ((len(errors), "error"), (warnings, "warning")) if many])
    some = f", {len(here)} of them in what changed" if here and len(here) < len(judgement.findings) else ""
    return Task("", f"{number}, {kinds}{some}", not errors, tuple(told))


def _tell_kind(teller: Teller, some: list[Finding]) -> str:
    """The errors of one kind: the first of them, and how many there are."""
    marks, (path, line, *_) = teller.marks, some[0].place
    more = f", and {len(some) - 1} more like it" if len(some) > 1 else ""
    return f"{marks.code(some[0].code)} {marks.say(some[0].message)} ({marks.code(f'{path}:{line}')}{more})"


class Consequence(NamedTuple):
    """Whom a change reaches once it is merged, and what follows for them."""

    who: str
    what: str


def consequences(teller: Teller) -> list[Consequence]:
    """Packs and their vendors, queues, teams whose documents lead to what changed; then who is not affected."""
    return [*_list_packs(teller), *_list_queues(teller), *_list_teams(teller), *_list_untouched(teller)]


def _list_packs(teller: Teller) -> Iterator[Consequence]:
    marks, vocabulary = teller.marks, teller.library.vocabulary
    for one in teller.diff.packs:
        pack = one.packed.pack
        term = vocabulary.vendors.get(pack.vendor) if vocabulary else None
        title, owner = marks.words(pack.title), teller.team(pack.owner)
        since = f"{one.released} → {one.least}" if one.released else f"{one.least} or later"
        state = "" if one.is_met else f", and the pack still says {pack.version}"
        what = f"{marks.strong(f'{title} {since}')} ({one.level}{state}): {MEANING[one.level]}. {owner} releases it"
        yield Consequence(marks.words(term.name if term else pack.vendor), what)


def _list_queues(teller: Teller) -> Iterator[Consequence]:
    """Who works by what changed: the queues of the documents themselves."""
    found: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for one in teller.diff.documents:
        if (what := _tell_work(one)) and one.document.body.queue:
            found[one.document.body.queue][what].append(one.document.id)
    for queue, told in found.items():
        what = ". ".join(f"{what} {_list_codes(teller, names)}" for what, names in told.items())
        yield Consequence(f"Queue {teller.queue(queue)}", what)


def _tell_work(one: DocumentChange) -> str:
    """What a change means for who works by the document; empty if nothing."""
    if one.is_begun:
        return "New work:"
    if one.is_ended:
        return "No longer works by"
    if not one.is_other:
        return ""
    return "Works differently:" if one.need is None or one.need.level == MAJOR else "Reads once:"


def _list_teams(teller: Teller) -> Iterator[Consequence]:
    reach = teller.diff.reach
    for owner, dependants in reach.by_owner.items():
        names = [one.document.id for one in dependants]
        uses = "uses" if len(names) == 1 else "use"
        fits = "it still fits" if len(names) == 1 else "they still fit"
        what = f"Must read: {_list_codes(teller, names)} {uses} what changed. Say whether {fits}"
        yield Consequence(teller.team(owner), what)
    if reach.reread:
        were = "was" if len(reach.reread) == 1 else "were"
        yield Consequence("Nobody", f"{_list_codes(teller, reach.reread)} {were} reviewed with this change")
    passing = [one.document.id for one in reach.dependants if not one.is_use]
    if passing:
        what = (
            f"{_list_codes(teller, passing)} {'mentions' if len(passing) == 1 else 'mention'} what changed in passing"
        )
        yield Consequence("Whoever owns them", what)


def _list_untouched(teller: Teller) -> Iterator[Consequence]:
    kinds = {one.document.kind.name for one in teller.diff.documents}
    untouched = [
        word
        for name, word in (("macro", "letter"), ("policy", "policy"), ("decision_tree", "decision"))
        if name not in kinds
    ]
    lacking = [f"no {word}" for word in untouched] + ([] if teller.diff.packs else ["no pack"])
    if lacking:
        told = join_names(lacking)
        yield Consequence("Nobody else", f"{told[:1].upper()}{told[1:]} {'changes' if len(lacking) == 1 else 'change'}")


def _list_codes(teller: Teller, names: list[str] | tuple[str, ...]) -> str:
    shown = ", ".join(map(teller.marks.code, names[: MANY * 2]))
    more = len(names) - MANY * 2
    return f"{shown} and {more} more" if more > 0 else shown
