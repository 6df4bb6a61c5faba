"""Turns sources into typed documents, with a finding for every format error."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import PurePosixPath
from typing import Annotated, Any, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from generator.documents import Document, Kind, kind_of
from generator.documents.vocabulary import Vocabulary
from generator.documents.wrong_values import explain
from generator.files.source import Source
from generator.findings import Finding, Keys, Ration, Spot, spell_keys
from generator.wording import nearest

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


def structure(sources: Iterable[Source]) -> Structured:
    """Makes a document of every source, as far as its format allows."""
    result = Structured()
    for source in sources:
        kind = kind_of(source.path)
        stem = PurePosixPath(source.path).stem
        if kind is None:
            _structure_vocabulary(source, result)
        elif source.data is None:
            is_known = stem not in result.malformed and not source.path.endswith("/")
            result.malformed[stem if is_known else source.path] = source
        else:
            _structure_document(source, kind, stem, result)
    return result


def _structure_vocabulary(source: Source, result: Structured) -> None:
    if source.data is not None:
        body, findings = shape(source, Vocabulary, source.data)
        result.findings.extend(findings)
        result.vocabulary = body if isinstance(body, Vocabulary) and not findings else None
    if result.vocabulary is None:
        result.malformed[source.path] = source


def _structure_document(source: Source, kind: Kind, stem: str, result: Structured) -> None:
    data = source.data or {}
    if kind.suffix == ".md":
        data.setdefault("id", stem)
    mixed = kind.mixed(data)
    body, findings = (
        (None, [_report_mixed_forms(source, *mixed)]) if mixed else shape(source, kind.model_of(data), data)
    )
    result.findings.extend(findings)
    if body is not None:
        result.documents.append(Document(kind, source.path, body, sound=not findings))
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
    body, details = _validate(model, data)
    empty = [detail for detail in details if _is_empty(model, detail)]
    if empty:
        for detail in empty:
            _leave_out(source, data, detail)
        body, details = _validate(model, data)
    findings.extend(_report_all(source, model, details, {_read_keys(detail) for detail in empty}, ration))
    findings.extend(ration.rest())
    for _ in range(ROUNDS):
        removed = [_leave_out(source, data, detail) for detail in reversed(details)]
        if not removed or not all(removed):
            break
        body, details = _validate(model, data)
    return body, findings


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
        and _is_model(_type_at(model, _read_keys(detail)[:-1]))
    )


def _leave_out(source: Source, data: Any, detail: ErrorDetails) -> bool:
    """Removes the innermost value that is wrong; false if the document itself lacks a key that it must have."""
    keys = _read_keys(detail)[:-1] if detail["type"] == "missing" else _read_keys(detail)
    if not keys:
        return False
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
    return Finding(
        source.place(entry.start, entry.end),
        "duplicate-key",
        "error",
        f"the key `{entry.key}` appears twice",
        "keep one of the two",
    )


def _report_all(
    source: Source, model: type[BaseModel], details: list[ErrorDetails], empty: set[Keys], ration: Ration
) -> Iterator[Finding]:
    """One finding for each error; an unknown key that looks like a missing one is a single error."""
    missing = {_read_keys(detail) for detail in details if detail["type"] == "missing"}
    for detail in details:
        if detail["type"] == "extra_forbidden":
            find = partial(_report_unknown_key, source, model, _read_keys(detail), missing)
            yield from ration.take(source.path, "unknown-key", find)
        elif detail["type"] != "missing":
            yield from ration.take(source.path, "invalid-value", partial(_report_invalid, source, detail))
    for keys in sorted(missing, key=str):
        find = partial(
            _report_valueless if keys in empty else _report_missing, source, keys, _find_example(model, keys)
        )
        yield from ration.take(source.path, "missing-key", find)


def _report_unknown_key(source: Source, model: type[BaseModel], keys: Keys, missing: set[Keys]) -> Finding:
    """Reports the key, and removes the one that was probably meant from those that are missing."""
    meant = _guess_key(model, keys)
    missing.discard((*keys[:-1], meant))
    hint = f"did you mean `{meant}`?" if meant else "remove it; `playbook schema` lists the keys"
    if " " in str(keys[-1]):
        hint = "put quotes around a text that contains a comma or colon"
    place = source.locate(Spot(source.path, keys, key=True))
    return Finding(place, "unknown-key", "error", f"the key `{keys[-1]}` is not known here", hint)


def _report_mixed_forms(source: Source, own: list[str], others: list[str]) -> Finding:
    first, second = (" and ".join(f"`{key}`" for key in keys) for keys in (own, others))
    place = source.locate(Spot(source.path, (own[0],), key=True))
    message = f"{first} cannot be used together with {second}"
    return Finding(place, "unknown-key", "error", message, f"remove {first}, or {second}")


def _report_missing(source: Source, keys: Keys, value: str) -> Finding:
    place = source.locate(Spot(source.path, keys[:-1], key=isinstance(keys[-2], str) if keys[1:] else False))
    where = f" of `{spell_keys(keys[:-1])}`" if keys[1:] else ""
    message = f"the key `{keys[-1]}`{where} is missing"
    return Finding(place, "missing-key", "error", message, f"add `{keys[-1]}: {value}`")


def _report_valueless(source: Source, keys: Keys, value: str) -> Finding:
    place = source.locate(Spot(source.path, keys, key=True))
    hint = f"add the value, as in `{keys[-1]}: {value}`"
    return Finding(place, "missing-key", "error", f"the key `{spell_keys(keys)}` has no value", hint)


def _report_invalid(source: Source, detail: ErrorDetails) -> Finding:
    keys = _read_keys(detail)
    message, hint = explain(detail)
    spot = Spot(source.path, keys, key=detail["loc"][-1] == "[key]")
    return Finding(source.locate(spot), "invalid-value", "error", f"`{spell_keys(keys)}` {message}", hint)


def _guess_key(model: type[BaseModel], keys: Keys) -> str:
    """The known key that is most similar to the unknown one at the end of `keys`; empty if none is similar."""
    hint = _type_at(model, keys[:-1])
    return nearest(str(keys[-1]), hint.model_fields) if _is_model(hint) else ""


def _find_example(model: type[BaseModel], keys: Keys) -> str:
    """A possible value of a key, for a hint: the field's first example, or dots if it has none."""
    above = _type_at(model, keys[:-1])
    examples = above.model_fields[str(keys[-1])].examples if _is_model(above) else None
    return str(examples[0]) if examples else "..."


def _type_at(model: type[BaseModel], keys: Keys) -> Any:
    hint: Any = model
    for key in keys:
        hint = hint.model_fields[str(key)].annotation if _is_model(hint) else get_args(hint)[-1]
        hint = _unwrap(hint)
    return hint


def _is_model(hint: Any) -> bool:
    return isinstance(hint, type) and issubclass(hint, BaseModel)


def _unwrap(hint: Any) -> Any:
    """The type without its annotations and without `| None`."""
    while True:
        if get_origin(hint) is Annotated:
            hint = get_args(hint)[0]
        elif type(None) in get_args(hint):
            hint = next(arm for arm in get_args(hint) if arm is not type(None))
        else:
            return hint
