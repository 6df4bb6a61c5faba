"""Writes prose as Markdown that MkDocs and Zensical show as GitHub would, and in which nothing of an author's runs.

Python-Markdown, which both use, reads lists, tables and code in a dialect of its own: a list right below a paragraph
becomes run-on text. So it is left only what it cannot misread: paragraphs, headings, links and pictures, with every
other sign encoded. All else is HTML. The elements around a link say `markdown`, for its address depends on the page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any, Protocol

from generator.documents.target import Target
from generator.documents.text.instructions import end_of, lines_of
from generator.documents.text.pieces import Piece
from generator.documents.text.prose import HEADINGS, encode, is_safe
from generator.documents.text.reader import read_prose

SIGN = re.compile(r"[\\`*_{}\[\]<>&#~^$|=+!\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029]")
# Signs by which a line could begin something else than words: a list, a definition, a fold.
BEGINNING = re.compile(r"^[ \t]*(?:([-:?])|(\d{1,9})([.)]))", re.MULTILINE)
# A text without any of these is the same in every dialect.
NOT_PLAIN = re.compile(rf"{SIGN.pattern}|\t|://|www\.|@|^ |^[-:?]|^\d+[.)]|  $", re.MULTILINE | re.IGNORECASE)
ENDED = re.compile(
    r"(?:[?!]|&#(?:33|63);)(?:\](?:\([^)]*\))|</(?:a|span)>)\Z"
)  # a title in a link, or one that leads nowhere
BLANKS = re.compile(r"\n(?:[ \t]*\n)+")
UNSAFE = re.compile(r"[<>\"'`{}\\\s]")
ANCHOR = re.compile(r"[A-Za-z][\w.-]*")
MARKED = "\x02"  # stands where an element says `markdown` if there is a link within
INLINE = {
    "em", "strong", "del", "ins", "sup", "sub", "kbd", "samp", "var", "q", "small", "mark", "abbr", "cite", "dfn", "u",
    "code",
}  # fmt: skip
# Python-Markdown takes four times as long for twice as many signs in one paragraph; no real one comes near.
MANY = 2_000
GAP = Piece("soft", "", None, 0, 0)
TASK = '<label class="task-list-control"><input type="checkbox"{}><span class="task-list-indicator"></span></label> '


class Links(Protocol):
    """What a page makes of what prose points at."""

    def refer(self, target: Target, words: str | None) -> str:
        """The Markdown of a reference."""

    def resolve(self, address: str) -> str | None:
        """The address to use for a link or picture; None if only its words may be shown."""


def emit(
    text: str, links: Links, anchors: Sequence[str] = (), first_note: int = 1, level: int = 1, by_line: bool = False
) -> str:
    """Prose as blocks of Markdown with blank lines between them.

    `anchors` are those of its headings, in order; `first_note` is the number of its first footnote; no heading is
    above `level`. With `by_line`, a paragraph whose lines are sentences is a list of them.
    """
    if not by_line and not NOT_PLAIN.search(text):
        return BLANKS.sub("\n\n", text.strip())
    return "\n\n".join(_Writing(text, links, anchors, first_note, level).blocks(by_line))


def emit_item(text: str, links: Links) -> str:
    """Prose as what is in an item of a list, whose element has yet to be written; MARKED stands within."""
    if not NOT_PLAIN.search(text) and not BLANKS.search(text.strip()):
        return text.strip()
    return _Writing(text, links, (), 1, 1).item()


def emit_inside(text: str, links: Links) -> str:
    """Prose as blocks inside an element that has yet to be written; MARKED stands within."""
    writing = _Writing(text, links, (), 1, 1)
    return writing.write_all()


def emit_line(text: str, links: Links) -> str:
    """Prose as one line of Markdown, with its blocks one behind the other."""
    if not NOT_PLAIN.search(text):
        return " ".join(text.split())
    return _Writing(text, links, (), 1, 1).line()


def write_list(items: Sequence[str], attributes: str = "", before: str = "", ordered: str = "") -> str:
    """A list of what `emit_item` wrote, as one block of Markdown; `ordered` is the class of one that is numbered."""
    inner = "\n".join(f"<li{attributes}{MARKED}>{before}{item}</li>" for item in items)
    start, end = (f'<ol class="{ordered}"', "ol") if ordered else ("<ul", "ul")
    return _settle(f"{start}{MARKED}>\n{inner}\n</{end}>")


def _settle(block: str) -> str:
    """A block of HTML that is read as Markdown only where there is a link or a picture in it."""
    return block.replace(MARKED, " markdown" if "](" in block else "")


def encode_words(text: str) -> str:
    """Words in which nothing is Markdown or HTML; what could begin a block is not encoded."""
    return SIGN.sub(lambda sign: f"&#{ord(sign[0])};", text)


class _Writing:
    def __init__(self, text: str, links: Links, anchors: Sequence[str], first_note: int, level: int) -> None:
        self.text = text
        self.pieces: Sequence[Piece] = read_prose(text)
        self.links = links
        self.anchors = iter(anchors)
        self.marks: dict[str, int] = {}
        self.first_note = first_note
        levels = [int(one.name[1]) for one in self.pieces if one.kind == "start" and one.name in HEADINGS]
        self.lower = max(0, level - min(levels, default=level))
        self.notes = {
            one.value["label"]: at for at, one in enumerate(self.pieces) if one.kind == "start" and one.name == "note"
        }

    def blocks(self, by_line: bool = False) -> Iterator[str]:
        at = 0
        while at < len(self.pieces):
            end = end_of(self.pieces, at)
            is_text = by_line and self.pieces[at].name == "p"
            lines = lines_of(self.pieces, at, end, self.text) if is_text else []
            if len(lines) > 1:
                block = write_list([self._write(*line).strip() for line in lines], ordered="pb-lines")
            else:
                block = "" if self.pieces[at].name == "note" else self._write_block(at, end)
            if block.strip():
                yield block
            at = end
        if self.marks:
            yield self._write_notes()

    def item(self) -> str:
        """All of it as the inside of an element; a single paragraph without its own."""
        ends = end_of(self.pieces, 0) if self.pieces else 0
        is_one = ends == len(self.pieces) and self.pieces and self.pieces[0].name == "p"
        return self._write(1, ends - 1) if is_one and not self.notes else self.write_all()

    def write_all(self) -> str:
        inner = self._write(0, len(self.pieces))
        return inner + (self._write_notes() if self.marks else "")

    def line(self) -> str:
        self.pieces = [GAP if _is_gap(one) else one for one in self._list_without_notes()]
        return BEGINNING.sub(_encode_beginning, " ".join(self._write(0, len(self.pieces)).split()))

    def _list_without_notes(self) -> Iterator[Piece]:
        depth = 0
        for piece in self.pieces:
            depth += piece.name == "note" and piece.kind == "start"
            if not depth:
                yield piece
            depth -= piece.name == "note" and piece.kind == "end"

    def _write_block(self, at: int, end: int) -> str:
        piece = self.pieces[at]
        if piece.kind == "start" and piece.name in HEADINGS:
            anchor = next(self.anchors, "")
            words = self._write(at + 1, end - 1).replace("<br>", "").replace("\n", " ").strip()
            return f"{'#' * self._lower(piece.name)} {words}" + (f" {{ #{anchor} }}" if anchor else "")
        if piece.kind == "start" and piece.name == "p":
            words = self._write(at + 1, end - 1).strip()
            if words.count("&#") + words.count("<") + words.count("](") > MANY:
                return f"<p>{words}</p>" if "](" not in words else f"<p markdown>{words}</p>"
            return BEGINNING.sub(_encode_beginning, words)
        return _settle(self._write(at, end)).lstrip("\n")

    def _write(self, at: int, end: int) -> str:
        """What is between two indexes, as HTML with Markdown for what needs an address."""
        pieces = []
        while at < end:
            piece = self.pieces[at]
            if piece.kind == "start" and piece.name in ("img", "pre", "note", "a"):
                until = end_of(self.pieces, at)
                pieces.append(self._write_whole(piece, at, until))
                at = until
            else:
                pieces.append(self._write_event(at))
                at += 1
        return "".join(pieces)

    def _write_whole(self, piece: Piece, at: int, end: int) -> str:
        if piece.name == "note":
            return ""
        if piece.name == "pre":
            return self._write_code(piece, "".join(self._spell_raw(one) for one in self.pieces[at + 1 : end - 1]))
        if piece.name == "img":
            return self._write_picture(piece, "".join(self._spell_raw(one) for one in self.pieces[at + 1 : end - 1]))
        has_reference = any(one.kind == "reference" for one in self.pieces[at + 1 : end - 1])
        return self._write_link(piece, self._write(at + 1, end - 1), has_reference)

    @staticmethod
    def _spell_raw(piece: Piece) -> str:
        if piece.kind in ("reference", "soft", "break"):
            return piece.value[0] if piece.kind == "reference" else "\n"
        return piece.value if piece.kind in ("text", "code", "tag") else ""

    def _has_end(self, at: int) -> bool:
        """Whether a piece is a reference that shows a title with a mark at its end: `Is it spam?` needs no stop."""
        if at < 0 or self.pieces[at].kind != "reference" or self.pieces[at].value["words"]:
            return False
        return ENDED.search(self._write_event(at)) is not None

    def _write_event(self, at: int) -> str:
        kind, name, value, *_ = self.pieces[at]
        if kind == "text":
            return encode_words(value[1:] if value.startswith(".") and self._has_end(at - 1) else value)
        if kind == "reference":
            return str(self.links.refer(Target.parse(value["target"]), value["words"]))
        if kind == "code":
            return f"<code>{encode(value)}</code>"
        if kind == "start":
            # Python-Markdown looks for the elements of blocks at the beginning of lines.
            return self._open(name, value, at) if name in INLINE else "\n" + self._open(name, value, at)
        if kind == "end":
            return f"</h{self._lower(name)}>" if name in HEADINGS else f"</{'div' if name == 'alert' else name}>"
        if kind == "mark":
            return self._write_mark(value)
        if kind == "task":
            return TASK.format(" checked" if value else "")
        if kind == "anchor":
            return f'<span id="{value}"></span>' if ANCHOR.fullmatch(value) else ""
        if kind == "tag":
            return encode_words(value)
        return {"soft": "\n", "break": "<br>\n", "rule": "\n<hr>"}.get(kind, "")

    def _lower(self, heading: str) -> int:
        """The level at which a heading is shown."""
        return min(6, int(heading[1]) + self.lower)

    def _open(self, name: str, value: dict[str, Any], at: int) -> str:
        if name in HEADINGS:
            anchor = next(self.anchors, "")
            shown = f' id="{anchor}"' if anchor else ""
            return f"<h{self._lower(name)}{shown}{MARKED}>"
        if name in INLINE:
            return f"<{name}>"
        if name == "ol":
            return f'<ol start="{value["start"]}"{MARKED}>' if value["start"] != 1 else f"<ol{MARKED}>"
        if name in ("td", "th"):
            spans = "".join(f' {key}="{value[key]}"' for key in ("colspan", "rowspan") if key in value)
            align = f' align="{value["align"]}"' if value["align"] else ""
            return f"<{name}{spans}{align}{MARKED}>"
        if name == "li" and any(one.kind == "task" for one in self.pieces[at + 1 : at + 3]):
            return f'<li class="task-list-item"{MARKED}>'
        if name == "alert":
            title = f'<p class="admonition-title">{value["kind"].capitalize()}</p>'
            return f'<div class="admonition {value["kind"]}"{MARKED}>{title}'
        if name == "details":
            return f"<details{' open' if value['open'] else ''}{MARKED}>"
        return f"<{name}{MARKED}>"

    def _write_code(self, piece: Piece, code: str) -> str:
        lines = code.removesuffix("\n").split("\n")
        language = piece.value["language"]
        shown = f' class="language-{encode(language)}"' if language else ""
        return f"\n<pre><code{shown}>{'&#10;'.join(encode(line) for line in lines)}</code></pre>"

    def _write_link(self, piece: Piece, words: str, has_reference: bool) -> str:
        """A link; where a reference in it is one too, only that."""
        address = piece.value["address"]
        if not is_safe(address):
            return encode_words(self.text[piece.start : piece.end])
        to = self.links.resolve(address)
        if to is None or (has_reference and "](" in words):
            return words
        return f"[{words or encode_words(address)}]({_close_address(to, piece.value['title'])}"

    def _write_picture(self, piece: Piece, words: str) -> str:
        address = piece.value["address"]
        to = self.links.resolve(address) if is_safe(address) else None
        shown = encode(" ".join(words.split()))
        return shown if to is None else f"![{shown}]({_close_address(to, piece.value['title'])}"

    def _write_mark(self, label: str) -> str:
        if label not in self.notes:
            return ""
        is_first = label not in self.marks
        number = self.marks.setdefault(label, self.first_note + len(self.marks))
        shown = f' id="_note-{number}-back"' if is_first else ""
        return f'<sup{shown}><a class="pb-footnote" href="#_note-{number}">{number}</a></sup>'

    def _write_notes(self) -> str:
        """The footnotes, in the order in which they are first referred to; one may refer to others."""
        written: dict[str, str] = {}
        while missing := [label for label in self.marks if label not in written]:
            for label in missing:
                at = self.notes[label]
                written[label] = self._write(at + 1, end_of(self.pieces, at) - 1)
        items = []
        for label, number in self.marks.items():
            back = f' <a class="pb-footnote-back" href="#_note-{number}-back">↩</a>'
            inner = written[label]
            inner = f"{inner[:-4]}{back}</p>" if inner.endswith("</p>") else inner + back
            items.append(f'\n<li id="_note-{number}"{MARKED}>{inner}</li>')
        start = f' start="{self.first_note}"' if self.first_note != 1 else ""
        return _settle(f'<div class="pb-footnotes"{MARKED}>\n<hr>\n<ol{start}{MARKED}>{"".join(items)}\n</ol>\n</div>')


def _is_gap(piece: Piece) -> bool:
    """Whether a piece only stands between words where there is but one line."""
    if piece.kind in ("start", "end"):
        return piece.name not in INLINE and piece.name not in ("a", "img")
    return piece.kind in ("break", "soft", "task", "rule", "mark", "anchor", "hidden")


def _close_address(address: str, title: str) -> str:
    """The end of a link or picture, from its address on."""
    to = UNSAFE.sub(lambda sign: "".join(f"%{byte:02X}" for byte in sign[0].encode()), address)
    if to.count("(") != to.count(")"):
        to = to.replace("(", "%28").replace(")", "%29")
    return f'{to} "{encode(title)}")' if title else f"{to})"


def _encode_beginning(match: re.Match[str]) -> str:
    if match[1]:
        return f"&#{ord(match[1])};"
    return f"{match[2]}&#{ord(match[3])};"
