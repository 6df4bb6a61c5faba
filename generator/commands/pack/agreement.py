"""`playbook pack agreement`: reads filled agreement sheets, and tells how far people agree."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

import click

from generator.analysis.agreement import DecidedCase, measure_agreement
from generator.files.terminal import disarm_line
from generator.wording import count

FEW = 30  # cases: with fewer, the interval is too wide for anything to follow


@click.command("agreement", short_help="Compute how far a calibration agrees.")
@click.argument(
    "files", nargs=-1, required=True, metavar="CSV...", type=click.Path(exists=True, dir_okay=False, path_type=Path)
)
def COMMAND(files: tuple[Path, ...]) -> None:  # noqa: N802
    """Compute the agreement of a calibration from its filled sheets, one row a case and one column a person.

    The columns of people are letters, A to Z; a cell has the name of the decision, and may say `, sure` or `, unsure`
    after it; an empty one is left out. It prints how many chose the most common decision of each case and who did not,
    and Krippendorff's alpha for all sheets together with its 95 % interval.
    """
    cases = [case for file in files for case in _read_sheet(file)]
    for case in cases:
        common, number = case.most_common
        others = ", ".join(f"{letter} {said}" for letter, said in case.answers.items() if said != common)
        told = f"{case.name}: {number} of {len(case.answers)} {common or 'nobody decided it'}"
        click.echo(disarm_line(f"{told}{f'; {others}' if others else ''}"))
    found = measure_agreement(cases)
    if found.alpha is None:
        click.echo("alpha: there is no telling, as fewer than two different decisions were given")
        return
    interval = "" if found.low is None else f" ({found.low:.2f} to {found.high:.2f})"
    click.echo(f"alpha: {found.alpha:.2f}{interval}, {count(len(cases), 'case')}")
    if len(cases) < FEW:
        click.echo(
            f"fewer than {FEW} cases: put the sheets of several sessions together before anything follows from it"
        )


def _read_sheet(file: Path) -> Iterator[DecidedCase]:
    """The cases of a sheet. Raises click.ClickException where it is none."""
    try:
        rows = list(csv.reader(file.read_text(encoding="utf-8-sig").splitlines()))
    except (UnicodeDecodeError, csv.Error, OSError):
        raise click.ClickException(f"{file} is no CSV in UTF-8: save the sheet as CSV") from None
    heads = [head.strip() for head in rows[0]] if rows else []
    people = {at: head for at, head in enumerate(heads) if len(head) == 1 and head.isascii() and head.isupper()}
    if len(people) < 2:
        raise click.ClickException(f"{file} has no columns of people: their heads are letters, such as A and B")
    for row in rows[1:]:
        answers = {person: said for at, person in people.items() if at < len(row) and (said := _read_answer(row[at]))}
        if any(cell.strip() for cell in row):
            yield DecidedCase(row[0].strip(), answers)


def _read_answer(cell: str) -> str:
    """The decision in a cell, without how sure somebody was."""
    return cell.partition(",")[0].strip().lower()
