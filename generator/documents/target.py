"""What a reference names: a document, perhaps a part of it, perhaps the version that its author read."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from pydantic_core import CoreSchema, core_schema

FORM = re.compile(r"(?P<id>[^#@\s]+)(?:\#(?P<part>[^#@\s]+))?(?:@(?P<version>[^#@\s]+))?")


class Target(NamedTuple):
    """`id#part@version` in its pieces, with the text as it is written; `id` is empty where it is not of that form."""

    text: str
    id: str
    part: str | None = None
    version: str | None = None

    @classmethod
    def parse(cls, written: str) -> Target:
        """A text as the target that it names."""
        text = written.strip()
        match = FORM.fullmatch(text)
        return cls(text, *match.groups()) if match else cls(text, "")

    @classmethod
    def of(cls, id: str, part: str | None = None, version: str | None = None) -> Target:
        """The target with these pieces."""
        name = f"{id}#{part}" if part else id
        return cls(f"{name}@{version}" if version else name, id, part, version)

    @property
    def name(self) -> str:
        """What it names, whatever the version: `id#part`."""
        return f"{self.id}#{self.part}" if self.part else self.id

    def __str__(self) -> str:
        return self.text

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: Any) -> CoreSchema:
        """A field of this type is written as a text."""
        as_text = core_schema.plain_serializer_function_ser_schema(str, return_schema=core_schema.str_schema())
        return core_schema.no_info_after_validator_function(cls.parse, core_schema.str_schema(), serialization=as_text)
