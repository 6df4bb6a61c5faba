"""Makes the index of Material's search from Markdown and an mkdocs.yml; prints the seconds that its plugin took.

The pages themselves are left empty: a template has no part in the index, and most of the time.
"""

import shutil
import sys
import tempfile
from pathlib import Path
from time import perf_counter

import yaml
from material.plugins.search.plugin import SearchPlugin
from mkdocs.commands.build import build
from mkdocs.config import load_config

source, place = Path(sys.argv[1]), Path(sys.argv[2])
took = 0.0


def timed(name: str) -> None:
    method = getattr(SearchPlugin, name)

    def call(*arguments: object, **options: object) -> object:
        global took
        began = perf_counter()
        try:
            return method(*arguments, **options)
        finally:
            took += perf_counter() - began

    setattr(SearchPlugin, name, call)


timed("on_page_context")
timed("on_post_build")
with tempfile.TemporaryDirectory() as work:
    for name in ("main.html", "404.html"):
        (Path(work) / name).write_text("", encoding="utf-8")
    settings = yaml.safe_load((source / "mkdocs.yml").read_text(encoding="utf-8"))
    settings["plugins"] = ["search"]
    settings["theme"]["custom_dir"] = work
    settings |= {"docs_dir": str((source / "docs").resolve()), "site_dir": f"{work}/site", "validation": {}}
    path = Path(work) / "mkdocs.yml"
    path.write_text(yaml.safe_dump(settings), encoding="utf-8")
    build(load_config(str(path)))
    (place / "search").mkdir(exist_ok=True)
    shutil.copy(Path(work) / "site/search/search_index.json", place / "search")
print(took)
