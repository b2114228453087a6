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

.PHONY: help prepare demo test fmt fmt-check lint tidy unit doc bench fuzz audit

help: ## List what can be made
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

prepare: ## Install what is needed to build (Debian, Ubuntu), or say what it is
	@./scripts/prepare.sh

# A profile of its own: nearly as fast as a release, and ready much sooner, since nothing is optimised
# across crates and a second build starts from the first.
demo: prepare ## Build, make a sample organisation in demo-data and serve it
	cargo build --locked --profile demo --package cli --bin klucznik
	"$(BUILD)/demo/klucznik" demo --dir demo-data $(ARGS)

test: fmt-check lint tidy unit doc ## Everything: formatting, lints, conventions, tests, documentation

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
	if cargo nextest --version >/dev/null 2>&1; then \
		cargo nextest run --locked --workspace $(ARGS) && \
		cargo test --locked --workspace --doc --quiet; \
	else \
		cargo test --locked --workspace --quiet $(ARGS); \
	fi

doc:
	@echo '== documentation'
	RUSTDOCFLAGS='-D warnings' cargo doc --locked --workspace --no-deps --quiet

bench: prepare ## Load a large sample and measure it
	@cargo run --locked --release --package klucznik-benches -- $(ARGS)

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
