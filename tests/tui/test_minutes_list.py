"""The list of meetings and the verbs on them: call, held, draft, final, sent, cancel, edit."""

from __future__ import annotations

from pathlib import Path

import pytest

from store.board import Board
from store.operations.minutes import MakeSubtask
from store.operations.reviewing import ReviewMinutes
from store.operations.subtasks import VoidSubtask
from store.records import Meeting
from store.rules.reviewing import unanswered
from tests.store.builders import DAY, HOUR, T0, Busy, Cast, busy, do, empty_board
from tests.tui.deck import Deck, elsewhere, running, typed, until, written_board
from tests.tui.minutes_board import MEETING, meeting
from tui import words
from tui.cells import width
from tui.look import glyph
from tui.present.meetings import meeting_columns

c = Cast
WEDNESDAY = T0 + 5 * DAY - 85 * 60
"""Wed 2026-10-14 15:30 in Shanghai."""


def rows(app: Deck) -> list[str]:
    return [row for row in app.screen_text[3:] if "筹备会" in row][:3]


def newest(path: Path) -> Meeting:
    return max(written_board(path).meetings.values(), key=lambda each: each.noticed_at or 0)


async def test_rows_show_both_clocks_of_the_minutes_and_what_is_open(tmp_path: Path) -> None:
    async with running(busy(), tmp_path) as (app, pilot):
        await pilot.press("4")
        await until(pilot, lambda: app.list.rows)
        heading = app.screen_text[3]
        assert heading.split() == ["left", "date", "kind", "meeting", "card", "state", "draft24h", "final48h", "items"]
        found = rows(app)
        assert found[0].split()[-4:] == ["筹备会", "Q4营销-2026-001", "notice", "1", "open"][-4:]
        assert "▸held" in found[1]
        assert "24h 00m" in found[1]
        assert "◉review" in found[2]
        assert "✓" in found[2]


async def test_the_preview_has_agenda_attendance_and_decisions(tmp_path: Path) -> None:
    async with running(busy(), tmp_path) as (app, pilot):
        await pilot.press("4")
        await until(pilot, lambda: any("decided" in row for row in app.screen_text))
        text = "\n".join(app.screen_text)
        assert "agenda   1 上次行动项" in text
        assert "2 主视觉  0/10 min" in text
        assert "decided  由孙悦负责" in text
        assert "actions  渠道数据 v2" in text


async def test_an_action_item_is_done_when_its_subtask_is_and_till_then_who_and_when_are_shown(tmp_path: Path) -> None:
    path = tmp_path / "board.json"
    async with running(meeting(), tmp_path) as (app, pilot):
        await pilot.press("4")
        await until(pilot, lambda: any("渠道数据 v2  孙悦  Sat 10-10 16:55" in row for row in app.screen_text))
        assert rows(app)[0].split()[-2:] == ["1", "open"]
        app.record([MakeSubtask(line=8023)])
        await until(pilot, lambda: rows(app)[0].split()[-2:] == ["0/1", "done"])
        made = max(written_board(path).subtasks)
        assert any("渠道数据 v2   not started Q4营销-2026-001-04" in row for row in app.screen_text)
        app.record([VoidSubtask(subtask=made, reason="改期")])
        await until(pilot, lambda: rows(app)[0].split()[-2:] == ["1", "done"])


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (120, 40), (220, 60)])
async def test_the_list_fits_every_size(size: tuple[int, int], tmp_path: Path) -> None:
    async with running(busy(), tmp_path, size=size) as (app, pilot):
        await pilot.press("4")
        await until(pilot, lambda: app.list.rows)
        assert all(width(row) <= size[0] for row in app.screen_text)
        assert ("items" in app.screen_text[3]) == (size[0] >= 80)


