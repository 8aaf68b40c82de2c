"""History entries in words."""

from __future__ import annotations

from typing import Any

import pytest

from store import records as r
from store.operations.base import Operation
from store.operations.base import _every as every_operation
from store.views.state import BoardState
from tests.store.clock_helpers import CARD, CHEN, LI, NOW, WANG, at, meeting
from tests.store.view_helpers import office
from tui.deeds import DEEDS, deed
from tui.present.history import change_text, changes, entry_lines, history_pane


def entry(operation: str, *changed: tuple[Any, ...], subject: int = CARD, **fields: Any) -> r.HistoryEntry:
    known: dict[str, Any] = {"id": 1, "client": "c", "n": 1, "by": WANG, "at": NOW, "recorded_at": NOW}
    return r.HistoryEntry(**(known | {"operation": operation, "subject": subject, "changes": changed} | fields))


def texts(state: BoardState, found: r.HistoryEntry) -> list[str]:
    return [change_text(each) for each in changes(state, found, NOW)]


def test_every_operation_has_words() -> None:
    real = {name for name, cls in every_operation().items() if cls.__module__.startswith("store.")}
    assert real <= set(DEEDS)
    assert set(DEEDS) <= set(Operation.registry)


def test_an_operation_of_a_newer_program_is_shown_by_its_name() -> None:
    assert deed(entry("Teleport")) == "Teleport"


@pytest.mark.parametrize(
    ("place", "change", "text"),
    [
        (("cards", CARD), {"stage": ["draft", "circulating"]}, "stage draft > circulating"),
        (("cards", CARD), {"priority": ["medium", "high"]}, "priority medium > high"),
        (("cards", CARD), {"kickoff": [True, False]}, "kickoff meeting yes > no"),
        (("cards", CARD), {"stage": ["draft", "levitating"]}, "stage draft > levitating"),
        (("cards", CARD), {"novelty": [None, 7]}, "novelty - > 7"),
        (("subtasks", 202), {"owner": [LI, CHEN]}, "owner 李强 > 陈思"),
        (
            ("subtasks", 202),
            {"depends_on": [[], [203, 204]]},
            "waits for - > 03 渠道激励方案初稿, 04 渠道激励方案初稿",
        ),
        (
            ("subtasks", 202),
            {"planned_finish": [None, at("2026-10-14 18:00")]},
            "planned finish - > Wed 10-14 18:00",
        ),
        (("issues", 300), {"state": ["open", "resolved"]}, "state open > resolved"),
    ],
)
def test_a_changed_field(place: tuple[str, int], change: dict[str, list[Any]], text: str) -> None:
    found = entry("EditCard", ("put", *place, change))
    assert [change_text(each, each.record) for each in changes(office(), found, NOW)] == [text]


def test_what_was_added_is_named_in_its_own_words() -> None:
    state = office(
        r.ProgressEntry(id=801, subtask=202, at=NOW, by=LI, percent=65, done="初稿", next="送审", problem="缺")
    )
    assert texts(state, entry("RecordProgress", ("add", "progress", 801, None))) == ["65% 初稿 > 送审 ! 缺"]
    assert texts(state, entry("RaiseBlocked", ("add", "issues", 300, None))) == ["I-012 渠道数据缺失"]
    assert texts(state, entry("X", ("add", "counters", 5, None), ("add", "steps", 6, None))) == []


def test_a_record_beside_the_subject_is_named() -> None:
    state = office(meeting(id=404), r.Attendance(id=405, meeting=404, person=LI))
    found = entry("HoldMeeting", ("put", "meetings", 404, {"state": ["notice", "held"]}),
                  ("put", "attendance", 405, {"presence": ["expected", "absent"]}), subject=404)  # fmt: skip
    lines = [line.plain for line in entry_lines(state, found, NOW, 100)]
    assert lines == [
        " 16:55 王敏  meeting held  M-003 筹备会",
        "   state notice > held",
        "   李强: presence expected > absent",
    ]


def test_what_was_entered_later_put_aside_or_lost_says_so() -> None:
    state = office()
    late = entry("EditCard", recorded_at=NOW + 3600, outcome="aside", reasons=("stage moved",))
    assert "entered 17:55" in entry_lines(state, late, NOW, 100)[0].plain
    assert "put aside: stage moved" in entry_lines(state, late, NOW, 100)[0].plain
    lost = entry("EditCard", lost=(("cards", CARD, "name", "a", "mine", "theirs", "theirs"),))
    assert texts(state, lost) == ["Q4营销-2026-001 Q4营销活动筹备: name (both changed it) a > theirs"]


def test_the_pane_shows_what_touches_a_record_newest_first() -> None:
    state = office(
        entry("CreateCard", id=1),
        entry("EditSubtask", ("put", "subtasks", 202, {"percent": [60, 90]}), id=2, subject=202),
        entry("Resolve", ("put", "subtasks", 202, {"status": ["blocked", "in_progress"]}), id=3, subject=300),
    )
    lines = [line.plain for line in history_pane(state, ("subtasks", 202), NOW, 80)]
    assert lines[0].startswith("-- history 02 渠道激励方案初稿 --")
    assert [line.split("  ")[1] for line in lines if line.startswith(" 16:55")] == ["resolved", "subtask changed"]
    assert history_pane(state, ("subtasks", 203), NOW, 80)[1].plain == " none yet"
    assert len(history_pane(None, None, NOW, 80)) == 1


def test_of_an_import_a_record_shows_what_came_in_of_it() -> None:
    state = office(r.Card(id=900, name="别的卡", number="X-2026-001"), r.Subtask(id=901, card=900, name="别的事"))
    state.board.history[1] = entry(
        "ImportRecords", ("add", "cards", CARD, None), ("add", "subtasks", 202, None), ("add", "cards", 900, None),
        ("add", "subtasks", 901, None), subject=0,
    )  # fmt: skip
    lines = [line.plain for line in history_pane(state, ("cards", CARD), NOW, 100)]
    assert "imported" in lines[1]
    assert [line.strip().split()[0] for line in lines[2:]] == ["Q4营销-2026-001", "02"]
    assert not any("别的" in line for line in lines)
