# `make site` builds everything there is to read; `make test` checks that it is right. Nothing else is needed first.

VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/ready
SITE_FLAGS ?=
CHECK_FLAGS ?=

.PHONY: site serve test browsers check screenshots weight format lock clean

site: $(READY)  ## build the site into site/
	$(BIN)/evidencebase build $(SITE_FLAGS)

serve: $(READY)  ## show the site on http://127.0.0.1:8000/ and follow every edit
	$(BIN)/evidencebase serve

test: $(READY) browsers  ## run every test
	$(BIN)/python -m pytest

browsers:  ## find Chromium and Firefox, or install Debian's
	@sh tests/browser/install.sh

check: $(READY)  ## format, lint, types and content, in seconds
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/evidencebase check $(CHECK_FLAGS)

screenshots: site  ## pictures of six kinds of pages in English and Arabic, in .cache/screenshots/
	$(BIN)/python benchmarks/screenshots.py site .cache/screenshots

weight: site  ## what the first view of each kind of page weighs; fails above the budget
	$(BIN)/python benchmarks/weight.py site

format: $(READY)  ## put the code into its one form
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

$(READY): requirements.lock pyproject.toml
	@python3 -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed"; exit 1; }
	python3 -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

lock:  ## write requirements.lock anew from pyproject.toml (needs uv)
	uv export --quiet --no-emit-project --all-groups --format requirements-txt --output-file requirements.lock

clean:
	rm -rf $(VENV) site .cache .mypy_cache .ruff_cache .pytest_cache .hypothesis
