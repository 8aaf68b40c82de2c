"""Writing minutes: text mode, row mode, what gets to the board, what stays on this machine."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual import events

from store.operations.meetings import FinaliseMinutes, SendDraft
from store.operations.minutes import SavedLine, SaveLines
from store.operations.reviewing import ReviewMinutes
from tests.store.builders import T0, Cast, do
from tests.tui.deck import elsewhere, typed, until, written_board
from tests.tui.minutes_board import MEETING, WORDS, item, lines, meeting, settled, writing
from tui.editor.page import MOST_LINES
from tui.screens.minutes import MinutesScreen
from tui.widgets.text_input import LONGEST

Line = tuple[str, str]


def kinds(path: Path, number: int) -> list[Line]:
    return [(line.kind, line.text) for line in lines(written_board(path), number)]


async def test_it_opens_in_the_first_unfinished_item_on_a_new_line_and_typing_is_text(tmp_path: Path) -> None:
    async with writing(meeting(), tmp_path) as (app, pilot, editor):
        await typed(pilot, "q3 预算\n第二点")
        assert app.screen is editor
        await pilot.press("escape")
        await settled(pilot, app, editor)
        assert kinds(tmp_path / "board.json", 1) == [
            ("point", WORDS[1]), ("decision", WORDS[2]), ("action", WORDS[3]),
            ("point", "q3 预算"), ("point", "第二点"),
        ]  # fmt: skip
        history = written_board(tmp_path / "board.json").history
        assert [entry.operation for entry in history.values()] == ["SaveLines"]


async def test_what_is_typed_ahead_of_the_editor_is_text(tmp_path: Path) -> None:
    async with writing(meeting(), tmp_path) as (app, pilot, editor):
        await pilot.press("escape", "q")
        await until(pilot, lambda: isinstance(app.screen, MinutesScreen))
        await typed(pilot, "\nqX5 早\n")
        await until(pilot, lambda: app.screen is not editor and "qX5 早" in "\n".join(app.screen_text))


async def test_enter_and_tab_make_points_decisions_and_actions(tmp_path: Path) -> None:
    async with writing(meeting(lines=False), tmp_path) as (app, pilot, editor):
        await typed(pilot, "要点甲\n\t决定乙\n行动丙 @李强 <10-16 =三版 +无\n行动丁\n\n要点戊\n")
        assert editor.cursor.text == ""
        await pilot.press("escape")
        await settled(pilot, app, editor)
        found = lines(written_board(tmp_path / "board.json"), 0)
        assert [(line.kind, line.text) for line in found] == [
            ("point", "要点甲"), ("decision", "决定乙"), ("action", "行动丙"),
            ("action", "行动丁"), ("point", "要点戊"),
        ]  # fmt: skip
        action = found[2]
        assert (action.owner, action.standard, action.resources, action.due_text) == (Cast.li, "三版", "无", "10-16")
        assert action.due == T0 + 7 * 86_400 + 65 * 60


async def test_the_row_below_an_action_says_what_was_understood_and_what_is_missing(tmp_path: Path) -> None:
    async with writing(meeting(lines=False), tmp_path) as (app, pilot, _editor):
        await typed(pilot, "\t\t数据 @孙悦 <10-10 12:00")
        echo = next(row for row in app.screen_text if "missing" in row)
        assert "> 孙悦 | Sat 10-10 12:00 (make-up day) | missing: standard, resources" in echo
        await typed(pilot, " =齐全 +无 @李四")
        assert any('nobody is called "李四"' in row and "SMART" in row for row in app.screen_text)
        await typed(pilot, " <昨晚上")
        assert any("is not a date" in row for row in app.screen_text)


async def test_up_and_down_pass_over_headings_and_save_the_item_left(tmp_path: Path) -> None:
    async with writing(meeting(), tmp_path) as (app, pilot, editor):
        await typed(pilot, "甲")
        await pilot.press("down")
        assert editor.cursor.section is editor.page.sections[2]
        await until(pilot, lambda: not app.session.store.pending and editor.page.sections[1].item.finished)
        await typed(pilot, "乙")
        await pilot.press("up", "up")
        assert editor.cursor.text == WORDS[3] + " @孙悦 <10-10 16:55 =五省齐全"
        await pilot.press("escape")
        await settled(pilot, app, editor)
        assert kinds(tmp_path / "board.json", 2) == [("point", "乙")]
        assert kinds(tmp_path / "board.json", 1)[-1] == ("point", "甲")
        assert not written_board(tmp_path / "board.json").agenda[item(meeting(), 2)].finished


async def test_enter_parts_a_point_backspace_joins_it_and_ctrl_z_undoes_typing(tmp_path: Path) -> None:
    async with writing(meeting(lines=False), tmp_path) as (_app, pilot, editor):
        await typed(pilot, "前半后半")
        await pilot.press("left", "left", "enter")
        assert [line.text for line in editor.page.sections[0].lines] == ["前半", "后半"]
        await pilot.press("backspace")
        assert [line.text for line in editor.page.sections[0].lines] == ["前半后半"]
        assert editor.text.cursor_position == 2
        await typed(pilot, "xy")
        await pilot.press("ctrl+z")
        assert editor.cursor.text == "前半后半"


async def test_the_attendance_line_says_who_is_absent(tmp_path: Path) -> None:
    async with writing(meeting(lines=False), tmp_path) as (app, pilot, editor):
        await pilot.press("up")
        await typed(pilot, "- 李强 出差 @方圆\n")
        assert editor.cursor.section is editor.page.sections[0]
        await until(pilot, lambda: app.state and not app.session.store.pending and app.state is app.base)
        board = written_board(tmp_path / "board.json")
        rows = {row.person: row for row in board.attendance_of[MEETING]}
        assert (rows[Cast.li].presence, rows[Cast.li].reason, rows[Cast.li].stand_in) == ("absent", "出差", Cast.fang)
        assert rows[Cast.chen].presence == "present"
        await pilot.press("up", "end", "ctrl+u")
        await typed(pilot, "\n")
        await until(
            pilot,
            lambda: {a.presence for a in written_board(tmp_path / "board.json").attendance_of[MEETING]} == {"present"},
        )


async def test_an_unknown_name_in_the_attendance_line_is_told_and_stays(tmp_path: Path) -> None:
    async with writing(meeting(lines=False), tmp_path) as (app, pilot, editor):
        await pilot.press("up")
        await typed(pilot, "- 李四 病假\n")
        assert 'Nobody here is called "李四"' in app.message
        assert editor.page.roll.text == "- 李四 病假"


async def test_the_time_of_an_item_runs_under_the_cursor_and_is_saved(tmp_path: Path) -> None:
    async with writing(meeting(held=False), tmp_path) as (app, pilot, editor):
        app.pass_time(100)
        await pilot.pause()
        assert any("14:00 of 10:00, over 4:00" in row for row in app.screen_text)
        await pilot.press("escape", "q")
        await until(pilot, lambda: not app.session.store.pending)
        board = written_board(tmp_path / "board.json")
        assert board.agenda[item(board, 1)].used_seconds == 840
        assert not editor.is_current


async def test_a_glance_changes_nothing(tmp_path: Path) -> None:
    async with writing(meeting(), tmp_path) as (app, pilot, _editor):
        app.pass_time(10)
        await pilot.press("escape", "down", "up", "g", "G", "q")
        await until(pilot, lambda: isinstance(app.screen, MinutesScreen))
        assert not app.session.store.pending
        assert not written_board(tmp_path / "board.json").history


async def test_a_pasted_text_is_lines_and_never_a_command(tmp_path: Path) -> None:
    async with writing(meeting(lines=False), tmp_path) as (app, pilot, editor):
        await typed(pilot, "前后")
        await pilot.press("left")
        app.post_message(events.Paste("甲\r\n\n乙\x1b[31m\n丙"))
        await pilot.pause()
        assert [line.text for line in editor.page.sections[0].lines] == ["前甲", "乙[31m", "丙后"]
        assert editor.text.typing
        assert editor.text.cursor_position == 1
        assert app.message.startswith("3 lines pasted.")


async def test_three_megabytes_are_cut_with_a_notice_and_nothing_is_lost(tmp_path: Path) -> None:
    async with writing(meeting(), tmp_path) as (app, pilot, editor):
        section = editor.page.sections[1]
        before = [line.text for line in section.lines[:3]]
        app.post_message(events.Paste("\n".join(f"{n} {'会议内容 words ' * 6}" for n in range(30_000))))
        await pilot.pause()
        assert len(section.lines) == MOST_LINES
        assert f"an item holds {MOST_LINES} lines" in app.message
        assert [line.text for line in section.lines[:3]] == before
        await pilot.press("enter")
        assert len(section.lines) == MOST_LINES
        app.post_message(events.Paste("长" * 1_000_000))
        await pilot.pause()
        assert len(editor.cursor.text) == LONGEST
        assert f"{LONGEST} characters" in app.message
        await pilot.press("escape")
        await until(pilot, lambda: not any(line.changed or line.waiting for line in section.lines))
        assert app.session.store.board is not None


async def test_a_colleagues_lines_join_and_the_cursor_stays(tmp_path: Path) -> None:
    async with writing(meeting(), tmp_path) as (app, pilot, editor):
        await typed(pilot, "正在写")
        row = next(y for y, text in enumerate(app.screen_text) if "正在写" in text)
        board = meeting()
        new = SavedLine(kind="point", text="同事写的", order=3)
        changed = SavedLine(id=8021, kind="point", text="改过的第一行", order=0)
        elsewhere(
            tmp_path / "board.json",
            SaveLines(meeting=MEETING, item=item(board, 1), lines=(new, changed)),
            SaveLines(meeting=MEETING, item=item(board, 0), lines=(SavedLine(kind="point", text="更上面", order=9),)),
            by=Cast.li,
        )
        app.do_reread()
        await until(pilot, lambda: any("更上面" in text for text in app.screen_text))
        assert any("改过的第一行" in text for text in app.screen_text)
        assert "正在写" in app.screen_text[row] or app.screen_text[row - 1]
        assert editor.cursor.text == "正在写"
        await typed(pilot, "完了")
        await pilot.press("escape")
        await settled(pilot, app, editor)
        texts = [text for _kind, text in kinds(tmp_path / "board.json", 1)]
        assert "正在写完了" in texts
        assert "同事写的" in texts


async def test_where_both_changed_a_line_both_stand(tmp_path: Path) -> None:
    async with writing(meeting(), tmp_path) as (app, pilot, editor):
        await pilot.press("up", "up", "up", "end")
        await typed(pilot, "我的")
        theirs = SavedLine(id=8021, kind="point", text="他的", order=0)
        elsewhere(
            tmp_path / "board.json", SaveLines(meeting=MEETING, item=item(meeting(), 1), lines=(theirs,)), by=Cast.li
        )
        app.do_reread()
        await until(pilot, lambda: any("他的" in text for text in app.screen_text))
        assert "both stand" in app.message
        assert editor.cursor.text == WORDS[1] + "我的"
        await typed(pilot, "!")
        await pilot.press("escape")
        await settled(pilot, app, editor)
        assert [text for _kind, text in kinds(tmp_path / "board.json", 1)][:2] == [WORDS[1] + "我的!", "他的"]


async def test_minutes_that_become_final_keep_what_was_typed_as_a_draft(tmp_path: Path) -> None:
    async with writing(meeting(), tmp_path) as (app, pilot, editor):
        await typed(pilot, "来不及了")
        path = tmp_path / "board.json"
        elsewhere(path, SendDraft(meeting=MEETING), by=Cast.wang)
        for head in (Cast.li, Cast.chen):
            elsewhere(path, ReviewMinutes(meeting=MEETING), by=head)
        elsewhere(path, FinaliseMinutes(meeting=MEETING), by=Cast.wang)
        app.do_reread()
        await until(pilot, lambda: not editor.text.typing)
        assert "final" in app.message
        assert "来不及了" in app.drafts.get(editor.draft_key)
        await pilot.press("e")
        assert not editor.text.typing


async def test_minutes_under_review_open_for_their_keys(tmp_path: Path) -> None:
    board = do(meeting(), "SendDraft", Cast.sun, meeting=MEETING)
    async with writing(board, tmp_path) as (app, pilot, editor):
        assert not editor.text.typing
        assert "Open for reading. Enter writes here." in app.message
        await pilot.press("d")
        assert editor.entering or "Cannot finalise" in app.message


async def test_a_draft_comes_back_after_the_line_dropped(tmp_path: Path) -> None:
    async with writing(meeting(), tmp_path) as (app, pilot, editor):
        await typed(pilot, "写到一半")
        app.save_drafts()
        draft = app.drafts.get(editor.draft_key)
        assert "写到一半" in draft
        number = app.state.board.meetings[MEETING].number if app.state else ""
        assert app.draft_text(editor.draft_key, draft) == f"Draft kept ({number} 写到一半). Enter brings it back."
    async with writing(meeting(), tmp_path) as (app, pilot, editor):
        assert "back again: 1. Esc saves." in app.message
        assert any("写到一半" in text for text in app.screen_text)
        assert not app.session.store.pending
        await pilot.press("escape")
        await settled(pilot, app, editor)
        assert ("point", "写到一半") in kinds(tmp_path / "board.json", 1)
        assert app.drafts.get(editor.draft_key) == ""


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (220, 60)])
async def test_nothing_is_wider_than_the_screen(size: tuple[int, int], tmp_path: Path) -> None:
    from tui.cells import width

    async with writing(meeting(), tmp_path, size=size) as (app, pilot, editor):
        await typed(pilot, "\t\t" + "很长的一行字" * 12 + " @李强 <10-16")
        await pilot.press("escape", "z")
        await pilot.pause()
        assert editor.side.display
        rows = app.screen_text
        assert len(rows) == size[1]
        assert all(width(row) <= size[0] for row in rows)
        assert any("> 李强" in row or "> 销售部 李强" in row for row in rows)
