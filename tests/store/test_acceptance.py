"""Acceptance, rectification and retro: §2 (→ acceptance, → archived) and §9 clause by clause."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from store.board import Board
from store.operations.base import decode
from store.operations.cards import duty_id
from store.rules.gates import last_round, missing, needs, was_missing
from tests.store.builders import DAY, T0, Busy, Cast, do, office, refused, stamp
from tests.store.closing import RETRO, ROUND, closed, completed, ready, submitted, worked
from tests.store.on_file import kept, newest, reverted, standing_tables

c, k = Cast, Busy
SUBMIT: dict[str, Any] = {"id": ROUND, "card": c.card}


def said(board: Board, operation: str, by: int, **fields: Any) -> str:
    """The first reason against an operation, as a sentence."""
    return str(next(iter(decode(operation, fields).check(board, stamp(by)))))


def test_gate_every_subtask_done_or_cancelled_each_with_its_deliverable() -> None:
    board = office()
    lacking = [(need.id, need.record) for need in missing(board, c.card, "acceptance") if need.id != "support"]
    both = [(name, number) for number in (c.plan, c.poster, c.idle) for name in ("subtask", "deliverable")]
    assert sorted(lacking) == sorted(both)
    assert refused(board, "SubmitForAcceptance", c.wang, **SUBMIT) == "gate.accept"
    text = said(board, "SubmitForAcceptance", c.wang, **SUBMIT)
    assert "is in progress" in text
    assert "has no deliverable" in text
    board = do(worked(), "EditSubtask", c.wang, subtask=c.plan, fields={"deliverable": ""})
    assert [need.id for need in missing(board, c.card, "acceptance")] == ["deliverable", "support", "support"]


def test_gate_a_cancelled_subtask_owes_no_deliverable() -> None:
    board = do(office(), "VoidSubtask", c.wang, subtask=c.idle, reason="不做了")
    assert c.idle not in [need.record for need in needs(board, c.card, "acceptance")]


def test_gate_supporting_departments_confirm_or_comment() -> None:
    board = worked()
    assert [need.record for need in missing(board, c.card, "acceptance")] == [
        duty_id(c.card, c.sales),
        duty_id(c.card, c.design),
    ]
    assert refused(board, "ConfirmSupport", c.wang, card=c.card, department=c.market) == "refuse.department"
    assert refused(board, "ConfirmSupport", c.mei, card=c.card, department=c.sales) == "refuse.role"
    board = do(board, "ConfirmSupport", c.li, card=c.card, department=c.sales)
    board = do(board, "ConfirmSupport", c.chen, card=c.card, department=c.design, text="只交了初稿")
    duty = board.duties[duty_id(c.card, c.design)]
    assert (duty.support_at, duty.support_by, duty.support_word) == (T0, c.chen, "只交了初稿")
    assert not missing(board, c.card, "acceptance")


def test_gate_the_lead_passes_it_with_a_reason_that_stays() -> None:
    board = office()
    assert refused(board, "SubmitForAcceptance", c.li, **SUBMIT, reason="急") == "refuse.role"
    board = do(board, "SubmitForAcceptance", c.wang, **SUBMIT, reason="客户今天验收")
    passed = board.passes_of[c.card][-1]
    assert (passed.gate, passed.reason, passed.by) == ("acceptance", "客户今天验收", c.wang)
    assert any("has no deliverable" in str(each) for each in was_missing(passed))


def test_the_same_gate_is_passed_twice_within_one_second() -> None:
    board = do(office(), "SubmitForAcceptance", c.wang, **SUBMIT, reason="客户今天验收")
    rectify = {"card": c.card, "verdict": "rectify", "remarks": "缺数据", "rectify_by": T0 + DAY}
    board = do(board, "GiveVerdict", c.zhang, **rectify)
    again = SUBMIT | {"id": ROUND + 1}
    board = do(board, "SubmitForAcceptance", c.wang, **again, reason="补交")
    passed = {each.reason for each in board.passes_of[c.card] if each.gate == "acceptance"}
    assert passed == {"客户今天验收", "补交"}


def test_a_submission_is_a_round_with_its_deliverables() -> None:
    board = submitted()
    made = board.acceptances[ROUND]
    assert (made.round, made.submitted_at, made.submitted_by, made.acceptor) == (1, T0, c.wang, c.zhang)
    assert [line.rpartition(": ")[2] for line in made.deliverables.splitlines()] == [
        "成果41.docx",
        "成果42.docx",
        "成果43.docx",
    ]
    assert made.support_words.splitlines() == ["销售部 李强", "设计部 陈思: 初稿已交, 附源文件"]
    assert (board.cards[c.card].stage, board.cards[c.card].submitted_at) == ("acceptance", T0)
    assert refused(board, "SubmitForAcceptance", c.wang, id=1, card=c.card) == "refuse.submitted"
    assert refused(office(), "SubmitForAcceptance", c.wang, id=1, card=c.draft) == "refuse.state"


def test_a_card_imported_as_waiting_for_acceptance_is_submitted_first() -> None:
    """§3, import: 待验收 stands in acceptance; nobody gave a verdict on it and no round waits for one."""
    update = {"table": "cards", "id": c.card, "fields": {"stage": "acceptance", "submitted_at": T0}}
    board = do(ready(), "ImportRecords", c.wang, updates=[update])
    assert board.cards[c.card].stage == "acceptance"
    assert refused(board, "GiveVerdict", c.wang, card=c.card, verdict="pass") == "gate.complete"
    board = do(board, "SubmitForAcceptance", c.wang, **SUBMIT)
    newest_round = last_round(board, c.card)
    assert newest_round is not None
    assert (newest_round.round, newest_round.verdict) == (1, None)


def test_only_the_acceptor_gives_the_verdict_and_the_administrator_for_them() -> None:
    board = submitted()
    assert refused(board, "GiveVerdict", c.wang, card=c.card, verdict="pass") == "refuse.role"
    board = do(board, "SetSetting", c.wang, key="administrator", value=c.fang)
    board = do(board, "GiveVerdict", c.fang, card=c.card, verdict="pass")
    judged = board.acceptances[ROUND]
    assert (judged.verdict_by, judged.verdict_for) == (c.fang, c.zhang)


@pytest.mark.parametrize(
    ("fields", "acceptor"),
    [
        ({"acceptor": None, "acceptor_department": c.design}, c.chen),
        ({"acceptor": None}, c.zhang),
    ],
    ids=["a department: its head", "management: the executive"],
)
def test_the_acceptor_may_be_a_department_or_management(fields: dict[str, Any], acceptor: int) -> None:
    board = do(ready(), "EditCard", c.wang, card=c.card, fields=fields)
    board = do(board, "SubmitForAcceptance", c.wang, **SUBMIT)
    assert refused(board, "GiveVerdict", c.sun, card=c.card, verdict="pass") == "refuse.role"
    assert do(board, "GiveVerdict", acceptor, card=c.card, verdict="pass").cards[c.card].stage == "completed"


def test_verdict_pass_completes_the_card() -> None:
    card = completed().cards[c.card]
    assert (card.stage, card.completed_at, card.submitted_at) == ("completed", T0 + DAY, T0)
    assert refused(completed(), "GiveVerdict", c.zhang, card=c.card, verdict="fail") == "refuse.state"


def test_verdict_rectify_has_an_agreed_date_and_the_card_is_submitted_again() -> None:
    board = submitted()
    rectify = {"card": c.card, "verdict": "rectify", "remarks": "缺安徽数据"}
    assert refused(board, "GiveVerdict", c.zhang, **rectify) == "refuse.empty"
    assert refused(board, "GiveVerdict", c.zhang, **rectify, rectify_by=T0 - 1) == "refuse.span"
    assert refused(board, "GiveVerdict", c.zhang, **rectify | {"remarks": ""}, rectify_by=T0 + DAY) == "refuse.empty"
    board = do(board, "GiveVerdict", c.zhang, T0 + DAY, **rectify, rectify_by=T0 + 3 * DAY)
    assert board.cards[c.card].stage == "acceptance"
    assert (board.acceptances[ROUND].verdict, board.acceptances[ROUND].rectify_by) == ("rectify", T0 + 3 * DAY)
    assert refused(board, "GiveVerdict", c.zhang, card=c.card, verdict="pass") == "refuse.rectify"
    board = do(board, "SubmitForAcceptance", c.wang, T0 + 2 * DAY, id=ROUND + 1, card=c.card)
    assert board.acceptances[ROUND].resubmitted_at == T0 + 2 * DAY
    newest = last_round(board, c.card)
    assert newest
    assert (newest.round, newest.verdict) == (2, None)
    board = do(board, "GiveVerdict", c.zhang, T0 + 4 * DAY, card=c.card, verdict="pass")
    assert board.cards[c.card].stage == "completed"
    assert [each.verdict for each in board.acceptances_of[c.card]] == ["rectify", "pass"]


def test_verdict_fail_goes_back_to_active_with_a_reason_and_new_dates_signed_anew() -> None:
    board = submitted()
    fail = {"card": c.card, "verdict": "fail", "remarks": "销量未达标"}
    assert refused(board, "GiveVerdict", c.zhang, **fail) == "refuse.empty"
    assert refused(board, "GiveVerdict", c.zhang, **fail, planned_finish=T0 - DAY) == "refuse.span"
    board = do(board, "GiveVerdict", c.zhang, T0 + DAY, **fail, planned_finish=T0 + 80 * DAY)
    card = board.cards[c.card]
    assert (card.stage, card.submitted_at, card.planned_finish) == ("active", None, T0 + 80 * DAY)
    assert card.reason == "销量未达标"
    for duty in board.duties_of[c.card]:
        assert (duty.answer, duty.asked_at, duty.voided_at) == ("pending", T0 + DAY, T0 + DAY)
        assert (duty.support_at, duty.support_word) == (None, "")
    assert [need.id for need in missing(board, c.card, "acceptance")] == ["support", "support"]


def test_verdict_fail_may_cancel_the_card() -> None:
    fail = {"card": c.card, "verdict": "fail", "remarks": "项目取消", "cancel": True}
    board = do(submitted(), "GiveVerdict", c.zhang, T0 + DAY, **fail)
    card = board.cards[c.card]
    assert (card.stage, card.cancelled_at, card.reason) == ("cancelled", T0 + DAY, "项目取消")


def test_the_retro_says_what_went_well_what_fell_short_and_what_improves() -> None:
    board = completed()
    fields = {"id": RETRO, "card": c.card, "well": "a", "short": "b", "improvements": "c"}
    for name in ("well", "short", "improvements"):
        assert refused(board, "RecordRetro", c.wang, **fields | {name: " "}) == "refuse.empty"
    assert refused(submitted(), "RecordRetro", c.wang, **fields) == "refuse.state"
    board = do(closed(), "RecordRetro", c.sun, T0 + 3 * DAY, **fields | {"id": RETRO + 1})
    (retro,) = board.retros_of[c.card]
    assert (retro.well, retro.at, retro.by) == ("a", T0 + 2 * DAY, c.wang)


def one_department() -> Board:
    """A routine card of one department, completed."""
    new = {"id": 900, "name": "素材收集", "type": "routine", "lead": c.wang, "departments": [c.market]}
    board = do(office(), "CreateCard", c.wang, **new)
    board = do(board, "Sign", c.wang, card=900, department=c.market)
    board = do(board, "Activate", c.wang, card=900)
    board = do(board, "SubmitForAcceptance", c.wang, id=ROUND, card=900, deliverables="12月素材")
    return do(board, "GiveVerdict", c.zhang, T0 + DAY, card=900, verdict="pass")


def test_the_lead_waives_the_retro_of_a_routine_card_of_one_department_with_a_reason() -> None:
    board = one_department()
    waive = {"id": RETRO, "card": 900, "reason": "例行"}
    assert refused(board, "WaiveRetro", c.wang, **waive | {"reason": ""}) == "refuse.empty"
    assert refused(board, "WaiveRetro", c.li, **waive) == "refuse.role"
    assert refused(completed(), "WaiveRetro", c.wang, id=RETRO, card=c.card, reason="忙") == "refuse.waive"
    assert [need.id for need in missing(board, 900, "archived")] == ["retro"]
    board = do(board, "WaiveRetro", c.wang, T0 + DAY, **waive)
    assert not missing(board, 900, "archived")


def test_gate_archived_needs_verdict_pass_and_the_retro() -> None:
    assert [(need.id, need.met) for need in needs(completed(), c.card, "archived")] == [
        ("verdict", True),
        ("retro", False),
    ]
    assert not missing(closed(), c.card, "archived")
    assert [need.id for need in missing(submitted(), c.card, "completed")] == ["verdict"]
    assert [need.id for need in missing(office(), c.card, "completed")] == ["submitted", "verdict"]


def test_a_completed_card_is_reopened_with_a_reason_and_accepted_a_second_time() -> None:
    board = closed()
    assert refused(board, "Reopen", c.wang, card=c.card, reason="") == "refuse.empty"
    assert refused(board, "Reopen", c.sun, card=c.card, reason="漏项") == "refuse.role"
    assert refused(submitted(), "Reopen", c.wang, card=c.card, reason="漏项") == "refuse.state"
    board = do(board, "Reopen", c.wang, T0 + 5 * DAY, card=c.card, reason="漏项", planned_finish=T0 + 60 * DAY)
    card = board.cards[c.card]
    assert (card.stage, card.reopened_at, card.completed_at, card.submitted_at) == ("active", T0 + 5 * DAY, None, None)
    assert (card.reason, card.planned_finish) == ("漏项", T0 + 60 * DAY)
    assert refused(board, "SubmitForAcceptance", c.wang, id=ROUND + 1, card=c.card) == "gate.accept"
    for head, department in ((c.li, c.sales), (c.chen, c.design)):
        board = do(board, "ConfirmSupport", head, card=c.card, department=department)
    board = do(board, "SubmitForAcceptance", c.wang, T0 + 6 * DAY, id=ROUND + 1, card=c.card)
    assert board.acceptances[ROUND + 1].round == 2
    board = do(board, "GiveVerdict", c.zhang, T0 + 7 * DAY, card=c.card, verdict="pass")
    assert [need.id for need in missing(board, c.card, "archived")] == ["retro"]


UNDONE: list[tuple[Callable[[], Board], str, int, dict[str, Any]]] = [
    (ready, "SubmitForAcceptance", c.wang, SUBMIT),
    (worked, "SubmitForAcceptance", c.wang, SUBMIT | {"reason": "急"}),
    (worked, "ConfirmSupport", c.li, {"card": c.card, "department": c.sales, "text": "好"}),
    (submitted, "GiveVerdict", c.zhang, {"card": c.card, "verdict": "pass"}),
    (
        submitted, "GiveVerdict", c.zhang,
        {"card": c.card, "verdict": "rectify", "remarks": "缺", "rectify_by": T0 + 9 * DAY},
    ),
    (
        submitted, "GiveVerdict", c.zhang,
        {"card": c.card, "verdict": "fail", "remarks": "差", "planned_finish": T0 + 90 * DAY},
    ),
    (submitted, "GiveVerdict", c.zhang, {"card": c.card, "verdict": "fail", "remarks": "停", "cancel": True}),
    (completed, "RecordRetro", c.sun, {"id": RETRO, "card": c.card, "well": "a", "short": "b", "improvements": "c"}),
    (one_department, "WaiveRetro", c.wang, {"id": RETRO, "card": 900, "reason": "例行"}),
    (closed, "Reopen", c.wang, {"card": c.card, "reason": "漏项"}),
]  # fmt: skip


@pytest.mark.parametrize(("start", "operation", "by", "fields"), UNDONE, ids=lambda part: str(part)[:12])
def test_an_undo_leaves_the_board_as_it_was(
    start: Callable[[], Board], operation: str, by: int, fields: dict[str, Any]
) -> None:
    before = start()
    after = kept(before, operation, by, T0 + DAY, **fields)
    assert standing_tables(reverted(after, by, at=T0 + DAY)) == standing_tables(before)


def test_a_submission_that_was_judged_is_not_undone() -> None:
    board = kept(ready(), "SubmitForAcceptance", c.wang, T0, **SUBMIT)
    entry = newest(board)
    board = kept(board, "GiveVerdict", c.zhang, T0 + DAY, card=c.card, verdict="pass")
    undo = decode("Revert", {"entry": entry, "record": c.card})
    assert [each.code for each in undo.check(board, stamp(c.wang))] == ["undo.changed"]
