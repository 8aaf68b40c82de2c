"""Rulebook §3, milestones, clause by clause: tentative, relative, announced before they change."""

from __future__ import annotations

from typing import Any

import pytest

from store import records as r
from store.board import Board
from store.changes import add
from store.operations.act import derived
from store.rules.clock_book import clock_book
from store.rules.relative_dates import due_of, read_relative
from store.rules.why import At, why
from store.views.summary import card_summary
from tests.store.builders import DAY, T0, Busy, Cast, busy, do, refused
from tests.store.clock_helpers import at, working
from tests.store.on_file import kept, reverted, standing_tables

c, k = Cast, Busy


@pytest.fixture(scope="module")
def board() -> Board:
    return busy()


def relative(text: str, **more: Any) -> tuple[Board, r.Milestone]:
    board = do(busy(), "EditCard", c.wang, card=c.card, fields={"initiated_at": at("2026-09-18 10:00")})
    board = do(board, "AddMilestone", c.wang, id=904, card=c.card, name="反馈", relative=text, **more)
    return board, board.milestones[904]


def test_dates_that_hang_on_each_other_in_a_circle_are_refused() -> None:
    """A milestone of a circle would lose its date and with it its clock."""
    board = do(busy(), "AddMilestone", c.wang, id=904, card=c.card, name="上线", due=T0 + 20 * DAY)
    board = do(board, "AddMilestone", c.wang, id=905, card=c.card, name="验收会", relative="上线后2日内")
    board = do(board, "AddMilestone", c.wang, id=906, card=c.card, name="预热", relative="验收会前3天")
    for text in ("预热后1天", "3 days after 验收会"):
        moved = {"relative": text, "due": None}
        assert refused(board, "EditMilestone", c.wang, milestone=904, fields=moved) == "refuse.circle"
        assert refused(board, "AnnounceChange", c.wang, milestone=904, text="改期", relative=text) == "refuse.circle"
    assert refused(board, "AddMilestone", c.wang, id=907, card=c.card, name="另一", relative="预热后1天") == ""
    board = do(board, "ReachMilestone", c.wang, milestone=906)
    do(board, "EditMilestone", c.wang, milestone=904, fields={"relative": "预热后1天"})


def test_an_event_of_the_same_name_may_be_a_meeting() -> None:
    """评审, due 评审后2日内, hangs on the review and not on itself."""
    board = do(busy(), "AddMilestone", c.wang, id=904, card=c.card, name="评审", relative="评审后2日内")
    assert due_of(board, board.milestones[904], working()) is None


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("第10个工作日", "2026-10-09 18:00"),
        ("第12个工作日", "2026-10-12 18:00"),
        ("第15个工作日", "2026-10-15 18:00"),
        ("第十个工作日", "2026-10-09 18:00"),
        ("10th working day", "2026-10-09 18:00"),
        ("3版初稿后2日内", "2026-10-18 18:00"),  # a Sunday: the date is kept
        ("3版初稿后2个工作日内", "2026-10-20 18:00"),
        ("3版初稿前3天", "2026-10-13 18:00"),
        ("2 days after 3版初稿", "2026-10-18 18:00"),
        ("within 1 working day before 3版初稿", "2026-10-15 18:00"),
    ],
)
def test_a_date_may_hang_on_another(text: str, due: str) -> None:
    board, found = relative(text)  # 3版初稿 is due Fri 2026-10-16 16:55
    assert due_of(board, found, working()) == at(due)


def test_it_becomes_a_date_when_its_event_has_one() -> None:
    board, found = relative("评审后2日内")
    assert due_of(board, found, working()) is None
    called = do(
        board, "CallMeeting", c.sun, id=905, kind="review", name="方案会", card=c.card, starts=at("2026-10-14 10:00"),
        agenda=[{"title": "评审"}],
    )  # fmt: skip
    assert due_of(called, called.milestones[904], working()) == at("2026-10-16 18:00")
    reached, late = relative("3版初稿后1日内")
    reached = do(reached, "ReachMilestone", c.chen, at("2026-10-20 11:00"), milestone=k.milestone, output="三版")
    assert due_of(reached, late, working()) == at("2026-10-21 18:00")


def test_two_that_hang_on_each_other_have_no_date() -> None:
    """No operation makes such two; an import or two people at once may."""
    board, found = relative("定稿后1日内")
    board = board.with_changes([add(r.Milestone(id=906, card=c.card, name="定稿", relative="反馈后1日内"))])
    assert due_of(board, found, working()) is None


@pytest.mark.parametrize("text", ["2026-10-16", "评审", "尽快", "第0个工作日", "", "12000 days after x"])
def test_what_is_no_relative_date(text: str) -> None:
    assert read_relative(text) is None


