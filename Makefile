# OneWindow. The two commands of the README are `go run ./cmd/onewindow demo`
# and `make test`; the others are for those who work on the code.

SHELL := /bin/bash
PGDIR := $(shell mktemp -u -d /tmp/onewindow-pg.XXXXXX)
# Stores of the long test lie in memory where there is some.
MEMORY := $(shell test -w /dev/shm && echo /dev/shm || echo $${TMPDIR:-/tmp})

.PHONY: test walk quick build generate check tools

# Installs what is missing, checks format and generated pages, vets, and runs
# all tests on SQLite and PostgreSQL with the looks at single pages, the walks in
# a real browser, and random histories of over 100,000 acts against the second
# mind. The walks mostly wait for pages, so three go at a time. The check has
# vetted already.
test: tools check
	@trap 'test/postgres.sh stop $(PGDIR); rm -rf $(PGDIR) $(PGDIR).log' EXIT; \
	export ONEWINDOW_TEST_POSTGRES="$$(test/postgres.sh start $(PGDIR))"; \
	export ONEWINDOW_TEST_BROWSER=1; \
	go test -vet=off -count=1 -timeout 20m $$(go list ./... | grep -v onewindow/test$$) && \
	go test -vet=off -count=1 -timeout 30m -parallel 3 ./test && \
	TMPDIR=$(MEMORY) ONEWINDOW_TEST_STORIES=5600 ONEWINDOW_TEST_POSTGRES= go test -vet=off -count=1 -timeout 20m -run TestStories ./internal/business/casework

# The walks and looks in Chromium, with axe-core; their photographs go to SHOTS.
walk: tools
	ONEWINDOW_TEST_BROWSER=1 ONEWINDOW_TEST_SHOTS=$(SHOTS) go test -count=1 -timeout 20m ./test ./internal/web/...

# The quick loop: SQLite, no browser. Most of it is linking, one binary for each
# package, and that is half as long without tables for debuggers; vetting is for
# check.
quick:
	go test -vet=off -ldflags=-s ./...

build:
	CGO_ENABLED=0 go build -trimpath -ldflags='-s -w' -o bin/onewindow ./cmd/onewindow

# Pages are written in templ; the generated Go is committed.
generate:
	go tool templ generate

# Formatting, vet, and that the generated pages are those of their sources.
check:
	@unformatted="$$(gofmt -l $$(git ls-files '*.go' | grep -v _templ.go))"; \
	if [ -n "$$unformatted" ]; then echo "not formatted: $$unformatted"; exit 1; fi
	@go tool templ generate -log-level error
	@if ! git diff --quiet -- '*_templ.go'; then echo "generated pages differ from their sources: run make generate"; git diff --stat -- '*_templ.go'; exit 1; fi
	go vet ./...

tools:
	@test/tools.sh
