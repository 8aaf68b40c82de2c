"""Leaving right behind a change: it is given a moment to reach the file, and no more than that."""

from __future__ import annotations

import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple, cast

import pytest

import tui.engine
from store.operations.base import Stamp
from store.operations.progress import RecordProgress
from store.port import BoardStore
from tests.store.builders import T0, Cast
from tests.tui.boards import OWED, owing
from tests.tui.deck import running, written_board
from tui.engine import Engine


def change(app: Any) -> None:
    app.engine.record(1, [RecordProgress(subtask=OWED[0], percent=77)], Stamp(person=Cast.li, at=T0, recorded=T0))


async def test_what_was_recorded_right_before_leaving_is_in_the_file(tmp_path: Path) -> None:
    async with running(owing(), tmp_path, me="李强") as (app, _pilot):
        change(app)
        app.engine.stop()
    assert 77 in {entry.percent for entry in written_board(tmp_path / "board.json").progress.values()}


class Waits(NamedTuple):
    """A store of which so much waits, and nothing is written."""

    pending: Sequence[str]


def leaving(waits: Sequence[str], monkeypatch: pytest.MonkeyPatch, *, away: bool = False) -> int:
    """How often leaving looks whether a change has reached the file."""
    looks: list[float] = []
    monkeypatch.setattr(time, "sleep", lambda _seconds: looks.append(time.monotonic()))
    monkeypatch.setattr(tui.engine, "LAST", 0.02)
    engine = Engine(cast("BoardStore", Waits(waits)), lambda _message: None, lambda _board, before: cast("Any", before))
    engine._state, engine._failing = cast("Any", object()), away
    engine.stop()
    return len(looks)


def test_a_change_that_does_not_get_there_holds_nobody_for_long(monkeypatch: pytest.MonkeyPatch) -> None:
    assert leaving(["change"], monkeypatch) > 0


@pytest.mark.parametrize(("waits", "away"), [([], False), (["change"], True)])
def test_nobody_waits_without_a_change_or_a_share(
    waits: Sequence[str], away: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert leaving(waits, monkeypatch, away=away) == 0
