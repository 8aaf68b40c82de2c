"""Names completed in the minutes editor; carried action items in it; the agenda added up against the meeting."""

from __future__ import annotations

from pathlib import Path

import pytest

from store.board import Board
from store.file.presence import Sign
from tests.store.builders import DAY, HOUR, T0, Cast, do
from tests.tui.deck import typed, until, written_board
from tests.tui.minutes_board import MEETING, item, meeting, seen, settled, writing
from tui.cells import width
from tui.editor.completing import Completer
from tui.editor.page import Carried, Line, Roll
from tui.look import STYLES

c = Cast
BEFORE = 850


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("数据 @孙", "数据 @孙悦"),
        ("@J. M", "@J. Meyer"),
        ("数据 ＠孙", "数据 ＠孙悦"),
        ("数据 @XS", "数据 @销售部"),
        ("数据 @u14", "数据 @孙悦"),
        ("数据 @孙悦", None),
        ("数据 @孙悦 <10", None),
        ("a@孙", None),
        ("数据", None),
    ],
)
def test_a_name_is_completed_by_its_beginning_a_login_or_a_code(text: str, whole: str | None) -> None:
    completer = Completer(seen(meeting()), MEETING)
    assert completer.complete(Line("action"), text) == whole
    assert completer.complete(Line("point"), text) == whole


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("- 李", "- 李强"),
        ("李", "李强"),
        ("- 李强 出差; 陈", "- 李强 出差; 陈思"),
        ("- 李强 出差 @方", "- 李强 出差 @方圆"),
    ],
)
def test_the_attendance_line_completes_who_is_absent_and_who_stands_in(text: str, whole: str) -> None:
    assert Completer(seen(meeting()), MEETING).complete(Roll(), text) == whole


async def test_right_takes_the_grey_rest_and_typing_goes_on(tmp_path: Path) -> None:
    async with writing(meeting(lines=False), tmp_path) as (app, pilot, editor):
        await typed(pilot, "\t\t数据 @孙")
        row = next(row for row in editor.text._rows if "@孙" in row.plain)
        assert "@孙 悦" in row.plain or "@孙悦" in row.plain
        assert any(STYLES["dim"] == span.style for span in row.spans)
        await pilot.press("right")
        await typed(pilot, " <10-16 @XS")
        assert any("@XS" in text and "= " in text and "售部" in text for text in app.screen_text)
        await pilot.press("end")
        assert editor.cursor.text == "数据 @孙悦 <10-16 @销售部"
        await pilot.press("left", "right")
        assert editor.cursor.text == "数据 @孙悦 <10-16 @销售部"


# Carried over ---------------------------------------------------------------------------------------------


def with_earlier() -> Board:
    """An earlier meeting of the card with two open action items; the agenda of ours is longer than the meeting."""
    board = do(
        meeting(), "CallMeeting", c.sun, T0 - 9 * DAY, id=BEFORE, kind="progress", card=c.card, starts=T0 - 8 * DAY,
        agenda=[{"title": "一"}],
    )  # fmt: skip
    board = do(board, "HoldMeeting", c.sun, T0 - 8 * DAY + HOUR, meeting=BEFORE)
    whole = {"kind": "action", "owner": c.li, "due": T0 + DAY}
    lines = [{"id": 8510 + n, "text": text, "order": n, **whole} for n, text in enumerate(("门店清单", "竞品价格表"))]
    board = do(board, "SaveLines", c.sun, meeting=BEFORE, item=board.agenda_of[BEFORE][0].id, lines=lines)
    return do(board, "EditAgendaItem", c.sun, item=item(board, 2), fields={"minutes": 20})


async def test_open_items_stand_in_the_first_item_and_x_leaves_one_out_with_a_reason(tmp_path: Path) -> None:
    path = tmp_path / "board.json"
    async with writing(with_earlier(), tmp_path) as (app, pilot, editor):
        assert [each.line.text for each in editor.page.carried] == ["门店清单", "竞品价格表"]
        assert any("carried M-002 门店清单  李强 Sat 10-10 16:55" in row for row in app.screen_text)
        assert any("agenda 35 of 30 min, 5" in row for row in app.screen_text)
        await pilot.press("escape")
        editor.cursor.go(editor.page.carried[0])
        await pilot.press("X")
        await typed(pilot, "等报价\n")
        await until(pilot, lambda: len(editor.page.carried) == 1)
        await until(pilot, lambda: written_board(path).meetings[MEETING].left_out)
        choice = written_board(path).meetings[MEETING].left_out[0]
        assert (choice.line, choice.reason, choice.by) == (8510, "等报价", c.sun)


