"""auto_escalate (rulebook §5): counted from the due instant, exactly once, one tier when a hand is as quick."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from store.board import Board
from store.chores import Chores
from store.clock import FixedClock
from store.file.journal import Recorded
from store.file.pending import check
from store.file.settling import next_revision, still_wanted
from store.file.shared_board import SharedBoard
from store.file.storage import encode
from store.operations.base import Operation, Stamp
from store.operations.by_itself import AutoEscalate
from store.operations.queue import Escalate, Resolve
from store.operations.sync import AddSyncEntry
from store.records import IssueStep
from store.rules.clock_book import clock_book
from store.undoing import Turns
from tests.store.builders import DAY, HOUR, T0, Busy, Cast, busy, do, refused, stamp
from tests.store.clock_helpers import at, working

c, k = Cast, Busy
FIRST, SECOND = at("2026-10-13 18:00"), at("2026-10-16 18:00")
"""When tier 1 of the blocked report (raised Fri 10-09) runs out, Sat 10-10 being a make-up day, and then tier 2."""


def switched_on() -> Board:
    return do(busy(), "SetSetting", c.wang, key="auto_escalate", value=True)


BOARD = switched_on()


def signed(board: Board | None, person: int, now: int) -> list[tuple[Operation, Stamp]]:
    """What `person` would move, and how it is signed."""
    assert board is not None
    found = Chores(clock_book(board, working())).signed(stamp(person, now))
    return [one for one in found if isinstance(one[0], AutoEscalate) and one[0].issue == k.blocked]


def moves(board: Board, now: int) -> list[Operation]:
    """What whoever has this board open would move at `now`, of the blocked report."""
    return [move for move, _stamp in signed(board, c.mei, now)]


def steps(board: Board) -> list[IssueStep]:
    return [step for step in board.steps_of[k.blocked] if step.kind == "escalated"]


# One machine -----------------------------------------------------------------------------------------------------


def test_it_is_off_unless_the_board_says_so() -> None:
    assert moves(busy(), SECOND + DAY) == []
    (move,) = moves(BOARD, FIRST + 1)
    assert [reason.code for reason in move.check(busy(), stamp(c.mei, FIRST + 1))] == ["refuse.auto"]


def test_it_moves_when_the_tier_has_run_out_and_not_before() -> None:
    assert moves(BOARD, FIRST) == []
    (move,) = moves(BOARD, FIRST + 1)
    assert [reason.code for reason in move.check(BOARD, stamp(c.mei, FIRST))] == ["refuse.early"]
    assert [*move.check(BOARD, stamp(c.mei, FIRST + 1))] == []


@pytest.mark.parametrize("noticed", [FIRST + 1, FIRST + HOUR, FIRST + 40 * DAY])
def test_the_next_tier_counts_from_the_due_instant_whenever_it_is_noticed(noticed: int) -> None:
    (move,) = moves(BOARD, noticed)
    board = do(BOARD, "AutoEscalate", c.mei, noticed, **msgspec.to_builtins(move))
    assert (board.issues[k.blocked].tier, board.issues[k.blocked].tier_since) == (2, FIRST)
    (step,) = steps(board)
    assert (step.at, step.tier, step.auto) == (FIRST, 2, True)


def test_several_tiers_that_ran_out_move_one_after_the_other_each_from_its_due() -> None:
    board, now = BOARD, SECOND + 60 * DAY
    for _ in range(5):
        for move in moves(board, now):
            board = do(board, "AutoEscalate", c.mei, now, **msgspec.to_builtins(move))
    assert [(step.tier, step.at) for step in steps(board)] == [(2, FIRST), (3, SECOND)]
    assert moves(board, now + 60 * DAY) == []  # the executive keeps it


def test_a_resolved_issue_and_a_cancelled_card_stay_where_they_are() -> None:
    ruling = {"decision": "x", "department": c.market, "owner": c.sun, "due": T0 + DAY}
    (move,) = moves(BOARD, FIRST + 1)
    resolved = do(BOARD, "Resolve", c.wang, issue=k.blocked, **ruling)
    assert moves(resolved, FIRST + DAY) == []
    assert refused(resolved, "AutoEscalate", c.mei, FIRST + DAY, **msgspec.to_builtins(move)) == "refuse.state"
    assert moves(do(BOARD, "VoidCard", c.wang, card=c.card, reason="x"), FIRST + DAY) == []


# Several machines on one file ---------------------------------------------------------------------------------------


def sessions(tmp_path: Path, count: int, now: int) -> list[SharedBoard]:
    path = tmp_path / "board.json"
    path.write_bytes(encode(BOARD.meta, BOARD.raws))
    found = [SharedBoard(path, state=tmp_path / f"pc{n}", clock=FixedClock(now)) for n in range(count)]
    for each in found:
        each.read()
    return found


def test_it_happens_once_however_many_have_the_board_open(tmp_path: Path) -> None:
    now = FIRST + 1
    shared = sessions(tmp_path, 3, now)
    due = [signed(each.board, person, now) for each, person in zip(shared, (c.mei, c.li, c.sun), strict=True)]
    results = [each.commit(moves) for each, moves in zip(shared, due, strict=True)]
    board = shared[0].read()
    assert len(steps(board)) == 1
    (entry,) = board.history.values()
    assert (entry.operation, entry.at, entry.recorded_at) == ("AutoEscalate", FIRST, now)
    moved = [each for each in board.results.values() if each.kind == "tier" and each.subject == k.blocked]
    assert [(each.due, each.closed) for each in moved] == [(FIRST, FIRST)]
    assert [len(result.settled) for result in results] == [1, 0, 0]
    assert board.meta.rev == BOARD.meta.rev + 1
    assert shared[1].read().meta.rev == board.meta.rev
    # Nobody's own work suffers from what was not written.
    shared[1].record([AddSyncEntry(topic="x")], stamp(c.li, now))
    assert [one.outcome for one in shared[1].commit().settled] == ["applied"]
    assert shared[1].commit().put_back == 0
    for each in shared:
        each.close()


@pytest.mark.parametrize("hand_first", [True, False])
def test_by_hand_at_the_moment_it_moves_by_itself_is_one_tier_not_two(tmp_path: Path, *, hand_first: bool) -> None:
    now = FIRST + 1
    person, machine = sessions(tmp_path, 2, now)
    hand = Escalate(issue=k.blocked, reason="等不及")
    due = signed(machine.board, c.li, now)
    person.record([hand], stamp(c.sun, now))
    if hand_first:
        person.commit()
        assert machine.commit(due).settled == ()
    else:
        machine.commit(due)
        (one,) = person.commit().settled
        assert one.outcome == "aside"
    board = machine.read()
    assert board.issues[k.blocked].tier == 2
    assert [step.auto for step in steps(board)] == [not hand_first]
    for each in (person, machine):
        each.close()


def test_what_happened_by_itself_is_not_the_signers_last_change(tmp_path: Path) -> None:
    now = FIRST + 1
    (shared,) = sessions(tmp_path, 1, now)
    shared.record([AddSyncEntry(topic="x")], stamp(c.mei, now))
    shared.commit()
    shared.commit(signed(shared.board, c.mei, now))
    last = Turns(shared.read()).last_done(c.mei)
    assert last is not None
    assert last.operation == "AddSyncEntry"
    shared.close()


# Any interleaving ----------------------------------------------------------------------------------------------------

PEOPLE = (c.mei, c.li, c.sun)
ACTIONS = st.one_of(
    st.tuples(st.just("see"), st.integers(0, 2)),
    st.tuples(st.just("tick"), st.integers(0, 2)),
    st.tuples(st.just("hand"), st.integers(0, 2)),
    st.tuples(st.just("rule"), st.just(0)),
    st.tuples(st.just("pass"), st.integers(1, 100)),
)


class Office:
    """Three people at three machines with pictures of one file, each as old as their last look."""

    def __init__(self) -> None:
        self.file, self.now, self.n = BOARD, T0, 0
        self.views = [BOARD] * len(PEOPLE)

    def commit(self, work: list[Recorded]) -> None:
        if work:
            revision = next_revision(self.file, work, self.now, "test")
            self.file = Board(revision.meta, revision.raws)

    def number(self) -> int:
        self.n += 1
        return self.n

    def tick(self, who: int) -> None:
        also = signed(self.views[who], PEOPLE[who], self.now)
        self.commit(still_wanted(self.file, [], also, f"client{who}", self.number))

    def act(self, who: int, operation: Operation, person: int) -> None:
        sign = stamp(person, self.now)
        if any(operation.check(self.views[who], sign)):
            return
        _tip, (_operation, _sign, seen) = check(self.views[who], operation, sign)
        client, n = f"client{who}", self.number()
        self.commit([Recorded(client=client, n=n, operation=operation, stamp=sign, seen=seen, digest="")])

    def do(self, action: str, value: int) -> None:
        if action == "see":
            self.views[value] = self.file
        elif action == "tick":
            self.tick(value)
        elif action == "hand":
            self.act(value, Escalate(issue=k.blocked, reason="快"), PEOPLE[value])
        elif action == "rule":
            ruling = Resolve(
                issue=k.blocked, decision="x", department=c.market, owner=c.sun, due=self.now + DAY
            )  # fmt: skip
            self.act(value, ruling, c.zhang)
        else:
            self.now += value * HOUR


@settings(max_examples=60, deadline=None)
@given(st.lists(ACTIONS, max_size=14))
def test_any_interleaving_moves_each_tier_once(actions: list[tuple[str, int]]) -> None:
    office = Office()
    for action, value in actions:
        office.do(action, value)
    for _ in range(3):  # in the end everybody looks again, and again
        for who in range(len(PEOPLE)):
            office.do("see", who)
            office.do("tick", who)
    board, issue = office.file, office.file.issues[k.blocked]
    found = steps(board)
    assert [step.tier for step in found] == list(range(2, issue.tier + 1))
    since = issue.raised_at
    for step in found:
        due = working().due_in_working_days(since, 3)
        assert step.at == due if step.auto else step.at <= office.now
        since = step.at
    assert since == issue.tier_since
    if issue.state != "resolved":
        assert issue.tier == 3 or working().due_in_working_days(since, 3) >= office.now
    entries = [entry for entry in board.history.values() if entry.operation == "AutoEscalate"]
    assert len(entries) == sum(step.auto for step in found)
    assert {entry.outcome for entry in entries} <= {"applied"}
