"""The walk-throughs of the screens document, typed press by press in a real terminal."""

from __future__ import annotations

from pathlib import Path

import pytest

from store.board import Board
from tests.end_to_end.program import dashboard
from tests.end_to_end.terminal import Terminal
from tests.store.builders import DAY, T0, Cast, do
from tests.tui.boards import OWED, owing
from tests.tui.deck import write_board, written_board
from tests.tui.issue_boards import RAISED, queue_board
from tests.tui.minutes_board import MEETING, lines, meeting

pytestmark = pytest.mark.slow
LI = "李强"
SIZES = [(80, 24), (120, 40)]
STAND_UP = (
    ("t", "今天下班前给渠道数据"),
    ("d", "讲师改期到下周三 @J. Meyer <下周三"),
    ("d", "周一前定稿 @孙悦 <周一"),
    ("t", "今天定场地"),
    ("x", "两部门谈不拢"),
    ("c", "等人事部周一答复"),
)
"""Key and line for each of the six issues."""


def last(board: Board, subtask: int) -> tuple[int | None, str, str, str]:
    """Percent, done, next and problem of a subtask's last entry."""
    entry = max((e for e in board.progress.values() if e.subtask == subtask), key=lambda e: e.at)
    return entry.percent, entry.done, entry.next, entry.problem


@pytest.mark.parametrize("size", SIZES)
def test_7a_five_reports_are_six_presses(tmp_path: Path, size: tuple[int, int]) -> None:
    path = write_board(owing(), tmp_path / "board.json")
    with dashboard(path, LI, size=size) as terminal:
        terminal.wait_text("> ")
        terminal.wait_text("live")
        assert "5 due at 17:00" in terminal.lines()[0]
        terminal.press("p")
        for place in range(5):
            terminal.wait_text(f"0{place + 4} 渠道{place + 1}")
            terminal.type(f"7{place} 初稿{place} > 送审")
            terminal.press("enter")
        terminal.wait_text("All reports of today are in.")
        assert terminal.presses == 6
        terminal.wait_gone("waiting")
        terminal.press("ctrl+q")
        assert terminal.wait_exit() == 0
    board = written_board(path)
    assert [last(board, each) for each in OWED] == [(70 + n, f"初稿{n}", "送审", "") for n in range(5)]
    assert all(each.at >= T0 for each in list(board.progress.values())[-5:])


def test_7a_with_the_ime_on_from_start_to_end(tmp_path: Path) -> None:
    path = write_board(owing(), tmp_path / "board.json")
    with dashboard(path, LI, env={"LANG": "zh_CN.UTF-8", "CROSSDECK_LANG": "zh_Hans"}) as terminal:
        terminal.wait_text("实时")
        terminal.press("f2")
        for place in range(5):
            terminal.wait_text(f"渠道{place + 1}")
            terminal.type(f"７{place}％　初稿{place}　》送审　！缺数据　＠XS")
            terminal.press("enter")
        terminal.wait_text("今日进度已报齐")
        assert terminal.presses == 6
        terminal.press("ctrl+q")
        assert terminal.wait_exit() == 0
    board = written_board(path)
    assert [last(board, each) for each in OWED] == [(70 + n, f"初稿{n}", "送审", "缺数据") for n in range(5)]


def test_7e_the_link_drops_in_mid_line_and_nothing_is_lost(tmp_path: Path) -> None:
    path = write_board(owing(), tmp_path / "share" / "board.json")
    state = tmp_path / "here"
    with dashboard(path, LI, state=state) as terminal:
        terminal.wait_text("live")
        path.parent.rename(tmp_path / "gone")
        terminal.wait_text("offline since")
        terminal.press("p")
        terminal.wait_text("渠道1")
        terminal.type("70 初稿 > 送审")
        terminal.press("enter")  # recorded all the same: no more keys than with the share there
        terminal.wait_text("渠道2")
        terminal.wait_text("1 waiting")
        assert terminal.presses == 2
        terminal.type("71 半句")
        terminal.wait_text("71 半句")
        terminal.hang_up()
        assert terminal.wait_exit() == 0
    (tmp_path / "gone").rename(path.parent)
    with dashboard(path, LI, state=state) as terminal:
        terminal.wait_text("Draft kept")  # the message row says what an earlier session left
        terminal.wait_gone("waiting")
        terminal.press("p")
        terminal.wait_text("71 半句")
        terminal.press("enter")
        terminal.wait_text("渠道3")
        assert terminal.presses == 2
        terminal.wait(lambda: last(written_board(path), OWED[1])[0] == 71)
        terminal.press("ctrl+q")
        assert terminal.wait_exit() == 0
    board = written_board(path)
    assert last(board, OWED[0]) == (70, "初稿", "送审", "")
    assert last(board, OWED[1]) == (71, "半句", "", "")


