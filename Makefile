# Two commands on a fresh machine: `make demo` and `make test`. Both install what they need, the first time.
# PYTHON picks another interpreter, which gets an environment of its own: `make test PYTHON=python3.13` uses .venv-3.13.
PYTHON ?= python3
VENV := .venv$(if $(filter-out python3,$(PYTHON)),-$(shell $(PYTHON) -c 'import sys; print("%d.%d" % sys.version_info[:2])'))
BIN := $(VENV)/bin

.PHONY: help demo test suite lint wheel browser opinions broken long bench measure docs catalogs clean

help: ## show what there is
	@grep -E '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/'

$(VENV)/.installed: pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or later is needed; name one that you have: make PYTHON=python3.13")'
	@echo "Installing what is needed into $(VENV). That takes a minute or two, this time only, and the internet."
	@$(PYTHON) -m venv $(VENV)
	@PIP_CONSTRAINT=constraints.txt PIP_BUILD_CONSTRAINT=constraints.txt \
	  $(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[test]'
	@$(BIN)/python -m compileall -q pipeline
	@touch $@

demo: $(VENV)/.installed ## run two fictional months from start to end
	$(BIN)/hope demo

test: $(VENV)/.installed lint wheel browser opinions ## everything: lint, types, rooms, the wheel, tests
	$(BIN)/coverage erase
	$(BIN)/coverage run -m pytest -n 2 -m "not loading"
	$(BIN)/python -m pytest -m loading
	$(BIN)/coverage combine --quiet
	$(BIN)/coverage report

suite: $(VENV)/.installed wheel browser opinions ## the wheel and the tests alone, as `make long` runs them on other Pythons
	$(BIN)/python -m pytest -n 2 -m "not loading"
	$(BIN)/python -m pytest -m loading

lint: $(VENV)/.installed ## style, types, and who may import whom
	$(BIN)/ruff check pipeline tests bench
	$(BIN)/ruff format --check pipeline tests bench
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo

wheel: $(VENV)/.installed ## build the wheel, install it elsewhere, and run the demo there
	$(BIN)/python tests/wheel.py

browser: $(VENV)/.installed ## a Chromium for the tests that look at pages, where one can be had
	@$(BIN)/python tests/browser.py --install

opinions: $(VENV)/.installed ## other people's readers and checkers of mails and pages, where they can be had
	@$(BIN)/python tests/second_opinions.py --install

broken: $(VENV)/.installed browser opinions ## break each promise of the archive once, and see its test fail
	$(BIN)/python tests/broken.py

long: test ## the tests on every Python that can be found, then what takes longer
	@set -e; for python in $$($(PYTHON) tests/pythons.py | tail -n +2); do \
	  echo "== $$($$python --version) =="; $(MAKE) --no-print-directory suite PYTHON=$$python; done
	$(BIN)/python tests/same_bytes.py
	KILLS=20 $(BIN)/python -m pytest -n 2 tests/flow/test_site.py tests/flow/test_search.py tests/flow/test_crash.py -k killed
	LOOKS=all $(BIN)/python -m pytest tests/render/test_pages_in_browser.py -k acceptance_04
	$(MAKE) broken measure bench

bench: $(VENV)/.installed ## speed beside lemon24/reader in one run, then 3,000 trials, the standard, the mail, the archive beside Pelican
	$(BIN)/python bench/gather.py
	$(BIN)/python bench/trials.py
	$(BIN)/python bench/standard.py
	PYTHONPATH=tests $(BIN)/python bench/mail.py
	PYTHONPATH=tests $(BIN)/python bench/site.py

measure: $(VENV)/.installed ## the standard against rated texts, where they are there; writes docs/measured.md
	$(BIN)/python tests/measure.py docs/measured.md

docs: $(VENV)/.installed ## write the pages that are made from the program
	PYTHONIOENCODING=utf-8 $(BIN)/hope explain --all --format markdown > docs/rules.md

catalogs: $(VENV)/.installed ## bring the catalogs of all languages up to our sentences; `make catalogs LANGUAGE=fr` begins one
	$(BIN)/python tests/catalogs.py $(LANGUAGE)

clean: ## take away what the other targets made
	rm -rf .venv .venv-* .node .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis .coverage .coverage.* build dist *.egg-info pipeline/language/worked_out.json pipeline/language/catalogs/*.mo
