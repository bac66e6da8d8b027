# Two commands on a fresh machine: `make lab` opens the notebooks, `make test` runs every check.
#
# Paths are relative and programs start as `python -m …`, because a folder may have a space in its
# name. .venv/installed-* remembers what was installed from where: when pyproject.toml or the setting
# for JupyterLab changes, or the folder moves, it is installed again.

.PHONY: help lab test fuzz benchmarks binder lite lite-check

help:
	@echo "make lab         install, and open JupyterLab on the start notebook"
	@echo "make test        install, and run every check"
	@echo "make fuzz        say some 25,000 odd things to the package, for up to half an hour"
	@echo "make benchmarks  measure the speeds this project promises"
	@echo "make binder      run the browser tests with the versions that Binder brings"
	@echo "make lite        build the course as a site that needs no server, in dist/lite"
	@echo "make lite-check  open such a site in a browser, with no network"
	@echo
	@echo "A particular Python:    make lab PYTHON=/path/to/python3"
	@echo "Options for JupyterLab: make lab LAB=\"--no-browser --port 8899\""
	@echo "A site that asks no other for anything: make lite LITE=--alone"

lab: .venv/bin/python
	@$(call install,lab,what the notebooks need)
	@.venv/bin/python -m cstools lab $(LAB)

test: .venv/bin/python
	@$(call install,test,what the checks need)
	@.venv/bin/python tests/every_check.py

fuzz: .venv/bin/python
	@$(call install,test,what the checks need)
	@.venv/bin/python -m pytest -q -n 2 --hypothesis-profile=fuzz tests/fuzz

benchmarks: .venv/bin/python
	@$(call install,test,what the benchmarks need)
	@.venv/bin/python benchmarks/run.py

binder: .venv/bin/python
	@.venv/bin/python tests/binder.py

lite: .venv/bin/python
	@$(call install,lab,what the course needs)
	@.venv/bin/python tests/lite/build.py $(LITE)

lite-check: .venv/bin/python
	@$(call install,test,what the checks need)
	@.venv/bin/python -m pytest -q tests/lite/offline.py

# The extras of pyproject.toml that each needs, and what is installed with them: "test" contains all.
extras-lab = lab,planner
brings-lab = lab
extras-test = test
brings-test = lab test

define install
	source="$$(pwd) $$(cat pyproject.toml cstools/data/lab/* | cksum)"; \
	if [ "$$(cat .venv/installed-$(1) 2>/dev/null)" != "$$source" ]; then \
	  echo "Installing $(2) into .venv; the first time this takes some minutes."; \
	  .venv/bin/python -m pip install --quiet --quiet --editable ".[$(extras-$(1))]" || exit 1; \
	  for part in $(brings-$(1)); do echo "$$source" > .venv/installed-$$part; done; \
	fi
endef

.venv/bin/python:
	@for python in $(PYTHON) python3.12 python3.13 python3.11 python3 python; do \
	  "$$python" -c "import sys; sys.exit(sys.version_info < (3, 11))" 2>/dev/null || continue; \
	  found="$$("$$python" --version)"; \
	  "$$python" -c "import ensurepip, venv" 2>/dev/null || continue; \
	  echo "Making .venv with $$found"; \
	  "$$python" -m venv --clear .venv && exit 0; \
	  rm -rf .venv; exit 1; \
	done; \
	if [ -n "$$found" ]; then \
	  echo "$$found is here, but it cannot make a virtual environment: its parts venv and"; \
	  echo "ensurepip are missing. On Debian or Ubuntu: sudo apt install python3-venv"; \
	else \
	  echo "No Python 3.11 or later was found. Install one (on Debian or Ubuntu: sudo apt install"; \
	  echo "python3 python3-venv), or name yours: make lab PYTHON=/path/to/python3"; \
	fi >&2; \
	exit 1
