"""Whatever happens to a file: it is refused in words and stays as it is, or nothing of it is lost by a write."""

from __future__ import annotations

import os
import random
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.store.damage import check, damaged
from tests.tui.boards import owing
from tests.tui.deck import write_board


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("damage")


@pytest.fixture(scope="module")
def whole(folder: Path) -> bytes:
    return write_board(owing(), folder / "whole.json").read_bytes()


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 2**40))
def test_a_damaged_file_is_refused_or_carried_along_whole(
    seed: int, whole: bytes, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "fsync", int)  # nobody pulls the plug
    check(folder, damaged(whole, random.Random(seed)))


def test_a_whole_file_is_written(whole: bytes, folder: Path) -> None:
    assert check(folder, whole) == "written"
