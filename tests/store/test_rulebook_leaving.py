"""Who leaves, and a department that is closed (rulebook §1): nothing that waits for them is overlooked."""

from __future__ import annotations

from typing import Any

import pytest

from store import records as r
from store.board import Board
from store.changes import put
from store.operations.act import derived
from store.operations.base import decode
from store.operations.held import held_by, owned_by
from store.operations.leaving import said
from store.operations.raci import letter_id
from store.rules.clock_book import clock_book
from tests.store.builders import DAY, HOUR, T0, Busy, Cast, busy, do, refused, stamp, written
from tests.store.clock_helpers import working
from tests.store.on_file import kept, reverted, standing_tables

c, k = Cast, Busy
CHANNEL = 24


def board() -> Board:
    """`busy` with a department 渠道部 that does not work on the card."""
    return do(busy(), "AddDepartment", c.wang, id=CHANNEL, name="渠道部", head=c.fang)


MILESTONE = ("EditMilestone", {"milestone": k.milestone, "fields": {"responsible": c.mei, "department": c.sales}})
INPUT = ("AddInput", {"id": 710, "subtask": c.poster, "what": "渠道数据", "supplier": c.mei, "due": T0 + DAY})
SUPPORT = ("AskSupport", {"id": 720, "subtask": c.poster, "department": c.sales, "text": "核价"})
ASKED = ("AskSupport", {"id": 720, "subtask": c.poster, "person": c.mei, "text": "核价"})
ISSUE = ("RaiseBlocked", {"id": 66, "subtask": c.poster, "what": "缺报价", "impact": "x", "tried": "x", "needed": "x",
                          "department": c.sales})  # fmt: skip
CHAIR = ("CallMeeting", {"id": 730, "kind": "other", "name": "周会", "starts": T0 + DAY, "chair": c.mei,
                         "recorder": c.mei, "agenda": []})  # fmt: skip
PROMISE = (
    "AddSyncEntry",
    {"id": 82, "topic": "x", "promise": "给报价", "promise_by": c.mei, "promise_due": T0 + DAY},
)
LETTER = ("SetLetters", {"subtask": c.poster, "department": c.sales, "letters": "C"})
OWN_LETTER = ("SetLetters", {"subtask": c.poster, "person": c.mei, "letters": "R"})
SCOPE = ("SetScope", {"subtask": c.poster, "person": c.mei, "scope": "门店清单"})
INVITED = ("CallMeeting", {"id": 740, "kind": "other", "name": "评审会", "starts": T0 + DAY, "chair": c.wang,
                           "invitees": [c.mei, c.li], "material_owner": c.mei,
                           "agenda": [{"title": "门店", "presenter": c.mei}]})  # fmt: skip
ITEM = ("SaveLines", {"meeting": k.notice, "item": k.notice + 1, "lines": [
    {"id": 750, "kind": "action", "text": "门店清单", "order": 2, "owner": c.mei, "department": c.sales,
     "due": T0 + DAY}]})  # fmt: skip
DECIDED = ("Resolve", {"issue": k.blocked, "decision": "由梅补发渠道数据", "department": c.sales, "owner": c.mei,
                       "due": T0 + DAY})  # fmt: skip


@pytest.mark.parametrize(
    ("step", "table", "record", "field"),
    [
        (MILESTONE, "milestones", k.milestone, "department"),
        (INPUT, "inputs", 710, "department"),
        (SUPPORT, "supports", 720, "department"),
        (ISSUE, "issues", 66, "department"),
        (DECIDED, "issues", k.blocked, "resolution_department"),
        (ITEM, "lines", 750, "department"),
    ],
    ids=lambda part: part[0] if isinstance(part, tuple) else "",
)
def test_a_department_is_closed_with_all_it_still_owes(
    step: tuple[str, dict[str, Any]], table: str, record: int, field: str
) -> None:
    before = do(board(), step[0], c.wang, **step[1])
    assert record in {each.record.id for each in owned_by(before, c.sales, 0)}
    assert refused(before, "RemoveDepartment", c.wang, department=c.sales) == "refuse.owns"
    after = do(before, "RemoveDepartment", c.wang, department=c.sales, successor=CHANNEL)
    assert getattr(after.table(table)[record], field) == CHANNEL
    assert [*owned_by(after, c.sales, 0)] == []


@pytest.mark.parametrize(
    ("step", "table", "record", "field"),
    [
        (MILESTONE, "milestones", k.milestone, "responsible"),
        (INPUT, "inputs", 710, "supplier"),
        (ASKED, "supports", 720, "person"),
        (CHAIR, "meetings", 730, "chair"),
        (CHAIR, "meetings", 730, "recorder"),
        (INVITED, "meetings", 740, "material_owner"),
        (INVITED, "agenda", derived(740, "agenda", 0), "presenter"),
        (ITEM, "lines", 750, "owner"),
        (PROMISE, "sync", 82, "promise_by"),
        (DECIDED, "issues", k.blocked, "resolution_owner"),
    ],
    ids=lambda part: part[0] if isinstance(part, tuple) else "",
)
def test_nobody_leaves_with_what_still_waits_for_them(
    step: tuple[str, dict[str, Any]], table: str, record: int, field: str
) -> None:
    assert refused(board(), "LeaveBoard", c.wang, person=c.mei) == ""
    before = do(board(), step[0], c.wang, **step[1])
    assert refused(before, "LeaveBoard", c.wang, person=c.mei) == "refuse.holds"
    after = do(before, "LeaveBoard", c.wang, person=c.mei, successor=c.sun)
    assert getattr(after.table(table)[record], field) == c.sun
    assert [*held_by(after, c.mei, 0)] == []
    assert all(c.mei not in clock.who for clock in clock_book(after, working(), now=T0).running)


def test_letters_go_to_the_successor_who_keeps_their_own() -> None:
    before = do(do(board(), LETTER[0], c.wang, **LETTER[1]), OWN_LETTER[0], c.wang, **OWN_LETTER[1])
    before = do(before, "SetLetters", c.wang, subtask=c.poster, department=CHANNEL, letters="I")
    after = do(before, "RemoveDepartment", c.wang, department=c.sales, successor=CHANNEL)
    rows = {(row.department, row.person): row.letters for row in after.letters_of[c.poster]}
    assert rows == {(CHANNEL, None): "CI", (None, c.mei): "R"}
    left = do(after, "LeaveBoard", c.wang, person=c.mei, successor=c.sun)
    assert left.letters[letter_id(c.poster, None, c.sun)].letters == "R"
    again = do(left, "SetLetters", c.wang, subtask=c.poster, person=c.sun, letters="A")
    assert [row.letters for row in again.letters_of[c.poster] if row.person == c.sun] == ["A"]


def test_what_a_collaborator_provides_is_handed_over_with_its_words() -> None:
    before = do(board(), SCOPE[0], c.wang, **SCOPE[1])
    assert refused(before, "LeaveBoard", c.wang, person=c.mei) == "refuse.holds"
    after = do(before, "LeaveBoard", c.wang, person=c.mei, successor=c.sun)
    assert after.subtasks[c.poster].collaborators == (c.sun,)
    assert [(row.person, row.scope) for row in after.scopes_of[c.poster]] == [(c.sun, "门店清单")]
    own = do(before, "SetScope", c.wang, subtask=c.poster, person=c.sun, scope="照片")
    after = do(own, "LeaveBoard", c.wang, person=c.mei, successor=c.sun)
    assert after.subtasks[c.poster].collaborators == (c.sun,)
    assert [(row.person, row.scope) for row in after.scopes_of[c.poster]] == [(c.sun, "照片; 门店清单")]
    after = do(before, "LeaveBoard", c.wang, person=c.mei, successor=c.chen)  # owns it: provides nothing to themselves
    assert (after.subtasks[c.poster].collaborators, after.scopes) == ((), {})


def test_who_was_invited_to_a_meeting_to_come_is_replaced_and_nobody_is_invited_twice() -> None:
    before = do(board(), INVITED[0], c.wang, **INVITED[1])
    (held,) = (each.record for each in held_by(before, c.mei, 0) if isinstance(each.record, r.Attendance))
    assert str(said(before, held)) == f"attendance {before.meetings[740].number}"
    for successor, invited in ((c.sun, {c.sun, c.li}), (c.li, {c.li})):
        after = do(before, "LeaveBoard", c.wang, person=c.mei, successor=successor)
        assert {row.person for row in after.attendance_of[740]} == invited
    there = do(before, "HoldMeeting", c.wang, T0 + DAY, meeting=740)
    after = do(there, "LeaveBoard", c.wang, T0 + DAY, person=c.mei, successor=c.sun)
    assert c.mei in {row.person for row in after.attendance_of[740]}  # who was there stays who was there


def test_an_input_the_successor_would_owe_itself_is_no_longer_one() -> None:
    before = do(do(board(), INPUT[0], c.wang, **INPUT[1]), "EditSubtask", c.wang, subtask=c.poster,
                fields={"department": CHANNEL})  # fmt: skip
    after = do(before, "RemoveDepartment", c.wang, T0 + DAY, department=c.sales, successor=CHANNEL)
    assert after.inputs[710].cancelled_at == T0 + DAY


def test_reviewing_departments_and_the_sides_of_a_card_are_handed_over() -> None:
    before = do(board(), "EditSubtask", c.wang, subtask=c.poster, fields={"reviewers": [c.sales, c.market]})
    before = do(before, "EditCard", c.wang, card=c.card, fields={"acceptor_department": c.sales})
    after = do(before, "RemoveDepartment", c.wang, department=c.sales, successor=CHANNEL)
    assert after.subtasks[c.poster].reviewers == (CHANNEL, c.market)
    assert after.cards[c.card].acceptor_department == CHANNEL


