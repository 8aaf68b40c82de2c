"""Rulebook §3, the division of work, clause by clause; each test is named after its clause."""

from __future__ import annotations

from typing import Any

import pytest

from store import records as r
from store.board import Board
from store.operations.act import derived
from store.rules.division import findings, revisions_used_up
from tests.store.builders import DAY, HOUR, T0, Busy, Cast, busy, do, refused
from tests.store.clock_helpers import at, working

c, k = Cast, Busy


@pytest.fixture(scope="module")
def board() -> Board:
    return busy()


def edit(board: Board, subtask: int, **fields: Any) -> Board:
    return do(board, "EditSubtask", c.wang, subtask=subtask, fields=fields)


def codes(board: Board, subtask: int = 0) -> list[str]:
    found = findings(board, c.card, working())
    return [each.why.code for each in found if subtask in {0, each.subtask}]


# Subtask ---------------------------------------------------------------------------------------------


def test_exactly_one_owner(board: Board) -> None:
    assert isinstance(board.subtasks[c.plan].owner, int)
    assert refused(board, "AddSubtask", c.wang, card=c.card, name="x", owner=12345) == "not_found"
    without = do(board, "AddSubtask", c.wang, id=900, card=c.card, name="x")
    assert "division.fields" in codes(without, 900)


def test_collaborators_each_with_the_scope_of_what_they_provide(board: Board) -> None:
    two = do(board, "SetScope", c.li, subtask=c.plan, person=c.sun, scope="华东数据")
    two = do(two, "SetScope", c.li, subtask=c.plan, person=c.mei, scope="价格")
    assert two.subtasks[c.plan].collaborators == (c.sun, c.mei)
    assert {row.person: row.scope for row in two.scopes_of[c.plan]} == {c.sun: "华东数据", c.mei: "价格"}
    again = do(two, "SetScope", c.li, subtask=c.plan, person=c.sun, scope="三省数据")
    assert again.subtasks[c.plan].collaborators == (c.sun, c.mei)
    assert again.scopes[derived("scope", c.plan, c.sun)].scope == "三省数据"


def test_inputs_from_other_departments_each_with_a_date(board: Board) -> None:
    fields = {"subtask": c.plan, "what": "渠道数据", "department": c.market}
    assert refused(board, "AddInput", c.li, **fields) == "refuse.empty"
    assert refused(board, "AddInput", c.li, **fields | {"department": c.sales, "due": T0}) == "refuse.department"
    asked = do(board, "AddInput", c.li, T0, id=901, due=T0 + DAY, **fields)
    there = do(asked, "ReceiveInput", c.li, T0 + HOUR, input=901, note="v2")
    assert (there.inputs[901].received_at, there.inputs[901].received_by, there.inputs[901].note) == (
        T0 + HOUR,
        c.li,
        "v2",
    )
    assert refused(there, "ReceiveInput", c.li, input=901) == "refuse.input"
    assert refused(there, "EditInput", c.li, input=901, fields={"due": T0}) == "refuse.input"
    gone = do(asked, "CancelInput", c.li, input=901, reason="不需要")
    assert gone.inputs[901].cancelled_at == T0


def test_an_input_of_a_person_is_their_departments(board: Board) -> None:
    asked = do(board, "AddInput", c.li, id=901, subtask=c.plan, what="x", supplier=c.sun, due=T0)
    assert asked.inputs[901].department == c.market


def test_circular_dependencies_are_refused_and_named(board: Board) -> None:
    chain = edit(edit(board, c.poster, depends_on=[c.plan]), c.idle, depends_on=[c.poster])
    assert refused(chain, "EditSubtask", c.wang, subtask=c.plan, fields={"depends_on": [c.plan]}) == "refuse.self"
    from store.operations.base import decode
    from tests.store.builders import stamp

    operation = decode("EditSubtask", {"subtask": c.plan, "fields": {"depends_on": [c.idle]}})
    reason = next(iter(operation.check(chain, stamp(c.wang))))
    assert reason.code == "refuse.circle"
    assert reason.fields["chain"] == "01 > 03 > 02 > 01"


