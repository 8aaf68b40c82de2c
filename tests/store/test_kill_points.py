"""Sessions killed at named points of a commit: the small form of what `make test-share` does at length."""

from __future__ import annotations

from pathlib import Path

import pytest

from store.clock import SystemClock
from store.file.storage import parse
from tests.store.deadly import POINTS
from tests.store.kill_proof import check_exactly_once, run, send_the_rest
from tests.store.storage_helpers import HastyDisk, make_board, session, stamp, sync


@pytest.mark.slow
def test_whoever_is_killed_anywhere_in_a_commit_loses_and_doubles_nothing(tmp_path: Path) -> None:
    (tmp_path / "share").mkdir()
    path = make_board(tmp_path / "share" / "board.json")
    said = run([path], tmp_path, processes=6, count=10, chance=0.03, limit=120)
    assert said.problems == []
    assert said.unavailable == []
    assert len(said.acknowledged) == 60
    assert said.killed
    assert said.killed.keys() <= set(POINTS.values())
    parse(path.read_bytes())
    send_the_rest([path], tmp_path)
    check_exactly_once(path, said.acknowledged)
    # Whoever was killed last, behind its write, left its lock: the next one to write takes it.
    last = session(path, tmp_path / "last", HastyDisk(), SystemClock())
    last.read()
    last.record([sync("the last")], stamp())
    last.commit()
    assert last.pending == []
    last.close()
    assert not (tmp_path / "share" / "board.json.lock").exists()
