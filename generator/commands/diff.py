"""`playbook diff`: shows what is another in one tree than in another, in the words of its authors."""

from __future__ import annotations

import shutil
from dataclasses import replace

import click

from generator.analysis.changes.trees import TreeDiff, TreeState, compare_trees
from generator.commands._knowledge_base import KnowledgeBase, based
from generator.commands._states import is_release, narrow_to, read_here, read_state
from generator.files import terminal
from generator.pipeline import Judgement, judge_gathered
from generator.reports.changes.comment import comment
from generator.reports.changes.data import diff_json
from generator.reports.changes.terminal import terminal_text
from generator.wording import one_of

FORMS = ("text", "markdown", "json")


@click.command("diff", short_help="Compare two states in authors' words, for a review.")
@based
@click.argument("old", metavar="OLD")
@click.argument("new", metavar="[NEW]", required=False)
@click.option("--only", "names", metavar="ID", multiple=True, help="Only this document; may be repeated.")
@click.option("--format", "form", type=click.Choice(FORMS), default="text", help="How to print it.")
@click.option("--no-check", is_flag=True, help="Do not say what `check` finds in NEW: quicker.")
def COMMAND(  # noqa: N802
    base: KnowledgeBase, old: str, new: str | None, names: tuple[str, ...], form: str, no_check: bool
) -> None:
    """Show what is different in NEW: who may read more, what is decided otherwise, what else changed, whom it reaches.

    OLD and NEW are a git revision, a folder with a knowledge base, or a release of a pack (PACK@VERSION). Without NEW,
    it is the files as they are here, committed or not, and a revision OLD is taken where the current branch left it, so
    that `playbook diff origin/main` tells what a branch does. --format markdown is a comment for a pull request.

    The exit code is 0 whether or not there are differences, and 2 if the command was called wrongly.
    """
    before = read_state(base, old, "OLD", is_forked=new is None)
    after = read_here(base) if new is None else read_state(base, new, "NEW", is_forked=False)
    if is_release(before) and not is_release(after):
        after = narrow_to(after, before, "NEW")
    elif is_release(after) and not is_release(before):
        before = narrow_to(before, after, "OLD")
    _refuse_unknown(names, before, after)
    diff = compare_trees(before, after, base.today, frozenset(names))
    judgement = None if no_check or diff.is_empty else _judge(diff)
    if form == "text":
        click.echo(terminal_text(diff, judgement, shutil.get_terminal_size((100, 24)).columns))
    else:
        terminal.data(comment(diff, judgement) if form == "markdown" else f"{diff_json(diff, judgement)}\n")


def _judge(diff: TreeDiff) -> Judgement | None:
    """What `check --since OLD` finds in the new tree; None for what only the readers of a pack see of it."""
    new = diff.new
    if new.tree is None:
        return None
    changed = tuple(one.pair.old for one in diff.documents if one.pair.old)  # the others have nothing to tell
    before = replace(diff.old.library, documents=changed)
    return judge_gathered(new.tree, new.library, dict(new.sources), list(new.findings), before=before)


def _refuse_unknown(names: tuple[str, ...], before: TreeState, after: TreeState) -> None:
    known = {**before.library.by_any_id, **after.library.by_any_id}
    known |= dict.fromkeys({*before.library.malformed, *after.library.malformed})  # type: ignore[arg-type]
    for name in names:
        if name not in known:
            raise click.BadParameter(f"no document is called {name}; {one_of(name, known)}", param_hint="--only")
