"""What every test stands on: folders of its own, English, nothing of the person who runs it, compiled catalogues."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

# Textual reads this while it is imported, so no fixture could set it in time.
os.environ["TEXTUAL_ANIMATIONS"] = "none"

from tests import catalogues
from tui import i18n

# A busy machine is no failure: no example is timed.
settings.register_profile("crossdeck", deadline=None)
settings.load_profile("crossdeck")

# What a person's shell may hold and a test must not see.
_FOREIGN = ("CROSSDECK_", "LC_", "NO_COLOR", "LANGUAGE", "COLUMNS", "LINES", "TMUX", "FORCE_COLOR", "COLORTERM")


def pytest_configure(config: pytest.Config) -> None:
    """Compile the catalogues once, before any worker of pytest-xdist starts."""
    if not hasattr(config, "workerinput"):
        catalogues.compile_stale()


def _raised(_: object, name: str, error: Exception) -> None:
    """What is only written down where people work fails a test: results of an operation that cannot be worked out."""
    pytest.fail(f"results of {name}: {error!r}")


@pytest.fixture(autouse=True)
def _clean_surroundings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    for name in [name for name in os.environ if name.startswith(_FOREIGN)]:
        monkeypatch.delenv(name)
    for name in ("XDG_STATE_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME"):
        monkeypatch.setenv(name, str(tmp_path / name.lower()))
    monkeypatch.setenv("LANG", "C.UTF-8")
    monkeypatch.setenv("TERM", "xterm-256color")
    # Not the board's zone: what leans on the machine's own zone shows up as eight hours off.
    monkeypatch.setenv("TZ", "UTC")
    time.tzset()
    i18n.choose("en")
    monkeypatch.setattr("store.file.calendars.Calendars.failed", _raised)
    yield
    monkeypatch.undo()
    time.tzset()
