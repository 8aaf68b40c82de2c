"""T1 and T2 from draft to archive, across the Spring Festival of 2026: every clock of a card's life to the minute.

15 to 23 February are off, Saturday 14 and Saturday 28 February are make-up working days.
"""

from __future__ import annotations

from typing import Any

import msgspec

from store import records as r
from store.board import Board
from store.operations.archive import ArchiveCard
from store.packages import body_of
from store.rules.clock_book import clock_book
from store.rules.clocks import Clock, state
from store.views.summary import card_summary
from tests.store.builders import do, empty_board, refused, run, stamp, written
from tests.store.clock_helpers import at, working

WANG, LI, CHEN, ZHANG, SUN = 11, 12, 13, 14, 15
MARKET, SALES, DESIGN = 21, 22, 23
CARD, PLAN, POSTER, KICKOFF = 31, 41, 42, 51
HEADS = ((WANG, MARKET), (LI, SALES), (CHEN, DESIGN))


def office() -> Board:
    """Three departments with their heads; an executive, who is the administrator too."""
    from store.changes import add

    homes = {WANG: MARKET, SUN: MARKET, LI: SALES, CHEN: DESIGN, ZHANG: None}
    names = {WANG: "王敏", LI: "李强", CHEN: "陈思", ZHANG: "张岚", SUN: "孙悦"}
    records: list[r.Record] = [r.Person(id=key, name=name, department=homes[key]) for key, name in names.items()]
    records += [
        r.Department(id=MARKET, name="市场部", head=WANG),
        r.Department(id=SALES, name="销售部", head=LI),
        r.Department(id=DESIGN, name="设计部", head=CHEN),
        r.Setting(id=90, key="executive", value=ZHANG),
        r.Setting(id=91, key="administrator", value=ZHANG),
    ]
    return written(empty_board(), [add(each) for each in records])


def drafted(**more: Any) -> Board:
    """A draft whose gate is open: every field the rulebook asks for, a duty for each department."""
    duties = [
        {
            "department": department,
            "liaison": head,
            "role": "接口人",
            "action": "提交本部门成果",
            "standard": "2月26日18:00前提交终稿",
        }
        for head, department in HEADS
    ]
    fields = {
        "id": CARD,
        "name": "春季新品上市",
        "project": "新品上市",
        "lead": WANG,
        "initiator": SUN,
        "acceptor": ZHANG,
        "initiating_department": MARKET,
        "goal": "首月销量5000台",
        "scope": "华东",
        "resources": "预算30万元, 6人",
        "mechanism": "每日17:00更新, 周会",
        "planned_start": at("2026-02-13 09:00"),
        "planned_finish": at("2026-02-27 18:00"),
        "duties": duties,
    }
    return do(office(), "CreateCard", SUN, at("2026-02-10 09:00"), **fields | more)


def clocks(board: Board, now: str) -> list[Clock]:
    """Every clock of the card at an instant, closed ones too."""
    return [*clock_book(board, working(), now=at(now)).of_card(CARD)]


def of(board: Board, kind: str, now: str) -> list[tuple[int, str]]:
    """(due, state) of the card's clocks of one kind, by due."""
    return sorted((clock.due, state(clock, at(now))) for clock in clocks(board, now) if clock.kind == kind)


def circulated(board: Board, when: str) -> Board:
    return do(board, "Circulate", WANG, at(when), card=CARD)


def signed(board: Board, when: str) -> Board:
    """Every head confirms and signs."""
    for head, department in HEADS:
        board = do(board, "Confirm", head, at(when), card=CARD, department=department)
        board = do(board, "Sign", head, at(when), card=CARD, department=department)
    return board


def worked(board: Board, done: str, accepted: str) -> Board:
    """Two subtasks handed over and accepted, each with its deliverable registered; both supporters have spoken."""
    for number, (key, owner, department) in enumerate(((PLAN, LI, SALES), (POSTER, CHEN, DESIGN)), 1):
        board = do(board, "HandOver", owner, at(done), subtask=key, deliverable=f"成果{number}V1")
        board = do(board, "AcceptSubtask", WANG, at(accepted), subtask=key)
        board = do(board, "ConfirmSupport", owner, at(accepted), card=CARD, department=department)
    return board


def divided(board: Board, when: str) -> Board:
    for key, owner, department, name in ((PLAN, LI, SALES, "渠道激励方案"), (POSTER, CHEN, DESIGN, "主视觉终稿")):
        board = do(
            board, "AddSubtask", WANG, at(when), id=key, card=CARD, name=name, owner=owner, department=department,
            standard="终稿PDF, 市场部签收", planned_start=at("2026-02-24 09:00"), planned_finish=at("2026-02-26 18:00"),
        )  # fmt: skip
    return board


