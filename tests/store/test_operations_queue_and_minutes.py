"""An issue's way to its end, and a meeting's to final minutes."""

from __future__ import annotations

from store.operations.cards import duty_id
from store.operations.minutes import subtask_id
from tests.store.builders import DAY, HOUR, T0, Busy, Cast, busy, do, office, refused

c, k = Cast, Busy


def test_a_response_is_a_sentence_by_somebody_else() -> None:
    board = busy()
    bare = do(board, "Acknowledge", c.wang, issue=k.blocked)
    assert (bare.issues[k.blocked].state, bare.issues[k.blocked].responded_at) == ("acknowledged", None)
    own = do(board, "FollowUp", c.chen, issue=k.blocked, text="还缺")
    assert own.issues[k.blocked].responded_at is None
    own = do(own, "Acknowledge", c.chen, issue=k.blocked, text="我自己来")
    assert (own.issues[k.blocked].state, own.issues[k.blocked].responded_at) == ("acknowledged", None)
    then = do(bare, "Acknowledge", c.wang, T0 + HOUR, issue=k.blocked, text="下午给")
    assert (then.issues[k.blocked].acknowledged_at, then.issues[k.blocked].responded_at) == (T0, T0 + HOUR)
    later = do(then, "FollowUp", c.li, T0 + DAY, issue=k.blocked, text="催")
    assert later.issues[k.blocked].responded_at == T0 + HOUR
    entered_late = do(later, "FollowUp", c.li, T0 + 1, issue=k.blocked, text="当时电话答复过")
    assert entered_late.issues[k.blocked].responded_at == T0 + 1


def test_a_ladder_has_three_tiers_each_with_its_own_clock() -> None:
    board = busy()
    for tier in (1, 2):
        board = do(board, "Escalate", c.li, T0 + tier * DAY, issue=k.blocked, from_tier=tier, reason="未决")
        assert (board.issues[k.blocked].tier, board.issues[k.blocked].tier_since) == (tier + 1, T0 + tier * DAY)
        assert refused(board, "Escalate", c.li, issue=k.blocked, from_tier=tier, reason="又") == "refuse.tier"
    assert refused(board, "Escalate", c.li, issue=k.blocked, from_tier=3, reason="未决") == "refuse.top"
    assert [step.tier for step in board.steps_of[k.blocked] if step.kind == "escalated"] == [2, 3]


def test_a_resolved_issue_is_closed_its_decision_waits_to_be_sent_and_done() -> None:
    ruling = {"decision": "给 v2", "department": c.market, "owner": c.sun, "due": T0 + DAY}
    board = do(busy(), "Resolve", c.li, id=95, issue=k.blocked, **ruling)
    assert [entry.sent_at for entry in board.sync.values() if entry.reference == "I-001"] == [None]
    for operation, fields in (
        ("Acknowledge", {"text": "x"}),
        ("Escalate", {"reason": "x"}),
        ("Resolve", {"decision": "x"}),
    ):
        assert refused(board, operation, c.li, issue=k.blocked, **fields) == "refuse.state"
    sent = do(board, "MarkSent", c.li, T0 + 1, issue=k.blocked)
    assert sent.issues[k.blocked].notified_at == T0 + 1
    assert [entry.sent_at for entry in sent.sync.values() if entry.reference == "I-001"] == [T0 + 1]
    done = do(sent, "MarkResolutionDone", c.sun, T0 + 2, issue=k.blocked)
    assert done.issues[k.blocked].resolution_done_at == T0 + 2
    assert refused(done, "MarkResolutionDone", c.sun, issue=k.blocked) == "refuse.none"
    assert refused(busy(), "MarkResolutionDone", c.sun, issue=k.blocked) == "refuse.state"


