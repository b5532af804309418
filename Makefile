# Every target makes .venv itself; all it needs is Python 3.11 or newer, make and pip.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
DATA := examples/data
# What the tests need besides; without dlth (JAX, optax) its tests are skipped, and say so.
EXTRAS ?= dev,cluster,parquet,report
CERTIFICATES := build/certificates/tchakaloff

.PHONY: verify test test-fast mutants lint bench proofs prove clean

# Compress and certify real data, run the theorem checks, write build/report.{html,json}.
verify: $(VENV)/.core
	@mkdir -p $(CERTIFICATES)
	@for degree in 1 2 3 4; do \
	  $(BIN)/ucomp-verify compress $(DATA)/iris.csv -k $$degree -o build/iris-degree-$$degree.npz \
	    --certificate $(CERTIFICATES)/iris-degree-$$degree.json && \
	  $(BIN)/ucomp-verify compress $(DATA)/seattle-weather.csv -k $$degree -o build/seattle-weather-degree-$$degree.npz \
	    --certificate $(CERTIFICATES)/seattle-weather-degree-$$degree.json || exit 1; \
	done
	$(BIN)/ucomp-verify check --certificates build/certificates \
	  --html build/report.html --json build/report.json
	@echo "written: build/report.html and build/report.json"

# Everything; what needs an absent program or package is skipped with its reason.
test: $(VENV)/.dev
	$(BIN)/python -m pytest -n 2 -m "not slow"
	$(BIN)/python -m pytest -n 2 --dist loadfile --no-loadscope-reorder -m "slow and not mutation"

test-fast: $(VENV)/.dev
	$(BIN)/python -m pytest -n 2 -m "not slow"

# Change the kernel one operator at a time, and see that its tests notice: four minutes. Notes in
# survivors.toml for which kernel they did.
mutants: $(VENV)/.dev
	$(BIN)/python -m pytest -m mutation tests/kernel/mutation
	$(BIN)/python -m tests.kernel.mutation.noted

lint: $(VENV)/.dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/pyright
	$(BIN)/lint-imports

bench: $(VENV)/.dev
	$(BIN)/python -m pytest benchmarks --benchmark-only

# Search and compute all committed certificates anew.
proofs: $(VENV)/.core
	for script in proofs/*/prove.py; do echo $$script; $(BIN)/python $$script || exit 1; done

# Check the formal proofs here (needs Rocq: see proofs/rocq/packages.txt); writes build/rocq/checked.log.
prove:
	JOBS=2 sh proofs/rocq/check.sh

clean:
	rm -rf $(VENV) build dist .pytest_cache .ruff_cache .hypothesis .benchmarks mutants

# Debian splits ensurepip off; then the pip outside installs into the new environment.
$(BIN)/python:
	$(PYTHON) -m venv $(VENV) || \
	  { $(PYTHON) -m venv --clear --without-pip $(VENV) && \
	    $(PYTHON) -m pip --python $(VENV) install --quiet pip; }

$(VENV)/.core: $(BIN)/python pyproject.toml
	$(BIN)/python -m pip install --quiet --editable .
	@touch $@

$(VENV)/.dev: $(VENV)/.core
	$(BIN)/python -m pip install --quiet --editable '.[$(EXTRAS)]'
	@touch $@