def test_the_division_is_signed_anew_where_it_is_touched() -> None:
    before = board()
    for duty in before.duties_of[c.card]:
        before = written(before, [put(duty, division_signed_at=T0, division_signed_by=c.wang)])
    after = do(before, "LeaveBoard", c.wang, person=c.li, successor=c.mei)
    signed = {each.department: each.division_signed_at for each in after.duties_of[c.card]}
    assert signed == {c.market: T0, c.sales: None, c.design: T0}


def test_administrator_and_executive_are_set_anew_before_they_leave_also_with_a_successor() -> None:
    assert refused(board(), "LeaveBoard", c.wang, person=c.zhang, successor=c.sun) == "refuse.holds"


def test_what_still_hangs_on_somebody_is_named() -> None:
    before = do(board(), INPUT[0], c.wang, **INPUT[1])
    (reason,) = decode("LeaveBoard", {"person": c.mei}).check(before, stamp(c.wang))
    assert str(reason) == "J. Meyer still holds input 渠道数据: name a successor, who takes it over."


@pytest.mark.parametrize(
    ("name", "fields"),
    [
        ("RemoveDepartment", {"department": c.sales, "successor": CHANNEL}),
        ("LeaveBoard", {"person": c.mei, "successor": c.sun}),
        ("LeaveBoard", {"person": c.li, "successor": c.mei}),
    ],
    ids=["RemoveDepartment", "LeaveBoard", "LeaveBoard, a head"],
)
def test_an_undo_gives_everything_back(name: str, fields: dict[str, Any]) -> None:
    before = board()
    for step in (MILESTONE, INPUT, SUPPORT, CHAIR, PROMISE, LETTER, OWN_LETTER, SCOPE, INVITED, ITEM):
        before = do(before, step[0], c.wang, **step[1])
    after = kept(before, name, c.wang, **fields)
    assert standing_tables(after) != standing_tables(before)
    assert standing_tables(reverted(after, c.wang)) == standing_tables(before)


def test_a_successor_that_is_on_the_card_already_takes_the_duty_in_and_is_asked_anew() -> None:
    before = board()
    sales, market = (next(d for d in before.duties_of[c.card] if d.department == each) for each in (c.sales, c.market))
    before = written(before, [put(sales, action="布置门店", role="大区经理"), put(market, action="设计物料")])
    after = kept(before, "RemoveDepartment", c.wang, T0 + DAY, department=c.sales, successor=c.market)
    assert {duty.department for duty in after.duties_of[c.card]} == {c.market, c.design}
    own = after.duties[market.id]
    assert (own.role, own.action, own.answer, own.asked_at) == ("大区经理", "设计物料; 布置门店", "pending", T0 + DAY)
    assert own.voided_by_edit == "action, role"
    assert after.subtasks[c.plan].department == c.market
    assert standing_tables(reverted(after, c.wang)) == standing_tables(before)


@pytest.mark.parametrize(
    ("name", "fields"),
    [
        ("AddSubtask", {"card": c.card, "name": "x"}),
        ("EditSubtask", {"subtask": c.poster}),
        ("AddInput", {"subtask": c.poster, "what": "x", "due": T0 + DAY}),
        ("AddMilestone", {"card": c.card, "name": "x"}),
        ("EditMilestone", {"milestone": k.milestone}),
    ],
)
def test_nothing_new_is_given_to_who_has_left_or_to_a_closed_department(name: str, fields: dict[str, Any]) -> None:
    gone = do(board(), "LeaveBoard", c.wang, person=c.mei)
    gone = do(gone, "RemoveDepartment", c.wang, department=CHANNEL)
    role = {"AddInput": "supplier", "AddMilestone": "responsible", "EditMilestone": "responsible"}.get(name, "owner")
    for named, code in (({role: c.mei}, "refuse.left"), ({"department": CHANNEL}, "refuse.removed")):
        given = {**fields, "fields": named} if name.startswith("Edit") else {**fields, **named}
        assert refused(gone, name, c.wang, **given) == code
    assert refused(gone, "EditSubtask", c.wang, subtask=c.poster, fields={"description": "x"}) == ""


def test_who_left_signs_nothing_any_more_but_what_was_done_before_may_come_late() -> None:
    after = do(board(), "LeaveBoard", c.wang, T0, person=c.li, successor=c.mei)
    entry = {"id": 940, "subtask": c.idle, "percent": 50}
    assert refused(after, "RecordProgress", c.li, T0 + DAY, **entry) == "refuse.left"
    assert refused(after, "RecordProgress", c.li, T0 - HOUR, **entry) == ""
    assert refused(after, "RecordProgress", c.mei, T0 + DAY, **entry) == ""
