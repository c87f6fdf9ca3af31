# Two commands on a fresh machine: `make` builds the book, `make test` tests the program. Both set up what is missing.
# It stays within GNU make 3.81, which is what macOS has.

PYTHON ?= python3
BIN := .venv/bin
STAMP := .venv/.octavo-setup
SETUP := tools/setup.py tools/natives.py tools/python.sh
# More options: `make pdf ARGS=--strict`, `make test ARGS="-k tables"`.
ARGS ?=

.PHONY: all html pdf epub test golden lint constraints clean help
.DEFAULT_GOAL := all

all: $(STAMP) ## set up what is missing, then build the book in source/ into dist/
	@$(BIN)/python build.py build $(ARGS)

html pdf epub: $(STAMP) ## build one format
	@$(BIN)/python build.py $@ $(ARGS)

test: $(STAMP) ## set up what is missing, then run the tests
	@$(BIN)/python -m pytest -n 2 $(ARGS)

golden: $(STAMP) ## write the golden files of the tests anew; read the difference before you commit it
	@$(BIN)/python -m pytest -n 2 --update-golden $(ARGS)

lint: $(STAMP) ## check style, format and types
	@$(BIN)/python -m ruff check
	@$(BIN)/python -m ruff format --check
	@$(BIN)/python -m mypy

constraints: ## pin the newest versions of all packages in constraints.txt
	@python="$$(sh tools/python.sh "$(PYTHON)")" && "$$python" tools/constraints.py

clean: ## remove dist/ and the caches; .venv stays
	@rm -rf dist .cache .mypy_cache .ruff_cache .pytest_cache

help: ## print this list
	@awk -F ':.*## ' '/^[a-z][a-z ]*:.*## / { printf "make %-16s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))

$(STAMP): pyproject.toml constraints.txt $(SETUP)
	@python="$$(sh tools/python.sh "$(PYTHON)")" && "$$python" tools/setup.py
