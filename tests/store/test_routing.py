"""The letters route (rulebook §3): blocked reports and warnings R A, coordination R A C, final all, I included."""

from __future__ import annotations

import pytest

from store import records as r
from store.board import Board
from store.changes import add
from store.rules.routing import Event, by_letter, participants, recipients
from tests.store.builders import T0, Busy, Cast, busy, do, written

C, K = Cast, Busy


def lettered(board: Board, subtask: int, **letters: str) -> Board:
    """The board with the letters of people (`p11="A"`) and departments (`d23="R"`) on a subtask."""
    for n, (who, held) in enumerate(letters.items()):
        key = "person" if who[0] == "p" else "department"
        body = {key: int(who[1:]), "letters": held}
        board = written(board, [add(r.Letter(id=subtask * 1000 + n, subtask=subtask, **body))])  # type: ignore[arg-type]
    return board


ROUTED: list[tuple[Event, tuple[int, ...]]] = [
    ("blocked", (C.fang, C.wang)),
    ("warning", (C.fang, C.wang)),
    ("coordination", (C.fang, C.wang, C.mei)),
]


@pytest.mark.parametrize(("event", "who"), ROUTED)
def test_blocked_and_warning_reach_r_and_a_coordination_r_a_c(event: Event, who: tuple[int, ...]) -> None:
    board = lettered(busy(), C.poster, p11="A", p17="R", p16="C", p14="I")
    assert recipients(board, board.subtasks[C.poster], event) == who
    assert recipients(board, board.issues[K.blocked], event) == who


def test_what_is_final_reaches_all_participants_i_included() -> None:
    board = lettered(busy(), C.poster, p11="A", p17="R", p16="C", p14="I")
    found = recipients(board, board.issues[K.blocked], "final")
    assert set(found) == {C.fang, C.wang, C.mei, C.sun, C.chen}  # chen raised it, li has no letter here
    whole = recipients(board, board.cards[C.card], "final")
    assert set(participants(board, board.cards[C.card])) <= set(whole)
    assert {C.li, C.sun, C.mei} <= set(whole)


def test_a_letter_of_a_department_is_its_liaison_else_its_head() -> None:
    board = lettered(busy(), C.poster, d23="R", d21="A", d22="I")
    assert recipients(board, board.subtasks[C.poster], "blocked") == (C.chen, C.wang)
    duty = next(each for each in board.duties_of[C.card] if each.department == C.design)
    board = do(board, "EditDuty", C.wang, duty=duty.id, fields={"liaison": C.fang})
    assert recipients(board, board.subtasks[C.poster], "blocked") == (C.fang, C.wang)


def test_without_letters_owner_lead_and_collaborators_stand_in() -> None:
    board = do(busy(), "EditSubtask", C.wang, subtask=C.poster, fields={"collaborators": [C.mei]})
    assert by_letter(board, board.subtasks[C.poster]) == {"R": (C.chen,), "A": (C.wang,), "C": (C.mei,), "I": ()}
    assert recipients(board, board.subtasks[C.poster], "coordination") == (C.chen, C.wang, C.mei)
    assert C.li in recipients(board, board.issues[K.blocked], "final")


def test_a_delay_reaches_the_initiating_department_too() -> None:
    board = lettered(busy(), C.plan, p12="R", p16="A")
    assert recipients(board, board.subtasks[C.plan], "delay") == (C.li, C.mei, C.wang)


def test_nobody_who_has_left_is_reached() -> None:
    board = lettered(busy(), C.poster, p11="A", p17="R")
    gone = written(board, [add(r.Person(id=C.fang, name="方圆", left_at=1))])
    assert recipients(gone, gone.subtasks[C.poster], "blocked") == (C.wang,)


def test_a_coordination_meeting_invites_r_a_c_of_the_subtask() -> None:
    board = lettered(busy(), C.poster, p11="A", p17="R", p16="C", p14="I")
    called = do(
        board, "CallMeeting", C.wang, id=950, kind="coordination", name="协调", issue=K.blocked, starts=T0,
        agenda=[{"title": "缺数据"}],
    )  # fmt: skip
    invited = {row.person for row in called.attendance_of[950]}
    assert {C.wang, C.fang, C.mei} <= invited
    assert C.sun not in invited
