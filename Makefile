# Everything a person or a script does with Crowsnest. Tools land in the user's cache folder, by
# version, and are not built again when they are there.

SHELL := /bin/bash -euo pipefail
.DEFAULT_GOAL := run
.PHONY: run build static front sample test real long attack attack-short dev bench size screenshot fmt tools check deny deny-if-installed chart chart-if-installed image unit recorded unit-and-build e2e

CACHE := $(or $(XDG_CACHE_HOME),$(HOME)/.cache)/crowsnest
CARGO_LEPTOS_VERSION := 0.3.11
CARGO_DENY_VERSION := 0.20.2
ZIG_VERSION := 0.17.1
ZIGBUILD_VERSION := 0.24.1
WASM_BINDGEN_VERSION := $(shell awk '/^name = "wasm-bindgen"$$/ { getline; gsub(/"/, ""); print $$3 }' Cargo.lock)
# A tool of the right version, wherever it is.
tool = $(or $(shell [ "$$($(1) --version 2>&1)" = "$(1) $(2)" ] && command -v $(1)),$(CACHE)/tools/$(1)-$(2)/bin/$(1))
CARGO_LEPTOS := $(call tool,cargo-leptos,$(CARGO_LEPTOS_VERSION))
CARGO_DENY := $(call tool,cargo-deny,$(CARGO_DENY_VERSION))
WASM_BINDGEN := $(call tool,wasm-bindgen,$(WASM_BINDGEN_VERSION))
# Before the first rule that names it: prerequisites are expanded where they are read.
TOOLCHAIN := $(CACHE)/toolchain-$(shell awk -F'"' '/^channel/ { print $$2 }' rust-toolchain.toml)
STYLE_TOOLS := style/node_modules/.installed
TARGET := $(or $(CARGO_TARGET_DIR),target)
BIN := target/release/crowsnest
SAMPLE := $(abspath $(TARGET)/release/sample-catalog)

export PATH := $(dir $(CARGO_LEPTOS)):$(dir $(WASM_BINDGEN)):$(CURDIR)/style/node_modules/.bin:$(PATH)

## run: build what is missing, then serve the console over the sample catalog
run: build
	@exec $(BIN)

## build: the release binary, with the site inside
build: | $(TOOLCHAIN)
	@echo "Building the console for the browser and the server (about 8 minutes the first time)"
# Side by side, as each keeps one core busy for most of its time; the second build adds the site.
	@cargo build --release --locked --package server & server=$$!; front=0; \
		$(MAKE) --no-print-directory front || front=$$?; \
		wait $$server; exit $$front
	@cargo build --release --locked --package server
	@[ "$(TARGET)" = target ] || { mkdir -p $(dir $(BIN)) && cp -f "$(TARGET)/release/crowsnest" $(BIN); }

ARCH ?= $(shell uname -m)
STATIC := $(ARCH)-unknown-linux-musl
ZIG := $(CACHE)/tools/zig-$(ZIG_VERSION)-$(ZIGBUILD_VERSION)

## static: target/static/crowsnest-ARCH, which needs nothing of the system that it runs on; ARCH is x86_64 or aarch64
static: front $(ZIG)
	@rustup target add --toolchain $$(awk -F'"' '/^channel/ { print $$2 }' rust-toolchain.toml) $(STATIC)
	@PYTHONPATH=$(ZIG) PATH="$(ZIG)/bin:$$PATH" cargo-zigbuild zigbuild --release --locked --package server --target $(STATIC)
	@mkdir -p target/static && cp -f "$(TARGET)/$(STATIC)/release/crowsnest" target/static/crowsnest-$(ARCH)

# A C compiler and linker for each of them.
$(ZIG):
	@pip install --quiet --target $@ ziglang==$(ZIG_VERSION) cargo-zigbuild==$(ZIGBUILD_VERSION)

# What the browser downloads, in target/site.
front: tools
	@style/site.sh

tools: $(CARGO_LEPTOS) $(WASM_BINDGEN) $(STYLE_TOOLS)

# Where rustup does not install by itself what rust-toolchain.toml names.
$(TOOLCHAIN): rust-toolchain.toml
	@rustup target list --installed 2>/dev/null | grep -q wasm32-unknown-unknown || { \
		echo "Installing the Rust toolchain with its WASM target (about 1 minute)"; \
		rustup toolchain install --no-self-update; }
	@mkdir -p $(CACHE) && touch $@

# Tools are compiled in less time than they save when they are optimised: all they do takes seconds.
LIGHT := CARGO_TARGET_DIR=$(CACHE)/build CARGO_PROFILE_RELEASE_LTO=off CARGO_PROFILE_RELEASE_CODEGEN_UNITS=16 CARGO_PROFILE_RELEASE_OPT_LEVEL=1

$(CARGO_LEPTOS): | $(TOOLCHAIN)
	@echo "Installing cargo-leptos $(CARGO_LEPTOS_VERSION) (about 10 minutes, once)"
	@$(LIGHT) cargo install --quiet cargo-leptos --version $(CARGO_LEPTOS_VERSION) --locked --features no_downloads --root $(CACHE)/tools/cargo-leptos-$(CARGO_LEPTOS_VERSION)

