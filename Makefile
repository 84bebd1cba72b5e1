# make demo    watch made-up referrals go all the way, offline
# make test    run the tests            make check   formatting, lint, types, import rules
# make serve   one machine, for real    make bench   the measurements    make samples   make the samples anew
# make assets  build the console's style sheet and scripts; demo, serve and test do it by themselves
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
SERVE ?=

.DEFAULT_GOAL := help
.PHONY: help assets demo test check serve samples bench bench-reading bench-matching bench-speed lock screenshots clean faults hostile fuzz privacy supply-chain

help:
	@sed -n 's/^# //p' Makefile

$(VENV)/.run: requirements/run.txt pyproject.toml
	@.ci/venv $(PYTHON) $(VENV) requirements/run.txt
	@touch $@

$(VENV)/.dev: requirements/dev.txt pyproject.toml
	@.ci/venv $(PYTHON) $(VENV) requirements/dev.txt
	@touch $(VENV)/.run $@

assets: $(VENV)/.run
	@.ci/assets $(BIN)/python

# The console's parts come from npm's registry: where that is out of reach, everything else goes on without a console, and says so.
demo: $(VENV)/.run
	@.ci/assets $(BIN)/python || true
	@$(BIN)/mash-intake demo $(if $(SERVE),--serve)

serve: $(VENV)/.run
	@.ci/assets $(BIN)/python || true
	@$(BIN)/mash-intake serve

check: $(VENV)/.dev
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

test: $(VENV)/.dev
	@.ci/packages dovecot-imapd libreoffice-writer fonts-liberation fonts-dejavu-core tesseract-ocr poppler-utils chromium postgresql
	@.ci/assets $(BIN)/python --dev
	@$(BIN)/pytest

samples: $(VENV)/.dev
	@.ci/packages libreoffice-writer fonts-liberation fonts-dejavu-core
	@$(BIN)/python -m samples.generate

bench: $(VENV)/.dev
	@$(BIN)/python -m benchmarks

# make bench-reading  how well forms are read: those with definitions in new fills, and layouts kept for the report
bench-reading: $(VENV)/.dev
	@echo "Known forms, new fills:" && $(BIN)/python -m benchmarks.reading.run --split fit --only known --per-layout 6 --seed 1234 --fresh --files $(VENV)/bench-known
	@echo "Layouts never seen:" && $(BIN)/python -m benchmarks.reading.run --split report --per-layout 4 --seed 1234 --fresh --files $(VENV)/bench-report

# make bench-matching  who is known: the whole table; a quarter of an hour, on an idle machine
bench-matching: $(VENV)/.dev $(VENV)/peers-matching/.made $(VENV)/peers-nomenklatura/.made
	@$(BIN)/python -m benchmarks.matching --peers $(VENV)/peers-matching --nomenklatura $(VENV)/peers-nomenklatura

# The peers need other versions of duckdb than each other. What cannot be installed here is said, and its lines of the table are left out.
$(VENV)/peers-%/.made: benchmarks/matching/peers-%.txt
	@echo "Installing $* and what it needs into $(@D) (a minute or three, once) ..."
	@$(PYTHON) -m venv $(@D) && { $(@D)/bin/pip install -q --disable-pip-version-check -r $< && touch $@ || { rm -rf $(@D); head -2 $<; echo "$* was not installed: its lines are left out"; }; }

# make hostile  333 hostile files and mails, each answered in time and in bounded memory, the next one unharmed
hostile: $(VENV)/.dev
	@.ci/packages libreoffice-writer tesseract-ocr poppler-utils
	@$(BIN)/python -m benchmarks.hostile

# make fuzz  mails, Word and PDF documents that nobody thought of, for MINUTES in all; finds are kept in tests/finds
MINUTES ?= 10
fuzz: $(VENV)/.dev
	@$(BIN)/python -m benchmarks.fuzz --minutes $(MINUTES)

# make faults  workers killed anywhere, every kind of fault, a long backlog; sizes by KILLS, MAILS, BACKLOG (about an hour and a half as they stand)
KILLS ?= 1000
MAILS ?= 2000
BACKLOG ?= 10000
faults: $(VENV)/.dev
	@.ci/packages dovecot-imapd postgresql
	@$(BIN)/python -m benchmarks.faults kinds
	@$(BIN)/python -m benchmarks.faults kills --kills $(KILLS) --mails $(MAILS) --commands 12
	@$(BIN)/python -m benchmarks.faults backlog --mails $(BACKLOG)

# make bench-speed  reading beside other readers, which get an environment of their own
bench-speed: $(VENV)/.dev
	@$(PYTHON) -m venv $(VENV)/peers && $(VENV)/peers/bin/pip install -q -r benchmarks/speed/peers.txt
	@$(BIN)/python -m benchmarks.speed.reading --peers $(VENV)/peers

# Needs uv; run after a change to pyproject.toml. No index or host is written into the files.
lock:
	uv pip compile pyproject.toml --extra build --extra dev --generate-hashes --python-version 3.11 --no-header --no-emit-index-url --no-emit-find-links --no-annotate -q -o requirements/dev.txt
	uv pip compile pyproject.toml --extra build --extra postgresql --generate-hashes --python-version 3.11 --no-header --no-emit-index-url --no-emit-find-links --no-annotate -q -c requirements/dev.txt -o requirements/run.txt

# make screenshots  pictures of the console's pages at three widths, in build/screenshots, to be looked at
screenshots: $(VENV)/.dev
	@$(BIN)/python -W ignore -m tests.review.journeys.screenshots

clean:
	rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis

# make privacy       real processes on mails full of markers, every stage failing: where does a personal word get to?
privacy: $(VENV)/.dev
	@$(BIN)/python -m benchmarks.privacy

# make supply-chain  known vulnerabilities, CycloneDX lists and licences of what is shipped
supply-chain: $(VENV)/.dev
	@$(BIN)/python .ci/supply_chain.py
