"""A reply's text is words and variables: whatever else a template can do is told and never run."""

from __future__ import annotations

import pytest

from generator.documents.text.template import TemplateError, constructs, fill_in, first_uses, pieces, variables

HOSTILE = [
    "{{ ''.__class__.__mro__[1].__subclasses__() }}",
    "{{ name.__class__ }}",
    "{{ name['__class__'] }}",
    "{{ name|attr('__class__') }}",
    "{{ '{0.__class__}'.format(name) }}",
    "{{ name.format_map({}) }}",
    "{{ '%s' % name }}",
    "{{ range(999999999) }}",
    "{{ 9 ** 9 ** 9 }}",
    "{{ 'x' * 999999999 }}",
    "{% for a in range(99999999) %}{% for b in range(99999999) %}x{% endfor %}{% endfor %}",
    "{% set a = 'x' * 999999999 %}",
    "{% macro a() %}{{ a() }}{% endmacro %}{{ a() }}",
    "{% include '/etc/passwd' %}",
    "{% import 'os' as os %}",
    "{% extends 'other' %}",
    "{% raw %}{{ name }}{% endraw %}",
    "{{ cycler.__init__.__globals__.os.popen('id').read() }}",
    "{{ lipsum.__globals__ }}",
    "{{ self.__init__ }}",
    "{{ namespace() }}",
    "{{ config }}",
    "{# {{ name }} #}",
    "{{ name ~ name }}",
    "{{ [name] }}",
    "{{ name if name else '' }}",
    "{{\nname.upper()\n}}",
    "{{ " + "(" * 5000 + " }}",
    "{{ name",
    "{{ }}",
]


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_what_is_more_than_a_variable_is_refused(text: str) -> None:
    with pytest.raises(TemplateError):
        fill_in(text, {"name": "Sam"})


def test_variables_are_filled_in_and_the_rest_stays_to_the_last_line() -> None:
    text = "Hi {{ name }},\n\n50 % of <b>{{amount}}</b> & {curly} $x.\n"
    assert fill_in(text, {"name": "Sam", "amount": "3"}) == "Hi Sam,\n\n50 % of <b>3</b> & {curly} $x.\n"


@pytest.mark.parametrize("value", ["{{ name }}", "{% raw %}", "{{ 7 * 7 }}", "<b>", "{0.__class__}"])
def test_what_an_agent_types_is_words_and_no_template(value: str) -> None:
    assert fill_in("Hi {{ name }}.", {"name": value}) == f"Hi {value}."


def test_a_variable_without_a_value_is_an_error_and_no_hole() -> None:
    with pytest.raises(TemplateError, match="deadline"):
        fill_in("Answer by {{ deadline }}.", {"name": "Sam"})


def test_a_refusal_says_what_is_not_filled_in() -> None:
    with pytest.raises(TemplateError, match="the filter `upper`"):
        fill_in("{{ name | upper }}", {"name": "Sam"})


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("{{ name | upper }}", "the filter `upper`"),
        ("{{ name|default('x')|upper }}", "the filter `default`"),
        ("{{- name -}}", "a hyphen that removes spaces"),
        ("{{ member.name }}", "a part of a value"),
        ("{{ names[0] }}", "a part of a value"),
        ("{{ name() }}", "a call"),
        ("{{ a + b }}", "an expression"),
        ("{{ name is defined }}", "an expression"),
        ("{{ 'name' }}", "an expression"),
        ("{# ask legal #}", "a comment"),
        ("{% if a %}b{% elif c %}d{% else %}e{% endif %}", "the statement `if`"),
        ("{%- for a in b -%}c{%- endfor -%}", "the statement `for`"),
    ],
)
def test_a_construct_is_named_once(text: str, what: str) -> None:
    assert [(one.what, one.start) for one in constructs(f"Hi {{{{ name }}}} {text}")] == [(what, 14)]


def test_a_text_of_words_and_variables_has_none() -> None:
    text = "Hi {{ name }} and {{other}}, {{\nlast\n}}: {single} %} #}"
    assert not list(constructs(text))
    assert variables("Hi {{ name }} and {{other}}") == {"name", "other"}


def test_a_text_in_pieces_is_the_text() -> None:
    assert pieces("Hi {{ name }}!") == [("text", "Hi "), ("variable", "name"), ("text", "!")]
    assert pieces("{{ name }}") == [("variable", "name")]


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("Hi {{ name }}", 6),
        ("Your name, {{ name }}", 14),
        ("{{ nick }} name {{ nickname }} {{ name }}", 34),
        ("{% if name %}", 6),
        ("name", 0),
        ("{{ " * 60_000 + "name", 180_000),
    ],
)
def test_a_variable_is_found_where_it_is_used(text: str, at: int) -> None:
    """Text that is never closed is read once, and not once for each bracket."""
    assert first_uses(text).get("name", 0) == at
