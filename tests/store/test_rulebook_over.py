"""What is over stays as it was (rulebook §2, §3, §5, §8): completed cards and their subtasks, cancelled work."""

from __future__ import annotations

from typing import Any

import pytest

from store import records as r
from store.board import Board
from store.changes import put
from store.rules.clock_book import clock_book
from store.rules.clocks import Clock, state
from store.rules.why import Said, why
from tests.store.builders import DAY, HOUR, T0, Busy, Cast, busy, do, refused, written
from tests.store.clock_helpers import working

c, k = Cast, Busy

EDITS: list[tuple[str, dict[str, Any]]] = [
    ("EditCard", {"card": c.card, "fields": {"planned_finish": T0 + 60 * DAY}}),
    ("EditCard", {"card": c.card, "fields": {"scope": "华东"}}),
    ("EditCard", {"card": c.card, "fields": {"goal": "5000 台", "notes": "x"}}),
    ("AddSubtask", {"card": c.card, "name": "加一项"}),
    ("EditSubtask", {"subtask": c.plan, "fields": {"planned_finish": T0 + 9 * DAY}}),
    ("EditSubtask", {"subtask": c.plan, "fields": {"owner": c.mei}}),
    ("SetScope", {"subtask": c.plan, "person": c.sun, "scope": "渠道数据"}),
    ("SetLetters", {"subtask": c.plan, "department": c.market, "letters": "C"}),
    ("AddInput", {"subtask": c.plan, "what": "渠道数据", "department": c.market, "due": T0 + DAY}),
    ("AnswerQuestions", {"subtask": c.plan, "answers": ["date"]}),
    ("VoidSubtask", {"subtask": c.plan, "reason": "不做了"}),
    ("AddDuty", {"card": c.card, "department": 24}),
    ("AddMilestone", {"card": c.card, "name": "终稿", "due": T0 + DAY}),
    ("EditMilestone", {"milestone": k.milestone, "fields": {"due": T0 + DAY}}),
    ("AnnounceChange", {"milestone": k.milestone, "text": "推迟", "due": T0 + DAY}),
    ("VoidCard", {"card": c.card, "reason": "取消"}),
]


def at_stage(stage: str) -> Board:
    """`busy` with one more department, its card in a stage."""
    board = do(busy(), "AddDepartment", c.wang, id=24, name="财务部")
    return written(board, [put(board.cards[c.card], stage=stage)])


@pytest.mark.parametrize(("name", "fields"), EDITS, ids=lambda part: part if isinstance(part, str) else "")
def test_dates_scope_and_duties_of_a_completed_card_stay(name: str, fields: dict[str, Any]) -> None:
    assert refused(at_stage("active"), name, c.wang, **fields) == ""
    assert refused(at_stage("completed"), name, c.wang, **fields) == "refuse.closed"
    assert refused(at_stage("cancelled"), name, c.wang, **fields) == "refuse.state"


def test_duties_of_a_completed_card_stay() -> None:
    for stage, code in (("active", ""), ("completed", "refuse.closed"), ("archived", "refuse.state")):
        board = at_stage(stage)
        duty = board.duties_of[c.card][0].id
        assert refused(board, "EditDuty", c.wang, duty=duty, fields={"action": "出三档返利方案并报审"}) == code


def test_what_a_completed_card_took_is_still_written() -> None:
    fields = {"resources_used": "8 人周", "budget_used": "CNY 42000", "notes": "见复盘", "recurs": "monthly"}
    board = do(at_stage("completed"), "EditCard", c.wang, card=c.card, fields=fields)
    assert (board.cards[c.card].budget_used, board.cards[c.card].recurs) == ("CNY 42000", "monthly")


def test_a_completed_card_is_edited_once_it_is_reopened() -> None:
    board = do(at_stage("completed"), "Reopen", c.wang, card=c.card, reason="客户追加")
    assert refused(board, "EditCard", c.wang, card=c.card, fields={"scope": "华东"}) == ""
    assert refused(board, "EditSubtask", c.wang, subtask=c.plan, fields={"planned_finish": T0 + 9 * DAY}) == ""


