"""`playbook review`: records that somebody has checked a document against the policies that it cites."""

from __future__ import annotations

import sys
from codecs import BOM_UTF8
from collections.abc import Mapping
from datetime import date, datetime

import click

from generator.analysis.past import past
from generator.analysis.rereading import rereadings
from generator.analysis.review import ReviewPlan, note_of, plan, rests_on, says, with_review
from generator.commands._document import find_document
from generator.commands._knowledge_base import KnowledgeBase, based
from generator.commands._refusal import writing
from generator.commands._typed import DayTyped
from generator.documents import Document
from generator.documents.structure import structure
from generator.files import terminal
from generator.files import writer as publish
from generator.files.edits import Uneditable
from generator.files.source import Source, read
from generator.library.library import Library
from generator.reports.patch import patch, show
from generator.reports.review import text as review_text
from generator.wording import YOUR_NAME, count

UNSEEN = "unseen"


def _require_line(context: click.Context, parameter: click.Parameter, value: str | None) -> str | None:
    if value is not None and (not value.strip() or not value.isprintable()):
        raise click.BadParameter("write one line of text")
    return value.strip() if value else value


def _require_name(context: click.Context, parameter: click.Parameter, value: str | None) -> str | None:
    if value == YOUR_NAME:
        raise click.BadParameter("write who reviewed it, such as your own name")
    return _require_line(context, parameter, value)


@click.command("review")
@based
@click.argument("names", metavar="ID...", nargs=-1, required=True)
@click.option("--by", required=True, metavar="NAME", callback=_require_name, help="Who reviewed it.")
@click.option(
    "--note",
    metavar="TEXT",
    callback=_require_line,
    help="What to write in the history (default: how many citations were updated).",
)
@click.option("--on", type=DayTyped(), metavar="DATE", help="When it was reviewed (default: today).")
@click.option("--yes", is_flag=True, help="Record it without asking, even if what changed cannot be shown.")
@click.option("--dry-run", is_flag=True, help="Print the patch, and write nothing.")
def COMMAND(  # noqa: N802
    base: KnowledgeBase,
    names: tuple[str, ...],
    by: str,
    note: str | None,
    on: datetime | None,
    yes: bool,
    dry_run: bool,
) -> None:
    """Record that documents were reviewed.

    Shows what changed in each cited policy section since the cited version, and which numbers and terms that are no
    longer there the document still has. If you confirm, it updates the citations, sets `reviewed` and the next
    `review_by`, and adds an entry to the history. Nothing else in the file changes.
    """
    day = on.date() if on else base.today
    if day > base.today:
        raise click.BadParameter(f"{day} is in the future", param_hint="--on")
    if not dry_run:
        base.recover()
    library, sources = base.gather()
    documents = {one.path: one for one in (_find_document(library, name, day) for name in names)}
    before = past(base.root)
    record: dict[str, bytes] = {}
    for path, document in documents.items():
        planned = plan(library, document, day)
        read_again = rereadings(planned, before)
        unseen = sum(one.times for one in read_again if one.before is None)
        text = _rewrite(library, sources[path], planned, by, note or note_of(planned, unseen))
        if dry_run:
            show(patch(path, sources[path].text, text), sys.stdout.isatty())
            continue
        with writing():
            judged = {
                one: _require_unchanged(base, sources, one, record) for one in _list_paths_read(library, document)
            }
        report = review_text(planned, read_again, sources[path])
        click.echo(report if sys.stdout.isatty() else terminal.unstyled(report))
        if yes or _ask(f"Record that {by} reviewed {document.id} on {day}?", unseen):
            record[path] = publish.forms_of(judged[path], text)
            with writing():
                publish.change(base.root, [publish.FileEdit(path, judged[path], record[path])], judged)
            click.echo(f"{path} is reviewed; the next review is due by {planned.review_by}{_mention_stuck(planned)}\n")
        else:
            click.echo(f"{path} was not changed\n")


def _find_document(library: Library, name: str, day: date) -> Document:
    document = find_document(library, name)
    if document.body.reviewed and document.body.reviewed > day:
        raise click.BadParameter(f"{name} was already reviewed on {document.body.reviewed}", param_hint="--on")
    return document


def _ask(question: str, unseen: int) -> bool:
    """Asks for a yes; for a word that nobody types without thinking, if an older text could not be shown."""
    if not unseen:
        return click.confirm(f"\n{question}")
    click.echo("\nWhat changed could not be shown, so that you have to know it from elsewhere.")
    typed: str = click.prompt(f"{question} Type {UNSEEN} to record it", default="", show_default=False)
    return typed.strip().casefold() == UNSEEN


def _rewrite(library: Library, source: Source, planned: ReviewPlan, by: str, note: str) -> str:
    """The new text of the file; ends the command if it would not say exactly what the review says."""
    document = planned.document
    try:
        text = with_review(source, planned, by, note)
    except Uneditable as error:
        raise click.ClickException(str(error)) from None
    result, fault = read(document.path, text.encode())
    again = [] if fault else structure([result]).documents
    if not again or not says(planned, library, again[0]):
        raise click.ClickException(f"{document.path} cannot be edited by this command: record the review by hand")
    return text


def _list_paths_read(library: Library, document: Document) -> list[str]:
    return [*dict.fromkeys((document.path, *rests_on(library, document)))]


def _require_unchanged(
    base: KnowledgeBase, sources: Mapping[str, Source], path: str, record: Mapping[str, bytes]
) -> bytes:
    """The bytes of a file, unless others changed it since it was read. Raises Unwritten.

    `record` holds the files that this command has written meanwhile.
    """
    content = publish.content_now(base.root, path)
    text = content.removeprefix(BOM_UTF8) if content is not None else None
    if content is None or (content != record.get(path) and text != sources[path].text.encode()):
        raise publish.changed_meanwhile(path)
    return content


def _mention_stuck(planned: ReviewPlan) -> str:
    return f"; left to fix by hand: {count(len(planned.stuck), 'citation')}" if planned.stuck else ""
