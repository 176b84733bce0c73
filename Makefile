# `make help` lists the commands; the text behind ## is what it shows.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# Tests start hundreds of processes: with nothing compiled beside the sources, each would compile all it imports anew.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help demo test test-all test-fast coverage check fmt goldens docs bench torture screenshots clean
.DEFAULT_GOAL := demo

$(VENV)/run.stamp: requirements.lock pyproject.toml
	@echo "Installing Tocsin into $(VENV) (about half a minute the first time)"
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --disable-pip-version-check --progress-bar on -r requirements.lock
	@$(BIN)/python -m pip install --disable-pip-version-check -q --no-deps -e .
	@touch $@

$(VENV)/dev.stamp: $(VENV)/run.stamp requirements-dev.lock
	@echo "Installing the test tools"
	@$(BIN)/python -m pip install --disable-pip-version-check -q -r requirements-dev.lock
	@touch $@

help: ## this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /\1\t/' | while IFS="$$(printf '\t')" read -r name text; do printf 'make %-12s %s\n' "$$name" "$$text"; done

demo: $(VENV)/run.stamp ## the bot and a local Slack in your browser (TOUR=0, SPEED=60, PORT=3000, EXIT=1)
	@$(BIN)/tocsin demo $(if $(filter 0,$(TOUR)),--no-tour) $(if $(EXIT),--exit) $(if $(SPEED),--speed $(SPEED)) $(if $(PORT),--port $(PORT))

test: $(VENV)/dev.stamp ## the tests (T="tests/domain -k words" chooses some)
	$(BIN)/python -m pytest $(or $(T),-n 3 --dist worksteal)

# What `make test` left out: stories on the second database, more examples, more trials. Not everything again.
test-all: $(VENV)/dev.stamp ## what `make test` leaves out: the second database, more examples
	TOCSIN_TESTS=rest HYPOTHESIS_PROFILE=ci $(BIN)/python -m pytest $(or $(T),-n 3 --dist worksteal)

# The rules and the house style, while you write.
test-fast: $(VENV)/dev.stamp ## rules and house style, while you write
	$(BIN)/python -m pytest $(or $(T),-n 2 tests/domain tests/test_architecture.py)

coverage: $(VENV)/dev.stamp ## what the quick tests run through, by layer, held against a floor
	$(BIN)/python -m pytest $(or $(T),-n 3) --cov --cov-report=json:.coverage.json tests/domain tests/storage tests/goldens
	$(BIN)/python -m tests.coverage_floor .coverage.json

check: $(VENV)/dev.stamp ## format, lint, types and the import rules
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/python -m pytest tests/test_architecture.py

fmt: $(VENV)/dev.stamp ## repairs format and lint where it can
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

goldens: $(VENV)/dev.stamp ## writes the public surface down again (tests/goldens)
	COLUMNS=100 $(BIN)/python -m tests.goldens.surface

docs: $(VENV)/dev.stamp ## writes the generated pages and pictures of docs/
	$(BIN)/python -m tests.picture_of_layers
	$(BIN)/python -m bot.cli.reference.pages

bench: $(VENV)/dev.stamp ## speed and memory, as ratios (B="start imports")
	$(BIN)/python -m tests.benchmarks $(B)

torture: $(VENV)/dev.stamp ## kills the bot, breaks the network, counts what arrived
	$(BIN)/python -m tests.torture $(ARGS)

screenshots: $(VENV)/dev.stamp ## takes the pictures of the sandbox again
	$(BIN)/python -m tests.browser.screenshots

clean: ## removes what was built
	rm -rf $(VENV) .coverage* build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache
