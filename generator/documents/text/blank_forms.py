"""The forms of blanks: how help desks, mailing systems and people write that something is to be filled in."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple


class BlankForm(NamedTuple):
    """A way to write a blank. A text without any of the signs has none of it; the pattern's group has what names it."""

    kind: str
    signs: tuple[str, ...]
    expression: str

    @property
    def pattern(self) -> re.Pattern[str]:
        return _compile(self.expression)


@cache
def _compile(expression: str) -> re.Pattern[str]:
    """Compiled when a text has a sign of it: all of them at once delay each start."""
    return re.compile(expression, re.X | re.M)


def _make_form(kind: str, signs: str, expression: str) -> BlankForm:
    return BlankForm(kind, tuple(signs.replace("␠", " ") for signs in signs.split()), expression)


NAME = r"[A-Za-z_][\w.\ -]{0,80}+"
BARE, WORD = "bare", "word"
# Lengths are bounded, and no pattern begins with more than it needs, so that time grows no faster than the text. In
# the signs, ␠ is a space.
FORMS = (
    # ActiveCampaign and many more: %FIRSTNAME%; Pardot: %%first_name%%; osTicket, Discourse: %{ticket.name}
    _make_form("percent", "%", r"(?<![\w%/']) % ( [A-Za-z_][\w.]{1,60}+ ) % (?!\w)"),
    _make_form("system", "%%", r"%% ( [A-Za-z_][\w.\ -]{0,60}? ) %%"),
    _make_form("system", "%{", rf"%\{{ \s* ( {NAME} ) \}}"),
    _make_form(BARE, "%s $s", r"(?<![\w%]) ( % (?:\d{1,2}\$)? s ) (?!\w)"),
    # Zammad: #{ticket.title}; GLPI: ##ticket.title##; Mailchimp: *|FNAME|*
    _make_form("system", "#{", r"\#\{ \s* ( [A-Za-z_]\w{0,60}+ \. [\w.]{1,80}+ ) \s* \}"),
    _make_form("system", "##", r"\#\# ( [A-Za-z_]\w*+ (?:\.\w++)++ ) \#\#"),
    _make_form("system", "*|", r"\*\| ( [A-Za-z][\w:\ ]{0,60}+ ) \|\*"),
    _make_form("system", "#", r"(?<![\w#&/]) \# ( [A-Z][A-Z_]{2,40}+ ) \# (?![\w#])"),
    _make_form("system", "@@", r"@@ ( [A-Za-z_]\w{0,60}+ ) @@"),
    # Jira, Zoho: ${issue.key}; a shell: $first_name; Salesforce: {!Contact.Name}; Dynamics: {!Contact:Name;default}
    _make_form("system", "${", r"\$\{ \s* !?+ ( [A-Za-z_][\w.:/\ -]{0,80}+ ) \}"),
    _make_form("system", "$", r"(?<![\w$\\]) \$ ( [a-z]{2,30}+ (?:[._][a-z]{1,30}+){1,4}+ ) \b (?!\()"),
    _make_form("system", "$", r"(?<![\w$\\]) \$ ( [A-Za-z_]{2,40}+ ) \$ (?![\w$])"),
    _make_form("default", "{!", r"(?<!\{) \{!\$?+ ( [A-Za-z_][\w.\ :]{0,80}+ (?: ; [^;{}\n]{0,80}+ ;?+ )?+ ) \}"),
    _make_form("system", "{$", r"(?<!\{) \{\$ ( [A-Za-z_][\w.>-]{0,80}+ ) \}"),
    _make_form(
        "brace",
        "{",
        r"""(?<![{\\%$\#]) (?: (?<!\w) (?<!\w\}) | (?= \{ \w{1,40} [._] \w ) )
            \{ [ ]?+ ( [^\W_] | [^\W\d] [\w.|/'’\ -]{0,60} [\w.] ) [ ]?+ \} (?!\})""",
    ),
    # Rails: <%= user.name %>; Bugzilla: [% bug.id %]
    _make_form("system", "<%", r"""<%=? \s*+ ( [A-Za-z_@][\w.\[\]:'" ]{0,80}? ) \s*+ %>"""),
    _make_form("system", "[%", r"\[% \s*+ ( [A-Za-z_][\w.|\ ]{0,80}? ) \s*+ %\]"),
    # Mail merge: «First_Name», <<First Name>>
    _make_form(
        "system",
        "«",
        r"""« \s?+ ( [A-Za-z]{1,30}+ (?:_[A-Za-z0-9]{1,30}+){1,6}+
            | [A-Za-z]{0,30}? (?:Name|Date|Number|Address|Email|Amount|ID|Id) ) \s?+ »""",
    ),
    _make_form("system", "<<", r"(?<!<) << ( [^\W\d_] [^<>\n]{0,80}+ ) >>"),
    # By hand: <member name>, [member], [[FIRST_NAME]], ［名前］, (insert name here)
    _make_form("angle", "<", r"(?<!template\ ) (?<!include\ ) < ( [^\W\d_] [^<>\n@=]{0,80}+ ) >"),
    _make_form("angle", "&lt;", r"&lt; ( [^\W\d_] [^&<>\n@=]{0,80}+ ) &gt;"),
    _make_form("system", "__", r"(?<!\w) __ ( [A-Z]{2,20}+ (?:_[A-Z]{1,20}+){1,4}+ ) __ (?!\w)"),
    _make_form("remark", "\\[", r"\\\[ ( [^\[\]\\\n]{1,120}+ ) \\\] (?!\()"),
    _make_form("system", "[[", r"\[\[ ( [A-Z][A-Z\d\ _]{1,60}+ | [A-Za-z]\w{0,40}_\w{1,40} ) \]\]"),
    _make_form("square", "[", r"\[ ( [^\[\]]{1,1200}+ (?: \[ [^\[\]]{0,200}+ \] [^\[\]]{0,600}+ ){0,6}+ ) \]"),
    _make_form("remark", "［", r"［ ( [^［］\n]{1,60}+ ) ］"),
    _make_form(
        "round",
        "(insert␠ (INSERT␠",
        r"\( ( (?: INSERT [ ] | insert [ ] (?= [^()\n]{0,70} [ ] here \) ) ) [^()\n]{1,80}+ ) \)",
    ),
    _make_form("round", "///", r"(?<![:/]) /{3,}+ [ ]*+ ( [A-Z][A-Z ,'-]++ ) /{3,}"),
    _make_form("remark", "***", r"(?<!\*) \*{3,}+ [ ]*+ ( [A-Z][A-Z ,'-]++ ) \*{3,}"),
    # The empty line between -- BEGIN NOTICE -- and -- END NOTICE --
    _make_form(
        "opening",
        "BEGIN␠",
        r"""(?: — [ ]? BEGIN [ ] ([A-Z ]{1,40}?) [ ]? — [ ]* \n (?= [ ]* \n \s{0,20} — [ ]? END [ ] ) )
          | (?: -- [ ]? BEGIN [ ] ([A-Z ]{1,40}?) [ ]? -- [ ]* \n (?= [ ]* \n \s{0,20} -- [ ]? END [ ] ) )""",
    ),
    # Signs without words
    _make_form(BARE, "TODO FIXME TBD TBC XXX xxxx", r"\b ( TODO | FIXME | XXX+ | TBD | TBC | x{4,} ) \b"),
    _make_form(
        BARE,
        "XX",
        r"""( [$€£\#] XX \b | \b XX (?: [/.:-] XX++ )++ \b | \b XX (?= [ ]? % | [ ](?: EUR | USD | GBP ) \b )
            | \b XX (?= [ ] (?: (?: business | working )[ ] )? (?: minute | hour | day | week | month )s? \b ) )""",
    ),
    _make_form(
        BARE,
        "$X €X £X",
        r"( [$€£] X \b )",
    ),
    _make_form(
        BARE,
        "X␠",
        r"( \b X (?= [ ] (?: (?: business | working )[ ] )? (?: minute | hour | day | week | month )s \b ) )",
    ),
    _make_form(BARE, "__ ＿＿", r"( _{4,} | (?<![\w_]) _{2,3} (?![\w_]) | ＿{2,} )"),
    _make_form(BARE, "??? ####", r"( \?{3,}+ | \#{4,}+ (?![\#\w]) )"),
    _make_form(BARE, "..... .␠.␠. ………", r"( (?<![\w.]) \.{5,}+ (?!\w) | \. (?: [ ]\. ){3,}+ | …{3,}+ )"),
    _make_form(BARE, "○○ 〇〇 ○〇 〇○ ●●", r"( [○〇]{2,}+ | ●{2,}+ (?= [^\W\d_] ) )"),
    # What Word shows where nothing has been entered
    _make_form(
        WORD,
        "Click␠",
        r"""( Click [ ] (?: or [ ] tap [ ] )? (?: here [ ] )? to [ ] (?: enter | add | insert ) [ ]
            (?: an?[ ] )? \w{3,20} \b \.? )""",
    ),
    _make_form(
        WORD,
        "Choose␠an␠item.",
        r"( (?: (?<= [a-z,:;] [ ] ) | ^ ) Choose [ ] an [ ] item \. (?= $ | [ ]*[,;a-z] ) )",
    ),
    _make_form(
        WORD,
        "Klicken␠",
        r"( Klicken [ ] (?: oder [ ] tippen [ ] )? Sie [ ] hier , [ ] um [ ] [^.\n]{3,40} einzugeben \.? )",
    ),
    _make_form(
        WORD,
        "Haga␠clic␠",
        r"( Haga [ ] clic [ ] (?: o [ ] pulse [ ] )? aquí [ ] para [ ] escribir [ ] [^.\n]{3,40} \.? )",
    ),
    _make_form(
        WORD,
        "Cliquez␠",
        r"( Cliquez [ ] (?: ou [ ] appuyez [ ] )? ici [ ] pour [ ] entrer [ ] [^.\n]{3,40} \.? )",
    ),
    _make_form(
        WORD,
        "Wählen␠Sie␠ein␠Element Elija␠un␠elemento. Choisissez␠un␠élément.",
        r"""( Wählen [ ] Sie [ ] ein [ ] Element [ ] aus \.? | Elija [ ] un [ ] elemento \.
            | Choisissez [ ] un [ ] élément \. )""",
    ),
)  # fmt: skip