def test_an_undo_never_closes_a_circle() -> None:
    from store.operations.subtasks import circles_in

    board = edit(busy(), c.poster, depends_on=[c.plan])
    operation = edit(edit(board, c.poster, depends_on=[]), c.plan, depends_on=[c.poster])
    from store.changes import Put

    back = Put("subtasks", c.poster, {"depends_on": ([], [c.plan])})
    after = operation.with_changes([back])
    assert [reason.code for reason in circles_in(after, [back])] == ["refuse.circle"]


@pytest.mark.parametrize(
    ("finish", "start", "days"),
    [
        ("2026-10-15 18:00", "2026-10-16 09:00", 0),  # Thu, Fri
        ("2026-10-15 18:00", "2026-10-19 09:00", 1),  # Thu, Mon: Friday lies between
        ("2026-10-16 18:00", "2026-10-19 09:00", 0),  # Fri, Mon
        ("2026-09-30 18:00", "2026-10-08 09:00", 0),  # the holiday week is no buffer
        ("2026-09-30 18:00", "2026-10-09 09:00", 1),
        ("2026-10-09 18:00", "2026-10-12 09:00", 1),  # Saturday 10 is a make-up day
        ("2026-10-15 18:00", "2026-10-15 09:00", -1),  # the same day
        ("2026-10-15 18:00", "2026-10-14 09:00", -2),
    ],
)
def test_a_whole_working_day_between_departments_else_warned_about(finish: str, start: str, days: int) -> None:
    from store.rules.dependencies import days_between

    assert days_between(at(finish), at(start), working()) == days
    board = edit(busy(), c.plan, planned_start=None, planned_finish=at(finish))
    board = edit(board, c.poster, planned_start=at(start), planned_finish=at("2026-11-30 18:00"), depends_on=[c.plan])
    assert ("buffer" in codes(board, c.poster)) is (days < 1)
    same = edit(board, c.poster, department=c.sales)
    assert "buffer" not in codes(same, c.poster)


def test_what_is_done_needs_no_buffer() -> None:
    board = edit(busy(), c.poster, depends_on=[c.plan])
    assert "buffer" in codes(board, c.poster)
    done = do(do(board, "HandOver", c.li, subtask=c.plan, deliverable="V1"), "AcceptSubtask", c.wang, subtask=c.plan)
    assert "buffer" not in codes(done, c.poster)


def test_one_to_three_per_level_over_nine_is_hinted_at(board: Board) -> None:
    assert not {"division.many", "division.level"} & set(codes(board))
    more = board
    for n in range(7):
        owner = (c.li, c.chen, c.sun)[n % 3]
        more = do(more, "AddSubtask", c.wang, id=910 + n, card=c.card, name=f"x{n}", owner=owner)
    assert {"division.many", "division.level"} <= set(codes(more))


def test_status_derived_flags_are_never_typed_in() -> None:
    assert not {"lagging", "overdue", "silent", "unannounced"} & set(r.Subtask.__struct_fields__)


# Revisions, hand-over, acceptance --------------------------------------------------------------------


def handed(board: Board, **fields: Any) -> Board:
    return do(board, "HandOver", c.li, T0, subtask=c.plan, **({"deliverable": "方案V1"} | fields))


def test_reported_done_awaits_acceptance_with_the_deliverable(board: Board) -> None:
    assert refused(board, "HandOver", c.li, subtask=c.plan, deliverable="") == "refuse.empty"
    found = handed(board).subtasks[c.plan]
    assert (found.status, found.deliverable, found.handed_over_at) == ("awaiting_acceptance", "方案V1", T0)


def test_the_lead_accepts_or_sends_it_back_with_a_reason(board: Board) -> None:
    there = handed(board)
    assert refused(there, "AcceptSubtask", c.li, subtask=c.plan) == "refuse.role"
    assert refused(there, "SendBack", c.wang, subtask=c.plan, reason=" ") == "refuse.empty"
    assert do(there, "AcceptSubtask", c.wang, subtask=c.plan).subtasks[c.plan].status == "done"
    back = do(there, "SendBack", c.wang, subtask=c.plan, reason="缺预算表").subtasks[c.plan]
    assert (back.status, back.percent, back.handed_over_at, back.revisions) == ("in_progress", 60, None, 1)


