"""Word files for tests, written as Word, Google Docs and LibreOffice write them, from the XML of their paragraphs."""

from __future__ import annotations

import base64
import zipfile
from collections.abc import Mapping
from io import BytesIO

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
SPACES = (
    f'xmlns:w="{W}" xmlns:r="{R}" xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:w10="urn:schemas-microsoft-com:office:word" '
    'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
)
TYPES = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels"
ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml"
ContentType="application/xml"/><Default Extension="png" ContentType="image/png"/><Default Extension="emf"
ContentType="image/x-emf"/><Default Extension="wmf" ContentType="image/x-wmf"/><Default Extension="tiff"
ContentType="image/tiff"/><Override PartName="/word/document.xml"
ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>"""
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
ROOT = f'<Relationships xmlns="{PACKAGE}"><Relationship Id="rId1" Type="{R}/officeDocument" Target="word/document.xml"/></Relationships>'  # noqa: E501
PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg=="
)
HEADED = "".join(
    f'<w:style w:type="paragraph" w:styleId="{key}{n}"><w:name w:val="heading {n}"/><w:basedOn w:val="Normal"/>'
    f'<w:pPr><w:outlineLvl w:val="{n - 1}"/></w:pPr></w:style>'
    for n in range(1, 5)
    for key in ("Heading", "berschrift")
)
STYLES = f"""<w:styles {SPACES}><w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/>
</w:style>{HEADED}<w:style w:type="paragraph" w:styleId="Title"><w:name w:val="Title"/></w:style>
<w:style w:type="paragraph" w:styleId="U1"><w:name w:val="Überschrift 1"/></w:style>
<w:style w:type="paragraph" w:styleId="Author"><w:name w:val="Author"/></w:style>
<w:style w:type="paragraph" w:styleId="Date"><w:name w:val="Date"/></w:style>
<w:style w:type="paragraph" w:styleId="SOPHead"><w:name w:val="SOP Head"/><w:basedOn w:val="Heading1"/></w:style>
<w:style w:type="paragraph" w:styleId="ListParagraph"><w:name w:val="List Paragraph"/><w:pPr><w:ind w:left="720"/></w:pPr>
</w:style><w:style w:type="paragraph" w:styleId="ListNumber"><w:name w:val="List Number"/><w:pPr><w:numPr>
<w:numId w:val="5"/></w:numPr></w:pPr></w:style><w:style w:type="paragraph" w:styleId="TOC1"><w:name w:val="toc 1"/>
</w:style><w:style w:type="character" w:styleId="Hidden"><w:name w:val="Hidden"/><w:rPr><w:vanish/></w:rPr></w:style>
<w:style w:type="character" w:styleId="Strong"><w:name w:val="Strong"/><w:rPr><w:b/></w:rPr></w:style></w:styles>"""  # noqa: E501


def _level(n: int, form: str, text: str, start: int = 1, style: str = "") -> str:
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    return (
        f'<w:lvl w:ilvl="{n}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/>{named}<w:lvlText w:val="{text}"/>'
        f'<w:pPr><w:ind w:left="{720 * (n + 1)}" w:hanging="360"/></w:pPr></w:lvl>'
    )


def _abstract(key: int, *levels: str) -> str:
    return f'<w:abstractNum w:abstractNumId="{key}">{"".join(levels)}</w:abstractNum>'


NUMBERS = (
    f"<w:numbering {SPACES}>"
    + _abstract(0, _level(0, "decimal", "%1."), _level(1, "lowerLetter", "%2)"), _level(2, "lowerRoman", "%3."))
    + _abstract(1, _level(0, "bullet", "•"), _level(1, "bullet", "o"))
    + _abstract(2, _level(0, "decimal", "%1."), _level(1, "decimal", "%1.%2."))
    + _abstract(3, _level(0, "decimal", "%1.", style="ListNumber"))
    + _abstract(4, _level(0, "bullet", " "), _level(1, "bullet", " "))
    + _abstract(5, _level(0, "decimal", "Step %1:"))
    + '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>'
    '<w:num w:numId="3"><w:abstractNumId w:val="2"/></w:num><w:num w:numId="4"><w:abstractNumId w:val="0"/>'
    '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>'
    '<w:num w:numId="5"><w:abstractNumId w:val="3"/></w:num><w:num w:numId="6"><w:abstractNumId w:val="4"/></w:num>'
    '<w:num w:numId="7"><w:abstractNumId w:val="5"/></w:num></w:numbering>'
)


def text(words: str, form: str = "") -> str:
    """A run of words; `form` is the XML of its properties."""
    properties = f"<w:rPr>{form}</w:rPr>" if form else ""
    return f'<w:r w:rsidRPr="00AA11BB">{properties}<w:t xml:space="preserve">{words}</w:t></w:r>'


def p(*runs: str, style: str = "", form: str = "") -> str:
    """A paragraph; what begins with `<` is XML, and anything else words."""
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    inner = "".join(run if run.startswith("<") else text(run) for run in runs)
    return f'<w:p w:rsidR="00F12345" w:rsidRDefault="00F12345"><w:pPr>{named}{form}</w:pPr>{inner}</w:p>'


def h(words: str, level: int = 1) -> str:
    return p(words, style=f"Heading{level}")


def item(*runs: str, level: int = 0, list_id: int = 1) -> str:
    form = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{list_id}"/></w:numPr>'
    return p(*runs, style="ListParagraph", form=form)


def dot(*runs: str, level: int = 0) -> str:
    return item(*runs, level=level, list_id=2)


def cell(*blocks: str, across: int = 1, down: str = "") -> str:
    span = f'<w:gridSpan w:val="{across}"/>' if across > 1 else ""
    merge = {"": "", "first": '<w:vMerge w:val="restart"/>', "rest": "<w:vMerge/>"}[down]
    inner = "".join(one if one.startswith("<w:") else p(one) for one in blocks)
    return f"<w:tc><w:tcPr>{span}{merge}</w:tcPr>{inner}</w:tc>"


def table(*rows: list[str]) -> str:
    made = "".join(
        f"<w:tr>{''.join(one if one.startswith('<w:tc') else cell(one) for one in row)}</w:tr>" for row in rows
    )
    return f'<w:tbl><w:tblPr><w:tblStyle w:val="TableGrid"/></w:tblPr>{made}</w:tbl>'


def picture(relation: str = "rId90", described: str = "The queue", crop: str = "", way: str = "embed") -> str:
    return (
        f'<w:r><w:drawing><wp:inline><wp:docPr id="1" name="Picture 1" descr="{described}"/><a:graphic><a:graphicData '
        f'uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic><pic:blipFill><a:blip r:{way}="{relation}"/>'  # noqa: E501
        f"{crop}</pic:blipFill></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )


def link(words: str, relation: str = "", bookmark: str = "") -> str:
    to = f'r:id="{relation}"' if relation else f'w:anchor="{bookmark}"'
    return f'<w:hyperlink {to} w:history="1">{text(words)}</w:hyperlink>'


def mark(name: str) -> str:
    return f'<w:bookmarkStart w:id="7" w:name="{name}"/><w:bookmarkEnd w:id="7"/>'


def word_file(
    *blocks: str,
    parts: Mapping[str, str | bytes] = {},
    links: Mapping[str, str] = {},
    strict: bool = False,
    flaw: Mapping[str, str | bytes | None] = {},
) -> bytes:
    """A Word file with some blocks. `parts` are further parts below `word/`, `links` addresses by relationship."""
    known = {"styles.xml": STYLES, "numbering.xml": NUMBERS, **parts}
    kinds = {"media": "image", "header": "header", "footer": "footer"}
    related = "".join(
        f'<Relationship Id="{"rId90" if name == "media/image1.png" else f"rId{n}"}" '
        f'Type="{R}/{kinds.get(name.split("/")[0].rstrip(".xml0123456789"), name.split(".")[0])}" Target="{name}"/>'
        for n, name in enumerate(known, 10)
        if not name.startswith("../")
    )
    related += "".join(
        f'<Relationship Id="{key}" Type="{R}/hyperlink" Target="{address}" TargetMode="External"/>'
        for key, address in links.items()
    )
    body = f"<w:document {SPACES}><w:body>{''.join(blocks)}<w:sectPr/></w:body></w:document>"
    files: dict[str, str | bytes | None] = {
        "[Content_Types].xml": TYPES,
        "_rels/.rels": ROOT,
        "word/document.xml": body.replace(W, STRICT) if strict else body,
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{PACKAGE}">{related}</Relationships>',
        **{(f"word/{name}" if not name.startswith("../") else name[3:]): content for name, content in known.items()},
        **flaw,
    }
    done = BytesIO()
    with zipfile.ZipFile(done, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in files.items():
            if content is not None:
                file.writestr(name, content)
    return done.getvalue()


def properties(title: str = "", **more: str) -> dict[str, str]:
    """The parts with the properties of a file."""
    inner = f"<dc:title>{title}</dc:title>" + "".join(f"<dc:{key}>{value}</dc:{key}>" for key, value in more.items())
    return {
        "../docProps/core.xml": '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/'
        f'core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/">{inner}</cp:coreProperties>'
    }
