# Everything an operator or a developer does. `make` alone lists it.
.DEFAULT_GOAL := help
SHELL := /bin/bash

PYTHON ?= python3
PORT ?= 8000
BIN := .venv/bin
INSTALLED := .venv/installed
STATIC := var/static/staticfiles.json
WORKERS := -n 2
PAGES := $(wildcard tests/*/web)

.PHONY: help setup run messages test test-sqlite test-postgresql test-pages lint drill bench screens verify docs backup pins

help:  ## list the commands
	@awk -F':.*## ' '/^[a-z-]+:.*## / { printf "make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: $(INSTALLED)  ## install into .venv what the service and its tests need

$(INSTALLED): constraints.txt
	@$(PYTHON) .ci/needs.py setup
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@echo "Installing into .venv (a minute or two the first time)"
	@$(BIN)/python -m pip install -qq --disable-pip-version-check --require-hashes -r constraints.txt
	@touch $@

$(STATIC): $(INSTALLED) $(shell find static -type f)
	@$(BIN)/python manage.py collectstatic --no-input --verbosity 0
	@touch $@

run: $(STATIC)  ## the demo office on http://127.0.0.1:8000 (PORT=), with a worker beside it
	@$(PYTHON) .ci/needs.py run
	@$(BIN)/python manage.py migrate --verbosity 0
	@$(BIN)/python manage.py demo
	@PORT=$(PORT) PATH="$(CURDIR)/$(BIN):$$PATH" .ci/serve

test: test-sqlite test-postgresql  ## the suite on SQLite, then on PostgreSQL where a server answers

# Pages are tried on SQLite; before a merge .ci/run tries them on PostgreSQL as well.
test-postgresql: SUBJECT = $(PAGES:%=--ignore=%)
test-pages: SUBJECT = $(PAGES)

test-sqlite: $(INSTALLED)
	@$(PYTHON) .ci/needs.py test
	@echo "Tests on SQLite"
	@env -u TEST_DATABASE_URL $(BIN)/pytest $(WORKERS) -m "not drill and not postgresql and not browser"
	@env -u TEST_DATABASE_URL $(BIN)/pytest -m "browser and not drill"

test-postgresql test-pages: $(INSTALLED)
	@url="$$($(BIN)/python .ci/postgresql.py)"; \
	if [ -n "$$url" ]; then \
		echo "Tests on PostgreSQL"; \
		TEST_DATABASE_URL="$$url" $(BIN)/pytest $(WORKERS) -m "not drill and not browser" $(SUBJECT); \
	elif [ -n "$$CI" ]; then \
		echo "No PostgreSQL answers, and here it must."; exit 1; \
	else \
		echo "Not run: the tests on PostgreSQL. No server answers; set TEST_DATABASE_URL=postgres://user@host:5432/name"; \
	fi

lint: $(INSTALLED)  ## style, types, layers, templates, migrations, deployment settings
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy .
	@$(BIN)/lint-imports
	@$(BIN)/djlint --lint --quiet .
	@$(BIN)/bandit --quiet --recursive --configfile pyproject.toml accounts applicants config loans records reports workflows
	@$(BIN)/python manage.py makemigrations --check --dry-run
	@$(BIN)/python manage.py check
	@env $$($(BIN)/python .ci/production_environment.py) \
		$(BIN)/python manage.py check --deploy --fail-level WARNING --settings config.settings.production

drill: $(INSTALLED)  ## the long harnesses: crashes, storms, restores
	@url="$$($(BIN)/python .ci/postgresql.py)"; TEST_DATABASE_URL="$$url" $(BIN)/pytest -m "drill and not browser"
	@env -u TEST_DATABASE_URL $(BIN)/pytest -m "drill and browser"

bench: $(INSTALLED)  ## measure against the budgets of docs/performance.md
	@$(BIN)/python -m benchmarks

screens: $(INSTALLED)  ## draw a dozen of her pages into docs/screens (needs Chromium)
	@$(BIN)/python -m tests.screens

verify: $(INSTALLED)  ## every invariant that the database can show
	@$(BIN)/python manage.py verify

docs: $(INSTALLED)  ## redraw what the documentation takes from the code
	@$(BIN)/python manage.py draw_states

messages: $(INSTALLED)  ## collect what is said into locale/en and compile it (needs gettext)
	@$(BIN)/python manage.py makemessages -l en --ignore .venv --ignore tests --ignore var --no-obsolete --no-location
	@msgfmt --check-format -o locale/en/LC_MESSAGES/django.mo locale/en/LC_MESSAGES/django.po

backup: $(INSTALLED)  ## database and files into var/backups
	@$(BIN)/python manage.py backup

pins: $(INSTALLED)  ## write constraints.txt anew from requirements-dev.txt
	@$(BIN)/pip-compile --quiet --generate-hashes --allow-unsafe --no-strip-extras --no-header \
		--no-emit-index-url --no-emit-trusted-host --no-emit-find-links --output-file constraints.txt requirements-dev.txt
