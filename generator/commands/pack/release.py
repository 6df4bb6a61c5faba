"""`playbook pack release`: freezes what a vendor gets."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import click

from generator.analysis.delta import Delta, compare_packs
from generator.analysis.demand import demand
from generator.commands._knowledge_base import TRUST, KnowledgeBase, based
from generator.commands._refusal import refuse_errors, writing
from generator.commands._releases import find_release
from generator.commands._typed import DayTyped
from generator.commands.pack._packs import find_pack, packed_now, packed_then, refuse_nothing
from generator.documents import RELEASES, VOCABULARY, Document, kinds
from generator.documents.release_record import place_of_record
from generator.documents.types.pack import Pack
from generator.files import writer as publish
from generator.files.repository import NoPast, NoRevision
from generator.files.revision import Revision
from generator.files.tree import Folder, Tree
from generator.library.library import Library
from generator.library.meaning.levels import MEANING
from generator.library.packing import Packed, too_wide
from generator.library.releases import Release
from generator.library.timeline import order
from generator.pipeline import gather
from generator.publishing.engines.settings import settings
from generator.publishing.packs.releasing.freezer import FrozenRelease, freeze_release
from generator.reports.pack_diff import text
from generator.wording import count

SHOWN = 2


@click.command("release", short_help="Freeze what a vendor gets as a record.")
@based
@click.argument("name", metavar="ID")
@click.option(
    "--on",
    type=DayTyped(),
    metavar="DAY",
    help="The day on which the vendor gets it, such as 2026-12-31 (default: today).",
)
@click.option("--at", "revision", metavar="REV", help="Freeze it as it was in this git revision.")
@click.option("--dry-run", is_flag=True, help="Only tell what changed, and which version that demands.")
@TRUST
def COMMAND(  # noqa: N802
    base: KnowledgeBase, name: str, on: datetime | None, revision: str | None, dry_run: bool, trusted: tuple[str, ...]
) -> None:
    """Freeze what a vendor gets with a pack, as a record that nobody edits.

    The record has the documents as the readers of the pack see them, in content/packs/releases/, and
    `pack build ID --release VERSION` builds the same files from it at any time. The version is that of the pack. It
    must be large enough for what changed since the last release: a major one where a decision or an answer changed,
    so that everybody trains again, a minor one where content was added, a patch (1.2.1) for wording.
    """
    if not dry_run:
        base.recover()
    library, tree = _load(base, revision)
    document = find_pack(library, name)
    _refuse_unfit(library, document)
    packed = packed_now(library, document)
    refuse_nothing(library, document, "released")
    if not packed.contents.documents:
        raise click.ClickException(f"{document.path} has no documents for {packed.pack.audience} readers: add some")
    last = library.releases.last(name)
    delta = _compare(library, last, packed, base) if last else None
    if dry_run:
        click.echo(_tell(delta, packed))
        return
    _refuse_version(library, document, packed, last, delta)
    day = on.date() if on else base.today
    if last is not None and day < last.record.on:
        raise click.BadParameter(f"{day} is before {last.version} was released, {last.record.on}", param_hint="--on")
    with writing():
        frozen = freeze_release(packed, settings(base.root, trusted), tree, day, last.version if last else None)
        written = _write(base, frozen)
    click.echo(
        f"release {packed.pack.version} of {name} for {packed.pack.vendor}: "
        f"{count(len(packed.contents.documents), 'document')}, {count(written, 'file')} written to {RELEASES}"
    )
    click.echo(f"Commit them, then run: playbook pack build {name} --release {packed.pack.version}")


def _load(base: KnowledgeBase, revision: str | None) -> tuple[Library, Tree]:
    """The library to freeze, with all releases so far, and where its pictures are."""
    if revision is None:
        judgement = base.run()
        refuse_errors(judgement, what="released")
        return judgement.library, Folder(base.root)
    folders = (VOCABULARY, *(kind.folder for kind in kinds().values()))
    try:
        tree = Revision(base.root, revision, folders)
    except NoRevision as error:
        raise click.BadParameter(f"{error}; {error.hint}", param_hint="--at") from None
    except NoPast as error:
        raise click.ClickException(f"cannot tell what was in {revision}: {error} ({error.hint})") from None
    library, _, findings = gather(tree, base.today)
    if findings or library.vocabulary is None:
        why = f"{findings[0].place.path}: {findings[0].message}" if findings else "it has no vocabulary"
        raise click.ClickException(f"{revision} cannot be read by this version of playbook: {why}")
    return replace(library, releases=base.library().releases), tree


def _refuse_unfit(library: Library, document: Document) -> None:
    body = document.body
    assert library.vocabulary is not None
    assert isinstance(body, Pack)
    if body.vendor not in library.vocabulary.vendors or body.audience not in library.vocabulary.audiences:
        raise click.ClickException(f"{document.path}: `vendor` and `audience` must be words of the vocabulary")
    if fault := too_wide(library.vocabulary, body):
        raise click.ClickException(f"{document.path}: {fault[0]}; {fault[1]}")


def _compare(library: Library, last: Release, packed: Packed, base: KnowledgeBase) -> Delta:
    find_release(library, last.record.pack, last.version)  # which refuses one that was edited
    return compare_packs(packed_then(library, last, base.today), packed)


def _tell(delta: Delta | None, packed: Packed) -> str:
    if delta is None:
        return f"{packed.pack.title.strip()}: never released; any version will do, such as {packed.pack.version}"
    asked = demand(delta)
    if not asked.level:
        return text(delta)
    state = "is enough" if asked.is_met(packed.pack.version) else f"is too small: write at least {asked.least}"
    return f"{text(delta)}\nThe pack says {packed.pack.version}, which {state}."


def _refuse_version(
    library: Library, document: Document, packed: Packed, last: Release | None, delta: Delta | None
) -> None:
    name, version = document.id, packed.pack.version
    known = library.releases.find(name, version)
    if known is not None:
        raise click.ClickException(
            f"{name} {version} was released on {known.record.on}, and a release is never overwritten: "
            f"raise `version` in {document.path}"
        )
    if last is None or delta is None:
        return
    if order(version) < order(last.version):
        raise click.ClickException(
            f"{version} is older than the release {last.version}: raise `version` in {document.path}"
        )
    asked = demand(delta)
    if not asked.level:
        raise click.ClickException(f"nothing changed since {last.version}: {name} needs no release")
    if not asked.is_met(version):
        names = list(dict.fromkeys(one.document.body.title.strip() for one in asked.lessons))
        more = f" and {len(names) - SHOWN} more (--dry-run tells all)" if len(names) > SHOWN else ""
        raise click.ClickException(
            f"{version} is too small after {last.version}: {MEANING[asked.level]}. "
            f"See {', '.join(names[:SHOWN])}{more}. "
            f'Write `version: "{asked.least}"` in {document.path}'
        )


def _write(base: KnowledgeBase, frozen: FrozenRelease) -> int:
    """Writes the files that are not there yet, all or none; how many there were."""
    edits = []
    for path, content in frozen.files.items():
        now = publish.content_now(base.root, path)
        if now is None or path == place_of_record(frozen.record.pack, frozen.record.version):
            edits.append(publish.FileEdit(path, None, content))
        elif now.replace(b"\r\n", b"\n") != content.replace(b"\r\n", b"\n"):
            raise publish.Unwritten(f"nothing was written: {path} is not as it was released; write it back")
    return publish.change(base.root, edits)
