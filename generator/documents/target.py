"""The target of a reference: a document, and optionally a part of it and the version that the author read."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any, NamedTuple

from pydantic_core import CoreSchema, core_schema

FORM = re.compile(r"(?P<id>[^#@\s]+)(?:\#(?P<part>[^#@\s]+))?(?:@(?P<version>[^#@\s]+))?")


class Target(NamedTuple):
    """The parts of `id#part@version`, with the text as written; `id` is empty if the text does not have that form."""

    text: str
    id: str
    part: str | None = None
    version: str | None = None

    @classmethod
    @lru_cache(maxsize=65536)
    def parse(cls, written: str) -> Target:
        """Parses a text; one that does not have the form is a target without an id.

        What several documents refer to is one object: ten thousand of them name 14,000 targets 110,000 times.
        """
        text = written.strip()
        match = FORM.fullmatch(text)
        return cls(text, *match.groups()) if match else cls(text, "")

    @classmethod
    def of(cls, id: str, part: str | None = None, version: str | None = None) -> Target:
        """Makes a target, and its text, from the parts."""
        name = f"{id}#{part}" if part else id
        return cls(f"{name}@{version}" if version else name, id, part, version)

    @property
    def name(self) -> str:
        """The target without its version: `id#part`."""
        return f"{self.id}#{self.part}" if self.part else self.id

    def __str__(self) -> str:
        return self.text

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: Any) -> CoreSchema:
        """Lets pydantic read a field of this type from a string, and write it as one."""
        as_text = core_schema.plain_serializer_function_ser_schema(str, return_schema=core_schema.str_schema())
        return core_schema.no_info_after_validator_function(cls.parse, core_schema.str_schema(), serialization=as_text)
