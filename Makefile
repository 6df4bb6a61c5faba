# Everything that a fresh machine with Python 3.11 or later needs: `make site`, `make test`.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
comma := ,
space := $() $()
STAMP := $(VENV)/.ready

# With LOCKED=1, just the versions and hashes in requirements.lock are installed, as continuous integration does.
LOCKED ?=

# What `make check` compares with, to find what changed silently: the branch that a change is for, as continuous
# integration names it, or else that of the remote, or else the last commit. `make check SINCE=REV` names another.
TARGET ?= $(or $(GITHUB_BASE_REF),$(CI_MERGE_REQUEST_TARGET_BRANCH_NAME))
KNOWN = $(shell for rev in origin/HEAD origin/main origin/master HEAD; do \
  git -c safe.directory='*' rev-parse --quiet --verify "$$rev^{commit}" >/dev/null 2>&1 && echo $$rev && break; done)
SINCE ?= $(if $(TARGET),origin/$(TARGET),$(KNOWN))
EXTRAS := dev browser dmn drawing excel lsp pdf sign word

.PHONY: help site serve check test tools learning-system style packs bench pictures lock audit wheel clean

help:
	@echo "make site    build the site into site/"
	@echo "make serve   preview it while you write"
	@echo "make check   find every mistake in the knowledge base, and what changed without a new version"
	@echo "make packs   build every vendor pack into dist/"
	@echo "make test    ruff, mypy and all tests, in a real browser too"
	@echo "make bench   measure the ratios that the project promises"
	@echo "make pictures  take the pictures in docs/pictures anew"
	@echo "make lock    write requirements.lock anew: the newest versions that pyproject.toml allows, with their hashes"
	@echo "make audit   look up known vulnerabilities of what is locked"
	@echo "make wheel   make the file that others install, in wheels/"
	@echo "make clean   remove what was built"
	@echo
	@echo "LOCKED=1 with any of them installs only what requirements.lock names, by hash"

$(STAMP): pyproject.toml $(wildcard requirements.lock)
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or later is needed: make PYTHON=python3.11"; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { echo "Python's venv module is missing; on Debian: apt-get install python3-venv"; exit 1; }
	@echo "installing into $(VENV) ..."
ifeq ($(LOCKED),)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-compile --editable '.[$(subst $(space),$(comma),$(EXTRAS))]'
else
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-compile --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
endif
	@touch $@

site: $(STAMP)
	$(BIN)/playbook build

serve: $(STAMP)
	$(BIN)/playbook serve

check: $(STAMP)
	$(BIN)/playbook check$(if $(SINCE), --since $(SINCE))

packs: $(STAMP)
	@sh tests/packs/get_programs.sh
	@for pack in content/packs/*.yaml; do $(BIN)/playbook pack build "$$(basename "$$pack" .yaml)" || exit 1; done

test: $(STAMP) tools learning-system style
	$(BIN)/python -m pytest -n 3 --dist worksteal

tools:
	@sh tests/browser/get_chromium.sh
	@sh tests/scripts/get_tools.sh
	@sh tests/packs/get_programs.sh

learning-system: $(STAMP)
	@sh tests/lms/get_openedx.sh $(BIN)/python

style: $(STAMP)
	$(BIN)/ruff check generator tests benchmarks
	$(BIN)/ruff format --check generator tests benchmarks
	$(BIN)/mypy
	$(BIN)/playbook check

bench: $(STAMP)
	$(BIN)/python benchmarks/bench.py
	$(BIN)/python benchmarks/again.py
	$(BIN)/python benchmarks/editing.py
	$(BIN)/python benchmarks/search/quality.py
	@sh tests/browser/get_chromium.sh
	$(BIN)/python benchmarks/search/browser.py

pictures: $(STAMP)
	@sh tests/browser/get_chromium.sh
	$(BIN)/python docs/pictures/take.py

lock: $(STAMP)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check 'uv>=0.5'
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --upgrade --no-header --no-annotate \
	  --no-emit-index-url --no-emit-find-links $(EXTRAS:%=--extra %) --output-file requirements.lock pyproject.toml

audit: $(STAMP)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check 'pip-audit>=2.7'
	$(BIN)/pip-audit --require-hashes --disable-pip -r requirements.lock

wheel: $(STAMP)
	@rm -rf wheels build
	@$(BIN)/python -m pip wheel --quiet --disable-pip-version-check --no-deps --no-build-isolation --wheel-dir wheels .
	@rm -rf build
	@ls wheels/*.whl

clean:
	rm -rf site dist wheels build  # what a killed command left in .playbook is for the next one to complete or to clear away
