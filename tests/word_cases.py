"""Word files as programs write them, the Markdown that each becomes, and what an import says of it."""

from __future__ import annotations

from typing import NamedTuple

from word_files import (
    PACKAGE,
    PNG,
    SPACES,
    R,
    cell,
    dot,
    h,
    item,
    link,
    mark,
    p,
    picture,
    table,
    text,
    word_file,
)


class Case(NamedTuple):
    """The blocks of a Word file, the Markdown that it becomes, and parts of what is said of it."""

    file: bytes
    becomes: str
    said: tuple[str, ...] = ()


BOLD, FIELD = "<w:b/>", '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
REVISED = 'w:id="9" w:author="Kim Example" w:date="2026-10-02T09:00:00Z"'
DELETED = f"<w:del {REVISED}><w:r><w:delText>seven </w:delText></w:r></w:del>"
ADDED = f"<w:ins {REVISED}>{text('fourteen ')}</w:ins>"
BOX = f"<w:txbxContent>{p('Never promise a date.')}</w:txbxContent>"
SHAPE = (
    "<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wp:anchor><a:graphic><a:graphicData><wps:wsp>"
    f"<wps:txbx>{BOX}</wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing></mc:Choice>{{}}"
    "</mc:AlternateContent></w:r>"
)
OLD_BOX = f"<mc:Fallback><w:pict><v:shape><v:textbox>{BOX}</v:textbox></v:shape></w:pict></mc:Fallback>"
NOTE = '<w:r><w:footnoteReference w:id="2"/></w:r>'
NOTES = f'<w:footnotes {SPACES}><w:footnote w:id="2">{p("<w:r><w:footnoteRef/></w:r>", " In UTC.")}</w:footnote></w:footnotes>'  # noqa: E501
COMMENTS = f'<w:comments {SPACES}><w:comment w:id="3" w:author="Kim">{p("Is that still so?")}</w:comment></w:comments>'
HEADER = f"<w:hdr {SPACES}>{p('Strictly confidential')}</w:hdr>"
GONE = f"<w:rPr><w:del {REVISED}/></w:rPr>"
CHOICE = (
    '<w:sdt><w:sdtPr><w:dropDownList><w:listItem w:displayText="Fraud" w:value="f"/><w:listItem w:displayText="Abuse"/>'
    f"</w:dropDownList></w:sdtPr><w:sdtContent>{text('Abuse')}</w:sdtContent></w:sdt>"
)


def field(instruction: str, *result: str) -> str:
    """A field whose instruction is in two runs, as Word writes it."""
    half = len(instruction) // 2
    told = "".join(f"<w:r><w:instrText>{one}</w:instrText></w:r>" for one in (instruction[:half], instruction[half:]))
    return FIELD.format("begin") + told + FIELD.format("separate") + "".join(result) + FIELD.format("end")


TOC = (
    '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr><w:sdtContent>'
    f"{p('Find the case 2', style='TOC1')}</w:sdtContent></w:sdt>"
)
GOOGLE = '<w:rFonts w:ascii="Arial"/><w:b w:val="0"/><w:color w:val="000000"/><w:sz w:val="22"/><w:rtl w:val="0"/>'
EMBEDDED = {"media/image1.png": PNG}
DRAWN = {"media/image1.png": b"\x01\x00\x00\x00EMF"}

