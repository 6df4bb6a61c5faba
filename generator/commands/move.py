"""`playbook move`: gives a document to another team, queue or folder, or a step to another procedure."""

from __future__ import annotations

from pathlib import PurePosixPath

import click

from generator import pipeline
from generator.analysis.moving import begin_with_step, leave_orders, move_links, move_step, set_word
from generator.analysis.renaming import Rewrite
from generator.commands._begin import begin_document
from generator.commands._document import find_document
from generator.commands._knowledge_base import KnowledgeBase, based
from generator.commands._owners import keep_owners
from generator.commands._rewriting import carry_out, summarize
from generator.documents import VOCABULARY, Document
from generator.documents.target import Target
from generator.documents.types.sop import Sop
from generator.files.edits import Uneditable
from generator.files.source import source_of_text
from generator.wording import did_you_mean, one_of


@click.command("move", short_help="Give a document another team, queue or folder.")
@based
@click.argument("name", metavar="ID")
@click.option("--team", metavar="TEAM", help="The team that owns it from now on.")
@click.option("--queue", metavar="QUEUE", help="The queue that it belongs to; it leaves the order of its former one.")
@click.option(
    "--to-file",
    "to_file",
    metavar="PATH",
    help="The folder or file to keep it in; for a step (ID is `id#part`), the id or file of the SOP that it goes to.",
)
@click.option(
    "--to-new", "to_new", metavar="NEW", help="For a step: the id of a procedure that begins with it, as a draft."
)
@click.option("--dry-run", is_flag=True, help="Print the patch, and write nothing.")
def COMMAND(  # noqa: N802
    base: KnowledgeBase,
    name: str,
    team: str | None,
    queue: str | None,
    to_file: str | None,
    to_new: str | None,
    dry_run: bool,
) -> None:
    """Give a document to another team, queue or folder, or a step to another procedure.

    Everything that has to follow is written with it, as one patch that is shown: references to a step, the addresses
    of pictures, the order of the queue. In place of a step stays a link to where it went. To give a document another
    id, see `playbook rename`.
    """
    if team is None and queue is None and to_file is None and to_new is None:
        raise click.UsageError("say where to: --team, --queue, --to-file, or --to-new for a step")
    if not dry_run:
        base.recover()
    before = base.run()
    document = find_document(before.library, name)
    part = Target.parse(name).part
    if part is not None and (team is not None or queue is not None):
        raise click.UsageError("a part has no team and no queue of its own: give just --to-file or --to-new")
    if to_new is not None and (part is None or to_file is not None):
        raise click.UsageError(
            "--to-new is for a step, and goes without --to-file: `playbook move ID#STEP --to-new NEW`"
        )
    try:
        if part is not None and to_new is not None:
            new = source_of_text(*begin_document(base, before.library, "sop", to_new))
            rewrite = Rewrite(begin_with_step(before.library, before.sources, document, part, new))
        elif part is not None:
            rewrite = Rewrite(_give_step(before, document, part, to_file or ""))
        else:
            rewrite = _give(before, document, team, queue, to_file)
    except Uneditable as error:
        raise click.ClickException(str(error)) from None
    if not rewrite.texts:
        click.echo(f"{name} is there already: nothing to do", err=True)
        return
    carry_out(base, before, rewrite, dry_run)
    click.echo(f"{name}: {summarize(rewrite, before.sources, dry_run)}", err=True)
    if not dry_run:
        keep_owners(base, before.library)
    if team is not None and isinstance(document.body, Sop) and _is_escalated_to(document.body, team):
        click.echo(f"Warning: {name} escalates to {team}, which owns it now: look at `escalation`", err=True)
    if queue is not None:
        click.echo(f"where it stands in the queue is its owner's to say: `order` of {queue} in {VOCABULARY}", err=True)
    taker = document.body.escalation if isinstance(document.body, Sop) else None
    if team is not None and taker and taker.to == team:
        click.echo(f"{name} now escalates to its own owner: say in `escalation` who takes over", err=True)
    if part is not None:
        _tell_of_step(before, document, part, to_new or PurePosixPath(to_file or "").stem)


