"""The texts that come with a pack, as templates: HTML is escaped, Markdown is plain."""

from __future__ import annotations

from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from generator.publishing.pages import naming


def fill_template(name: str, **values: Any) -> str:
    """A template with its values. In HTML every text is shown as it is."""
    environment = Environment(
        loader=PackageLoader(__name__, "."),
        undefined=StrictUndefined,
        autoescape=name.endswith(".html.j2"),
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters.update(day=naming.day, duration=naming.duration)
    return environment.get_template(name).render(values)
