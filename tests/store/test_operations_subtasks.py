"""A subtask's way from the first entry to its acceptance, with corrections on it."""

from __future__ import annotations

import pytest

from store.board import Board
from store.operations.base import decode
from store.operations.progress import standing
from tests.store.builders import DAY, HOUR, T0, Busy, Cast, busy, do, office, refused, run, stamp

c, k = Cast, Busy


def handed_over() -> Board:
    return do(office(), "RecordProgress", c.li, id=53, subtask=c.plan, percent=100, deliverable="方案V1.docx")


def test_a_hundred_percent_hands_over_and_the_lead_accepts() -> None:
    board = handed_over()
    subtask = board.subtasks[c.plan]
    assert (subtask.status, subtask.handed_over_at, subtask.deliverable) == ("awaiting_acceptance", T0, "方案V1.docx")
    assert refused(board, "AcceptSubtask", c.li, subtask=c.plan) == "refuse.role"
    board = do(board, "AcceptSubtask", c.wang, T0 + DAY, subtask=c.plan)
    assert (board.subtasks[c.plan].status, board.subtasks[c.plan].done_at) == ("done", T0 + DAY)
    for operation, fields in (
        ("AcceptSubtask", {}),
        ("RecordProgress", {"percent": 50}),
        ("HandOver", {"deliverable": "x"}),
        ("VoidSubtask", {"reason": "x"}),
    ):
        assert refused(board, operation, c.wang, subtask=c.plan, **fields) == "refuse.state"


def test_a_deliverable_may_be_named_after_the_hand_over() -> None:
    board = do(office(), "RecordProgress", c.li, subtask=c.plan, percent=100)
    entries = len(board.progress)
    board = do(board, "HandOver", c.li, subtask=c.plan, deliverable="方案V1.docx")
    assert (board.subtasks[c.plan].deliverable, len(board.progress)) == ("方案V1.docx", entries)


def test_what_is_sent_back_stands_where_it_stood_with_the_reason_as_next_step() -> None:
    board = handed_over()
    assert refused(board, "SendBack", c.li, subtask=c.plan, reason="缺预算表") == "refuse.role"
    assert refused(board, "SendBack", c.wang, subtask=c.plan, reason="") == "refuse.empty"
    assert refused(board, "SendBack", c.wang, subtask=c.plan, reason="x", percent=100) == "refuse.percent"
    back = do(board, "SendBack", c.wang, T0 + 1, subtask=c.plan, reason="缺预算表")
    subtask = back.subtasks[c.plan]
    assert (subtask.status, subtask.percent, subtask.handed_over_at) == ("in_progress", 60, None)
    assert standing(back, c.plan)[-1].next == "缺预算表"
    assert do(board, "SendBack", c.wang, subtask=c.plan, reason="x", percent=90).subtasks[c.plan].percent == 90
    assert refused(back, "SendBack", c.wang, subtask=c.plan, reason="x") == "refuse.state"


def test_less_than_a_hundred_takes_the_hand_over_back() -> None:
    board = do(handed_over(), "RecordProgress", c.li, T0 + 1, subtask=c.plan, percent=80)
    subtask = board.subtasks[c.plan]
    assert (subtask.status, subtask.percent, subtask.handed_over_at) == ("in_progress", 80, None)


def test_a_subtask_of_a_completed_card_is_done_at_a_hundred() -> None:
    update = {"table": "cards", "id": c.card, "fields": {"stage": "completed"}}
    board = do(office(), "ImportRecords", c.wang, updates=[update])
    board = do(board, "RecordProgress", c.li, subtask=c.plan, percent=100)
    assert (board.subtasks[c.plan].status, board.subtasks[c.plan].done_at) == ("done", T0)


@pytest.mark.parametrize(
    ("fields", "percent", "status"),
    [
        ({"percent": 10}, 10, "in_progress"),
        ({"done": "开了个头"}, 0, "in_progress"),
        ({"percent": 0, "done": "在等"}, 0, "not_started"),
        ({"unchanged": True}, 0, "not_started"),
        ({"unchanged": True, "percent": 50}, 0, "not_started"),
        ({"percent": 100}, 100, "awaiting_acceptance"),
    ],
)
def test_the_first_entry_begins_the_work(fields: dict[str, object], percent: int, status: str) -> None:
    subtask = do(office(), "RecordProgress", c.sun, subtask=c.idle, **fields).subtasks[c.idle]
    assert (subtask.percent, subtask.status) == (percent, status)
    assert subtask.started_at == (None if status == "not_started" else T0)