@pytest.mark.parametrize("size", SIZES)
def test_7b_six_issues_of_a_stand_up_are_23_presses(tmp_path: Path, size: tuple[int, int]) -> None:
    path = write_board(queue_board(), tmp_path / "board.json")
    with dashboard(path, "王敏", size=size) as terminal:
        terminal.wait_text("live")
        terminal.press("3")
        terminal.wait_text("[3 escalations 6]")
        terminal.press("space")
        for place, (key, text) in enumerate(STAND_UP, start=1):
            terminal.wait_text(f"TRIAGE {place}/6")
            terminal.press(key)
            terminal.wait_text("Esc close")
            terminal.type(text)
            terminal.press("enter")
            terminal.wait_gone("Esc close")
            terminal.press("space")
        terminal.wait_text("resolved")
        terminal.press("S", "enter")
        terminal.wait(lambda: written_board(path).issues[103].notified_at is not None, "all of it in the file")
        terminal.press("q")
        terminal.wait_text("[3 escalations")
        assert terminal.presses <= 23
        terminal.press("ctrl+q")
        assert terminal.wait_exit() == 0
    issues = written_board(path).issues
    assert [issues[each].state for each in RAISED] == [
        "acknowledged", "resolved", "resolved", "acknowledged", "acknowledged", "acknowledged",
    ]  # fmt: skip
    assert issues[105].tier == 2
    assert issues[102].notified_at
    assert issues[103].notified_at


def record_half_an_hour(terminal: Terminal) -> None:
    """Attendance, 12 points, 4 decisions, 5 action items of which one lacks owner and date, on to the third item."""
    terminal.type("- 李强 出差 @方圆")
    terminal.press("enter")
    for n in range(12):
        terminal.type(f"要点 {n}")
        terminal.press("enter")
    for n, actions in enumerate((2, 1, 1, 1)):
        terminal.press("tab")
        terminal.type(f"决定 {n}")
        terminal.press("enter")
        for each in range(actions):
            due = "" if n == each == 0 else " @孙悦 <10-16"
            terminal.type(f"行动 {n}{each}{due} =齐全 +无")
            terminal.press("enter")
        if n < 3:
            terminal.press("enter")
    terminal.press("down", "down")


@pytest.mark.parametrize("size", SIZES)
def test_7c_thirty_minutes_of_minutes_are_43_presses(tmp_path: Path, size: tuple[int, int]) -> None:
    board = do(
        meeting(held=False, lines=False), "CallMeeting", Cast.wang, T0 - 9 * DAY, id=901, kind="other", name="更早的会",
        card=Cast.card, starts=T0 - DAY, chair=Cast.wang,
    )  # fmt: skip
    path = write_board(board, tmp_path / "board.json")
    with dashboard(path, "孙悦", size=size) as terminal:
        terminal.wait_text("live")
        terminal.press("4")
        terminal.wait_text("筹备会")
        terminal.press("down", "enter")
        terminal.wait_text("Esc rows, save")
        terminal.press("up")
        record_half_an_hour(terminal)
        terminal.press("esc", "n")
        terminal.wait_text("1 finding")
        terminal.press("enter")
        terminal.type(" @陈思 <+3wd")
        terminal.press("esc", "d", "enter")
        terminal.wait(lambda: written_board(path).meetings[MEETING].state == "held", "held")
        terminal.press("d", "enter")
        terminal.wait(lambda: written_board(path).meetings[MEETING].state == "draft", "the draft is out")
        assert terminal.presses <= 43
        terminal.press("ctrl+q")
        assert terminal.wait_exit() == 0
    found = written_board(path)
    written = lines(found, 0)
    assert [line.text for line in written if line.kind == "point"] == [f"要点 {n}" for n in range(12)]
    kinds = [line.kind for line in written]
    assert (kinds.count("decision"), kinds.count("action")) == (4, 5)
    assert all(line.owner and line.due for line in written if line.kind == "action")
    presence = {row.person: (row.presence, row.reason, row.stand_in) for row in found.attendance_of[MEETING]}
    assert presence[Cast.li] == ("absent", "出差", Cast.fang)
    assert presence[Cast.chen][0] == "present"


@pytest.mark.parametrize("size", SIZES)
def test_7d_a_card_from_a_template_is_eight_presses(tmp_path: Path, size: tuple[int, int]) -> None:
    path = write_board(queue_board(), tmp_path / "board.json")
    before = set(written_board(path).cards)
    with dashboard(path, "王敏", size=size) as terminal:
        terminal.wait_text("live")
        terminal.press("a")
        terminal.wait_text("new card")
        terminal.type("campaign")
        terminal.wait_text("Marketing campaign")
        terminal.press("enter")
        terminal.wait_text("goal")
        for text in ("新品A上市推广", "10-12", "12-01"):
            terminal.type(text)
            terminal.press("enter")
        terminal.type("新品A华东销量 5000 台")
        terminal.press("ctrl+s")
        terminal.wait(lambda: set(written_board(path).cards) != before)
        terminal.press("d")
        terminal.wait_text("draft > circulating?")
        terminal.press("enter")
        assert terminal.presses <= 8
        terminal.wait(lambda: any(each.stage == "circulating" for each in written_board(path).cards.values()))
        terminal.press("ctrl+q")
        assert terminal.wait_exit() == 0
    board = written_board(path)
    (card,) = [card for key, card in board.cards.items() if key not in before]
    assert (card.name, card.goal) == ("新品A上市推广", "新品A华东销量 5000 台")
    assert board.duties_of[card.id]