def test_blocked_work_goes_on_when_every_report_on_it_is_resolved() -> None:
    second = {"what": "样机未到", "impact": "晚 1 天", "tried": "催过", "needed": "样机", "department": c.sales}
    board = do(busy(), "RaiseBlocked", c.chen, id=65, subtask=c.poster, **second)
    decided = {"decision": "由孙悦补发渠道数据", "department": c.market, "owner": c.sun, "due": T0 + DAY}
    for issue in (k.blocked, 65):
        assert refused(board, "ResumeSubtask", c.chen, subtask=c.poster) == "refuse.blocked"
        board = do(board, "Resolve", c.wang, issue=issue, **decided)
    assert do(board, "ResumeSubtask", c.chen, subtask=c.poster).subtasks[c.poster].status == "in_progress"


@pytest.mark.parametrize(("ended", "code"), [(-HOUR, ""), (0, ""), (60, "refuse.future"), (DAY, "refuse.future")])
def test_a_meeting_ends_before_it_is_said_to_have_been_held(ended: int, code: str) -> None:
    assert refused(busy(), "HoldMeeting", c.wang, meeting=k.notice, began_at=T0 - 2 * HOUR, ended_at=T0 + ended) == code


# A subtask that is cancelled ---------------------------------------------------------------------------------------


def issue_clocks(board: Board, issue: int) -> dict[str, Clock]:
    """The clocks of an issue, closed ones too, the last of each kind."""
    book = clock_book(board, working(), now=T0 + DAY)
    return {clock.kind: clock for clock in book.of("issues", issue, c.card) if clock.kind != "report_block"}


def test_clocks_of_an_issue_of_a_cancelled_subtask_are_void_with_the_reason() -> None:
    board = do(busy(), "VoidSubtask", c.wang, T0 + HOUR, subtask=c.poster, reason="改用外包")
    found = issue_clocks(board, k.blocked)
    assert {kind: state(clock, T0 + 9 * DAY) for kind, clock in found.items()} == dict.fromkeys(
        ("response", "follow_up", "tier"), "void"
    )
    lines = why(board, found["tier"], working(), T0 + 9 * DAY).lines
    assert [fields["reason"] for _, fields in lines if "reason" in fields] == [Said("改用外包")]
    warned = do(busy(), "VoidSubtask", c.wang, T0 + HOUR, subtask=c.plan, reason="不做了")
    assert state(issue_clocks(warned, k.warning)["coordination"], T0 + DAY) == "void"


def test_what_was_met_before_its_subtask_was_cancelled_stays_met_and_nothing_is_met_after() -> None:
    board = do(busy(), "FollowUp", c.wang, issue=k.blocked, text="已约平台")
    board = do(board, "VoidSubtask", c.wang, T0 + HOUR, subtask=c.poster, reason="改用外包")
    assert state(issue_clocks(board, k.blocked)["response"], T0 + DAY) == "met"
    decided = {"decision": "改用外包素材", "department": c.market, "owner": c.sun, "due": T0 + 3 * DAY}
    board = do(board, "Resolve", c.wang, T0 + 2 * HOUR, issue=k.blocked, **decided)
    assert state(issue_clocks(board, k.blocked)["tier"], T0 + DAY) == "void"


def test_an_issue_of_a_cancelled_subtask_no_longer_moves_up_by_itself() -> None:
    from store.chores import Chores
    from store.operations.by_itself import AutoEscalate

    board = do(busy(), "SetSetting", c.wang, key="auto_escalate", value=True)
    late = T0 + 30 * DAY

    def moved(on: Board) -> set[int]:
        return {each.issue for each in Chores(clock_book(on, working())).due(late) if isinstance(each, AutoEscalate)}

    assert k.blocked in moved(board)
    assert k.blocked not in moved(do(board, "VoidSubtask", c.wang, subtask=c.poster, reason="改用外包"))
    assert isinstance(board.issues[k.blocked], r.Issue)
