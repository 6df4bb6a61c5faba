"""Reads mkdocs.yml as data: what it says of the site, and nothing that could run or fetch anything unless trusted.

MkDocs obeys that file: hooks, plugins, Python tags and templates of its own run as programs, `!ENV` publishes what is
in the environment, a snippet publishes any file. A pull request may change it, so what can do harm is refused with its
line. Only the person who builds can allow it (`--trust`); the file itself cannot.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Collection, Iterator
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlsplit

import yaml
from mkdocs.utils.yaml import get_yaml_loader
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from generator.documents.text.prose import scheme
from generator.files.strict_yaml import MAX_DEPTH
from generator.publishing import BuildError
from generator.wording import did_you_mean

NAME = "mkdocs.yml"
MAX_PARENTS = 10
MAX_BYTES = 1024 * 1024
THEMES = {"material"}
READ = {
    "site_name", "site_description", "site_author", "copyright", "site_url", "repo_name", "repo_url", "edit_uri",
    "theme", "plugins", "markdown_extensions", "validation", "hooks", "extra_templates",
}  # fmt: skip
# Keys of MkDocs that are ignored here: this tool decides what they would set.
UNREAD = {
    "INHERIT", "nav", "docs_dir", "site_dir", "extra", "extra_css", "extra_javascript", "use_directory_urls", "strict",
    "dev_addr", "watch", "remote_branch", "remote_name", "exclude_docs", "draft_docs", "not_in_nav",
    "edit_uri_template",
}  # fmt: skip
BOOLEAN = "tag:yaml.org,2002:bool"
PLAIN_TAGS = {
    f"tag:yaml.org,2002:{name}" for name in ("str", "int", "float", "bool", "null", "timestamp", "map", "seq")
}
ODD = re.compile(r"\.\./|[\x00-\x08\x0b-\x1f]")
SEARCH_OPTIONS = {"lang", "separator", "pipeline", "enabled"}  # others start node, or read files for other languages
PLUGINS = {"search", "material/search"}
EXTENSIONS = {
    "abbr", "admonition", "attr_list", "codehilite", "def_list", "extra", "fenced_code", "footnotes", "md_in_html",
    "nl2br", "sane_lists", "smarty", "tables", "toc",
    *(
        f"pymdownx.{name}"
        for name in (
            "arithmatex", "betterem", "caret", "critic", "details", "escapeall", "highlight", "inlinehilite", "keys",
            "mark", "progressbar", "quotes", "saneheaders", "smartsymbols", "superfences", "tabbed", "tasklist",
            "tilde",
        )
    ),
}  # fmt: skip


class Settings(NamedTuple):
    """What mkdocs.yml says: the site's name, the address below which the YAML can be edited, and all of it as data.

    `root` is the folder of the knowledge base.
    """

    root: Path
    title: str
    source: str
    data: dict[str, Any]


class ForbiddenSetting(NamedTuple):
    """A setting that could run or fetch something: its line, why it is refused, and the name to trust it by."""

    line: int
    why: str
    name: str = ""


class SettingsFile(NamedTuple):
    """One file of settings: its path below the root, its text, and its nodes."""

    path: str
    text: str
    nodes: MappingNode


def settings(root: Path, trusted: Collection[str] = ()) -> Settings:
    """The settings of the knowledge base below `root`. Raises BuildError, with a line for each that is refused."""
    if not (root / NAME).is_file():
        raise BuildError(f"{root} has no {NAME}, which names the theme: `playbook init` adds one")
    data: dict[str, Any] = {}
    for part in reversed(_read_chain(root)):
        refused = [one for one in refusals(part.nodes) if not one.name or one.name not in trusted]
        if refused:
            raise BuildError("\n".join(_explain(part.path, one) for one in refused))
        data = _merge(data, _load(part))
    home, edit = (str(data.get(key) or "") for key in ("repo_url", "edit_uri"))
    source = f"{home.rstrip('/')}/{edit}" if home and edit else ""
    data = {key: value for key, value in data.items() if key in READ}
    if not data.get("site_name"):
        raise BuildError(f"{NAME}:1: the key `site_name` is missing: add `site_name: ...`, the name on every page")
    return Settings(root, str(data["site_name"]), source, data)


def _explain(path: str, one: ForbiddenSetting) -> str:
    trust = f"; whoever runs the build can allow it with --trust '{one.name}'" if one.name else ""
    return f"{path}:{one.line}: {one.why}{trust}"


def _read_chain(root: Path) -> list[SettingsFile]:
    """The file and those that it inherits from, nearest first. Raises BuildError."""
    parts = [_read_file(root, NAME)]
    while (parent := _map_values(parts[-1].nodes).get("INHERIT")) is not None:
        here = parts[-1]
        path = posixpath.normpath(posixpath.join(posixpath.dirname(here.path), _read_text(parent)))
        at = f"{here.path}:{_locate(parent)}"
        if path in [part.path for part in parts] or len(parts) > MAX_PARENTS:
            raise BuildError(f"{at}: `INHERIT: {_read_text(parent)}` goes round in a circle: remove it")
        if not (root / path).is_file() or not (root / path).resolve().is_relative_to(root.resolve()):
            raise BuildError(
                f"{at}: `{_read_text(parent)}` is not a file of this knowledge base: put it there, or copy its lines"
            )
        parts.append(_read_file(root, path))
    return parts


def _read_file(root: Path, path: str) -> SettingsFile:
    try:
        raw = (root / path).read_bytes()[: MAX_BYTES + 1]
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise BuildError(f"{path}: is not UTF-8: save it as UTF-8") from None
    except OSError as error:
        raise BuildError(f"{path}: cannot be read: {(error.strerror or 'no reason is known').lower()}") from None
    if len(raw) > MAX_BYTES:
        raise BuildError(f"{path}: has more than {MAX_BYTES // 1024} KiB, too much for a settings file")
    nodes = _compose(path, text)
    if not isinstance(nodes, MappingNode):
        raise BuildError(f"{path}:1: must be a mapping, as `site_name: ...`")
    return SettingsFile(path, text, nodes)


def _compose(path: str, text: str) -> Node | None:
    try:
        for event in yaml.parse(text, Loader=yaml.CSafeLoader):
            if isinstance(event, yaml.AliasEvent):
                raise BuildError(f"{path}:{_locate(event)}: uses the alias `*{event.anchor}`: write the value out")
        return yaml.compose(text, Loader=yaml.CSafeLoader)
    except yaml.MarkedYAMLError as error:
        raise BuildError(f"{path}:{_locate(error)}: is not valid YAML: {error.problem}") from None
    except yaml.YAMLError as error:
        raise BuildError(f"{path}: is not valid YAML: {' '.join(str(error).split())}") from None


def _locate(thing: Any) -> int:
    mark = getattr(thing, "problem_mark", None) or getattr(thing, "start_mark", None)
    return mark.line + 1 if mark else 1


def _map_values(node: Node | None) -> dict[str, Node]:
    """The nodes of a mapping by key; empty for anything else."""
    return {_read_text(key): value for key, value in node.value} if isinstance(node, MappingNode) else {}


def _load(part: SettingsFile) -> dict[str, Any]:
    """The data; every tag in it is plain, or was trusted."""
    try:
        data = yaml.load(part.text, Loader=get_yaml_loader()) or {}
    except (yaml.YAMLError, ValueError, TypeError, AttributeError, ImportError) as error:
        raise BuildError(f"{part.path}: {' '.join(str(error).split())}") from None
    return {str(key): value for key, value in data.items()}


def _merge(old: dict[str, Any], new: dict[str, Any]) -> dict[str, Any]:
    """Settings with others laid over them, key by key."""
    both = {
        key: _merge(old[key], new[key])
        for key in old.keys() & new.keys()
        if isinstance(old[key], dict) and isinstance(new[key], dict)
    }
    return old | new | both


def refusals(nodes: MappingNode) -> Iterator[ForbiddenSetting]:
    """Everything in a settings file that could run or fetch something, or that is not a setting."""
    if _measure_depth(nodes) > MAX_DEPTH:
        yield ForbiddenSetting(1, "is nested too deep: write it flat")
        return
    yield from _forbid_tags(nodes)
    for key, node in _map_values(nodes).items():
        if key in RULES:
            yield from RULES[key](node)
        elif key not in READ and key not in UNREAD:
            hint = did_you_mean(key, READ, "remove it")
            yield ForbiddenSetting(_locate(node), f"`{key}` is not a setting that this tool reads; {hint}")


def _measure_depth(nodes: Node) -> int:
    """How deep the nodes are nested, up to one more than is allowed."""
    depth, level = 0, [nodes]
    while level and depth <= MAX_DEPTH:
        depth += 1
        level = [inner for node in level for inner in _list_inner(node)]
    return depth


def _list_inner(node: Node) -> list[Node]:
    if isinstance(node, ScalarNode):
        return []
    return [part for pair in node.value for part in pair] if isinstance(node, MappingNode) else list(node.value)


def _forbid_tags(node: Node) -> Iterator[ForbiddenSetting]:
    if node.tag not in PLAIN_TAGS:
        name = str(node.tag).replace("tag:yaml.org,2002:", "!!")
        yield ForbiddenSetting(
            _locate(node), f"the tag `{name}` would run code or read this machine's surroundings: remove it", name
        )
    for inner in _list_inner(node):
        yield from _forbid_tags(inner)


def _read_text(node: Node) -> str:
    """The text of a value; what it is where it is none."""
    if isinstance(node, ScalarNode):
        return str(node.value)
    return "a mapping" if isinstance(node, MappingNode) else "a list"


def _forbid_address(node: Node) -> Iterator[ForbiddenSetting]:
    address = _read_text(node)
    with suppress(ValueError):
        if not address or (scheme(address) in ("https:", "http:") and urlsplit(address).hostname):
            return
    yield ForbiddenSetting(_locate(node), f"`{address}` is not a web address: write one such as https://example.org/")


def _forbid_unknown(what: str, known: Collection[str], node: Node) -> Iterator[ForbiddenSetting]:
    """The entries of a list of names, each perhaps with options, that are not known to be harmless."""
    entries = [node] if isinstance(node, (MappingNode, ScalarNode)) else node.value
    for entry in entries:
        for one, options in entry.value if isinstance(entry, MappingNode) else [(entry, None)]:
            name = _read_text(one)
            if name and name.removeprefix("markdown.extensions.") not in known:
                yield ForbiddenSetting(
                    _locate(one), f"the {what} `{name}` is code that this tool does not know: remove it", name
                )
            elif options is not None:
                yield from _forbid_markup(options, name)
                yield from _refuse_ids(options, name)
                others = _map_values(options).keys() - SEARCH_OPTIONS if what == "plugin" else ()
                yield from (
                    ForbiddenSetting(_locate(one), f"`{name}` has the option `{key}`: remove it", name)
                    for key in others
                )


def _refuse_ids(options: Node, name: str) -> Iterator[ForbiddenSetting]:
    """Options by which headings would get other ids than those that `check` knows."""
    for key, value in _map_values(options).items() if name.removeprefix("markdown.extensions.") == "toc" else ():
        if key == "slugify" or (key == "separator" and _read_text(value) != "-"):
            yield ForbiddenSetting(
                _locate(value), f"`toc` has the option `{key}`: links to headings would lead nowhere; remove it"
            )


def _forbid_each(what: str, node: Node) -> Iterator[ForbiddenSetting]:
    for one in node.value if isinstance(node, SequenceNode) else [node] if node.value else []:
        yield ForbiddenSetting(
            _locate(one), f"the {what} `{_read_text(one)}` would run code of this folder: remove it", _read_text(one)
        )


def _forbid_in_theme(node: Node) -> Iterator[ForbiddenSetting]:
    if isinstance(node, SequenceNode):
        yield ForbiddenSetting(_locate(node), "the theme is a list: write `theme: {name: material, font: false}`")
    values = {"name": node} if isinstance(node, ScalarNode) else _map_values(node)
    for key, value in values.items():
        name = f"theme.{key}"
        if key == "custom_dir":
            yield ForbiddenSetting(_locate(value), "the templates in `custom_dir` would run as code: remove it", name)
        elif key == "name" and _read_text(value) not in THEMES:
            yield ForbiddenSetting(
                _locate(value), f"the theme `{_read_text(value)}` is code that this tool does not know", name
            )
        elif key == "font" and (value.tag != BOOLEAN or _read_text(value).lower() not in ("false", "no", "off")):
            yield ForbiddenSetting(_locate(value), "a font is fetched from another host: write `font: false`", name)
        else:
            yield from _forbid_markup(value, name)


def _forbid_markup(node: Node, name: str) -> Iterator[ForbiddenSetting]:
    """Texts that a theme or an extension would put into pages as HTML, or fetch."""
    if isinstance(node, ScalarNode) and (set(node.value) & set('<>"') or scheme(node.value) or ODD.search(node.value)):
        yield ForbiddenSetting(
            _locate(node), f"`{node.value}` would be read as HTML, or fetched: write plain words", name
        )
    for inner in _list_inner(node):
        yield from _forbid_markup(inner, name)


RULES: dict[str, Callable[[Node], Iterator[ForbiddenSetting]]] = {
    "site_url": _forbid_address,
    "repo_url": _forbid_address,
    "plugins": partial(_forbid_unknown, "plugin", PLUGINS),
    "markdown_extensions": partial(_forbid_unknown, "extension", EXTENSIONS),
    "hooks": partial(_forbid_each, "hook"),
    "extra_templates": partial(_forbid_each, "template"),
    "theme": _forbid_in_theme,
}
