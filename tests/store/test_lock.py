from __future__ import annotations

import errno
import os
import subprocess
import sys
from pathlib import Path

import msgspec
import pytest

from store.errors import BoardReadOnly, BoardUnavailable
from store.file.lock import LockDirectory, LockLost
from store.file.owner import Owner, boot, started
from tests.store.storage_helpers import FaultyDisk, HastyDisk


@pytest.fixture
def board(tmp_path: Path) -> str:
    return str(tmp_path / "板 one.json")


def lock(board: str, who: str = "", disk: HastyDisk | None = None) -> LockDirectory:
    return LockDirectory(board, disk or HastyDisk(), who=who)


def names(board: str) -> list[str]:
    return sorted(os.listdir(os.path.dirname(board)))


def put_owner(board: str, owner: Owner) -> None:
    os.mkdir(board + ".lock")
    Path(board + ".lock", "owner").write_bytes(msgspec.json.encode(owner))


def test_release_leaves_nothing_behind(board: str) -> None:
    one = lock(board)
    one.acquire()
    one.touch()
    one.check()
    assert names(board) == ["板 one.json.lock"]
    one.release()
    assert names(board) == []


def test_waiting_names_the_holder_and_gives_up_with_a_sentence(board: str) -> None:
    lock(board, "bob@pc7").acquire()
    two = lock(board, "ana@pc1")
    two.patience = 2.0
    heard: list[tuple[str, float]] = []
    with pytest.raises(BoardUnavailable) as given_up:
        two.acquire(lambda holder, seconds: heard.append((holder, seconds)))
    assert given_up.value.code == "locked"
    assert given_up.value.fields["holder"] == "bob@pc7"
    assert {holder for holder, _ in heard} == {"bob@pc7"}
    assert [seconds for _, seconds in heard] == sorted(seconds for _, seconds in heard)


def test_who_waits_again_for_the_same_holder_goes_on_counting(board: str) -> None:
    lock(board, "bob@pc7").acquire()
    two = lock(board, "ana@pc1")
    two.patience = 2.0
    told: list[int] = []
    for _ in range(3):
        with pytest.raises(BoardUnavailable) as given_up:
            two.acquire()
        told.append(given_up.value.fields["seconds"])
    assert told[2] > told[1] > told[0] >= 2


def test_a_lock_that_is_not_touched_runs_out_by_our_own_clock(board: str) -> None:
    put_owner(board, Owner("elsewhere:1:x:t", "1", "bob@pc7"))
    disk = HastyDisk()
    two = lock(board, disk=disk)
    two.acquire()
    assert two.broken == 1
    assert 14.5 < disk.slept < 16
    two.check()
    two.release()
    assert names(board) == []


def test_a_lock_without_a_name_in_it_is_taken_over_at_once_and_its_maker_finds_out(board: str) -> None:
    class Stopped(HastyDisk):  # between the lock and the name in it, for as long as another needs
        def open(self, path: str, flags: int, mode: int = 0o666) -> int:
            if not two.path.endswith(".lock") or not path.startswith(two.path + "/") or flags & os.O_EXCL == 0 or took:
                return super().open(path, flags, mode)
            took.append(1)
            two.acquire()
            return super().open(path, flags, mode)

    took: list[int] = []
    disk = HastyDisk()
    one, two = lock(board, "ana", Stopped()), lock(board, "bob", disk)
    one.patience = 1.0
    with pytest.raises(BoardUnavailable) as held:
        one.acquire()
    assert held.value.fields["holder"] == "bob"
    assert disk.slept < 1
    two.check()
    two.release()
    one.acquire()
    one.release()
    assert names(board) == []


def test_a_lock_with_an_empty_name_in_it_runs_out_soon(board: str) -> None:
    put_owner(board, Owner())
    Path(board + ".lock", "owner").write_bytes(b"")
    disk = HastyDisk()
    two = lock(board, disk=disk)
    two.acquire()
    assert two.broken == 1
    assert 2.5 < disk.slept < 4
    two.release()
    assert names(board) == []


def test_a_client_that_takes_a_lock_for_there_long_after_it_went_does_not_wait_for_it(board: str) -> None:
    class Cached(HastyDisk):  # as sshfs: what it saw once it holds for true for twenty seconds
        def mkdir(self, path: str, mode: int = 0o777) -> None:
            if path.endswith(".lock"):
                raise FileExistsError(errno.EEXIST, "cached")
            super().mkdir(path, mode)

    disk = Cached()
    one = lock(board, disk=disk)
    one.acquire()
    assert disk.slept < 1
    one.release()
    disk.slept = 0
    one.acquire()
    assert disk.slept == 0
    one.release()
    assert names(board) == []


def test_nobody_takes_over_a_lock_with_a_name_in_it(board: str) -> None:
    one, two = lock(board, "ana"), lock(board, "bob")
    one.acquire()
    two._by_rename, two.patience = True, 3.0
    with pytest.raises(BoardUnavailable) as held:
        two.acquire()
    assert held.value.fields["holder"] == "ana"
    one.check()
    one.release()
    assert names(board) == []


def test_others_may_clear_away_a_lock_in_a_folder_of_a_group(board: str) -> None:
    os.chmod(os.path.dirname(board), 0o2775)
    old = os.umask(0o022)
    try:
        one = lock(board)
        one.acquire()
    finally:
        os.umask(old)
    assert os.stat(one.path).st_mode & 0o777 == 0o775
    one.release()


