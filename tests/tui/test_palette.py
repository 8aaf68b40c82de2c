"""The palette finds a record by its number or by the words it is known by."""

from __future__ import annotations

from pathlib import Path

from tests.tui.deck import running, typed, until
from tests.tui.issue_boards import queue_board


async def test_a_dispute_is_found_by_what_it_is_over(tmp_path: Path) -> None:
    async with running(queue_board(), tmp_path) as (app, pilot):
        await typed(pilot, ":门店物料费用\n")
        await until(pilot, lambda: app.front.number == 3 and app.front.current() == ("issues", 105))