def test_the_send_back_after_the_most_revisions_is_warned_about(board: Board) -> None:
    there = edit(board, c.plan, most_revisions=2)
    for n in range(3):
        there = handed(there)
        assert revisions_used_up(there.subtasks[c.plan]) is (n == 2)
        there = do(there, "SendBack", c.wang, subtask=c.plan, reason="再改")
    assert there.subtasks[c.plan].revisions == 3
    assert "revisions" in codes(there, c.plan)


def test_the_deliverable_is_registered_in_the_sync_log(board: Board) -> None:
    there = handed(board)
    assert there.subtasks[c.plan].registered_at is None
    logged = do(there, "RegisterDeliverable", c.li, T0 + HOUR, id=902, subtask=c.plan, reference="s:/V1")
    assert logged.subtasks[c.plan].registered_at == T0 + HOUR
    assert (logged.sync[902].kind, logged.sync[902].content, logged.sync[902].reference) == (
        "deliverable",
        "方案V1",
        "s:/V1",
    )
    assert refused(logged, "RegisterDeliverable", c.li, subtask=c.plan) == "refuse.registered"
    assert refused(board, "RegisterDeliverable", c.li, subtask=c.plan) == "refuse.state"
    back = do(logged, "SendBack", c.wang, subtask=c.plan, reason="再改")
    assert back.subtasks[c.plan].registered_at is None


def test_where_it_lies_registers_it_with_the_hand_over(board: Board) -> None:
    there = handed(board, id=903, reference="s:/V1")
    assert there.subtasks[c.plan].registered_at == T0
    assert there.sync[derived(903, "sync")].reference == "s:/V1"


def test_the_owner_answers_three_questions(board: Board) -> None:
    said = do(board, "AnswerQuestions", c.li, subtask=c.plan, answers=["task", "date", "dependencies"])
    assert said.subtasks[c.plan].answers == ("task", "date", "dependencies")
    moved = edit(said, c.plan, planned_finish=T0 + 9 * DAY)
    assert moved.subtasks[c.plan].answers == ("task", "dependencies")
    assert edit(said, c.plan, owner=c.mei).subtasks[c.plan].answers == ()


# Support ---------------------------------------------------------------------------------------------


def test_each_name_in_an_entry_is_asked_for_support(board: Board) -> None:
    needs = [{"department": c.market, "name": "市场部", "text": "数据"}, {"person": c.fang, "name": "方圆"}]
    asked = do(board, "RecordProgress", c.li, T0, id=908, subtask=c.plan, percent=65, supports=needs)
    rows = [row for row in asked.supports_of[c.plan] if row.entry == 908]
    assert {(row.department, row.person, row.text) for row in rows} == {(c.market, None, "数据"), (None, c.fang, "")}
    first = derived("support", 908, 0)
    assert refused(asked, "AnswerSupport", c.li, support=first) == "refuse.support"
    assert refused(asked, "AnswerSupport", c.wang, support=first, declined=True) == "refuse.empty"
    yes = do(asked, "AnswerSupport", c.wang, T0 + HOUR, support=first, answer="明天给")
    assert (yes.supports[first].answered_at, yes.supports[first].answered_by) == (T0 + HOUR, c.wang)
    assert refused(yes, "AnswerSupport", c.wang, support=first) == "refuse.support"
    fewer = do(asked, "CorrectProgress", c.li, T0 + 60, id=909, entry=908, percent=65, supports=needs[1:])
    assert fewer.supports[first].cancelled_at == T0 + 60
    assert fewer.supports[derived("support", 908, 1)].cancelled_at is None
    gone = do(fewer, "WithdrawProgress", c.li, T0 + 120, entry=909)
    assert all(row.cancelled_at is not None for row in gone.supports_of[c.plan])
