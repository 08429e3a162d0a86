# Two commands are enough: `make run` shows the service at work, `make test` tests it. `make help` lists the rest.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
# What Python has compiled is kept: a service or a test starts a hundred processes, and each would compile it anew.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help setup run up samples pictures test test-all test-rules test-postgres test-year chaos chaos-short simulate simulate-defects bench mutants wheel test-wheel audit try-newest check format lock clean

help: ## list every target
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F':.*## ' '{printf "  make %-16s %s\n", $$1, $$2}'

setup: $(READY) ## install everything into .venv, from the lock

$(READY): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "Cần Python 3.11 trở lên, đang có " + sys.version.split()[0] + "; đặt PYTHON=… rồi chạy lại")'
	@$(PYTHON) -c 'import shutil, sys; free = shutil.disk_usage(".").free // 2**20; sys.exit(0 if free > 1500 else f"Đĩa chỉ còn {free} MB, cần ít nhất 1500 MB")'
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "installing from requirements.lock …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $(READY)

run: $(READY) ## play the whole year 2024 as a rehearsal, then keep serving until Ctrl-C
	@$(BIN)/visits rehearse 2024 --keep

up: $(READY) ## run the live service until Ctrl-C
	@$(BIN)/visits up

# A year of three levels, and one of two: the structure of a province before and since 01/7/2025.
samples: $(READY) ## play 2024 and the example of 2026, write a sample of every document and docs/form-rules.md (needs pdftoppm)
	@$(BIN)/visits rehearse 2024 --home var/samples/2024
	@$(BIN)/visits rehearse 2026-vi-du --home var/samples/2026
	@$(BIN)/python -m tools.samples var/samples/2024 2024 docs/samples/2024-tinh-ba-cap
	@$(BIN)/python -m tools.samples var/samples/2026 2026 docs/samples/2026-tinh-hai-cap
	@$(BIN)/python -m tools.form_rules docs/samples docs/form-rules.md

pictures: $(READY) ## draw the pictures of the desk and of Prefect's pages in docs/pictures anew (needs Chromium)
	@VISITS_PICTURES=docs/pictures $(BIN)/python -m pytest tests/web/browser/test_pictures.py tests/web/browser/test_prefect_pages.py

# Two workers, each file whole in one of them: a file shares its browser, its service, its server. What takes long
# comes first (tests/conftest.py), so neither is left with it at the end.
SIDE_BY_SIDE := -n 2 --dist loadfile --no-loadscope-reorder
test: $(READY) ## every rule, route and step, one walk in a browser, the live schedules: minutes
	@$(BIN)/python -m pytest -m "not year and not slow" $(SIDE_BY_SIDE) --durations=10

test-all: $(READY) ## and everything for all roles, pages, runners; not the year (that is test-year)
	@$(BIN)/python -m pytest -m "not year" $(SIDE_BY_SIDE) --durations=10

test-rules: $(READY) ## the rules alone: seconds, without Prefect
	@$(BIN)/python -m pytest tests/domain

# The rooms that touch the database; the server comes out of a wheel, starts by itself and leaves nothing behind.
POSTGRES := tests/database tests/answers tests/tasks tests/overview tests/archive tests/papers tests/cli tests/web
test-postgres: $(READY) ## the same tests on PostgreSQL, of the rooms that touch the database; its server starts by itself
	@$(BIN)/python -m pytest $(POSTGRES) -m "not year and not slow" --database=postgresql $(SIDE_BY_SIDE) --durations=10

test-year: $(READY) ## the year 2024 under kill -9, power cuts, four months under a moved clock (needs libfaketime): the longest tests
	@$(BIN)/python -m pytest -m year -s --timeout 2400

# What looks at the libraries, in a venv of its own; installed once, and anew when a version here changes.
AUDIT := .venv-audit
AUDITORS := "pip-audit==2.10.1" "cyclonedx-bom==7.5.0"
$(AUDIT)/.ready: Makefile
	@$(PYTHON) -m venv --clear $(AUDIT)
	@$(AUDIT)/bin/python -m pip install --quiet --disable-pip-version-check $(AUDITORS) && touch $@

# One office and one fault at a time; ONLY="clock|rubbish" plays those whose name has such words, ADD=--add goes on where
# an earlier run ended (docs/reliability.md).
ROUNDS ?= 3
SEED ?= 1
ONLY ?=
ADD ?=
chaos: $(READY) ## accidents with real parts, ROUNDS=3 of them from SEED=1, the table into docs/reliability.md (root, libfaketime): hours
	@$(BIN)/python -m tests.chaos.run --rounds $(ROUNDS) --seed $(SEED) --only "$(ONLY)" --write $(ADD)

chaos-short: $(READY) ## a dozen of them, once: minutes
	@$(BIN)/python -m tests.chaos.run --short --seed $(SEED) --results build/chaos-short.jsonl

