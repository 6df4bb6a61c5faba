"""In go the files of a Zendesk account as its API gives them, out come its macros, dynamic content and locales."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError

from generator.documents.fields import Identifier
from generator.exchange import UnfitInput
from generator.exchange.legible import slug

CONTENT = re.compile(r"\{\{\s*dc\.([\w.-]+)\s*\}\}")
SURROGATE = re.compile("[\ud800-\udfff]")


class ZendeskAction(BaseModel):
    """A field of the ticket and the value that the macro gives it."""

    field: str
    value: Any = None


class ZendeskMacro(BaseModel):
    """A macro of theirs; `actions` hold its comment too."""

    id: int | str | None = None
    title: str
    active: bool = True
    description: str | None = None
    actions: list[ZendeskAction]
    restriction: Any = None


class Variant(BaseModel):
    """A text of dynamic content in one language."""

    content: str
    locale_id: int | str
    active: bool = True
    outdated: bool = False


class Item(BaseModel):
    """Dynamic content: the same text in several languages."""

    name: str
    placeholder: str | None = None
    default_locale_id: int | str | None = None
    variants: list[Variant]

    @property
    def key(self) -> str:
        """The name by which texts ask for it."""
        found = CONTENT.fullmatch((self.placeholder or "").strip())
        return found[1] if found else slug(self.name).replace("-", "_")


class ZendeskLocale(BaseModel):
    """A language of the account."""

    id: int | str
    locale: str


class CarriedTranslation(BaseModel):
    """What is carried of a translation; its text stands here only where the variants would not give it."""

    of: str | None = None
    text: str | None = None
    variables: dict[str, dict[str, Any]] = {}


class Carried(BaseModel):
    """What an export of ours says of a macro besides: keys of the document as they stand in its file."""

    model_config = ConfigDict(extra="allow")

    id: Identifier
    title: str
    locale: str
    version: str
    text: str | None = None
    variables: dict[str, dict[str, Any]] = {}
    translations: dict[str, CarriedTranslation] = {}
    actions: list[dict[str, str]] | None = None
    history: list[dict[str, Any]] = []


class Account(BaseModel):
    """What the files hold."""

    macros: list[ZendeskMacro] = []
    items: list[Item] = []
    locales: list[ZendeskLocale] = []
    playbook: list[Carried] = []


def read_account(files: Mapping[str, str]) -> Account:
    """The files of an account in one. Raises Unfit."""
    whole: dict[str, list[Any]] = {key: [] for key in Account.model_fields}
    for path, text in files.items():
        for key, values in _parse_object(path, text).items():
            if key in whole and not isinstance(values, list):
                raise UnfitInput(f"{path}: `{key}` must be a list")
            if key in whole:
                whole[key] += values
    names = ", ".join(files)
    found = _validate(names, whole)
    if not found.macros:
        raise UnfitInput(f"{names} has no `macros`: save there what their API gives for /api/v2/macros.json")
    return found


def read_locales(path: str, text: str) -> list[ZendeskLocale]:
    """The languages of an account. Raises Unfit."""
    found = _validate(path, {"locales": _parse_object(path, text).get("locales")})
    if not found.locales:
        raise UnfitInput(f"{path} has no `locales`: save there what their API gives for /api/v2/locales.json")
    return found.locales


def _validate(names: str, whole: dict[str, Any]) -> Account:
    try:
        return Account.model_validate(whole)
    except ValidationError as error:
        first = error.errors()[0]
        raise UnfitInput(f"{names}: {'.'.join(map(str, first['loc']))}: {first['msg'].lower()}") from None


def _parse_object(path: str, text: str) -> dict[str, Any]:
    try:
        found = json.loads(SURROGATE.sub("\ufffd", text))
        # What an escape sequence spells can be half a sign too.
        found = json.loads(SURROGATE.sub("\ufffd", json.dumps(found, ensure_ascii=False)))
    except RecursionError:
        raise UnfitInput(f"{path} is nested too deep") from None
    except ValueError as error:
        raise UnfitInput(f"{path} is not valid JSON: {error}") from None
    if not isinstance(found, dict):
        raise UnfitInput(f"{path} is not a JSON object: it must hold `macros`, `items` or `locales`")
    return found
