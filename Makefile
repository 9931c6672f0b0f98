# Two commands are all it takes: `make serve` to use it, `make test` to test it.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
PORT ?= 7860

.DEFAULT_GOAL := help
.PHONY: help serve test check format evals bench vectors clean chromium

help:  ## Show this list
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

$(VENV)/.base: pyproject.toml
	@$(PYTHON) -m venv $(VENV) || { echo 'Python 的 venv 模块不可用，请先安装：apt-get install python3-venv' >&2; exit 1; }
	$(BIN)/python -m pip install --quiet --upgrade 'pip>=25.1'
	$(BIN)/python -m pip install --quiet --editable .
	@touch $@

$(VENV)/.dev: $(VENV)/.base pyproject.toml
	$(BIN)/python -m pip install --quiet --group dev
	@touch $@

chromium:
	@sh tests/install_chromium.sh

serve: $(VENV)/.base  ## Install, build the index, open the page on 127.0.0.1:7860
	$(BIN)/zhengxin serve --port $(PORT)

test: $(VENV)/.dev chromium  ## Install what the tests need and run the whole suite
	$(BIN)/python -m pytest --cov --cov-report=term:skip-covered

check: $(VENV)/.dev  ## Formatting, lint, types, direction of imports
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: $(VENV)/.dev  ## Format and mend what can be mended by itself
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

evals: $(VENV)/.dev  ## Score answers and checks; fail on a drop against the baseline
	$(BIN)/python -m evals.run_evals

bench: $(VENV)/.dev  ## Time index, questions, checks, server; writes out/bench.json
	$(BIN)/python -m evals.bench

vectors: $(VENV)/.base  ## Embed the shipped texts anew (after editing captions or phrasings)
	$(BIN)/python -m assistant.shipped_vectors

clean:  ## Remove the virtual environment and everything made
	rm -rf $(VENV) out .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .coverage
