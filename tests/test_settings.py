"""mkdocs.yml comes with a pull request: it is read as data, and what could run or fetch anything is refused."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from conftest import Play

ROOT = Path(__file__).parents[1]
PLAIN = """\
site_name: Example
theme: {name: material, font: false}
plugins: [search]
markdown_extensions: [admonition, attr_list, md_in_html, tables]
"""

# What is added to the file, the line and the words of the refusal, and what it can be trusted by ("" where by nothing).
REFUSED = {
    "a hook": ("hooks: [h.py]", "5: the hook `h.py` would run code", "h.py"),
    "a hook that is no list": ("hooks: h.py", "5: the hook `h.py` would run code", "h.py"),
    "a Python call": (
        'extra: !!python/object/apply:os.system ["touch RAN"]',
        "5: the tag",
        "!!python/object/apply:os.system",
    ),
    "a Python call as a key": (
        'validation: {? !!python/object/apply:os.system ["touch RAN"] : x}',
        "5: the tag",
        "!!python/object/apply:os.system",
    ),
    "a Python name": ("copyright: !!python/name:os.system", "5: the tag", "!!python/name:os.system"),
    "the environment": ("copyright: !ENV SECRET", "5: the tag `!ENV`", "!ENV"),
    "a merged mapping": ("<<: {hooks: [h.py]}", "5: the tag `!!merge`", "!!merge"),
    "a template": ("extra_templates: [pages/pic.svg]", "5: the template", "pages/pic.svg"),
    "a plugin": ("plugins: [search, gen-files]", "5: the plugin `gen-files`", "gen-files"),
    "a plugin with options": ("plugins: {exec: {command: id}}", "5: the plugin `exec`", "exec"),
    "an extension": ("markdown_extensions: [antigravity]", "5: the extension `antigravity`", "antigravity"),
    "an extension that reads files": (
        "markdown_extensions:\n  - pymdownx.snippets: {base_path: /}",
        "6: the extension",
        "pymdownx.snippets",
    ),
    "one that fetches": ("markdown_extensions: [pymdownx.emoji]", "5: the extension", "pymdownx.emoji"),
    "templates of the folder": ("theme: {name: material, custom_dir: over}", "5: the templates", "theme.custom_dir"),
    "another theme": ("theme: mkdocs", "5: the theme `mkdocs`", "theme.name"),
    "no theme": ("theme: {name: null, custom_dir: over}", "5: the theme", "theme.custom_dir"),
    "a font of another host": ("theme: {name: material, font: {text: Roboto}}", "5: a font", "theme.font"),
    "a font that is the word false": ('theme: {name: material, font: "false"}', "5: a font", "theme.font"),
    "a logo of another host": (
        "theme: {name: material, font: false, logo: //x.example/a.svg}",
        "5: `//x.ex",
        "theme.logo",
    ),
    "markup in a toggle": (
        "theme:\n  palette:\n    - toggle: {name: '\"><script>x</script>'}",
        '7: `"><script>',
        "theme.palette",
    ),
    "a script as an address": ("site_url: javascript:alert(1)", "5: `javascript:alert(1)` is not a web address", ""),
    "a script as a repository": ("repo_url: 'javascript:alert(1)'", "5: `javascript:alert(1)` is not a web", ""),
    "a theme that is a list": ("theme: {name: [material]}", "5: the theme `a list`", "theme.name"),
    "a font that is a list": ("theme: {name: material, font: [no]}", "5: a font", "theme.font"),
    "an address that is a list": ("site_url: [http://x]", "5: `a list` is not a web address", ""),
    "an address that is half one": ("site_url: 'http://['", "5: `http://[` is not a web address", ""),
    "an address without a host": ("repo_url: 'http:'", "5: `http:` is not a web address", ""),
    "a hook that is a mapping": ("hooks: [{h.py: x}]", "5: the hook `a mapping`", "a mapping"),
    "a list to inherit from": ("INHERIT: [x.yml]", "5: `a list` is not a file", ""),
    "a key that is a list": ("? [hooks]\n: [h.py]", "6: `a list` is not a setting", ""),
    "markup in an option": (
        "markdown_extensions:\n  - codehilite: {css_class: '\"><script>alert(1)</script>'}",
        '6: `"><script>',
        "codehilite",
    ),
    "markup in the title of contents": ("markdown_extensions: [{toc: {title: '<b>x</b>'}}]", "5: `<b>x", "toc"),
    "markup in place of quotes": (
        "markdown_extensions:\n  - smarty: {substitutions: {left-double-quote: '<b>'}}",
        "6: `<b>`",
        "smarty",
    ),
    "a search that starts a program": ("plugins: [{search: {prebuild_index: node}}]", "5: `search` has the", "search"),
    "a search that reads a file": ("plugins: {search: {jieba_dict: /etc/passwd}}", "5: `search` has the", "search"),
    "ids of its own": ("markdown_extensions:\n  - toc: {separator: _}", "6: `toc` has the option `separator`", ""),
    "ids from a function": (
        "markdown_extensions: [{markdown.extensions.toc: {slugify: x}}]",
        "5: `toc` has the option `slugify`",
        "",
    ),
    "a theme in a list": ("theme: [material]", "5: the theme is a list", ""),
    "an icon elsewhere": ("theme: {name: material, icon: {logo: ../../../base.html}}", "5: `../../", "theme.icon"),
    "a language with a sign that ends texts": ('theme: {name: material, language: "a\\0b"}', "5: `a", "theme.language"),
    "a style that there is not": (
        "markdown_extensions: [{codehilite: {pygments_style: os, noclasses: true}}]",
        "cannot",
        "",
    ),
    "a number that is none": ("markdown_extensions: [{codehilite: {linenostart: x}}]", "cannot be used", ""),
    "a depth that is none": ("markdown_extensions: [{toc: {toc_depth: x-y}}]", "mkdocs.yml: `markdown_ext", ""),
    "an unknown key": (
        "site_nmae: x",
        "5: `site_nmae` is not a setting that this tool reads; did you mean `site_name`?",
        "",
    ),
    "a private key": ("mdx_configs: {x: {}}", "5: `mdx_configs` is not a setting", ""),
    "an alias": ("validation: &a {links: *a}", "5: uses the alias `*a`", ""),
    "itself": ("INHERIT: mkdocs.yml", "5: `INHERIT: mkdocs.yml` goes round in a circle", ""),
    "a file outside": ("INHERIT: ../other.yml", "5: `../other.yml` is not a file of this knowledge base", ""),
    "a file that is not there": ("INHERIT: none.yml", "5: `none.yml` is not a file of this knowledge base", ""),
    "brackets without end": ("validation: " + "[" * 5000, "is not valid YAML", ""),
    "nested lists": ("validation: " + "[" * 300 + "]" * 300, "1: is nested too deep", ""),
    "no YAML": ("validation: [", "is not valid YAML", ""),
    "a list": ("- a", "is not valid YAML", ""),
}


@pytest.fixture
def kb(base: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The small knowledge base with settings, and things beside it that must not run; it is the working folder."""
    (base / "mkdocs.yml").write_text(PLAIN, encoding="utf-8")
    (base / "h.py").write_text('open("RAN", "w")\n', encoding="utf-8")
    (base / "over").mkdir()
    (base / "over/main.html").write_text("{{ cycler.__init__.__globals__.os.system('touch RAN') }}", encoding="utf-8")
    (base.parent / "other.yml").write_text("hooks: [h.py]\n", encoding="utf-8")
    monkeypatch.setenv("SECRET", "zqxsecretqz")
    monkeypatch.chdir(base)
    return base


