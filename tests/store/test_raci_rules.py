"""Rulebook §3, RACI and the signatures under the division, clause by clause."""

from __future__ import annotations

from typing import Any

import pytest

from store import records as r
from store.board import Board
from store.operations.cards import duty_id
from store.operations.raci import letter_id
from store.rules.division import findings, letters_of
from tests.store import clock_helpers as h
from tests.store.builders import DAY, T0, Cast, busy, do, refused
from tests.store.clock_helpers import working

c = Cast


@pytest.fixture(scope="module")
def board() -> Board:
    return busy()


def edit(board: Board, subtask: int, **fields: Any) -> Board:
    return do(board, "EditSubtask", c.wang, subtask=subtask, fields=fields)


def codes(board: Board, subtask: int = 0) -> list[str]:
    found = findings(board, c.card, working())
    return [each.why.code for each in found if subtask in {0, each.subtask}]


def lettered(board: Board, subtask: int, **held: str) -> Board:
    for name, letters in held.items():
        board = do(board, "SetLetters", c.wang, subtask=subtask, department=getattr(c, name), letters=letters)
    return board


@pytest.mark.parametrize(
    ("held", "found"),
    [
        ({"sales": "AR"}, set()),  # one may hold both
        ({"sales": "A", "design": "R"}, set()),
        ({"sales": "A", "design": "A", "market": "R"}, {"raci.a"}),
        ({"sales": "R"}, {"raci.a"}),
        ({"sales": "A", "market": "CI"}, {"raci.r"}),
        ({"sales": "C", "market": "I"}, {"raci.a", "raci.r"}),
    ],
)
def test_exactly_one_a_at_least_one_r(held: dict[str, str], found: set[str]) -> None:
    said = codes(lettered(busy(), c.plan, **held), c.plan)
    assert {code for code in said if code.startswith("raci")} == found


def test_a_department_without_a_letter_is_named(board: Board) -> None:
    whole = lettered(board, c.plan, sales="AR", design="C")
    found = [each.why for each in findings(whole, c.card) if each.why.code == "raci.none"]
    assert [why.fields["department"] for why in found] == ["市场部"]


@pytest.mark.parametrize(
    ("typed", "letters"),
    [("ar", "AR"), ("R A", "AR"), ("ＡＲ", "AR"), ("-", ""), ("", ""), ("icra", "ARCI"), ("X", None), ("A1", None)],
)
def test_letters_as_typed(typed: str, letters: str | None) -> None:
    assert letters_of(typed) == letters


def complete(board: Board) -> Board:
    """A division nothing is missing of."""
    for subtask in (c.plan, c.poster, c.idle):
        board = edit(board, subtask, standard="一份, 市场部确认")
        board = lettered(board, subtask, sales="AR", design="C", market="I")
    return board


def signed(board: Board) -> Board:
    for department, head in ((c.market, c.wang), (c.sales, c.li), (c.design, c.chen)):
        board = do(board, "SignDivision", head, T0, card=c.card, department=department)
    return board


def test_the_division_is_signed_by_every_department(board: Board) -> None:
    assert refused(board, "SignDivision", c.li, card=c.card, department=c.sales) == "gate.division"
    whole = complete(board)
    assert refused(whole, "SignDivision", c.mei, card=c.card, department=c.sales) == "refuse.role"
    one = do(whole, "SignDivision", c.li, T0, card=c.card, department=c.sales)
    assert one.cards[c.card].division_at is None
    assert refused(one, "SignDivision", c.li, card=c.card, department=c.sales) == "refuse.none"
    assert signed(whole).cards[c.card].division_at == T0


VOIDING: list[tuple[str, dict[str, Any], set[int]]] = [
    ("EditSubtask", {"subtask": c.plan, "fields": {"owner": c.chen}}, {c.sales, c.design}),
    ("EditSubtask", {"subtask": c.plan, "fields": {"planned_finish": T0 + 9 * DAY}}, {c.sales}),
    ("SetLetters", {"subtask": c.plan, "department": c.market, "letters": "C"}, {c.market}),
    ("SetLetters", {"subtask": c.plan, "person": c.fang, "letters": "C"}, {c.design}),
    (
        "AddInput",
        {"subtask": c.plan, "what": "数据", "department": c.market, "due": T0 + DAY},
        {c.sales, c.market},
    ),
    ("EditSubtask", {"subtask": c.plan, "fields": {"name": "方案", "deliverable": "V2"}}, set()),
    ("RecordProgress", {"subtask": c.plan, "percent": 70}, set()),
]


@pytest.mark.parametrize(("operation", "fields", "touched"), VOIDING)
def test_a_later_change_of_owner_letter_finish_or_input_voids_only_the_signatures_it_touches(
    operation: str, fields: dict[str, Any], touched: set[int]
) -> None:
    after = do(signed(complete(busy())), operation, c.wang, **fields)
    for department in (c.market, c.sales, c.design):
        duty = after.duties[duty_id(c.card, department)]
        assert (duty.division_signed_at is None) is (department in touched)
    assert after.cards[c.card].division_at == T0


def test_a_letter_that_stays_voids_nothing(board: Board) -> None:
    whole = signed(complete(board))
    same = do(whole, "SetLetters", c.wang, subtask=c.plan, department=c.sales, letters="RA")
    assert same.duties[duty_id(c.card, c.sales)].division_signed_at == T0
    none = do(whole, "SetLetters", c.wang, subtask=c.plan, department=c.sales, letters="-")
    assert none.letters[letter_id(c.plan, c.sales, None)].letters == ""


def test_an_action_item_that_becomes_a_subtask_voids_the_signature_of_its_department() -> None:
    line = r.MinutesLine(id=800, meeting=400, item=801, kind="action", text="整理渠道名单", order=0, owner=h.LI)
    board = h.board_of(
        h.card(),
        h.duty(division_signed_at=T0, division_signed_by=h.LI),
        h.duty(id=601, department=h.DESIGN, division_signed_at=T0, division_signed_by=h.CHEN),
        h.meeting(state="held"),
        r.AgendaItem(id=801, meeting=400, order=0, title="分工"),
        line,
    )
    after = do(board, "MakeSubtask", h.WANG, line=800)
    assert [after.duties[key].division_signed_at for key in (600, 601)] == [None, T0]
