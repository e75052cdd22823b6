# Two commands for everyone: `make run` and `make test`. Each does its whole set-up.
# `make help` shows what stands behind `##`. Without a target, make takes the first: run.
# Given on the command line, these come before lodpub.toml; a port alone is a preview on it.
PREVIEW = $(if $(PORT),http://127.0.0.1:$(PORT)/)
BASE ?= $(PREVIEW)
PYTHON ?= python3
BIN := .venv/bin
EDITOR := publish/web/editor
WORKBENCH := publish/web/static/workbench.js
DESIGN := publish/web/design
STATIC := publish/web/static
TOKENS := $(STATIC)/tokens.css

.PHONY: run test check build setup lock help

run: build ## リリースを作って公開する（PORT=8000 BASE=…） / build a release and serve it (PORT=8000 BASE=…)
	$(BIN)/lodpub serve $(if $(PORT),--port $(PORT))

build: setup ## リリースを作って切り替える / build a release and switch to it
	$(BIN)/lodpub build $(if $(BASE),--base '$(BASE)')

# Two processes: the tests wait as much as they compute. A file stays in one, for its fixtures.
test: check ## 型・書式の検査と、全てのテスト / check types and style, run all the tests
	$(BIN)/python -m pytest -n 2 --dist loadfile

check: setup ## 型と書式だけを検査する / check types and style only
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

setup: .venv/.ready $(WORKBENCH) $(TOKENS) ## .venv/ と画面の部品を用意する / make .venv/ and the parts of pages that npm brings

# The query editor, bundled by npm. Without it the plain form does the same work.
$(WORKBENCH): $(wildcard $(EDITOR)/*)
	@if ! command -v npm >/dev/null; then \
	    echo 'npm がないため、SPARQLの照会画面は簡素な入力欄になります。/ Without npm, the SPARQL page has a plain form.' >&2; \
	else \
	    mkdir -p build && rm -rf build/editor && cp -R $(EDITOR) build/editor && \
	    (cd build/editor && npm ci --silent --ignore-scripts --no-audit --no-fund && npm run --silent build) && \
	    cp build/editor/workbench.js $@ || \
	    echo 'npm で照会画面のエディターを作れませんでした。簡素な入力欄を使います。/ npm could not make the query editor; the SPARQL page has a plain form.' >&2; \
	fi

# The design tokens that the stylesheets use. Without them the stylesheets have the same values.
$(TOKENS): $(wildcard $(DESIGN)/*) $(filter-out $(TOKENS),$(wildcard $(STATIC)/*.css))
	@if ! command -v npm >/dev/null; then \
	    echo 'npm がないため、デザイントークンは組み込みの値を使います。/ Without npm, pages use the built-in values of the design tokens.' >&2; \
	else \
	    mkdir -p build && rm -rf build/design && cp -R $(DESIGN) build/design && \
	    (cd build/design && npm ci --silent --ignore-scripts --no-audit --no-fund && \
	        node tokens.js '$(CURDIR)/$(STATIC)' >tokens.css) && \
	    cp build/design/tokens.css $@ || \
	    echo 'npm でデザイントークンを取り込めませんでした。組み込みの値を使います。/ npm could not bring the design tokens; pages use the built-in values.' >&2; \
	fi

.venv/.ready: requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	    { echo 'Python 3.11 以上が必要です。/ Python 3.11 or newer is needed.' >&2; exit 1; }
	@$(PYTHON) -m venv .venv || \
	    { echo 'apt-get install python3-venv を実行してください。/ Run: apt-get install python3-venv' >&2; exit 1; }
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $@

# Renews the pins; the result is committed.
lock: ## requirements.lock を作り直す / renew requirements.lock
	$(BIN)/pip-compile --quiet --extra dev --generate-hashes --allow-unsafe --strip-extras \
	    --no-emit-index-url --no-emit-find-links --no-emit-trusted-host --no-emit-options \
	    --output-file requirements.lock pyproject.toml

help: ## この一覧を表示する / show this list
	@sed -n 's/^\([a-z]*\):[^#]*## /make \1\t/p' $(firstword $(MAKEFILE_LIST)) | expand -t 14
