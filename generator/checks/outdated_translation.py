"""A translation is older than the reply or the policy that it translates.

Members who read it are told what the original used to say. `of` names the version that was translated.

Bad:
    version: "2.0"
    translations: {es: {of: "1.2", text: "..."}}

Good:
    translations: {es: {of: "2.0", text: "..."}}
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.documents import Document
from generator.documents.types.macro import Macro
from generator.documents.types.policy import Policy
from generator.findings import Advice, Fault, Related, Spot
from generator.library.library import Library
from generator.library.timeline import order

SEVERITY = "warning"


def check(library: Library) -> Iterator[Fault]:
    for document, macro in library.each(Macro):
        for locale, translation in macro.translations.items():
            yield from _compare(document, "reply", locale, translation.of)
    for document, policy in library.each(Policy):
        for locale, translated in policy.translations.items():
            yield from _compare(document, "policy", locale, translated.of)


def _compare(document: Document, what: str, locale: str, of: str) -> Iterator[Fault]:
    spot, version = Spot(document.path, ("translations", locale, "of")), document.body.version
    here = Related(Spot(document.path, ("version",)), f"the {what}'s version")
    if order(of) < order(version) and not document.body.is_gone:
        message = f"the {locale} text translates {of}, but the {what} is at {version}"
        hint = Advice(f'bring the translation up to date, then write `of: "{version}"`', version, of)
        yield Fault(spot, message, hint, (here,))
    elif order(of) > order(version):
        message = f"the {locale} text translates {of}, which is newer than {version}"
        yield Fault(spot, message, f"fix `of`, or the {what}'s `version`", (here,))
