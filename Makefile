# The whole developer interface. Every verb installs what it needs into .venv from requirements.lock.
SHELL := /bin/bash
VENV := .venv
BIN := $(VENV)/bin
PYTHON ?= python3
UV := $(shell command -v uv 2>/dev/null || echo $(BIN)/uv)
EXTRAS := html,parquet,eval,otel,dev
export PYTHONDONTWRITEBYTECODE ?=

.PHONY: demo test check format lock docs record clean

# A stamp, so that a second call costs nothing.
$(VENV)/.installed: pyproject.toml requirements.lock
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@test -x "$(UV)" || $(BIN)/python -m pip install --quiet --disable-pip-version-check uv
	@$(UV) pip install --quiet --python $(BIN)/python --constraint requirements.lock --editable '.[$(EXTRAS)]'
	@touch $@

demo: $(VENV)/.installed ## extract an example with the embedded engine
	@$(BIN)/python examples/demo.py

test: $(VENV)/.installed ## run the tests: no network, no key
	@$(BIN)/python -m pytest

check: $(VENV)/.installed ## format, lint, types, floors, contracts, lock
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/pyright
	@$(BIN)/lint-imports
	@$(BIN)/llmx schema check
	@$(BIN)/python -m pytest tests/unit/test_lock.py

format: $(VENV)/.installed
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix --quiet .

lock: $(BIN)/python ## resolve the dependencies anew (versions and hashes, no addresses)
	@$(UV) pip compile --quiet --universal --python-version 3.11 --all-extras --generate-hashes --no-emit-index-url \
	  --no-emit-find-links --no-header --no-annotate --output-file requirements.lock pyproject.toml

docs: $(VENV)/.installed ## write docs/cli.md anew from the commands' own help
	@$(BIN)/python docs/build_cli.py

record: $(VENV)/.installed ## record the cassettes anew: needs LLMX_MODEL, LLMX_BASE_URL and a key
	@$(BIN)/python -m pytest tests/acceptance -m cassette --record-mode=rewrite

$(VENV)/.bench: $(VENV)/.installed
	@$(UV) pip install --quiet --python $(BIN)/python --constraint requirements.lock --editable '.[$(EXTRAS),bench]'
	@touch $@

# bench-grounding, bench-support, bench-overhead, bench-batch, bench-eval, bench-rules DATA=folder
bench-%: $(VENV)/.bench
	@$(BIN)/python benchmarks/$*/run.py $(if $(DATA),--data $(DATA)) $(ARGS)
	@$(BIN)/python benchmarks/join.py

clean:
	@rm -rf $(VENV) demo-out dist build .pytest_cache .ruff_cache .hypothesis