def test_every_kind_and_state_of_a_meeting_stands_whole() -> None:
    room = {each.key: each.width for each in meeting_columns()[0]}
    assert max(width(words.meeting_kind(kind)) for kind in words.MEETING_KINDS) <= room["kind"]
    assert max(width(glyph(state) + words.meeting_state(state)) for state in words.MEETING_STATES) <= room["state"]


async def test_an_empty_board_says_how_to_begin(tmp_path: Path) -> None:
    async with running(empty_board(), tmp_path, me="") as (app, pilot):
        await pilot.press("4")
        await until(pilot, lambda: any("No meeting yet. a new, m on a card calls one." in r for r in app.screen_text))


# Calling -----------------------------------------------------------------------------------------------


async def test_m_on_a_card_calls_a_progress_meeting_in_one_line(tmp_path: Path) -> None:
    path = tmp_path / "board.json"
    async with running(busy(), tmp_path) as (app, pilot):
        await pilot.press("m")
        assert app.heading.startswith("progress meeting  Q4营销-2026-001")
        await typed(pilot, "<Wed 15:30-16:30 @李强 @孙悦 =定稿 +会议室B")
        assert "Wed 10-14 15:30-16:30 (4d 23h) | chair 李强 | recorder 孙悦 | 定稿 | 会议室B" in app.message
        await pilot.press("enter")
        await until(pilot, lambda: len(written_board(path).meetings) == 4)
        made = newest(path)
        assert (made.kind, made.card, made.name) == ("progress", c.card, "Q4营销活动筹备")
        assert (made.starts, made.ends) == (WEDNESDAY, WEDNESDAY + HOUR)
        assert (made.chair, made.recorder, made.goal, made.place) == (c.li, c.sun, "定稿", "会议室B")
        board = written_board(path)
        assert [a.title for a in board.agenda_of[made.id]] == [
            "Progress",
            "Problems, risks, resources needed",
            "Next steps",
        ]
        assert {row.person for row in board.attendance_of[made.id]} == {c.wang, c.li, c.chen, c.sun}


async def test_m_on_an_issue_calls_a_coordination_meeting(tmp_path: Path) -> None:
    path = tmp_path / "board.json"
    async with running(busy(), tmp_path) as (app, pilot):
        await pilot.press("3")
        await until(pilot, lambda: app.list.rows)
        app.list.table.move_to(Busy.blocked)
        await pilot.press("m")
        assert app.heading.startswith("coordination meeting  I-001")
        await typed(pilot, "<+4h\n")
        await until(pilot, lambda: len(written_board(path).meetings) == 4)
        made = newest(path)
        assert (made.kind, made.issue, made.name) == ("coordination", Busy.blocked, "I-001 渠道数据缺失")


async def test_what_a_left_typed_comes_back_with_m_where_it_was_typed(tmp_path: Path) -> None:
    async with running(busy(), tmp_path) as (app, pilot):
        await pilot.press("4", "a", "enter", "enter")
        await typed(pilot, "周会 <10-14 15:30")
        await pilot.press("escape")
        assert app.message == "Draft kept (周会 <10-14 15:30). m brings it back."
        await pilot.press("m", "enter", "enter")
        assert app.panel_text == "周会 <10-14 15:30"


async def test_a_asks_for_kind_and_card_first(tmp_path: Path) -> None:
    path = tmp_path / "board.json"
    async with running(busy(), tmp_path) as (app, pilot):
        await pilot.press("4", "a")
        assert app.heading == "new meeting of which kind?"
        await typed(pilot, "retro\n")
        assert app.heading.startswith("retro meeting")
        await pilot.press("enter")
        await typed(pilot, "复盘会 <10-20 10:00\n")
        await until(pilot, lambda: len(written_board(path).meetings) == 4)
        made = newest(path)
        assert (made.kind, made.card, made.name) == ("retro", c.card, "复盘会")
        await until(pilot, lambda: app.list.current() == ("meetings", made.id))


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("会", "needs its start"),
        ("会 <Wed", "says no time"),
        ("会 <Wed 16:00-15:00", "ends before it starts"),
        ("会 <十月中旬", "is not a date"),
        ("会 <Wed 15:30 @李四", 'Nobody here is called "李四"'),
        ("会 <Wed 15:30 @销售部", "a person is needed"),
    ],
)
async def test_a_line_that_cannot_be_understood_says_why_and_stays(line: str, why: str, tmp_path: Path) -> None:
    async with running(busy(), tmp_path) as (app, pilot):
        await pilot.press("m")
        await typed(pilot, line + "\n")
        assert why in app.message
        assert app.panel_text == line
        assert not app.session.store.pending


