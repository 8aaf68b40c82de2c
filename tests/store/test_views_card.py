"""The preview and the tabs of a card, and the numbers people see."""

from __future__ import annotations

from store import records as r
from store.operations.base import decode
from store.views.card import card_detail, card_history, card_preview
from store.views.state import BoardState
from tests.store.builders import stamp
from tests.store.clock_helpers import (
    CARD,
    CHEN,
    LI,
    NOW,
    SALES,
    SUB,
    WANG,
    at,
    board_of,
    card,
    entry,
    meeting,
    subtask,
    working,
)
from tests.store.view_helpers import SERVED, entries, held, office


def test_the_preview_of_a_card() -> None:
    of = office(meeting(id=403, starts=at("2026-10-12 10:00")), subtask(id=207, number="N-07"), *entries(207, SERVED))
    found = card_preview(of, CARD, NOW)
    assert found is not None
    assert [(group.clock.kind, len(group.others)) for group in found.clocks] == [
        ("progress", 0),
        ("response", 0),
        ("progress", 1),
    ]
    assert [duty.department for duty in found.duties] == [SALES]
    assert [row.id for row in found.issues] == [300]
    assert found.last is not None
    assert (found.last.entry.at, found.last.subtask.id) == (at("2026-10-09 16:30"), 204)
    assert found.next_meeting is not None
    assert found.next_meeting.id == 403
    assert card_preview(of, 12345, NOW) is None


def test_the_tabs_of_a_card() -> None:
    corrected = entry(999, "2026-10-09 16:30", subtask=204, replaces=2544, recorded_at=NOW)
    history = [
        r.HistoryEntry(id=n, client="c", n=n, operation="X", by=WANG, at=NOW, recorded_at=NOW, subject=subject)
        for n, subject in ((1, CARD), (2, 202), (3, 12345), (4, 300))
    ]
    of = office(corrected, held(404, "2026-09-29 16:00"), *history)
    found = card_detail(of, CARD)
    assert found is not None
    assert [row.id for row in found.subtasks] == [201, 202, 203, 204, 205]
    assert found.progress[0].entry.id == corrected.id
    assert [each.entry.id for each in found.progress if each.by] == [2544]
    closed = [clock for clock in found.clocks if not clock.is_open]
    assert found.clocks[-len(closed) :] == tuple(closed)
    assert {clock.kind for clock in closed} == {"subtask_due", "progress", "report_block", "meeting"}
    assert [each.id for each in card_history(of, CARD)] == [4, 2, 1]
    assert [row.id for row in found.meetings] == [404]
    assert card_detail(of, 12345) is None


def test_a_card_waits_while_what_hangs_on_its_subtask_waits_to_be_written() -> None:
    asked = r.SupportRequest(id=720, subtask=SUB, person=CHEN, asked_at=NOW, asked_by=LI, text="图")
    board = board_of(card(), subtask(), asked)
    answer = decode("AnswerSupport", {"support": 720, "answer": "明天给"})
    drawn = board.with_changes(answer.apply(board, stamp(CHEN, NOW)))
    assert BoardState(drawn, working()).waiting == {720, SUB, CARD}


def test_a_withdrawn_report_is_not_the_last_entry() -> None:
    gone = entry(998, "2026-10-09 16:30", subtask=204, replaces=2544, withdrawn=True, recorded_at=NOW)
    of = office(gone)
    assert of.card_rows[CARD].last_entry == at("2026-10-08 16:58")
