"""Ten thousand damaged boards: no traceback, and no write that loses anything."""

from __future__ import annotations

import os
import random
from collections import Counter
from pathlib import Path

import pytest

from tests.store.damage import check, damaged
from tests.tui.boards import owing
from tests.tui.deck import write_board

CASES = 10_000
pytestmark = pytest.mark.slow


def test_ten_thousand_damaged_boards(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "fsync", int)
    whole = write_board(owing(), tmp_path / "whole.json").read_bytes()
    ends: Counter[str] = Counter()
    for seed in range(CASES):
        try:
            ends[check(tmp_path, damaged(whole, random.Random(seed)))] += 1
        except Exception as problem:
            raise AssertionError(f"seed {seed}") from problem
    print(f"{CASES} damaged boards:", ", ".join(f"{count} {end}" for end, count in ends.most_common()))
    assert ends["written"] > CASES // 20