def _tell_of_step(before: pipeline.Judgement, document: Document, part: str, to: str) -> None:
    """Says what is left to do after a step went to another procedure."""
    target = before.library.find(to)
    if target is None:
        click.echo(f"next: say in {to} when it applies, and raise the version of {document.id}", err=True)
    else:
        click.echo("both procedures read otherwise now: raise their versions, and say so in `history`", err=True)
    is_draft = target is None or target.body.status == "draft"
    if is_draft and document.body.status == "active":
        click.echo(
            f"Warning: {document.id} is active and {to} is a draft, so that `{part}` is not in force: write "
            f"`status: active` in {to} before you merge",
            err=True,
        )


def _is_escalated_to(sop: Sop, team: str) -> bool:
    return sop.escalation is not None and sop.escalation.to == team


def _give(
    judged: pipeline.Judgement, document: Document, team: str | None, queue: str | None, to_file: str | None
) -> Rewrite:
    library, source = judged.library, judged.sources[document.path]
    vocabulary, texts = library.vocabulary, {}
    if vocabulary is None:
        raise click.ClickException(f"{VOCABULARY} has errors: fix them first (playbook check)")
    path = _choose_path(judged, document, to_file) if to_file is not None else document.path
    text = move_links(library, document, source, path)
    for key, word, known in (("owner", team, vocabulary.teams), ("queue", queue, vocabulary.queues)):
        if word is not None:
            if word not in known:
                option = "--team" if key == "owner" else "--queue"
                raise click.BadParameter(f"no {option[2:]} is called {word}; {one_of(word, known)}", param_hint=option)
            text = set_word(source_of_text(document.path, text), key, word)
    if path != document.path or text != source.text:
        texts[path] = text
    if queue is not None:
        orders = {name: term.order for name, term in vocabulary.queues.items()}
        words = leave_orders(judged.sources[VOCABULARY], orders, document, queue)
        if words != judged.sources[VOCABULARY].text:
            texts[VOCABULARY] = words
    return Rewrite(texts, {path: document.path} if path != document.path else {})


def _choose_path(judged: pipeline.Judgement, document: Document, to_file: str) -> str:
    """The path that a document moves to; ends the command if no document of its type can be there."""
    kind, wanted = document.kind, PurePosixPath(to_file.replace("\\", "/"))
    file = wanted if wanted.suffix == kind.suffix else wanted / f"{document.id}{kind.suffix}"
    path = file.as_posix().removeprefix("./")
    if not path.startswith(f"{kind.folder}/") or ".." in file.parts:
        raise click.BadParameter(f"{kind.many} are kept in {kind.folder}/ and below", param_hint="--to-file")
    if file.stem != document.id:
        raise click.BadParameter(
            f"the file is named after the id: playbook rename {document.id} {file.stem}", param_hint="--to-file"
        )
    if path in judged.library.files and path != document.path:
        raise click.BadParameter(f"{path} already exists", param_hint="--to-file")
    return path


def _give_step(judged: pipeline.Judgement, document: Document, part: str, to_file: str) -> dict[str, str]:
    stem = PurePosixPath(to_file.replace("\\", "/")).stem
    if judged.library.find(stem) is None and judged.library.by_id:
        near = did_you_mean(stem, judged.library.by_id, "")
        raise click.BadParameter(
            f"no document has the id {stem}{f'; {near}' if near else ''}; --to-new {stem} begins a procedure with this "
            "step",
            param_hint="--to-file",
        )
    to = find_document(judged.library, stem)
    if to is document:
        return {}
    if part in to.parts or part in to.renamed_parts:
        raise click.BadParameter(f"{to.id} has a part {part} already: playbook rename {document.id}#{part} first")
    return move_step(judged.library, judged.sources, document, part, to)
