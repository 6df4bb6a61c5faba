"""Writes the Markdown of a knowledge base and an mkdocs.yml beside it, for a bare `mkdocs build` of the same pages.

With `all` every page is in the navigation, as MkDocs does by itself; with `index` only those that ours has.
"""

import json
import sys
from datetime import date
from pathlib import Path

import yaml

from generator import pipeline
from generator.files.tree import Folder
from generator.publishing.engines.assets import SCRIPTS, STYLES, paths
from generator.publishing.engines.mkdocs import write_pages
from generator.publishing.engines.settings import settings
from generator.publishing.pages.edition import Edition
from generator.publishing.pages.markdown import navigation

base, place, which = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]
library = pipeline.run(Folder(base), date(2026, 11, 23)).library.for_audience("internal")
edition = Edition("Bench", settings(base).source, for_staff=True)
write_pages(library, edition, settings(base), place / "docs", strict=True)
config = yaml.safe_load((base / "mkdocs.yml").read_text(encoding="utf-8"))
config["theme"]["features"] = ["navigation.prune", "navigation.indexes", "navigation.tabs"]
config |= {"extra_css": paths(STYLES), "extra_javascript": paths(SCRIPTS)}
del config["repo_url"], config["edit_uri"]
if which == "index":
    config["nav"] = json.loads(json.dumps(navigation(library, edition)))  # names are Markup, which YAML has no word for
(place / "mkdocs.yml").write_text(yaml.safe_dump(config, sort_keys=False), encoding="utf-8")
