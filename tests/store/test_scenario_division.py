"""T2's division of work and T5's allocation with a fixed clock, across the National Day holidays of 2026.

1 to 7 October are off, Saturday 10 October is a make-up working day. Every clock is given to the minute.
"""

from __future__ import annotations

from typing import Any

import pytest

from store.board import Board
from store.operations.act import derived
from store.rules.clock_book import clock_book
from store.rules.clocks import Clock, state
from store.rules.division import findings, revisions_used_up
from store.rules.lag import flags
from tests.store.builders import do, refused
from tests.store.clock_helpers import at, working
from tests.store.test_scenario_card_life import CHEN, DESIGN, HEADS, LI, MARKET, SALES, SUN, WANG, office

CARD, KICKOFF = 31, 51
PROTOTYPE, REVIEW, VERDICT, POSTER = 41, 42, 43, 44


def clocks(board: Board, kind: str, subject: int = 0, *, now: str = "2026-10-16 09:00") -> list[Clock]:
    """The clocks of a kind (of one record) on the card, open ones first."""
    book = clock_book(board, working(), now=at(now))
    return [each for each in book.of_card(CARD) if each.kind == kind and subject in {0, each.subject}]


def due(board: Board, kind: str, subject: int = 0, *, now: str = "2026-10-16 09:00") -> list[tuple[int, int | None]]:
    """(due, closed) of those clocks."""
    return [(each.due, each.closed) for each in clocks(board, kind, subject, now=now)]


def initiated() -> Board:
    """A card initiated on Friday 18 September and active since Monday 28; the kickoff ends Tuesday 29 at 11:00."""
    board = do(
        office(), "CreateCard", WANG, at("2026-09-18 10:00"), id=CARD, name="原型开发", project="产品迭代", lead=WANG,
        departments=[MARKET, SALES, DESIGN], planned_start=at("2026-09-28 09:00"),
        planned_finish=at("2026-10-15 18:00"),
    )  # fmt: skip
    board = do(board, "Circulate", WANG, at("2026-09-21 10:00"), card=CARD, reason="样例")
    for head, department in HEADS:
        board = do(board, "Confirm", head, at("2026-09-22 10:00"), card=CARD, department=department)
        board = do(board, "Sign", head, at("2026-09-22 11:00"), card=CARD, department=department)
    board = do(board, "Activate", WANG, at("2026-09-28 09:00"), card=CARD, reason="启动会在次日")
    board = do(
        board, "CallMeeting", WANG, at("2026-09-28 09:30"), id=KICKOFF, kind="kickoff", name="启动会", card=CARD,
        starts=at("2026-09-29 10:00"), ends=at("2026-09-29 11:00"), chair=WANG, recorder=SUN,
    )  # fmt: skip
    return do(board, "HoldMeeting", WANG, at("2026-09-29 11:00"), meeting=KICKOFF)


STAGES: list[tuple[int, str, int, str, str, list[int]]] = [
    (PROTOTYPE, "阶段一: 原型设计初稿", CHEN, "2026-09-29 13:00", "2026-10-09 18:00", []),
    (REVIEW, "阶段二: 联合评审原型方案", SUN, "2026-10-12 09:00", "2026-10-12 18:00", [PROTOTYPE]),
    (VERDICT, "最终成果验收", LI, "2026-10-14 09:00", "2026-10-15 18:00", [REVIEW]),
]


def divided() -> Board:
    """The division of T2 after the kickoff: three subtasks, their letters, their outputs as milestones."""
    board = initiated()
    when = at("2026-09-30 10:00")
    for key, name, owner, start, finish, waits in STAGES:
        board = do(
            board, "AddSubtask", WANG, when, id=key, card=CARD, name=name, owner=owner, planned_start=at(start),
            planned_finish=at(finish), depends_on=waits, standard="一份, 三个部门会签",
        )  # fmt: skip
    for key, row in ((PROTOTYPE, "C I AR"), (REVIEW, "AR R C"), (VERDICT, "A R I")):
        for department, letters in zip((MARKET, SALES, DESIGN), row.split(), strict=True):
            board = do(board, "SetLetters", WANG, when, subtask=key, department=department, letters=letters)
    for n, (name, date) in enumerate(
        (("原型设计稿(V1)", "第10个工作日"), ("《评审会议纪要》", "第12个工作日"), ("《成果验收报告》", "第15个工作日"))
    ):
        board = do(board, "AddMilestone", WANG, when, id=61 + n, card=CARD, name=name, relative=date, output=name)
    return board


def test_t2_the_three_dates_of_the_template() -> None:
    board = divided()
    assert [due(board, "milestone", 61 + n) for n in range(3)] == [
        [(at("2026-10-09 18:00"), None)],
        [(at("2026-10-12 18:00"), None)],
        [(at("2026-10-15 18:00"), None)],
    ]


