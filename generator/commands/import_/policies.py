"""`playbook import policies`: imports a folder of Markdown policies, with its git history."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path

import click

from generator.commands._exchange import VERBOSE, refused, unmapped_lines
from generator.commands._knowledge_base import KnowledgeBase, based
from generator.commands.import_._documents import OWNER, earlier, ownership, put, read_if_present
from generator.commands.import_._folder import (
    find_store,
    keep_markdown,
    list_files,
    name_folder,
    read_enclosure,
    read_markdown,
    read_past,
)
from generator.commands.import_._telling import list_left_out, list_taken, note_renames, shorten_list
from generator.documents.types.policy import Policy
from generator.exchange import UnfitInput
from generator.exchange.markdown.enclosures import Enclosures
from generator.exchange.markdown.following import Followed, MadePolicy, Origin, follow, read_label
from generator.exchange.markdown.policies import Policies
from generator.exchange.markdown.selection import ChosenFiles, select
from generator.exchange.yaml_file import origin_in
from generator.files.source import Source
from generator.files.writer import FileEdit
from generator.library.library import Library
from generator.reports.progress import tracking
from generator.wording import count

TAKEN = "rename what is there, or what you import, or leave it out with --exclude"
ADVICE = "write `status: retired`, with `superseded_by` if another replaces it, or remove the file"


@click.command("policies", short_help="Policies from Markdown, with their history.")
@based
@click.argument("folder", metavar="DIR", type=click.Path(exists=True, file_okay=False, path_type=Path))
@OWNER
@click.option("--audience", metavar="WORD", help="Who may read them (default: public, or else the widest audience).")
@click.option(
    "--exclude",
    metavar="PATTERN",
    multiple=True,
    help="Leave out a file or folder, such as drafts or '*.draft.md'; may be repeated.",
)
@click.option(
    "--include",
    metavar="PATTERN",
    multiple=True,
    help="Import a file that stays out by itself, such as CODE_OF_CONDUCT.md; may be repeated.",
)
@VERBOSE
def COMMAND(  # noqa: N802
    base: KnowledgeBase,
    folder: Path,
    owner: str | None,
    audience: str | None,
    exclude: tuple[str, ...],
    include: tuple[str, ...],
    verbose: bool,
) -> None:
    """Import a folder of Markdown policies, with their history if it is in a git repository.

    Each heading of level 2 begins a section; each commit that changed the text of a section is a version. Run it again
    when the folder changes: texts, titles and versions are replaced, and everything else that you wrote is kept. A file
    with another name is followed, and a policy whose file is gone is named. Pictures and files that texts show or offer
    are taken along. README, LICENSE, CONTRIBUTING and the like stay out.
    """
    folder = folder.resolve()
    base.recover()
    library, sources = base.gather()
    header, asked = ownership(library.vocabulary, owner, audience, "public")
    before = list(_find_made(library, sources))
    locales = list(library.vocabulary.locales) if library.vocabulary else []
    try:
        paths = list_files(folder)
        chosen = select(keep_markdown(paths, folder), exclude, include, {one.origin.path for one in before}, locales)
        texts = read_markdown(folder, chosen)
        past = read_past(folder)
        originals = {path: text for path, text in texts.items() if path not in chosen.tongues.origins}
        followed = _drop_retired(follow(before, originals, past.names, name_folder(folder)), library)
        made_before = {one.place for one in followed.policies.values()}
        store = find_store(base.root, library, followed.folder, made_before)
        enclosures = Enclosures(paths, partial(read_enclosure, folder), store)
        former = {old: path for path, names in past.names.items() for old in names}
        policies = Policies(texts, folder.name, followed, former, chosen.tongues, enclosures)
        old = earlier(base.root, library, "policies", policies.places, asked, followed.policies, TAKEN)
        with tracking() as track:
            made = {}
            for path in track(policies.ids, "importing"):
                one = policies.policy(path, past.texts(path), old.documents[path], base.today.isoformat(), header)
                made[path] = policies.translate(path, one, past.texts, old.documents[path])
        beside = [FileEdit(one, read_if_present(base.root, one), data) for one, data in enclosures.taken.items()]
    except UnfitInput as error:
        raise refused(error) from None
    labels = {path: Origin(path, followed.folder).label for path in made}
    new = put(base.root, "policies", policies.places, made, old.files, labels, beside)
    versions = count(sum(len(document["history"]) for document in made.values()), "version")
    total = "1 policy" if len(made) == 1 else f"{len(made):,} policies"
    click.echo(f"{total} with {versions}; {count(new, 'file')} written. Next: playbook check")
    for line in unmapped_lines([*note_renames(followed), *policies.unmapped, *enclosures.unmapped], verbose):
        click.echo(line)
    for line in (
        *list_left_out(chosen, verbose),
        *_list_unknown(chosen),
        *_list_left(followed, policies.places, chosen, library, verbose),
    ):
        click.echo(line)
    for line in _list_enclosures(enclosures, store.folder, verbose):
        click.echo(line)
    if past.unknown:
        click.echo(f"no history was imported: {past.unknown}")


def _find_made(library: Library, sources: Mapping[str, Source]) -> Iterator[MadePolicy]:
    """What earlier imports made."""
    bodies = {document.path: document.body for document in library.documents}
    for place, source in sources.items():
        label = origin_in(source.text, "policies")
        body = bodies.get(place)
        if label:
            sections = body.sections if isinstance(body, Policy) else []
            texts = [f"# {body.title if body else ''}", *(f"## {one.title}\n\n{one.text}" for one in sections)]
            yield MadePolicy(place, read_label(label), "\n\n".join(texts))


def _drop_retired(followed: Followed, library: Library) -> Followed:
    """Without the policies that are left and no longer in use."""
    in_use = {document.path for document in library.documents if not document.body.is_gone}
    return followed._replace(left=[one for one in followed.left if one.place in in_use])


def _list_unknown(chosen: ChosenFiles) -> Iterator[str]:
    """The files in languages that the vocabulary lacks."""
    for code in dict.fromkeys(chosen.tongues.unknown.values()):
        paths = [path for path, one in chosen.tongues.unknown.items() if one == code]
        more = f" and {len(paths) - 1:,} more" if len(paths) > 1 else ""
        yield (
            f"left out, in a language that the vocabulary lacks: {paths[0]}{more} (add `{code}: {{name: ...}}` to its "
            "`locales` to import translations, or name it with --include to import a policy of its own)"
        )


def _list_left(
    followed: Followed, places: Mapping[str, str], chosen: ChosenFiles, library: Library, verbose: bool
) -> Iterator[str]:
    """The policies that are still in use without a source, and what to do about them."""
    status = {document.path: document.body.status for document in library.documents if not document.body.is_gone}
    here = set(places.values())
    lost = {one.place: one.origin.path for one in (*followed.left, *followed.policies.values())}
    lines = []
    for place, path in lost.items():
        if place in status and place not in here:
            reason = f"its source {path} {'has no text any more' if path in chosen.kept else 'is gone'}"
            if path in chosen.tongues.origins:
                reason = f"its source {path} is a translation of {chosen.tongues.origins[path]} now"
            if path in chosen.excluded:
                reason = f"--exclude leaves out its source {path}"
            lines.append(f"{place} stays {status[place]}, but {reason}: {ADVICE}")
    return shorten_list(lines, verbose, " policies without a source")


def _list_enclosures(enclosures: Enclosures, folder: str, verbose: bool) -> Iterator[str]:
    """What was taken along, and what nothing shows any more."""
    yield from list_taken(enclosures, folder)
    lines = [f"{place} is no longer shown by any document: remove it" for place in enclosures.left]
    yield from shorten_list(lines, verbose, " files that nothing shows")
