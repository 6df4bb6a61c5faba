"""Makes the trainer's kit of a pack: a zip for a wider audience than the pack's, and never inside a pack."""

from __future__ import annotations

from typing import Any

from generator.documents.types.sop import Sop
from generator.exchange.spreadsheet import write_sheet
from generator.library.packing import audience_of_trainers, too_narrow
from generator.publishing import BuildError
from generator.publishing.packs.archive import make_zip
from generator.publishing.packs.materials import Materials
from generator.publishing.packs.record import RECORD, write_record
from generator.publishing.packs.templates import fill_template
from generator.publishing.packs.trainer.calibration import CAUSES, HEADS, PEOPLE, choose_cases, list_rows
from generator.publishing.packs.trainer.plan import plan_sessions
from generator.publishing.training.formats import question_formats

SHEET = "agreement-sheet.csv"


def name_kit(pack: str, version: str) -> str:
    """The name of a kit's zip, and of the folder in it."""
    return f"{pack}-{version}-trainer"


def make_kit(materials: Materials, turn: int = 1) -> bytes:
    """The zip of a kit; another `turn` has other cases to calibrate with. Raises BuildError."""
    library, pack = materials.library, materials.pack
    assert library.vocabulary is not None
    trainers = audience_of_trainers(library.vocabulary, pack)
    if trainers not in library.vocabulary.audiences:
        raise BuildError(f"{materials.document.path}: `trainers` must be an audience of the vocabulary")
    if fault := too_narrow(library.vocabulary, pack):
        raise BuildError(f"{materials.document.path}: {fault[0]}; {fault[1]}")
    files = _write_files(materials, trainers, turn)
    told = materials.describe() | {
        "title": f"{pack.title.strip()}, trainer's kit",
        "audience": trainers,
        "for": pack.audience,
        "calibration": turn,
        "questions": len(materials.bank.questions),
    }
    files[RECORD] = write_record(told, files)
    home = name_kit(pack.id, pack.version)
    return make_zip({f"{home}/{name}": content for name, content in sorted(files.items())}, materials.moment)


def _write_files(materials: Materials, trainers: str, turn: int) -> dict[str, bytes]:
    pack, bank = materials.pack, materials.bank
    around = materials.library.for_audience(trainers)
    view = around.only(materials.contents.ids)
    seen = {
        f"{document.id}.{case.id}" for document, decision, _ in materials.readers.decisions for case in decision.cases
    }
    cases = choose_cases(view, materials.contents.taught, seen, turn)
    by_topic: dict[str, list[Any]] = {}
    for question in bank.questions:
        by_topic.setdefault(question.topic, []).append(question)
    values = {
        "pack": pack,
        "vendor": materials.vendor,
        "effective": materials.effective_day,
        "trainers": trainers,
        "content": materials.content_hash,
        "cases": cases,
        "people": PEOPLE,
        "causes": CAUSES,
        "turn": turn,
        "sheet": SHEET,
        "topics": [(view.by_id[name].body.title.strip(), some) for name, some in by_topic.items()],
        "sessions": list(plan_sessions(view, materials.contents, around)),
        "rubrics": [(document, sop) for document, sop in view.each(Sop) if sop.quality],
        "questions": len(bank.questions),
    }
    pages = ("answer-key", "calibration-cases", "calibration-agreed", "rubrics", "session-plan")
    files = {f"{name}.html": fill_template(f"{name}.html.j2", **values).encode() for name in pages}
    files["README.md"] = fill_template("kit.md.j2", **values).encode()
    files[SHEET] = write_sheet(HEADS, list_rows(cases))
    key = question_formats()["spreadsheet"].write(pack.title.strip(), bank.questions)
    assert isinstance(key, bytes)
    files["answer-key.csv"] = key
    return files
