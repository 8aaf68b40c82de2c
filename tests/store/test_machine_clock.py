"""A machine whose clock is off: it is said, and nothing happens by itself on its word (design §3.9)."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from store.clock import FixedClock, SystemClock
from store.file.disk import Disk
from store.file.machine_clock import SAID, TRUSTED, skew, trusted
from store.file.shared_board import SharedBoard
from tests.store.builders import Cast, stamp
from tests.store.test_auto_escalate import BOARD, FIRST, moves, steps
from tui.notices import Notices, clock_words

HOUR = 3600


class Wrong(FixedClock):
    """A machine's clock so many seconds ahead of the file system's."""

    real = True


def wrong(ahead: int) -> Wrong:
    return Wrong(SystemClock().now_exact() + ahead)


@pytest.mark.parametrize("ahead", [0, HOUR, -HOUR])
def test_it_is_measured_by_what_was_just_made_on_the_share(tmp_path: Path, ahead: int) -> None:
    made = tmp_path / "lock"
    made.mkdir()
    found = skew(Disk(), str(made), wrong(ahead))
    assert found is not None
    assert abs(found - ahead) < SAID
    assert trusted(found) == (ahead == 0)


def test_a_share_that_does_not_say_and_a_clock_that_is_no_machines_are_trusted(tmp_path: Path) -> None:
    assert skew(Disk(), str(tmp_path / "nothing"), SystemClock()) is None
    assert skew(Disk(), str(tmp_path), FixedClock(5)) is None
    assert trusted(None)
    assert trusted(TRUSTED)
    assert trusted(-TRUSTED)
    assert not trusted(TRUSTED + 1)


@pytest.mark.parametrize(("ahead", "moved"), [(0, True), (HOUR, False)])
def test_nothing_moves_up_by_itself_on_a_wrong_clock(tmp_path: Path, ahead: int, *, moved: bool) -> None:
    from store.file.storage import encode

    path = tmp_path / "board.json"
    path.write_bytes(encode(BOARD.meta, BOARD.raws))
    shared = SharedBoard(path, state=tmp_path / "state", clock=wrong(ahead))
    due = [(move, stamp(Cast.mei, FIRST + 1)) for move in moves(shared.read(), FIRST + 1)]
    settled = shared.commit(due).settled
    assert bool(settled) == moved == bool(steps(shared.read()))
    assert shared.ahead is not None
    assert not os.path.exists(f"{path}.lock")
    shared.close()


def test_it_is_said_once_with_what_to_do() -> None:
    notices = Notices()
    assert not notices.clock_off(None)
    assert not notices.clock_off(SAID)
    assert notices.clock_off(HOUR) == clock_words(HOUR)
    assert not notices.clock_off(HOUR)
    assert clock_words(HOUR).startswith("This machine's clock is 1h 00m ahead")
    assert clock_words(-90).startswith("This machine's clock is 1m behind")
    assert clock_words(HOUR).endswith("nothing here moves up by itself.")
    assert not clock_words(-90).endswith("nothing here moves up by itself.")
