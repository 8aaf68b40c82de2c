"""Thirty sessions, forty changes each, killed at every point of a commit: nothing lost, nothing doubled."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from store.file.storage import parse
from tests.share.server import serving
from tests.store.deadly import POINTS
from tests.store.kill_proof import check_exactly_once, run, send_the_rest
from tests.store.storage_helpers import make_board

PROCESSES, COUNT, CHANCE = 30, 40, 0.02


def prove(boards: Sequence[Path], states: Path) -> None:
    said = run(boards, states, processes=PROCESSES, count=COUNT, chance=CHANCE, limit=420)
    assert said.problems == []
    assert len(said.acknowledged) == PROCESSES * COUNT
    assert len(said.killed) >= 12
    assert said.killed.keys() <= set(POINTS.values())
    for board in boards:
        parse(board.read_bytes())
    send_the_rest(boards, states)
    check_exactly_once(boards[0], said.acknowledged)
    waits = said.waits
    print(f"{sum(said.killed.values())} kills at {len(said.killed)} points; commits: {len(waits)} told,", end=" ")
    print(
        f"median {waits[len(waits) // 2]:.2f} s, p95 {waits[len(waits) * 95 // 100]:.2f} s, longest {waits[-1]:.2f} s"
    )


def test_killed_at_every_point_of_a_commit_on_a_local_disk(tmp_path: Path) -> None:
    (tmp_path / "share").mkdir()
    (tmp_path / "states").mkdir()
    prove([make_board(tmp_path / "share" / "board.json")], tmp_path / "states")


def test_killed_at_every_point_of_a_commit_over_two_mounts_of_one_server(tmp_path: Path) -> None:
    (tmp_path / "states").mkdir()
    with serving(tmp_path / "server") as server:
        make_board(server.served / "板 one.json")
        boards = [server.mount() / "板 one.json" for _ in range(2)]
        prove(boards, tmp_path / "states")
