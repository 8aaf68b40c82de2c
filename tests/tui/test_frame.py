"""The frame: header, message row and footer at every width, in every language."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.text import Text

from store.board import Board
from store.text import clean, is_clean
from store.views.filters import parse_filter
from store.views.header import header_of
from tests.store.builders import DAY, HOUR, T0, busy, do, empty_board
from tests.tui.boards import hostile, many, owing
from tests.tui.deck import running, until
from tui import frame, i18n
from tui.cells import width
from tui.widgets.lines import clipped

BOARDS = {"busy": busy, "owing": owing, "many": lambda: many(30), "hostile": hostile, "empty": empty_board}
LANGUAGES = ("en", "zh_Hans", "zh_Hant")


@pytest.fixture(scope="module")
def boards() -> dict[str, Board]:
    return {name: make() for name, make in BOARDS.items()}


@pytest.mark.parametrize("name", BOARDS)
async def test_the_frame_is_as_wide_as_the_screen(boards: dict[str, Board], tmp_path: Path, name: str) -> None:
    async with running(boards[name], tmp_path) as (app, _pilot):
        app.list.set_filter("is:mine 一个很长的词")
        for language in LANGUAGES:
            i18n.choose(language)
            for columns in (40, 60, 80, 100, 120, 160, 220):
                lines, ticking = frame.header(app, app.front, columns)
                bottom = frame.bottom(app, app.front, columns)
                assert [line.cell_len for line in (*lines, bottom[1])] == [columns] * 4, (language, columns)
                assert lines[0].plain[:ticking].strip() or not ticking


TEXTS = st.text(st.sampled_from("ab 王敏。，[/x]\x1b\u202e\t\u3000\u0301"), max_size=30)


@given(first=TEXTS, last=TEXTS, cells=st.integers(0, 40))
def test_a_row_is_exactly_as_wide_as_asked_and_what_is_cut_says_so(first: str, last: str, cells: int) -> None:
    row = frame.spread(Text(first, "red"), Text(last, "green"), cells)
    assert row.cell_len == cells
    assert is_clean(row.plain) or clean(row.plain) == row.plain
    short = clipped(Text(first), cells)
    if short.plain != clean(first):
        assert short.plain.endswith("~") or cells == 0
        assert short.cell_len == cells


async def test_counts_are_the_rows_their_filter_shows(boards: dict[str, Board], tmp_path: Path) -> None:
    board = do(boards["busy"], "CreateCard", 11, T0 - DAY, name="近", lead=11, departments=[21, 22],
               planned_start=T0 - DAY, planned_finish=T0 + HOUR)  # fmt: skip
    board = do(board, "Circulate", 11, T0 - HOUR, card=max(board.cards), reason="试点")
    async with running(board, tmp_path, size=(160, 40)) as (app, _pilot):
        assert app.state is not None
        counts = header_of(app.state, app.now())
        row = app.screen_text[1]
        for word, label, count in (
            ("breached", "over", counts.breached),
            ("24h", "in 24 h", counts.due_24h),
            ("blocked", "blocked", counts.blocked),
            ("escalated", "escalated", counts.escalated),
            ("unconfirmed", "unconfirmed", counts.unconfirmed),
        ):
            shown = parse_filter(f"is:{word}").apply(app.list.rows, app.state, app.now())
            assert count == len(shown)
            assert f"{label} {count}" in row


async def test_a_count_in_the_header_changes_at_the_second_a_clock_runs_out(tmp_path: Path) -> None:
    board = do(empty_board(), "AddPerson", 11, id=11, name="王敏")
    board = do(board, "AddDepartment", 11, id=21, name="市场部", code="SC")
    dates = {"planned_start": T0 - DAY, "planned_finish": T0 + HOUR}
    board = do(board, "CreateCard", 11, id=31, name="近", lead=11, departments=[21], **dates)
    board = do(board, "Activate", 11, card=31, reason="试点")
    async with running(board, tmp_path, size=(160, 40)) as (app, _pilot):
        assert "over 0" in app.screen_text[1]
        assert "in 24 h 1" in app.screen_text[1]
        app.pass_time(HOUR)
        assert "over 0" in app.screen_text[1]
        app.pass_time(1)
        assert "over 1" in app.screen_text[1]
        assert "in 24 h 0" in app.screen_text[1]
        assert app.screen_text[0].startswith(" ✗ +0m 01s")


async def test_the_day_stands_before_the_zone_where_both_do_not_fit(boards: dict[str, Board], tmp_path: Path) -> None:
    async with running(boards["busy"], tmp_path, size=(80, 24)) as (app, pilot):
        assert "Fri 10-09 16:55" in app.screen_text[1]
        assert "workday" in app.screen_text[1]
        await pilot.resize_terminal(160, 24)
        await until(pilot, lambda: "Sat 10-10 make-up" in app.screen_text[1])
        assert "UTC+8" in app.screen_text[1]


@pytest.mark.parametrize("language", LANGUAGES)
async def test_in_a_small_window_clock_and_time_stay_whole(
    boards: dict[str, Board], tmp_path: Path, language: str
) -> None:
    i18n.choose(language)
    async with running(boards["owing"], tmp_path, me="李强") as (app, _pilot):
        for columns in (12, 20, 39):
            lines, ticking = frame.header(app, app.front, columns)
            assert "~" not in lines[0].plain[:ticking]
            assert "5m 00s" in lines[0].plain[:ticking]
        for columns in (60, 64, 70, 80):
            day = frame.header(app, app.front, columns)[0][1].plain.split("✗")[0]
            assert "16:55" in day, columns
            assert "~" not in day, columns


async def test_only_the_clock_of_row_one_ticks(boards: dict[str, Board], tmp_path: Path) -> None:
    async with running(boards["owing"], tmp_path) as (app, _pilot):
        before = app.screen_text[0]
        assert before.startswith(" ⚠ 5m 00s")
        app.pass_time(1)
        after = app.screen_text[0]
        assert after.startswith(" ⚠ 4m 59s")
        assert before[9:] == after[9:]


async def test_many_alike_are_told_with_those_who_owe_them(boards: dict[str, Board], tmp_path: Path) -> None:
    async with running(boards["owing"], tmp_path) as (app, _pilot):
        assert "5 due at 17:00 (李强 5)" in app.screen_text[0]


async def test_with_nothing_running_the_header_says_so(tmp_path: Path) -> None:
    async with running(empty_board(), tmp_path) as (app, _pilot):
        assert "no clock is running" in app.screen_text[0]


async def test_a_filter_is_never_invisible(boards: dict[str, Board], tmp_path: Path) -> None:
    async with running(boards["busy"], tmp_path, size=(60, 24)) as (app, pilot):
        app.list.set_filter("is:blocked " + "很长的词" * 20)
        await pilot.pause()
        assert "filter is:blocked" in app.screen_text[2]
        assert width(app.front.header.lines[2].plain) == 60


async def test_a_notice_stands_8_seconds_and_an_error_until_the_next_record(
    boards: dict[str, Board], tmp_path: Path
) -> None:
    async with running(boards["owing"], tmp_path) as (app, pilot):
        app.notice("Copied.")
        assert app.message == "Copied."
        app.pass_time(7)
        assert app.message == "Copied."
        app.pass_time(1)
        assert app.message == ""
        app.notice("Gone wrong.", error=True)
        app.pass_time(600)
        assert app.message == "Error Gone wrong."
        await pilot.press("j", "c", *"note", "enter")
        await until(pilot, lambda: app.message != "Error Gone wrong.")
        assert [text for _at, text, _error in app.notices.all[:2]] == ["Copied.", "Gone wrong."]


async def test_the_footer_offers_what_acts_here_and_always_help(boards: dict[str, Board], tmp_path: Path) -> None:
    async with running(boards["busy"], tmp_path, size=(80, 24)) as (app, pilot):
        assert app.screen_text[-1].startswith(" p progress  b blocked")
        assert app.screen_text[-1].endswith(": commands  ? help")
        await pilot.press("3")
        await until(pilot, lambda: app.front.number == 3 and app.front.current())
        assert "b blocked" not in app.screen_text[-1]  # a blocked report stands on a subtask, not on an issue
        assert app.screen_text[-1].endswith(": commands  ? help")


async def test_on_an_empty_list_no_verb_of_a_row_is_offered(tmp_path: Path) -> None:
    async with running(empty_board(), tmp_path) as (app, _pilot):
        footer = app.screen_text[-1]
        assert "t take" not in footer
        assert "a new" in footer


@pytest.mark.parametrize("language", LANGUAGES)
async def test_names_are_text_on_every_screen(boards: dict[str, Board], tmp_path: Path, language: str) -> None:
    i18n.choose(language)
    async with running(boards["hostile"], tmp_path, size=(100, 40)) as (app, pilot):
        for keys in ("1", "2", "3", "4", "i", "?"):
            await pilot.press(keys)
            await pilot.pause()
            lines = app.screen_text
            assert app.is_running
            text = "\n".join(lines)
            assert "\x1b" not in text
            assert "\u202e" not in text
            assert [line for line in lines if width(line) > 100] == []
        await pilot.press("1")
        await until(pilot, lambda: app.front.number == 1)
        assert any("[/x]" in line for line in app.screen_text)
