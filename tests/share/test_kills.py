"""Thirty sessions, forty changes each, killed at every point of a commit: nothing lost, nothing doubled."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from store.file.storage import parse
from tests.share.server import serving
from tests.store.deadly import POINTS
from tests.store.kill_proof import check_exactly_once, run, send_the_rest
from tests.store.storage_helpers import make_board

pytestmark = pytest.mark.slow
PROCESSES, COUNT, CHANCE = 30, 40, 0.02


def prove(board: Path, folder: Path, mounts: Sequence[Path] = (), meanwhile: Callable[[], None] = lambda: None) -> None:
    boards = mounts or [board]
    said = run(boards, folder, processes=PROCESSES, count=COUNT, chance=CHANCE, limit=900, meanwhile=meanwhile)
    assert said.problems == []
    assert len(said.acknowledged) == PROCESSES * COUNT
    assert len(said.killed) >= 12
    assert said.killed.keys() <= set(POINTS.values())
    meanwhile()
    parse(board.read_bytes())
    send_the_rest(boards, folder)
    check_exactly_once(board, said.acknowledged)
    waits = said.waits
    middle, high = waits[len(waits) // 2], waits[len(waits) * 95 // 100]
    print(f"{sum(said.killed.values())} kills at {len(said.killed)} points; {len(waits)} commits not killed:", end=" ")
    print(f"median {middle:.2f} s, p95 {high:.2f} s, longest {waits[-1]:.2f} s;", end=" ")
    print(f"{len(said.unavailable)} times the share was away for a moment")


def test_killed_at_every_point_of_a_commit_on_a_local_disk(tmp_path: Path) -> None:
    (tmp_path / "share").mkdir()
    prove(make_board(tmp_path / "share" / "board.json"), tmp_path)


def test_killed_at_every_point_of_a_commit_over_two_mounts_of_one_server(tmp_path: Path) -> None:
    with serving(tmp_path / "server") as server:
        board = make_board(server.served / "板 one.json")
        mounts = [server.mount() / board.name for _ in range(2)]
        prove(board, tmp_path, mounts, server.mount_anew)
        if server.died:
            print(f"sshfs itself crashed {server.died} times and was mounted anew")
