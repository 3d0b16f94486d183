# Everything runs from .venv, which the first target that needs it makes from the hashed lock.
PYTHON ?= python3
BIN := .venv/bin
BENCH := .venv-bench
MINUTES ?= 1
SEED ?= 1
STAMP := .venv/.installed
LOCK := $(BIN)/uv pip compile --no-config --quiet --universal --python-version 3.11 --generate-hashes --no-header

.DEFAULT_GOAL := help
.PHONY: help run preview test check lint format bench corrupt fuzz soak live cost lock wheel clean

help: ## this list
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1\t\2/p' Makefile | expand -t 20

$(STAMP): requirements-dev.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(None if sys.version_info >= (3, 11) else "tradebot needs Python 3.11 or newer: make PYTHON=python3.12")'
	@echo "Installing into .venv (once) ..."
	@$(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r requirements-dev.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

.venv: $(STAMP) ## the virtual environment

run: $(STAMP) ## ask in the terminal
	@$(BIN)/tradebot chat

preview: $(STAMP) ## the bot in a Discord of its own, in the browser, without a token
	@PYTHONPATH=tests $(BIN)/python -m discord_app.preview

check: $(STAMP) ## read and check the knowledge, run every intent's own tests
	@$(BIN)/tradebot check

lint: $(STAMP) ## ruff, mypy, layers
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports

test: lint ## everything that must pass before a change is merged
	$(BIN)/tradebot check
	$(BIN)/pytest --numprocesses auto --maxprocesses 4 --dist worksteal

format: $(STAMP) ## mend what ruff can mend
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

$(BENCH)/.installed: benchmarks/requirements.txt pyproject.toml
	@echo "Installing into $(BENCH) (once) ..."
	@$(PYTHON) -m venv $(BENCH)
	@$(BENCH)/bin/python -m pip install --quiet --disable-pip-version-check --editable . --requirement benchmarks/requirements.txt
	@touch $@

bench: $(BENCH)/.installed ## speed and accuracy beside public matchers, the curve, the names
	$(BENCH)/bin/python benchmarks/run.py
	$(BENCH)/bin/python benchmarks/curve.py
	$(BENCH)/bin/python benchmarks/names.py

corrupt: $(STAMP) ## damage the knowledge ten thousand times: every damage is refused or told (ten minutes)
	$(BIN)/python tests/corruption/corrupt.py

fuzz: $(BENCH)/.installed ## look for messages that break it, for MINUTES (one)
	@mkdir -p build
	$(BENCH)/bin/python tests/fuzz/fuzz_desk.py -max_total_time=$$(($(MINUTES) * 60)) -max_len=4096 -artifact_prefix=build/

soak: $(STAMP) ## the real bot under every fault at random, for MINUTES (one), by SEED
	PYTHONPATH=tests $(BIN)/python -m soak.run --minutes $(MINUTES) --seed $(SEED)

live: $(STAMP) ## how soon a saved file answers
	$(BIN)/python benchmarks/live.py

cost: $(STAMP) ## what the bot costs beside an echo bot
	$(BIN)/python benchmarks/cost.py

lock: $(STAMP) ## pin every dependency anew, with hashes
	$(LOCK) --upgrade pyproject.toml --output-file requirements.lock
	$(LOCK) --upgrade --group build --output-file requirements-build.lock
	$(LOCK) --upgrade pyproject.toml --extra dev --constraint requirements.lock --output-file requirements-dev.lock

wheel: $(STAMP) ## build dist/*.whl
	$(BIN)/python -m build --wheel --no-isolation

clean: ## forget everything that was made
	rm -rf .venv .venv-bench .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache build dist
