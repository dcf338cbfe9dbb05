# Two commands on a fresh machine: `make demo` and `make test`. Both install what they need into .venv.
# PYTHON picks another interpreter: make test PYTHON=python3.12
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: demo test lint bench measure docs browser clean help

help: ## show what there is
	@grep -E '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/'

$(VENV)/.installed: pyproject.toml constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[test]'
	touch $@

demo: $(VENV)/.installed ## run two fictional months from start to end
	$(BIN)/hope demo

test: $(VENV)/.installed lint browser ## everything: lint, types, rooms, tests
	$(BIN)/python -m pytest -n 2

lint: $(VENV)/.installed ## style, types, and who may import whom
	$(BIN)/ruff check pipeline tests bench
	$(BIN)/ruff format --check pipeline tests bench
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo

browser: $(VENV)/.installed ## a Chromium for the tests that look at pages, where one can be had
	@$(BIN)/python tests/browser.py --install

bench: $(VENV)/.installed ## speed beside lemon24/reader in one run, then 3,000 trials, then the standard
	$(BIN)/python bench/gather.py
	$(BIN)/python bench/trials.py
	$(BIN)/python bench/standard.py

measure: $(VENV)/.installed ## the standard against rated texts, where they are there; writes docs/measured.md
	$(BIN)/python tests/measure.py docs/measured.md

docs: $(VENV)/.installed ## write the pages that are made from the program
	HOPELINE_WRITE=1 $(BIN)/python -m pytest -q -n 0 tests/test_rules_page.py

clean: ## take away what the other targets made
	rm -rf $(VENV) .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis build *.egg-info
