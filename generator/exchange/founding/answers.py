"""What a knowledge base is founded on: the answers to a few questions, each as words with their names."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from babel import Locale, UnknownLocaleError
from babel.localedata import exists

from generator.documents.fields import RESERVED
from generator.documents.vocabulary import STAFF, VENDOR, Vocabulary
from generator.documents.wrong_values import VISIBLE
from generator.exchange import UnfitInput
from generator.exchange.legible import one_line, slug
from generator.wording import count, nearest

TEAMS = ("Trust and Safety",)
AUDIENCES = ("public", "vendor", "internal")
LOCALES = ("en",)
LONGEST = 80  # characters of a name: it is shown in menus and beside every title
OWN_WORD = re.compile(r"([A-Za-z0-9]+(?:-[A-Za-z0-9]+)*)\s*=\s*(.*)", re.DOTALL)
CODE = re.compile(r"([A-Za-z]{2,3})(?:-([A-Za-z]{4}))?(?:-([A-Za-z]{2}|[0-9]{3}))?")
LARGE = ("ar", "de", "es", "fr", "hi", "id", "it", "ja", "ko", "nl", "pl", "pt", "ru", "tr", "uk", "vi", "zh")
SSH = re.compile(r"(?:ssh://)?git@([\w.-]+)[:/](.+)")
BARE = re.compile(r"(?:[\w-]+\.)+[a-z]+/.+")
FORGE = re.compile(r"[\w.~-]+(?:/[\w.~-]+)+")


@dataclass(frozen=True)
class Answers:
    """Whose knowledge base it is. Teams, audiences, languages and vendors are names by their words.

    `repository` is an https address without `.git`; empty if nobody knows it yet.
    """

    organisation: str
    teams: dict[str, str]
    audiences: dict[str, str]
    locales: dict[str, str]
    vendors: dict[str, str] = field(default_factory=dict)
    repository: str = ""

    @property
    def outsiders(self) -> str:
        """The audience of the vendors' people, for which the examples are written; internal if there is no vendor."""
        below = list(self.audiences)[: list(self.audiences).index(STAFF)]
        if not self.vendors or not below:
            return STAFF
        return VENDOR if VENDOR in below else below[-1]


def answers_in(vocabulary: Vocabulary, repository: str = "") -> Answers:
    """The answers that a vocabulary gives already."""
    groups = (vocabulary.teams, vocabulary.audiences, vocabulary.locales, vocabulary.vendors)
    teams, audiences, locales, vendors = ({word: term.name for word, term in group.items()} for group in groups)
    return Answers(vocabulary.organisation, teams, audiences, locales, vendors, repository)


def read_organisation(text: str) -> str:
    """The name of the organisation. Raises UnfitInput."""
    return _read_name(text, "the organisation")


def read_teams(texts: Iterable[str]) -> dict[str, str]:
    """The teams by their words. Raises UnfitInput."""
    return _read_words(texts, "team") or read_teams(TEAMS)


def read_vendors(texts: Iterable[str]) -> dict[str, str]:
    """The vendors by their words. Raises UnfitInput."""
    return _read_words(texts, "vendor")


def read_audiences(texts: Iterable[str]) -> dict[str, str]:
    """The audiences by their words, least privileged first. Raises UnfitInput."""
    found = _read_words(texts, "audience") or read_audiences(AUDIENCES)
    if STAFF not in found:
        known = ", ".join(found)
        raise UnfitInput(
            f"the audiences {known} lack `{STAFF}`, for your own staff: add it, after those who may read less"
        )
    return {word: name[:1].upper() + name[1:] for word, name in found.items()}


def read_languages(texts: Iterable[str]) -> dict[str, str]:
    """The languages by their codes, each with its name in itself. Raises UnfitInput."""
    found = dict(map(_read_locale, filter(None, map(_tidy, texts))))
    return found or read_languages(LOCALES)


def read_repository(text: str) -> str:
    """The https address of a repository, also of one that is given for ssh. Raises UnfitInput."""
    given = _tidy(text)
    if not given:
        return ""
    at = SSH.fullmatch(given)
    try:
        parts = urlsplit(f"https://{at[1]}/{at[2]}" if at else f"https://{given}" if BARE.fullmatch(given) else given)
    except ValueError:
        parts = urlsplit("")
    path = parts.path.strip("/").removesuffix(".git")
    if parts.scheme != "https" or not parts.netloc or "@" in parts.netloc or not FORGE.fullmatch(path):
        raise UnfitInput(f"`{given}` is no address of a repository: write one such as https://github.com/acme/playbook")
    return f"https://{parts.netloc}/{path}"


def split_answer(text: str) -> list[str]:
    """The parts of an answer that names several with commas between them."""
    return [part for part in (_tidy(part) for part in text.split(",")) if part]


def _tidy(text: str) -> str:
    """The text on one line; bytes of a call that are no text become question marks."""
    return one_line(text.encode(errors="replace").decode())


def _read_words(texts: Iterable[str], what: str) -> dict[str, str]:
    """Names by their words: `word=Name` gives both, else the word is made from the name. Raises UnfitInput."""
    found: dict[str, str] = {}
    for text in filter(None, map(_tidy, texts)):
        own = OWN_WORD.fullmatch(text)
        name = _read_name(own[2] if own else text, f"the {what} `{own[1]}`" if own else f"the {what}")
        word = own[1] if own else slug(name)
        if not word or word.lower() in RESERVED:
            lacks = f"no word can be made from the name of the {what} `{name}`" if not word else f"`{word}` is reserved"
            raise UnfitInput(f"{lacks}: write a word of letters and digits before it, such as `first={name}`")
        if word in found:
            raise UnfitInput(
                f"the {what}s `{found[word]}` and `{name}` both get the word `{word}`: write another before one of "
                f"them, such as `{word}-2={name}`"
            )
        found[word] = name
    return found


def _read_name(text: str, what: str) -> str:
    name = _tidy(text)
    if not VISIBLE.search(name):
        raise UnfitInput(f"{what} has no name: write one")
    if len(name) > LONGEST:
        raise UnfitInput(f"{what} has a name of {count(len(name), 'character')}: use {LONGEST} at most")
    return name


def _read_locale(text: str) -> tuple[str, str]:
    """The code of a language as it is usually written, and its name in itself. Raises UnfitInput."""
    parts = CODE.fullmatch(text.replace("_", "-"))
    language, script, territory = parts.groups() if parts else ("", None, None)
    code = "-".join(filter(None, (language.lower(), (script or "").title(), (territory or "").upper())))
    try:
        locale = Locale.parse(code, sep="-")
    except (UnknownLocaleError, ValueError, TypeError):
        locale = None
    if locale is None or (locale.language, locale.territory) != (language.lower(), (territory or "").upper() or None):
        shown = text if len(text) <= 40 else f"{text[:40]}..."
        raise UnfitInput(f"`{shown}` is not the code of a language: {_suggest_code(text)}")
    name = locale.display_name or code
    return code, name[:1].upper() + name[1:]


def _suggest_code(text: str) -> str:
    """The code of the language that somebody named in English, or in itself if it is a large one."""
    english = {name.lower(): code for code, name in Locale("en").languages.items() if exists(code)}
    own = {(Locale(code).language_name or code).lower(): code for code in LARGE}
    code = (english | own).get(nearest(text, [*english, *own]), "") if len(text) > 3 else ""
    meant = f"did you mean `{code}` ({Locale('en').languages.get(code)})?"
    return meant if code else "write one such as en, es or pt-BR"
