"""`playbook new`: writes the scaffold of a document."""

from __future__ import annotations

import click

from generator.commands import Base, based, writing
from generator.documents import kinds
from generator.documents.fields import identifier
from generator.scaffold import scaffold

FORMS = {name: (kind, form) for kind in kinds().values() for name, form in kind.scaffolds.items()}


@click.command("new")
@based
@click.argument("kind", type=click.Choice(list(FORMS)))
@click.argument("name", metavar="ID")
def COMMAND(base: Base, kind: str, name: str) -> None:  # noqa: N802
    """Write the scaffold of a new document, which passes `check` as it is; the ID names the file.

    A decision table is a decision tree that is written as a table.
    """
    try:
        identifier(name)
    except ValueError as error:
        raise click.BadParameter(f"`{name}` {error}") from None
    library = base.run().library
    if library.vocabulary is None:
        raise click.ClickException("content/vocabulary.yaml must be right before anything can be added; playbook check")
    taken = library.find(name)
    if taken is not None:
        raise click.BadParameter(f"the id `{name}` is taken by {taken.path}")
    one, form = FORMS[kind]
    path = base.root / one.folder / f"{name}{one.suffix}"
    shown = path.relative_to(base.root).as_posix()
    with writing():
        text = scaffold(form, name, library.vocabulary, base.today)
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            with path.open("x", encoding="utf-8", newline="\n") as file:
                file.write(text)
        except FileExistsError:
            raise click.BadParameter(f"{shown} is already there") from None
    click.echo(f"{shown} is written as a draft. Fill it in, then: playbook check")