def t1_active() -> Board:
    """T1 up to the work: circulated, signed, kickoff held, active; with its clocks on the way."""
    # Tuesday 10 February: circulated; 2 working days for each department.
    board = circulated(drafted(), "2026-02-10 10:00")
    assert of(board, "confirmation", "2026-02-10 10:00") == [(at("2026-02-12 18:00"), "running")] * 3
    assert of(board, "confirmation", "2026-02-12 18:01") == [(at("2026-02-12 18:00"), "breached")] * 3

    # Thursday 12: signed, kickoff; the division is due in 3 working days: Fri 13, Sat 14 (make-up), Tue 24.
    board = signed(board, "2026-02-11 15:00")
    kickoff = {"id": KICKOFF, "kind": "kickoff", "name": "启动会", "card": CARD, "chair": WANG}
    board = do(board, "CallMeeting", WANG, at("2026-02-11 15:30"), **kickoff, starts=at("2026-02-12 14:00"))
    board = do(board, "HoldMeeting", WANG, at("2026-02-12 15:00"), meeting=KICKOFF, ended_at=at("2026-02-12 15:00"))
    board = do(board, "Activate", WANG, at("2026-02-12 16:00"), card=CARD)
    assert of(board, "confirmation", "2026-02-12 18:01") == [(at("2026-02-12 18:00"), "met")] * 3
    assert of(board, "division", "2026-02-12 16:00") == [(at("2026-02-24 18:00"), "running")]
    assert of(board, "minutes_draft", "2026-02-12 16:00") == [(at("2026-02-13 15:00"), "running")]
    assert of(board, "minutes_final", "2026-02-12 16:00") == [(at("2026-02-14 15:00"), "running")]
    assert of(board, "card_due", "2026-02-12 16:00") == [(at("2026-02-27 18:00"), "running")]
    return board


def t1_submitted() -> Board:
    """T1 up to the first submission."""
    board = t1_active()
    # Handed over on Saturday 14: the lead has Tue 24, Wed 25, Thu 26.
    board = divided(board, "2026-02-13 10:00")
    early = do(board, "HandOver", LI, at("2026-02-14 17:00"), subtask=PLAN, deliverable="成果1V1")
    assert of(early, "accept_subtask", "2026-02-14 17:00") == [(at("2026-02-26 18:00"), "running")]
    assert of(early, "deliverable", "2026-02-14 17:00") == [(at("2026-02-15 17:00"), "running")]

    # Friday 27: submitted; the acceptor has Sat 28 (make-up), Mon 2, Tue 3 March.
    assert refused(board, "SubmitForAcceptance", WANG, at("2026-02-26 18:00"), card=CARD) == "gate.accept"
    board = worked(board, "2026-02-25 17:00", "2026-02-26 11:00")
    board = do(board, "SubmitForAcceptance", WANG, at("2026-02-27 16:00"), id=81, card=CARD)
    assert of(board, "acceptance", "2026-02-27 16:00") == [(at("2026-03-03 18:00"), "running")]
    assert of(board, "acceptance", "2026-03-03 18:01") == [(at("2026-03-03 18:00"), "breached")]
    assert of(board, "card_due", "2026-02-27 16:00") == [(at("2026-02-27 18:00"), "met")]
    return board


def t1_completed() -> Board:
    """T1 up to its retro: rectified, submitted again, passed."""
    board = t1_submitted()
    # Saturday 28: to be rectified by Wednesday 4; submitted again on Tuesday 3: a new round of 3 working days.
    rectify = {"card": CARD, "verdict": "rectify", "remarks": "缺安徽数据", "rectify_by": at("2026-03-04 18:00")}
    board = do(board, "GiveVerdict", ZHANG, at("2026-02-28 11:00"), **rectify)
    assert of(board, "acceptance", "2026-03-05 00:00") == [(at("2026-03-03 18:00"), "met")]
    assert of(board, "rectification", "2026-02-28 11:00") == [(at("2026-03-04 18:00"), "running")]
    assert of(board, "rectification", "2026-03-04 18:01") == [(at("2026-03-04 18:00"), "breached")]
    board = do(board, "SubmitForAcceptance", WANG, at("2026-03-03 15:00"), id=82, card=CARD)
    assert of(board, "rectification", "2026-03-05 00:00") == [(at("2026-03-04 18:00"), "met")]
    assert of(board, "acceptance", "2026-03-03 15:00") == [
        (at("2026-03-03 18:00"), "met"),
        (at("2026-03-06 18:00"), "running"),
    ]

    # Wednesday 4: passed; the retro is due on Mon 9: Thu 5, Fri 6, Mon 9.
    board = do(board, "GiveVerdict", ZHANG, at("2026-03-04 10:00"), card=CARD, verdict="pass")
    assert of(board, "retro", "2026-03-04 10:00") == [(at("2026-03-09 18:00"), "running")]
    assert refused(board, "ArchiveCard", WANG, at("2026-03-05 10:00"), card=CARD) == "gate.archive"
    said = {"well": "节前锁定口径", "short": "节后首日人手不足", "improvements": "节前排好值班"}
    board = do(board, "RecordRetro", SUN, at("2026-03-05 15:00"), id=91, card=CARD, **said)
    assert of(board, "retro", "2026-03-10 00:00") == [(at("2026-03-09 18:00"), "met")]
    return board


