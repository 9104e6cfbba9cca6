# Two commands on a fresh Debian or Ubuntu machine with Python 3.11+, pip and make:
#   make run    everything it needs, then the demonstration (in the window; without a display: told, and drawn to a file)
#   make test   everything it needs, then style, types, import rules, duplicates and the whole suite
#
# VENV=/some/venv INSTALL=0 uses an environment that has everything and touches nothing. OLDEST is the Python that the
# package is tried with, by default the system's own: the oldest one that people have.

PYTHON  ?= python3
OLDEST  ?= /usr/bin/python3
VENV    ?= .venv
INSTALL ?= 1
ARGS    ?=

BIN    := $(VENV)/bin
CODE   := trigger_studio tests packaging
PYTEST := $(BIN)/python -m pytest
SHOT   := build/demo.png
SHOTS  ?= build/screenshots

ifeq ($(INSTALL),1)
RUN_READY  := $(VENV)/.ready-run
TEST_READY := $(VENV)/.ready-test
endif

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help run test check lint types imports duplicates unit ui crash fuzz bench screenshots translations docs package lock clean

help:
	@sed -n 's/^#   //p' Makefile
	@echo "also: lint types imports duplicates unit ui crash fuzz bench screenshots translations docs package lock clean"

# ------------------------------------------------------------------------------------------------ for people
run: $(RUN_READY)
	@if [ -n "$$DISPLAY$$WAYLAND_DISPLAY" ]; then \
		$(BIN)/python -m trigger_studio demo $(ARGS); \
	else \
		mkdir -p $(dir $(SHOT)) && \
		$(BIN)/python -m trigger_studio demo --headless $(ARGS) && \
		QT_QPA_PLATFORM=offscreen $(BIN)/python -m trigger_studio demo --screenshot $(SHOT) $(ARGS) && \
		echo "No display here: the window is drawn in $(SHOT)."; \
	fi

test: $(TEST_READY) check
	@$(BIN)/python -m compileall -q trigger_studio tests  # the suite starts hundreds of processes
	$(PYTEST) -n auto --dist worksteal -m "not long" $(ARGS)

# ------------------------------------------------------------------------------------------------ one check each
check: lint types imports duplicates

lint: $(TEST_READY)
	$(BIN)/ruff check $(CODE)
	$(BIN)/ruff format --check $(CODE)

types: $(TEST_READY)
	$(BIN)/mypy

imports: $(TEST_READY)
	$(BIN)/lint-imports

duplicates: $(TEST_READY)
	$(BIN)/pylint --disable=all --enable=duplicate-code --score=no trigger_studio tests

unit: $(TEST_READY)
	$(PYTEST) tests/unit $(ARGS)

ui: $(TEST_READY)
	$(PYTEST) tests/ui $(ARGS)

crash: $(TEST_READY)
	$(PYTEST) -m long --timeout=1800 $(ARGS)

fuzz: $(TEST_READY)
	$(BIN)/python -m tests.fuzz $(ARGS)

bench: $(TEST_READY)
	$(BIN)/python -m tests.benchmarks $(ARGS)

# ------------------------------------------------------------------------------------------------ for maintainers
screenshots: $(RUN_READY)
	$(BIN)/python -m trigger_studio.app.screenshots $(SHOTS) $(ARGS)

translations: $(TEST_READY)
	PYTHONPATH=. $(BIN)/python packaging/translations.py

docs: $(TEST_READY)
	PYTHONPATH=. $(BIN)/python packaging/architecture.py $(ARGS)

package: $(TEST_READY)
	@if [ "$(INSTALL)" = 1 ]; then sh packaging/prepare.sh "$(OLDEST)" - package; fi
	$(OLDEST) packaging/build.py $(BIN)/python

lock: $(TEST_READY)
	$(BIN)/python packaging/lock.py $(ARGS)

clean:
	rm -rf build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find trigger_studio tests packaging -name __pycache__ -type d -prune -exec rm -rf {} +
	@if [ "$(VENV)" = .venv ]; then rm -rf .venv; fi

# ------------------------------------------------------------------------------------------------ the environment
$(VENV)/.ready-run: requirements.lock packaging/prepare.sh
	sh packaging/prepare.sh "$(PYTHON)" "$(VENV)" run requirements.lock
	@touch $@

$(VENV)/.ready-test: requirements-dev.lock packaging/prepare.sh
	sh packaging/prepare.sh "$(PYTHON)" "$(VENV)" test requirements-dev.lock
	@touch $@ $(VENV)/.ready-run
