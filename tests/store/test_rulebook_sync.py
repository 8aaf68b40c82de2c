"""Rulebook §7 clause by clause: the sync log, what writes itself, what is restricted, the digest."""

from __future__ import annotations

from datetime import date
from typing import Literal

import pytest

from store.board import Board
from store.chores import NEVER, Chores
from store.operations.act import derived
from store.operations.base import Operation
from store.operations.by_itself import RecordLag
from store.records import SyncEntry
from store.rules.clock_book import clock_book
from store.rules.clocks import Clock
from store.rules.privacy import as_seen, may_read
from store.views.card import card_detail
from store.views.digest import Period, days_of, digest
from store.views.inbox import role_of
from store.views.state import BoardState
from tests.store.builders import DAY, HOUR, T0, Busy, Cast, busy, do, office, refused, run, stamp
from tests.store.clock_helpers import at, working
from tui.present.digest import digest_text, escaped

c, k = Cast, Busy
SECRET = "报价 380 万"


def clock(board: Board, kind: str, entry: int) -> Clock:
    found = [each for each in clock_book(board, working()).of("sync", entry, c.card) if each.kind == kind]
    assert len(found) == 1
    return found[0]


# An entry ------------------------------------------------------------------------------------------------------


def test_an_entry_says_when_what_to_whom_and_may_carry_a_promise_that_runs_resolution() -> None:
    board = do(
        office(), "AddSyncEntry", c.wang, id=900, card=c.card, topic="数据", content="v2", recipients=[c.li],
        reference="附件1", promise="给 v2", promise_due=T0 + DAY, promise_by=c.sun,
    )  # fmt: skip
    entry = board.sync[900]
    assert (entry.at, entry.by, entry.recipients, entry.sent_at) == (T0, c.wang, (c.li,), None)
    running = clock(board, "resolution", 900)
    assert (running.due, running.who, running.is_open) == (T0 + DAY, (c.sun,), True)
    board = do(board, "KeepPromise", c.sun, T0 + HOUR, sync=900)
    assert clock(board, "resolution", 900).closed == T0 + HOUR
    assert refused(board, "KeepPromise", c.sun, sync=900) == "refuse.none"


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"promise": "给 v2"}, "refuse.promise"),
        ({"promise_due": T0 + DAY}, "refuse.promise"),
        ({"promise_by": c.sun}, "refuse.promise"),
        ({"restricted": True}, "refuse.empty"),
        ({"restricted": True, "recipients": [c.li]}, ""),
        ({"topic": " "}, "refuse.empty"),
        ({"subtask": c.plan, "card": c.draft}, "refuse.card"),
    ],
)
def test_an_entry_is_whole(fields: dict[str, object], code: str) -> None:
    whole = {"card": c.card, "topic": "数据"} | fields
    assert refused(office(), "AddSyncEntry", c.wang, **whole) == code


def test_who_promises_is_who_writes_unless_named() -> None:
    board = do(office(), "AddSyncEntry", c.li, id=900, card=c.card, topic="x", promise="y", promise_due=T0 + DAY)
    assert board.sync[900].promise_by == c.li


# What must reach everybody ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "told"),
    [("requirement_change", True), ("decision", True), ("progress", False), ("problem", False), ("deliverable", False)],
)
def test_requirement_changes_and_decisions_go_to_every_participant_within_24_h(kind: str, told: bool) -> None:
    board = do(office(), "AddSyncEntry", c.sun, id=900, card=c.card, topic="口径", kind=kind)
    entry = board.sync[900]
    assert entry.notify == told
    assert (set(entry.recipients) >= {c.wang, c.li, c.chen, c.sun}) == told
    if told:
        assert clock(board, "notify", 900).due == T0 + DAY
        assert clock(do(board, "MarkSent", c.sun, T0 + HOUR, sync=900), "notify", 900).closed == T0 + HOUR


def test_an_edit_of_what_a_running_card_asks_for_writes_its_own_entry() -> None:
    fields = {"goal": "销量 5000 台", "planned_finish": at("2026-12-11 18:00"), "priority": "high"}
    board = do(office(), "EditCard", c.wang, card=c.card, fields=fields)
    (entry,) = board.sync.values()
    assert (entry.event, entry.kind, entry.notify, entry.sent_at) == (
        "requirement_change", "requirement_change", True, None,
    )  # fmt: skip
    assert set(entry.recipients) >= {c.wang, c.li, c.chen, c.sun}
    assert entry.content.splitlines()[0].endswith(" > 销量 5000 台")
    assert entry.content.splitlines()[1] == "2026-12-01 16:55 > 2026-12-11 18:00"
    assert not do(office(), "EditCard", c.wang, card=c.card, fields={"priority": "high"}).sync
    assert not do(office(), "EditCard", c.wang, card=c.draft, fields={"goal": "x"}).sync


def test_what_is_restricted_goes_to_its_recipients_only() -> None:
    board = do(
        office(), "AddSyncEntry", c.sun, id=900, card=c.card, topic="x", kind="decision", restricted=True,
        recipients=[c.li],
    )  # fmt: skip
    assert (board.sync[900].notify, board.sync[900].recipients) == (False, (c.li,))


