# The commands of the project. `make demo` and `make test` need Swift, git and make, and install the rest.

SWIFT ?= swift
TOKENREEVE = .build/debug/tokenreeve

# On Linux the optimized program carries Swift's own libraries, RE2 and the C++ library, and whatever it calls no function
# of is not loaded: starting takes a third of the time (docs/decisions/start-up.md). The variable is the one way to change
# what the linker is told. Where RE2 has no archive, or needs libraries of Abseil's (from version 11 on), it stays a
# shared library.
RELEASE = $(SWIFT) build -c release
STATIC_RE2 = s/^-lre2$$/-Wl,-l:libre2.a,-l:libstdc++.a/ s/^-lstdc\+\+$$/-l:libstdc++.a/
RE2_ARCHIVE = $(wildcard $(shell pkg-config --variable=libdir re2)/libre2.a)
RE2_NEEDS = $(findstring absl,$(shell pkg-config --static --libs re2))
LINKER_CHANGES = \#^-Wl,--as-needed $(if $(RE2_ARCHIVE),$(if $(RE2_NEEDS),,$(STATIC_RE2)))
ifeq ($(shell uname -s),Linux)
RELEASE = CCC_OVERRIDE_OPTIONS='$(LINKER_CHANGES)' $(SWIFT) build -c release --static-swift-stdlib \
  --disable-local-rpath -Xswiftc -Xfrontend -Xswiftc -disable-concrete-type-metadata-mangled-name-accessors
endif

.PHONY: demo test lint format build sample reference schemas frameworks conformance fuzz bench clean setup setup-tests setup-bench

demo: setup
	$(SWIFT) build --product tokenreeve
	@scripts/demo $(TOKENREEVE)

# The optimized program: .build/release/tokenreeve.
build: setup
	$(RELEASE) --product tokenreeve

test: setup-tests
	$(SWIFT) build --build-tests
	@scripts/test

lint:
	$(SWIFT) format lint --strict --recursive --parallel Package.swift Sources Fuzzing Tests

format:
	$(SWIFT) format --in-place --recursive --parallel Package.swift Sources Fuzzing Tests

# The reports of the sandbox organization that the repository shows; a test compares them.
sample: setup
	$(SWIFT) build --product tokenreeve
	@scripts/sample $(TOKENREEVE) reports/sample

# The page of the built-in rules; a test compares it.
reference: setup
	$(SWIFT) build --product tokenreeve
	$(TOKENREEVE) rules --markdown > docs/rules.md

# The schemas of the files that users write; a test compares them.
schemas: setup
	$(SWIFT) build --product tokenreeve
	@for kind in rule policy waivers policy-test; do \
	  $(TOKENREEVE) policy schema $$kind > docs/schemas/$$kind.schema.json; done

# The policies of frameworks, from the references of the rules; a test compares them.
frameworks:
	@scripts/framework-policies policies

# What other people's definitions and programs say; they lie beside the repository, in SHARED.
SHARED_FOLDER ?= ../shared
conformance: setup-tests
	$(SWIFT) build
	@scripts/conformance/run .build/debug $(SHARED_FOLDER)

# The expression language, with inputs that libFuzzer makes; on Linux, whose toolchain has it.
fuzz: setup
	@scripts/fuzz

# Every figure beside its peers and goals; `make bench BENCH=--short` is quick.
bench: setup-bench
	$(RELEASE) --product tokenreeve
	$(RELEASE) --product cel-benchmark
	$(RELEASE) --product benchmark-organization
	$(RELEASE) --product report-benchmark
	@SHARED_FOLDER=$(SHARED_FOLDER) scripts/bench .build/release $(BENCH)

clean:
	rm -rf .build .build-*

setup:
	@scripts/setup

setup-tests:
	@scripts/setup tests

setup-bench:
	@scripts/setup bench