def test_a_milestone_may_be_tentative_and_ask_for_notice(board: Board) -> None:
    there = do(board, "EditMilestone", c.wang, milestone=k.milestone, fields={"tentative": True, "notice_days": 10})
    moved = {"milestone": k.milestone, "fields": {"due": T0 + 20 * DAY}}
    assert refused(there, "EditMilestone", c.wang, **moved) == "refuse.notice"
    said = do(there, "AnnounceChange", c.wang, T0, id=907, milestone=k.milestone, text="推迟", due=T0 + 20 * DAY)
    assert (said.milestones[k.milestone].change_announced_at, said.milestones[k.milestone].due) == (T0, T0 + 20 * DAY)
    entry = said.sync[derived(907, "sync")]
    assert (entry.kind, entry.notify, entry.sent_at) == ("requirement_change", True, None)


def test_the_summary_shows_the_date_a_relative_milestone_comes_to() -> None:
    board, stone = relative("第10个工作日")
    summary = card_summary(board, clock_book(board, working()), c.card, T0)
    assert summary is not None
    assert [line.planned for line in summary.plan if line.what == stone.name] == [at("2026-10-09 18:00")]


REVIEW = 905
FIRST, THEN = at("2026-10-26 10:00"), at("2026-11-02 10:00")


def reviewed(text: str = "评审后2日内") -> Board:
    """A milestone two days after a review of Mon 26 October (so Wed 28), that asks for 10 days of notice."""
    board, _ = relative(text, notice_days=10)
    fields = {"id": REVIEW, "kind": "review", "name": "方案会", "card": c.card, "starts": FIRST, "agenda": []}
    return kept(board, "CallMeeting", c.sun, T0, **fields)


def notices(board: Board, now: int = T0) -> list[tuple[int, int | None]]:
    """(due, closed) of the clocks of the announcement."""
    found = clock_book(board, working(), now=now).of_card(c.card)
    return [(each.due, each.closed) for each in found if each.kind == "change_notice"]


def moved(board: Board, starts: int, when: int = T0 + DAY) -> Board:
    return kept(board, "EditMeeting", c.sun, when, meeting=REVIEW, fields={"starts": starts})


def test_a_milestone_that_moves_with_its_event_is_to_be_announced_before_the_date_it_had() -> None:
    board = reviewed()
    assert notices(board) == []
    board = moved(board, THEN)
    assert due_of(board, board.milestones[904], working()) == at("2026-11-04 18:00")
    assert board.milestones[904].moved_from == at("2026-10-28 18:00")
    assert notices(board) == [(at("2026-10-18 18:00"), None)]  # a Sunday: kept
    (clock,) = (each for each in clock_book(board, working()).open_of(c.card) if each.kind == "change_notice")
    (reason, fields), *_rest = why(board, clock, working(), T0).total
    assert (reason, fields["at"]) == ("milestone {at}", At(at("2026-10-28 18:00")))
    further = moved(board, THEN + 7 * DAY, T0 + 2 * DAY)
    assert notices(further) == [(at("2026-10-18 18:00"), None)]  # from the date everybody knows
    said = kept(further, "AnnounceChange", c.wang, T0 + 3 * DAY, id=907, milestone=904, text="评审推迟")
    assert notices(said) == [(at("2026-10-18 18:00"), T0 + 3 * DAY)]
    again = moved(said, FIRST, T0 + 4 * DAY)
    assert notices(again) == [(at("2026-11-01 18:00"), None)]  # Wed 11 November is what was announced


def test_an_event_that_is_back_where_it_was_and_an_undo_leave_nothing_to_announce() -> None:
    board = reviewed()
    assert notices(moved(moved(board, THEN), FIRST, T0 + 2 * DAY)) == []
    after = moved(board, THEN)
    assert standing_tables(reverted(after, c.sun)) == standing_tables(board)


@pytest.mark.parametrize(
    ("text", "name", "fields"),
    [
        ("3版初稿后1日内", "EditMilestone", {"milestone": k.milestone, "fields": {"due": T0 + 8 * DAY}}),
        ("3版初稿后1日内", "ReachMilestone", {"milestone": k.milestone, "output": "三版"}),
        ("主视觉设计后1日内", "EditSubtask", {"subtask": c.poster, "fields": {"planned_finish": T0 + 9 * DAY}}),
        ("第10个工作日", "EditCard", {"card": c.card, "fields": {"initiated_at": T0 - 9 * DAY}}),
        ("评审后2日内", "HoldMeeting", {"meeting": REVIEW}),
    ],
)
def test_whatever_its_event_is(text: str, name: str, fields: dict[str, Any]) -> None:
    board = reviewed(text)
    known = due_of(board, board.milestones[904], working())
    after = kept(board, name, c.wang, T0 + 2 * DAY, **fields)
    assert after.milestones[904].moved_from == known
    assert notices(after)


def test_a_milestone_that_asks_for_no_notice_or_has_had_no_date_yet_moves_silently() -> None:
    board = kept(reviewed(), "EditMilestone", c.wang, T0, milestone=904, fields={"notice_days": None})
    assert moved(board, THEN).milestones[904].moved_from is None
    board, _ = relative("评审后2日内", notice_days=10)
    fields = {"id": REVIEW, "kind": "review", "name": "方案会", "card": c.card, "starts": FIRST, "agenda": []}
    assert notices(kept(board, "CallMeeting", c.sun, T0, **fields)) == []
