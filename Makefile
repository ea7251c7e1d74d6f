# One environment in .venv, made from pyproject.toml and constraints.txt, and made anew where one of them changed.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
ARGS   ?=

SHELL         := /bin/sh
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
MAKEFLAGS     += --no-builtin-rules

# Nothing is looked up outside while the program, its tests or its tools run.
export HF_HUB_OFFLINE                 := 1
export TOKENIZERS_PARALLELISM         := false
export PYRIGHT_PYTHON_IGNORE_WARNINGS := 1
export PIP_DISABLE_PIP_VERSION_CHECK  := 1

# Where they can be installed, tests may not leave out what needs other programs (see tools/test_programs.sh).
ifneq (,$(filter test,$(MAKECMDGOALS)))
export SYNCSAGE_TEST_REQUIRE ?= $(shell [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null && echo 1)
endif

# Build requirements of source packages are held to the constraints too; progress is shown to people, not to log files.
PIP     := { [ -t 1 ] || export PIP_QUIET=2; } && $(BIN)/python -m pip
INSTALL := $(PIP) install --constraint constraints.txt --build-constraint constraints.txt

.NOTPARALLEL:
.PHONY: help run test lint format types kb unit wheel bench bench-growth bench-interview bench-logs bench-matching \
	bench-service bench-startup clean demo programs test-rt

help: ## List what can be made
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-16s %s\n", $$1, $$2}' $(firstword $(MAKEFILE_LIST))

run: $(VENV)/installed ## Install what is needed and start the interview (ARGS="ask ..." for anything else)
	@$(BIN)/syncsage $(ARGS)

test: lint types kb unit wheel ## Everything that must hold: lint, types, knowledge, tests with coverage, the wheel

lint: $(VENV)/dev ## Style, format and the borders between the rooms
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports --no-cache

format: $(VENV)/dev ## Put the code into the house format
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

types: $(VENV)/dev ## mypy strict and pyright
	$(BIN)/mypy
	$(BIN)/pyright --pythonpath $(BIN)/python

kb: $(VENV)/dev ## Lint the knowledge base and run its own tests
	$(BIN)/syncsage kb lint
	$(BIN)/syncsage kb test

unit: $(VENV)/dev programs ## The tests, with branch coverage (ARGS="-k word" narrows them down)
	$(BIN)/python -m pytest --cov --cov-report=term $(ARGS)

programs: ## Install PostgreSQL and Chromium for the tests where they are missing (Debian, as root)
	@tools/test_programs.sh

wheel: $(VENV)/dev ## Build sdist and wheel, install the wheel in a clean environment and use it from elsewhere
	$(BIN)/python tools/check_wheel.py

bench: $(VENV)/dev ## Every benchmark, each against its peer
	@set -e; for bench in bench/*.py; do echo "== $$bench"; $(BIN)/python "$$bench"; done

bench-interview: $(VENV)/dev ## Made-up administrators, other strategies, the documents, the optimum (ARGS="--sites 500")
	$(BIN)/python bench/interview.py $(ARGS)

bench-logs: $(VENV)/dev ## Large logs against grep, with the truth of what is in them (ARGS="--size 1000" for 1 GB each)
	$(BIN)/python bench/logs.py $(ARGS)

bench-growth: $(VENV)/dev ## Load, answers and memory at 100 to 10,000 made-up entries (ARGS="--largest" for 100,000)
	$(BIN)/python bench/growth.py $(ARGS)

bench-startup: $(VENV)/dev ## Process start to first answer, and keys typed meanwhile, against peers (ARGS="--runs 21")
	$(BIN)/python bench/startup.py $(ARGS)
	$(BIN)/python bench/keys.py
	$(BIN)/python bench/pasting.py

bench-service: $(VENV)/dev ## Interviews by HTTP from 1, 8 and 64 clients, one and two workers, and memory (ARGS="--database URL")
	$(BIN)/python bench/service.py $(ARGS)

bench-matching: $(VENV)/dev ## Matching against peers and without each of its stages (ARGS="--cases FILE" for other texts)
	$(BIN)/python bench/matching.py $(ARGS)

test-rt: $(VENV)/dev ## Try the adapter for Request Tracker on Debian's, which is installed where it is missing
	$(BIN)/python tools/check_rt.py

demo: $(VENV)/dev ## Record an interview in a pseudo-terminal: docs/demo.svg and docs/demo.cast
	$(BIN)/python tools/demo.py

clean: ## Remove the environments, what was built, and all caches
	rm -rf $(VENV) .venv-wheel build dist engine/syncsage/vectors .coverage .coverage.* htmlcov \
		.hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	find . -type d \( -name __pycache__ -o -name .mypy_cache \) -prune -exec rm -rf {} +

# ------------------------------------------------------------------------------------------------------- environment
$(VENV)/made: constraints.txt
	@command -v $(PYTHON) >/dev/null 2>&1 || { \
		echo "SyncSage needs Python 3.11 or 3.12; '$(PYTHON)' is not there. Name one: make PYTHON=python3.12" >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 12))' || { \
		echo "SyncSage needs Python 3.11 or 3.12; '$(PYTHON)' is $$($(PYTHON) --version 2>&1)." \
			"Name another: make PYTHON=python3.12" >&2; exit 1; }
	@echo "Making $(VENV) (a minute or two; the packages take about 1.5 GB)"
	@$(PYTHON) -m venv --clear $(VENV)
	@$(PIP) install --constraint constraints.txt pip
	@touch $@

$(VENV)/installed: $(VENV)/made pyproject.toml
	@$(INSTALL) --editable '.[service]'
	@echo "Making the vectors of the knowledge (some seconds)"
	@$(BIN)/python tools/vectors.py
	@touch $@

$(VENV)/dev: $(VENV)/installed
	@$(INSTALL) --group dev
	@touch $@
