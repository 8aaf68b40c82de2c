"""Papers of boards with any texts: read into the same board they change nothing, into an empty one they come again.

`CROSSDECK_EXAMPLES=300` tries so many boards of each paper (`make test-papers`).
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec
import pytest
from hypothesis import HealthCheck, Phase, given, settings

from store.board import Board
from store.changes import Add
from store.exchange.papers.model import Facts, Paper, Table, spoken
from store.exchange.plan import ImportPlan
from store.exchange.records_json import LEFT, write_json
from store.exchange.values import on_paper, said
from store.records import TABLES
from store.views.state import BoardState
from tests.store.import_helpers import ME, NOW, demo, empty_board, imported, plan_of, working
from tests.tui.any_boards import boards
from tui import i18n
from tui.i18n import p_
from tui.papers.desk import Desk
from tui.papers.every import BY_KEY, Kind, build, write
from tui.papers.terms import term

LONG = int(os.environ.get("CROSSDECK_EXAMPLES", "0"))
EXAMPLES = LONG or 4
OF = {"allocation": "subtasks", "minutes": "meetings", "division": "cards", "collaboration": "cards", "card": "cards"}
PAPERS = ["register", "card", "division", "allocation", "collaboration", "minutes"]
PHASES = [Phase.explicit, Phase.reuse, Phase.generate]
"""A board that fails is large, and making it smaller takes minutes."""
WHOLE = settings(
    max_examples=EXAMPLES, phases=PHASES, derandomize=not LONG, database=None, suppress_health_check=[*HealthCheck]
)
"""The same few boards in every run of the suite; others each time in a long one."""


@pytest.fixture(params=["zh_Hans", "zh_Hant", "en"] if LONG else ["zh_Hant", "en"])
def spoken_in(request: pytest.FixtureRequest) -> Iterator[None]:
    i18n.choose(request.param)
    yield
    i18n.choose("en")


def paper(kind: Kind, board: Board, key: int) -> Paper:
    found = build(kind, Desk(BoardState(board, working(), me=ME), NOW), key)
    assert isinstance(found, Paper)
    return found


def subjects(kind: str, board: Board) -> list[int]:
    return [*board.table(OF[kind])] if kind in OF else [0]


def read_into(board: Board, found: Paper, kind: Kind, card: int | None, person: int = ME) -> ImportPlan:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"again.{kind.formats[0]}"
        path.write_bytes(write(found, kind.formats[0]))
        return plan_of(path, board=board, card=card, person=person)


@pytest.mark.parametrize("kind", PAPERS)
@given(board=boards())
@WHOLE
def test_a_paper_read_into_its_own_board_changes_nothing(kind: str, board: Board, spoken_in: None) -> None:
    for key in subjects(kind, board):
        plan = read_into(board, paper(BY_KEY[kind], board, key), BY_KEY[kind], card_of(board, kind, key))
        assert plan.to_builtins()["update"] == []
        assert [(item.table, item.title) for item in plan.create] == []


@pytest.mark.parametrize("kind", PAPERS)
def test_a_paper_of_the_demo_read_into_it_changes_nothing(kind: str, spoken_in: None) -> None:
    """What random boards have none of: restricted entries, recipients, signatures, starts at nine o'clock."""
    board = demo()
    me = next(person.id for person in board.people.values() if person.name == "王敏")
    desk = Desk(BoardState(board, working(), me=me), NOW)
    for key in subjects(kind, board):
        found = build(BY_KEY[kind], desk, key)
        assert isinstance(found, Paper)
        plan = read_into(board, found, BY_KEY[kind], card_of(board, kind, key), person=me)
        assert not plan.skipped or kind == "division"
        assert not [each.where for each in plan.skipped if "RACI" in each.where]
        assert plan.to_builtins()["update"] == []
        assert [(item.table, item.title) for item in plan.create] == []


def card_of(board: Board, kind: str, key: int) -> int | None:
    """The card a paper is imported for where its form names none."""
    if kind == "division":
        return key
    return board.card_of_meeting(board.meetings[key]) if kind == "minutes" else None


