# Everything that a fresh machine with Python 3.11 or later needs: `make site`, `make test`.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.ready

.PHONY: help site serve check test packs bench clean

help:
	@echo "make site    build the site into site/"
	@echo "make serve   preview it while you write"
	@echo "make check   find every mistake in the knowledge base"
	@echo "make packs   build every vendor pack into dist/"
	@echo "make test    ruff, mypy and all tests, in a real browser too"
	@echo "make bench   measure the ratios that the project promises"
	@echo "make clean   remove what was built"

$(STAMP): pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or later is needed: make PYTHON=python3.11"; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { echo "Python's venv module is missing; on Debian: apt-get install python3-venv"; exit 1; }
	@echo "installing into $(VENV) ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev,browser,drawing]'
	@touch $@

site: $(STAMP)
	$(BIN)/playbook build

serve: $(STAMP)
	$(BIN)/playbook serve

check: $(STAMP)
	$(BIN)/playbook check

packs: $(STAMP)
	@for pack in content/packs/*.yaml; do $(BIN)/playbook pack build "$$(basename "$$pack" .yaml)" || exit 1; done

test: $(STAMP)
	@sh tests/browser/get_chromium.sh
	@sh tests/browser/get_axe.sh
	$(BIN)/ruff check generator tests benchmarks
	$(BIN)/ruff format --check generator tests benchmarks
	$(BIN)/mypy
	$(BIN)/playbook check
	$(BIN)/python -m pytest -n 2

bench: $(STAMP)
	$(BIN)/python benchmarks/bench.py

clean:
	rm -rf site dist  # what a killed command left in .playbook is for the next one to complete or to clear away
