"""Moodle XML, with categories, feedback for each option, and a tag for critical cases.

https://docs.moodle.org/en/Moodle_XML_format
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from generator.publishing.training.question import QuizQuestion, feedback, ordered

NAME = "questions.moodle.xml"


def write(title: str, questions: Sequence[QuizQuestion]) -> bytes:
    quiz = Element("quiz")
    topic = ""
    for question in questions:
        if question.topic != topic:
            topic = question.topic
            category = SubElement(SubElement(quiz, "question", type="category"), "category")
            path = (title.replace("/", "//"), topic)
            SubElement(category, "text").text = "/".join(("$course$", "top", *path))
        _add(quiz, question)
    indent(quiz)
    return bytes(tostring(quiz, encoding="utf-8", xml_declaration=True)) + b"\n"


def _add(quiz: Element, question: QuizQuestion) -> None:
    item = SubElement(quiz, "question", type="multichoice")
    _add_text(item, "name", question.id)
    _add_text(item, "questiontext", _write_html(f"{question.scenario}\n\n{question.ask}"), format="html")
    _add_text(item, "generalfeedback", _write_html(feedback(question)), format="html")
    for name, value in (
        ("defaultgrade", "1"),
        ("penalty", "1"),
        ("hidden", "0"),
        ("idnumber", question.id),
        ("single", "true"),
        ("shuffleanswers", "true"),
        ("answernumbering", "abc"),
    ):
        SubElement(item, name).text = value
    for option in ordered(question):
        fraction = "100" if option is question.right else "0"
        answer = SubElement(item, "answer", fraction=fraction, format="html")
        SubElement(answer, "text").text = _write_html(option.text)
        _add_text(answer, "feedback", _write_html(option.why), format="html")
    tags = SubElement(item, "tags")
    for tag in (question.kind.replace("_", " "), *(["critical"] if question.is_critical else [])):
        _add_text(tags, "tag", tag)


def _add_text(parent: Element, name: str, text: str, **attributes: str) -> None:
    SubElement(SubElement(parent, name, attributes), "text").text = text


def _write_html(text: str) -> str:
    """Plain text as HTML: paragraphs, and lines within them."""
    paragraphs = text.split("\n\n")
    return "".join(
        f"<p>{'<br>'.join(escape(line, quote=False) for line in one.split(chr(10)))}</p>" for one in paragraphs
    )
