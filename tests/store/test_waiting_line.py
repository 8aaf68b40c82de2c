"""Who waits for the lock gets it in the order they came; a place in the line is a hint, never a right."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from store.file.disk import Disk
from store.file.lock import LockDirectory
from store.file.replace import sweep
from store.file.waiting_line import FORGOTTEN, TURN, WaitingLine
from tests.store.storage_helpers import HastyDisk


@pytest.fixture
def board(tmp_path: Path) -> str:
    return str(tmp_path / "board.json")


def line(board: str) -> WaitingLine:
    return WaitingLine(board + ".lock", HastyDisk())


def waiting(board: str) -> list[str]:
    folder = Path(board + ".lock.wait")
    return sorted(each.name for each in folder.iterdir()) if folder.exists() else []


def test_only_the_first_asks_and_the_others_move_up(board: str) -> None:
    waiters = [line(board) for _ in range(4)]
    for each in waiters:
        each.join(0.0)
    assert [each.lets(0.01) for each in waiters] == [True, False, False, False]
    waiters[0].leave()
    assert [each.lets(0.02) for each in waiters[1:]] == [True, False, False]
    waiters[2].leave()  # somebody gave up
    waiters[1].leave()
    assert waiters[3].lets(0.03)
    waiters[3].leave()
    assert not os.path.exists(board + ".lock.wait")


def test_who_comes_while_others_wait_stands_behind_them_and_who_comes_alone_in_no_line(board: str) -> None:
    alone, one, two = line(board), line(board), line(board)
    alone.begin(0.0)
    assert waiting(board) == []
    assert alone.pause(0.0) is None
    one.join(0.0)
    two.begin(0.0)
    assert len(waiting(board)) == 2
    assert (one.lets(0.01), two.lets(0.01)) == (True, False)
    assert (one.pause(0.01) or 1) < (two.pause(0.01) or 0) * 4


def test_somebody_in_front_who_is_gone_holds_nobody_up_for_long(board: str) -> None:
    gone, one = line(board), line(board)
    gone.join(0.0)
    one.join(0.0)
    assert not one.lets(TURN / 2)
    assert one.lets(TURN * 1.1)
    assert not one.lets(TURN * 1.2)


def test_a_place_nobody_can_be_waiting_at_any_more_is_removed(board: str) -> None:
    gone, one = line(board), line(board)
    gone.join(0.0)
    (place,) = waiting(board)
    long_ago = time.time() - FORGOTTEN - 1
    os.utime(os.path.join(board + ".lock.wait", place), (long_ago, long_ago))
    one.begin(0.0)
    assert place not in waiting(board)
    assert one.lets(0.01)


def test_who_died_in_the_line_on_this_machine_stands_in_nobodys_way(board: str) -> None:
    code = "import sys; from store.file.disk import Disk; from store.file.waiting_line import WaitingLine\n"
    code += "WaitingLine(sys.argv[1] + '.lock', Disk()).join(0.0)"
    for _ in range(2):
        subprocess.run([sys.executable, "-c", code, board], check=True, cwd=Path(__file__).parents[2])
        assert len(waiting(board)) == 1  # that of the one before is gone
    alone = line(board)
    alone.begin(0.0)
    assert (waiting(board), alone.pause(0.0)) == ([], None)
    assert not os.path.exists(board + ".lock.wait")


def test_a_process_of_another_machine_is_never_taken_for_dead(board: str) -> None:
    folder = Path(board + ".lock.wait")
    folder.mkdir()
    place = f"{1:012}-abcd1234-999999999-77-00000000"
    (folder / place).touch()
    one = line(board)
    one.begin(0.0)
    assert waiting(board)[0] == place
    assert not one.lets(TURN / 2)


def test_what_killed_sessions_left_there_is_swept(board: str) -> None:
    line(board).join(0.0)
    now = os.stat(board + ".lock.wait").st_mtime
    sweep(Disk(), board, now + 60)
    assert len(waiting(board)) == 1
    sweep(Disk(), board, now + 7_200)
    assert not os.path.exists(board + ".lock.wait")


def test_where_no_line_can_be_made_the_lock_is_taken_all_the_same(board: str) -> None:
    Path(board + ".lock.wait").write_text("in the way")
    first = LockDirectory(board, HastyDisk())
    first.acquire()
    second = LockDirectory(board, HastyDisk())
    second.acquire(lambda _holder, _seconds: first.release())
    second.check()
    second.release()


def test_thirty_who_wait_are_served_in_turn(board: str) -> None:
    holder = LockDirectory(board, HastyDisk())
    holder.acquire()
    waiters = [line(board) for _ in range(30)]
    for each in waiters:
        each.join(0.0)
    served = []
    now = 0.0
    while waiters:
        now += 0.001
        turn = [each for each in waiters if each.lets(now)]
        served.append(turn[0])
        turn[0].leave()
        waiters.remove(turn[0])
        assert len(turn) == 1
    assert len(served) == 30
