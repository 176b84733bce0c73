# Five commands matter: make demo, make test, make test-all, make check, make torture.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: demo test test-all test-fast check fmt goldens docs bench torture screenshots clean
.DEFAULT_GOAL := demo

$(VENV)/run.stamp: requirements.lock pyproject.toml
	@echo "Installing Tocsin into $(VENV) (about half a minute the first time)"
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --disable-pip-version-check -q -r requirements.lock
	@$(BIN)/python -m pip install --disable-pip-version-check -q --no-deps -e .
	@touch $@

$(VENV)/dev.stamp: $(VENV)/run.stamp requirements-dev.lock
	@echo "Installing the test tools"
	@$(BIN)/python -m pip install --disable-pip-version-check -q -r requirements-dev.lock
	@touch $@

demo: $(VENV)/run.stamp
	@$(BIN)/tocsin demo $(if $(filter 0,$(TOUR)),--no-tour) $(if $(EXIT),--exit) $(if $(SPEED),--speed $(SPEED)) $(if $(PORT),--port $(PORT))

test: $(VENV)/dev.stamp
	$(BIN)/python -m pytest $(or $(T),-n 3 --dist worksteal)

# What `make test` left out: stories on the second database, more examples, more trials. Not everything again.
test-all: $(VENV)/dev.stamp
	TOCSIN_TESTS=rest HYPOTHESIS_PROFILE=ci $(BIN)/python -m pytest $(or $(T),-n 3 --dist worksteal)

# The rules and the house style, while you write.
test-fast: $(VENV)/dev.stamp
	$(BIN)/python -m pytest $(or $(T),-n 2 tests/domain tests/test_architecture.py)

check: $(VENV)/dev.stamp
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/python -m pytest tests/test_architecture.py

fmt: $(VENV)/dev.stamp
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

goldens: $(VENV)/dev.stamp
	COLUMNS=100 $(BIN)/python -m tests.goldens.surface

docs: $(VENV)/dev.stamp
	$(BIN)/python -c "from handlers import verbs; print(verbs.markdown(), end='')" > docs/commands.md

bench: $(VENV)/dev.stamp
	$(BIN)/python -m tests.benchmarks $(B)

torture: $(VENV)/dev.stamp
	$(BIN)/python -m tests.torture $(ARGS)

screenshots: $(VENV)/dev.stamp
	$(BIN)/python -m tests.browser.screenshots

clean:
	rm -rf $(VENV) build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache
