"""The book of all clocks: kept up by card, it reads as one worked out anew."""

from __future__ import annotations

from typing import Any

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from store import records as r
from store.board import Board
from store.changes import Add, Change, Drop, Put, add, put
from store.indexes import INDEXES
from store.rules.clock_book import ClockBook, clock_book
from store.rules.clocks import by_due
from store.views.state import BoardState
from tests.store.clock_helpers import (
    CARD,
    CHEN,
    DESIGN,
    LI,
    NOW,
    SUB,
    WANG,
    at,
    board_of,
    card,
    entry,
    issue,
    meeting,
    subtask,
    working,
)

SECOND = 101


def busy() -> Board:
    return board_of(
        card(),
        card(id=SECOND, number="Q4营销-2026-002", stage="circulating", circulated_at=NOW),
        subtask(),
        subtask(id=201, card=SECOND, number="Q4营销-2026-002-01"),
        issue(),
        meeting(),
        meeting(id=401, card=None, issue=300, kind="coordination"),
        meeting(id=402, card=None),
        entry(1, "2026-10-09 16:20"),
        r.Duty(id=600, card=SECOND, department=DESIGN),
        r.Milestone(id=700, card=CARD, name="评审", due=NOW),
    )


def picture(book: ClockBook) -> tuple[Any, ...]:
    return {k: sorted(v, key=by_due) for k, v in book.by_card.items()}, book.nearest, book.running


def hanging(board: Board) -> dict[str, dict[int, list[Any]]]:
    return {name: {key: group for key, group in getattr(board, name).items() if group} for name in INDEXES}


times = st.integers(NOW - 30 * 86_400, NOW + 30 * 86_400)
stages = st.sampled_from(["draft", "circulating", "active", "acceptance", "completed", "cancelled"])
fresh = st.integers(1000, 1004)
changes = st.one_of(
    st.builds(lambda stage: put(card(), stage=stage, circulated_at=NOW), stages),
    st.builds(lambda when: put(card(), planned_finish=when), times),
    st.builds(lambda when: put(subtask(), planned_finish=when), times),
    st.builds(lambda status: put(subtask(), status=status), st.sampled_from(["done", "blocked", "cancelled"])),
    # One that no issue is about: nothing parts a subtask from its issues.
    st.builds(lambda to: put(subtask(id=201, card=SECOND), card=to), st.sampled_from([CARD, SECOND])),
    st.builds(lambda when: put(issue(), responded_at=when), times),
    st.builds(lambda when: put(meeting(id=402, card=None), starts=when), times),
    st.builds(lambda to: put(meeting(id=402, card=None), card=to), st.sampled_from([CARD, SECOND])),
    st.builds(lambda number, when: add(entry(0, "2026-10-09 10:00", id=number, at=when)), fresh, times),
    st.builds(lambda number: add(subtask(id=number + 10, number=f"N-{number}")), fresh),
    st.builds(lambda number: add(issue(id=number + 20, kind="warning")), fresh),
    st.builds(lambda number: add(card(id=number + 30, name="新卡")), fresh),
    st.builds(lambda number: Drop("subtasks", number + 10), fresh),
    st.builds(lambda number: Drop("cards", number + 30), fresh),
    st.just(Drop("meetings", 400)),
    st.just(put(r.Department(id=DESIGN, name="设计部", code="SJ", head=CHEN), head=LI)),
    st.builds(lambda who: put(card(), lead=who), st.sampled_from([WANG, LI, CHEN])),
    st.builds(lambda percent: put(subtask(), percent=percent), st.sampled_from([0, 60, 95])),
    st.builds(lambda number, when: add(r.Input(id=number + 40, subtask=SUB, what="口径", due=when)), fresh, times),
    st.builds(
        lambda number, when: add(r.SupportRequest(id=number + 50, subtask=SUB, asked_at=when, asked_by=LI)),
        fresh,
        times,
    ),
    st.builds(
        lambda number, when: add(r.Incident(id=number + 60, subtask=SUB, kind="stopped", since=when, by=LI)),
        fresh,
        times,
    ),
    st.builds(
        lambda number, when: add(r.Acceptance(id=number + 70, card=SECOND, submitted_at=when, submitted_by=LI)),
        fresh,
        times,
    ),
    st.builds(
        lambda number, to: add(r.SyncEntry(id=number + 80, card=to, at=NOW, topic="裁决", by=LI, notify=True)),
        fresh,
        st.sampled_from([CARD, None]),
    ),
    st.builds(
        lambda number, when: add(r.IssueStep(id=number + 90, issue=300, kind="note", at=when, by=LI, text="跟进")),
        fresh,
        times,
    ),
)


