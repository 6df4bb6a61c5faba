"""Slips that authors make, one at a time: each is one finding, at the line of the slip, in words that name the edit.

A row is the slip, what the files are then, the place and code of the one finding, and what it says and advises. Slips
that YAML or a value makes are in YAML, SPACES, QUOTES, VALUES, DAYS, VERSIONS, NAMES; others get a table of their own.
What looks like a slip and is none is in FINE.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml
from knowledge import FILES, Changes, check, swapped, write

SOP = "sops/restore-account.yaml"
MACRO = "macros/account-restored.yaml"
TREE = "decision_trees/account-takeover.yaml"
POLICY = "content/policies/account-integrity.yaml"
PAGE = "content/pages/welcome.md"
PACK = "content/packs/acme-accounts.yaml"
WORDS = "content/vocabulary.yaml"

Row = tuple[Changes, str, str]

TITLE = "title: Restore a taken-over account"
SUMMARY = "summary: Somebody else is in the account of a member who writes to us."
SENTENCE = "text: Send [[account-restored|the reply]]."
BLOCK_END = "      [[account-integrity#ownership@3.0]].\n"
WHEN = "when: [The member is in danger.]"
REVIEWED = "reviewed: 2026-10-02"
LABEL = "otherwise: {label: Anything else, go: leave}"
# The words of parsers, which no author knows.
JARGON = re.compile(
    r"scalar|token|mapping|sequence|did not find|simple key|flow|block|parse|node|stream", re.IGNORECASE
)


def sop(old: str, new: str) -> Changes:
    return swapped(SOP, old, new)


def never(*lines: str) -> Changes:
    """The SOP with a list from line 28 on, of which each line is given."""
    return sop("quality:\n", "never:\n" + "".join(f"{line}\n" for line in lines) + "quality:\n")


def renamed(old: str, new: str) -> Changes:
    return {old: None, new: FILES[old]}


YAML: dict[str, Row] = {
    "a space too few before a title": (
        sop("    title: Verify", "   title: Verify"),
        f"{SOP}:17 invalid-yaml",
        "does not line up with the others | indent `title` by 4 spaces, like `id`",
    ),
    "a space too many before a title": (
        sop("    title: Verify", "     title: Verify"),
        f"{SOP}:17 invalid-yaml",
        "does not line up with the others | indent `title` by 4 spaces, like `id`",
    ),
    "a space before a key at the left edge": (
        sop(TITLE, f" {TITLE}"),
        f"{SOP}:2 invalid-yaml",
        "does not line up with the others | begin `title` at the left edge, like `id`",
    ),
    "a space before the first key": (
        sop("id: restore-account\ntitle", " id: restore-account\ntitle"),
        f"{SOP}:1 invalid-yaml",
        "does not line up with the others | begin `id` at the left edge",
    ),
    "a line of a text at the column of the keys": (
        sop(BLOCK_END, BLOCK_END + "    Then go on,\n      and on,\n      and on.\n"),
        f"{SOP}:21 invalid-yaml",
        "is indented less than the text that it belongs to | indent it by 6 spaces",
    ),
    "a line of a text at the left edge": (
        sop(BLOCK_END, BLOCK_END + "Then go on,\n      and on,\n      and on.\n"),
        f"{SOP}:21 invalid-yaml",
        "is indented less than the text that it belongs to | indent it by 6 spaces",
    ),
    "a line of a text a space too far left": (
        sop(BLOCK_END, BLOCK_END + "     Then go on,\n      and on.\n"),
        f"{SOP}:21 invalid-yaml",
        "is indented less than the text that it belongs to | indent it by 6 spaces",
    ),
    "a reference at the beginning of a line too far left": (
        sop(BLOCK_END, BLOCK_END[2:] + "      And on.\n      And on.\n"),
        f"{SOP}:20 invalid-yaml",
        "is indented less than the text that it belongs to | indent it by 6 spaces",
    ),
    "a bullet of a text too far left": (
        sop(BLOCK_END, BLOCK_END + "    - Then go on,\n      and on.\n"),
        f"{SOP}:21 invalid-yaml",
        "is indented less than the text that it belongs to | indent it by 6 spaces",
    ),
    "a bullet of a text among the steps": (
        sop(BLOCK_END, BLOCK_END + "  - Then go on,\n      and on.\n"),
        f"{SOP}:21 invalid-yaml",
        "is indented less than the text that it belongs to | indent it by 6 spaces",
    ),
    "a line of a text too far left that has a colon": (
        sop(BLOCK_END, BLOCK_END + "    Note: go on.\n      And on.\n"),
        f"{SOP}:21 unknown-key",
        "the key `Note` is not known here | indent it by 6 spaces, if it belongs to the text above",
    ),
    "a line of a text too far left that begins with #": (
        sop(BLOCK_END, BLOCK_END + "    #ts-oncall knows more.\n"),
        f"{SOP}:21 misread-text",
        "the line is a comment, and not part of the text above it | indent it like the text above",
    ),
    "an entry two spaces deeper": (
        never("  - Send a code.", "    - Ask for a password."),
        f"{SOP}:30 misread-text",
        "the entry is read as a part of the entry above | indent the dash by 2 spaces",
    ),
    "an entry one space deeper": (
        never("  - Send a code.", "   - Ask for a password."),
        f"{SOP}:30 misread-text",
        "the entry is read as a part of the entry above | indent the dash by 2 spaces",
    ),
    "an entry deeper, below one of two lines": (
        never("  - Send a code", "    or two.", "    - Ask for a password."),
        f"{SOP}:31 misread-text",
        "the entry is read as a part of the entry above | indent the dash by 2 spaces",
    ),
    "an entry deeper in a list at the left edge": (
        never("- Send a code.", "  - Ask for a password."),
        f"{SOP}:30 misread-text",
        "the entry is read as a part of the entry above | begin the dash at the left edge",
    ),
    "an entry less deep": (
        never("    - Send a code.", "    - Send a link.", "  - Ask for a password."),
        f"{SOP}:31 invalid-yaml",
        "does not line up with the others | indent the dash by 4 spaces",
    ),
    "the first entry deeper": (
        never("    - Send a code.", "  - Send a link.", "  - Ask for a password."),
        f"{SOP}:29 invalid-yaml",
        "does not line up with the others | indent the dash by 2 spaces",
    ),
    "the first entry less deep": (
        never(" - Send a code.", "  - Ask for a password."),
        f"{SOP}:29 misread-text",
        "the entry below is read as a part of this one | indent the dash by 2 spaces",
    ),
    "the first step less deep": (
        sop("  - id: verify", " - id: verify"),
        f"{SOP}:16 invalid-yaml",
        "does not line up with the others | indent the dash by 2 spaces",
    ),
    "the first line of a text at the column of the keys": (
        sop("      Decide with [[account-takeover]]", "    Decide: with [[account-takeover]]"),
        f"{SOP}:19 unknown-key",
        "the key `Decide` is not known here | indent it by 6 spaces, if it belongs to the text above",
    ),
    "a citation deeper": (
        sop(
            "    cites: [account-integrity#ownership@3.0]",
            "    cites:\n      - account-integrity#ownership@3.0\n        - account-integrity#ownership@3.1",
        ),
        f"{SOP}:24 misread-text",
        "the entry is read as a part of the entry above | indent the dash by 6 spaces",
    ),
    "no space after a dash": (
        never("  - Send a code.", "  -Ask for a password."),
        f"{SOP}:30 invalid-yaml",
        "has no space after the dash | write `- Ask for a password.`",
    ),
    "no space after the first dash": (
        sop("  - id: verify", "  -id: verify"),
        f"{SOP}:16 invalid-yaml",
        "has no space after the dash | write `- id: verify`",
    ),
    "no space after every dash": (
        never("  -Send a code.", "  -Ask for a password."),
        f"{SOP}:29 invalid-value",
        "must be a list | a line with `- ` for each entry",
    ),
    "a bullet of a word processor among dashes": (
        never("  - Send a code.", "  • Ask for a password."),
        f"{SOP}:30 invalid-yaml",
        "begins a list entry with `•` | write `- Ask for a password.`",
    ),
    "bullets of a word processor": (
        never("  • Send a code.", "  • Ask for a password."),
        f"{SOP}:29 invalid-value",
        "must be a list | a line with `- ` for each entry",
    ),
    "long dashes for bullets": (
        never("  – Send a code.", "  – Ask for a password."),
        f"{SOP}:29 invalid-value",
        "must be a list | a line with `- ` for each entry",
    ),
    "stars for bullets": (
        never("  * Send a code.", "  * Ask for a password."),
        f"{SOP}:29 invalid-yaml",
        "begins a list entry with `*` | write `- Send a code.`",
    ),
    "numbers for bullets": (
        never("  1. Send a code.", "  2. Ask for a password."),
        f"{SOP}:29 invalid-value",
        "must be a list | a line with `- ` for each entry",
    ),
    "a list without |": (
        sop(SENTENCE, "text: Send\n      - [[account-restored]]\n      - and wait."),
        f"{SOP}:26 misread-text",
        "the line is run together with the one above | write `text: |`, and the text on the lines below",
    ),
    "a numbered list without |": (
        sop(SENTENCE, "text:\n      1. Send [[account-restored]].\n      2. Wait."),
        f"{SOP}:27 misread-text",
        "the line is run together with the one above | write `text: |`",
    ),
    "a list in quotes": (
        sop(SENTENCE, 'text: "Send:\n      - [[account-restored]]\n      - and wait."'),
        f"{SOP}:26 misread-text",
        "the line is run together with the one above | write `text: |`",
    ),
    "a list below >": (
        sop(SENTENCE, "text: >\n      Send\n      * [[account-restored]]\n      * and wait."),
        f"{SOP}:27 misread-text",
        "the line is run together with the one above | write `|` instead of `>`",
    ),
    "a table without |": (
        sop(SENTENCE, "text: Send\n      | one | two |\n      | [[account-restored]] | - |"),
        f"{SOP}:26 misread-text",
        "the line is run together with the one above | write `text: |`",
    ),
    "a list without | and without a line before it": (
        sop(SENTENCE, "text:\n      - Send [[account-restored]].\n      And wait."),
        f"{SOP}:27 invalid-yaml",
        "is neither a key with its colon nor part of the text above | indent it like the text",
    ),
    "a key without its colon": (
        sop("owner: support", "owner support"),
        f"{SOP}:5 invalid-yaml",
        "has no colon after the key | write `owner: support`",
    ),
    "the first key without its colon": (
        sop("id: restore-account\ntitle", "id restore-account\ntitle"),
        f"{SOP}:1 invalid-yaml",
        "has no colon after the key | write `id: restore-account`",
    ),
    "a key of a step without its colon": (
        sop("    title: Verify who is writing", "    title Verify who is writing"),
        f"{SOP}:17 invalid-yaml",
        "has no colon after the key | write `title: Verify who is writing`",
    ),
    "the last key of a step without its colon": (
        sop("    internal_note: Legal", "    internal_note Legal"),
        f"{SOP}:27 invalid-yaml",
        "has no colon after the key | write `internal_note: Legal reads along.`",
    ),
    "a key of a page without its colon": (
        swapped(PAGE, "summary: Where", "summary Where"),
        f"{PAGE}:5 invalid-yaml",
        "has no colon after the key | write `summary: Where to begin.`",
    ),
    "no space after a colon": (
        sop("owner: support", "owner:support"),
        f"{SOP}:5 invalid-yaml",
        "has no space after the colon | write `owner: support`",
    ),
    "no space after a colon within braces": (
        swapped(TREE, 'label: "Yes", go: lock', 'label: "Yes", go:lock'),
        f"{TREE}:14 unknown-key",
        "the key `go:lock` is not known here | write a space after the colon: `go: lock`",
    ),
    "an equals sign for a colon": (
        sop("owner: support", "owner = support"),
        f"{SOP}:5 invalid-yaml",
        "has no colon after the key | write `owner: support`",
    ),
    "a wide colon": (
        sop("owner: support", "owner：support"),
        f"{SOP}:5 invalid-yaml",
        "has no colon after the key | write `owner: support`",
    ),
    "a sentence between the keys": (
        sop("steps:\n", "Here are the steps\nsteps:\n"),
        f"{SOP}:15 invalid-yaml",
        "is neither a key with its colon nor part of the text above | write `key: ...`",
    ),
    "two keys on a line": (
        sop("owner: support\n", "owner: support audience: vendor\n"),
        f"{SOP}:5 invalid-yaml",
        "has a second `: ` on the line | write each key on a line of its own",
    ),
    "commas and quotes of another format": (
        sop("owner: support", '"owner": "support",'),
        f"{SOP}:5 invalid-yaml",
        "has a comma after the value | remove it",
    ),
    "a colon in a title": (
        sop(TITLE, "title: Restore: an account"),
        f"{SOP}:2 invalid-yaml",
        "has a second `: ` on the line | put quotes around a text that contains `: `",
    ),
    "a colon in an entry": (
        never("  - Never: send a code."),
        f"{SOP}:29 invalid-value",
        "`never[1]` is a group of keys, but must be text | in quotes if it contains `: `",
    ),
    "a colon in a label within braces": (
        swapped(TREE, LABEL, "otherwise: {label: Other: else, go: leave}"),
        f"{TREE}:15 invalid-yaml",
        "has `:` within brackets where the text should end | put quotes around a text that contains `: `",
    ),
    "a comma in a label within braces": (
        swapped(TREE, LABEL, "otherwise: {label: Other, else, go: leave}"),
        f"{TREE}:15 unknown-key",
        "the key `else` is not known here",
    ),
    "a brace that does not close": (
        swapped(TREE, LABEL, LABEL[:-1]),
        f"{TREE}:15 invalid-yaml",
        "opens `{` without closing it | add `}`",
    ),
    "a bracket that does not close": (
        sop("    cites: [account-integrity#ownership@3.0]", "    cites: [account-integrity#ownership@3.0"),
        f"{SOP}:22 invalid-yaml",
        "opens `[` without closing it | add `]`",
    ),
    "words after a text in quotes": (
        sop(TITLE, 'title: "Restore" a taken-over account'),
        f"{SOP}:2 invalid-yaml",
        "has words after the closing quotes | put the whole text in quotes of the other kind",
    ),
    "an apostrophe in a text in quotes": (
        sop(TITLE, "title: 'Restore a member's account'"),
        f"{SOP}:2 invalid-yaml",
        "has words after the closing quotes | put the whole text in quotes of the other kind",
    ),
    "a text that begins with a reference": (
        sop("trigger: A member says that they have lost", "trigger: [[account-takeover]] says that they have lost"),
        f"{SOP}:13 invalid-yaml",
        "has words after `]`, with which the value ends | put quotes around a text that begins with `[` or `{`",
    ),
    "a text that begins with a star": (
        sop(TITLE, "title: *Restore* an account"),
        f"{SOP}:2 invalid-yaml",
        "has `*` where a value begins, which means something else in YAML | quote a text that begins with `*`",
    ),
    "a text that begins with an at sign": (
        sop(TITLE, "title: @support restores"),
        f"{SOP}:2 invalid-yaml",
        "has `@` where a value begins | quote a text that begins with `@`",
    ),
    "a text that begins with a sign of a block": (
        sop(TITLE, "title: > 5 accounts"),
        f"{SOP}:2 invalid-yaml",
        "has `>` where a value begins | quote a text that begins with `>`",
    ),
    "a list on the line of its key": (
        sop(TITLE, "title: - Restore"),
        f"{SOP}:2 invalid-yaml",
        "has `-` where a value begins | write a list below its key",
    ),
    "an anchor at the beginning of a title": (
        sop(TITLE, "title: &urgent Restore"),
        f"{SOP}:2 invalid-yaml",
        "has the anchor `&urgent`, which is left out of the text | quote a text that begins with `&`",
    ),
    "an anchor of another format": (
        sop("steps:", "steps: &all"),
        f"{SOP}:15 invalid-yaml",
        "has the anchor `&all` | remove the anchor",
    ),
    "a tag at the beginning of a title": (
        sop(TITLE, "title: !important Restore"),
        f"{SOP}:2 invalid-yaml",
        "uses the tag `!important` | quote a text that begins with `!`",
    ),
    "a tab before a key": (
        sop("    title: Verify", "\ttitle: Verify"),
        f"{SOP}:17 invalid-yaml",
        "is indented with a tab | use spaces",
    ),
    "a tab among the spaces": (
        sop("    title: Verify", "  \ttitle: Verify"),
        f"{SOP}:17 invalid-yaml",
        "is indented with a tab | use spaces",
    ),
    "a tab after a dash": (
        sop("  - id: verify", "  -\tid: verify"),
        f"{SOP}:16 invalid-yaml",
        "is indented with a tab | use spaces",
    ),
    "a tab before a line of a text": (
        sop(BLOCK_END, BLOCK_END.replace("      ", "\t")),
        f"{SOP}:20 invalid-yaml",
        "is indented with a tab | use spaces",
    ),
    "a title that begins with #": (
        sop(TITLE, "title: #1 of our procedures"),
        f"{SOP}:2 misread-text",
        "there is no value here | put quotes around a text that begins with `#`",
    ),
    "a text that begins with # and may be absent": (
        sop("steps:", "otherwise: #ts-oncall decides.\nsteps:"),
        f"{SOP}:15 misread-text",
        "there is no value here | put quotes around a text that begins with `#`",
    ),
    "a number in a title": (
        sop(TITLE, "title: Case #4: restore"),
        f"{SOP}:2 misread-text",
        "the text ends at ` #` | put quotes around all of it; a comment goes on a line of its own",
    ),
    "a channel in an entry": (
        never("  - Never post in #ts-oncall."),
        f"{SOP}:29 misread-text",
        "the text ends at ` #` | put quotes around all of it",
    ),
    "a key of the telephone": (
        never("  - Press # to hang up."),
        f"{SOP}:29 misread-text",
        "the text ends at ` #` | put quotes around all of it",
    ),
    "a channel in a list within brackets": (
        sop(WHEN, "when: [Ask in #ts-oncall, or wait.]"),
        f"{SOP}:14 invalid-yaml",
        "is cut at ` #`, where a comment begins | put quotes around the text",
    ),
    "a channel in a list within brackets over two lines": (
        sop(WHEN, "when: [Ask, #ts-oncall\n    or wait.]"),
        f"{SOP}:14 misread-text",
        "the text ends at ` #` | put quotes around all of it",
    ),
    "a number after a text in quotes": (
        sop(TITLE, 'title: "Restore" #4'),
        f"{SOP}:2 misread-text",
        "the text ends at ` #` | put quotes around all of it",
    ),
    "a channel on the next line of an entry": (
        never("  - Never post in", "    #ts-oncall."),
        f"{SOP}:30 misread-text",
        "the line is a comment, and not part of the text above it | write the text below `|`",
    ),
    "a space within a reference": (
        swapped(TREE, "sop: restore-account#answer", "sop: restore-account #answer"),
        f"{TREE}:20 misread-text",
        "the text ends at ` #`",
    ),
    "a number in the title of a page": (
        swapped(PAGE, "title: Welcome", "title: Welcome #1"),
        f"{PAGE}:2 misread-text",
        "the text ends at ` #` | put quotes around all of it",
    ),
    "a number in the vocabulary": (
        swapped(WORDS, "organisation: Example Platform", "organisation: Example #1"),
        f"{WORDS}:1 misread-text",
        "the text ends at ` #` | put quotes around all of it",
    ),
    "a rule between the keys": (
        sop("steps:\n", "---\nsteps:\n"),
        f"{SOP}:15 invalid-yaml",
        "contains more than one document | remove `---`",
    ),
    "a rule in a text": (
        sop(BLOCK_END, BLOCK_END + "---\n      And on.\n"),
        f"{SOP}:21 invalid-yaml",
        "contains more than one document | remove `---`",
    ),
    "dots between the keys": (
        sop("steps:\n", "...\nsteps:\n"),
        f"{SOP}:15 invalid-yaml",
        "goes on below `...`, which ends a document | remove `...`",
    ),
    "a merge conflict in a text": (
        sop(BLOCK_END, f"<<<<<<< HEAD\n{BLOCK_END}=======\n      More.\n>>>>>>> theirs\n"),
        f"{SOP}:20 invalid-yaml",
        "contains an unresolved merge conflict | keep one of the two versions",
    ),
    "what is left of a merge conflict": (
        sop("steps:\n", "=======\nsteps:\n"),
        f"{SOP}:15 invalid-yaml",
        "contains an unresolved merge conflict | keep one of the two versions",
    ),
    "a key twice": (
        sop("owner: support", "owner: support\nowner: legal"),
        f"{SOP}:6 duplicate-key",
        "the key `owner` appears twice | keep one of the two",
    ),
    "a capital letter in a key": (
        sop("title: Restore a", "Title: Restore a"),
        f"{SOP}:2 unknown-key",
        "the key `Title` is not known here | did you mean `title`?",
    ),
    "capital letters in a key": (
        sop("id: restore-account\ntitle", "ID: restore-account\ntitle"),
        f"{SOP}:1 unknown-key",
        "the key `ID` is not known here | did you mean `id`?",
    ),
    "a hyphen in a key": (
        sop("review_by: ", "review-by: "),
        f"{SOP}:10 unknown-key",
        "the key `review-by` is not known here | did you mean `review_by`?",
    ),
    "a key of another language": (
        sop("formerly:", "symptomes: [locked out]\nformerly:"),
        f"{SOP}:12 unknown-key",
        "the key `symptomes` is not known here | did you mean `symptoms`?",
    ),
    "no trigger": (
        sop("trigger: A member says that they have lost their account.\n", ""),
        f"{SOP}:1 missing-key",
        "the key `trigger` is missing | add `trigger: ...`",
    ),
    "a step without a title": (
        sop("    title: Verify who is writing\n", ""),
        f"{SOP}:16 missing-key",
        "the key `title` of `steps[1]` is missing | add `title: ...`",
    ),
}

NO_BREAK, NO_WIDTH, WIDE, MARK, LINE = "\u00a0", "\u200b", "\u3000", "\ufeff", "\u2028"
ORDINARY = "(no-break space) | write an ordinary space instead"
SPACES: dict[str, Row] = {
    "no-break spaces before a key": (
        sop("    title: Verify", f"{NO_BREAK * 4}title: Verify"),
        f"{SOP}:17 invalid-yaml",
        f"contains the invisible character U+00A0 {ORDINARY}",
    ),
    "a no-break space among the spaces before a key": (
        sop("    title: Verify", f"  {NO_BREAK} title: Verify"),
        f"{SOP}:17 invalid-yaml",
        f"contains the invisible character U+00A0 {ORDINARY}",
    ),
    "a no-break space after a colon": (
        sop("owner: support", f"owner:{NO_BREAK}support"),
        f"{SOP}:5 invalid-yaml",
        f"contains the invisible character U+00A0 {ORDINARY}",
    ),
    "a no-break space after the space": (
        sop("owner: support", f"owner: {NO_BREAK}support"),
        f"{SOP}:5 invalid-yaml",
        f"contains the invisible character U+00A0 {ORDINARY}",
    ),
    "a no-break space before a colon": (
        sop("owner: support", f"owner{NO_BREAK}: support"),
        f"{SOP}:5 invalid-yaml",
        f"contains the invisible character U+00A0 {ORDINARY}",
    ),
    "a no-break space at the end of a value": (
        sop("owner: support", f"owner: support{NO_BREAK}"),
        f"{SOP}:5 invalid-yaml",
        f"contains the invisible character U+00A0 {ORDINARY}",
    ),
    "a no-break space after a dash": (
        never("  - Send a code.", f"  -{NO_BREAK}Ask for a password."),
        f"{SOP}:30 invalid-yaml",
        f"contains the invisible character U+00A0 {ORDINARY}",
    ),
    "a no-break space after the dash of a step": (
        sop("  - id: verify", f"  -{NO_BREAK}id: verify"),
        f"{SOP}:16 invalid-yaml",
        f"contains the invisible character U+00A0 {ORDINARY}",
    ),
    "no-break spaces before a line of a text": (
        sop(BLOCK_END, BLOCK_END.replace(" ", NO_BREAK, 6) + "      And on.\n"),
        f"{SOP}:20 invalid-yaml",
        f"contains the invisible character U+00A0 {ORDINARY}",
    ),
    "a no-break space within braces": (
        swapped(TREE, 'label: "Yes", go', f'label:{NO_BREAK}"Yes", go'),
        f"{TREE}:14 invalid-yaml",
        f"contains the invisible character U+00A0 {ORDINARY}",
    ),
    "a no-break space in a page": (
        swapped(PAGE, "owner: support", f"owner:{NO_BREAK}support"),
        f"{PAGE}:3 invalid-yaml",
        f"contains the invisible character U+00A0 {ORDINARY}",
    ),
    "a no-break space in the vocabulary": (
        swapped(WORDS, "  S1: {", f"  S1:{NO_BREAK}{{"),
        f"{WORDS}:13 invalid-yaml",
        f"contains the invisible character U+00A0 {ORDINARY}",
    ),
    "ideographic spaces before a key": (
        sop("    title: Verify", f"{WIDE * 2}title: Verify"),
        f"{SOP}:17 invalid-yaml",
        "contains the invisible character U+3000 (ideographic space) | write an ordinary space instead",
    ),
    "an ideographic space after a colon": (
        sop("owner: support", f"owner:{WIDE}support"),
        f"{SOP}:5 invalid-yaml",
        "contains the invisible character U+3000 (ideographic space) | write an ordinary space instead",
    ),
    "a space without width before a key": (
        sop("owner: support", f"{NO_WIDTH}owner: support"),
        f"{SOP}:5 invalid-yaml",
        "contains the invisible character U+200B (zero width space) | remove it",
    ),
    "a space without width after a value": (
        sop("owner: support", f"owner: support{NO_WIDTH}"),
        f"{SOP}:5 invalid-yaml",
        "contains the invisible character U+200B (zero width space) | remove it",
    ),
    "a space without width after a date": (
        sop(REVIEWED, f"{REVIEWED}{NO_WIDTH}"),
        f"{SOP}:9 invalid-yaml",
        "contains the invisible character U+200B (zero width space) | remove it",
    ),
    "a space without width in an id": (
        sop("id: restore-account\ntitle", f"id: restore-{NO_WIDTH}account\ntitle"),
        f"{SOP}:1 invalid-value",
        "is not an id | remove the invisible character U+200B (zero width space)",
    ),
    "a soft hyphen in a team": (
        sop("owner: support", "owner: sup\u00adport"),
        f"{SOP}:5 unknown-word",
        "is not in the vocabulary's teams | remove the invisible character U+00AD (soft hyphen)",
    ),
    "a byte order mark within": (
        sop("owner: support", f"{MARK}owner: support"),
        f"{SOP}:5 invalid-yaml",
        "contains the invisible character U+FEFF (zero width no-break space) | remove it",
    ),
    "an invisible line break in a text": (
        sop(BLOCK_END, f"      One{LINE}two,\n{BLOCK_END}" + "      and on\n" * 10),
        f"{SOP}:20 invalid-yaml",
        "contains the invisible line break U+2028 | remove it",
    ),
    "an invisible line break before a colon in a text": (
        sop(BLOCK_END, f"      One{LINE}Note: two,\n{BLOCK_END}"),
        f"{SOP}:20 invalid-yaml",
        "contains the invisible line break U+2028 | remove it",
    ),
    "an invisible line break in a title": (
        sop(TITLE, f"title: Restore{LINE}an account"),
        f"{SOP}:2 invalid-yaml",
        "contains the invisible line break U+2028 | remove it",
    ),
}

STRAIGHT = "remove the quotes, or write straight ones around all of it"
QUOTES: dict[str, Row] = {
    "typographic quotes around a version": (
        sop('version: "2.1"\nstatus', "version: “2.1”\nstatus"),
        f"{SOP}:3 invalid-value",
        f"`version` is `“2.1”`, which has the wrong format | {STRAIGHT}",
    ),
    "typographic quotes of which one is straight": (
        sop('version: "2.1"\nstatus', 'version: “2.1"\nstatus'),
        f"{SOP}:3 invalid-value",
        f'`version` is `“2.1"`, which has the wrong format | {STRAIGHT}',
    ),
    "typographic quotes around a date": (
        sop(REVIEWED, "reviewed: ‘2026-10-02’"),
        f"{SOP}:9 invalid-value",
        f"is not a date | {STRAIGHT}",
    ),
    "typographic quotes around a team": (
        sop("owner: support", "owner: „support“"),
        f"{SOP}:5 unknown-word",
        f"is not in the vocabulary's teams | {STRAIGHT}",
    ),
    "typographic quotes around the id of an answer": (
        swapped(TREE, '"yes": {label', "“yes”: {label"),
        f"{TREE}:14 invalid-value",
        f"is not an id | {STRAIGHT}",
    ),
    "typographic quotes around a title": (
        sop(TITLE, "title: “Restore a taken-over account”"),
        f"{SOP}:2 misread-text",
        "the title is in typographic quotes | remove them",
    ),
    "typographic quotes around a title with a colon": (
        sop(TITLE, "title: “Restore: a taken-over account”"),
        f"{SOP}:2 invalid-yaml",
        "has typographic quotes, which YAML does not know | write straight quotes",
    ),
    "typographic quotes around an entry with a comma": (
        sop(WHEN, "when: [“The member, is in danger.”]"),
        f"{SOP}:14 misread-text",
        "the text is cut: typographic quotes do not hold it together | write straight quotes around it",
    ),
    "quotes that do not close": (
        sop('version: "2.1"\nstatus', 'version: "2.1\nstatus'),
        f"{SOP}:3 invalid-yaml",
        "opens quotes that do not close here | close the quotes",
    ),
}

VALUES: dict[str, Row] = {
    "a title of spaces": (sop(TITLE, "title: '  '"), f"{SOP}:2 invalid-value", "`title` is blank | write the text"),
    "a title of invisible characters": (
        sop(TITLE, f'title: "{NO_BREAK}{NO_WIDTH}\u2060"'),
        f"{SOP}:2 invalid-value",
        "`title` is blank | write the text",
    ),
    "a title of a step of spaces": (
        sop("    title: Verify who is writing", '    title: " "'),
        f"{SOP}:17 invalid-value",
        "`steps[1].title` is blank | write the text",
    ),
    "a summary of spaces": (sop(SUMMARY, "summary: ' '"), f"{SOP}:11 invalid-value", "`summary` is blank"),
    "a summary of dots": (
        sop(SUMMARY, "summary: ..."),
        f"{SOP}:11 unfinished-text",
        "the summary contains no word | write the summary",
    ),
    "a text of invisible characters": (
        sop(SENTENCE, f"text: |\n      {NO_WIDTH}"),
        f"{SOP}:25 invalid-value",
        "`steps[2].text` is blank | write the text",
    ),
    "a reply of invisible characters": (
        swapped(MACRO, 'text: "Hola {{ name }}: responda antes del {{ deadline }}."', f'text: "{NO_WIDTH}"'),
        f"{MACRO}:19 invalid-value",
        "contains only spaces | write what the member should read",
    ),
    "a note to oneself": (
        sop(SENTENCE, f"{SENTENCE} TODO say when."),
        f"{SOP}:25 unfinished-text",
        "`TODO` was left in the text | write what is missing",
    ),
    "a title to be decided": (
        sop(TITLE, "title: TBD"),
        f"{SOP}:2 unfinished-text",
        "`TBD` was left in the text | set `status: draft` until somebody knows",
    ),
    "text of a typesetter": (
        sop("internal_note: Legal reads along.", "internal_note: Lorem ipsum dolor."),
        f"{SOP}:27 unfinished-text",
        "`Lorem ipsum` was left in the text",
    ),
    "a note to oneself in a policy": (
        swapped(POLICY, "text: An account has one owner.", "text: An account has one owner. FIXME"),
        f"{POLICY}:14 unfinished-text",
        "`FIXME` was left in the text",
    ),
    "a summary of the scaffold": (
        sop(SUMMARY, "summary: One sentence that an analyst can recognise the case by."),
        f"{SOP}:11 unfinished-text",
        "these are the words of `playbook new`, which say what belongs here | write your own",
    ),
    "a step of the scaffold": (
        sop("title: Verify who is writing", "title: Name the action"),
        f"{SOP}:17 unfinished-text",
        "these are the words of `playbook new` | write your own",
    ),
    "a page of the scaffold": (
        swapped(PAGE, "Begin with", "Write here.\n\nBegin with"),
        f"{PAGE}:10 unfinished-text",
        "these are the words of `playbook new` | write your own",
    ),
    "a case of the scaffold": (
        swapped(TREE, "why: Access is gone.", "why: The reason in one sentence."),
        f"{TREE}:30 unfinished-text",
        "these are the words of `playbook new` | write your own",
    ),
    "a duration in words": (
        sop("steps:\n", "sla: {resolution: 3 days}\nsteps:\n"),
        f"{SOP}:15 invalid-value",
        "has the wrong format | write a time such as 15m, 4h, 3d, 2w, 1mo or 10bd (business days); here 3d",
    ),
    "a capital letter in a status": (
        sop("status: active", "status: Active"),
        f"{SOP}:4 invalid-value",
        "`status` is `Active` | use one of `draft`, `active`",
    ),
    "a number in words": (
        sop("weight: 3", "weight: three"),
        f"{SOP}:29 invalid-value",
        "is `three`, but must be a whole number | write digits only",
    ),
    "a number in digits of another script": (
        sop("weight: 3", "weight: ٣"),
        f"{SOP}:29 invalid-value",
        "is `٣`, but must be a whole number | write digits only",
    ),
    "a list in words": (
        sop("formerly: [account-recovery]", "formerly: account-recovery, old-name"),
        f"{SOP}:12 invalid-value",
        "must be a list | write `[one, two]`",
    ),
    "a slip in a team": (
        sop("owner: support", "owner: suport"),
        f"{SOP}:5 unknown-word",
        "`suport` is not in the vocabulary's teams | did you mean `support`?",
    ),
    "a link to a host that is not allowed": (
        swapped(WORDS, "organisation: Example Platform", "organisation: Example Platform\nhosts: [help.example.org]")
        | sop(SENTENCE, f"{SENTENCE[:-1]}, as in [the draft](https://docs.example.net/d/1/edit)."),
        f"{SOP}:25 foreign-host",
        "links to `docs.example.net`, which the vocabulary does not allow | add it to `hosts`",
    ),
}

DATE = "is not a date | write a date such as 2026-12-31"
DAYS: dict[str, Row] = {
    "a month that does not exist": (
        sop(REVIEWED, "reviewed: 2026-13-03"),
        f"{SOP}:9 invalid-value",
        "does not exist | write a date that exists, such as 2026-12-31; here 2026-03-13",
    ),
    "a day that does not exist": (
        sop(REVIEWED, "reviewed: 2026-02-30"),
        f"{SOP}:9 invalid-value",
        "does not exist | write a date that exists",
    ),
    "a date with dots": (sop(REVIEWED, "reviewed: 03.09.2026"), f"{SOP}:9 invalid-value", f"{DATE}; here 2026-09-03"),
    "a date with slashes": (
        sop(REVIEWED, "reviewed: 03/09/2026"),
        f"{SOP}:9 invalid-value",
        f"{DATE}; here 2026-09-03 or 2026-03-09",
    ),
    "a date without zeros": (sop(REVIEWED, "reviewed: 2026-9-3"), f"{SOP}:9 invalid-value", f"{DATE}; here 2026-09-03"),
    "a date in words": (
        sop(REVIEWED, "reviewed: 3 September 2026"),
        f"{SOP}:9 invalid-value",
        f"{DATE}; here 2026-09-03",
    ),
    "a date with a time": (
        sop(REVIEWED, "reviewed: 2026-09-03T10:00:00Z"),
        f"{SOP}:9 invalid-value",
        f"{DATE}; here 2026-09-03",
    ),
    "a date with long dashes": (
        sop(REVIEWED, "reviewed: 2026–10–02"),
        f"{SOP}:9 invalid-value",
        f"{DATE}; here 2026-10-02",
    ),
    "a date in digits of another script": (
        sop(REVIEWED, "reviewed: ٢٠٢٦-١٠-٠٢"),
        f"{SOP}:9 invalid-value",
        f"{DATE}; here 2026-10-02",
    ),
    "a date in wide digits": (
        sop(REVIEWED, "reviewed: ２０２６-10-02"),
        f"{SOP}:9 invalid-value",
        f"{DATE}; here 2026-10-02",
    ),
    "a review next year": (
        sop(REVIEWED, "reviewed: 2027-10-02"),
        f"{SOP}:9 implausible-day",
        "2027-10-02 is in the future | write the day on which it was done",
    ),
    "a review with the digits of its year exchanged": (
        sop(REVIEWED, "reviewed: 2062-10-02"),
        f"{SOP}:9 implausible-day",
        "2062-10-02 is in the future",
    ),
    "a review of another century": (
        sop(REVIEWED, "reviewed: 1926-10-02"),
        f"{SOP}:9 implausible-day",
        "1926-10-02 is too long ago | fix the year",
    ),
    "a review of another decade": (
        sop(REVIEWED, "reviewed: 2006-10-02"),
        f"{SOP}:9 implausible-day",
        "is more than ten years before the next one | fix one of the two dates",
    ),
    "the next review years away": (
        sop("review_by: 2027-04-02", "review_by: 2207-04-02"),
        f"{SOP}:10 implausible-day",
        "2207-04-02 is more than ten years ahead | fix the year",
    ),
    "the next review before the last": (
        sop("review_by: 2027-04-02", "review_by: 2026-04-02"),
        f"{SOP}:10 implausible-day",
        "the next review, 2026-04-02, is before the last one, 2026-10-02 | fix one of the two dates",
    ),
    "the next review in the past": (
        sop("review_by: 2027-04-02", "review_by: 2026-11-02"),
        f"{SOP}:10 overdue-review",
        "the review was due on 2026-11-02 | have support read it again",
    ),
    "a history in the future": (
        sop("on: 2026-10-02", "on: 2062-10-02"),
        f"{SOP}:31 implausible-day",
        "2062-10-02 is in the future",
    ),
    "a history whose days are out of order": (
        sop("Added the reply.}", 'Added the reply.}\n  - {version: "2.0", on: 2026-10-22, note: First.}'),
        f"{SOP}:32 implausible-day",
        "2026-10-22 is later than 2026-10-02, the day of the entry above | put the newest entry first",
    ),
    "a policy in force in many years": (
        swapped(POLICY, "effective: 2026-09-01\nstatus", "effective: 2062-09-01\nstatus")
        | {POLICY: FILES[POLICY].replace("2026-09-01", "2062-09-01")},
        f"{POLICY}:17 implausible-day",
        "2062-09-01 is more than ten years ahead | fix the year",
    ),
}

VERSIONS: dict[str, Row] = {
    "a version with a letter": (
        sop('version: "2.1"\nstatus', "version: v3\nstatus"),
        f"{SOP}:3 invalid-value",
        "has the wrong format | write a version such as 2.1, each number at most nine digits long; here 3.0",
    ),
    "a version with a comma": (
        sop('version: "2.1"\nstatus', "version: 2,1\nstatus"),
        f"{SOP}:3 invalid-value",
        "has the wrong format | here 2.1",
    ),
    "a version in digits of another script": (
        sop('version: "2.1"\nstatus', "version: ٢.١\nstatus"),
        f"{SOP}:3 invalid-value",
        "has the wrong format | here 2.1",
    ),
    "a cited version in digits of another script": (
        sop("    cites: [account-integrity#ownership@3.0]", "    cites: [account-integrity#ownership@٣.٠]"),
        f"{SOP}:22 broken-citation",
        "`account-integrity` has no version `٣.٠`",
    ),
    "a version raised without history": (
        sop('version: "2.1"\nstatus', 'version: "2.2"\nstatus'),
        f"{SOP}:3 unrecorded-version",
        "the history has no entry for version 2.2 | as the first entry of `history`",
    ),
    "a version below the history": (
        sop('version: "2.1"\nstatus', 'version: "2.0"\nstatus'),
        f"{SOP}:3 unrecorded-version",
        'version 2.0 is below 2.1, the newest in the history | write `version: "2.1"`, or fix the entry',
    ),
    "a policy's version raised without history": (
        swapped(
            POLICY, 'version: "3.1"\neffective: 2026-09-01\nstatus', 'version: "3.2"\neffective: 2026-09-01\nstatus'
        ),
        f"{POLICY}:3 inconsistent-record",
        "the history has no entry for version 3.2 | add an entry for 3.2",
    ),
    "a history with its oldest entry first": (
        sop("history:\n", 'history:\n  - {version: "2.0", on: 2026-09-02, note: First.}\n'),
        f"{SOP}:32 unrecorded-version",
        "version 2.1 is listed below 2.0 | put the newest version first",
    ),
}

NAMES: dict[str, Row] = {
    "a text editor's suffix": (
        renamed(SOP, f"{SOP}.txt"),
        f"{SOP}.txt:1 overlooked-file",
        "the file is not read | rename it to `restore-account.yaml`",
    ),
    "a suffix in capital letters": (
        renamed(SOP, "sops/restore-account.YAML"),
        "sops/restore-account.YAML:1 overlooked-file",
        "the file is not read | rename it to `restore-account.yaml`",
    ),
    "a name without a suffix": (
        renamed(SOP, "sops/restore-account"),
        "sops/restore-account:1 overlooked-file",
        "the file is not read | rename it to `restore-account.yaml`",
    ),
    "a document of a word processor": (
        {"sops/close-account.docx": b"PK\x03\x04"},
        "sops/close-account.docx:1 overlooked-file",
        "the file is not read | write it as `close-account.yaml`",
    ),
    "Markdown among procedures": (
        {"sops/close-account.md": "# Close an account"},
        "sops/close-account.md:1 overlooked-file",
        "the file is not read | write it as `close-account.yaml`",
    ),
    "Markdown among policies": (
        {"content/policies/terms.md": "# Terms"},
        "content/policies/terms.md:1 overlooked-file",
        "the file is not read | bring it in with `playbook import policies FOLDER`",
    ),
    "a page with another suffix": (
        renamed(PAGE, "content/pages/welcome.markdown"),
        "content/pages/welcome.markdown:1 overlooked-file",
        "the file is not read | rename it to `welcome.md`",
    ),
    "a folder in capital letters": (
        renamed(SOP, "SOPs/restore-account.yaml"),
        "SOPs/restore-account.yaml:1 overlooked-file",
        "the folder `SOPs` is not read | move its files to `sops/`",
    ),
    "a folder with a hyphen": (
        renamed(TREE, "decision-trees/account-takeover.yaml"),
        "decision-trees/account-takeover.yaml:1 overlooked-file",
        "the folder `decision-trees` is not read | move its files to `decision_trees/`",
    ),
    "a folder in another one": (
        renamed(MACRO, "content/macros/account-restored.yaml"),
        "content/macros/account-restored.yaml:1 overlooked-file",
        "the folder `content/macros` is not read | move its files to `macros/`",
    ),
    "the other suffix of YAML": (
        renamed(SOP, "sops/restore-account.yml"),
        "sops/restore-account.yml:1 misnamed-file",
        "the file is named `restore-account.yml` | rename the file to `restore-account.yaml`",
    ),
}

SLIPS = YAML | SPACES | QUOTES | VALUES | DAYS | VERSIONS | NAMES

FINE: dict[str, Changes] = {
    "a comment on a line of its own": sop("steps:\n", "# The steps.\nsteps:\n"),
    "a comment among the keys of a step": sop("    title: Verify", "    # Who it is.\n    title: Verify"),
    "a key that somebody made a comment": sop("    internal_note:", "    #internal_note: Not now.\n    internal_note:"),
    "a comment after a word": sop("owner: support", "owner: support  # a team in the vocabulary"),
    "a comment after a date": sop(REVIEWED, f"{REVIEWED} # by Sam"),
    "a comment after an id in a list": swapped(
        PACK,
        "documents: [account-takeover, restore-account]",
        "documents:\n      - account-takeover # the tree\n      - restore-account # the steps",
    ),
    "a comment after a list": sop("formerly: [account-recovery]", "formerly: [account-recovery] # before 2025"),
    "a comment after a text in quotes": sop(TITLE, 'title: "Restore an account" # was: Recover an account'),
    "a comment in place of a value": sop("formerly: [account-recovery]", "formerly: # none yet"),
    "a heading and a channel in a text": sop(BLOCK_END, f"{BLOCK_END}      ## Then\n      Ask in #ts-oncall.\n"),
    "a sign within a word": sop(TITLE, "title: Restore C#, R&D and a*b"),
    "a text over several lines": sop(
        SENTENCE, "text: Send [[account-restored]]\n      and no other - now -,\n      please."
    ),
    "a list in a text": sop(BLOCK_END, f"{BLOCK_END}      - One\n        - two\n      1. three\n"),
    "paragraphs below >": sop(
        SENTENCE, "text: >\n      Send\n      [[account-restored]].\n\n      - One\n\n      - two"
    ),
    "no-break spaces in a text": sop(BLOCK_END, f"{BLOCK_END}      {NO_BREAK}10{NO_BREAK}€{NO_BREAK}\n"),
    "a text in typographic quotes": sop(SUMMARY, "summary: “Somebody else is in my account.”"),
    "an answer without quotes": swapped(TREE, '"yes": {label: "Yes", go: lock}', "yes: {label: Yes, go: lock}"),
    "a truth in words": sop("critical: true", "critical: yes"),
    "a review of tomorrow": sop(REVIEWED, "reviewed: 2026-11-24"),
    "a file about the folder": {"sops/README.md": "What is in here."},
    "a copy of an editor": {f"{SOP}~": "id", f"{SOP}.bak": "id", f"{SOP}.orig": "id"},
    "lines that end as in Windows": {SOP: FILES[SOP].replace("\n", "\r\n")},
}


@pytest.mark.parametrize("slip", SLIPS)
def test_a_slip_is_one_finding_at_its_line(slip: str, tmp_path: Path) -> None:
    changes, place, words = SLIPS[slip]
    found = check(write(tmp_path, changes)).findings
    said = [f"{one.place.path}:{one.place.line} {one.code}: {one.message} | {one.hint}" for one in found]
    assert len(said) == 1, f"{slip}: one finding, but there are {len(said)}:\n" + "\n".join(said)
    assert said[0].startswith(f"{place}:"), f"{slip}: not at {place}, but {said[0]}"
    message, _, hint = words.partition(" | ")
    assert message in found[0].message, f"{slip}: does not say {message!r}, but {said[0]}"
    assert hint in found[0].hint, f"{slip}: does not advise {hint!r}, but {said[0]}"
    assert not JARGON.search(found[0].message), f"{slip}: speaks as a parser does: {said[0]}"


HERE = Path(__file__).parent
HOMES = [SOP, MACRO, TREE, POLICY, PACK, "decision_trees/how-urgent.yaml", WORDS]
TABLE = next(iter(yaml.safe_load((HERE / "types/decision_table.yaml").read_text(encoding="utf-8"))["files"].values()))


@pytest.mark.parametrize("is_copy", [False, True], ids=["moved", "copied"])
@pytest.mark.parametrize("home", HOMES)
@pytest.mark.parametrize("folder", [path.rpartition("/")[0] for path in HOMES[:5]])
def test_a_document_in_the_folder_of_another_type_is_one_finding(
    folder: str, home: str, is_copy: bool, tmp_path: Path
) -> None:
    """A procedure in `macros/` had nine findings, one for each of its keys."""
    if home.startswith(f"{folder}/") or (home == WORDS and not is_copy):
        return
    files, place = FILES | {HOMES[5]: TABLE}, f"{folder}/{home.rpartition('/')[2]}"
    base = write(tmp_path, {HOMES[5]: TABLE, place: files[home], home: files[home] if is_copy else None})
    found = [one for one in check(base).findings if one.code not in ("hidden-target", "outside-pack")]
    told = [f"{one.place.path} {one.code}: {one.message} | {one.hint}" for one in found if one.severity == "error"]
    assert len(told) == 1, "\n".join(told)
    assert told[0].startswith(f"{place} misplaced-document: `")
    assert f", and `{folder}/` is for " in told[0]
    assert (f"since {home} is there already" if is_copy else f"| move it to {home}, or") in told[0]


@pytest.mark.parametrize("what", FINE)
def test_what_is_no_slip_is_not_called_one(what: str, tmp_path: Path) -> None:
    found = check(write(tmp_path, FINE[what])).findings
    assert not found, f"{what}: {found[0].place.line} {found[0].code}: {found[0].message}"