# Lag writes itself -------------------------------------------------------------------------------------------------


def lag_of(board: Board, subtask: int, now: int) -> list[Operation]:
    found = Chores(clock_book(board, working())).due(now)
    return [each for each in found if each.subject() == subtask]


def lag_entries(board: Board, subtask: int) -> list[SyncEntry]:
    return [each for each in board.sync.values() if each.event == "lag" and each.subtask == subtask]


def carried_out(board: Board, subtask: int, now: int) -> Board:
    """The board after whoever has it open at `now` did its chores."""
    for operation in lag_of(board, subtask, now):
        board = run(board, operation, c.mei, now)
    return board


def test_lag_is_written_once_each_time_a_subtask_begins_to() -> None:
    board = carried_out(office(), c.idle, T0)
    (entry,) = lag_entries(board, c.idle)
    assert (entry.notify, entry.kind, entry.sent_at, entry.at) == (True, "problem", None, T0)
    assert lag_of(board, c.idle, T0 + DAY) == []
    # Whoever had the board open did not record it: the lead tells of it.
    asked = clock(board, "notify", entry.id)
    assert (entry.by, asked.who) == (c.mei, (c.wang,))
    assert role_of(BoardState(board, working(), me=c.wang), asked, c.wang) == "lead"
    # A report that does not catch up is the same lag.
    board = do(board, "RecordProgress", c.sun, T0 + 60, subtask=c.idle, percent=5)
    assert lag_of(board, c.idle, T0 + 120) == []
    # One that does, and then time goes by: it begins anew.
    board = do(board, "RecordProgress", c.sun, T0 + 180, subtask=c.idle, percent=85)
    assert lag_of(board, c.idle, T0 + 240) == []
    board = carried_out(board, c.idle, T0 + 4 * DAY)
    assert len(lag_entries(board, c.idle)) == 2
    assert lag_of(board, c.idle, T0 + 5 * DAY) == []


def test_a_percent_that_is_taken_back_lags_anew() -> None:
    """The instant worked out from the percent is the one that was written before: it must not wait for ever."""
    board = carried_out(office(), c.idle, T0)
    percent = board.subtasks[c.idle].percent
    board = do(board, "RecordProgress", c.sun, T0 + 60, subtask=c.idle, percent=90)
    board = do(board, "RecordProgress", c.sun, T0 + 120, subtask=c.idle, percent=percent)
    board = carried_out(board, c.idle, T0 + 180)
    assert len(lag_entries(board, c.idle)) == 2
    assert lag_of(board, c.idle, T0 + 4 * DAY) == []


def test_a_plan_that_moved_ends_a_lag() -> None:
    board = carried_out(office(), c.idle, T0)
    board = do(
        board, "EditSubtask", c.wang, T0 + 60, subtask=c.idle,
        fields={"planned_start": T0 + DAY, "planned_finish": T0 + 40 * DAY},
    )  # fmt: skip
    assert lag_of(board, c.idle, T0 + 2 * DAY) == []
    assert len(lag_entries(carried_out(board, c.idle, T0 + 39 * DAY), c.idle)) == 2


def test_lag_is_bound_to_what_was_seen() -> None:
    (operation,) = lag_of(office(), c.idle, T0)
    board = do(office(), "RecordProgress", c.sun, T0, subtask=c.idle, percent=90)
    assert [reason.code for reason in operation.check(board, stamp(c.mei))] == ["refuse.none"]
    done = run(office(), operation, c.mei, T0)
    assert [reason.code for reason in operation.check(done, stamp(c.mei))] == ["refuse.none"]
    assert isinstance(operation, RecordLag)
    assert derived(derived(c.idle, "lag", operation.since), "sync") in done.sync


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("門店清單", "目前完成 0%，不及工作日已用去的比例；原定 2026-11-18 16:55 完成。"),
        ("Shop list", "0% done, less than the share of working days used; planned to be finished 2026-11-18 16:55."),
    ],
)
def test_what_a_lag_writes_is_a_sentence_in_the_language_of_the_work(name: str, said: str) -> None:
    board = do(
        office(), "EditSubtask", c.wang, T0 - 1, subtask=c.idle,
        fields={"name": name, "planned_start": T0 - 40 * DAY, "planned_finish": T0 + 40 * DAY},
    )  # fmt: skip
    (entry,) = lag_entries(carried_out(board, c.idle, T0), c.idle)
    assert entry.content == said


def test_nothing_is_due_before_its_time_and_a_finished_board_has_no_chores() -> None:
    chores = Chores(clock_book(office(), working()))
    assert chores.due(chores.next_at - 1) == ()
    assert chores.due(chores.next_at)
    board = office()
    for subtask in (c.plan, c.poster, c.idle):
        board = do(board, "VoidSubtask", c.wang, subtask=subtask, reason="不做")
    assert Chores(clock_book(board, working())).next_at == NEVER


