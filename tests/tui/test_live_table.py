"""The live table on the screen: what it formats, what it repaints, and that any text stays in its cells."""

from __future__ import annotations

from typing import Any

import pytest
from rich.cells import cell_len
from rich.style import Style
from textual.geometry import Region

from tests.tui.live_table_app import DAY, NOW, Row, Shown, lines, part, rows, settle
from tui import look
from tui.look import CURSOR
from tui.widgets.live_table import LiveTable
from tui.widgets.row_lines import LEAD_WIDTH


async def test_only_rows_on_screen_are_formatted_of_ten_thousand() -> None:
    app = Shown(rows(10_000))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert set(app.cards.asked) == set(range(22))
        assert lines(app.table)[1].startswith(">   正常   3d 00h Q4营销-2026-000 卡")
        assert lines(app.table)[0].startswith("      剩余        编号            任务卡")


async def test_a_tick_repaints_the_first_cells_of_the_rows_that_read_otherwise() -> None:
    dues = [NOW + 300, NOW + 50 * 60 + 30, NOW + 50 * 60, NOW - 60, NOW + 9 * DAY]
    app = Shown([Row(number, due) for number, due in enumerate(dues)])
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot, app)
        app.table.tick(NOW)
        assert app.table.regions == []
        app.table.tick(NOW + 1)
        assert app.table.regions == [Region(0, 1, LEAD_WIDTH, 1), Region(0, 4, LEAD_WIDTH, 1)]
        await pilot.pause()
        assert app.cards.asked == []
        times = [part(app.table, y, 9, 17).strip() for y in range(1, 6)]
        assert times == ["4m 59s", "51m", "50m", "+1m 01s", "9d 00h"]
        app.table.regions.clear()
        app.table.tick(NOW + 30)
        assert [region.y for region in app.table.regions] == [1, 2, 4]


async def test_a_row_that_changed_is_painted_whole_and_alone() -> None:
    app = Shown(rows(10))
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot, app)
        changed = [row._replace(percent=65) if row.id == 4 else row for row in rows(10)]
        app.table.set_rows(changed, NOW)
        assert app.table.regions == [Region(0, 5, 80, 1)]
        await pilot.pause()
        assert app.cards.asked == [4]
        assert lines(app.table)[5].rstrip().endswith("65%")


async def test_a_cursor_step_repaints_two_rows_and_formats_none_of_them_again() -> None:
    app = Shown(rows(100))
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot, app)
        await pilot.press("down")
        assert app.table.regions == [Region(0, 1, 80, 1), Region(0, 2, 80, 1)]
        assert app.cards.asked == []
        assert [line[0] for line in lines(app.table)[1:4]] == [" ", ">", " "]
        assert app.told == [("highlighted", 1)]


async def test_rows_of_three_lines() -> None:
    app = Shown(rows(20, name="销售部"), high=3)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot, app)
        shown = lines(app.table)
        assert shown[1].startswith(">   正常")
        assert shown[2].rstrip() == "     销售部 line 0"
        assert shown[3].rstrip() == "     销售部 line 1"
        assert shown[4].startswith("    正常")
        assert app.table.window.page == 7
        await pilot.press("down")
        assert app.table.regions == [Region(0, 1, 80, 3), Region(0, 4, 80, 3)]
        await settle(pilot, app)
        app.table.tick(NOW + 7_200)
        assert {(region.width, region.height) for region in app.table.regions} == {(LEAD_WIDTH, 1)}
        await pilot.click("#table", offset=(30, 9))
        assert app.table.cursor_id == 2


HOSTILE = [
    "[/x]",
    "[@click=app.quit]x[/]",
    "\x1b]0;PWNED\x1b\\",
    "\x9b2J",
    "\u202eabc",
    "a\nb\tc",
    "e\u0301" * 30,
    "长" * 5_000,
]


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (220, 60), (20, 5), (30, 8)])
async def test_any_text_stays_in_its_cells_at_any_size(size: tuple[int, int]) -> None:
    app = Shown([Row(number, name=name) for number, name in enumerate([*HOSTILE, "plain"])])
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        shown = lines(app.table)
        assert len(shown) == size[1] - 1
        assert {cell_len(line) for line in shown} == {size[0]}
        assert not [c for line in shown for c in line if not c.isprintable()]
        if size[0] >= 80:
            assert "[/x]" in shown[1]
            assert "[@click=app.quit]x[/]" in shown[2]
            ends = {line[: len(line.rstrip())][-1] for line in shown[1:10]}
            assert ends == {"%"}, "the last column stands in one line"
            assert "长~" in shown[8].replace(" ", "")


def cursor_cells(table: LiveTable[Any], y: int) -> int:
    """Cells of a line that stand on the cursor's ground."""
    (strip,) = table.render_lines(Region(0, y, table.size.width, 1))
    ground = Style(bgcolor=CURSOR).bgcolor
    return sum(segment.cell_length for segment in strip if segment.style and segment.style.bgcolor == ground)


async def test_the_cursor_has_its_ground_only_while_the_table_has_the_keys() -> None:
    app = Shown(rows(3))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert cursor_cells(app.table, 1) == 80
        app.query_one("#other").focus()
        await pilot.pause()
        assert cursor_cells(app.table, 1) == 0
        assert lines(app.table)[1].startswith(">")


async def test_a_tone_stands_only_under_its_text() -> None:
    app = Shown([Row(0), Row(1, NOW - 60), Row(2, NOW + 60)])
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        red = look.STYLES["over"].bgcolor
        (strip,) = app.table.render_lines(Region(0, 2, 80, 1))
        assert "".join(s.text for s in strip if s.style and s.style.bgcolor == red) == "✗ 超时  +1m 00s"
        yellow = look.STYLES["now"].color
        (strip,) = app.table.render_lines(Region(0, 3, 80, 1))
        assert "".join(s.text for s in strip if s.style and s.style.color == yellow).strip() == "⚠ now    1m 00s"


async def test_another_theme_is_taken_up() -> None:
    app = Shown(rows(3))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        (before,) = app.table.render_lines(Region(0, 2, 80, 1))
        app.theme = "textual-light"
        await pilot.pause()
        (after,) = app.table.render_lines(Region(0, 2, 80, 1))
        assert before.text == after.text
        assert [s.style for s in before] != [s.style for s in after]


async def test_old_rows_are_not_kept_while_scrolling_through_many() -> None:
    app = Shown(rows(5_000))
    async with app.run_test(size=(80, 24)) as pilot:
        for _ in range(40):
            await pilot.press("pagedown")
        assert app.table.window.top == 40 * 22
        assert len(app.table._lines._bodies) <= 5 * 23
