"""Maps our variables and ticket actions to Zendesk's placeholders and fields, and back.

A variable without a placeholder becomes a blank that the agent sees: `{{ answer_by }}` is `[ANSWER_BY]` there. Template
syntax that an import made a variable of is itself again.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from generator.exchange.replies.blanks import is_syntax

VARIABLE = re.compile(r"\{\{ ?([a-zA-Z_][a-zA-Z0-9_]*) ?\}\}")
PLACEHOLDER = re.compile(r"\{\{\s*([A-Za-z_][\w.]*)\s*\}\}")
STATEMENT = re.compile(r"\{%-?\s*(\w+)")
BLOCKS = {"if", "unless", "case", "for", "tablerow", "capture", "comment", "raw"}
BLANK = re.compile(r"\[([A-Z][A-Z0-9_]*)\]")
NOT_PLAIN = re.compile(r"\{[{%#]|\}\}|\{\0|\0\}")

TAG, TAGS = "tag", "current_tags"
FIELDS = {
    "status": "status", "priority": "priority", "type": "type", "group": "group_id", "assignee": "assignee_id",
    TAG: TAGS, "tags": "set_tags", "untag": "remove_tags",
}  # fmt: skip
OURS = {theirs: ours for ours, theirs in FIELDS.items()}
VALUES = {
    "status": ("open", "pending", "hold", "solved"),
    "priority": ("low", "normal", "high", "urgent"),
    "type": ("question", "incident", "problem", "task"),
}
ALSO = re.compile(
    r"custom_fields_\d+|custom_status_id|ticket_form_id|brand_id|follower|share_ticket|subject|comment_mode_is_public"
)

ActionData = dict[str, str]


def their_words(fallbacks: Mapping[str, str | None], placeholders: Mapping[str, str]) -> dict[str, str]:
    """What each variable is there: its placeholder, the template syntax that it stands for, or a blank.

    `fallbacks` has the fallback of each variable, in the language of the text.
    """
    return {
        name: f"{{{{{placeholders[name]}}}}}"
        if name in placeholders
        else fallback.rstrip("\n")
        if fallback and is_syntax(name, fallback)
        else f"[{name.upper()}]"
        for name, fallback in fallbacks.items()
    }


def their_text(text: str, words: Mapping[str, str]) -> str | None:
    """The text with these words for its variables; None if it has more than words and variables."""
    if NOT_PLAIN.search(VARIABLE.sub("\0", text)):
        return None
    return VARIABLE.sub(lambda match: words.get(match[1], f"[{match[1].upper()}]"), text)


def is_closed(text: str) -> bool:
    """Whether each condition or loop in a text of theirs ends in it, in order."""
    open_blocks: list[str] = []
    for word in STATEMENT.findall(text):
        if word in BLOCKS:
            open_blocks.append(word)
        elif word.startswith("end") and (not open_blocks or open_blocks.pop() != word.removeprefix("end")):
            return False
    return not open_blocks


def our_text(text: str, placeholders: Mapping[str, str], names: Collection[str]) -> str:
    """Reverses `their_text`, provided that no words of the text look like a blank."""
    known = {placeholder: name for name, placeholder in placeholders.items()}
    text = BLANK.sub(lambda match: _import_variable(match[1].lower(), match[0], names), text)
    return PLACEHOLDER.sub(lambda match: _import_variable(known.get(match[1], ""), match[0], names), text)


def _import_variable(name: str, otherwise: str, names: Collection[str]) -> str:
    return f"{{{{ {name} }}}}" if name in names else otherwise


def placeholder_of(name: str) -> str:
    """The name of the dynamic content with the texts of a macro: a placeholder cannot contain hyphens."""
    return name.replace("-", "_")


def their_actions(actions: Iterable[ActionData]) -> tuple[list[dict[str, Any]], list[str]]:
    """Ticket actions as fields and values, all tags in one; and those that Zendesk has no field or value for."""
    fields: list[dict[str, Any]] = []
    strange = []
    for action in actions:
        what, to = action["set"], action["to"].strip()
        field = FIELDS.get(what, what if ALSO.fullmatch(what) else "")
        if not field or to not in VALUES.get(field, (to,)) or (what == TAG and len(to.split()) != 1):
            strange.append(f"{what}: {to}")
        elif tags := next((known for known in fields if field == known["field"] == TAGS), None):
            tags["value"] += f" {to}"
        else:
            fields.append({"field": field, "value": to})
    return fields, strange


def our_actions(actions: Iterable[Mapping[str, Any]]) -> tuple[list[ActionData], list[str]]:
    """Fields and values as ticket actions; and those whose value is not a single line of text."""
    ours: list[ActionData] = []
    strange = []
    for action in actions:
        what, to = OURS.get(action["field"], action["field"]), _flatten_value(action["value"])
        if not to:
            strange.append(f"{action['field']}: {action['value']!r}")
        elif what == TAG:
            ours += [{"set": TAG, "to": tag} for tag in to.split()]
        else:
            ours.append({"set": what, "to": to})
    return ours, strange


def _flatten_value(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return " ".join(str(value).split()) if isinstance(value, str | int | float) else ""
