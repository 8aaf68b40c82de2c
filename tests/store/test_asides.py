"""What was put aside waits for its author until it is resent, edited or dismissed (design §3.4)."""

from __future__ import annotations

from pathlib import Path

import pytest

from store.clock import FixedClock
from store.errors import Refused
from store.file.shared_board import SharedBoard
from store.file.storage import encode
from store.operations.asides import ClearAside
from store.operations.base import Operation, Stamp
from store.operations.cards import EditCard, VoidCard
from store.operations.progress import RecordProgress
from store.operations.reverting import Revert
from store.records import Aside
from store.views.asides import asides_of, operation_of, reasons_of, wanted
from tests.store.builders import T0, Cast, busy

c = Cast


class Two:
    """Two sessions on one board: what each records is checked against what it has seen."""

    def __init__(self, folder: Path) -> None:
        board = busy()
        self.path = folder / "b.json"
        self.path.write_bytes(encode(board.meta, board.raws))
        self.mine, self.theirs = (self._session(folder / name) for name in ("mine", "theirs"))

    def _session(self, state: Path) -> SharedBoard:
        shared = SharedBoard(self.path, state=state, clock=FixedClock(T0), terminal=state.name)
        shared.read()
        return shared

    def first(self, *operations: Operation, by: int = c.wang) -> None:
        """A colleague's changes are in the file before mine."""
        self.theirs.record(operations, sign(by))
        self.theirs.commit()

    def then(self, *operations: Operation, by: int = c.li) -> list[str]:
        """My changes, made without having seen the colleague's: what became of each."""
        recorded = self.mine.record(operations, sign(by))
        result = self.mine.commit()
        return [one.outcome for each in recorded if (one := result.of(each))]


def sign(person: int, at: int = T0) -> Stamp:
    return Stamp(person=person, at=at, recorded=at, terminal="t")


@pytest.fixture
def two(tmp_path: Path) -> Two:
    return Two(tmp_path)


def put_aside(two: Two, percent: int = 70) -> Aside:
    """The card is cancelled, then a report on it comes."""
    two.first(VoidCard(card=c.card, reason="停"))
    assert two.then(RecordProgress(subtask=c.plan, percent=percent, done="初稿")) == ["aside"]
    board = two.mine.board
    assert board is not None
    (row,) = asides_of(board, c.li)
    return row


def test_it_waits_for_its_author_with_its_fields_and_reasons(two: Two) -> None:
    row = put_aside(two)
    assert (row.operation, row.by, row.subject) == ("RecordProgress", c.li, c.plan)
    operation = operation_of(row)
    assert isinstance(operation, RecordProgress)
    assert (operation.percent, operation.done) == (70, "初稿")
    (reason,) = reasons_of(row)
    assert reason.code == "refuse.state"
    board = two.theirs.poll()
    assert board is not None
    assert asides_of(board, c.wang) == []
    assert [each.id for each in asides_of(board, c.li)] == [row.id]
    entry = max(board.history.values(), key=lambda each: each.id)
    assert (entry.outcome, entry.changes, entry.client, entry.n) == ("aside", (), row.client, row.n)


def test_dismissed_it_is_gone_and_the_history_says_so(two: Two) -> None:
    row = put_aside(two)
    assert two.then(ClearAside(aside=row.id, record=row.subject)) == ["applied"]
    board = two.mine.board
    assert board is not None
    assert not board.asides
    last = max(board.history.values(), key=lambda each: each.id)
    assert (last.operation, last.by, last.subject, last.payload["aside"]) == ("ClearAside", c.li, c.plan, row.id)
    # Its author may think better of it: undo gives it back.
    assert two.then(Revert(entry=last.id, client=last.client, n=last.n)) == ["applied"]
    assert two.mine.board is not None
    assert [each.payload for each in asides_of(two.mine.board, c.li)] == [row.payload]


def test_what_is_refused_again_when_it_is_resent_goes_on_waiting(two: Two) -> None:
    row = put_aside(two)
    with pytest.raises(Refused):  # nothing of a batch is recorded when one of it is refused
        two.mine.record([operation_of(row), ClearAside(aside=row.id, how="resent")], sign(c.li))
    assert two.mine.pending == []
    assert two.mine.shown().asides


def test_what_goes_through_when_it_is_resent_waits_no_more(two: Two) -> None:
    row = put_aside(two)
    voided = max((two.mine.board or busy()).history.values(), key=lambda e: (e.operation == "VoidCard", e.id))
    two.theirs.poll()
    two.first(Revert(entry=voided.id, client=voided.client, n=voided.n))
    two.mine.poll()
    again = [operation_of(row), ClearAside(aside=row.id, how="resent", record=row.subject)]
    assert two.then(*again) == ["applied", "applied"]
    board = two.mine.board
    assert board is not None
    assert board.subtasks[c.plan].percent == 70
    assert not board.asides


def test_only_its_author_and_the_administrator_clear_it(two: Two) -> None:
    row = put_aside(two)
    with pytest.raises(Refused) as refused:
        two.mine.record([ClearAside(aside=row.id)], sign(c.chen))
    assert refused.value.code == "refuse.role"
    with pytest.raises(Refused) as refused:
        two.mine.record([ClearAside(aside=1)], sign(c.li))
    assert refused.value.code == "not_found"


def test_cleared_on_two_machines_it_does_not_wait_for_having_been_cleared(two: Two) -> None:
    row = put_aside(two)
    two.theirs.poll()
    two.first(ClearAside(aside=row.id), by=c.li)
    assert two.then(ClearAside(aside=row.id)) == ["aside"]
    assert two.mine.board is not None
    assert not two.mine.board.asides


def test_the_fields_that_can_be_typed_stand_beside_what_the_board_has(two: Two) -> None:
    row = put_aside(two, 75)
    board = two.mine.board
    assert board is not None
    assert [(each.name, each.value, each.now, each.inside) for each in wanted(board, row)] == [
        ("percent", 75, 60, False),
        ("done", "初稿", None, False),
    ]


def test_the_fields_of_an_edit_stand_beside_those_of_the_record(two: Two) -> None:
    two.first(EditCard(card=c.draft, fields={"goal": "旧"}), VoidCard(card=c.draft, reason="停"))
    edit = EditCard(card=c.draft, fields={"goal": "新", "lead": c.sun})
    assert two.then(edit, by=c.wang) == ["aside"]
    board = two.mine.board
    assert board is not None
    (row,) = asides_of(board, c.wang)
    assert [(each.name, each.value, each.now, each.inside) for each in wanted(board, row)] == [
        ("goal", "新", "旧", True),
        ("lead", c.sun, c.wang, True),
    ]


def test_a_reason_is_said_in_any_language_and_survives_what_is_odd() -> None:
    odd = Aside(client="c", n=1, operation="X", by=1, at=1, recorded_at=1, reasons=(("a", "{x} {y}", {"x": 1}),))
    assert [str(each) for each in reasons_of(odd)] == ["{x} {y}"]
