# Every target sets up what it needs; a second run installs nothing.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: site test serve check audit bench fuzz break screenshot hostile sbom vulnerabilities lock clean

site: .venv/site.done  ## Build the site into site/
	$(BIN)/tipwijzer build

test: .venv/test.done  ## Run all tests, in a real browser where they need one
	$(BIN)/python -m pytest -n 3 --dist loadgroup

serve: .venv/site.done  ## Preview on http://127.0.0.1:8000, reloading after each edit
	$(BIN)/tipwijzer serve

check: .venv/site.done  ## Report all problems in tips and content
	$(BIN)/tipwijzer check

audit: .venv/test.done site  ## Audit every page for accessibility, with a report in the site; PAGES="tips/12*" for some
	cd tests && PYTHONPATH=.. ../$(BIN)/python -m audit ../site $(if $(PAGES),'$(PAGES)')

bench: .venv/test.done  ## Measure against plain MkDocs; TIPS="100 1000 10000" for more
	$(BIN)/python tests/bench.py $(TIPS)

fuzz: .venv/test.done site  ## Throw damaged input at all that reads from outside; FUZZ="--inputs 1000000 --seed 7"
	$(BIN)/python tests/fuzz.py $(FUZZ)

break: .venv/test.done  ## Kill builds, fill a disk and build twice at once
	$(BIN)/python tests/kill.py

screenshot: .venv/test.done site  ## Make the pictures in README and CONTRIBUTING anew
	$(BIN)/python tests/screenshot.py

hostile: .venv/test.done  ## Put attacks in all texts, and look in a browser whether one does anything (five minutes)
	$(BIN)/python tests/hostile.py

sbom: .venv/site.done .venv-tools/done  ## List all packages with their licences in sbom.json (CycloneDX)
	.venv-tools/bin/cyclonedx-py environment --pyproject pyproject.toml --mc-type application --output-reproducible -o sbom.json $(BIN)/python

vulnerabilities: .venv-tools/done  ## Look for known vulnerabilities in all locked packages
	.venv-tools/bin/python .ci/vulnerabilities

.venv/site.done: requirements.txt pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed")'
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-build-isolation --no-deps -e .
	touch $@

.venv/test.done: .venv/site.done requirements-test.txt tests/find_browser.py
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-test.txt
	$(BIN)/python tests/find_browser.py --install
	touch $@

.venv-tools/done: requirements-tools.txt
	test -x .venv-tools/bin/python || $(PYTHON) -m venv .venv-tools
	.venv-tools/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-tools.txt
	touch $@

lock: .venv/test.done  ## Lock the newest versions that pyproject.toml allows
	$(BIN)/python -m pip install --quiet pip-tools
	$(BIN)/pip-compile --quiet --upgrade --generate-hashes --allow-unsafe --strip-extras --no-header --no-emit-index-url \
	  --no-emit-trusted-host --no-emit-options --all-build-deps -o requirements.txt pyproject.toml
	$(BIN)/pip-compile --quiet --upgrade --generate-hashes --allow-unsafe --strip-extras --no-header --no-emit-index-url \
	  --no-emit-trusted-host --no-emit-options --extra test -c requirements.txt -o requirements-test.txt pyproject.toml
	$(BIN)/pip-compile --quiet --upgrade --generate-hashes --allow-unsafe --strip-extras --no-header --no-emit-index-url \
	  --no-emit-trusted-host --no-emit-options -o requirements-tools.txt requirements-tools.in

clean:  ## Remove the environment and everything that was built
	rm -rf .venv .venv-tools sbom.json site .site-* *.egg-info