FILES: dict[str, Case] = {
    "title and headings": Case(
        word_file(p("Lost parcel", style="Title"), h("Steps"), h("Ask", 2), p("Ask for the number.")),
        "# Lost parcel\n\n## Steps\n\n### Ask\n\nAsk for the number.",
    ),
    "headings of a German Word, and of a style based on one": Case(
        word_file(p("Ablauf", style="berschrift1"), p("Eins.", style=""), p("Mehr", style="SOPHead"), p("Zwei.")),
        "## Ablauf\n\nEins.\n\n## Mehr\n\nZwei.",
    ),
    "one heading above the others is the title": Case(
        word_file(h("Lost parcel"), h("Steps", 2), p("Ask.")), "# Lost parcel\n\n## Steps\n\nAsk."
    ),
    "headings as menus call them": Case(word_file(p("Ablauf", style="U1"), p("Eins.")), "# Ablauf\n\nEins."),
    "an author and a day": Case(
        word_file(p("Lost parcel", style="Title"), p("Kim Example", style="Author"), p("2026-11-02", style="Date")),
        "# Lost parcel\n\nDate: 2026-11-02",
        ("the name of an author, left out: paragraph 2: Kim Example",),
    ),
    "headings in bold letters alone": Case(
        word_file(p(text("Before you start", BOLD)), p("Open the case."), p(text("Steps", BOLD)), item("Ask.")),
        "## Before you start\n\nOpen the case.\n\n## Steps\n\n1. Ask.",
        ("a line in bold letters, now a heading: paragraph 1: Before you start",),
    ),
    "a title in bold letters, and lists with letters typed by hand": Case(
        word_file(
            p(text("CLOSE IT", BOLD)),
            p("Owner: Support", "<w:r><w:br/></w:r>", "Version: 2"),
            p(text("Steps:", BOLD)),
            p("1. Open"),
            p("a. look"),
            p("2. Close"),
        ),
        "# CLOSE IT\n\nOwner: Support\nVersion: 2\n\n## Steps:\n\n1. Open\n\n   a. look\n\n2. Close",
        ("a line in bold letters, now a heading", "a list typed by hand"),
    ),
    "bold lines stay words where there are headings": Case(
        word_file(h("Steps"), p(text("Mind the gap", BOLD)), p("Ask.")), "# Steps\n\n**Mind the gap**\n\nAsk."
    ),
    "a numbered heading": Case(
        word_file(
            p("Ask", style="Heading1", form='<w:numPr><w:ilvl w:val="0"/><w:numId w:val="3"/></w:numPr>'), p("A.")
        ),
        "# 1. Ask\n\nA.",
    ),
    "lists in lists": Case(
        word_file(item("One"), item("Two", level=1), item("Three", level=1), dot("Dot"), item("Four")),
        "1. One\n   1. Two\n   2. Three\n- Dot\n2. Four",
        ("a number that Markdown does not write so, now plain: paragraph 2: a) is 1.",),
    ),
    "numbers go on behind a paragraph": Case(
        word_file(item("One"), p("Words."), item("Two")), "1. One\n\nWords.\n\n2. Two"
    ),
    "numbers begin again": Case(
        word_file(item("One"), item("Two"), h("More"), item("Three", list_id=4), item("Four", list_id=4)),
        "1. One\n2. Two\n\n# More\n\n1. Three\n2. Four",
    ),
    "numbers as 1.1": Case(
        word_file(item("One", list_id=3), item("Two", level=1, list_id=3)),
        "1. One\n   1. Two",
        ("paragraph 2: 1.1. is 1.",),
    ),
    "a list by its style": Case(
        word_file(p("One", style="ListNumber"), p("Two", style="ListNumber")), "1. One\n2. Two"
    ),
    "a paragraph within an item": Case(
        word_file(item("One"), p("Still one.", style="ListParagraph"), item("Two")), "1. One\n\n   Still one.\n\n2. Two"
    ),
    "a paragraph within an outer item": Case(
        word_file(item("One"), item("Two", level=1), p("Of one.", form='<w:ind w:left="720"/>'), item("Three")),
        "1. One\n   1. Two\n\n   Of one.\n\n2. Three",
        ("a) is 1.",),
    ),
    "what pandoc writes below an item": Case(
        word_file(item("One"), item("Still one.", list_id=6), item("Two")), "1. One\n\n   Still one.\n\n2. Two"
    ),
    "numbers with words": Case(word_file(item("Ask.", list_id=7), item("Note.", list_id=7)), "1. Ask.\n2. Note."),
    "a line break within an item": Case(
        word_file(item("One", "<w:r><w:br/></w:r>", "and more"), item("Two")), "1. One\n   and more\n2. Two"
    ),
    "a list typed by hand": Case(
        word_file(p("1)\xa0Ask."), p("2)", "<w:r><w:tab/></w:r>", "Note it."), p("3) Close.")),
        "1. Ask.\n\n2. Note it.\n\n3. Close.".replace("\n\n", "\n"),
        ("a list typed by hand, now a list: paragraph 1: 1) Ask.",),
    ),
    "bullets typed by hand": Case(word_file(p("•\tAsk."), p("• Note.")), "- Ask.\n- Note."),
    "hyphens typed by hand": Case(word_file(p("• Ask."), p("- Note."), p("– Close.")), "- Ask.\n- Note.\n- Close."),
    "a hyphen alone": Case(word_file(p("- Note.")), "\\- Note."),
    "a year is no list": Case(word_file(p("2026. was long.")), "2026\\. was long."),
    "spaces that do not break, tabs, soft hyphens": Case(
        word_file(p("10\xa0EUR\u00ad", "<w:r><w:tab/></w:r>", "each", "<w:r><w:noBreakHyphen/></w:r>", "day")),
        "10 EUR each-day",
    ),
    "what Markdown would read": Case(
        word_file(p("# no *heading* [a](b) snake_case _x_ &lt;b&gt; [[id]] [Name] C:\\x `y`")),
        "\\# no \\*heading\\* \\[a](b) snake_case \\_x\\_ \\<b> \\[[id]] [Name] C:\\\\x \\`y\\`",
    ),
    "formats": Case(
        word_file(
            p(text("Call ", BOLD), text("now", BOLD), ", ", text("kindly", "<w:i/>"), text(" not", "<w:strike/>"))
        ),
        "**Call now**, *kindly* ~~not~~",
    ),
    "digits above and below the line": Case(
        word_file(
            p(
                "10",
                text("3", '<w:vertAlign w:val="superscript"/>'),
                " CO",
                text("2", '<w:vertAlign w:val="subscript"/>'),
                " 1",
                text("st", '<w:vertAlign w:val="superscript"/>'),
            )
        ),
        "10³ CO₂ 1st",
    ),
    "bold that Markdown would not see": Case(word_file(p(text("Ask:", BOLD), "now", "<w:r/>")), "Ask:now"),
    "a table": Case(
        word_file(table(["Who", "Till when"], ["Lead", "4 h | UTC"])),
        "| Who | Till when |\n| --- | --- |\n| Lead | 4 h \\| UTC |",
    ),
    "merged cells": Case(
        word_file(
            table(
                ["A", "B", "C"],
                [cell("wide", across=2), cell("tall", down="first")],
                ["x", "y", cell("", down="rest")],
            )
        ),
        "| A | B | C |\n| --- | --- | --- |\n| wide |  | tall |\n| x | y |  |",
        ("merged cells of a table, their words now in the first of them: paragraph 1: wide",),
    ),
    "lists and paragraphs in cells": Case(
        word_file(table(["A", cell(p("One"), item("Two"), dot("Three"))])),
        "| A | One<br>1. Two<br>• Three |\n| --- | --- |",
    ),
    "a table in a table": Case(
        word_file(table(["A", cell(table(["in", "ner"]), p("B"))])),
        "| A | in<br>ner<br>B |\n| --- | --- |",
        ("a table in a cell, now its words",),
    ),
    "a frame around words": Case(word_file(table([cell(p("Mind this."), item("One"))])), "Mind this.\n\n1. One"),
    "a form": Case(
        word_file(
            table(
                ["Purpose:", "Keep it safe."],
                ["Owner", "Support"],
                ["Steps", cell(item("Ask."), item("Note."))],
                ["Contact", "Kim"],
            )
        ),
        "Owner: Support\n\n## Purpose:\n\nKeep it safe.\n\n## Steps\n\n1. Ask.\n2. Note.\n\n## Contact\n\nKim",
        ("a cell that names a part, now a heading: paragraph 1: Purpose:",),
    ),
    "boxes below each other": Case(
        word_file(table(["PROCEDURE"], [cell(p("1. Ask."), p("2. Note."))])),
        "# PROCEDURE\n\n1. Ask.\n2. Note.",
        ("a cell that names a part", "a list typed by hand"),
    ),
    "tracked changes": Case(
        word_file(p("Answer within ", DELETED, ADDED, "days.")),
        "Answer within fourteen days.",
        (
            "a tracked deletion, taken as accepted, its words left out: paragraph 1: seven",
            "a tracked insertion, taken as accepted, its words now in the text: paragraph 1: fourteen",
        ),
    ),
    "an end of a paragraph that is deleted": Case(
        word_file(p("One ", form=f"<w:rPr><w:del {REVISED}/></w:rPr>"), p("two.")), "One two."
    ),
    "a paragraph that is deleted with its end": Case(
        word_file(
            item("One"),
            item(f"<w:del {REVISED}><w:r><w:delText>Two</w:delText></w:r></w:del>").replace(
                "</w:pPr>", f"{GONE}</w:pPr>"
            ),
            item("Three"),
        ),
        "1. One\n2. Three",
        ("a tracked deletion, taken as accepted, its words left out: paragraph 2: Two",),
    ),
    "an item that goes on in the next": Case(
        word_file(item("One ").replace("</w:pPr>", f"{GONE}</w:pPr>"), item("goes on"), item("Two")),
        "1. One goes on\n2. Two",
    ),
    "what was added and deleted again": Case(
        word_file(p(f"<w:ins {REVISED}>{DELETED}{text('six')}</w:ins>", " days.")),
        "six days.",
        ("a tracked insertion, taken as accepted, its words now in the text: paragraph 1: six", "paragraph 1: seven"),
    ),
    "what was moved": Case(
        word_file(
            p(f"<w:moveFrom {REVISED}>{text('Old')}</w:moveFrom>"), p(f"<w:moveTo {REVISED}>{text('New')}</w:moveTo>")
        ),
        "New",
        ("a tracked deletion, taken as accepted, its words left out: paragraph 1: Old",),
    ),
    "a deleted row": Case(
        word_file(
            table(["A", "B"], ["C", "D"])
            .replace("<w:tr>", f"<w:tr><w:trPr><w:del {REVISED}/></w:trPr>", 2)
            .replace(f"<w:tr><w:trPr><w:del {REVISED}/></w:trPr>", "<w:tr>", 1)
        ),
        "| A | B |\n| --- | --- |",
        ("a table row that is deleted in a tracked change, left out: paragraph 2: C D",),
    ),
    "comments": Case(
        word_file(p("Ask.", '<w:r><w:commentReference w:id="3"/></w:r>'), parts={"comments.xml": COMMENTS}),
        "Ask.",
        ("a comment, left out: paragraph 1: Is that still so?",),
    ),
    "text boxes": Case(
        word_file(p("Before.", SHAPE.format(OLD_BOX)), p("After.")),
        "Before.\n\nNever promise a date.\n\nAfter.",
        ("a text box, its words now below its paragraph: paragraph 1: Never promise a date.",),
    ),
    "a text box for new programs alone": Case(
        word_file(p("Before.", SHAPE.format("")), p("After.")),
        "Before.\n\nNever promise a date.\n\nAfter.",
        ("a text box",),
    ),
    "hidden text": Case(
        word_file(p("Ask.", text("Secret.", "<w:vanish/>"), text("Too.", '<w:rStyle w:val="Hidden"/>'))),
        "Ask.",
        ("hidden text, left out: paragraph 1: Secret.", "hidden text, left out: paragraph 1: Too."),
    ),
    "footnotes": Case(
        word_file(p("By noon", NOTE, "."), parts={"footnotes.xml": NOTES}), "By noon[^2].\n\n[^2]: In UTC."
    ),
    "headers and footers": Case(
        word_file(p("Ask."), parts={"header1.xml": HEADER, "footer1.xml": HEADER.replace("Strictly", "Page of 12")}),
        "Ask.",
        ("the words of a header, left out: Strictly confidential", "the words of a footer, left out: Page of"),
    ),
    "a table of contents": Case(
        word_file(TOC, h("Find the case"), p("Ask.")), "# Find the case\n\nAsk.", ("a table of contents",)
    ),
    "a table of contents in a field of its own": Case(
        word_file(
            p(field(' TOC \\o "1-3" ', text("Update this table"), field(" PAGEREF a ", text("3")))), h("Ask"), p("Ask.")
        ),
        "# Ask\n\nAsk.",
        ("a table of contents, left out",),
    ),
    "a list to choose from": Case(
        word_file(p("Queue: ", CHOICE)),
        "Queue: Abuse",
        ("a list to choose from, of which only the chosen word is kept: paragraph 1: Fraud, Abuse",),
    ),
    "fields": Case(
        word_file(
            p(
                "Since ",
                FIELD.format("begin"),
                "<w:r><w:instrText> DATE </w:instrText></w:r>",
                FIELD.format("separate"),
                "2 May",
                FIELD.format("end"),
                ", ",
                f'<w:fldSimple w:instr=" REF x ">{text("section 2")}</w:fldSimple>.'.replace(".", ""),
            ),
        ),
        "Since 2 May, section 2",
        ("now plain text: paragraph 1: DATE", "now plain text: paragraph 1: REF"),
    ),
    "check boxes": Case(
        word_file(
            p(
                '<w:sdt><w:sdtPr><w14:checkbox><w14:checked w14:val="1"/></w14:checkbox></w:sdtPr><w:sdtContent>'
                f"{text('☒')}</w:sdtContent></w:sdt>",
                " Access asked for",
            ),
        ),
        "☑ Access asked for",
    ),
    "what else mammoth passes over": Case(
        word_file(
            p(
                "a",
                "<w:r><w:cr/></w:r>",
                "b ",
                f"<w:smartTag>{text('c')}</w:smartTag>",
                f"<w:bdo w:val='ltr'>{text(' d')}</w:bdo>",
                "<m:oMath><m:r><m:t>x+1</m:t></m:r></m:oMath>",
            ),
            p(
                "<w:r><w:ruby><w:rt><w:r><w:t>かん</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>漢</w:t></w:r></w:rubyBase></w:ruby></w:r>"
            ),
        ),
        "a\nb c dx+1\n\n漢 (かん)",
        ("a formula, now plain text: paragraph 1: x+1",),
    ),
    "links": Case(
        word_file(
            p("See ", link("the form", "rId80"), " and ", link("step 2", bookmark="_Step2"), "."),
            p(mark("_Step2"), "Here."),
            links={"rId80": "https://example.org/a(b)"},
        ),
        'See [the form](<https://example.org/a(b)>) and [step 2](#_Step2).\n\n<a id="_Step2"></a>Here.',
    ),
    "a link that is a field": Case(
        word_file(
            p(
                FIELD.format("begin"),
                '<w:r><w:instrText> HYPERLINK "https://example.org/" </w:instrText></w:r>',
                FIELD.format("separate"),
                "there",
                FIELD.format("end"),
            ),
        ),
        "[there](https://example.org/)",
    ),
    "a link that is a field, to a part, with a tip": Case(
        word_file(p(field(' HYPERLINK "https://example.org/a" \\l "part" \\o "a tip" ', text("there")))),
        "[there](https://example.org/a#part)",
    ),
    "a link that is a field, within the file": Case(
        word_file(p(field(' HYPERLINK \\l "_Step2" ', text("there"))), p(mark("_Step2"), "Here.")),
        '[there](#_Step2)\n\n<a id="_Step2"></a>Here.',
    ),
    "a picture": Case(
        word_file(p("Look: ", picture()), parts=EMBEDDED), "Look: ![The queue](<x-pictures/picture-1.png>)"
    ),
    "a picture for a printer": Case(
        word_file(
            p("Look: ", picture("rId91")),
            parts={"media/image2.emf": b"EMF"},
            flaw={
                "word/_rels/document.xml.rels": f'<Relationships xmlns="{PACKAGE}"><Relationship Id="rId91" '
                f'Type="{R}/image" Target="media/image2.emf"/></Relationships>'
            },
        ),
        "Look: The queue",
        ("a picture in the format EMF, left out: pages cannot show it, save it as PNG: paragraph 1: The queue",),
    ),
    "a picture that is cropped": Case(
        word_file(p("Look: ", picture(crop='<a:srcRect l="5000" r="200"/>')), parts=EMBEDDED),
        "Look: The queue",
        ("a picture that Word shows in part, left out",),
    ),
    "a picture on the web": Case(
        word_file(p("Look: ", picture("rId81", way="link")), links={"rId81": "https://example.org/x.png"}),
        "Look: The queue",
        ("a picture that is not in the file, left out: nothing is fetched: paragraph 1: The queue",),
    ),
    "a picture that is missing": Case(
        word_file(p("Look: ", picture()), parts=EMBEDDED, flaw={"word/media/image1.png": None}),
        "Look: The queue",
        ("a picture that is not in the file",),
    ),
    "an embedded file": Case(
        word_file(p("See ", "<w:r><w:object/></w:r>", ".")), "See .", ("an embedded file, left out",)
    ),
    "macros": Case(word_file(p("Ask."), parts={"vbaProject.bin": b"\0"}), "Ask.", ("macros (programs), left out",)),
    "a strict file": Case(
        word_file(h("Steps"), item("Ask."), item("Note."), strict=True), "# Steps\n\n1. Ask.\n2. Note."
    ),
    "what Google Docs writes": Case(
        word_file(
            p(text("Lost parcel", GOOGLE), style="Heading1"),
            item(text("Ask for the number.", GOOGLE)),
            item(text("Note it.", GOOGLE)),
        ),
        "# Lost parcel\n\n1. Ask for the number.\n2. Note it.",
    ),
    "what LibreOffice writes": Case(
        word_file(
            p(text("Steps", "<w:b/><w:bCs/>"), style="Heading2"),
            item(text("Ask.", '<w:lang w:val="en-GB"/>')),
            p(form="<w:rPr/>"),
            item(text("Note.", '<w:lang w:val="en-GB"/>')),
        ),
        "# Steps\n\n1. Ask.\n2. Note.",
    ),
}
