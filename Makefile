# Everything one does here, as one word. What a target installs, it installs once: the stamps in .venv remember it.

PYTHON ?= python3
PORT ?= 8000

BIN := .venv/bin
PIP := $(BIN)/pip --quiet --disable-pip-version-check --no-input
LOCK := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
        --no-emit-index-url --no-emit-find-links --custom-compile-command 'make lock' $(UPGRADE) pyproject.toml
PO := $(wildcard lms/translations/*/LC_MESSAGES/messages.po)
MO := $(PO:.po=.mo)

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help setup run demo lint test test-long check bench translations lock

help:  ## list these commands
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1\t\2/p' Makefile | expand -t 22

setup: .venv/run $(MO)  ## install what running needs into .venv

run: setup  ## serve the demonstration on 127.0.0.1 (PORT=8000)
	@$(BIN)/lms run --port $(PORT)

demo: setup  ## fill an empty database with the demonstration, without serving it
	@$(BIN)/lms db upgrade
	@$(BIN)/lms courses publish courses --if-changed
	@$(BIN)/lms demo --if-empty

lint: .venv/dev  ## check style, types, templates and courses
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/djlint --lint --quiet lms
	$(BIN)/lms courses check courses

test: .venv/dev $(MO)  ## run the tests; what this machine lacks is left out and named
	$(BIN)/pytest --numprocesses 2 --dist worksteal

test-long: .venv/dev $(MO)  ## run the long forms of the promises
	$(BIN)/pytest -m long tests

check: lint test  ## do all that CI does

bench: .venv/dev $(MO)  ## measure every figure against its limit; fails at the end if one is missed
	@missed=; for script in $$(grep -l '^if __name__ == "__main__"' benchmarks/*.py); do \
	    $(BIN)/python -m benchmarks.$$(basename $$script .py) || missed="$$missed $$(basename $$script .py)"; \
	done; test -z "$$missed" || { echo "Missed:$$missed"; exit 1; }

translations: .venv/run  ## bring the catalogues up to date with the texts in the code
	@$(BIN)/pybabel --quiet extract --mapping-file pyproject.toml --keywords '_l lazy_ngettext:1,2' --add-location file \
	    --project 'Aarhus LMS' --version main --copyright-holder 'the authors of Aarhus LMS' \
	    --header-comment '# Texts of Aarhus LMS.' --output .venv/messages.pot lms
	@for language in kk ru; do \
	    $(BIN)/pybabel --quiet update --input-file .venv/messages.pot --output-dir lms/translations --locale $$language \
	        --init-missing --no-fuzzy-matching --ignore-obsolete --ignore-pot-creation-date || exit 1; \
	done

lock: .venv/made  ## write requirements/*.txt anew (UPGRADE=--upgrade takes newer versions)
	@$(PIP) install uv
	$(LOCK) --extra build --output-file requirements/run.txt
	$(LOCK) --extra build --extra dev --constraint requirements/run.txt --output-file requirements/dev.txt

.venv/made: requirements/venv.sh
	@sh requirements/venv.sh $(PYTHON) .venv
	@touch $@

# The project itself is installed in place, built by the locked setuptools: nothing is fetched that is not locked.
.venv/run .venv/dev: .venv/%: requirements/%.txt pyproject.toml .venv/made
	@echo "Installing $<"
	@$(PIP) install --require-hashes --requirement $<
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

.venv/dev: .venv/run

%.mo: %.po | .venv/run
	@$(BIN)/pybabel --quiet compile --input-file $< --output-file $@
