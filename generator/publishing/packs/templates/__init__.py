"""The texts that come with a pack, as templates: HTML is escaped, Markdown is plain."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from generator.files.templates import open_templates
from generator.publishing.pages import naming


def fill_template(name: str, **values: Any) -> str:
    """A template with its values. In HTML every text is shown as it is."""
    environment = open_templates(Path(__file__).parent, autoescape=name.endswith(".html.j2"))
    environment.filters.update(day=naming.day, duration=naming.duration)
    return environment.get_template(name).render(values)
