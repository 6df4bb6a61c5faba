"""Says the consequence of a change in one sentence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from generator.analysis.changes.lives import DRAFTED, GONE, NEW, STARTED, WITHDRAWN
from generator.analysis.changes.trees import DocumentChange, TreeDiff
from generator.library.meaning.levels import MAJOR, MINOR
from generator.reports.changes.naming import HEADED, Namer, clean_line, join_names, name_documents
from generator.wording import a, count


def consequence(diff: TreeDiff) -> str:
    """The consequence of all that is different: readers, what begins and ends, decisions; without marks."""
    return _Headline(diff).tell()


class _Headline:
    """The clauses of one headline."""

    def __init__(self, diff: TreeDiff) -> None:
        self.diff, self.namer = diff, Namer(diff.new.library)

    def tell(self) -> str:
        """The consequence of all of it, in one sentence; without marks."""
        told = [*self._head_readers(), *self._head_lives(), *self._head_decisions()]
        said = "; ".join(told) or self._head_documents()
        return f"{said[:1].upper()}{said[1:]}"

    def _head_readers(self) -> Iterator[str]:
        wider = self.diff.wider
        if wider:
            more = f", and {len(wider) - 1} more may be read by more people" if wider[1:] else ""
            yield f"{self.namer.exposure(wider[0], clean_line)}{more}"

    def _head_lives(self) -> Iterator[str]:
        """What people work by from now on, and no longer; and what else changed beside it."""
        lives = [one for one in self.diff.documents if one.life]
        for some, is_begun in (
            ([one for one in lives if one.is_ended], False),
            ([one for one in lives if one.is_begun], True),
            ([one for one in lives if one.life == DRAFTED], True),
        ):
            if len(some) == 1:
                yield self._head_begun(some[0]) if is_begun else self._head_ended(some[0])
            elif some:
                what = {NEW: "new", STARTED: "new", DRAFTED: "drafted"}.get(some[0].life, "no longer in use")
                names = name_documents(some)
                number = f"{len(some)} documents {'are' if what != 'drafted' else 'were'}"
                yield f"{number} {what}: {names}" if len(some) <= HEADED else f"{number} {what}"
        grave = [one for one in self.diff.documents if one.need and one.need.change == MAJOR and not one.life]
        grave = [one for one in grave if one not in self.diff.decided]
        if lives and grave:
            yield self._head_major(grave)

    def _head_begun(self, one: DocumentChange) -> str:
        document = one.document
        kind = document.kind.noun if document.kind.noun.isupper() else document.kind.noun.lower()
        what = f"new draft of {a(kind)}" if one.life == DRAFTED else f"new {kind}"
        what = f"{kind} in use from now on" if one.life == STARTED else what
        brief = [clean_line(words) for words in one.profile.brief] if one.profile else []
        told = (
            f"{what}, for {self.namer.readers(document.body.audience, clean_line)}: “{clean_line(document.body.title)}”"
        )
        return f"{told} ({', '.join(brief)})" if brief else told

    def _head_ended(self, one: DocumentChange) -> str:
        title, to = f"“{clean_line(one.document.body.title)}”", self.namer.successor(one)
        how = {GONE: "was removed", WITHDRAWN: "is a draft again"}.get(one.life) or f"is {one.document.body.status}"
        readers = self.namer.readers(one.document.body.audience, clean_line)
        instead = f", and “{clean_line(to)}” takes its place" if to else ", and nothing takes its place"
        return f"{title} {how}: {readers} can no longer use it{instead if one.life != WITHDRAWN else ''}"

    def _head_major(self, grave: Sequence[DocumentChange]) -> str:
        told = f"{name_documents(grave)} {'tells' if len(grave) == 1 else 'tell'} people something different"
        titles = [edit.title for one in grave for edit in one.edits if edit.level == MAJOR and edit.title]
        named = [f"“{clean_line(title)}”" for title in dict.fromkeys(titles)]
        if len(grave) > 1 or not named:
            return told
        more = [f"{len(named) - HEADED} more places"] if len(named) > HEADED + 1 else named[HEADED:]
        return f"{told}: {join_names([*named[:HEADED], *more])}"

    def _head_decisions(self) -> Iterator[str]:
        decided = [one for one in self.diff.decided if not one.is_ended]
        number = sum(one.paths.elsewhere for one in decided if one.paths)
        ends = {group.after for one in decided if one.paths for group in one.paths.groups}
        if number and len(decided) == 1:
            end = clean_line(ends.pop()) if len(ends) == 1 else ""
            where = f"in “{end}”" if end else "elsewhere"
            yield f"{count(number, 'path')} now {'ends' if number == 1 else 'end'} {where}"
        elif decided:
            yield f"{count(len(decided), 'decision')} {'ends' if len(decided) == 1 else 'end'} elsewhere" + (
                f", on {count(number, 'path')}" if number else ""
            )

    def _head_documents(self) -> str:
        documents = self.diff.documents
        if self.diff.is_empty:
            return "Nothing is different"
        if grave := [one for one in documents if one.need and one.need.change == MAJOR]:
            return self._head_major(grave)
        if larger := [one for one in documents if one.need and one.need.change == MINOR]:
            has = "has" if len(larger) == 1 else "have"
            return f"{name_documents(larger)} {has} something added or left out; every answer stays the same"
        if given := [one for one in documents if self._is_given(one)]:
            return self._head_given(given)
        if documents:
            return f"Only wording, sources or dates changed in {name_documents(documents)}"
        if self.diff.words or self.diff.files:
            return "No document changed, but words of the vocabulary or files did"
        return "Nothing that can be compared is different"

    def _is_given(self, one: DocumentChange) -> bool:
        """Whether another team or queue has the document now."""
        return any(edit.field in ("owner", "queue") for edit in one.edits)

    def _head_given(self, given: Sequence[DocumentChange]) -> str:
        if len(given) > 1:
            return f"{name_documents(given)} went to another team or queue"
        one = given[0]
        (edit, *_) = [edit for edit in one.edits if edit.field in ("owner", "queue")]
        what = "belongs to" if edit.field == "owner" else "is in queue"
        before = (
            f", and no longer {'to' if edit.field == 'owner' else 'in'} {clean_line(edit.before)}"
            if edit.before
            else ""
        )
        return f"“{clean_line(one.document.body.title)}” now {what} {clean_line(edit.after) or 'no queue'}{before}"
