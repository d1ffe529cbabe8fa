# Linghang 领航. Everything here sets itself up; `make run` is the first thing to try.
.DEFAULT_GOAL := help
.PHONY: help setup run test check format bench lock
.DELETE_ON_ERROR:

PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11 python; do \
	$$p -c 'import sys; raise SystemExit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
VENV := .venv
PIP := $(VENV)/bin/python -m pip --disable-pip-version-check --quiet install --require-hashes --no-deps

help: ## What can be made here
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-8s %s\n", $$1, $$2}'

$(VENV)/bin/python:
	@test -n "$(PYTHON)" || { echo "Linghang needs Python 3.11 or newer. Install it, or name it: make PYTHON=/path/to/python3.11 setup"; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); echo "Could not create $(VENV). On Debian and Ubuntu: apt install python3-venv"; exit 1; }

$(VENV)/.runtime: requirements/runtime.lock | $(VENV)/bin/python
	@echo "Installing what the bot needs into $(VENV) …"
	@$(PIP) -r requirements/runtime.lock
	@touch $@

$(VENV)/.dev: requirements/dev.lock $(VENV)/.runtime
	@echo "Installing what tests and checks need into $(VENV) …"
	@$(PIP) -r requirements/dev.lock
	@touch $@

OURS := bot branch handlers playground schedules storage texts

setup: $(VENV)/.runtime ## Only the set-up, into .venv
	@# whoever runs it may not write here: without this, each start would compile all of it
	@$(VENV)/bin/python -m compileall -q $(OURS)

run: setup ## Start: on Telegram with a token, otherwise the playground in your browser
	@exec $(VENV)/bin/python -m bot run --or-playground

test: $(VENV)/.dev ## All tests, in parallel
	@$(VENV)/bin/python -m pytest -n auto --dist worksteal

check: $(VENV)/.dev ## Format, lint, types, imports, content, texts
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/ruff check .
	$(VENV)/bin/mypy
	$(VENV)/bin/lint-imports
	$(VENV)/bin/python -m bot check --content
	$(VENV)/bin/python -m pytest -q tests/house tests/texts tests/content

format: $(VENV)/.dev ## Put the code into its format
	@$(VENV)/bin/ruff format .
	@$(VENV)/bin/ruff check --fix .

bench: $(VENV)/.dev ## The benchmarks (docs/benchmarks.md)
	@$(VENV)/bin/python -m benchmarks

lock: $(VENV)/.dev ## Renew the locked versions from requirements/*.in
	@for name in runtime dev; do $(VENV)/bin/uv pip compile --quiet --universal --python-version 3.11 \
		--generate-hashes --no-header --no-annotate --no-emit-index-url --no-emit-find-links \
		requirements/$$name.in -o requirements/$$name.lock || exit 1; done