def test_t1_a_task_card_from_draft_to_archive_across_the_spring_festival() -> None:
    board = t1_completed()
    now = at("2026-03-06 09:00")
    summary = card_summary(board, clock_book(board, working(), now=now), CARD, now)
    assert summary is not None
    assert [each.verdict for each in summary.rounds] == ["rectify", "pass"]
    assert {each.department for each in summary.clocks} >= {MARKET, SALES, DESIGN}
    assert [(line.what, line.planned, line.actual) for line in summary.plan][1] == (
        "finish",
        at("2026-02-27 18:00"),
        at("2026-03-03 15:00"),
    )

    after = run(board, ArchiveCard(card=CARD), stamp(WANG, at("2026-03-06 09:00")))
    assert CARD not in after.cards
    assert after.archived[CARD].file == "新品上市-春季新品上市-新品上市-2026-001-2026-03-04.json"
    assert not clocks(after, "2026-03-06 09:00")


def test_t2_a_failed_card_is_worked_on_again_archived_and_reopened() -> None:
    board = signed(circulated(drafted(kickoff=False), "2026-02-09 10:00"), "2026-02-09 16:00")
    # Without a kickoff 24 hours.
    assert of(board, "confirmation", "2026-02-09 16:00") == [(at("2026-02-10 10:00"), "met")] * 3
    board = do(board, "Activate", WANG, at("2026-02-10 09:30"), card=CARD)
    board = divided(board, "2026-02-10 11:00")

    # Submitted on Thursday 12: Fri 13, Sat 14 (make-up), then the festival, Tue 24.
    board = worked(board, "2026-02-11 17:00", "2026-02-12 10:00")
    board = do(board, "SubmitForAcceptance", WANG, at("2026-02-12 11:00"), id=81, card=CARD)
    assert of(board, "acceptance", "2026-02-12 11:00") == [(at("2026-02-24 18:00"), "running")]

    # Failed on Saturday 14: back to work until Friday 6 March, every department signs anew within 24 hours.
    fail = {"card": CARD, "verdict": "fail", "remarks": "渠道未签约", "planned_finish": at("2026-03-06 18:00")}
    board = do(board, "GiveVerdict", ZHANG, at("2026-02-14 10:00"), **fail)
    assert of(board, "acceptance", "2026-02-25 09:00") == [(at("2026-02-24 18:00"), "met")]
    assert of(board, "card_due", "2026-02-14 10:00") == [(at("2026-03-06 18:00"), "running")]
    assert of(board, "confirmation", "2026-02-14 10:00") == [(at("2026-02-15 10:00"), "running")] * 3
    assert refused(board, "SubmitForAcceptance", WANG, at("2026-02-24 09:00"), card=CARD) == "gate.accept"
    board = signed(board, "2026-02-14 16:00")
    for owner, department in ((LI, SALES), (CHEN, DESIGN)):
        board = do(board, "ConfirmSupport", owner, at("2026-03-05 10:00"), card=CARD, department=department)
    board = do(board, "SubmitForAcceptance", WANG, at("2026-03-05 11:00"), id=82, card=CARD)
    assert of(board, "card_due", "2026-03-07 09:00") == [(at("2026-03-06 18:00"), "met")]
    board = do(board, "GiveVerdict", ZHANG, at("2026-03-06 10:00"), card=CARD, verdict="pass")
    said = {"well": "a", "short": "b", "improvements": "c"}
    board = do(board, "RecordRetro", SUN, at("2026-03-06 15:00"), id=91, card=CARD, **said)

    # Archived, then reopened: the rounds stand, a second acceptance follows.
    operation, sign = ArchiveCard(card=CARD), stamp(WANG, at("2026-03-09 09:00"))
    bodies = {
        table: {str(key): body_of(each) for key, each in rows.items()}
        for table, rows in operation.parting(board, sign).items()
    }
    records = msgspec.json.decode(msgspec.json.encode(bodies))
    after = run(board, operation, sign)
    again = {"card": CARD, "reason": "客户追加门店", "records": records, "planned_finish": at("2026-03-20 18:00")}
    board = do(after, "ReopenArchived", WANG, at("2026-03-10 09:00"), **again)
    assert board.cards[CARD].number == "新品上市-2026-001"
    assert of(board, "card_due", "2026-03-10 09:00") == [(at("2026-03-20 18:00"), "running")]
    assert not of(board, "retro", "2026-03-10 09:00")
    for owner, department in ((LI, SALES), (CHEN, DESIGN)):
        board = do(board, "ConfirmSupport", owner, at("2026-03-19 10:00"), card=CARD, department=department)
    board = do(board, "SubmitForAcceptance", WANG, at("2026-03-19 11:00"), id=83, card=CARD)
    board = do(board, "GiveVerdict", ZHANG, at("2026-03-20 10:00"), card=CARD, verdict="pass")
    assert [each.round for each in board.acceptances_of[CARD]] == [1, 2, 3]
    assert of(board, "retro", "2026-03-20 10:00") == [(at("2026-03-25 18:00"), "running")]
