"""QTI 2.1 in a content package: an item a question, for systems that take neither GIFT nor Moodle XML.

1EdTech, QuizQuestion and Test Interoperability 2.1; an item is scored by the standard template `match_correct`.
"""

from __future__ import annotations

from collections.abc import Sequence
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from generator.publishing.training.question import QuizQuestion, feedback, ordered

NAME = "questions.qti.zip"
QTI = "http://www.imsglobal.org/xsd/imsqti_v2p1"
PACKAGE = "http://www.imsglobal.org/xsd/imscp_v1p1"
SCORED = "http://www.imsglobal.org/question/qti_v2p1/rptemplates/match_correct"


def write(title: str, questions: Sequence[QuizQuestion]) -> dict[str, bytes]:
    items = {f"items/{number:05}.xml": question for number, question in enumerate(questions, 1)}
    files = {"imsmanifest.xml": _print(_make_manifest(title, items))}
    return files | {path: _print(_make_item(question)) for path, question in items.items()}


def _make_manifest(title: str, items: dict[str, QuizQuestion]) -> Element:
    manifest = Element("manifest", xmlns=PACKAGE, identifier="questions")
    about = SubElement(manifest, "metadata")
    SubElement(about, "schema").text = "QTIv2.1 Package"
    SubElement(about, "schemaversion").text = "1.0.0"
    SubElement(manifest, "organizations")
    resources = SubElement(manifest, "resources")
    for path, question in items.items():
        name = _name_item(question)
        resource = SubElement(resources, "resource", identifier=f"r-{name}", type="imsqti_item_xmlv2p1", href=path)
        SubElement(resource, "file", href=path)
    return manifest


def _make_item(question: QuizQuestion) -> Element:
    item = Element(
        "assessmentItem",
        xmlns=QTI,
        identifier=_name_item(question),
        title=question.id,
        adaptive="false",
        timeDependent="false",
    )
    options = {f"o{number}": option for number, option in enumerate(ordered(question), 1)}
    right = next(name for name, option in options.items() if option is question.right)
    declared = SubElement(
        item, "responseDeclaration", identifier="RESPONSE", cardinality="single", baseType="identifier"
    )
    SubElement(SubElement(declared, "correctResponse"), "value").text = right
    SubElement(item, "outcomeDeclaration", identifier="SCORE", cardinality="single", baseType="float")
    body = SubElement(item, "itemBody")
    for paragraph in question.scenario.split("\n\n"):
        block = SubElement(body, "p")
        first, *more = paragraph.split("\n")
        block.text = first
        for line in more:
            SubElement(block, "br").tail = line
    asked = SubElement(body, "choiceInteraction", responseIdentifier="RESPONSE", shuffle="true", maxChoices="1")
    SubElement(asked, "prompt").text = question.ask
    for name, option in options.items():
        choice = SubElement(asked, "simpleChoice", identifier=name)
        choice.text = option.text
        told = SubElement(choice, "feedbackInline", outcomeIdentifier="RESPONSE", identifier=name, showHide="show")
        told.text = f" {option.why}"
    SubElement(item, "responseProcessing", template=SCORED)
    shown = SubElement(item, "modalFeedback", outcomeIdentifier="SCORE", identifier="f", showHide="hide")
    shown.text = feedback(question).replace("\n", " ")
    return item


def _name_item(question: QuizQuestion) -> str:
    """An identifier as XML names are: it begins with a letter, and an id of ours may begin with a digit."""
    return f"q-{question.id}"


def _print(root: Element) -> bytes:
    if root.tag == "manifest":
        indent(root)
    return bytes(tostring(root, encoding="utf-8", xml_declaration=True)) + b"\n"
