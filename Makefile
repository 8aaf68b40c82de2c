# Two commands on a fresh clone: `make run` opens the demo board, `make test` runs the tests.
# Needs make and Python 3.11 to 3.13 with venv; everything else is installed into .venv, pinned by hash.

# The first Python that fits; name another with PYTHON=...
PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11; do \
	$$p -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' 2>/dev/null && { echo $$p; break; }; done)
BIN := .venv/bin
PIP := $(BIN)/python -m pip --quiet --disable-pip-version-check --no-input
UV = $(or $(wildcard $(BIN)/uv),uv)
POS := $(wildcard tui/locale/*/LC_MESSAGES/*.po)
MOS := $(POS:.po=.mo)

.PHONY: run test check bench soak lock catalogues test-share test-damage test-papers test-office clean
.DELETE_ON_ERROR:

run: .venv/.runtime $(MOS)
	@$(BIN)/crossdeck demo

test: .venv/.dev $(MOS)
	$(BIN)/pytest -q -n 2

check: .venv/.dev $(MOS)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy --strict
	@! grep -nE 'https?://|file://|--find-links|--index' requirements*.lock || { echo "a lock names an address" >&2; exit 1; }
	$(BIN)/codespell
	$(BIN)/pytest -q tests/test_boundaries.py tests/test_catalogues.py

bench: .venv/.dev $(MOS)
	$(BIN)/python -m bench

# Ten minutes of eight dashboards and a writer: memory, open files, what they leave beside the board.
soak: .venv/.dev $(MOS)
	$(BIN)/python -m bench.office --minutes 10

# Ten thousand damaged boards: each is said in words, none is written over.
test-damage: .venv/.dev $(MOS)
	CROSSDECK_DAMAGE=10000 $(BIN)/pytest -q -n 2 tests/store/test_damage.py

# Papers of three hundred boards of any texts each: out, in, out again.
test-papers: .venv/.dev $(MOS)
	CROSSDECK_EXAMPLES=300 $(BIN)/pytest -q -n 2 tests/tui/test_round_trips.py

# Shares for real: sshfs mounts of a server on the loopback, full and read-only disks, users of a group. What this
# machine has not or this user may not is skipped, and says so.
test-share: .venv/.dev $(MOS)
	$(BIN)/pytest -q -rsP -m "not slow" tests/share
	$(BIN)/pytest -q -rsP -m slow -n 2 tests/share

# Papers opened by LibreOffice, where there is one.
test-office: .venv/.dev $(MOS)
	$(BIN)/pytest -q -rs tests/office

# Add new messages to every catalogue; PRUNE=1 also drops those no source uses.
catalogues: .venv/.dev
	$(BIN)/python -m tests.catalogues $(if $(PRUNE),prune,update)

# Keeps the pins there are; UPGRADE=1 moves them. Universal: one lock for every platform and Python 3.11 to 3.13.
LOCK = $(UV) pip compile -q --generate-hashes --no-emit-index-url --no-header --universal --python-version 3.11 \
	$(if $(UPGRADE),--upgrade) pyproject.toml --extra build
lock:
	@command -v $(UV) >/dev/null || { echo "make lock needs uv: pip install uv" >&2; exit 1; }
	$(LOCK) -o requirements.lock
	$(LOCK) --extra dev -c requirements.lock -o requirements-dev.lock

# Leaves .venv: delete that by hand to start over.
clean:
	rm -rf build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis $(MOS)
	find store tui tests bench -name __pycache__ -type d -prune -exec rm -rf {} +

.venv/.made:
	@test -n "$(PYTHON)" || { echo "crossdeck needs Python 3.11 to 3.13, found: $$(python3 -V 2>&1). Name one: make PYTHON=/path/to/python3.12 $(MAKECMDGOALS)" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { echo "$(PYTHON) has no venv module. On Debian and Ubuntu: apt install python3-venv" >&2; exit 1; }
	$(PYTHON) -m venv .venv
	@touch $@

.venv/.runtime: .venv/.made requirements.lock pyproject.toml setup.py
	$(PIP) install --require-hashes -r requirements.lock
	$(PIP) install --no-deps --no-build-isolation -e .
	@touch $@

.venv/.dev: .venv/.runtime requirements-dev.lock
	$(PIP) install --require-hashes -r requirements-dev.lock
	@touch $@

# The editable install compiles them too; this serves a changed .po.
%.mo: %.po | .venv/.runtime
	@$(BIN)/pybabel -q compile -i $< -o $@
