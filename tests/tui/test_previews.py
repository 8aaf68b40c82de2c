"""What stands beside a list: minutes where nothing ticks, dues whole, labels whole."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.store.builders import DAY, HOUR, T0, Cast, do, office
from tests.tui.deck import Deck, running, until
from tests.tui.issue_boards import queue_board
from tests.tui.test_cards_verbs import circulating
from tui import i18n
from tui.duration import countdown
from tui.present.issues import issue_preview
from tui.subjects import due_text, local
from tui.words import short_date


@pytest.mark.parametrize(
    ("left", "text"),
    [(600, "10m"), (239, "4m"), (60, "1m"), (0, "0m"), (-59, "+0m"), (-239, "+3m"), (3 * HOUR, "3h 00m")],
)
def test_minutes_where_nothing_ticks(left: int, text: str) -> None:
    assert countdown(left, seconds=False) == text


def preview(app: Deck) -> str:
    return "\n".join(line.plain for line in app.list.preview.lines)


async def test_the_preview_counts_minutes(tmp_path: Path) -> None:
    soon = {"planned_start": T0 - 10, "planned_finish": T0 + 239}  # it does not lag yet, which would stand above it
    board = do(office(), "EditSubtask", Cast.wang, subtask=Cast.idle, fields=soon)
    async with running(board, tmp_path) as (app, pilot):
        app.list.table.move_to(Cast.card)
        await until(pilot, lambda: "      4m  subtask due" in preview(app))
        app.pass_time(60)
        await until(pilot, lambda: "      3m  subtask due" in preview(app))


async def test_a_long_title_gives_way_to_the_sum_of_its_clock(tmp_path: Path) -> None:
    board = do(office(), "EditSubtask", Cast.wang, subtask=Cast.idle, fields={"name": "门店清单" * 20})
    async with running(board, tmp_path, size=(100, 40)) as (app, pilot):
        app.list.table.move_to(Cast.card)
        await until(pilot, lambda: "门店清单门店" in preview(app))
        line = next(line.plain for line in app.list.preview.lines if "门店清单门店" in line.plain)
        assert line.endswith(" ~: Tue 09-29 17:00")


async def test_beside_a_wide_list_each_clock_has_its_due_and_the_finish_its_day(tmp_path: Path) -> None:
    """A sum that does not fit gives way to the due; a date of this year has no piece of its time behind it."""
    i18n.choose("zh_Hant")
    board = do(circulating(), "EditCard", Cast.wang, card=33, fields={"planned_finish": T0 + 20 * DAY})
    async with running(board, tmp_path, size=(220, 60)) as (app, pilot):
        app.list.table.move_to(33)
        await until(pilot, lambda: "新品" in preview(app))
        assert app.state is not None
        dues = {due_text(app.state, clock.due) for clock in app.state.book.of_card(33) if clock.kind == "confirmation"}
        shown = "\n".join(app.screen_text)
        assert [due for due in dues if due not in shown] == []
        row = next(line for line in app.screen_text if line.startswith(">"))
        assert short_date(local(app.state, T0 + 20 * DAY).date()) in row


async def test_a_plan_into_the_next_year_says_which(tmp_path: Path) -> None:
    board = do(office(), "EditCard", Cast.wang, card=Cast.card, fields={"planned_finish": T0 + 120 * DAY})
    async with running(board, tmp_path) as (app, pilot):
        app.list.table.move_to(Cast.card)
        await until(pilot, lambda: "2027-02-06" in preview(app))


async def test_an_issue_names_its_clocks_and_whether_it_went_out_in_writing(tmp_path: Path) -> None:
    board = do(queue_board(), "Acknowledge", Cast.wang, issue=101, text="今天给")
    async with running(board, tmp_path) as (app, _pilot):
        assert app.state is not None
        row = app.state.issue_rows[101]
        lines = [line.plain for line in issue_preview(app.state, row, T0, 80)]
        assert any(line.startswith(" clocks     ") for line in lines)
        assert any(line.startswith(" in writing not sent") for line in lines)


@pytest.mark.parametrize(
    ("until_then", "said"),
    [(2 * HOUR, "snoozed until 18:55: "), (DAY, "snoozed until Sat 16:55: "), (30 * DAY, "snoozed until 11-08: ")],
)
async def test_until_when_an_issue_sleeps_fits_the_queue(until_then: int, said: str, tmp_path: Path) -> None:
    board = do(queue_board(), "Acknowledge", Cast.wang, issue=101, text="今天给")
    board = do(board, "Snooze", Cast.wang, issue=101, until=T0 + until_then, reason="等")
    async with running(board, tmp_path) as (app, pilot):
        await pilot.press("3")
        await until(pilot, lambda: any(said.rstrip(": ") in line for line in app.screen_text))


async def test_a_screen_that_comes_back_shows_the_time_at_once(tmp_path: Path) -> None:
    board = do(
        office(), "CreateCard", Cast.wang, T0 - DAY, id=99, name="急件", lead=Cast.sun, project="P",
        departments=[Cast.market], planned_start=T0 - DAY, planned_finish=T0 + 300,
    )  # fmt: skip
    board = do(board, "Activate", Cast.sun, T0 - HOUR, card=99, reason="试点")
    async with running(board, tmp_path) as (app, pilot):
        await until(pilot, lambda: any("  5m 00s P-2026-001" in line for line in app.screen_text))
        await pilot.press("2")
        await until(pilot, lambda: app.front.number == 2)
        app.pass_time(7)
        await pilot.press("1")
        await until(pilot, lambda: app.front.number == 1)
        assert any("  4m 53s P-2026-001" in line for line in app.screen_text)
