# What people type. `make help` lists it.
.DEFAULT_GOAL := help
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
MAKEFLAGS += --no-builtin-rules

BUILD := $(or $(CARGO_TARGET_DIR),target)
# Passed on, as in: make bench ARGS="--people 100000"
ARGS ?=
# Of `make fuzz`: one entry, or all in turn; seconds for each.
TARGET ?= $(notdir $(basename $(wildcard fuzz/fuzz_targets/*.rs)))
SECONDS ?= 60

# Of `make bench`: where the data lie, file or postgres, and how many servers share them.
ENGINE ?= file
SERVERS ?= 1
# `make demo WEB=0` goes without the interface, and without Node.
WEB ?= 1
# What the interface is built from.
WEB_SOURCES := $(shell find web \( -name node_modules -o -name dist -o -name screenshots -o -name bench-data \) -prune -o -type f -print 2>/dev/null)

.PHONY: help prepare web web-check e2e screenshots bench-web demo test fmt fmt-check lint tidy unit doc bench fuzz audit

help: ## List what can be made
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## / { printf "  make %-11s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

prepare: ## Install what is needed to build (Debian, Ubuntu), or say what it is
	@./scripts/prepare.sh

# A profile of its own: nearly as fast as a release, and ready much sooner, since nothing is optimised
# across crates and a second build starts from the first.
demo: prepare $(if $(filter 0,$(WEB)),,web) ## Build, make a sample organisation in demo-data and serve it
	cargo build --locked --profile demo --package cli --bin klucznik
	"$(BUILD)/demo/klucznik" demo --dir demo-data $(ARGS)

test: fmt-check tidy web lint doc unit web-check e2e ## Everything: formatting, lints, conventions, tests, documentation, the interface in a browser

# Before the program, which holds the built files.
web: ## Build the web interface, which the next build of the program takes in
	@if [ -f web/package.json ]; then \
		./scripts/prepare.sh --web && $(MAKE) --no-print-directory web/dist/index.html; \
	else \
		echo 'web/ has no package.json: the program is built without the interface' >&2; \
	fi

web/node_modules/.package-lock.json: web/package-lock.json web/package.json
	cd web && npm ci --no-audit --no-fund
	@touch $@

web/dist/index.html: web/node_modules/.package-lock.json $(WEB_SOURCES)
	cd web && npm run build
	@touch $@

web-check: web ## Lint, check and test the code of the interface, and its types against the server
	@echo '== interface: lints, types, tests'
	if [ -f web/package.json ]; then cd web && npm run check; fi

# The program of the dev profile: `unit` has built most of it already.
e2e: web ## Use the interface in a real browser (needs Chromium)
	@echo '== interface: in a browser'
	if [ -f web/package.json ]; then \
		./scripts/prepare.sh --tests && \
		cargo build --locked --package cli --bin klucznik && \
		cd web && KLUCZNIK_BIN="$(abspath $(BUILD))/debug/klucznik" npm run e2e; \
	fi

screenshots: web ## Take pictures of all pages of the interface
	./scripts/prepare.sh --tests
	cargo build --locked --profile demo --package cli --bin klucznik
	cd web && KLUCZNIK_BIN="$(abspath $(BUILD))/demo/klucznik" npm run screenshots

bench-web: web ## Measure the interface in a browser against its budgets
	./scripts/prepare.sh --tests
	cargo build --locked --profile demo --package cli --bin klucznik
	cd web && KLUCZNIK_BIN="$(abspath $(BUILD))/demo/klucznik" npm run bench

fmt: ## Format all code
	@cargo fmt --all

fmt-check:
	@echo '== formatting'
	cargo fmt --all --check

lint:
	@echo '== lints'
	cargo clippy --locked --workspace --all-targets -- -D warnings

tidy: ## Check the conventions of this repository
	@echo '== conventions'
	cargo xtask tidy

unit:
	@echo '== tests'
	./scripts/prepare.sh --postgres
	if cargo nextest --version >/dev/null 2>&1; then \
		cargo nextest run --locked --workspace $(ARGS) && \
		cargo test --locked --workspace --doc --quiet && \
		echo '== tests: the front door, on PostgreSQL' && \
		KLUCZNIK_TEST_ENGINE=postgres cargo nextest run --locked --package klucznik-tests --test front $(ARGS) && \
		echo '== tests: the program, on PostgreSQL' && \
		cargo nextest run --locked --package cli --test it --no-run && \
		KLUCZNIK_TEST_ENGINE=postgres timeout 600 cargo nextest run --locked --package cli --test it \
			-E '(test(/^whole::/) | test(/^refusals::/)) - test(/to_a_copy$$/)' $(ARGS); \
	else \
		cargo test --locked --workspace --quiet $(ARGS) && \
		KLUCZNIK_TEST_ENGINE=postgres cargo test --locked --package klucznik-tests --test front --quiet $(ARGS) && \
		cargo test --locked --package cli --test it --quiet --no-run && \
		KLUCZNIK_TEST_ENGINE=postgres timeout 600 cargo test --locked --package cli --test it --quiet -- \
			whole:: refusals:: --skip to_a_copy; \
	fi

doc:
	@echo '== documentation'
	RUSTDOCFLAGS='-D warnings' cargo doc --locked --workspace --no-deps --quiet

bench: prepare ## Load a large sample and measure it: ENGINE=postgres SERVERS=2
	@[ '$(ENGINE)' = file ] || ./scripts/prepare.sh --postgres
	@cargo run --locked --release --package klucznik-benches -- --engine $(ENGINE) --servers $(SERVERS) $(ARGS)

# Without a sanitizer: there is no unsafe code to look after, and so a stable compiler will do.
fuzz: prepare ## Throw mutated input at the parsers: TARGET=csv SECONDS=60 (needs cargo-fuzz)
	@cargo fuzz --version >/dev/null 2>&1 || { echo 'cargo-fuzz is missing: cargo install --locked cargo-fuzz' >&2; exit 2; }
	cargo run --locked --quiet --package klucznik-tests --bin seeds -- fuzz/corpus
	for target in $(TARGET); do \
		cargo fuzz run --sanitizer none "$$target" -- \
			-max_total_time=$(SECONDS) -timeout=10 -rss_limit_mb=2048 -print_final_stats=1; \
	done

audit: ## Licences, banned crates and sources of all dependencies (needs cargo-deny)
	@cargo deny --version >/dev/null 2>&1 || { echo 'cargo-deny is missing: cargo install --locked cargo-deny' >&2; exit 2; }
	cargo deny --locked check bans licenses sources
