# What people run is what CI runs. Every target makes or refreshes .venv from the hashed locks first.
.DEFAULT_GOAL := help
SHELL := /bin/sh
PYTHON ?= python3
BIN := .venv/bin
export PORT ?= 8000
export DATA ?= ./var
VERSION = $(shell sed -n 's/^version = "\(.*\)"/\1/p' pyproject.toml)
# For `make test TESTS=tests/unit` or a single file; `make test CHANGED=1` runs what the change since main can reach.
TESTS ?= tests
CHANGED ?=
PIP_COMPILE := $(BIN)/pip-compile --quiet --strip-extras --generate-hashes \
	--no-emit-index-url --no-emit-trusted-host --no-emit-find-links \
	--unsafe-package django --unsafe-package asgiref --unsafe-package sqlparse

.PHONY: help run test test-databases test-thorough test-brokers test-containers faults check format bench endurance demo docs image up lock clean environment-run environment-test environment-dev environment-deploy servers screenshots

help: ## Show what can be made
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /\1\t/' | awk -F '\t' '{printf "  make %-16s %s\n", $$1, $$2}'

run: environment-run ## Serve the demo union on http://127.0.0.1:PORT (default 8000), data in DATA (default ./var)
	@exec $(BIN)/gonghui run

test: environment-test servers ## Run every test: real RabbitMQ and PostgreSQL, a real browser, nothing skipped
	@if [ "$(TESTS)" = tests ]; then set -x; $(BIN)/python -m tests.support.lanes $(if $(CHANGED),--changed); else set -x; $(BIN)/python -m pytest $(TESTS); fi

test-databases: environment-test servers ## Run every component test on PostgreSQL and on SQLite, not only those marked for both
	$(BIN)/python -m pytest --all-databases tests/component

test-thorough: environment-test servers ## Run the property tests with ten times the examples
	$(BIN)/python -m pytest --hypothesis-profile=thorough --timeout=3600 -m hypothesis tests/unit tests/component

test-containers: environment-test environment-deploy ## Build the image, run it, bring up Compose: on your Docker engine, or (root on Debian) a private one
	$(BIN)/python -m tests.support.engine $(BIN)/python -m pytest -rP tests/containers

test-brokers: environment-test servers ## Run the component suite on RabbitMQ 4 (Debian 13's, unpacked for it) and on yours, quorum queues on
	$(BIN)/python -m tests.support.brokers

faults: environment-test servers ## Lose a broker node, a database for minutes, a consumer 30 times, on RabbitMQ 4 and on yours: is anything lost or doubled?
	$(BIN)/python -m tests.support.brokers -s tests/faults

check: environment-dev environment-deploy ## Lint, format, types, import directions, documents up to date, everything under deploy/
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/gonghui docs --check
	$(BIN)/python -m pytest -q tests/deploy

format: environment-dev ## Format the code
	$(BIN)/ruff check --fix-only .
	$(BIN)/ruff format .

bench: environment-test servers ## Measure the real stack against limits measured in the same run
	$(BIN)/python -m tests.load

endurance: environment-test servers ## An hour of mixed load with 2,000 sign-ins; fails when a process exceeds its memory limit
	$(BIN)/python -m tests.load.endurance

demo: environment-run ## Make the synthetic demo union in DATA
	$(BIN)/gonghui demo

docs: environment-run ## Write the OpenAPI, AsyncAPI and event schema documents
	$(BIN)/gonghui docs

screenshots: environment-test ## Take the pictures of the README anew: the demo union in a browser
	$(BIN)/python -m tests.support.screenshots

image: ## Build the container image gonghui:local
	docker build --file deploy/image/Dockerfile --tag gonghui:local --build-arg VERSION=$(VERSION) --build-arg REVISION=$$(git rev-parse --short HEAD) $(IMAGE_FLAGS) .

up: ## Start everything in containers with Docker Compose
	@$(PYTHON) scripts/up.py

lock: environment-dev ## Resolve requirements/*.in anew into the hashed locks
	cd requirements && ../$(PIP_COMPILE) --upgrade --output-file run.lock run.in
	cd requirements && ../$(PIP_COMPILE) --upgrade --constraint run.lock --output-file test.lock test.in
	cd requirements && ../$(PIP_COMPILE) --upgrade --constraint test.lock --output-file dev.lock dev.in
	cd requirements && ../$(PIP_COMPILE) --upgrade --output-file deploy.lock deploy.in

clean: ## Remove the environment and what tools left; data in DATA stay
	rm -rf .venv .venv-deploy .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache *.egg-info

environment-run environment-test environment-dev environment-deploy: environment-%:
	@$(PYTHON) scripts/environment.py $*

servers:
	@$(BIN)/python -m tests.support.provide
