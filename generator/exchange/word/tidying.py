"""Makes the XML of a Word file fit for its conversion: what is accepted, moved or left out, and what each paragraph is.

mammoth passes over what it does not know, and takes hidden words for visible ones. So everything of that kind is put
right or named before it.
"""

from __future__ import annotations

from collections.abc import Iterable
from xml.etree.ElementTree import Element

from generator.exchange import Unmapped
from generator.exchange.word.field_codes import CONTENTS, FIELD_PARTS, QUIET, Fields, name_field
from generator.exchange.word.markers import SIGNS, Marker
from generator.exchange.word.names import attribute, child, local, make_like, number_of, value_of
from generator.exchange.word.numbers import Count, Numbering
from generator.exchange.word.runs import (
    has_picture,
    is_cropped,
    list_choices,
    list_set_values,
    make_run,
    make_text,
    read_picture_relation,
    read_run_words,
    split_ruby,
)
from generator.exchange.word.styles import Styles

DROPPED, MOVED = ("del", "moveFrom"), ("ins", "moveTo")
PLAIN = ("dir", "bdo", "smartTag", "customXml", "subDoc")  # around words; readers see only these
DRAWN = ("chart", "diagram")
LONGEST, SHOWN, INDENTED, NEARLY = 90, 60, 280, 100