# One process, one core; a seed that breaks a promise is printed: python -m tests.simulation.run --seed N shows it again.
YEARS ?= 100
simulate: $(READY) ## play YEARS=1000 simulated years: every crash, answer and letter from a seed (docs/reliability.md)
	@PREFECT_HOME=$$(mktemp -d) $(BIN)/python -m tests.simulation.run $(YEARS)

simulate-defects: $(READY) ## put defects into the service, one at a time: does the simulator find each within 100 years?
	@PREFECT_HOME=$$(mktemp -d) $(BIN)/python -m tests.simulation.defects 100

# Forty minutes; a few with BENCH=quick, which writes to var/ and not to docs/.
BENCH ?=
bench: $(READY) ## measure what things cost, each against a reference in the same run (docs/benchmarks.md)
	@$(BIN)/python -m benchmarks.bench $(BENCH)

WHEEL := build/wheel
wheel: $(READY) $(AUDIT)/.ready ## build the wheel, into build/wheel
	@rm -rf $(WHEEL) build/lib build/bdist.* && mkdir -p $(WHEEL)
	@$(BIN)/python -m pip wheel --quiet --disable-pip-version-check --no-deps --no-build-isolation --wheel-dir $(WHEEL) .
	@$(BIN)/python -m deployments.runtime_lock | $(AUDIT)/bin/cyclonedx-py requirements - --pyproject pyproject.toml \
		--output-reproducible --of JSON --output-file $(WHEEL)/party-visits.cdx.json
	@rm -rf build/lib build/bdist.* && ls $(WHEEL)

test-wheel: wheel ## install the wheel into an empty venv in another folder, play 2024 there, and let the doctor look
	@place=$$(mktemp -d) && trap 'rm -rf "$$place"' EXIT && \
		$(PYTHON) -m venv $$place/venv && \
		$$place/venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock && \
		$$place/venv/bin/python -m pip install --quiet --disable-pip-version-check --no-deps $(WHEEL)/*.whl && \
		cd $$place && export HOME=$$place XDG_DATA_HOME=$$place/data && \
		venv/bin/visits rehearse 2024 --json >played.json && $$place/venv/bin/python -m json.tool played.json && \
		VISITS_MODE=rehearsal venv/bin/visits doctor

audit: $(READY) $(AUDIT)/.ready ## has a locked library a known weakness? By the file of advisories, without a network
	@$(BIN)/python -m tools.advisories audit $(AUDIT)/bin/pip-audit

# About half an hour; a few modules of domain/ only: make mutants MODULES="ladder deadline"
MUTANTS := .venv-mutants
mutants: $(READY) ## change domain/ wrongly in every small way: do its tests see it? (Cosmic Ray, in a venv of its own)
	@test -x $(MUTANTS)/bin/cosmic-ray || { $(PYTHON) -m venv $(MUTANTS) && \
		$(MUTANTS)/bin/python -m pip install --quiet --disable-pip-version-check "cosmic-ray==8.7.0"; }
	@mkdir -p var/mutants
	@$(MUTANTS)/bin/python tests/mutants/make.py >var/mutants/all.jsonl
	@$(BIN)/python -m tests.mutants.run var/mutants/all.jsonl var/mutants/alive.jsonl $(MODULES)

# Another one may be named: make try-newest PREFECT="prefect==3.9.1 sqlalchemy==2.1.9"
PREFECT ?= prefect
NEWEST := .venv-newest
try-newest: ## does the newest Prefect still do what we use of it? In a venv of its own; nothing of this one changes
	@$(PYTHON) -m venv --clear $(NEWEST)
	@$(NEWEST)/bin/python -c 'import tomllib; of = tomllib.load(open("pyproject.toml", "rb"))["project"]; print("\n".join(one for one in of["dependencies"] + ["pytest"] if not one.startswith("prefect")))' >$(NEWEST)/wanted.txt
	@echo "installing $(PREFECT) and the newest of everything else into $(NEWEST) …"
	@$(NEWEST)/bin/python -m pip install --quiet --disable-pip-version-check --upgrade $(PREFECT) -r $(NEWEST)/wanted.txt
	@$(NEWEST)/bin/python -m pip list --format=freeze | grep -iE '^(prefect|sqlalchemy|fastapi|pydantic)='
	@$(NEWEST)/bin/python -m pytest tests/flows/test_prefect_contract.py

check: $(READY) ## format, lint, types, direction of imports
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-cache

format: $(READY) ## let ruff put the code in order
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

lock: ## write requirements.lock anew from pyproject.toml (needs pip-tools)
	pip-compile --quiet --all-extras --strip-extras --allow-unsafe --generate-hashes \
		--no-emit-index-url --no-emit-find-links --no-header --output-file requirements.lock pyproject.toml

clean: ## remove what was built here; var/live stays
	rm -rf $(VENV) $(NEWEST) $(MUTANTS) $(AUDIT) var/rehearsal var/samples var/mutants .pytest_cache .mypy_cache .ruff_cache build *.egg-info
