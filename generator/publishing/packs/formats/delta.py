"""The course of what changed since the release before, for each system that the pack has the whole course for."""

from __future__ import annotations

from functools import partial

from generator.publishing.packs.courses import COURSES
from generator.publishing.packs.courseware import write_delta
from generator.publishing.packs.materials import WriteFile

BESIDE: dict[str, tuple[str, WriteFile]] = {
    name: (f"delta.{form.file}", partial(write_delta, form=form)) for name, form in COURSES.items()
}