class Tidying:
    """Tidies the parts of one file; `unmapped` has what it could not keep as it was."""

    def __init__(self, path: str, styles: Styles, numbering: Numbering) -> None:
        self._path, self._styles, self._numbering = path, styles, numbering
        self._paragraph, self._place, self._tables = 0, "paragraph", 0
        self._boxes: list[Element] = []
        self._is_listed = False
        self._open: list[tuple[str, int, int]] = []  # the items that a next one may be below: list, level, indentation
        self._properties: Element | None = None
        self.unmapped: list[Unmapped] = []
        self.commented: dict[str, str] = {}  # the place of each comment
        self._has_contents = False
        self._fields = Fields()
        self._like = Element("w")  # an element of the part's namespace

    def tidy(self, root: Element, place: str = "paragraph") -> None:
        """Tidies a part, whose paragraphs are called by `place`."""
        self._paragraph, self._place, self._is_listed, self._like = 0, place, False, root
        self._convert_children(root)

    def _convert_children(self, parent: Element) -> None:
        parent[:] = [made for one in list(parent) for made in self._convert(one)]

    def _convert(self, element: Element) -> Iterable[Element]:
        name = local(element)
        match name:
            case "pPr" | "rPr":
                return [element]  # mammoth reads from them which paragraph goes on in the next
            case "p":
                return self._convert_paragraph(element)
            case "r":
                return self._convert_run(element)
            case "tbl":
                return self._convert_table(element)
            case "tr" if child(child(element, "trPr"), "del") is not None:
                return self._drop(element, "a table row that is deleted in a tracked change, left out")
            case "t":
                element.text = SIGNS.sub("", element.text or "")
            case "cr":
                return [make_like(self._like, "br")]
            case "altChunk" | "object":
                what = "an embedded file, left out: put what matters of it into the text"
                self._note(what, "of another program")
            case "drawing":
                return self._convert_drawing(element)
            case "commentReference":
                self.commented[attribute(element, "id")] = self._where
                return []
            case "sdt" if "Table of Contents" in list_set_values(element, "docPartGallery"):
                return self._drop_contents()
            case "sdt" if choices := list_choices(element):
                self._note("a list to choose from, of which only the chosen word is kept", ", ".join(choices))
            case "txbxContent":
                self._note("a text box, its words now below its paragraph", read_run_words(element))
                return self._move_box(element)
            case ":ruby" | "ruby":
                return self._convert_ruby(element)
            case ":oMath" | ":oMathPara":
                return self._convert_formula(element)
            case ":AlternateContent":
                return self._choose_form(element)
            case "instrText":
                self._fields.read(element)
            case "fldChar" if instruction := self._fields.turn(attribute(element, "fldCharType")):
                self._note_field(instruction)
            case "fldSimple":
                self._note_field(attribute(element, "instr"))
                return self._unwrap(element)
            case _ if name in DROPPED:
                return self._drop(element, "a tracked deletion, taken as accepted, its words left out")
            case _ if name in MOVED:
                made = self._unwrap(element)
                if words := read_run_words(element):
                    self._note("a tracked insertion, taken as accepted, its words now in the text", words)
                return made
            case _ if name in PLAIN:
                return self._unwrap(element)
        self._convert_children(element)
        return [element]

    @property
    def _where(self) -> str:
        return f"{self._place} {self._paragraph}"

    def _note(self, what: str, words: str) -> None:
        cut = f"{words[:SHOWN]}…" if len(words) > SHOWN else words
        self.unmapped.append(Unmapped(what, self._path, f"{self._where}: {cut}"))

    def _note_field(self, instruction: str) -> None:
        kind = name_field(instruction)
        if kind in CONTENTS:
            self._drop_contents()
        elif kind and kind not in QUIET:
            self._note("a field that Word works out, its last value now plain text", kind)

    def _drop(self, element: Element, what: str) -> list[Element]:
        if words := read_run_words(element):
            self._note(what, words)
        return []

    def _drop_contents(self) -> list[Element]:
        if not self._has_contents:
            self._note("a table of contents, left out", "the page makes its own")
        self._has_contents = True
        return []

    def _unwrap(self, element: Element) -> list[Element]:
        self._convert_children(element)
        return [one for one in element if not local(one).endswith("Pr")]

    def _convert_table(self, element: Element) -> list[Element]:
        self._tables += 1
        self._convert_children(element)
        self._tables -= 1
        self._is_listed = False
        return [element]

    def _convert_run(self, element: Element) -> list[Element]:
        properties = child(element, "rPr")
        if self._styles.is_hidden(self._properties, properties):
            return self._drop(element, "hidden text, left out")
        made: list[Element] = []
        for one in list(element):
            if not self._fields.is_in_contents or local(one) in FIELD_PARTS:
                made += self._convert(one)
        element[:] = made
        return [element]

    def _convert_paragraph(self, element: Element) -> list[Element]:
        outer, self._boxes = self._boxes, []
        around, self._properties = self._properties, child(element, "pPr")
        self._paragraph += 1
        mine = self._paragraph
        properties = self._properties
        style = self._styles.name(value_of(properties, "pStyle"))
        if style.startswith("toc ") or style == "author":
            self._boxes, self._properties = outer, around
            is_author = style == "author"
            return self._drop(element, "the name of an author, left out") if is_author else self._drop_contents()
        if style == "date":  # so that the day is read as that of the file
            element.insert(1 if properties is not None else 0, make_run(self._like, "Date: "))
        self._convert_children(element)
        if child(child(properties, "rPr"), "del") is not None:  # its end is deleted: the next paragraph goes on here
            boxes, self._boxes, self._properties = self._boxes, outer, around
            return [*([element] if read_run_words(element) or has_picture(element) else []), *boxes]
        marker = self._mark(element, mine)
        if read_run_words(element) or has_picture(element):
            self._is_listed = marker.role in ("item", "bullet", "within")
            self._open = self._open if self._is_listed else []
        place = 0
        if properties is not None:
            for one in [one for one in properties if local(one) == "numPr"]:
                properties.remove(one)
            place = list(element).index(properties) + 1
        element.insert(place, make_run(self._like, marker.spell()))
        boxes, self._boxes, self._properties = self._boxes, outer, around
        return [element, *boxes]

    def _mark(self, element: Element, paragraph: int) -> Marker:
        """What a paragraph is. Its number is counted even if it has no words, as Word does."""
        properties = child(element, "pPr")
        count = None
        for key, level, style in self._styles.lists(properties):
            named = self._numbering.find_by_style(style) if style else None
            at = named[1] if level is None and named else level or 0
            count = self._numbering.take(key, at) if key != "0" else None
            break
        label = (count.label if count else "").replace(";", " ")
        is_within = self._is_listed and not self._tables and (self._is_indented(properties) or _is_blank(count))
        within = Marker(paragraph, "within", self._find_item(count, properties))
        if not read_run_words(element):
            return within if is_within else Marker(paragraph)
        if self._styles.is_title(properties):
            return Marker(paragraph, "title")
        if level := self._styles.level(properties):
            return Marker(paragraph, "heading", level, count.number if count else 0, label)
        if count and not count.is_blank:
            return Marker(
                paragraph,
                "bullet" if count.is_bullet else "item",
                self._find_depth(count, properties),
                count.number,
                label,
            )
        if is_within:
            return within
        return Marker(paragraph, "bold" if self._is_bold_line(element) else "plain")

    def _find_depth(self, count: Count, properties: Element | None) -> int:
        """How deep an item is: below one of its own list by its level, below one of another by its indentation."""
        place = child(properties, "ind")
        indent = number_of(attribute(place, "left") or attribute(place, "start")) or count.indent
        while self._open:
            key, level, before = self._open[-1]
            if count.level > level if key == count.key else indent > before + NEARLY:
                break
            self._open.pop()
        self._open.append((count.key, count.level, indent))
        return len(self._open) - 1

    def _find_item(self, count: Count | None, properties: Element | None) -> int:
        """The level of the open item that a paragraph goes on below: the deepest that is not indented more."""
        indent = count.indent if count and count.is_blank else self._styles.indent(properties)
        fit = [depth for depth, (_, _, before) in enumerate(self._open) if indent and before <= indent + NEARLY]
        return fit[-1] if fit else len(self._open) - 1 if not indent else 0

    def _is_indented(self, properties: Element | None) -> bool:
        style = self._styles.name(value_of(properties, "pStyle"))
        return style.startswith(("list continue", "list paragraph")) or self._styles.indent(properties) >= INDENTED

    def _is_bold_line(self, element: Element) -> bool:
        words = read_run_words(element)
        if self._tables or len(words) > LONGEST or words.endswith((".", ",", ";", "!")):
            return False
        properties = child(element, "pPr")
        runs = [one for one in element.iter() if local(one) == "r" and read_run_words(one)]
        return bool(runs) and all(self._styles.is_bold(properties, child(one, "rPr")) for one in runs)

    def _convert_drawing(self, element: Element) -> Iterable[Element]:
        blips = [one for one in element.iter() if local(one) == ":blip"]
        data = [one.get("uri", "") for one in element.iter() if local(one) == ":graphicData"]
        shown = next((one.get("descr") or "" for one in element.iter() if local(one) == ":docPr"), "")
        if any(kind in uri for uri in data for kind in DRAWN):
            self._note("a chart or diagram of Word, left out: save it as a picture", shown or "without a description")
        if any(is_cropped(one) for one in element.iter()):
            what = "a picture that Word shows in part, left out: delete its cropped areas (Compress Pictures)"
            self._note(what, shown or "without a description")
            return [make_run(self._like, shown)] if shown else []
        links = [read_picture_relation(one, "link") for one in blips]
        if blips and any(links) and not any(read_picture_relation(one, "embed") for one in blips):
            self._note(
                "a picture that is not in the file, left out: nothing is fetched", shown or "without a description"
            )
            return [make_run(self._like, shown)] if shown else []
        self._convert_children(element)
        return [element]

    def _move_box(self, element: Element) -> list[Element]:
        """The words of a text box go below the paragraph that it is fixed to."""
        boxes, self._boxes = self._boxes, []
        self._convert_children(element)
        self._boxes = [*boxes, *element, *self._boxes]
        return []

    def _convert_ruby(self, element: Element) -> list[Element]:
        base, above = (read_run_words(one) if one is not None else "" for one in split_ruby(element))
        return [make_text(self._like, f"{base} ({above})" if above else base)]

    def _convert_formula(self, element: Element) -> list[Element]:
        words = "".join(one.text or "" for one in element.iter() if local(one) == ":t")
        self._note("a formula, now plain text", words)
        return [make_run(self._like, words)]

    def _choose_form(self, element: Element) -> list[Element]:
        """Of several forms of the same, the last, which every program can read, if it has all the words."""
        forms = [one for one in element if local(one) in (":Choice", ":Fallback")]
        if not forms:
            return []
        last = forms[-1]
        is_whole = len(read_run_words(last)) >= len(read_run_words(forms[0])) and len(last)
        return self._unwrap(last if is_whole else forms[0])


def _is_blank(count: Count | None) -> bool:
    return count is not None and count.is_blank
