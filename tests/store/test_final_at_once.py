"""Two people make the same minutes final at the same moment: each action item becomes one subtask (rulebook §6)."""

from __future__ import annotations

import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import msgspec
import pytest

from store.board import Board
from store.clock import FixedClock
from store.file.shared_board import SharedBoard
from store.file.storage import encode
from tests.store.builders import DAY, HOUR, T0, Cast, do, office
from tests.store.final_worker import MEETING

ROOT = Path(__file__).parents[2]
ITEMS = 8
c = Cast


def reviewed() -> Board:
    """Minutes with action items, reviewed; the chair is wang, the administrator is zhang."""
    board = do(office(), "SetSetting", c.wang, key="administrator", value=c.zhang)
    board = do(
        board, "CallMeeting", c.sun, T0 - DAY, id=MEETING, kind="progress", card=c.card, starts=T0 - HOUR, ends=T0,
        chair=c.wang, recorder=c.sun, invitees=[c.wang, c.li], agenda=[{"title": "一"}],
    )  # fmt: skip
    whole = {"kind": "action", "owner": c.sun, "due": T0 + 5 * DAY, "standard": "1 份"}
    lines = [{"id": 810 + n, "text": f"清单 {n}", "order": n, **whole} for n in range(ITEMS)]
    board = do(board, "SaveLines", c.sun, meeting=MEETING, item=board.agenda_of[MEETING][0].id, lines=lines)
    for operation, who in (("HoldMeeting", c.sun), ("SendDraft", c.sun), ("ReviewMinutes", c.li)):
        board = do(board, operation, who, meeting=MEETING)
    return board


@pytest.mark.slow
def test_each_action_item_is_one_subtask_whoever_finalises_first(tmp_path: Path) -> None:
    board, path, go = reviewed(), tmp_path / "board.json", tmp_path / "go"
    path.write_bytes(encode(msgspec.structs.replace(board.meta, name="Q4"), board.raws))
    command = [sys.executable, "-m", "tests.store.final_worker", str(path)]
    workers = [
        subprocess.Popen([*command, str(tmp_path / f"s{person}"), str(person), str(go)], cwd=ROOT)
        for person in (c.wang, c.zhang)
    ]
    end = time.monotonic() + 60
    while not all(Path(f"{go}.{person}").exists() for person in (c.wang, c.zhang)):
        assert time.monotonic() < end
        time.sleep(0.005)
    go.touch()
    assert [worker.wait(timeout=120) for worker in workers] == [0, 0]
    reader = SharedBoard(path, state=tmp_path / "reader", clock=FixedClock(T0 + DAY))
    found = reader.read()
    reader.close()
    made = [subtask for subtask in found.subtasks.values() if subtask.source_line]
    assert Counter(subtask.source_line for subtask in made) == Counter(range(810, 810 + ITEMS))
    assert {found.lines[subtask.source_line or 0].subtask for subtask in made} == {subtask.id for subtask in made}
    assert len({subtask.number for subtask in made}) == ITEMS
    finals = [entry for entry in found.history.values() if entry.operation == "FinaliseMinutes"]
    assert [entry.outcome for entry in finals].count("applied") == 1
    assert found.meetings[MEETING].state == "final"
