"""A knowledge base with all that a reader may not see removed, or changed and more of it added.

What that is, is told by the models: the audiences of documents, parts and words, and fields that are only for some.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from copy import deepcopy
from typing import Any, get_args, get_origin

from models import LEADING, Data, bare, fields, is_line, is_model, model_of, role
from pydantic import BaseModel

from generator.documents import VOCABULARY
from generator.documents.fields import OnlyFor
from generator.documents.vocabulary import Vocabulary

Base = dict[str, Data]
Model = type[BaseModel]
ADDED, CHANGED = "zqadded", "zqchanged"
# Of what the starter library has none for your own staff; the rest is copied from what vendors see.
SAMPLES = {"Review": {"on": "2026-11-01", "by": "Somebody", "note": "Read."}}
# What must differ in a copy, so that it stands beside what it is a copy of.
FRESH = {
    "Change": {"version": "99.0", "on": "2026-11-02"},
    "PolicyVersion": {"version": "99.0", "effective": "2099-01-01"},
    "SectionChange": {"kind": "clarified", "to": None},
    "QueueTerm": {"order": []},
}


class Rank:
    """Who may see what in a vocabulary."""

    def __init__(self, base: Base, reader: str) -> None:
        self.words = list(base[VOCABULARY]["audiences"])
        self.reader = reader

    def sees(self, audience: str | None) -> bool:
        return audience is None or self.words.index(audience) <= self.words.index(self.reader)


def audience_of(model: Model, data: Any) -> str | None:
    """For whom a part, word or document is; None where it is for the readers of what it stands in."""
    if not is_model(model) or "audience" not in model.model_fields or not isinstance(data, dict):
        return None
    found: str | None = data.get("audience", model.model_fields["audience"].get_default())
    return found if isinstance(found, str) else None


def only_for(marks: tuple[Any, ...]) -> str | None:
    return next((mark.audience for mark in marks if isinstance(mark, OnlyFor)), None)


def items(hint: Any, value: Any) -> list[tuple[Any, Any, Any]]:
    """What is in a list or mapping: key, value, type."""
    if get_origin(hint) is list and isinstance(value, list):
        return [(number, one, bare(get_args(hint)[0])[0]) for number, one in enumerate(value)]
    if get_origin(hint) is dict and isinstance(value, dict):
        return [(name, one, bare(get_args(hint)[1])[0]) for name, one in value.items()]
    return []


class Removed:
    """Takes away what a reader may not see; words that something visible names keep their id and nothing more."""

    def __init__(self, base: Base, reader: str) -> None:
        self.rank, self.counts = Rank(base, reader), Counter[str]()
        kept = {path: data for path, data in base.items() if self._stays(model_of(path, data), data)}
        self.base = {path: self._model(model_of(path, data), data) for path, data in kept.items()}
        named = set(words(self.base))
        for group, hint in fields(Vocabulary):
            for word, term, model in items(bare(hint)[0], base[VOCABULARY].get(group)):
                if (group, word) in named and word not in self.base[VOCABULARY][group]:
                    needed = {name: term[name] for name in ("team", "audience") if name in term}
                    name = term["name"] if group == "vendors" else "N"  # a pack's readers know their own company
                    self.base[VOCABULARY][group][word] = {"name": name} | needed
                    self.counts[f"{model.__name__} kept by its word"] += 1
        audiences = base[VOCABULARY]["audiences"].items()
        self.base[VOCABULARY]["audiences"] = {
            word: term if self.rank.sees(word) else {"name": "N"}
            for word, term in audiences
            if self.rank.sees(word) or word == "internal" or ("audiences", word) in named
        }

    def _stays(self, model: Model, data: Any) -> bool:
        stays = self.rank.sees(audience_of(model, data))
        self.counts[model.__name__] += not stays
        return stays

    def _model(self, model: Model, data: Data) -> Data:
        found = {}
        for name, hint in fields(model):
            inner, marks = bare(hint)
            if name not in data:
                continue
            if (guard := only_for(marks)) and not self.rank.sees(guard):
                self.counts[f"{model.__name__}.{name}"] += 1
            else:
                found[name] = self._value(inner, data[name])
        return found

    def _value(self, hint: Any, value: Any) -> Any:
        if is_model(hint) and isinstance(value, dict):
            return self._model(hint, value)
        if not items(hint, value):
            return value
        kept = [(key, self._value(inner, one)) for key, one, inner in items(hint, value) if self._stays(inner, one)]
        return [one for _, one in kept] if isinstance(value, list) else dict(kept)


def words(base: Base) -> list[tuple[str, str]]:
    """Every word of the vocabulary that something names, with its group."""
    found: list[tuple[str, str]] = []

    def look(hint: Any, value: Any) -> None:
        inner, marks = bare(hint)
        known = role(marks)
        if known and known.name == "word" and isinstance(value, str):
            found.append((known.of, value))
        elif is_model(inner) and isinstance(value, dict):
            for name, of in fields(inner):
                look(of, value.get(name))
        elif get_origin(inner) in (list, dict):
            for _, one, _ in items(inner, value):
                look(get_args(inner)[-1], one)

    for path, data in base.items():
        look(model_of(path, data), data)
    return found


class Changed:
    """Changes the words of all that a reader may not see, and adds more of each kind of it."""

    def __init__(self, base: Base, reader: str) -> None:
        self.rank, self.counts, self.number = Rank(base, reader), Counter[str](), 0
        self.pool: dict[str, Data] = dict(SAMPLES)
        self.oldest, self.section = "1.0", ""
        self.copied = {word for word in self.rank.words if word == "internal" or self.rank.sees(word)}
        for path, data in base.items():
            self._each(model_of(path, data), data, lambda model, one: self.pool.setdefault(model.__name__, one))
        self.base = {path: self._document(path, data) for path, data in base.items()}
        for path, data in base.items():
            self.base.update(self._copies(path, data))
        for word, term in base[VOCABULARY].get("vendors", {}).items():
            self.base[VOCABULARY]["vendors"][word]["name"] = term["name"]  # its own people know it
        terms = self.base[VOCABULARY]["audiences"]
        for word in terms:
            if not self.rank.sees(word):
                terms[word] = {"name": CHANGED, "meaning": CHANGED}
                self.counts["audience"] += 1
        terms[ADDED] = {"name": ADDED}

    def _each(self, model: Model, data: Data, tell: Callable[[Model, Data], Any]) -> None:
        tell(model, data)
        for name, hint in fields(model):
            inner = bare(hint)[0]
            for _, one, of in items(inner, data.get(name)):
                if is_model(of) and isinstance(one, dict):
                    self._each(of, one, tell)
            if is_model(inner) and isinstance(data.get(name), dict):
                self._each(inner, data[name], tell)

    def _document(self, path: str, data: Data) -> Data:
        model = model_of(path, data)
        history = data.get("history") or [{}]
        self.oldest = str(history[-1].get("version", data.get("version")))
        self.section = next((section["id"] for section in data.get("sections", ())), "")
        hidden = not self.rank.sees(audience_of(model, data))
        self.counts[f"{model.__name__} changed"] += hidden
        made = self._model(model, data, hidden)
        if model.__name__ == "Policy" and not hidden:  # what speaks of a hidden part without an audience of its own
            new = next(section["id"] for section in made["sections"] if section["id"].startswith(ADDED))
            made["history"][-1].setdefault("changes", []).append({"section": new, "kind": "clarified", "note": CHANGED})
            self.counts["SectionChange of what is hidden"] += 1
        return made

    def _model(self, model: Model, data: Data, hidden: bool) -> Data:
        found = {}
        for name, hint in fields(model):
            inner, marks = bare(hint)
            guard = only_for(marks)
            if guard and not self.rank.sees(guard):
                found[name] = self._note(is_line(marks))
                self.counts[f"{model.__name__}.{name}"] += 1
            elif name in data or self._grows(inner):
                found[name] = self._value(hint, (model.__name__, name), data.get(name), hidden)
        return {name: value for name, value in found.items() if value is not None}

    def _note(self, line: bool) -> str:
        return CHANGED if line else f"# {CHANGED}\n\nSee [[restore-account]], [[vendor-onboarding]].\n\n- [ ] {CHANGED}"

    def _grows(self, hint: Any) -> bool:
        return get_origin(hint) in (list, dict) and "audience" in getattr(
            bare(get_args(hint)[-1])[0], "model_fields", ()
        )

    def _value(self, hint: Any, field: tuple[str, str], value: Any, hidden: bool) -> Any:
        inner, marks = bare(hint)
        if hidden and isinstance(value, str) and field not in LEADING:
            known = role(marks)
            return f"{value.rstrip()} {CHANGED}" if is_line(marks) or (known and known.name == "prose") else value
        if is_model(inner) and isinstance(value, dict):
            return self._model(inner, value, hidden)
        if get_origin(inner) not in (list, dict):
            return value
        of = get_args(inner)[-1]
        made = []
        for key, one, part in items(inner, value):
            gone = hidden or not self.rank.sees(audience_of(part, one))
            renamed = gone and get_origin(inner) is dict and is_line(bare(get_args(inner)[0])[1])
            made.append((f"{key} {CHANGED}" if renamed else key, self._value(of, field, one, gone)))
        like = next((one for _, one, _ in items(inner, value)), None)
        added = [self._added(bare(of)[0], like)] if self._grows(inner) and not hidden else []
        if not made and not added:
            return value
        if get_origin(inner) is list:
            return [*added, *(one for _, one in made)]
        more = {f"{ADDED}-{number}-{self.number}": one for number, one in enumerate(added)}
        last = {f"{name}-last": deepcopy(one) for name, one in more.items()}
        return {**more, **dict(made), **last} if value is not None else None

    def _added(self, model: Model, like: Data | None) -> Data:
        """One more part or word that the reader may not see, made like another."""
        assert like or model.__name__ in self.pool, f"give SAMPLES a {model.__name__}, so that it takes part"
        self.number += 1
        self.counts[f"{model.__name__} added"] += 1
        like = like or self.pool[model.__name__]
        one = self._model(model, deepcopy(like), True)
        one = {name: value for name, value in one.items() if name not in ("changes", "formerly")}
        if "id" in model.model_fields:
            one["id"] = f"{ADDED}-{self.number}"
        if "revised" in model.model_fields:
            one["revised"] = self.oldest
        if "section" in model.model_fields:
            one["section"] = self.section
        if "changes" in model.model_fields:  # which vendors must not be told of before its day
            one["changes"] = [{"section": self.section, "kind": "tightened", "note": CHANGED}]
        one |= FRESH.get(model.__name__, {}) | {"audience": "internal"}
        return {name: value for name, value in one.items() if value is not None}

    def _copies(self, path: str, data: Data) -> Base:
        """Documents for your own staff that refer to all that the original refers to; before and behind it."""
        model = model_of(path, data)
        if path == VOCABULARY or model.__name__ == "Pack" or audience_of(model, data) not in self.copied:
            return {}
        folder, _, name = path.rpartition("/")
        suffix = name.rpartition(".")[2]
        found = {}
        for first in ("0", "zq"):
            made = self._model(model, data, True) | {"id": f"{first}-{data['id']}"[:80], "audience": "internal"}
            made |= {
                "formerly": [f"{first}-was-{data['id']}"[:80]],
                "review_by": "2020-01-01",
                "reviewed": "2019-01-01",
            }
            made["text"] = f"{made['text']}\n\n![{ADDED}]({ADDED}.png)\n" if suffix == "md" else made.get("text")
            found[f"{folder}/{made['id']}.{suffix}"] = {key: one for key, one in made.items() if one is not None}
            self.counts[f"{model.__name__} added"] += 1
        return found