async def test_the_form_has_the_same_fields_and_comes_back_as_the_line(tmp_path: Path) -> None:
    line = '会 @李强 @孙悦 @"J. Meyer" <Wed 15:30 =目标 +会议室'
    async with running(busy(), tmp_path) as (app, pilot):
        await pilot.press("m")
        await typed(pilot, line)
        await pilot.press("tab")
        await typed(pilot, "议")
        await pilot.press("shift+tab")
        assert app.panel_text == line.replace("会 @", "会议 @")


# States ------------------------------------------------------------------------------------------------


def state_of(path: Path) -> tuple[str, bool]:
    found = written_board(path).meetings[MEETING]
    return found.state, bool(found.notice_sent_at or found.final_sent_at)


async def test_from_notice_to_final_each_step_is_one_enter(tmp_path: Path) -> None:
    path = tmp_path / "board.json"
    async with running(meeting(held=False), tmp_path) as (app, pilot):
        await pilot.press("4", "S", "enter")
        await until(pilot, lambda: state_of(path) == ("notice", True))
        await pilot.press("d")
        await typed(pilot, "16:00")
        assert "ended Fri 10-09 16:00" in app.message
        await pilot.press("enter")
        await until(pilot, lambda: state_of(path)[0] == "held")
        assert written_board(path).meetings[MEETING].ended_at == T0 - 55 * 60
        await pilot.press("d", "enter")
        await until(pilot, lambda: state_of(path)[0] == "draft")
        await pilot.press("d")
        assert "no review by 陈思, 李强 yet" in app.message
        for head in (c.chen, c.li):
            elsewhere(path, ReviewMinutes(meeting=MEETING), by=head)
        app.do_reread()
        await until(pilot, lambda: not unanswered_now(app))
        await pilot.press("d")
        assert "1 action item becomes a subtask." in app.message
        await pilot.press("enter")
        await until(pilot, lambda: state_of(path)[0] == "final")
        assert len(written_board(path).subtasks) == 4
        await pilot.press("d")
        assert "Nothing here waits" in app.message
        await pilot.press("S", "enter")
        await until(pilot, lambda: written_board(path).meetings[MEETING].final_sent_at)


def unanswered_now(app: Deck) -> tuple[int, ...]:
    assert app.state is not None
    return unanswered(app.state.board, app.state.board.meetings[MEETING])


async def test_a_head_confirms_or_comments_and_the_list_of_who_has_not_answered_shrinks(tmp_path: Path) -> None:
    path = tmp_path / "board.json"
    board = do(meeting(), "SendDraft", c.sun, meeting=MEETING)
    async with running(board, tmp_path, me="李强") as (app, pilot):
        await pilot.press("4", "T")
        await typed(pilot, "第2条补金额\n")
        await until(pilot, lambda: state_of(path)[0] == "in_review")
        assert any("李强: 第2条补金额" in row for row in app.screen_text)
        assert any("陈思: no answer yet" in row for row in app.screen_text)
        await pilot.press("t")
        assert "Still to answer: 陈思." in app.message
        await pilot.press("enter")
        await until(pilot, lambda: [each.answer for each in written_board(path).reviews.values()] == ["confirmed"])
    async with running(board, tmp_path, me="J. Meyer") as (app, pilot):
        await pilot.press("4", "t")
        assert "Nothing here waits" in app.message


