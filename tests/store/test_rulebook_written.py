"""What stands in the sync log by itself (rulebook §7, §8): requirement changes, deliverables, reports that were met."""

from __future__ import annotations

from store.board import Board
from store.rules.clock_book import clock_book
from tests.store.builders import DAY, HOUR, T0, Busy, Cast, busy, do, office, refused
from tests.store.clock_helpers import working
from tests.store.on_file import kept

c, k = Cast, Busy


def test_each_requirement_change_is_told_also_four_within_one_second() -> None:
    board = office()
    for goal in ("A", "B", "A", "B"):
        board = kept(board, "EditCard", c.wang, card=c.card, fields={"goal": goal})
    told = [entry.content for entry in board.sync.values() if entry.event == "requirement_change"]
    assert told == ["- > A", "A > B", "B > A", "A > B"]
    assert board.cards[c.card].goal == "B"


def reached(**fields: object) -> Board:
    return do(busy(), "ReachMilestone", c.wang, milestone=k.milestone, **fields)


def test_a_milestone_s_output_is_what_was_said_never_its_name() -> None:
    board = do(reached(), "RegisterDeliverable", c.wang, id=901, milestone=k.milestone, reference="盘/V3")
    assert (board.milestones[k.milestone].output, board.milestones[k.milestone].registered_at) == ("", T0)
    assert (board.sync[901].topic, board.sync[901].content) == ("3版初稿", "3版初稿")
    named = do(reached(), "RegisterDeliverable", c.wang, id=901, milestone=k.milestone, deliverable="主视觉.psd")
    assert named.milestones[k.milestone].output == "主视觉.psd"
    assert named.sync[901].topic == "3版初稿: 主视觉.psd"


def test_a_subtask_s_deliverable_is_named_before_it_is_registered() -> None:
    board = do(office(), "RecordProgress", c.li, subtask=c.plan, percent=100)
    assert refused(board, "RegisterDeliverable", c.wang, subtask=c.plan, reference="盘") == "refuse.empty"
    assert refused(board, "RegisterDeliverable", c.wang, subtask=c.plan, reference="盘", deliverable="V1") == ""


def test_a_report_meets_its_own_incident_s_clock_and_no_other_report_s() -> None:
    """`report_block` is the incident's where the stop was noted before, the report's own where it was not."""
    words = {"what": "停线", "impact": "晚 1 天", "tried": "换件", "needed": "备件", "department": c.market}
    board = do(busy(), "Notice", c.li, T0 - HOUR, id=801, subtask=c.plan, kind="stopped", text="停线")
    board = do(board, "RaiseBlocked", c.li, id=66, subtask=c.plan, **words)
    found = [
        (clock.table, clock.subject)
        for clock in clock_book(board, working(), now=T0 + DAY).of_card(c.card)
        if clock.kind == "report_block"
    ]
    assert sorted(found) == [("incidents", 801), ("issues", k.blocked)]