def test_t2_two_working_days_after_the_request_three_after_the_kickoff() -> None:
    board = divided()
    for key, text in ((71, "需求发起后2个工作日"), (72, "启动会后3个工作日")):
        board = do(board, "AddMilestone", WANG, at("2026-09-30 10:00"), id=key, card=CARD, name=text, relative=text)
    assert due(board, "milestone", 71) == [(at("2026-09-21 18:00"), None)]  # Sunday 20 September is a make-up day
    assert due(board, "milestone", 72) == [(at("2026-10-09 18:00"), None)]


def test_t2_the_division_is_due_three_working_days_after_the_kickoff_and_met_when_all_have_signed() -> None:
    board = divided()
    assert due(board, "division") == [(at("2026-10-09 18:00"), None)]  # 30 September, 8 and 9 October
    for (head, department), when in zip(HEADS, ("10-08 09:30", "10-08 14:00", "10-09 10:15"), strict=True):
        board = do(board, "SignDivision", head, at(f"2026-{when}"), card=CARD, department=department)
    assert due(board, "division") == [(at("2026-10-09 18:00"), at("2026-10-09 10:15"))]
    moved = do(board, "EditSubtask", WANG, at("2026-10-09 11:00"), subtask=VERDICT,
               fields={"planned_finish": at("2026-10-16 18:00")})  # fmt: skip
    unsigned = {duty.department for duty in moved.duties_of[CARD] if duty.division_signed_at is None}
    assert unsigned == {MARKET, SALES}  # A and R of it; the design department only gets to know
    assert due(moved, "division") == [(at("2026-10-09 18:00"), at("2026-10-09 10:15"))]


def test_t2_saturday_the_10th_is_the_buffer_between_prototype_and_review() -> None:
    board = divided()
    assert not [each for each in findings(board, CARD, working()) if each.weight != "hint"]
    earlier = do(board, "EditSubtask", WANG, at("2026-09-30 11:00"), subtask=REVIEW,
                 fields={"planned_start": at("2026-10-10 09:00")})  # fmt: skip
    found = [each.why for each in findings(earlier, CARD, working()) if each.why.code == "buffer"]
    assert [(why.fields["id"], why.fields["other"], why.fields["n"]) for why in found] == [("02", "01", 0)]


def test_t2_stage_one_handed_over_registered_and_accepted() -> None:
    board = do(divided(), "HandOver", CHEN, at("2026-10-09 15:00"), subtask=PROTOTYPE, deliverable="原型设计稿V1")
    assert due(board, "subtask_due", PROTOTYPE) == [(at("2026-10-09 18:00"), at("2026-10-09 15:00"))]
    assert due(board, "deliverable", PROTOTYPE) == [(at("2026-10-10 15:00"), None)]
    assert due(board, "accept_subtask", PROTOTYPE) == [(at("2026-10-13 18:00"), None)]  # Sat 10, Mon 12, Tue 13
    late = do(board, "RegisterDeliverable", CHEN, at("2026-10-10 16:30"), subtask=PROTOTYPE, reference="s:/V1")
    found = clocks(late, "deliverable", PROTOTYPE)
    assert [(each.due - (each.closed or 0), state(each, at("2026-10-16 09:00"))) for each in found] == [(-5400, "met")]
    done = do(late, "AcceptSubtask", WANG, at("2026-10-12 09:00"), subtask=PROTOTYPE)
    assert due(done, "accept_subtask", PROTOTYPE) == [(at("2026-10-13 18:00"), at("2026-10-12 09:00"))]
    assert not [each for each in clocks(done, "progress", PROTOTYPE) if each.is_open]


# T5 --------------------------------------------------------------------------------------------------


def allocated() -> Board:
    """T5's allocation: the poster of the design department with what market and sales provide."""
    board, when = initiated(), at("2026-09-29 14:00")
    board = do(
        board, "AddSubtask", WANG, when, id=POSTER, card=CARD, name="活动宣传主视觉设计", owner=CHEN,
        planned_start=at("2026-09-30 09:00"), planned_finish=at("2026-10-12 18:00"), most_revisions=2,
        reviewers=[MARKET], standard="JPG 与源文件+PDF, 符合品牌规范", resources="预算5000元",
    )  # fmt: skip
    board = do(board, "SetScope", CHEN, when, subtask=POSTER, person=SUN, scope="文案、品牌规范")
    for key, what, department, date in (
        (81, "活动文案终稿及品牌VI手册", MARKET, "2026-10-08 18:00"),
        (82, "产品实拍图", SALES, "2026-10-04 18:00"),
    ):
        board = do(
            board, "AddInput", CHEN, when, id=key, subtask=POSTER, what=what, department=department, due=at(date)
        )
    for key, name, date in ((91, "3版设计稿初稿", "2026-10-10 18:00"), (92, "定稿", "2026-10-12 18:00")):
        board = do(
            board, "AddMilestone", CHEN, when, id=key, card=CARD, subtask=POSTER, name=name, due=at(date), output=name
        )
    return board