def test_minutes_go_from_notice_to_final_and_freeze() -> None:
    board = busy()
    assert refused(board, "FinaliseMinutes", c.wang, meeting=k.notice) == "refuse.state"
    board = do(board, "MarkSent", c.sun, meeting=k.notice)
    board = do(board, "HoldMeeting", c.sun, meeting=k.notice)
    board = do(board, "SendDraft", c.sun, T0 + HOUR, meeting=k.notice)
    for head in (c.li, c.chen):
        assert refused(board, "FinaliseMinutes", c.wang, T0 + DAY, meeting=k.notice) == "gate.review"
        board = do(board, "ReviewMinutes", head, T0 + 2 * HOUR, meeting=k.notice)
    board = do(board, "FinaliseMinutes", c.wang, T0 + DAY, meeting=k.notice)
    meeting = board.meetings[k.notice]
    assert (meeting.notice_sent_at, meeting.ended_at, meeting.draft_at, meeting.final_at) == (
        T0,
        T0,
        T0 + HOUR,
        T0 + DAY,
    )
    board = do(board, "MarkSent", c.sun, T0 + DAY, meeting=k.notice)
    assert board.meetings[k.notice].final_sent_at == T0 + DAY
    item, line = k.notice + 1, k.notice + 3
    for operation, fields in (
        ("SaveLines", {"meeting": k.notice, "item": item, "removed": [line]}),
        ("AddAgendaItem", {"meeting": k.notice, "title": "x"}),
        ("EditAgendaItem", {"item": item, "fields": {"title": "x"}}),
        ("MoveAgendaItem", {"item": item, "position": 0}),
        ("SetAttendance", {"meeting": k.notice, "person": c.li}),
        ("EditMeeting", {"meeting": k.notice, "fields": {"name": "x"}}),
    ):
        assert refused(board, operation, c.sun, **fields) == "refuse.state"


def test_an_action_item_becomes_a_subtask_once() -> None:
    board = do(busy(), "MakeSubtask", c.sun, line=k.drafted + 3)
    assert refused(board, "MakeSubtask", c.sun, line=k.drafted + 3) == "refuse.double"
    assert refused(board, "SaveLines", c.sun, meeting=k.drafted, item=k.drafted + 1, removed=[k.drafted + 3]) == (
        "refuse.line"
    )
    before = len(board.subtasks)
    board = do(board, "FinaliseMinutes", c.wang, meeting=k.drafted)
    assert len(board.subtasks) == before
    subtask = board.subtasks[subtask_id(k.drafted + 3)]
    assert board.lines[k.drafted + 3].subtask == subtask.id
    assert (subtask.source_line, subtask.planned_finish) == (k.drafted + 3, T0 + DAY)


def test_action_items_of_a_meeting_without_a_card_stay_with_it() -> None:
    board = do(
        busy(), "CallMeeting", c.sun, id=800, kind="other", name="例会", starts=T0 - HOUR, agenda=[{"title": "一"}]
    )
    item = board.agenda_of[800][0].id
    line = {"id": 801, "kind": "action", "text": "写稿", "order": 0, "owner": c.sun, "due": T0 + DAY}
    board = do(board, "SaveLines", c.sun, meeting=800, item=item, lines=[line])
    assert refused(board, "MakeSubtask", c.sun, line=801) == "refuse.card"
    for operation in ("HoldMeeting", "SendDraft", "FinaliseMinutes"):
        board = do(board, operation, c.sun, meeting=800)
    assert board.lines[801].subtask is None


def test_a_coordination_meeting_that_is_held_meets_the_issues_clock() -> None:
    board = do(busy(), "CallMeeting", c.wang, id=800, kind="coordination", issue=k.warning, starts=T0 - HOUR)
    assert [step.kind for step in board.steps_of[k.warning]][-1] == "meeting"
    assert len(board.agenda_of[800]) == 3
    board = do(board, "HoldMeeting", c.wang, meeting=800)
    assert board.issues[k.warning].coordinated_at == T0 - HOUR


def test_a_kickoff_invites_heads_and_a_progress_meeting_liaisons() -> None:
    duty = duty_id(c.card, c.sales)
    board = do(office(), "EditDuty", c.wang, duty=duty, fields={"liaison": c.mei})
    for number, kind in ((800, "kickoff"), (801, "progress")):
        board = do(board, "CallMeeting", c.wang, id=number, kind=kind, card=c.card, starts=T0)
    assert {row.person for row in board.attendance_of[800]} == {c.wang, c.li, c.chen, c.mei}
    assert {row.person for row in board.attendance_of[801]} == {c.wang, c.mei, c.chen}
    assert board.agenda_of[801][0].title == "Progress"
    assert board.meetings[801].name == "Q4营销活动筹备"
