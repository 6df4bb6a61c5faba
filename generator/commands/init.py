"""`playbook init`: begins a knowledge base from a few answers, or adds what one lacks."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any, NamedTuple

import click

from generator import pipeline
from generator.commands._knowledge_base import KnowledgeBase, working_folder
from generator.commands._owners import write_owners
from generator.commands._placing import add_missing, refuse_obstacles
from generator.commands._refusal import writing
from generator.commands._typed import DayTyped
from generator.exchange import UnfitInput
from generator.exchange.founding.answers import (
    AUDIENCES,
    LOCALES,
    TEAMS,
    Answers,
    answers_in,
    read_audiences,
    read_languages,
    read_organisation,
    read_repository,
    read_teams,
    read_vendors,
    split_answer,
)
from generator.exchange.founding.files import found, furnish
from generator.files import writer as publish
from generator.files.tree import MARK, Folder


class Query(NamedTuple):
    """What `init` asks on a terminal, and the option that says the same."""

    name: str
    option: str
    text: str
    default: str
    read: Callable[..., Any]
    is_list: bool = True


QUERIES = (
    Query("organisation", "--organisation", "Your organisation", "", read_organisation, False),
    Query("teams", "--team", "Teams that own documents", ", ".join(TEAMS), read_teams),
    Query(
        "audiences",
        "--audience",
        "Who reads, beginning with those who may know least; `internal` is your staff",
        ", ".join(AUDIENCES),
        read_audiences,
    ),
    Query("locales", "--locale", "Languages of your letters, as codes", ", ".join(LOCALES), read_languages),
    Query("vendors", "--vendor", "Companies that work on cases for you, if any", "", read_vendors),
    Query(
        "repository",
        "--repository",
        "Address of the repository, if there is one (decides whether GitHub or GitLab checks it)",
        "",
        read_repository,
        False,
    ),
)


@click.command("init")
@click.argument("folder", metavar="[DIR]", default=".", type=click.Path(file_okay=False, path_type=Path))
@click.option("--organisation", metavar="NAME", help="Whose knowledge base it is. With it, nothing is asked.")
@click.option("--team", "teams", multiple=True, metavar="NAME", help="A team that owns documents; may be repeated.")
@click.option(
    "--audience",
    "audiences",
    multiple=True,
    metavar="NAME",
    help="Who reads, least privileged first, with `internal`; repeat it (default: public, vendor, internal).",
)
@click.option(
    "--locale", "locales", multiple=True, metavar="CODE", help="A language of letters, as pt-BR; may be repeated."
)
@click.option("--vendor", "vendors", multiple=True, metavar="NAME", help="A company that works on cases for you.")
@click.option(
    "--repository",
    metavar="URL",
    help="Where it will be, as https://github.com/acme/playbook; with gitlab in it, GitLab checks it.",
)
@click.option(
    "--codeowners",
    "is_for_owners",
    is_flag=True,
    help="Write CODEOWNERS anew from the owners of the documents, and nothing else.",
)
@click.option("--as-of", type=DayTyped(), metavar="DATE", help="Write it as of this day (default: today).")
def COMMAND(folder: Path, as_of: datetime | None, is_for_owners: bool, **given: Any) -> None:  # noqa: N802
    """Begin a knowledge base in DIR (default: this folder).

    You get your words, an example of each type of document, settings of site and editor, and checks for GitHub and
    pre-commit. On a terminal it asks; with --organisation it takes the options. Where there is a knowledge base
    already, it adds what is missing and touches nothing else.

    `word=Name` gives a team, audience or vendor a word of its own: --team tns="Trust and Safety".
    """
    root = Path(os.path.abspath(working_folder() / folder))  # noqa: PTH100 - links stay as they are named
    today = as_of.date() if as_of else date.today()
    with writing():
        for line in publish.recover(root):
            click.echo(line, err=True)
        try:
            if is_for_owners:
                write_owners(KnowledgeBase(root, today), _read(QUERIES[-1], given["repository"]))
                return
            files = _complete(root, today, given) if (root / MARK).is_file() else _begin(root, today, given)
        except UnfitInput as error:
            raise click.UsageError(str(error)) from None
        add_missing(root, files)


def _begin(root: Path, today: date, given: Mapping[str, Any]) -> dict[str, str]:
    """All files of a new knowledge base. Raises UnfitInput."""
    refuse_obstacles(root)
    is_asking = given["organisation"] is None
    if is_asking and not sys.stdin.isatty():
        raise UnfitInput(
            "whose knowledge base is it? Say so with --organisation NAME, and with --team, --audience, --locale, "
            "--vendor and --repository what is not as usual"
        )
    if is_asking:
        click.echo(f"A knowledge base in {root}. Put commas between several; Enter takes what is in brackets.")
    answers = {query.name: (_ask if is_asking else _read)(query, given[query.name]) for query in QUERIES}
    return found(Answers(**answers), Folder(root), today)


def _complete(root: Path, today: date, given: Mapping[str, Any]) -> dict[str, str]:
    """The files that a knowledge base should have beside its words. Raises UnfitInput."""
    library = pipeline.gather(Folder(root), today)[0]
    if library.vocabulary is None:
        raise UnfitInput(f"{MARK.as_posix()} has errors: fix them first (playbook check)")
    answers = answers_in(library.vocabulary, _read(QUERIES[-1], given["repository"]))
    for query in QUERIES[:-1]:
        said, known = _read(query, given[query.name]) if given[query.name] else (), getattr(answers, query.name)
        if said and not (set(said) <= set(known) if query.is_list else said == known):
            click.echo(f"{MARK.as_posix()} stays as it is: write there what {query.option} says", err=True)
    return furnish(answers, library, Folder(root), today)


def _read(query: Query, given: Any) -> Any:
    """The answer of an option. Raises UnfitInput."""
    return query.read(given or ("" if not query.is_list else ()))


def _ask(query: Query, given: Any) -> Any:
    """The answer of an option, or else of whoever sits at the terminal, who is asked until it fits."""
    if given:
        return _read(query, given)

    def convert(text: str) -> Any:
        try:
            return query.read(split_answer(text) if query.is_list else text)
        except UnfitInput as error:
            raise click.BadParameter(str(error)) from None

    default = query.default if query.name != "organisation" else None
    return click.prompt(query.text, default=default, value_proc=convert, show_default=bool(query.default))