def test_under_contention_nobody_is_told_that_he_may_not_write(board: str) -> None:
    disk = HastyDisk()
    one, two = lock(board, "ana"), lock(board, "bob", disk)
    two.patience = 20.0

    def again(holder: str, seconds: float) -> None:  # ana and others take turns; bob never finds it free
        one.release()
        one.acquire()

    one.acquire()
    with pytest.raises(BoardUnavailable) as held:
        two.acquire(again)
    assert held.value.code == "locked"


def test_a_lock_that_is_touched_does_not_run_out(board: str) -> None:
    holding = HastyDisk()
    one, two = lock(board, disk=holding), lock(board)
    one.acquire()

    def touch(holder: str, seconds: float) -> None:
        holding.slept = seconds
        one.touch()

    two.patience = 40.0
    with pytest.raises(BoardUnavailable):
        two.acquire(touch)
    assert two.broken == 0
    one.check()


def test_the_lock_of_a_dead_process_of_this_machine_is_broken_at_once(board: str) -> None:
    code = "import sys, os; from store.file.lock import *; from store.file.disk import Disk\n"
    code += "LockDirectory(sys.argv[1], Disk()).acquire(); os._exit(0)"
    subprocess.run([sys.executable, "-c", code, board], check=True, cwd=Path(__file__).parents[2])
    assert names(board) == ["板 one.json.lock"]
    disk = HastyDisk()
    two = lock(board, disk=disk)
    two.acquire()
    assert (two.broken, disk.slept) == (1, 0.0)


def test_a_pid_that_was_given_to_another_process_counts_as_dead(board: str) -> None:
    mine = lock(board)
    mine.acquire()
    text = Path(board + ".lock", "owner").read_bytes()
    owner = msgspec.json.decode(text, type=Owner)
    assert not owner.is_dead()
    if started(os.getpid()):
        assert msgspec.structs.replace(owner, started="1").is_dead()
    host, pid, _, word = owner.token.split(":")
    assert not Owner(f"{host}:999999999:another boot:{word}").is_dead()
    assert not Owner(f"elsewhere:{pid}:{boot()}:{word}").is_dead()


def test_whoever_lost_the_lock_learns_it_and_leaves_the_new_one_alone(board: str) -> None:
    disk = HastyDisk()
    one, two = lock(board, disk=disk), lock(board)
    one.acquire()
    two._break(two._owner(two.path))
    two.acquire()
    with pytest.raises(LockLost):
        one.check()
    disk.slept += 100
    with pytest.raises(LockLost):
        one.touch()
    one.release()
    two.check()


def test_only_one_of_two_breaks_a_stale_lock(board: str) -> None:
    stale = Owner("elsewhere:1:x:t")
    put_owner(board, stale)
    one, two = lock(board), lock(board)
    one._break(stale)
    one.acquire()
    two._break(stale)
    assert two.broken == 0
    one.check()


@pytest.mark.parametrize("number", [errno.EPERM, errno.EACCES, errno.ESTALE, errno.EBUSY])
def test_what_shares_answer_under_contention_is_waited_out(board: str, number: int) -> None:
    disk = FaultyDisk()
    disk.fail(number, "mkdir", at=range(4))
    one = lock(board, disk=disk)
    one.acquire()
    one.check()


def test_a_folder_that_always_refuses_is_forbidden_after_a_while(board: str) -> None:
    disk = FaultyDisk()
    disk.fail(errno.EACCES, "mkdir")
    with pytest.raises(BoardReadOnly) as refused:
        lock(board, disk=disk).acquire()
    assert refused.value.code == "permission"
    assert "chmod g+w" in str(refused.value)
    assert 4.5 < disk.slept < 6


SAID = {
    errno.EROFS: (BoardReadOnly, "permission"),
    errno.ENOSPC: (BoardUnavailable, "full"),
    errno.EDQUOT: (BoardUnavailable, "full"),
    errno.ENOTCONN: (BoardUnavailable, "unavailable"),
    errno.EIO: (BoardUnavailable, "unavailable"),
}


@pytest.mark.parametrize("number", SAID)
@pytest.mark.parametrize("call", ["mkdir", "open", "write", "close"])
def test_other_failures_are_said_at_once(board: str, call: str, number: int) -> None:
    disk = FaultyDisk()
    disk.fail(number, call)
    error, code = SAID[number]
    with pytest.raises(error) as refused:
        lock(board, disk=disk).acquire()
    assert refused.value.code == code
    assert disk.slept == 0


def test_a_folder_that_is_gone_is_unavailable(board: str) -> None:
    with pytest.raises(BoardUnavailable) as refused:
        lock(os.path.join(os.path.dirname(board), "none", "board.json")).acquire()
    assert refused.value.code == "unavailable"


def test_a_refused_release_is_tried_again(board: str) -> None:
    disk = FaultyDisk()
    one = lock(board, disk=disk)
    one.acquire()
    disk.fail(errno.EACCES, "rename", at=range(8))
    one.release()
    assert disk.trace.count("rename") > 1
    assert names(board) == []


def test_two_processes_count_together(board: str) -> None:
    code = """
import sys
from store.file.disk import Disk
from store.file.lock import LockDirectory
lock = LockDirectory(sys.argv[1], Disk())
for _ in range(60):
    lock.acquire()
    with open(sys.argv[1]) as file:
        n = int(file.read())
    lock.check()
    with open(sys.argv[1], "w") as file:
        file.write(str(n + 1))
    lock.release()
"""
    Path(board).write_text("0")
    command = [sys.executable, "-c", code, board]
    running = [subprocess.Popen(command, cwd=Path(__file__).parents[2]) for _ in range(3)]
    assert [process.wait(60) for process in running] == [0, 0, 0]
    assert Path(board).read_text() == "180"
    assert names(board) == ["板 one.json"]
