# casebook: everything there is to do. `make help` lists the targets from the comments behind them.

PYTHON  ?= python3
RAW     ?= data/raw
OUT     ?= data/extracted
GOLD    ?=
ARGS    ?=
SCORER  ?= ../shared/eval/score.py
CORPUS  ?= ../shared/corpus

VENV    := .venv
BIN     := $(VENV)/bin
STAMP   := $(VENV)/.installed
PIP     := $(BIN)/python -m pip --disable-pip-version-check --quiet

.DEFAULT_GOAL := all
.PHONY: all install run figures review test score bench confidence model torture lint clean lock help

all: install run  ## set everything up (once), then read the papers in data/raw

install: $(STAMP)  ## make the virtual environment .venv with the pinned packages

# Made once. It needs the network the first time only, and again when the lock file changes.
$(STAMP): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 13))' \
	  || { echo "casebook needs Python 3.11 or 3.12; $(PYTHON) is `$(PYTHON) -V 2>&1`. Try: make PYTHON=python3.12"; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV) \
	  || { echo "The virtual environment could not be made. On Debian and Ubuntu: apt install python3-venv"; exit 1; }
	@echo "Installing into $(VENV) (the first time this takes a minute) ..."
	@$(PIP) install -r requirements.lock
	@$(PIP) uninstall --yes casebook 2> /dev/null # the name of casebook-extract up to 0.1.0
	@$(PIP) install --no-deps --no-build-isolation -e .
	@touch $@

run: $(STAMP)  ## read the papers in RAW (data/raw), write tables, pictures and report.html to OUT (data/extracted)
	@$(BIN)/casebook run $(RAW) $(OUT) $(ARGS); status=$$?; \
	test $$status -gt 1 || $(BIN)/casebook report $(RAW) $(OUT) || exit $$?; exit $$status

figures: $(STAMP)  ## draw the tables of OUT again: SVG and PNG in OUT/figures
	$(BIN)/casebook figures $(OUT) $(ARGS)

review: $(STAMP)  ## check and correct the rows in the browser (on this machine alone)
	$(BIN)/casebook review $(RAW) $(OUT) $(ARGS)

test: $(STAMP)  ## run every test
	$(BIN)/python -m pytest -n auto --dist worksteal

score: $(STAMP)  ## score against gold annotations: make score RAW=dir GOLD=dir [ARGS=--errors]
	@test -n "$(GOLD)" || { echo "Say where the gold annotations are: make score RAW=dir GOLD=dir"; exit 2; }
	@if test -f $(SCORER); then \
	  out=`mktemp -d` && trap 'rm -rf "$$out"' EXIT && \
	  $(BIN)/casebook run $(RAW) "$$out" --quiet && \
	  $(BIN)/python $(SCORER) "$$out" $(GOLD) $(ARGS); \
	else echo "No scorer at $(SCORER): nothing scored. Give another one with SCORER=file"; fi

bench: $(STAMP)  ## measure speed and memory beside the floor, and a batch of 2,000 papers
	$(BIN)/python bench/speed.py --corpus $(CORPUS)
	$(BIN)/python bench/batch.py --corpus $(CORPUS)

confidence: $(STAMP)  ## learn how sure rows are from judged ones, and measure it (the corpus has to be there)
	$(BIN)/python -W ignore -m bench.confidence --shared $(CORPUS)/.. --write --picture docs/img/reliability.png

model: $(STAMP)  ## train the model of names again from the texts in CORPUS (10 minutes on one core)
	mkdir -p build/model
	$(BIN)/python -m model.convert $(CORPUS) build/model
	OMP_NUM_THREADS=1 $(BIN)/python -m spacy train model/config.cfg --output build/model \
	  --paths.train build/model/train.spacy --paths.dev build/model/dev.spacy
	$(BIN)/python -m model.finish build/model/model-best build/model $(CORPUS) extractors/ner/trained

torture: $(STAMP)  ## damage files of every format, kill runs, starve them: what is promised has to hold (15 minutes)
	$(BIN)/python -m bench.torture $(ARGS)

lint: $(STAMP)  ## check style (ruff) and types (mypy)
	$(BIN)/ruff check .
	$(BIN)/mypy

clean:  ## remove the environment, the tables and everything else that can be made again
	rm -rf $(VENV) data/extracted build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# In an environment of its own, so that what happens to be in .venv does not get into the lock file.
lock:  ## pin the newest permitted versions of all packages in requirements.lock
	rm -rf $(VENV)-lock && $(PYTHON) -m venv $(VENV)-lock
	$(VENV)-lock/bin/python -m pip --disable-pip-version-check --quiet install -e '.[dev]' 'setuptools>=77'
	{ echo "# Pinned versions of everything, for running and developing. Made by: make lock"; \
	  $(VENV)-lock/bin/python -m pip --disable-pip-version-check freeze --exclude-editable --all \
	  | grep -v '^pip==' ; } > requirements.lock
	rm -rf $(VENV)-lock

help:  ## list the targets
	@awk -F ':.*  ## ' '/^[a-z]+:.*  ## / { printf "  make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)
