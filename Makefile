# make run: the main job. make test: all tests. Each sets itself up in .venv.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
WORKERS ?= auto
CASE ?= cases/enemy-of-my-enemy
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt

.PHONY: run test check study bench calibration docs clean

# Set-up also compiles the numerical kernels, so that the first run does not wait.
.setup/run: pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "cuibono needs Python 3.11 or newer: make PYTHON=python3.11 run"; exit 2; }
	@echo "setting up $(VENV) (once; some minutes)"
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --upgrade "pip>=25.1"
	@$(PIP) --editable .
	@$(BIN)/python -m cuibono.response.warm && $(BIN)/python -m cuibono.balance.warm \
	  && $(BIN)/python -m cuibono.record.warm
	@mkdir -p .setup && touch $@

.setup/test: .setup/run
	@$(PIP) --editable '.[docs,llm,spark]' --group test --group browser --group docs
	@$(BIN)/python -m cuibono.events.warm
	@touch $@

.setup/check: .setup/test
	@$(PIP) --group lint --group bench
	@touch $@

run: .setup/run
	@$(BIN)/cuibono run $(CASE)

# The tests of one file stay in one process; WORKERS=0 runs all of them in this one.
test: .setup/test
	$(BIN)/python -m pytest -m "not study" -p no:benchmark -n $(WORKERS) --maxprocesses 8 --dist loadscope $(ARGS)

study: .setup/test
	$(BIN)/python -m pytest -m study $(ARGS)

bench: .setup/check
	$(BIN)/python -m pytest benchmarks --benchmark-only $(ARGS)
	$(BIN)/python -m benchmarks.growth
	$(BIN)/python -m benchmarks.response_growth
	$(BIN)/python -m benchmarks.record_growth

# Goes on where it was stopped; about an hour and a half from nothing.
calibration: .setup/test
	$(BIN)/python -m benchmarks.record_calibration run
	$(BIN)/python -m benchmarks.record_calibration docs

docs: .setup/test
	$(BIN)/python -m sphinx -W --keep-going -q -b html docs build/docs

check: .setup/check test docs
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/deptry src
	$(BIN)/typos
	$(BIN)/towncrier build --draft --version next >/dev/null

clean:
	rm -rf build .setup .venv