def written(board: Board, batch: list[Change]) -> Board:
    """The next revision as a file gives it: bytes, with the records that did not change shared."""
    raws = {name: dict(rows) for name, rows in board.raws.items()}
    for change in batch:
        rows, key = raws[change.table], str(change.id)
        if isinstance(change, Add):
            rows[key] = msgspec.Raw(msgspec.json.encode(change.record))
        elif isinstance(change, Put):
            if key in rows:
                body = msgspec.json.decode(rows[key]) | {name: new for name, (_, new) in change.fields.items()}
                rows[key] = msgspec.Raw(msgspec.json.encode(body))
        else:
            rows.pop(key, None)
    return Board(board.meta, raws, board)


@settings(deadline=None)
@given(st.lists(st.lists(changes, min_size=1, max_size=3), max_size=4))
def test_kept_up_is_worked_out_anew(batches: list[list[Change]]) -> None:
    board, now = busy(), NOW
    state = BoardState(board, working(), me=WANG, now=now)
    for batch in batches:
        assert hanging(state.board)
        assert state.card_rows
        assert state.subtask_rows
        assert state.book.running is not None
        overlaid = state.following(board.with_changes(batch))
        board = written(board, batch)
        now += 6 * 3_600
        state = state.following(board).awake(now)
        overlaid = overlaid.awake(now)
        whole = BoardState(Board(board.meta, board.raws), working(), now=now)
        for kept in (state, overlaid):
            assert picture(kept.book) == picture(whole.book)
            assert kept.card_rows == whole.card_rows
            assert kept.subtask_rows == whole.subtask_rows


def test_only_the_cards_that_differ_are_worked_out() -> None:
    board = busy()
    before = clock_book(board, working())
    after = clock_book(written(board, [put(subtask(), percent=50)]), working(), before)
    assert after.renewed == frozenset({CARD})
    assert after.open_of(SECOND) is before.open_of(SECOND)


def test_another_head_concerns_every_card() -> None:
    board = busy()
    before = clock_book(board, working())
    head = put(r.Department(id=DESIGN, name="设计部", code="SJ", head=CHEN), head=LI)
    assert clock_book(written(board, [head]), working(), before).renewed is None


def test_what_changes_no_clock_renews_nothing() -> None:
    board = busy()
    before = clock_book(board, working())
    seen = add(r.Seen(id=900, card=CARD, person=WANG, at=NOW))
    assert clock_book(written(board, [seen]), working(), before).renewed == frozenset()
    note = add(r.IssueStep(id=900, issue=300, kind="note", at=NOW, by=WANG, text="跟进"))
    assert clock_book(written(board, [note]), working(), before).renewed == frozenset({CARD})


def test_running_is_sorted_and_the_next_is_found_in_it() -> None:
    book = clock_book(busy(), working())
    dues = [clock.due for clock in book.running]
    assert dues == sorted(dues)
    coming = book.next_from(NOW)
    assert coming is not None
    assert coming.due == min(due for due in dues if due >= NOW)
    assert [clock.due for clock in book.breached(NOW)] == [due for due in dues if due < NOW]
    assert book.next_from(at("2099-01-01 00:00")) is None


def test_nearest_of_a_card_is_its_first_open_clock() -> None:
    book = clock_book(busy(), working())
    for key, clock in book.nearest.items():
        assert clock is next(c for c in book.of_card(key) if c.is_open)
        assert clock.due == min(c.due for c in book.of_card(key) if c.is_open)


def test_everything_holds_open_and_closed_clocks() -> None:
    book = clock_book(busy(), working())
    found = list(book.everything())
    assert {clock.kind for clock in found if clock.closed} == {"progress", "report_block"}
    assert sum(clock.is_open for clock in found) == len(book.running)
    assert {clock.subject for clock in book.of("subtasks", SUB, CARD)} == {SUB}
