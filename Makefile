# The README's commands. `make map` and `make test` need nothing installed but
# Python 3.11 and, for the browser tests, a Chromium (fetched where apt-get may).

PYTHON ?= python3
BIN := .venv/bin
EXAMPLES := examples/january-2024.txt examples/incidents.csv

.PHONY: map test docs lint data check-data clean

map: .venv/installed
	$(BIN)/incident-map draw $(EXAMPLES) --published 2024-01-26 \
		--title "Iraq: incidents from an article and a table" -o map.html
	@echo "Open map.html in a browser; it needs no network."

test: .venv/installed-test
	@sh tests/browser/install-chromium.sh
	$(BIN)/python -m pytest -n 2 --dist loadfile

# Into build/docs: pages that open from a folder, their search included.
docs: .venv/installed-docs
	$(BIN)/sphinx-build --quiet --fail-on-warning docs build/docs

lint: .venv/installed-dev
	$(BIN)/ruff check .
	$(BIN)/biome check
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

data: .venv/installed
	$(BIN)/python -m gazetteer.build

check-data: .venv/installed
	$(BIN)/python -m gazetteer.build --check

clean:
	rm -rf .venv .cache build/docs docs/gallery docs/live map.html

.venv/installed: setup.cfg pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Python 3.11 or later is needed: make PYTHON=/path/to/python3.11 map"; exit 1; }
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --editable .
	@touch $@

.venv/installed-test: .venv/installed
	$(BIN)/python -m pip install --quiet --editable '.[test]'
	@touch $@

.venv/installed-docs: .venv/installed
	$(BIN)/python -m pip install --quiet --editable '.[docs]'
	@touch $@

.venv/installed-dev: .venv/installed
	$(BIN)/python -m pip install --quiet --editable '.[dev]'
	@touch $@