def _with(addition: str) -> str:
    """The plain settings with one more, which takes the place of one of the same key; its first line is line 5."""
    key = addition.split(":")[0]
    lines = [f"#{line}" if line.startswith(f"{key}:") else line for line in PLAIN.splitlines()]
    return "\n".join([*lines, addition, ""])


@pytest.mark.parametrize(("addition", "words", "trust"), REFUSED.values(), ids=REFUSED.keys())
def test_what_could_run_or_fetch_is_refused_at_its_line(
    addition: str, words: str, trust: str, kb: Path, play: Play
) -> None:
    (kb / "mkdocs.yml").write_text(_with(addition), encoding="utf-8")
    for result in (play(kb, "build"), play(kb, "pack", "build", "acme-accounts")):
        assert result.exit_code == 1, result.output
        assert f"mkdocs.yml:{words}" in result.output if words[0].isdigit() else words in result.output
        assert (f"--trust '{trust}'" in result.output) == bool(trust), result.output
        assert "Traceback" not in result.output
        assert not (kb / "RAN").exists(), "code of the folder ran"
        assert not (kb / "site").exists()


def test_what_the_builder_trusts_is_obeyed(kb: Path, play: Play, monkeypatch: pytest.MonkeyPatch) -> None:
    hooks = _with("hooks: [h.py]\ncopyright: !ENV SECRET")
    (kb / "mkdocs.yml").write_text(hooks, encoding="utf-8")
    assert play(kb, "build", "--trust", "h.py").exit_code == 1, "the other one is not trusted"
    assert not (kb / "RAN").exists()
    assert play(kb, "build", "--trust", "h.py", "--trust", "!ENV").exit_code == 0
    assert (kb / "RAN").exists()
    assert "zqxsecretqz" in (kb / "site/index.html").read_text(encoding="utf-8")
    monkeypatch.setenv("PLAYBOOK_TRUST", "h.py !ENV")
    assert play(kb, "build").exit_code == 0


