"""Numbers are given out consecutively, never twice, also when several people make cards at the same moment (§2)."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from store.rules.paper_ids import read_card_id
from tests.store.storage_helpers import make_board, opened

ROOT = Path(__file__).parents[2]
WORKERS, EACH = 3, 12


@pytest.mark.slow
def test_cards_made_at_the_same_moment_have_numbers_without_gaps_or_doubles(tmp_path: Path) -> None:
    (tmp_path / "share").mkdir()
    path = make_board(tmp_path / "share" / "board.json")
    workers = [
        subprocess.Popen(
            [sys.executable, "-m", "tests.store.number_worker", str(path), str(tmp_path / f"s{n}"), f"w{n}", str(EACH)],
            cwd=ROOT,
        )
        for n in range(WORKERS)
    ]
    assert [worker.wait(timeout=120) for worker in workers] == [0] * WORKERS
    shared = opened(path, tmp_path / "reader")
    cards = shared.shown().cards.values()
    shared.close()
    found = [read_card_id(card.number) for card in cards]
    by_year: dict[int, list[int]] = {}
    for number in found:
        assert number is not None
        by_year.setdefault(number.year, []).append(number.number)
    assert len({card.number for card in cards}) == WORKERS * EACH + 1
    for numbers in by_year.values():
        assert sorted(numbers) == [*range(1, len(numbers) + 1)]
