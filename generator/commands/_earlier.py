"""Judges a knowledge base as it was on an earlier day, by the commit of its main line on that day."""

from __future__ import annotations

from datetime import date

from generator import pipeline
from generator.commands._knowledge_base import KnowledgeBase
from generator.commands._states import FOLDERS
from generator.files.repository import Repository
from generator.files.revision import SHORT, Revision
from generator.files.tree import Folder


def judge_now(base: KnowledgeBase) -> pipeline.Judgement:
    """All that is found today; what is made of the files is kept in the memory of the base, if it has one."""
    return pipeline.judge_gathered(Folder(base.root), *base.load())


def judge_on(base: KnowledgeBase, day: date) -> tuple[pipeline.Judgement, str]:
    """All that was found on a day, and the commit. Raises NoPast if the day or the commit cannot be read."""
    name, _ = Repository(base.root).commit_on(day)
    tree = Revision(base.root, name, FOLDERS)
    return pipeline.judge_gathered(tree, *pipeline.gather(tree, day, memory=base.memory)), name[:SHORT]
