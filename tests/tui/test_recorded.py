"""What was recorded is said, and the cursor stands on what is new."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.store.builders import Cast, office
from tests.tui.deck import running, typed, until
from tests.tui.issue_boards import queue_board

DATA = Path(__file__).parent.parent / "data"


async def test_a_new_card_is_said_and_stands_under_the_cursor(tmp_path: Path) -> None:
    async with running(office(), tmp_path) as (app, pilot):
        app.list.table.move_to(Cast.card)
        await typed(pilot, "a\n春季促销 @市场部 <12-01\n")
        await until(pilot, lambda: not app.front.entering)
        assert app.message == "Recorded: card made 春季促销."
        assert app.state is not None
        table, key = app.list.current() or ("", 0)
        assert (table, app.state.board.cards[key].name) == ("cards", "春季促销")


async def test_a_new_subtask_stands_under_the_cursor(tmp_path: Path) -> None:
    async with running(office(), tmp_path) as (app, pilot):
        app.list.table.move_to(Cast.card)
        await pilot.press("enter", "]")
        await typed(pilot, "a物流 @李强 <12-01\n")
        await until(pilot, lambda: not app.front.entering)
        assert app.message == "Recorded: subtask added 物流."
        assert app.state is not None
        table, key = app.front.current() or ("", 0)
        assert (table, app.state.board.subtasks[key].name) == ("subtasks", "物流")


@pytest.mark.parametrize(
    ("keys", "said"),
    [
        ("t马上给\n", "Recorded: acknowledged I-001."),
        ("x等太久\n", "Recorded: escalated I-001."),
        ("c还差两省\n", "Recorded: follow-up I-001."),
        ("S\n", "Recorded: participants notified I-001."),
    ],
)
async def test_a_verb_says_what_it_recorded(keys: str, said: str, tmp_path: Path) -> None:
    async with running(queue_board(), tmp_path) as (app, pilot):
        await pilot.press("3")
        await until(pilot, lambda: app.list.record_table == "issues" and len(app.list.rows) == 6)
        app.list.table.move_to(101)
        await typed(pilot, keys)
        await until(pilot, lambda: not app.front.entering)
        assert app.message == said
