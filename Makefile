# Two commands matter: `make run` serves the demo company, `make test` runs every test. `make help` lists the rest.
.DEFAULT_GOAL := help
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c

WEB_SOURCES := $(shell find web -path web/node_modules -prune -o -path web/dist -prune -o -type f -print 2>/dev/null)
CARGO ?= cargo

.PHONY: help run dev build test test-rust test-web crash check deny bench simulate web install-for-tests clean

help: ## Say what there is
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

run: web ## Build everything and serve the demo company on http://127.0.0.1:8080
	@echo '==> Building the server (a cold build takes a few minutes)'
	$(CARGO) build --locked -p chancery
	$(CARGO) run --locked -q -p chancery -- demo

dev: web ## Serve the demo company; templates, messages and styles reload as they change
	(cd web && npm run --silent watch) & trap "kill $$!" EXIT; \
	CHANCERY_DEV=1 $(CARGO) run --locked -p chancery -- demo

build: web ## The release binary with its web assets
	$(CARGO) build --locked --release -p chancery
	@echo "==> $$($(CARGO) metadata --format-version 1 --no-deps | sed -E 's/.*"target_directory":"([^"]+)".*/\1/')/release/chancery"

web: web/dist/manifest.json ## Styles, scripts and icons

web/node_modules/.package-lock.json: web/package.json web/package-lock.json
	@echo '==> Installing the web packages'
	cd web && npm ci --no-audit --no-fund --loglevel=error
	@touch $@

web/dist/manifest.json: web/node_modules/.package-lock.json $(WEB_SOURCES)
	@echo '==> Building styles, scripts and icons'
	cd web && npm run --silent build
	@touch $@

check: web ## Format, lints and tidiness; no warning passes
	$(CARGO) fmt --all --check
	$(CARGO) clippy --locked --workspace --all-targets -- -D warnings
	RUSTDOCFLAGS='-D warnings' $(CARGO) doc --locked --workspace --no-deps --quiet
	cd web && npm run --silent check

test: install-for-tests test-rust test-web ## Every test: unit, scenarios, HTTP, PostgreSQL, crash, real browser

test-rust: web
	$(CARGO) build --locked -p chancery
	$(CARGO) test --locked --workspace

test-web: web
	$(CARGO) build --locked -p chancery
	cd web && npm run --silent test

crash: web install-for-tests ## Kill the real server a thousand times, five hundred on each database (up to an hour)
	$(CARGO) build --locked -p chancery
	CHANCERY_TEST_KILLS=500 $(CARGO) test --locked -p tests --test it -- --nocapture crash::kills

install-for-tests:
	@web/tests/install

deny: ## Licences, sources and bans of everything we build on (needs cargo-deny)
	$(CARGO) deny --all-features check bans licenses sources
	$(CARGO) deny --all-features check advisories || echo 'The advisory database could not be had here.'

bench: ## The reference case against the raw commit rate of the same database
	$(CARGO) run --locked --release -p chancery -- bench --json

simulate: ## Ten thousand cases that nobody thought of; SEEDS=100000 for more, SEED=17 for one
	$(if $(SEED),,SEEDS=$(or $(SEEDS),10000)) $(CARGO) test --locked --profile simulation -p scenario --lib simulation -- --nocapture

clean: ## Remove what was built, and the demo's data
	rm -rf web/dist web/node_modules .chancery
	$(CARGO) clean
