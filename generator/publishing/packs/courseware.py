"""Puts a course into the zip that a learning system takes: its files, what the system reads of it, and the record."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from typing import NamedTuple
from uuid import NAMESPACE_URL, uuid5

from generator.documents.text.plain import plain_text
from generator.documents.types.pack import Pack
from generator.publishing import BuildError
from generator.publishing.packs.archive import make_zip
from generator.publishing.packs.materials import Materials
from generator.publishing.packs.record import RECORD, write_record
from generator.publishing.pages.naming import PLAIN
from generator.publishing.training.course.course import CoursePlan

SESSION = "assets/session.js"
MOST = 60 << 20  # bytes of a zip; what systems take by default ends between 50 and 100 MB, and some stop at 64
MOST_FILES = 65_535  # more would need zip64, which old systems cannot read
FORBIDDEN = (".sh", ".py", ".php", ".cgi", ".pl", ".rb", ".asp", ".jsp", ".htaccess")  # of which some refuse the zip
UNPRINTED = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # what XML cannot hold
Describe = Callable[[Pack, str, Collection[str]], dict[str, bytes]]


class CourseFormat(NamedTuple):
    """How one kind of learning system gets a course: in which file, and how the course's scripts call the system.

    `describe` gives the files by which the system reads the course, from the pack, its summary, and the names of all
    other files.
    """

    file: str
    system: str
    describe: Describe


def write_whole(materials: Materials, form: CourseFormat) -> bytes:
    """The zip of the whole course. Raises BuildError where the system would refuse it."""
    return _write_courseware(materials, form, materials.course, materials.site)


def write_delta(materials: Materials, form: CourseFormat) -> bytes | None:
    """The zip of the course of what changed; None without a release before, or where nothing that is taught changed."""
    course = materials.delta_course
    return _write_courseware(materials, form, course, materials.delta_site) if course else None


def _write_courseware(
    materials: Materials, form: CourseFormat, course: CoursePlan, pages: Mapping[str, bytes]
) -> bytes:
    files = dict(pages)
    files[SESSION] += f'playbookSession.systems = ["{form.system}"];\n'.encode()
    summary = plain_text(materials.pack.summary, materials.readers.find)
    pack = materials.pack.model_copy(update={"id": course.id, "title": course.title})
    files |= form.describe(pack, summary, sorted([*files, RECORD]))
    files[RECORD] = write_record(materials.describe(), dict(sorted(files.items())))
    if told := find_unfit(files):
        raise BuildError(f"{materials.document.path}: learning systems would not take {told}")
    packed = make_zip(dict(sorted(files.items())), materials.moment)
    if len(packed) > MOST:
        told = f"a zip of {len(packed) / (1 << 20):.1f} MB, for most take {MOST >> 20} MB"
        hint = "put less into the pack, or make its attachments smaller"
        raise BuildError(f"{materials.document.path}: learning systems would not take {told}: {hint}")
    return packed


def find_unfit(names: Collection[str]) -> str:
    """What of these files a learning system would not take, and why; empty if it takes all."""
    if len(names) > MOST_FILES:
        return f"{len(names):,} files: put less into the pack"
    for name in sorted(names):
        if not all(PLAIN.fullmatch(part) for part in name.split("/")):
            return f"a file called {name!r}: give it a name of lower-case letters, digits and hyphens"
        if name.endswith(FORBIDDEN):
            return f"{name}, which could be run by a server: leave it out"
    return ""


def course_id(pack: Pack) -> str:
    """What a system knows the course by: another major version is another course, to be taken anew."""
    return f"course-{pack.id}-{pack.version.partition('.')[0]}"


def course_urn(pack: Pack, part: str = "") -> str:
    """The same for systems that want an address that is unique in the world; of its only unit with `part`."""
    return uuid5(NAMESPACE_URL, "\n".join(["playbook", pack.vendor, course_id(pack), part])).urn


def clip_text(text: str, most: int) -> str:
    """A text on one line that XML can hold, in at most so many characters."""
    line = " ".join(UNPRINTED.sub("", text).split())
    return line if len(line) <= most else f"{line[: most - 1].rstrip()}…"
