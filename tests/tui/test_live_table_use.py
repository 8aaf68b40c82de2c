"""The live table in use: cursor, marks, mouse, and what it tells the screen."""

from __future__ import annotations

from textual.events import MouseScrollDown, MouseScrollUp
from textual.geometry import Region

from tests.tui.live_table_app import NOW, Row, Shown, lines, part, rows, settle
from tui.widgets.row_lines import LEAD_WIDTH


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


async def test_clicks() -> None:
    app = Shown(rows(50))
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot, app)
        await pilot.click("#table", offset=(30, 4))
        assert app.told == [("highlighted", 3)]
        await pilot.click("#table", offset=(30, 4))
        assert app.told[1:] == [("opened", 3)]
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


async def test_an_empty_table_says_why_and_a_note_stands_in_the_heading() -> None:
    app = Shown([], empty="No cards yet. a makes one.")
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert lines(app.table)[1].strip() == "No cards yet. a makes one."
        app.table.set_words(empty="Nothing [here].", note="offline")
        await pilot.pause()
        assert lines(app.table)[1].strip() == "Nothing [here]."
        assert lines(app.table)[0].startswith(" offline  ")  # the last title has no room for it beside it
        assert "%" in lines(app.table)[0]
        app.table.set_rows(rows(2), NOW)
        await pilot.pause()
        assert lines(app.table)[1].startswith(">   正常")
        app.table.set_rows([], NOW)
        await pilot.pause()
        assert [line.strip() for line in lines(app.table)[1:4]] == ["Nothing [here].", "", ""]