def test_trust_in_nothing_is_trust_in_nothing(kb: Path, play: Play) -> None:
    """What can be trusted by no name is not let through by an empty one."""
    (kb / "mkdocs.yml").write_text(_with("repo_url: 'javascript:alert(1)'"), encoding="utf-8")
    assert play(kb, "build", "--trust", "").exit_code == 1


def test_settings_are_inherited_within_the_knowledge_base(kb: Path, play: Play) -> None:
    (kb / "shared").mkdir()
    (kb / "shared/base.yml").write_text(PLAIN + "site_description: From above\n", encoding="utf-8")
    (kb / "mkdocs.yml").write_text("INHERIT: shared/base.yml\nsite_name: Nearer\n", encoding="utf-8")
    assert play(kb, "build").exit_code == 0
    page = (kb / "site/index.html").read_text(encoding="utf-8")
    assert "Nearer" in page
    assert "From above" in page
    (kb / "shared/base.yml").write_text(PLAIN + "hooks: [h.py]\n", encoding="utf-8")
    result = play(kb, "build")
    assert "shared/base.yml:5: the hook `h.py`" in result.output
    assert not (kb / "RAN").exists()


def test_texts_of_the_settings_are_shown_as_typed(kb: Path, play: Play) -> None:
    breaker = '</p><script>alert(1)</script>" & <b>'
    texts = "".join(f"{key}: '{breaker}'\n" for key in ("site_description", "site_author", "copyright"))
    (kb / "mkdocs.yml").write_text(PLAIN + texts, encoding="utf-8")
    assert play(kb, "build").exit_code == 0
    page = (kb / "site/index.html").read_text(encoding="utf-8")
    assert "&lt;script&gt;alert(1)" in page
    assert "<script>alert(1)" not in page


def test_the_settings_of_this_project_need_no_trust(kb: Path, play: Play) -> None:
    shutil.copy(ROOT / "mkdocs.yml", kb)
    assert play(kb, "build").exit_code == 0


@pytest.mark.parametrize("content", [b"", b"\xff\xfe\x00", b"\x00", b"a: \x1b", b"x" * 2_000_000, b"5\n", b"[a]\n"])
def test_a_file_that_is_no_settings_is_one_line(content: bytes, kb: Path, play: Play) -> None:
    (kb / "mkdocs.yml").write_bytes(content)
    result = play(kb, "build")
    assert result.exit_code == 1
    assert result.output.count("\n") == 1, result.output
    assert "mkdocs.yml:" in result.output
