"""`playbook compare`: says that it is a part of `playbook diff` now."""

from __future__ import annotations

import click


@click.command("compare", hidden=True, context_settings={"ignore_unknown_options": True})
@click.argument("words", nargs=-1, type=click.UNPROCESSED)
def COMMAND(words: tuple[str, ...]) -> None:  # noqa: N802
    """Say what to call instead."""
    raise click.UsageError("`compare` is a part of `diff` now: `playbook diff HEAD`, with --only ID for one decision")
