"""Results at closing (rulebook §8): stored with the closing event, never worked out again, gone with an undo."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec
import pytest

from store import records as r
from store.board import Board
from store.clock import FixedClock
from store.file.calendars import Calendars
from store.file.journal import Recorded
from store.file.settling import UntoldError, draw
from store.operations.base import Stamp, decode
from store.rules.calendar_data import CalendarSettings
from store.rules.calendar_source import build_calendar
from store.rules.clock_book import clock_book
from store.rules.clocks import Clock
from store.rules.why import why
from store.rules.working_time import WorkingTime
from tests.store.cases_of_clocks import DONE, KICKOFF, LATE, needed, noticed, stone, submitted, told, waiting
from tests.store.clock_helpers import (
    CARD,
    CHEN,
    LI,
    NOW,
    SUB,
    SUN,
    WANG,
    ZHANG,
    at,
    board_of,
    card,
    duty,
    entry,
    issue,
    meeting,
    subtask,
    working,
)
from tests.store.on_file import newest, reverted, settled

LATER = at("2026-10-12 09:00")
FAILED = Calendars.failed
"""As the program has it: in tests it raises (conftest)."""


def done(board: Board, name: str, by: int, when: int, /, **fields: Any) -> Board:
    """The board after an operation as the file holds it, the results of what it closed among its records."""
    after, one = settled(board, decode(name, fields), by, when)
    assert one.outcome != "aside", [str(reason) for reason in one.reasons]
    return after


def results(board: Board, kind: str = "") -> list[r.ClockResult]:
    return [row for row in board.results.values() if kind in {"", row.kind}]


def closed(board: Board, kind: str, days: WorkingTime | None = None) -> list[Clock]:
    book = clock_book(board, days or working(), now=LATER)
    return [
        clock for key in (*board.cards, None) for clock in book.of_card(key) if clock.kind == kind and not clock.is_open
    ]


CLOSINGS: list[tuple[str, list[r.Record], str, int, dict[str, Any]]] = [
    ("input", [subtask(), needed()], "ReceiveInput", LI, {"input": 710}),
    ("support", [subtask(), r.SupportRequest(id=720, subtask=SUB, person=CHEN, asked_at=DONE, asked_by=LI, text="图")],
     "AnswerSupport", CHEN, {"support": 720, "text": "明天给"}),
    ("accept_subtask", [waiting()], "AcceptSubtask", WANG, {"subtask": SUB}),
    ("accept_subtask", [waiting()], "SendBack", WANG, {"subtask": SUB, "reason": "缺第三档", "percent": 80}),
    ("subtask_due", [waiting()], "AcceptSubtask", WANG, {"subtask": SUB}),
    ("deliverable", [waiting()], "RegisterDeliverable", LI, {"subtask": SUB, "reference": "盘/V1"}),
    ("response", [subtask(), issue()], "FollowUp", SUN, {"issue": 300, "text": "已约平台"}),
    ("follow_up", [subtask(), issue()], "FollowUp", SUN, {"issue": 300, "text": "已约平台"}),
    ("tier", [subtask(), issue()], "Escalate", SUN, {"issue": 300, "reason": "没有结果"}),
    ("notify", [told()], "MarkSent", SUN, {"sync": 750}),
    ("meeting", [meeting()], "HoldMeeting", WANG, {"meeting": 400}),
    ("meeting", [meeting()], "EditMeeting", WANG, {"meeting": 400, "fields": {"starts": NOW + 86_400}}),
    ("notice", [meeting(starts=at("2026-10-13 10:00"), noticed_at=DONE)], "MarkSent", WANG, {"meeting": 400}),
    ("minutes_draft", [meeting(state="held", ended_at=DONE)], "SendDraft", SUN, {"meeting": 400}),
    ("milestone", [stone()], "ReachMilestone", WANG, {"milestone": 700, "output": "定稿.pdf"}),
    ("report_block", [subtask(), noticed("stopped")], "WithdrawIncident", LI, {"incident": 730, "reason": "误报"}),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "records", "name", "by", "fields"), CLOSINGS,
                         ids=[f"{row[0]} by {row[2]}" for row in CLOSINGS])  # fmt: skip
def test_an_operation_that_closes_a_clock_leaves_its_result_once_and_its_undo_takes_it_away(
    kind: str, records: list[r.Record], name: str, by: int, fields: dict[str, Any]
) -> None:
    board = board_of(card(), *records)
    book = clock_book(board, working(), now=NOW)
    ran = next(clock for clock in book.of_card(CARD) if clock.kind == kind)
    after = done(board, name, by, NOW, **fields)
    (row,) = results(after, kind)
    assert (row.due, row.who, row.table, row.subject) == (ran.due, ran.who, ran.table, ran.subject)
    assert row.void or row.closed is not None
    assert (row.rule == "") == (kind in {"input", "milestone", "meeting", "subtask_due", "follow_up"})
    assert not results(reverted(after, by, newest(after), NOW), kind)


def test_what_is_met_only_for_now_is_kept_at_the_verdict_and_not_before() -> None:
    board = board_of(card(), subtask(deliverable="方案"), entry(1, "2026-10-09 10:00", percent=90))
    handed = done(board, "HandOver", LI, NOW, subtask=SUB)
    assert closed(handed, "subtask_due")
    assert not results(handed, "subtask_due")
    back = done(handed, "SendBack", WANG, NOW + 60, subtask=SUB, reason="缺第三档", percent=90)
    assert not closed(back, "subtask_due")  # as it was
    assert [row.closed for row in results(back, "accept_subtask")] == [NOW + 60]
    again = done(back, "HandOver", LI, NOW + 120, subtask=SUB)
    over = done(again, "AcceptSubtask", WANG, NOW + 180, subtask=SUB)
    assert [row.closed for row in results(over, "subtask_due")] == [NOW + 120]
    assert sorted(row.closed or 0 for row in results(over, "accept_subtask")) == [NOW + 60, NOW + 180]
    assert {clock.closed for clock in closed(over, "accept_subtask")} == {NOW + 60, NOW + 180}


def test_the_card_is_due_until_its_verdict() -> None:
    board = board_of(card(stage="acceptance", submitted_at=DONE), submitted(acceptor=ZHANG))
    assert closed(board, "card_due")
    over = done(board, "GiveVerdict", ZHANG, NOW, card=CARD, verdict="pass")
    assert {row.kind: row.closed for row in results(over)} == {"card_due": DONE, "acceptance": NOW}


def test_the_entry_keeps_the_point_it_served() -> None:
    board = board_of(card(), subtask(planned_start=at("2026-10-09 09:00")))
    once = done(board, "RecordProgress", LI, NOW, subtask=SUB, percent=10)
    twice = done(once, "RecordProgress", LI, NOW + 60, subtask=SUB, percent=12)
    late = done(twice, "RecordProgress", LI, at("2026-10-12 09:00"), subtask=SUB, percent=15)
    assert [row.due for row in sorted(late.progress.values(), key=lambda each: each.at)] == [
        at("2026-10-09 17:00"),
        None,
        at("2026-10-10 17:00"),
    ]
    assert not results(late, "progress")


def test_a_subtask_without_a_start_owes_nothing_from_before_it_was_added() -> None:
    board = board_of(card(), subtask(planned_start=None, planned_finish=None, created_at=at("2026-10-09 10:00")))
    once = done(board, "RecordProgress", LI, NOW, subtask=SUB, percent=10)
    assert [row.due for row in once.progress.values()] == [at("2026-10-09 17:00")]
    (after,) = [clock for clock in clock_book(once, working()).running if clock.kind == "progress"]
    assert after.due == at("2026-10-10 17:00")


def off(*days: str) -> WorkingTime:
    """The calendar with further days off."""
    settings = CalendarSettings(extra_days_off=tuple((day, "公司日") for day in days))
    return WorkingTime(build_calendar(settings, range(2025, 2029)), settings)


def test_a_later_change_of_the_calendar_or_of_a_rule_alters_no_closed_clock() -> None:
    board = board_of(card(), subtask(), issue(), KICKOFF, duty())
    board = done(board, "RecordProgress", LI, at("2026-10-08 16:00"), subtask=SUB, percent=80)
    board = done(board, "RecordProgress", LI, at("2026-10-09 16:00"), subtask=SUB, percent=85)
    board = done(board, "Escalate", SUN, NOW, issue=300, reason="没有结果")
    board = done(board, "VoidCard", WANG, NOW + 60, card=CARD, reason="不做了")
    before = {(c.kind, c.subject, c.started): c for kind in ("tier", "division") for c in closed(board, kind)}
    assert before
    shifted = off("2026-10-08", "2026-10-09", "2026-10-10", "2026-10-12")
    tables = ("cards", "subtasks", "issues", "steps", "meetings", "duties", "progress", "results")
    kept = [row for table in tables for row in board.table(table).values()]
    rules = [r.Setting(id=91, key="tier", value="9 WD"), r.Setting(id=92, key="division", value="1 WD")]
    changed = board_of(*kept, *rules)
    after = {(c.kind, c.subject, c.started): c for kind in ("tier", "division") for c in closed(changed, kind, shifted)}
    assert after == before
    clock = next(clock for clock in after.values() if clock.kind == "tier")
    found = why(changed, clock, shifted, LATER)
    assert found.frozen
    assert str(found.rule) == "3 WD"
    assert [day.number for day in found.days if day.number] == [1, 2, 3]


def test_a_report_made_stays_made_whatever_becomes_of_the_calendar() -> None:
    board = board_of(card(), subtask(planned_start=at("2026-10-08 09:00")))
    for when in ("2026-10-08 16:00", "2026-10-09 16:00", "2026-10-12 16:00"):
        board = done(board, "RecordProgress", LI, at(when), subtask=SUB, percent=50)
    book = clock_book(board, working(), now=LATER)
    (due,) = [clock.due for clock in book.running if clock.kind == "progress"]
    shifted = clock_book(board, off("2026-10-09"), now=LATER)
    assert [clock.due for clock in shifted.running if clock.kind == "progress"] == [due]
    kept = [clock.due for clock in book.closed_progress(board.cards[CARD])]
    assert [clock.due for clock in shifted.closed_progress(board.cards[CARD])] == kept


def test_two_machines_that_settle_the_same_write_the_same_bytes() -> None:
    board = board_of(card(), subtask(), issue())
    one, two = (done(board, "Escalate", SUN, NOW, id=901, issue=300, reason="没有结果") for _ in range(2))
    assert {k: bytes(v) for k, v in one.raws["results"].items()} == {
        k: bytes(v) for k, v in two.raws["results"].items()
    }


def test_without_a_calendar_nothing_is_kept_and_the_clock_is_worked_out() -> None:
    board = board_of(card(), waiting())
    after, _ = settled(board, decode("AcceptSubtask", {"subtask": SUB}), WANG, NOW, None)
    assert not results(after)
    assert closed(after, "accept_subtask")


def test_a_change_announced_counts_from_the_date_it_had() -> None:
    board = board_of(card(), stone(notice_days=10, due=at("2026-10-16 18:00")))
    after = done(board, "AnnounceChange", WANG, NOW, milestone=700, text="推迟一周", due=at("2026-10-23 18:00"))
    assert [(row.due, row.closed) for row in results(after, "change_notice")] == [(at("2026-10-06 18:00"), NOW)]


def test_a_note_that_comes_late_is_no_note_for_the_next_point_too() -> None:
    board = board_of(card(), subtask(), issue(raised_at=DONE, since=DONE, tier_since=DONE))
    noon = at("2026-10-09 12:00")
    late = done(board, "FollowUp", SUN, noon, issue=300, text="已约平台")
    (row,) = results(late, "follow_up")
    assert row.due < noon == row.closed
    (owed,) = (clock for clock in clock_book(late, working(), now=noon).open_of(CARD) if clock.kind == "follow_up")
    assert (owed.started, owed.due) == (noon, at("2026-10-09 17:00"))


def test_what_is_entered_later_moves_when_a_clock_closed_and_nothing_else() -> None:
    board = board_of(card(), subtask(), issue(raised_at=DONE, since=DONE, tier_since=DONE))
    late = done(board, "FollowUp", SUN, NOW, issue=300, text="已约平台")
    (row,) = results(late, "response")
    assert row.closed == NOW
    early = done(late, "FollowUp", SUN, DONE + 3_600, issue=300, text="当天就答复了")
    assert results(early, "response") == [msgspec.structs.replace(row, closed=DONE + 3_600)]


def test_a_result_that_cannot_be_worked_out_is_written_down_and_the_operation_stands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError("no days")

    monkeypatch.setattr("store.results.with_results", broken)
    stamp = Stamp(person=WANG, at=NOW, recorded=NOW)
    work = Recorded(
        client="c", n=1, operation=decode("AcceptSubtask", {"subtask": SUB}), stamp=stamp, seen={}, digest=""
    )
    board = board_of(card(), waiting())
    with pytest.raises(UntoldError) as raised:
        draw(board, work, provisional=False, calendar=lambda _: working())
    assert isinstance(raised.value.__cause__, ZeroDivisionError)
    calendars = Calendars(tmp_path / "state", FixedClock(NOW))
    monkeypatch.setattr(Calendars, "failed", FAILED)
    after, one = draw(board, work, provisional=False, calendar=lambda _: working(), failed=calendars.failed)
    assert (one.outcome, after.subtasks[SUB].status, results(after)) == ("applied", "done", [])
    said = (tmp_path / "state" / "errors.txt").read_text("utf-8")
    assert said.startswith(f"{NOW} results of AcceptSubtask: ZeroDivisionError('no days')")
    assert "in broken" in said


def test_an_undo_leaves_the_result_of_what_stays_closed_where_a_rule_changed_since() -> None:
    announced = issue(kind="warning", subtask=SUB, raised_at=DONE, since=DONE, tier_since=DONE)
    board = board_of(card(), LATE, announced)
    board = done(board, "RecordProgress", LI, LATER, subtask=SUB, percent=25)
    (before,) = results(board, "delay_notice")
    assert not results(reverted(board, LI, at=LATER), "delay_notice")
    raws = dict(board.raws)
    raws["settings"] = {"91": msgspec.Raw(b'{"key":"delay_notice","value":"3 WD"}')}
    board = Board(board.meta, raws)
    assert results(reverted(board, LI, at=LATER), "delay_notice") == [before]