async def test_up_and_down_in_text_pass_over_carried_items_and_enter_on_one_writes_below(tmp_path: Path) -> None:
    async with writing(with_earlier(), tmp_path) as (app, pilot, editor):
        await pilot.press("escape")
        editor.cursor.go(editor.page.carried[1])
        await pilot.press("enter")
        assert editor.text.typing
        assert editor.cursor.section is editor.page.sections[0]
        for _key in range(3):
            await pilot.press("up")
            assert not isinstance(editor.cursor.place, Carried)
        await pilot.press("escape")
        await settled(pilot, app, editor)


async def test_a_carried_item_becomes_a_subtask_with_the_same_key(tmp_path: Path) -> None:
    path = tmp_path / "board.json"
    async with writing(with_earlier(), tmp_path) as (app, pilot, editor):
        await pilot.press("escape")
        editor.cursor.go(editor.page.carried[0])
        await pilot.press("greater_than_sign")
        await until(pilot, lambda: written_board(path).lines[8510].subtask)
        await until(pilot, lambda: any("门店清单   not started 04" in row for row in app.screen_text))


@pytest.mark.parametrize("size", [(80, 24), (220, 60)])
async def test_carried_items_fit_every_size(size: tuple[int, int], tmp_path: Path) -> None:
    async with writing(with_earlier(), tmp_path, size=size) as (app, _pilot, _editor):
        assert all(width(row) <= size[0] for row in app.screen_text)
        assert any("门店清单" in row for row in app.screen_text)


async def test_the_heading_of_an_item_says_who_else_writes_there(tmp_path: Path) -> None:
    async with writing(meeting(), tmp_path) as (app, _pilot, editor):
        second = editor.page.sections[1].item.id
        app.company = (Sign("李强", "minutes", on=(MEETING, second), writing=True), Sign("何平", on=(MEETING,)))
        app.pass_time(1)
        heading = next(row for row in app.screen_text if "-- 2 主视觉" in row)
        assert "李强 is writing here" in heading
        assert sum("李强 is writing here" in row for row in app.screen_text[3:-2]) == 1
        app.company = ()
        app.pass_time(1)
        assert not any("is writing here" in row for row in app.screen_text)


async def test_an_action_below_a_decision_begins_with_what_the_decision_says(tmp_path: Path) -> None:
    async with writing(meeting(lines=False), tmp_path) as (app, pilot, editor):
        await typed(pilot, "\t10-12 前市场部提供渠道数据 v2, 由孙悦负责。")
        await pilot.press("escape", "A")
        assert editor.cursor.text == "提供渠道数据 v2 @市场部 @孙悦 <10-12 前"
        await typed(pilot, " =五省齐全 +无")
        row = next(row for row in app.screen_text if "SMART" in row)
        assert "市场部 孙悦 | Mon 10-12 18:00" in row


async def test_the_form_of_an_item_has_what_is_read_agreed_and_not_agreed(tmp_path: Path) -> None:
    path = tmp_path / "board.json"
    async with writing(meeting(), tmp_path) as (app, pilot, editor):
        await pilot.press("escape")
        editor.cursor.go(editor.page.sections[1])
        await pilot.press("e", "tab")
        for text in ("", "", "", "草图.pdf", "设计部 10-08"):
            await typed(pilot, f"{text}\n")
        await typed(pilot, "销售部要 4 版\n")
        await until(pilot, lambda: written_board(path).agenda[item(meeting(), 1)].disagreement)
        found = written_board(path).agenda[item(meeting(), 1)]
        assert (found.title, found.minutes) == ("主视觉", 10)
        assert (found.attachments, found.agreed) == ("草图.pdf", "设计部 10-08")
        await until(pilot, lambda: any("disagreement: 销售部要 4 版" in row for row in app.screen_text))
