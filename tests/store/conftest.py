"""A board on a share and the state directory of a machine, for tests of `store.file`."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.store.storage_helpers import make_board


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A board file in a folder whose names hold what paths may hold."""
    (tmp_path / "共享 drive").mkdir()
    return make_board(tmp_path / "共享 drive" / "板 one.json")


@pytest.fixture
def state(tmp_path: Path) -> Path:
    """The state directory."""
    return tmp_path / "state"
