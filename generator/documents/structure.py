"""Turns sources into typed documents, with a finding for every format error."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from posixpath import basename, splitext
from types import MappingProxyType
from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from generator.documents import Document, Kind, kind_of
from generator.documents.misplaced import report_misplaced
from generator.documents.model_keys import find_example, guess_key, is_model, is_wording, type_at
from generator.documents.unfinished import may_be_unfinished
from generator.documents.vocabulary import Vocabulary
from generator.documents.wrong_values import explain
from generator.files.misread import Misread
from generator.files.source import Source
from generator.findings import Advice, Finding, Keys, Ration, Spot, spell_keys
from generator.wording import fold

ROUNDS = 8


@dataclass
class Structured:
    """What was made of the sources.

    `malformed` has the sources with format errors: by their id, so that references to them do not seem broken, or by
    their path if the rest of the file still made a document.
    """

    vocabulary: Vocabulary | None = None
    documents: list[Document] = field(default_factory=list)
    malformed: dict[str, Source] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)


def structure(
    sources: Iterable[Source], known: Mapping[str, Document | Vocabulary] = MappingProxyType({})
) -> Structured:
    """Makes a document of every source, as far as its format allows; what is `known` by its path was made before."""
    result, sources = Structured(), list(sources)
    for source in sources:
        kind, made = kind_of(source.path), known.get(source.path)
        if isinstance(made, Document):
            result.documents.append(made)
            continue
        if isinstance(made, Vocabulary):
            result.vocabulary = made
            continue
        stem = splitext(basename(source.path.rstrip("/")))[0]
        if kind is None:
            _structure_vocabulary(source, result)
        elif source.data is None:
            is_known = stem not in result.malformed and not source.path.endswith("/")
            result.malformed[stem if is_known else source.path] = source
        else:
            _structure_document(source, kind, stem, result, sources)
    return result


def _structure_vocabulary(source: Source, result: Structured) -> None:
    if source.data is not None:
        body, findings = shape(source, Vocabulary, source.data)
        result.findings.extend(findings)
        result.vocabulary = body if isinstance(body, Vocabulary) and not findings else None
    if result.vocabulary is None:
        result.malformed[source.path] = source


def _structure_document(source: Source, kind: Kind, stem: str, result: Structured, sources: list[Source]) -> None:
    data = source.data or {}
    if kind.suffix == ".md":
        data.setdefault("id", stem)
    keys, mixed = list(data), kind.mixed(data)
    body, findings = (
        (None, [_report_mixed_forms(source, *mixed)]) if mixed else shape(source, kind.model_of(data), data)
    )
    if findings and (misplaced := report_misplaced(source, kind, keys, {one.path for one in sources})):
        result.findings.append(misplaced)
        # Nothing refers to a copy: what has its id is the document beside it.
        is_copy = any(one.path != source.path and splitext(basename(one.path))[0] == stem for one in sources)
        result.malformed[source.path if is_copy or stem in result.malformed else stem] = source
        return
    result.findings.extend(findings)
    if body is not None:
        unfinished, may_rename = may_be_unfinished(source.text), "formerly" in source.text
        has_addresses = "://" in source.text or "\\" in source.text  # an escape may spell the signs
        document = Document(kind, source.path, body, not findings, unfinished, may_rename, has_addresses)
        result.documents.append(document)
    if findings:
        known = data.get("id") if body is None else source.path
        name = known if isinstance(known, str) else stem
        result.malformed[name if name not in result.malformed else source.path] = source


def shape(source: Source, model: type[BaseModel], data: dict[str, Any]) -> tuple[Any, list[Finding]]:
    """The data as a model, with a finding for each format error.

    If what is wrong can be left out and the rest still makes a document, the rest is returned, so that one run finds
    what is wrong there too. None means that too much is missing.
    """
    ration = Ration()
    findings = [
        finding
        for entry in source.duplicates
        for finding in ration.take(source.path, "duplicate-key", partial(_report_duplicate, source, entry))
    ]
    misread = [one for one in source.misread if not one.may_be_meant or is_wording(model, one.keys)]
    for one in reversed(misread):
        if one.is_garbled and not is_wording(model, one.keys):
            _leave_out_value(source, data, one.keys)
    body, details = _validate(model, data)
    empty = [detail for detail in details if _is_empty(model, detail)]
    if empty:
        for detail in empty:
            _leave_out(source, data, detail)
        body, details = _validate(model, data)
    if misread:
        findings.extend(_report_misread(source, misread, {_read_keys(detail) for detail in details}, ration))
        told = {one.keys for one in misread if one.says_all}
        details = [detail for detail in details if _read_keys(detail) not in told]
    if details:
        findings.extend(_report_all(source, model, details, {_read_keys(detail) for detail in empty}, ration))
    findings.extend(ration.rest())
    stood_in: dict[str, Any] = {}
    for _ in range(ROUNDS):
        wanted = {str(keys[0]) for one in details if one["type"] == "missing" and len(keys := _read_keys(one)) == 1}
        fresh = {key: one for key, one in _stand_in(model, data).items() if key in wanted and key not in stood_in}
        removed = [str(_read_keys(one)[0]) in fresh or _leave_out(source, data, one) for one in reversed(details)]
        if not removed or not all(removed):
            break
        stood_in |= fresh
        body, details = _validate(model, stood_in | data)
    return body, findings


def _stand_in(model: type[BaseModel], data: dict[str, Any]) -> dict[str, Any]:
    """Values of keys that a document must have, with which no check finds more: one that is wrong hides nothing else.

    What is made with them is no sound document: it is checked, and never shown.
    """
    name = data.get("id")
    values = {"status": "draft", "title": f"Title of {name}", "summary": f"Summary of {name}."}
    return {key: value for key, value in values.items() if key in model.model_fields and isinstance(name, str)}


def _validate(model: type[BaseModel], data: dict[str, Any]) -> tuple[Any, list[ErrorDetails]]:
    try:
        return model.model_validate(data), []
    except ValidationError as error:
        return None, error.errors(include_url=False, include_input=True)


def _is_empty(model: type[BaseModel], detail: ErrorDetails) -> bool:
    """Whether the error is a known key without a value, which counts as absent.

    A name that the author chose does not, nor does a key that may be absent but not empty (`audience:` of a part).
    """
    return (
        detail["input"] is None
        and detail["type"] not in ("extra_forbidden", "missing", "no_value")
        and isinstance(detail["loc"][-1], str)
        and is_model(type_at(model, _read_keys(detail)[:-1]))
    )


def _leave_out(source: Source, data: Any, detail: ErrorDetails) -> bool:
    """Removes the innermost value that is wrong; false if the document itself lacks a key that it must have."""
    keys = _read_keys(detail)[:-1] if detail["type"] == "missing" else _read_keys(detail)
    return bool(keys) and _leave_out_value(source, data, keys)


def _leave_out_value(source: Source, data: Any, keys: Keys) -> bool:
    for key in keys[:-1]:
        try:
            data = data[key]
        except (KeyError, IndexError, TypeError):
            return True
    if isinstance(data, list):
        if isinstance(keys[-1], int) and keys[-1] < len(data):
            data.pop(keys[-1])
            source.left_out.append((keys[:-1], keys[-1]))
        return True
    if isinstance(data, dict):
        data.pop(keys[-1], None)
    return True


def _read_keys(detail: ErrorDetails) -> Keys:
    return tuple(key for key in detail["loc"] if key != "[key]")


def _report_duplicate(source: Source, entry: Any) -> Finding:
    return source.finding(
        source.place(entry.start, entry.end),
        "duplicate-key",
        "error",
        f"the key `{entry.key}` appears twice",
        "keep one of the two",
    )


def _report_misread(source: Source, misread: list[Misread], wrong: set[Keys], ration: Ration) -> Iterator[Finding]:
    """One finding for each, unless the value has the wrong format and that is all there is to say."""
    for one in misread:
        if one.says_all or one.keys not in wrong:
            yield from ration.take(source.path, "misread-text", partial(_make_misread, source, one))


def _make_misread(source: Source, one: Misread) -> Finding:
    return source.finding(source.place(one.start, one.end), "misread-text", "error", one.message, one.hint)


def _report_all(
    source: Source, model: type[BaseModel], details: list[ErrorDetails], empty: set[Keys], ration: Ration
) -> Iterator[Finding]:
    """One finding for each error; an unknown key that looks like a missing one is a single error."""
    missing = {_read_keys(detail) for detail in details if detail["type"] == "missing"}
    unknown = [_read_keys(detail) for detail in details if detail["type"] == "extra_forbidden"]
    is_short = any(detail["type"] == "string_too_short" for detail in details)
    sentences = {keys[:-1] for keys in unknown if not guess_key(model, keys)} if is_short else set()
    for detail in details:
        if detail["type"] == "extra_forbidden":
            find = partial(_report_unknown_key, source, model, _read_keys(detail), missing)
            yield from ration.take(source.path, "unknown-key", find)
        elif detail["type"] == "string_too_short" and _read_keys(detail)[:-1] in sentences:
            continue  # the text is there, but not indented
        elif detail["type"] != "missing":
            yield from ration.take(source.path, "invalid-value", partial(_report_invalid, source, detail))
    for keys in sorted(missing, key=str):
        value = _suggest_value(source, model, keys)
        find = partial(_report_valueless if keys in empty else _report_missing, source, keys, value)
        yield from ration.take(source.path, "missing-key", find)


def _suggest_value(source: Source, model: type[BaseModel], keys: Keys) -> str:
    """A value for a key that is missing: the version that was translated is that of the document."""
    version = (source.data or {}).get("version")
    if keys[-1] == "of" and keys[0] == "translations" and isinstance(version, str):
        return f'"{version}"'
    return find_example(model, keys)


def _report_unknown_key(source: Source, model: type[BaseModel], keys: Keys, missing: set[Keys]) -> Finding:
    """Reports the key, and removes the one that was probably meant from those that are missing."""
    meant = guess_key(model, keys)
    missing.discard((*keys[:-1], meant))
    hint = "remove it; `playbook schema` lists the keys"
    if meant:
        hint = Advice(f"did you mean `{meant}`?", meant, str(keys[-1]), fold(meant) == fold(str(keys[-1])))
    name, colon, value = str(keys[-1]).partition(":")
    if colon and meant == name:
        new = f"{name}: {value.strip()}"
        hint = Advice(f"write a space after the colon: `{new}`", new, str(keys[-1]), is_safe=True)
    elif " " in name:
        hint = "put quotes around a text that contains a comma or colon"
    place = source.locate(Spot(source.path, keys, key=True))
    if not (meant and meant == name) and (indent := source.indent_above(place.line)):
        hint = f"indent it by {indent} spaces, if it belongs to the text above, or remove it"
    return source.finding(place, "unknown-key", "error", f"the key `{keys[-1]}` is not known here", hint)


def _report_mixed_forms(source: Source, own: list[str], others: list[str]) -> Finding:
    first, second = (" and ".join(f"`{key}`" for key in keys) for keys in (own, others))
    place = source.locate(Spot(source.path, (own[0],), key=True))
    message = f"{first} cannot be used together with {second}"
    return source.finding(place, "unknown-key", "error", message, f"remove {first}, or {second}")


def _report_missing(source: Source, keys: Keys, value: str) -> Finding:
    place = source.locate(Spot(source.path, keys[:-1], key=isinstance(keys[-2], str) if keys[1:] else False))
    where = f" of `{spell_keys(keys[:-1])}`" if keys[1:] else ""
    message = f"the key `{keys[-1]}`{where} is missing"
    return source.finding(place, "missing-key", "error", message, f"add `{keys[-1]}: {value}`")


def _report_valueless(source: Source, keys: Keys, value: str) -> Finding:
    place = source.locate(Spot(source.path, keys, key=True))
    hint = f"add the value, as in `{keys[-1]}: {value}`"
    return source.finding(place, "missing-key", "error", f"the key `{spell_keys(keys)}` has no value", hint)


def _report_invalid(source: Source, detail: ErrorDetails) -> Finding:
    keys = _read_keys(detail)
    message, hint = explain(detail)
    spot = Spot(source.path, keys, key=detail["loc"][-1] == "[key]")
    return source.finding(source.locate(spot), "invalid-value", "error", f"`{spell_keys(keys)}` {message}", hint)
