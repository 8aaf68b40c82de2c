"""The live table: what it asks for, what it repaints, what it tells, and that any text stays in its cells."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import pytest
from rich.cells import cell_len
from textual.app import App, ComposeResult
from textual.events import MouseScrollDown, MouseScrollUp
from textual.geometry import Region
from textual.pilot import Pilot
from textual.widgets import Static

from tui import look
from tui.duration import countdown
from tui.widgets.columns import Cell, Column, Placed
from tui.widgets.live_table import LiveTable
from tui.widgets.row_lines import LEAD_WIDTH
from tui.widgets.rows import Lead, Painter

NOW = 1_791_000_000
DAY = 86_400
COLUMNS = (
    Column("id", "编号", 15, cut="left"),
    Column("name", "任务卡", 22, flexible=True),
    Column("lead", "负责人", 8),
    Column("percent", "%", 4, align="right"),
)
LEAVE = ("lead",)


class Row(NamedTuple):
    """A made-up card."""

    id: int
    due: int = NOW + 3 * DAY
    name: str = "卡"
    percent: int = 0


class Cards(Painter[Row]):
    """Reads rows and counts how often it is asked."""

    def __init__(self, below: int = 0) -> None:
        self.asked: list[int] = []
        self.lines_below = below

    def lead(self, row: Row, now: int) -> Lead:
        """Over, now or calm by the time left."""
        left = row.due - now
        band, word = ("over", "超时") if left < 0 else ("now", "now") if left < 7_200 else ("calm", "正常")
        return Lead(look.glyph(band), word, countdown(left), band)

    def cells(self, row: Row, now: int, placed: Sequence[Placed]) -> Sequence[Cell]:
        """Text, a tone, and pieces."""
        self.asked.append(row.id)
        made: dict[str, Cell] = {
            "id": f"Q4营销-2026-{row.id:03d}",
            "name": row.name,
            "lead": ("王敏", "cyan"),
            "percent": [(f"{row.percent}", "bold"), ("%", "dim")],
        }
        return [made[column.key] for column, _ in placed]

    def below(self, row: Row, now: int) -> Sequence[Cell]:
        """Further lines, numbered."""
        return [f"{row.name} line {number}" for number in range(self.lines_below)]


class Watched(LiveTable[Row]):
    """A table that notes what it wants repainted."""

    def __init__(self, *args: Any, **options: Any) -> None:
        self.regions: list[Region] = []
        super().__init__(*args, **options)

    def refresh(self, *regions: Region, **options: Any) -> Any:
        """Note the regions; none means all."""
        self.regions += regions or [Region(0, 0, *self.size)]
        return super().refresh(*regions, **options)


class Shown(App[None]):
    """A table, and another thing to focus."""

    def __init__(self, rows: Sequence[Row], *, high: int = 1, empty: str = "") -> None:
        super().__init__()
        self.cards = Cards(high - 1)
        self.table = Watched(
            COLUMNS, self.cards, leave=LEAVE, lead_title="剩余", lines_per_row=high, empty_text=empty, id="table"
        )
        self.first = rows
        self.told: list[tuple[str, object]] = []

    def compose(self) -> ComposeResult:
        """The table fills the screen but for one line."""
        yield self.table
        other = Static("other", id="other")
        other.can_focus = True
        yield other

    def on_mount(self) -> None:
        """Rows at the start."""
        self.table.set_rows(self.first, NOW)
        self.table.focus()

    def on_live_table_highlighted(self, message: LiveTable.Highlighted) -> None:
        """Another row."""
        self.told.append(("highlighted", message.row_id))

    def on_live_table_opened(self, message: LiveTable.Opened) -> None:
        """Opened."""
        self.told.append(("opened", message.row_id))


def lines(table: LiveTable[Any]) -> list[str]:
    """What stands on the screen, as it was last painted."""
    return [strip.text for strip in table.render_lines(table.size.region)]


def part(table: LiveTable[Any], y: int, start: int, end: int) -> str:
    """The text in some cells of a line."""
    return table.render_lines(Region(start, y, end - start, 1))[0].text


async def settle(pilot: Pilot[None], app: Shown) -> None:
    """Everything drawn; then forget what was asked and repainted so far."""
    await pilot.pause()
    lines(app.table)
    app.cards.asked.clear()
    app.table.regions.clear()
    app.told.clear()


def rows(count: int, **fields: Any) -> list[Row]:
    return [Row(number, **fields) for number in range(count)]


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
        assert times == ["04:59", "51m", "50m", "+01:01", "9d 00h"]
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


async def test_marks_and_pending_rows() -> None:
    app = Shown(rows(4))
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot, app)
        app.table.toggle_mark()
        assert app.table.regions == [Region(0, 1, LEAD_WIDTH, 1)]
        app.table.set_pending({0, 2})
        await pilot.pause()
        assert [line[:2] for line in lines(app.table)[1:5]] == [">^", "  ", " ^", "  "]
        app.table.set_pending(())
        app.table.mark_all()
        await pilot.pause()
        assert [line[:2] for line in lines(app.table)[1:5]] == [">*", " *", " *", " *"]
        app.table.set_rows([Row(2), Row(9), Row(1)])
        assert app.table.marked_ids() == [2, 1]
        app.table.mark_all()
        app.table.mark_all()
        assert app.table.marked_ids() == []
        assert app.table.marked == {0, 3}, "marks of hidden rows stay"


async def test_the_record_under_the_cursor_is_told_when_it_changes_and_only_then() -> None:
    app = Shown(rows(50))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("end", "up", "home", "pagedown", "up", "pageup")
        assert app.told == [("highlighted", number) for number in (0, 49, 48, 0, 22, 21, 0)]
        assert app.table.move_to(30)
        assert not app.table.move_to(99)
        await settle(pilot, app)
        app.table.set_rows([*rows(50)[::-1]])
        await pilot.pause()
        assert (app.table.cursor_id, app.told) == (30, [])
        app.table.set_rows([row for row in rows(50) if row.id != 30])
        app.table.set_rows([])
        app.table.action_open()
        await pilot.pause()
        assert app.told == [("highlighted", 29), ("highlighted", None)]


async def test_enter_and_clicks() -> None:
    app = Shown(rows(50))
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot, app)
        await pilot.press("enter")
        await pilot.click("#table", offset=(30, 4))
        assert app.told == [("opened", 0), ("highlighted", 3)]
        await pilot.click("#table", offset=(30, 4))
        assert app.told[2:] == [("opened", 3)]
        app.told.clear()
        await pilot.click("#table", offset=(30, 0))
        assert app.told == []


async def test_a_click_below_the_last_row_does_nothing() -> None:
    app = Shown(rows(2))
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot, app)
        await pilot.click("#table", offset=(30, 9))
        assert app.told == []


async def test_the_wheel_scrolls() -> None:
    app = Shown(rows(50))
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot, app)
        app.table.post_message(MouseScrollDown(app.table, 5, 5, 0, 0, 0, False, False, False))
        await pilot.pause()
        assert (app.table.window.top, app.table.cursor_id) == (3, 3)
        app.table.post_message(MouseScrollUp(app.table, 5, 5, 0, 0, 0, False, False, False))
        await pilot.pause()
        assert (app.table.window.top, app.table.cursor_id) == (0, 3)


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


async def test_a_resize_chooses_columns_anew_and_keeps_the_cursor_on_screen() -> None:
    app = Shown(rows(100))
    async with app.run_test(size=(120, 40)) as pilot:
        app.table.move_to(37)
        await pilot.pause()
        assert "负责人" in lines(app.table)[0]
        await pilot.resize_terminal(60, 10)
        await pilot.pause()
        shown = lines(app.table)
        assert "负责人" not in shown[0]
        assert [part(app.table, y, 18, 33) for y, line in enumerate(shown) if line[0] == ">"] == ["Q4营销-2026-037"]


async def test_other_columns() -> None:
    app = Shown(rows(3))
    async with app.run_test(size=(80, 24)) as pilot:
        app.table.set_columns([Column("name", "name", 10, flexible=True)])
        await pilot.pause()
        assert lines(app.table)[1].rstrip() == ">   正常   3d 00h 卡"


async def test_an_empty_table_says_why_and_a_note_stands_in_the_heading() -> None:
    app = Shown([], empty="No cards yet. a makes one.")
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert lines(app.table)[1].strip() == "No cards yet. a makes one."
        app.table.set_words(empty="Nothing [here].", note="offline")
        await pilot.pause()
        assert lines(app.table)[1].strip() == "Nothing [here]."
        assert lines(app.table)[0].endswith(" offline")
        app.table.set_rows(rows(2), NOW)
        await pilot.pause()
        assert lines(app.table)[1].startswith(">   正常")
        app.table.set_rows([], NOW)
        await pilot.pause()
        assert [line.strip() for line in lines(app.table)[1:4]] == ["Nothing [here].", "", ""]


def reversed_cells(table: LiveTable[Any], y: int) -> int:
    """Cells of a line drawn in reverse."""
    (strip,) = table.render_lines(Region(0, y, table.size.width, 1))
    return sum(segment.cell_length for segment in strip if segment.style and segment.style.reverse)


async def test_the_cursor_is_reverse_only_while_the_table_has_the_keys() -> None:
    app = Shown(rows(3))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert reversed_cells(app.table, 1) == 80
        app.query_one("#other").focus()
        await pilot.pause()
        assert reversed_cells(app.table, 1) == 0
        assert lines(app.table)[1].startswith(">")


async def test_a_tone_stands_only_under_its_text() -> None:
    app = Shown([Row(0), Row(1, NOW - 60), Row(2, NOW + 60)])
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        red = look.STYLES["over"].bgcolor
        (strip,) = app.table.render_lines(Region(0, 2, 80, 1))
        assert "".join(s.text for s in strip if s.style and s.style.bgcolor == red) == "✗ 超时   +01:00"
        yellow = look.STYLES["now"].color
        (strip,) = app.table.render_lines(Region(0, 3, 80, 1))
        assert "".join(s.text for s in strip if s.style and s.style.color == yellow).strip() == "⚠ now     01:00"


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
