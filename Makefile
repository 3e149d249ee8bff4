# `make run` opens the program on the sample company; `make test` says whether it works. The rest is below.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.PHONY: help setup ui run test check bench e2e faults fuzz pictures packages windows check-windows wine-test advisories

help: ## say what there is
	@grep -E '^[a-z0-9-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z0-9-]+):.*## /  make \1\t/' | expand -t 24

setup: ## install what is missing to build and test
	@.ci/setup

ui: setup
	@npm --prefix ui run --silent build

run: ui ## build and open the window on the sample company
	cargo run -p enishi -- --sample

# The tests are built by clippy, which is rustc with more lints: one build lints and runs, not two.
LINTED := RUSTC_WORKSPACE_WRAPPER=clippy-driver cargo test

test: check ## everything that can fail: format, lints, types, licences, and every ring of tests
	npm --prefix ui run --silent test
	$(LINTED) --workspace -- --skip pictures::

check: ui ## format, lints, the page's types, licences and the invariants of the house
	cargo fmt --all --check
	npm --prefix ui run --silent check
	$(LINTED) --workspace --no-run
	$(LINTED) --workspace --test house

bench: ## measure everything, optimised; ONLY="start paper" measures only these
	@.ci/setup python3-venv sqlite3 libreoffice-writer-nogui
	@npm --prefix ui run --silent build
	cargo build --release -p tests -p enishi --features enishi/driven --bin bench --bin enishi --example bare
	@mkdir -p target/bench
	target/release/bench $(ONLY) | tee target/bench/table.md

e2e: ui ## only the journeys in the real window
	$(LINTED) -p enishi --test window -- --skip pictures::

faults: setup ## kills, power cuts, flipped bits, a full disk; with LONG=1 thousands of times more, for hours
	$(LINTED) -p desk --test faults -- $(if $(LONG),--long)

fuzz: setup ## every parser of foreign bytes, given whatever bytes libFuzzer thinks of, 30 seconds each; LONG=1: an hour each
	@.ci/fuzz $(if $(LONG),3600,$(or $(SECONDS_EACH),30)) register

pictures: ui ## take pictures of every screen into target/pictures
	$(LINTED) -p enishi --test window -- pictures:: an_issue_reaches_its_readers everybody_gets_a_reply_postcard thirty_cards
	cp target/pictures/ja-{today,person,list-doubts,issue,newsletter,readers,doubles,event-card}.png tests/pictures/
	@mkdir -p target/pictures/wall
	RUSTC_WORKSPACE_WRAPPER=clippy-driver cargo run -q -p press --example newsletter -- --wall target/pictures/wall
	for page in wide-{plain,band,soft,newspaper,large,upright,grey,band-shop}; do \
	  pdftoppm -r 42 -jpeg -jpegopt quality=82 -singlefile target/pictures/wall/$$page.pdf tests/pictures/wall-$$page; done
	@ls target/pictures

# What is shipped is built by src-tauri/packages/cargo, so that a commit gives the same bytes twice.
SHIPPED := src-tauri/packages/cargo
MINGW := rustc-web cargo-web rust-web-src gcc-mingw-w64-x86-64-win32 g++-mingw-w64-x86-64-win32

packages: ui ## the .deb and the .tar.xz for Linux in target/packages/linux, tried in a system that has nothing else
	@.ci/setup dpkg-dev mmdebstrap xz-utils xxd
	$(SHIPPED) linux build --release -p enishi -p desk
	src-tauri/packages/linux
	src-tauri/packages/try-deb

windows: ui ## the installer for Windows in target/packages/windows (installs a second toolchain from Debian)
	@.ci/setup $(MINGW) nsis
	$(SHIPPED) windows build --release -p desk --bin desk
	$(SHIPPED) windows build --release -p enishi --bin enishi
	src-tauri/packages/windows

check-windows: ui ## whether everything compiles for Windows, the window too
	@.ci/setup $(MINGW)
	$(SHIPPED) windows check -p enishi -p desk -p register -p vault -p intake -p press

wine-test: ## the tests below the window as Windows programs, and the installer of `make windows`, under Wine
	@.ci/setup $(MINGW) wine wine64
	src-tauri/packages/wine-test

advisories: setup ## known holes in what we build on (needs the internet, and cargo-audit or cargo-deny)
	@if command -v cargo-audit >/dev/null; then cargo audit; \
	elif command -v cargo-deny >/dev/null; then cargo deny check advisories; \
	else echo "Rust packages were NOT checked: neither cargo-audit nor cargo-deny is installed."; fi
	@npm --prefix ui audit || echo "npm packages: see above; without the internet they were NOT checked."
