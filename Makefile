# The commands of this project. Each is a script in bin/, where its comments are.
# Variables honoured: PORT, DATABASE_URL and everything in README.md.

.DEFAULT_GOAL := help
.PHONY: help run setup dev test lint format bench soak audit fuzz mutants lock

help: ## list these commands
	@grep -E '^[a-z]+: ## ' $(MAKEFILE_LIST) | sed 's/: ## /\t/' | expand -t 10

run: ## prepare what is missing, then serve on http://127.0.0.1:8000 (PORT=9000 for another port)
	@bin/run

setup: ## prepare everything that `make run` needs, without serving
	@bin/setup

dev: ## serve with automatic reload and debug pages, for development
	@bin/dev

test: ## run every test: SQLite, PostgreSQL and the browser
	@bin/test

lint: ## check form, types, import rules, migrations and deployment settings
	@bin/lint

format: ## put code and templates into their form
	@bin/format

bench: ## measure speed
	@bin/bench

audit: ## look for known problems of packages and for secrets, and write the list of components
	@bin/audit
soak: ## many people at once, with and without faults (PEOPLE=300; some minutes)
	@bin/soak

fuzz: ## send 100,000 cases of nonsense to everything (CASES=2000 for fewer)
	@bin/fuzz

mutants: ## break the engine on purpose and see which test notices (MUTANTS="eligibility.facts.dates*")
	@bin/mutants

lock: ## choose dependency versions anew and write the lock files (needs uv)
	@bin/lock
