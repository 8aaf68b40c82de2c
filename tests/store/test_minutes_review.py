"""Minutes changed after they were confirmed, and whom the final ones reach (rulebook §6, after)."""

from __future__ import annotations

from typing import Any

import pytest

import store.operations.every  # noqa: F401 - fills the registry
from store.rules.reviewing import outdated, unanswered
from store.rules.routing import recipients
from store.views.inbox import inbox_items
from store.views.state import BoardState
from tests.store.builders import HOUR, T0, Cast, do, refused
from tests.store.clock_helpers import working
from tests.store.test_minutes_life import M, action, drafted

c = Cast


def test_who_stood_in_gets_the_final_minutes_too() -> None:
    board = do(drafted(), "SetAttendance", c.sun, meeting=M, person=c.li, presence="absent", stand_in=c.mei)
    assert {c.li, c.mei} <= set(recipients(board, board.meetings[M], "final"))


def test_a_change_after_a_confirmation_says_so_and_asks_again() -> None:
    board = do(drafted(), "ReviewMinutes", c.li, T0 + 2 * HOUR, meeting=M)
    board = do(board, "ReviewMinutes", c.chen, T0 + 2 * HOUR, meeting=M, answer="comment", text="补金额")
    first = board.agenda_of[M][0].id
    board = do(board, "SaveLines", c.sun, T0 + 3 * HOUR, meeting=M, item=first, used_seconds=60)
    assert outdated(board, board.meetings[M]) == ()
    board = action(board, 810, "门店清单")
    assert outdated(board, board.meetings[M]) == (c.li,)
    assert unanswered(board, board.meetings[M]) == ()
    waits = {each.what for each in inbox_items(BoardState(board, working(), me=c.li), c.li, T0 + 3 * HOUR)}
    assert "review" in waits
    board = do(board, "ReviewMinutes", c.li, T0 + 4 * HOUR, meeting=M)
    assert outdated(board, board.meetings[M]) == ()
    assert refused(board, "ReviewMinutes", c.li, meeting=M) == "refuse.none"


@pytest.mark.parametrize(
    ("name", "fields"),
    [
        ("SetAttendance", {"meeting": M, "person": c.chen, "presence": "absent", "reason": "出差"}),
        ("EditAgendaItem", {"fields": {"disagreement": "预算"}}),
        ("EditAgendaItem", {"fields": {"used_seconds": 60}}),
    ],
)
def test_which_changes_are_the_minutes_themselves(name: str, fields: dict[str, Any]) -> None:
    board = do(drafted(), "ReviewMinutes", c.li, T0 + 2 * HOUR, meeting=M)
    if name == "EditAgendaItem":
        fields = {"item": board.agenda_of[M][0].id, **fields}
    board = do(board, name, c.sun, T0 + 3 * HOUR, **fields)
    said = fields.get("fields") != {"used_seconds": 60}
    assert [each.changed_at for each in board.reviews_of[M]] == [T0 + 3 * HOUR if said else None]


def test_the_reviewers_own_change_leaves_their_confirmation_as_it_is() -> None:
    board = do(drafted(), "ReviewMinutes", c.li, T0 + 2 * HOUR, meeting=M)
    line = {"id": 811, "kind": "point", "text": "补", "order": 9}
    board = do(board, "SaveLines", c.li, meeting=M, item=board.agenda_of[M][0].id, lines=[line])
    assert outdated(board, board.meetings[M]) == ()
