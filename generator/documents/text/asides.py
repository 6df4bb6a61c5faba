"""Tells words in square brackets that somebody must replace from those that are meant: asides, remarks, references."""

from __future__ import annotations

import re

LONGEST_BLANK, LONGEST_INSTRUCTION = 120, 1200  # characters
MOST_WORDS = 16
WORD = re.compile(r"[^\W\d_]+")

# What an instruction to the writer begins with, and what it has in it if it begins with a condition.
ACTIONS = (
    r"acknowledge|adapt|add|adjust|amend|apologise|apologize|attach|change|choose|cite|complete|"
    r"confirm|copy|delete|describe|edit|enter|explain|fill|include|insert|link|list|mention|name|"
    r"offer|paste|personalise|personalize|pick|provide|quote|remove|repeat|replace|say|select|specify|"
    r"state|summarise|summarize|tell|thank|type|use|write|your"
)
ACTION = re.compile(rf"(?:{ACTIONS})\b", re.IGNORECASE)
CONDITION = re.compile(r"(?:if|when|where|unless|only)\b", re.IGNORECASE)
ACTS = re.compile(rf"\b(?:{ACTIONS})\b|:", re.IGNORECASE)
TO_THE_READER = re.compile(
    r"\w+\s+(?:any|applicable|appropriate|available|known|necessary|needed|not|possible|relevant|required|so|you|your)\b",
    re.IGNORECASE,
)

# Words that begin an aside; a blank is the name of a thing, or an instruction.
ASIDE = re.compile(
    r"(?: about | after | although | and | are | as | at | because | before | being | both | but | by | cf | despite"
    r" | during | e\.?\s?g | even | for | from | had | has | have | he | hence | here | however | i | i\.?\s?e | in"
    r" | is | it | nor | not | of | on | or | perhaps | probably | see | she | since | so | sorry | than | that | then"
    r" | there | therefore | these | they | this | those | though | thus | to(?!\s+(?:be|follow)) | until | usually"
    r" | via | viz | was | we | were | which | while | whose | will | with | without | would | you"
    r" | siehe | und | oder | aber | vgl | wie | also | z\.\s?b | d\.\s?h | v[ée]ase | ver | y | o | pero | es | por"
    r" | voir | et | ou | mais | c['’]est | см | и | или | т\.\s?е | то\s+есть | например"
    r")(?=[\s,.:;!?…]|$)",
    re.VERBOSE | re.IGNORECASE,
)
# A sentence has a verb of its own. `the rule that was broken` is a thing with a clause behind it.
SAYS = re.compile(
    r"(?<!that)(?<!which)(?<!what)(?<!who)\s(?:is|are|was|were|has|had|will|cannot|can|did|does)\s", re.IGNORECASE
)
REMARK = re.compile(
    r"sic|new|old|beta|alpha|optional|mandatory|unclear|unknown|inaudible|laughs|laughter|silence|applause|ibid|"
    r"idem|confidential|external|internal|spam|urgent|draft|important|note|notice|warning|update|info|tip|faq|"
    r"reminder|attention|announcement|caution|yes|no|ok|okay|save|cancel|enter|esc|escape|tab|ctrl|alt|shift|"
    r"return|delete|space|next|back|submit|continue|settings|menu|send|close|open|login|help|here|above|below|"
    r"citation-needed|action-required|emphasis-added|emphasis-mine|our-emphasis|my-emphasis|"
    r"emphasis-in-original|and-or|sic-erat|demonstrativum|snip|omissis|x|v|eot|eom|注意|重要|お知らせ|原文ママ|笑|中略|後略|前略|"
    r"важно|примечание"
)
LITERALS = ("true", "false", "null", "none", "nil")
CODES = re.compile(
    r"[a-z]\d*|[A-Z]\d+|[A-Z]{2,}-\d+(?:-\d+)*|(?:RFC|ISO|CVE|BCP|STD|EN|DIN|PEP|NIST|IEEE)[\s-]?[\d-]+|.*\b(?:1[89]|20)\d\d[a-z]?"
    r"|\w-\w(?:\w-\w)*|\w(?:,\s*\w)*",
)
NOT_WORDS = re.compile(r",\s*\"|[=\\`@]|://|\w:\w|\|(?:[#/.]|\w+:)")


def is_blank(words: str) -> bool:
    """Whether what is in square brackets names something to be filled in, or tells the writer what to do."""
    line = " ".join(words.split()).lstrip("$€£¥# ")
    if not line[:1].isalpha() or CODES.fullmatch(line) or _is_remark(line):
        return False
    if ACTION.match(line):
        return len(words) <= LONGEST_INSTRUCTION
    if CONDITION.match(line):
        return len(words) <= LONGEST_INSTRUCTION and bool(ACTS.search(line) or not TO_THE_READER.match(line))
    return "\n\n" not in words and len(words) <= LONGEST_BLANK and not _is_aside(line)


def _is_remark(line: str) -> bool:
    """Whether it is a mark that editors and forms have in brackets, as `[sic]`, `[removed]` and `[Enter]`."""
    mark = re.sub(r"[\s/-]+", "-", line.casefold()).rstrip(".!?:…")
    return (
        REMARK.fullmatch(mark) is not None
        or line in LITERALS
        or (line.islower() and mark.isalpha() and len(mark) > 4 and mark.endswith("ed"))
    )


def _is_aside(line: str) -> bool:
    words = line.split()
    if len(words) > MOST_WORDS or NOT_WORDS.search(line):
        return True
    if "/" in words[0] or (len(words) > 1 and words[1] == "/"):  # a choice, as in `he/she`
        return False
    if line.endswith("?"):  # asked of the writer
        return False
    is_sentence = len(words) > 3 and line.endswith((".", "!"))
    return bool(is_sentence or ASIDE.match(line) or SAYS.search(line))