def test_text_alone_keeps_the_percent() -> None:
    board = do(office(), "RecordProgress", c.li, subtask=c.plan, done="完成两档测算", next="第三档")
    assert board.subtasks[c.plan].percent == 60


def test_an_entry_of_the_past_does_not_overrule_a_newer_one() -> None:
    board = do(office(), "RecordProgress", c.li, T0, subtask=c.plan, percent=80)
    late = stamp(c.li, T0 - HOUR, recorded=T0 + HOUR)
    board = run(board, decode("RecordProgress", {"id": 54, "subtask": c.plan, "percent": 70}), late)
    assert board.subtasks[c.plan].percent == 80
    assert (board.progress[54].at, board.progress[54].recorded_at) == (T0 - HOUR, T0 + HOUR)


def test_entries_of_one_second_count_in_the_order_they_were_written() -> None:
    board = office()
    for number, percent in ((999, 65), (55, 70)):
        board = do(board, "RecordProgress", c.li, id=number, subtask=c.plan, percent=percent)
    board = do(board, "CorrectProgress", c.li, entry=999, percent=66)
    assert board.subtasks[c.plan].percent == 70


def test_a_blocked_subtask_stays_blocked_under_a_hundred() -> None:
    board = do(busy(), "RecordProgress", c.chen, subtask=c.poster, percent=40)
    assert board.subtasks[c.poster].status == "blocked"
    assert refused(board, "ResumeSubtask", c.chen, subtask=c.poster) == "refuse.blocked"
    decided = {"decision": "由孙悦补发渠道数据", "department": c.market, "owner": c.sun, "due": T0 + DAY}
    board = do(board, "Resolve", c.wang, issue=k.blocked, **decided)
    board = do(board, "ResumeSubtask", c.chen, subtask=c.poster)
    assert board.subtasks[c.poster].status == "in_progress"
    assert refused(board, "ResumeSubtask", c.chen, subtask=c.poster) == "refuse.state"


def test_a_correction_takes_the_place_of_its_entry() -> None:
    board = do(office(), "RecordProgress", c.li, id=53, subtask=c.plan, percent=100)
    board = do(board, "CorrectProgress", c.li, T0 + HOUR, id=54, entry=53, percent=90, done="还差一页")
    subtask = board.subtasks[c.plan]
    assert (subtask.percent, subtask.status, subtask.handed_over_at) == (90, "in_progress", None)
    assert (board.progress[54].at, board.progress[53].percent) == (T0, 100)
    assert refused(board, "CorrectProgress", c.li, entry=53, percent=80) == "refuse.entry"
    board = do(board, "WithdrawProgress", c.li, T0 + 2 * HOUR, id=55, entry=54)
    assert (board.subtasks[c.plan].percent, board.subtasks[c.plan].status) == (100, "awaiting_acceptance")
    assert refused(board, "WithdrawProgress", c.li, entry=54) == "refuse.entry"


def test_a_withdrawal_may_be_withdrawn_in_turn() -> None:
    board = do(office(), "WithdrawProgress", c.li, T0, id=53, entry=51)
    assert (board.subtasks[c.plan].percent, board.subtasks[c.plan].status) == (0, "not_started")
    assert refused(board, "CorrectProgress", c.li, entry=53, percent=1) == "refuse.entry"
    board = do(board, "WithdrawProgress", c.li, T0 + 1, id=54, entry=53)
    assert (board.subtasks[c.plan].percent, board.subtasks[c.plan].status) == (60, "in_progress")
    assert refused(board, "WithdrawProgress", c.li, entry=53) == "refuse.entry"


def test_withdrawing_the_only_entry_gives_back_what_was_imported() -> None:
    update = {"table": "subtasks", "id": c.idle, "fields": {"percent": 35, "status": "in_progress"}}
    board = do(office(), "ImportRecords", c.wang, updates=[update])
    board = do(board, "RecordProgress", c.sun, id=53, subtask=c.idle, percent=50)
    board = do(board, "WithdrawProgress", c.sun, entry=53)
    assert (board.subtasks[c.idle].percent, board.subtasks[c.idle].status) == (35, "in_progress")


def test_a_done_subtask_keeps_its_percent_but_an_entrys_words_may_be_corrected() -> None:
    board = do(handed_over(), "AcceptSubtask", c.wang, subtask=c.plan)
    assert refused(board, "CorrectProgress", c.li, entry=53, percent=90) == "refuse.state"
    board = do(board, "CorrectProgress", c.li, id=54, entry=51, percent=60, done="改了错字")
    assert board.subtasks[c.plan].status == "done"
    assert standing(board, c.plan)[0].done == "改了错字"