async def test_final_minutes_are_amended_and_say_to_whom_they_went(tmp_path: Path) -> None:
    path = tmp_path / "board.json"
    board = do(meeting(), "SendDraft", c.sun, meeting=MEETING)
    for head in (c.li, c.chen):
        board = do(board, "ReviewMinutes", head, meeting=MEETING)
    board = do(board, "FinaliseMinutes", c.wang, meeting=MEETING)
    async with running(board, tmp_path) as (app, pilot):
        await pilot.press("4")
        await until(pilot, lambda: any("not sent yet: S marks it" in row for row in app.screen_text))
        await pilot.press("S")
        assert "gone out to 李强, 王敏, 陈思, 孙悦?" in app.message
        await pilot.press("enter")
        await until(pilot, lambda: any("sent Fri 10-09 16:55 by 王敏 to 李强" in row for row in app.screen_text))
        await pilot.press("e")
        assert "amendment 1" in app.heading
        await typed(pilot, "渠道数据 v2 含安徽\n")
        await until(pilot, lambda: any("amended  1 渠道数据 v2 含安徽  王敏" in row for row in app.screen_text))
        assert written_board(path).meetings[MEETING].final_sent_by == c.wang


async def test_a_meeting_is_held_before_it_starts_only_after_a_second_enter(tmp_path: Path) -> None:
    path = tmp_path / "board.json"
    async with running(meeting(held=False), tmp_path, now=T0 - DAY) as (app, pilot):
        await pilot.press("4", "d", "enter")
        assert app.message == "It starts only at Fri 10-09 15:30. Enter again: it was held all the same."
        assert (app.front.entering, state_of(path)[0]) == (True, "notice")
        await pilot.press("enter")
        await until(pilot, lambda: state_of(path)[0] == "held")


async def test_only_the_chair_makes_minutes_final(tmp_path: Path) -> None:
    board = do(meeting(), "SendDraft", c.sun, meeting=MEETING)
    for head in (c.li, c.chen):
        board = do(board, "ReviewMinutes", head, meeting=MEETING)
    async with running(board, tmp_path, me="李强") as (app, pilot):
        await pilot.press("4", "d", "enter")
        await until(pilot, lambda: "chair" in app.message and "王敏" in app.message)
        assert not app.session.store.pending


async def test_x_cancels_with_a_reason_what_was_not_held(tmp_path: Path) -> None:
    path = tmp_path / "board.json"
    async with running(meeting(held=False), tmp_path) as (app, pilot):
        await pilot.press("4", "X", "enter")
        assert "reason" in app.message
        await typed(pilot, "改期\n")
        await until(pilot, lambda: state_of(path)[0] == "cancelled")
        assert written_board(path).meetings[MEETING].reason == "改期"
        await pilot.press("X")
        assert "Only a meeting that was not held" in app.message


async def test_e_moves_a_meeting_and_tells_when_nothing_differs(tmp_path: Path) -> None:
    path = tmp_path / "board.json"
    board: Board = meeting(held=False)
    async with running(board, tmp_path) as (app, pilot):
        await pilot.press("4", "e", "enter")
        assert "Nothing is different" in app.message
        await pilot.press("ctrl+u")
        await typed(pilot, "筹备会 @王敏 @孙悦 <Wed 15:30 +会议室A\n")
        await until(pilot, lambda: written_board(path).meetings[MEETING].starts == WEDNESDAY)
        assert written_board(path).meetings[MEETING].ends is None


async def test_a_meeting_called_late_is_said_to_be_short_notice(tmp_path: Path) -> None:
    async with running(busy(), tmp_path) as (app, pilot):
        await pilot.press("m")
        await typed(pilot, "会 <18:00")
        assert "short notice" in app.message
        for _key in range(5):
            await pilot.press("backspace")
        await typed(pilot, "10-14 15:30")
        assert "short notice" not in app.message