def test_chores_are_kept_up_from_one_revision_to_the_next() -> None:
    board = office()
    book = clock_book(board, working())
    before = Chores(book)
    after_board = do(board, "RecordProgress", c.sun, T0, subtask=c.idle, percent=90)
    after = clock_book(after_board, working(), book)
    assert Chores(after, before).by_card == Chores(after).by_card


# Restricted ----------------------------------------------------------------------------------------------------------


def restricted() -> Board:
    return do(
        busy(), "AddSyncEntry", c.wang, id=900, card=c.card, topic="报价", content=SECRET, note=SECRET,
        reference=SECRET, promise=SECRET, promise_due=T0 + DAY, restricted=True, recipients=[c.li],
    )  # fmt: skip


@pytest.mark.parametrize(("person", "whole"), [(c.wang, True), (c.li, True), (c.sun, False), (None, False)])
def test_others_see_topic_and_recipients_only(person: int | None, whole: bool) -> None:
    entry = restricted().sync[900]
    shown = as_seen(entry, person)
    assert may_read(entry, person) == whole
    assert (SECRET in repr(shown)) == whole
    assert (shown.topic, shown.recipients) == ("报价", (c.li,))


@pytest.mark.parametrize("person", [c.wang, c.sun])
def test_nobody_s_digest_shows_what_is_restricted(person: int) -> None:
    state = BoardState(restricted(), working(), me=person)
    forms: tuple[Literal["plain", "markdown"], ...] = ("plain", "markdown")
    for form in forms:
        text = digest_text(state, digest(state, T0, "week"), form)
        assert SECRET not in text
        assert "报价" in text
        assert "李强" in text


def test_the_card_s_log_hides_it_from_others() -> None:
    for person, whole in ((c.li, True), (c.sun, False)):
        detail = card_detail(BoardState(restricted(), working(), me=person), c.card)
        assert detail is not None
        assert any(SECRET in entry.content for entry in detail.sync) == whole


# The digest ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("period", "day", "first", "last"),
    [
        ("today", "2026-10-09", "2026-10-09", "2026-10-09"),
        ("week", "2026-10-09", "2026-10-05", "2026-10-11"),
        ("week", "2026-10-11", "2026-10-05", "2026-10-11"),
        ("week", "2026-10-12", "2026-10-12", "2026-10-18"),
        ("month", "2026-12-31", "2026-12-01", "2026-12-31"),
        ("month", "2028-02-10", "2028-02-01", "2028-02-29"),
    ],
)
def test_the_day_the_week_and_the_month(period: Period, day: str, first: str, last: str) -> None:
    ordinals = days_of(period, date.fromisoformat(day).toordinal())
    assert [date.fromordinal(each).isoformat() for each in ordinals] == [first, last]


def test_a_digest_tells_what_happened_and_what_is_next() -> None:
    board = do(busy(), "RecordProgress", c.li, T0, subtask=c.plan, percent=70, done="三档", problem="缺数据")
    state = BoardState(board, working(), me=c.wang)
    found = digest(state, T0, "today")
    assert [each.entry.done for each in found.reports] == ["三档"]
    assert [each.number for each in found.raised] == ["I-001", "I-002", "I-003"]
    assert {each.subject for each in found.over} >= {c.poster, c.idle}
    assert all(each.due < at("2026-10-10 00:00") for each in found.coming)
    assert [each.topic for each in found.unsent] == ["数据口径"]
    text = digest_text(state, found, "plain")
    assert "70% 三档 ! 缺数据" in text
    assert "  数据口径 > " in text
    numbers = {card.number for card in board.cards.values()}
    over = text.partition("\n\nOver ")[2].partition("\n\n")[0].splitlines()[1:]
    assert over
    assert all(any(number in line for number in numbers) for line in over)  # of many cards each says which it is
    week = digest(state, T0, "week")
    assert {clock.kind for clock in week.coming} > {clock.kind for clock in found.coming}


def test_a_digest_of_one_card_has_nothing_of_others() -> None:
    board = do(busy(), "AddSyncEntry", c.sun, id=900, topic="无卡")
    state = BoardState(board, working(), me=c.wang)
    found = digest(state, T0, "week", c.card)
    assert {clock.card for clock in (*found.over, *found.coming)} == {c.card}
    assert "无卡" not in digest_text(state, found, "plain")
    assert digest_text(state, found, "markdown").startswith("# Q4营销-2026-001 ")


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("# 不是标题", "\\# 不是标题"),
        ("[点我](http://x)", "\\[点我\\](http://x)"),
        ("<b>粗</b>", "\\<b>粗\\</b>"),
        ("a_b 和 _c_", "a_b 和 \\_c\\_"),
        ("1. 一", "1\\. 一"),
        ("- 一", "\\- 一"),
        ("65% > 送审 ~ 可", "65% > 送审 ~ 可"),
        ("~~删~~", "\\~~删\\~~"),
        ("`x` *y*", "\\`x\\` \\*y\\*"),
    ],
)
def test_text_of_people_is_no_markdown(typed: str, shown: str) -> None:
    assert escaped(typed) == shown
