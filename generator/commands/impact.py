"""`playbook impact`: shows what depends on a policy, or on the policy sections that changed since a revision."""

from __future__ import annotations

from dataclasses import replace

import click

from generator.analysis.impact import Subject, changed_sections, impact
from generator.commands._knowledge_base import KnowledgeBase, based
from generator.documents.target import Target
from generator.documents.types.policy import Policy
from generator.files.repository import NoPast
from generator.library.library import Library, is_policy
from generator.library.timeline import is_known
from generator.reports.impact import FORMATS
from generator.wording import one_of


@click.command("impact")
@based
@click.argument("name", metavar="[POLICY[#SECTION]]", required=False)
@click.option("--since", metavar="REV", help="All policy sections that changed since this git revision.")
@click.option("--format", "form", type=click.Choice(list(FORMATS)), default="text", help="How to print it.")
def COMMAND(base: KnowledgeBase, name: str | None, since: str | None, form: str) -> None:  # noqa: N802
    """Show what depends on a policy, and who owns it.

    Lists SOPs, macros, decision trees, packs and vendors. Name a policy or one of its sections, or let --since find the
    sections that changed.
    """
    if (name is None) == (since is None):
        raise click.UsageError("name a policy, as in `playbook impact payments#refunds`, or a revision with --since")
    if name is not None:
        library = base.library()
        subjects = [_find_subject(library, name)]
    else:
        try:
            before = base.past(since or "", Policy, is_forked=True)
        except NoPast as error:
            raise click.ClickException(f"cannot tell what changed since {since}: {error} ({error.hint})") from None
        library = replace(base.library(), before=before)
        subjects = changed_sections(library)
    click.echo(FORMATS[form](impact(library, subjects)))


def _find_subject(library: Library, name: str) -> Subject:
    target = library.current(Target.parse(name))
    section, document = target.part, library.find(target.id)
    policies = {one.id: policy for one, policy in library.each(Policy)}
    if document is None or not is_policy(document) or document.id not in policies:
        hint = one_of(target.id or name, policies)
        raise click.BadParameter(f"no policy has the id {target.id or name}; {hint}")
    if section and not is_known(policies[document.id], section):
        hint = one_of(section, document.parts)
        raise click.BadParameter(f"{target.id} has no section {section}; {hint}")
    return Subject(document, section)
