"""One active card at the moment of the mock-ups, seen through the views."""

from __future__ import annotations

from typing import Any

from store import records as r
from store.views.state import BoardState
from tests.store.clock_helpers import (
    CARD,
    CHEN,
    DESIGN,
    LI,
    MARKET,
    SALES,
    SUN,
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

SERVED = ["2026-09-28 16:00", "2026-09-29 16:00", "2026-09-30 16:00", "2026-10-08 16:58"]
TODAY = [*SERVED, "2026-10-09 16:30"]


def entries(of: int, times: list[str], **fields: Any) -> list[r.ProgressEntry]:
    return [entry(of * 10 + n, time, subtask=of, **fields) for n, time in enumerate(times)]


def held(number: int, day: str, **fields: Any) -> r.Meeting:
    return meeting(
        **(
            {"id": number, "starts": at(day), "state": "held", "ended_at": at(day) + 1800, "name": f"M{number}"}
            | fields
        )
    )


def office(*more: r.Record, me: int | None = None) -> BoardState:
    """One active card: sales owes a report of 202, design is blocked on 203 and silent, market is done."""
    records: list[r.Record] = [
        card(),
        r.Duty(id=600, card=CARD, department=SALES, liaison=SUN, answer="signed", answered_at=at("2026-09-20 10:00")),
        subtask(
            id=201, number="N-01", department=MARKET, owner=WANG, status="done", handed_over_at=at("2026-10-08 11:00")
        ),
        subtask(id=202, number="N-02", percent=90),
        *entries(202, SERVED),
        subtask(id=203, number="N-03", department=DESIGN, owner=CHEN, status="blocked", percent=90),
        subtask(id=204, number="N-04", department=SALES, owner=LI, percent=20, planned_finish=at("2026-10-20 18:00")),
        *entries(204, TODAY),
        subtask(id=205, number="N-05", department=SALES, owner=SUN, status="cancelled"),
        issue(subtask=203),
        *more,
    ]
    return BoardState(board_of(*records), working(), me=me)
