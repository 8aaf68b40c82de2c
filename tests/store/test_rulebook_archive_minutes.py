"""A card leaves for the archive although minutes of others point into it; they name what it was (rulebook §2, §6)."""

from __future__ import annotations

from store import records as r
from store.board import Board
from store.changes import add, put
from store.checking import problems
from store.rules.carried import open_items
from tests.store.builders import DAY, T0, Cast, do, refused, written
from tests.store.closing import closed
from tests.store.on_file import kept

c = Cast
DECIDED, LATER, LINE = 740, 750, 743


def board() -> Board:
    """`closed`, and final minutes of another card's meeting whose action item became a subtask of the closed card."""
    found = do(closed(), "CallMeeting", c.sun, id=DECIDED, kind="progress", name="店庆会", card=c.draft,
               starts=T0 - DAY, chair=c.wang, agenda=[])  # fmt: skip
    found = do(found, "CallMeeting", c.sun, id=LATER, kind="progress", name="下次", card=c.draft, starts=T0 + 20 * DAY,
               agenda=[])  # fmt: skip
    issue = r.Issue(id=61, kind="dispute", card=c.card, number="I-001", over="物料费用", since=T0, raised_at=T0,
                    raised_by=c.li, tier_since=T0, state="resolved", resolved_at=T0)  # fmt: skip
    item = r.AgendaItem(id=742, meeting=DECIDED, order=0, title="数据")
    line = r.MinutesLine(id=LINE, meeting=DECIDED, item=742, order=0, kind="action", text="渠道数据 v2", subtask=c.plan)
    meeting = put(found.meetings[DECIDED], state="final", final_at=T0, ended_at=T0 - DAY, issue=61, carried=[LINE])
    return written(found, [add(issue), add(item), add(line), meeting])


def archived(found: Board) -> Board:
    after = kept(found, "ArchiveCard", c.wang, T0 + 9 * DAY, card=c.card)
    assert c.card in after.archived
    return after


def test_final_minutes_never_stop_a_card_from_leaving_and_name_what_they_referred_to() -> None:
    found = board()
    assert refused(found, "ArchiveCard", c.wang, card=c.card) == ""
    after = archived(found)
    line, meeting = after.lines[LINE], after.meetings[DECIDED]
    assert (line.subtask, line.gone) == (None, ("Q4营销-2026-001-01 渠道激励方案初稿",))
    assert (meeting.issue, meeting.gone) == (None, ("I-001 物料费用",))
    assert (line.text, meeting.state, meeting.carried) == ("渠道数据 v2", "final", (LINE,))
    assert not [each for each in problems(after) if each.why.code == "reference"]


def test_what_became_a_subtask_in_the_archive_is_no_open_action_item() -> None:
    after = archived(board())
    assert open_items(after, after.meetings[LATER]) == ()


def test_a_subtask_keeps_the_name_of_the_minutes_it_came_from() -> None:
    found = do(closed(), "CallMeeting", c.sun, id=DECIDED, kind="progress", name="总结会", card=c.card, starts=T0,
               agenda=[])  # fmt: skip
    found = do(found, "AddSubtask", c.wang, id=990, card=c.draft, name="接力", owner=c.wang)
    item = r.AgendaItem(id=742, meeting=DECIDED, order=0, title="数据")
    line = r.MinutesLine(id=LINE, meeting=DECIDED, item=742, order=0, kind="action", text="复用渠道数据", subtask=990)
    found = written(found, [add(item), add(line), put(found.subtasks[990], source_line=LINE)])
    after = archived(found)
    assert (after.subtasks[990].source_line, after.subtasks[990].gone) == (None, ("Q4营销-2026-001 复用渠道数据",))


def test_what_can_still_be_changed_stops_it_and_work_that_is_over_does_not() -> None:
    found = do(closed(), "AddSubtask", c.wang, id=990, card=c.draft, name="接力", owner=c.wang, depends_on=[c.plan])
    assert refused(found, "ArchiveCard", c.wang, card=c.card) == "archive.used"
    over = do(found, "VoidSubtask", c.wang, subtask=990, reason="不做了")
    after = archived(over)
    assert (after.subtasks[990].depends_on, after.subtasks[990].gone) == ((), ("Q4营销-2026-001-01 渠道激励方案初稿",))