@pytest.mark.parametrize("known", [False, True], ids=["nobody known", "everybody known"])
@pytest.mark.parametrize("kind", PAPERS)
@given(board=boards())
@WHOLE
def test_a_paper_read_into_an_empty_board_comes_again(kind: str, known: bool, board: Board, spoken_in: None) -> None:
    for key in subjects(kind, board):
        before = bare(board, known=known or kind == "division", card=key if kind == "division" else 0)
        first = paper(BY_KEY[kind], board, key)
        plan = read_into(before, first, BY_KEY[kind], key if kind == "division" else None)
        if plan.operation() is None:  # a card without subtasks has no division
            assert plan.skipped
            continue
        after = imported(plan, before)
        again = paper(BY_KEY[kind], after, subject_of(after, kind))
        assert carried(again, kind) == carried(first, kind)


def subject_of(board: Board, kind: str) -> int:
    """The one record the board has of such a paper; an allocation comes with nothing but its subtask."""
    return min(board.table(OF[kind])) if kind in OF else 0


def bare(board: Board, *, known: bool, card: int) -> Board:
    """A board with nobody but who imports, or with the people and departments of another and one card of it."""
    made = [
        Add(table, key, body(record))
        for table in (("departments", "people") if known else ())
        for key, record in board.table(table).items()
        if key != ME
    ]
    return empty_board().with_changes([*made, *([Add("cards", card, body(board.cards[card]))] if card else [])])


def body(record: object) -> dict[str, object]:
    found: dict[str, object] = msgspec.to_builtins(record)
    found.pop("id")
    return found


def carried(found: Paper, kind: str) -> list[tuple[str, str]]:
    """What a paper says, with its headings, as far as reading it can know (rulebook §3: states, §6: who leads)."""
    plain: Callable[[str], str] = on_paper if kind == "collaboration" else said
    running = {term("not_started"), term("blocked")}
    rows = [
        (label, term("in_progress") if text in running and label == p_("paper", "Current state") else plain(text))
        for label, text in said_in(found)
    ]
    facts = dict(rows)
    if kind == "card" and not facts[p_("paper", "Leading department")]:
        home = p_("paper", "Leading department")
        rows = [(label, facts[p_("paper", "Initiating department")] if label == home else text) for label, text in rows]
    if kind == "minutes":  # what hangs on a card that is not there, and when the minutes became final
        at = next((n for n, row in enumerate(rows) if row == ("Heading", p_("paper", "Distribution"))), len(rows))
        rows = [row for row in rows[:at] if row[0] != p_("paper", "Task") and row[1]]
    return rows


def said_in(found: Paper) -> Iterator[tuple[str, str]]:
    for sheet in found.sheets:
        for block in sheet.blocks if sheet.title != "RACI" else ():  # letters are not read
            if isinstance(block, Facts):
                yield from ((label, spoken(value)) for label, value in block.rows)
            elif isinstance(block, Table):
                titles = [column.title for column in block.columns]
                yield from (
                    (title, spoken(value)) for row in block.rows for title, value in zip(titles, row, strict=True)
                )
            else:
                yield type(block).__name__, block.text


@given(board=boards())
@WHOLE
def test_records_as_json_come_again(board: Board) -> None:
    for card in (0, *board.cards):
        data = write_json(board, card)
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "export.json"
            path.write_bytes(data)
            assert plan_of(path, board=board).operation() is None
            after = imported(plan_of(path))
        if not card:
            assert records(after) == records(board)
        for table in ("cards", "subtasks", "letters", "progress", "issues", "milestones"):
            wanted = {key: row for key, row in board.table(table).items() if not card or card in {key, of(board, row)}}
            assert dict(after.table(table)) == wanted


def of(board: Board, record: object) -> int | None:
    """The card a record is of."""
    subtask = board.subtasks.get(getattr(record, "subtask", None) or 0)
    return getattr(record, "card", None) or (subtask.card if subtask is not None else None)


def records(board: Board) -> dict[str, object]:
    return {table: dict(board.table(table)) for table in TABLES if table not in LEFT}
