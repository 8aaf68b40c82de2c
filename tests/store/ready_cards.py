"""A card that has what its gates ask for, and its way along them."""

from __future__ import annotations

from typing import Any

from store.board import Board
from store.operations.base import decode
from store.rules.gates import missing
from tests.store.builders import DAY, T0, Cast, do, stamp

CARD = 900
HEADS = {Cast.market: Cast.wang, Cast.sales: Cast.li, Cast.design: Cast.chen}


def duty(department: int) -> dict[str, Any]:
    """A whole duty."""
    return {
        "department": department, "role": "专员", "action": "完成物料设计", "standard": "终稿经品牌组确认",
        "liaison": HEADS[department],
    }  # fmt: skip


def draft(board: Board, *, card: int = CARD, at: int = T0, **fields: Any) -> Board:
    """A draft of market and sales, led by wang, that lacks nothing; `fields` say otherwise."""
    whole: dict[str, Any] = {
        "id": card, "name": "新品上市", "project": "Q3推广", "lead": Cast.wang, "goal": "曝光量 100 万",
        "scope": "华东; 不含海外", "duties": [duty(Cast.market), duty(Cast.sales)], "planned_start": at,
        "planned_finish": at + 30 * DAY, "resources": "预算 20 万元", "mechanism": "每日 17:00 群内同步",
    }  # fmt: skip
    return do(board, "CreateCard", Cast.wang, at, **(whole | fields))


def circulated(board: Board, *, card: int = CARD, at: int = T0, **fields: Any) -> Board:
    """`draft`, sent out."""
    return do(draft(board, card=card, at=at, **fields), "Circulate", Cast.wang, at, card=card)


def confirmed(board: Board, *departments: int, card: int = CARD, at: int = T0) -> Board:
    """These departments confirm by their heads."""
    for department in departments:
        board = do(board, "Confirm", HEADS[department], at, card=card, department=department)
    return board


def signed(board: Board, *departments: int, card: int = CARD, at: int = T0) -> Board:
    """These departments confirm and sign by their heads."""
    for department in departments:
        board = confirmed(board, department, card=card, at=at)
        board = do(board, "Sign", HEADS[department], at, card=card, department=department)
    return board


def active(board: Board, *, card: int = CARD, at: int = T0, **fields: Any) -> Board:
    """`circulated`, signed by both, kickoff recorded as not held, activated."""
    board = circulated(board, card=card, at=at, **fields)
    board = do(board, "EditCard", Cast.wang, at, card=card, fields={"kickoff": False, "kickoff_note": "上月已开"})
    board = signed(board, Cast.market, Cast.sales, card=card, at=at)
    return do(board, "Activate", Cast.wang, at, card=card)


def gaps(board: Board, gate: Any, card: int = CARD) -> list[str]:
    """What a gate misses, in words."""
    return [str(need.text) for need in missing(board, card, gate)]


def said(board: Board, operation: str, by: int, **fields: Any) -> str:
    """The first reason against an operation, as a sentence; "" if it may happen."""
    return next((str(reason) for reason in decode(operation, fields).check(board, stamp(by))), "")
