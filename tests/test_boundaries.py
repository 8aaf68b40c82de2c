"""What may lean on what: proved in fresh interpreters and by reading the source."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent

IO_MODULES = {"io", "os", "pathlib", "shutil", "socket", "subprocess", "tempfile", "fileinput", "glob"}
NOT_IN_RULES = IO_MODULES | {"time", "random", "secrets", "threading", "tinydb", "store.file", "store.exchange", "tui"}
NOT_IN_SCREENS = IO_MODULES | {"tinydb", "store.file"}
CLOCK_READS = {
    *(f"time.{name}" for name in ("time", "time_ns", "localtime", "gmtime", "ctime", "asctime", "strftime")),
    *(f"datetime.{name}" for name in ("now", "utcnow", "today")),
    "date.today",
    *(f"pendulum.{name}" for name in ("now", "today", "tomorrow", "yesterday")),
}

LOADED_BY_STORE = """
import importlib, pkgutil, sys
import store
for module in pkgutil.walk_packages(store.__path__, "store."):
    if not module.name.startswith("store.exchange.papers."):  # writers of one format each, imported by an export
        importlib.import_module(module.name)
print(*sys.modules)
"""


def loaded(code: str) -> set[str]:
    """The top-level modules a fresh interpreter holds after running code that prints the names in sys.modules."""
    ran = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
    return {name.partition(".")[0] for name in ran.stdout.split()}


def sources(*folders: str) -> list[Path]:
    """Every Python file below the folders of the project."""
    return [path for folder in folders for path in sorted((ROOT / folder).rglob("*.py"))]


def aliases(tree: ast.AST) -> Iterator[tuple[str, str, int]]:
    """(name in the file, full dotted name, line) of every import, also those inside functions."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((name.asname or name.name, name.name, node.lineno) for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from ((name.asname or name.name, f"{node.module}.{name.name}", node.lineno) for name in node.names)


def forbidden_imports(source: str, banned: set[str]) -> list[str]:
    """`line: name` of each import of a banned module or of anything in it."""
    return [
        f"{line}: {name}"
        for _alias, name, line in aliases(ast.parse(source))
        if any(name == module or name.startswith(f"{module}.") for module in banned)
    ]


def opened_files(source: str) -> list[str]:
    """`line: open` of each call of the built-in open."""
    return [
        f"{node.lineno}: open"
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "open"
    ]


def clock_reads(source: str) -> list[str]:
    """`line: name` of each mention of a function that reads the time, called or handed on; monotonic clocks may be."""
    tree = ast.parse(source)
    known = {alias: name for alias, name, _line in aliases(tree)}
    found = [f"{line}: {name}" for _alias, name, line in aliases(tree) if name in CLOCK_READS]
    for node in ast.walk(tree):
        if not isinstance(node, ast.Attribute):
            continue
        owner = node.value.attr if isinstance(node.value, ast.Attribute) else getattr(node.value, "id", "")
        name = f"{known.get(owner, owner).rpartition('.')[2]}.{node.attr}"
        if name in CLOCK_READS:
            found.append(f"{node.lineno}: {name}")
    return found


def test_store_never_loads_the_screen() -> None:
    found = loaded(LOADED_BY_STORE)
    assert {"store", "msgspec"} <= found
    assert not found & {"textual", "rich", "tui"}


def test_store_loads_calendars_and_spreadsheets_only_when_used() -> None:
    assert not loaded(LOADED_BY_STORE) & {"holidays", "openpyxl", "docx", "icalendar"}


def test_the_command_line_starts_without_the_screen_and_the_calendars() -> None:
    found = loaded("import sys, tui.cli; print(*sys.modules)")
    assert not found & {"textual", "pendulum", "holidays", "openpyxl", "docx", "icalendar"}


@pytest.mark.parametrize("path", sources("store/rules"), ids=lambda path: path.stem)
def test_rules_do_no_io(path: Path) -> None:
    source = path.read_text("utf-8")
    assert not forbidden_imports(source, NOT_IN_RULES) + opened_files(source)


def test_screens_and_widgets_open_no_file() -> None:
    found = {
        str(path.relative_to(ROOT)): bad
        for path in sources("tui/screens", "tui/widgets")
        if (bad := forbidden_imports(path.read_text("utf-8"), NOT_IN_SCREENS) + opened_files(path.read_text("utf-8")))
    }
    assert not found


def test_only_the_clock_reads_the_time() -> None:
    found = {
        str(path.relative_to(ROOT)): bad
        for path in sources("store", "tui")
        if path != ROOT / "store" / "clock.py" and (bad := clock_reads(path.read_text("utf-8")))
    }
    assert not found


@pytest.mark.parametrize(
    "source",
    [
        "import time\ntime.time()",
        "import time as t\nf = t.time",
        "from time import time",
        "from datetime import datetime as d\nd.now()",
        "import datetime\ndatetime.datetime.utcnow()",
        "import pendulum\ndef f(): return pendulum.now('UTC')",
        "from datetime import date\ndate.today()",
    ],
)
def test_a_clock_read_is_found(source: str) -> None:
    assert clock_reads(source)


def test_what_is_no_clock_read_is_let_pass() -> None:
    assert not clock_reads(
        "import time\ntime.monotonic()\nclock.now()\nself.clock.now()\ndatetime.fromtimestamp(now, UTC)"
    )
    assert clock_reads((ROOT / "store" / "clock.py").read_text("utf-8"))


@pytest.mark.parametrize(
    "source", ["import os", "import os.path", "from pathlib import Path", "def f():\n    from store.file import lock"]
)
def test_a_forbidden_import_is_found(source: str) -> None:
    assert forbidden_imports(source, NOT_IN_SCREENS)
    assert not forbidden_imports("import ossuary\nfrom store.files import x\nfrom store import board", NOT_IN_SCREENS)


def test_an_opened_file_is_found() -> None:
    assert opened_files("with open('x') as f: pass") == ["1: open"]
    assert not opened_files("self.open('x')\nopen_all()")


@pytest.mark.parametrize("path", [ROOT / "CHANGELOG.md", ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))])
def test_documents_are_as_wide_as_the_source(path: Path) -> None:
    lines = path.read_text("utf-8").splitlines()
    wide = [number for number, line in enumerate(lines, 1) if len(line) > 120 and not line.startswith(("|", "!["))]
    assert wide == [], f"{path.name}: lines {wide}"
