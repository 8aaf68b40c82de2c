"""Conflicts are settled per field against what each author saw, the same way everywhere (design §3.4)."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from store import records as r
from store.board import Board
from store.clock import FixedClock
from store.errors import CrossdeckError
from store.file.chain import chain_hash
from store.file.shared_board import SharedBoard
from store.file.storage import encode
from store.operations.base import Operation, decode
from store.views.losses import lost_by
from tests.store.builders import T0, Cast, as_body, office, stamp

c = Cast


def edit(**fields: Any) -> Operation:
    return decode("EditCard", {"card": c.draft, "fields": fields})


class Office:
    """Three people at three machines, one file."""

    def __init__(self, folder: Path) -> None:
        board = office()
        self.path = folder / "b.json"
        self.path.write_bytes(encode(board.meta, board.raws))
        self.people = (c.wang, c.li, c.chen)
        self.sessions = [self._session(folder / str(person)) for person in self.people]
        self.acknowledged: set[tuple[str, int]] = set()

    def _session(self, state: Path) -> SharedBoard:
        shared = SharedBoard(self.path, state=state, clock=FixedClock(T0), terminal=state.name)
        shared.read()
        return shared

    def record(self, who: int, operation: Operation) -> bool:
        """Whether it was acknowledged."""
        try:
            recorded = self.sessions[who].record([operation], stamp(self.people[who]))
        except CrossdeckError:
            return False
        self.acknowledged |= {each.key for each in recorded}
        return True

    def end(self) -> list[Board]:
        """Everybody writes what waits and reads the file: the boards they then have."""
        for each in self.sessions:
            each.commit()
        return [each.read() for each in self.sessions]


@pytest.fixture
def three(tmp_path: Path) -> Office:
    return Office(tmp_path)


# One rule after the other ------------------------------------------------------------------------------

SCALAR = (edit(budget="3万"), edit(budget="5万"))
SAME = (edit(budget="3万"), edit(budget="3万"))
TEXT = (edit(goal="甲"), edit(goal="乙"))
OTHER = (edit(goal="甲"), edit(budget="乙"))
SET = tuple(decode("EditPerson", {"person": c.wang, "fields": {"logins": ["u11", name]}}) for name in ("wm1", "wm2"))
STATE = (decode("VoidCard", {"card": c.draft, "reason": "停"}), decode("Circulate", {"card": c.draft, "reason": "试"}))
GONE = (
    decode("VoidSubtask", {"subtask": c.plan, "reason": "停"}),
    decode("RecordProgress", {"subtask": c.plan, "percent": 70}),
)


@pytest.mark.parametrize(
    ("pair", "outcome"),
    [
        (SCALAR, "merged"),
        (SAME, "already"),
        (TEXT, "merged"),
        (OTHER, "applied"),
        (SET, "merged"),
        (STATE, "aside"),
        (GONE, "aside"),
    ],
    ids=["scalar", "same", "text", "other field", "set", "state", "gone"],
)
def test_the_second_of_two(three: Office, pair: tuple[Operation, Operation], outcome: str) -> None:
    assert three.record(0, pair[0])
    assert three.sessions[1].record([pair[1]], stamp(c.wang))
    assert [one.outcome for one in three.sessions[0].commit().settled] == ["applied"]
    assert [one.outcome for one in three.sessions[1].commit().settled] == [outcome]


def test_what_stands_after_each(three: Office) -> None:
    for first, second in (SCALAR, TEXT, SET):
        three.record(0, first)
        three.sessions[1].record([second], stamp(c.sun))
    board = three.end()[0]
    card = board.cards[c.draft]
    assert card.budget == "5万"  # who writes last
    assert "甲" in card.goal
    assert "乙" in card.goal
    lost = {one.loss.field: one for one in lost_by(board, c.wang, 0)}
    assert (lost["budget"].by, lost["budget"].loss.theirs, lost["budget"].loss.mine) == (c.sun, "3万", "5万")
    assert lost["goal"].merged
    assert not lost["budget"].merged


# Any interleaving --------------------------------------------------------------------------------------

MENU: list[tuple[str, dict[str, Any]]] = [
    ("EditCard", {"card": c.draft, "fields": {"budget": "1"}}),
    ("EditCard", {"card": c.draft, "fields": {"budget": "2", "goal": "二"}}),
    ("EditCard", {"card": c.draft, "fields": {"goal": "三"}}),
    ("EditSubtask", {"subtask": c.plan, "fields": {"name": "别名"}}),
    ("RecordProgress", {"subtask": c.plan, "percent": 70}),
    ("RecordProgress", {"subtask": c.plan, "percent": 65, "done": "改"}),
    ("AddSyncEntry", {"topic": "x", "card": c.card}),
    ("VoidCard", {"card": c.draft, "reason": "停"}),
    ("Circulate", {"card": c.draft, "reason": "试"}),
    ("VoidSubtask", {"subtask": c.plan, "reason": "停"}),
    ("RaiseBlocked", {"subtask": c.poster, "what": "a", "impact": "b", "tried": "c", "needed": "d"}),
]
STEPS = st.lists(
    st.tuples(st.integers(0, 2), st.one_of(st.sampled_from(["commit", "poll"]), st.sampled_from(range(len(MENU))))),
    min_size=4,
    max_size=14,
)


@settings(max_examples=25, deadline=None)
@given(STEPS)
def test_any_interleaving_of_three_comes_to_one_board_and_an_entry_for_each(steps: list[tuple[int, Any]]) -> None:
    with TemporaryDirectory() as folder:
        three = Office(Path(folder))
        for who, step in steps:
            if step == "commit":
                three.sessions[who].commit()
            elif step == "poll":
                three.sessions[who].poll()
            else:
                three.record(who, decode(*MENU[step]))
        boards = three.end()
        converged(boards)
        entries_of_each(three, boards[0])
        waiting_rows(boards[0])
        for each in three.sessions:
            assert each.pending == []
            each.close()


def converged(boards: list[Board]) -> None:
    found = [
        {name: {key: as_body(record) for key, record in board.table(name).items()} for name in r.TABLES}
        for board in boards
    ]
    assert found[0] == found[1] == found[2]
    assert not boards[0].damaged


def entries_of_each(three: Office, board: Board) -> None:
    """Exactly one history entry for every acknowledged operation, and the chain holds."""
    keys = [
        (entry.client, entry.n)
        for entry in board.history.values()
        if entry.client in {each.client for each in three.sessions}
    ]
    assert len(keys) == len(set(keys))
    assert set(keys) == three.acknowledged
    previous = ""
    for _number, entry in sorted(board.history.items()):
        body = as_body(entry)
        assert not entry.hash or entry.hash == chain_hash(previous, body)
        previous = entry.hash


def waiting_rows(board: Board) -> None:
    """What was put aside waits, and nothing else."""
    aside = {(entry.client, entry.n) for entry in board.history.values() if entry.outcome == "aside"}
    assert {(row.client, row.n) for row in board.asides.values()} == aside