$(WASM_BINDGEN): | $(TOOLCHAIN)
	@echo "Installing wasm-bindgen $(WASM_BINDGEN_VERSION) (about 2 minutes, once)"
	@$(LIGHT) cargo install --quiet wasm-bindgen-cli --version $(WASM_BINDGEN_VERSION) --root $(CACHE)/tools/wasm-bindgen-$(WASM_BINDGEN_VERSION)

$(CARGO_DENY): | $(TOOLCHAIN)
	@echo "Installing cargo-deny $(CARGO_DENY_VERSION) (about 2 minutes, once)"
	@$(LIGHT) cargo install --quiet cargo-deny --version $(CARGO_DENY_VERSION) --locked --root $(CACHE)/tools/cargo-deny-$(CARGO_DENY_VERSION)

$(STYLE_TOOLS): style/package-lock.json
	@echo "Installing Tailwind, daisyUI and wasm-opt (about 20 seconds)"
	@npm ci --prefix style --prefer-offline --no-audit --no-fund --loglevel=error
	@touch $@

## test: everything that needs no other server
test: check deny-if-installed chart-if-installed unit-and-build size image e2e attack-short
	@echo "crowsnest: all tests passed"

# In the profile of the product, so that each crate is compiled once, and a test takes a tenth of the time. The front end
# is made meanwhile: its end keeps one core busy. What holds it comes after it, with the tests that run. `--lib` would
# compile the pages once more, for tests that they do not have.
unit-and-build: | $(TOOLCHAIN)
	@mkdir -p $(TARGET); $(MAKE) --no-print-directory front >$(TARGET)/front.log 2>&1 & front=$$!; failed=0; \
		cargo test --release --workspace --exclude app --locked --lib --no-run --quiet || failed=$$?; \
		wait $$front || failed=$$?; cat $(TARGET)/front.log; exit $$failed
	@$(MAKE) --no-print-directory unit build

check: | $(TOOLCHAIN)
	@echo "Checking format and lints (about 2 minutes the first time)"
	@cargo fmt --all --check
	@cargo clippy --workspace --all-targets --locked -- -D warnings
	@cargo clippy --package hydrate --target wasm32-unknown-unknown --locked -- -D warnings

## deny: licences, sources, versions and advisories of all that is built in, against deny.toml
deny: $(CARGO_DENY)
	@CARGO_DENY=$(CARGO_DENY) end2end/deny.sh

# Part of the gate once the tool is there: a first run does not wait for it to be built.
deny-if-installed:
	@if [ -x $(CARGO_DENY) ]; then CARGO_DENY=$(CARGO_DENY) end2end/deny.sh; \
		else echo "deny: NOT CHECKED, as cargo-deny is not installed: make deny installs it"; fi

## chart: the Helm chart and the systemd unit, without a cluster
chart:
	@deploy/check/run.sh

# As with deny: a first run does not wait for it to be built.
chart-if-installed:
	@deploy/check/run.sh --if-installed

unit: | $(TOOLCHAIN)
	@end2end/postgres.sh
	@echo "Running the unit and integration tests (about 8 minutes the first time)"
	@cargo test --release --workspace --locked

e2e: build
	@end2end/install.sh
	@end2end/postgres.sh
	@npm --prefix end2end run --silent check
	@npm --prefix end2end --silent test

## long: what holds for every name, file and world of grants, with far more of them than the gate tries (about 20 minutes)
long: | $(TOOLCHAIN)
	@end2end/postgres.sh
	@PROPTEST_CASES=1000000 cargo test --release --workspace --locked --test addresses
	@PROPTEST_CASES=5000 cargo test --release --workspace --exclude app --locked --lib --test polaris --test properties --test interleaved

## attack: catalogs, addresses, requests and clients that mean harm, against the release binary
attack: build deny
	@end2end/install.sh
	@end2end/attack/run.sh

# What of it takes a minute.
attack-short: build
	@end2end/install.sh
	@end2end/attack/run.sh --grep @short

# Of the unit tests those against recorded answers and decisions of real servers: `make test real` runs them once.
recorded: | $(TOOLCHAIN)
	@cargo test --release --workspace --locked --test recorded --test management --test decisions --test replay

## real: the same journeys against real catalog servers, real clients and recorded answers
real: sample $(if $(filter test unit,$(MAKECMDGOALS)),,recorded)
	@SAMPLE_CATALOG_BIN=$(SAMPLE) end2end/catalogs/real.sh

## dev: rebuild and reload on every change
dev: tools
	@cargo leptos watch --split

## size: what a browser downloads for its first page, against its budget
size: build
	@node end2end/size.mjs target/site

## image: what the container would have, started as a cluster does, without an engine for containers (as root)
image: build
	@deploy/check/image.sh $(BIN)

## screenshot: take the README's picture anew
screenshot: build
	@end2end/install.sh
	@README_PICTURE=$(CURDIR)/end2end/screenshot.png npm --prefix end2end --silent test -- pages.spec.ts --grep table-overview

## bench: ratios, measured side by side in one run
bench: sample
	@end2end/install.sh
	@SAMPLE_CATALOG_BIN=$(SAMPLE) end2end/bench.sh

# Both packages, so that what they share is compiled once.
sample: build
	@cargo build --release --locked --package server --package sample-catalog

## fmt: format everything
fmt:
	@cargo fmt --all
