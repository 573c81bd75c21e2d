# Every target sets up .venv first; it is done again only when pyproject.toml changes.
#   PYTHON=python3.12 make test     another interpreter (any Python >= 3.11)
#   make demo ARGS="--weeks 4"      options for the command behind the target
#   make simulate SEED=7            another seed
PYTHON ?= python3
ARGS ?=
SEED ?= 1
RUN := .venv/bin/python run.py
STAMP := .venv/.installed

.PHONY: help demo test lint format pages simulate bench clean
.DEFAULT_GOAL := help

help: ## what can be made
	@echo "make TARGET [ARGS=\"...\"] [PYTHON=python3.x]"
	@sed -n 's/^\([a-z]*\):.*## /  \1\t/p' $(MAKEFILE_LIST)

demo: $(STAMP) ## twelve weeks of a program on local calendars and mail; writes ./demo-out
	@$(RUN) demo $(ARGS)

test: $(STAMP) ## every test
	@.venv/bin/python -m pytest -n 4 --dist worksteal $(ARGS)

lint: $(STAMP) ## ruff, mypy --strict, import-linter, the tidy test
	@.venv/bin/ruff check .
	@.venv/bin/ruff format --check .
	@.venv/bin/mypy
	@.venv/bin/lint-imports --no-logo
	@.venv/bin/python -m pytest tests/test_tidy.py

format: $(STAMP) ## let ruff mend layout and imports
	@.venv/bin/ruff check --fix .
	@.venv/bin/ruff format .

pages: $(STAMP) ## write anew what is generated: docs of rules, settings, commands, privacy and measures, the schemas
	@.venv/bin/python -m daemon.mail.proved templates
	@.venv/bin/python -m tests.stories.book > docs/rules.md
	@.venv/bin/python -m tests.guides.book > docs/guides.md
	@.venv/bin/python -m tests.gallery en > docs/gallery.md
	@.venv/bin/python -m tests.gallery pt-BR > docs/gallery.pt-BR.md
	@.venv/bin/python -m daemon.settings > docs/settings.md
	@.venv/bin/python -m daemon.cli > docs/commands.md
	@.venv/bin/python -m daemon.privacy > docs/privacy.md
	@.venv/bin/python -m daemon.measures > docs/measures.md
	@for each in program people oneonone questions preset; do \
	  .venv/bin/python -m daemon.settings $$each > config/schema/$$each.json || exit 1; done

simulate: $(STAMP) ## a program-year with faults, acted people and checkers
	@$(RUN) simulate --pairings 25 --weeks 52 --seed $(SEED) --faults heavy $(ARGS)

bench: $(STAMP) ## our figures beside those of peers
	@.venv/bin/python -m tests.benchmarks $(ARGS)

clean: ## remove .venv and caches, never data
	@rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

$(STAMP): pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || \
	  { echo "oneonone needs Python 3.11 or newer; $(PYTHON) is $$($(PYTHON) --version 2>/dev/null || echo not there). Try: make PYTHON=python3.12 $(MAKECMDGOALS)" >&2; exit 1; }
	@echo "Setting up .venv (once; needs the network) ..."
	@test -x .venv/bin/pip || $(PYTHON) -m venv --clear .venv || \
	  { echo "No venv could be made. On Debian or Ubuntu: apt install python3-venv" >&2; exit 1; }
	@.venv/bin/python -m pip install -qq --disable-pip-version-check -e '.[dev]'
	@touch $@