def test_t5_inputs_run_to_their_dates_and_a_day_off_is_kept() -> None:
    board = allocated()
    assert due(board, "input", 82) == [(at("2026-10-04 18:00"), None)]
    assert {each.subject: each.who for each in clocks(board, "input")} == {81: (WANG,), 82: (LI,)}
    there = do(board, "ReceiveInput", CHEN, at("2026-10-08 09:20"), input=82)
    assert due(there, "input", 82) == [(at("2026-10-04 18:00"), at("2026-10-08 09:20"))]
    assert due(there, "input", 81) == [(at("2026-10-08 18:00"), None)]


def test_t5_support_asked_in_the_daily_report_is_answered_within_48_hours() -> None:
    needs = [{"department": MARKET, "name": "市场部", "text": "文案"}]
    board = do(
        allocated(), "RecordProgress", CHEN, at("2026-09-30 16:40"), id=95, subtask=POSTER, percent=20,
        done="品牌规范整理", supports=needs,
    )  # fmt: skip
    key = derived("support", 95, 0)
    assert due(board, "support", key) == [(at("2026-10-02 16:40"), None)]  # hours run on over the holidays
    assert due(board, "progress", POSTER) == [(at("2026-10-08 17:00"), None)]  # reports do not
    said = do(board, "AnswerSupport", WANG, at("2026-10-08 09:05"), support=key, answer="今日18:00前给终稿")
    assert state(clocks(said, "support", key)[0], at("2026-10-08 10:00")) == "met"
    assert due(said, "support", key) == [(at("2026-10-02 16:40"), at("2026-10-08 09:05"))]


@pytest.mark.parametrize(
    ("now", "held"),
    [
        ("2026-09-30 10:00", ()),  # nothing used up
        ("2026-09-30 15:00", ("lagging",)),  # 5 of 40 hours: 30 September, 8, 9, 10, 12 October
        ("2026-09-30 17:01", ("lagging", "silent")),
        ("2026-10-10 18:01", ("unannounced", "lagging", "silent")),  # 1 WD before Monday 12 is Saturday 10
        ("2026-10-12 18:01", ("overdue", "unannounced", "lagging", "silent")),
    ],
)
def test_t5_lag_silence_and_delay_notice_without_a_report(now: str, held: tuple[str, ...]) -> None:
    board = allocated()
    book = clock_book(board, working(), now=at(now))
    mine = {each.kind: each for each in book.open_of(CARD) if each.subject == POSTER and each.table == "subtasks"}
    found = flags(
        board.cards[CARD], board.subtasks[POSTER], mine.get("progress"), working(), 10, delay=mine.get("delay_notice")
    )
    assert found.held(at(now)) == held


def test_t5_a_warning_announces_the_delay() -> None:
    now = "2026-10-10 12:00"
    board = allocated()
    assert due(board, "delay_notice", POSTER, now=now) == [(at("2026-10-10 18:00"), None)]
    told = do(
        board, "RaiseWarning", CHEN, at("2026-10-10 11:00"), id=96, subtask=POSTER, risk="文案延期", reason="未到",
        scope="初稿", solution="10-12 补交", department=MARKET,
    )  # fmt: skip
    assert not [each for each in clocks(told, "delay_notice", POSTER, now=now) if each.is_open]


def test_t5_revised_at_most_twice_the_third_send_back_is_warned_about() -> None:
    board = allocated()
    used = []
    for day in ("2026-10-08", "2026-10-09", "2026-10-10"):
        board = do(board, "HandOver", CHEN, at(f"{day} 11:00"), subtask=POSTER, deliverable="三版初稿")
        used.append(revisions_used_up(board.subtasks[POSTER]))
        board = do(board, "SendBack", WANG, at(f"{day} 15:00"), subtask=POSTER, reason="品牌色不符")
    assert used == [False, False, True]
    assert board.subtasks[POSTER].revisions == 3
    # Sent back at 15:00 it owes the report of the next point again, and its finish runs on.
    assert due(board, "progress", POSTER) == [(at("2026-10-10 17:00"), None)]
    assert due(board, "subtask_due", POSTER) == [(at("2026-10-12 18:00"), None)]


def test_t5_the_allocation_refuses_what_the_template_cannot_hold() -> None:
    board = allocated()
    own: dict[str, Any] = {"subtask": POSTER, "what": "图", "department": DESIGN, "due": at("2026-10-08 18:00")}
    assert refused(board, "AddInput", CHEN, **own) == "refuse.department"
    assert refused(board, "HandOver", CHEN, subtask=POSTER) == "refuse.empty"
