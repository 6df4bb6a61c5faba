"""Reads the files of a Zendesk account, as its API returns them: macros, dynamic content and locales."""

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
    """A Zendesk macro; `actions` include its comment."""

    id: int | str | None = None
    title: str
    active: bool = True
    description: str | None = None
    actions: list[ZendeskAction]
    restriction: Any = None
    updated_at: str | None = None


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
        """The name by which texts refer to it."""
        match = CONTENT.fullmatch((self.placeholder or "").strip())
        return match[1] if match else slug(self.name).replace("-", "_")


class ZendeskLocale(BaseModel):
    """A language of the account."""

    id: int | str
    locale: str


class CarriedTranslation(BaseModel):
    """What is carried of a translation; its text only if it cannot be derived from the variants."""

    of: str | None = None
    text: str | None = None
    variables: dict[str, dict[str, Any]] = {}


class Carried(BaseModel):
    """What our export adds about a macro: keys of the document as they are in its file."""

    model_config = ConfigDict(extra="allow")

    id: Identifier
    title: str
    locale: str
    version: str
    text: str | None = None
    html: str | None = None
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
    """Reads the files of an account into one. Raises UnfitInput."""
    whole: dict[str, list[Any]] = {key: [] for key in Account.model_fields}
    for path, text in files.items():
        for key, values in _parse_object(path, text).items():
            if key in whole and not isinstance(values, list):
                raise UnfitInput(f"{path}: `{key}` must be a list")
            if key in whole:
                whole[key] += values
    names = ", ".join(files)
    account = _validate(names, whole)
    if not account.macros:
        raise UnfitInput(f"{names} has no `macros`: save the API's response to /api/v2/macros.json there")
    return account


def read_locales(path: str, text: str) -> list[ZendeskLocale]:
    """Reads the languages of an account. Raises UnfitInput."""
    account = _validate(path, {"locales": _parse_object(path, text).get("locales")})
    if not account.locales:
        raise UnfitInput(f"{path} has no `locales`: save the API's response to /api/v2/locales.json there")
    return account.locales


def _validate(names: str, whole: dict[str, Any]) -> Account:
    try:
        return Account.model_validate(whole)
    except ValidationError as error:
        first = error.errors()[0]
        raise UnfitInput(f"{names}: {'.'.join(map(str, first['loc']))}: {first['msg'].lower()}") from None


def _parse_object(path: str, text: str) -> dict[str, Any]:
    try:
        data = json.loads(SURROGATE.sub("\ufffd", text))
        # An escape sequence such as `\ud83d` can spell half a character too.
        data = json.loads(SURROGATE.sub("\ufffd", json.dumps(data, ensure_ascii=False)))
    except RecursionError:
        raise UnfitInput(f"{path} is nested too deeply") from None
    except ValueError as error:
        raise UnfitInput(f"{path} is not valid JSON: {error}") from None
    if not isinstance(data, dict):
        raise UnfitInput(f"{path} is not a JSON object: it must have `macros`, `items` or `locales`")
    return data
