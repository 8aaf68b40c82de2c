"""Overview rows, filters, presets and header, at the moment of the mock-ups: Friday 2026-10-09 16:55."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from store import records as r
from store.views.filters import FIELDS, WORDS, Filter, Word, parse_filter, presets
from store.views.header import count_rows, header_of
from store.views.overview import SORTS, CardRow, usual_order
from store.views.sorting import sort_rows
from store.views.state import BoardState
from tests.store.clock_helpers import (
    CHEN,
    DESIGN,
    LI,
    MARKET,
    NOW,
    SALES,
    SUN,
    WANG,
    at,
    board_of,
    card,
    entry,
    issue,
    subtask,
    working,
)


def duty(number: int, of: int, department: int, **fields: Any) -> r.Duty:
    return r.Duty(id=number, card=of, department=department, **fields)


SERVED = ["2026-09-28 16:00", "2026-09-29 16:00", "2026-09-30 16:00", "2026-10-08 16:58"]


def state(*more: r.Record, me: int | None = None) -> BoardState:
    """Six cards: 1 breached and blocked, 2 owes today, 3 circulates, 4 escalated, 5 a draft, 6 archived."""
    records: list[r.Record] = [
        card(id=101, number="Q4营销-2026-001", priority="high", paper_number="Q4营销2026-001"),
        subtask(id=201, card=101, status="blocked", owner=CHEN, department=DESIGN, percent=30),
        issue(id=301, card=101, subtask=201),
        duty(601, 101, MARKET, answer="signed", answered_at=NOW),
        duty(602, 101, SALES, answer="signed", answered_at=NOW, order=1),
        card(id=102, number="Q4营销-2026-002", name="渠道商大会筹备", lead=LI),
        subtask(id=202, card=102, percent=60),
        *(entry(n, time, subtask=202) for n, time in enumerate(SERVED)),
        card(
            id=103,
            number="Q4营销-2026-005",
            name="门店物料布置",
            stage="circulating",
            activated_at=None,
            circulated_at=at("2026-10-08 10:00"),
            lead=SUN,
        ),
        duty(603, 103, DESIGN),
        card(id=104, number="产品-2026-011", name="Landing page", planned_finish=at("2026-10-11 18:00")),
        issue(id=302, card=104, subtask=None, kind="dispute", tier=2, tier_since=NOW, responded_at=NOW, number="I-011"),
        card(id=105, number="OPS-2026-004", name="Warehouse slots", stage="draft", activated_at=None, priority="low"),
        card(id=106, number="Q4营销-2026-000", name="旧卡", stage="archived", completed_at=NOW, submitted_at=NOW),
        *more,
    ]
    return BoardState(board_of(*records), working(), me=me)


def overview(of: BoardState, column: str = "due", *, reverse: bool = False) -> tuple[CardRow, ...]:
    return sort_rows(of.card_rows.values(), column, SORTS, reverse=reverse)


def shown(text: str, of: BoardState, now: int = NOW) -> list[int]:
    return [row.id for row in parse_filter(text).apply(overview(of), of, now)]


def test_rows_carry_what_the_columns_need() -> None:
    row = state().card_rows[101]
    assert row.clock is not None
    assert (row.number, row.lead, row.lead_name, row.priority, row.stage) == (
        "Q4营销-2026-001",
        WANG,
        "王敏",
        "high",
        "active",
    )
    assert row.departments == (MARKET, SALES)
    assert (row.percent, row.open_issues, row.tier, row.blocked) == (30, 1, 1, True)
    assert row.last_entry is None
    assert row.silent_from == at("2026-09-28 17:00") + 1
    assert state().card_rows[102].last_entry == at("2026-10-08 16:58")


def test_what_is_due_first_stands_on_top_and_a_draft_without_a_clock_last() -> None:
    assert [row.id for row in overview(state()) if row.shelved is None] == [101, 102, 103, 104, 105]
    draft = state().card_rows[105]
    assert (draft.clock, draft.due, draft.who) == (None, None, (WANG,))


@pytest.mark.parametrize(
    ("column", "reverse", "first"),
    [
        ("due", False, 101),
        ("due", True, 105),
        ("id", False, 105),
        ("priority", False, 101),
        ("priority", True, 105),
        ("stage", False, 105),
        ("progress", True, 102),
        ("lead", False, 103),
        ("last_entry", False, 102),
        ("no such column", False, 101),
    ],
)
def test_sorting(column: str, reverse: bool, first: int) -> None:
    rows = [row for row in overview(state(), column, reverse=reverse) if row.shelved is None]
    assert rows[0].id == first


def test_due_is_the_second_key_of_every_column() -> None:
    rows = [row for row in overview(state(), "priority") if row.priority == "medium" and row.due]
    assert [row.due for row in rows] == sorted(row.due or 0 for row in rows)
    assert set(SORTS) == {"id", "priority", "stage", "progress", "lead", "last_entry"}


FILTERS: list[tuple[str, list[int]]] = [
    ("", [101, 102, 103, 104, 105]),
    ("渠道商", [102]),
    ("LANDING", [104]),
    ("q4营销2026-001", [101]),
    ("孙悦", [103]),
    ("陈思", [101, 103]),
    ("dept:设计", [103]),
    ("部门：SJ", [103]),
    ("部門:sj", [103]),
    ("who:李强", [102]),
    ("人：李强 大会", [102]),
    ("is:breached", [101]),
    ("is:超时", [101]),
    ("is:24h", [102]),
    ("is:blocked", [101]),
    ("是：受阻", [101]),
    ("is:silent", [101]),
    ("is:静默", [101]),
    ("is:escalated", [104]),
    ("is:已升级", [104]),
    ("is:unconfirmed", [103]),
    ("is:待认", [103]),
    ("is:archived", [106]),
    ("is:归档", [106]),
    ("!is:breached", [102, 103, 104, 105]),
    ("！is:archived", [101, 102, 103, 104, 105]),
    ("!渠道商 is:24h", []),
    ("!渠道商 is:unconfirmed", [103]),
    ("is:breached is:24h", []),
    ("is:bre", [101, 102, 103, 104, 105]),
    ("is: dept: !", [101, 102, 103, 104, 105]),
    ("is:nonsense", []),
    ("[/x] \\", []),
]


@pytest.mark.parametrize(("text", "expected"), FILTERS, ids=[text or "empty" for text, _ in FILTERS])
def test_filter(text: str, expected: list[int]) -> None:
    assert shown(text, state()) == expected


def test_mine_is_what_i_am_on_or_must_act_upon() -> None:
    assert shown("is:mine", state(me=SUN)) == [103]
    assert shown("is:我的", state(me=CHEN)) == [101, 103]
    assert shown("is:mine", state(me=None)) == []
    assert shown("!is:mine", state(me=None)) == [101, 102, 103, 104, 105]


def test_resolved_shows_cards_with_a_resolved_issue() -> None:
    solved = issue(id=309, card=102, state="resolved", resolved_at=NOW)
    assert shown("is:resolved", state(solved)) == [102]


def test_a_word_with_a_colon_that_names_no_field_is_text() -> None:
    assert parse_filter("10:30").words == (Word("text", "10:30"),)


def test_unknown_words_are_named() -> None:
    assert parse_filter("is:foo is:over").unknown == ("foo",)
    assert WORDS["over"] == "breached"


@settings(deadline=None)
@given(st.text(max_size=30))
def test_no_line_is_refused(text: str) -> None:
    of = state()
    assert set(shown(text, of)) <= set(of.card_rows)


@settings(deadline=None)
@given(st.lists(st.sampled_from(["is:breached", "is:24h", "渠道", "dept:SJ", "who:王敏", "is:blocked"]), max_size=3))
def test_words_are_and_and_inverting_gives_the_rest(words: list[str]) -> None:
    of = state()
    everything = set(shown("", of))
    assert set(shown(" ".join(words), of)) == everything.intersection(*(shown(word, of) for word in words))
    for word in words:
        assert set(shown(f"!{word}", of)) == everything - set(shown(word, of))


def test_one_row_at_a_time_is_the_same() -> None:
    of = state()
    for text, expected in FILTERS:
        asked = parse_filter(text)
        assert [row.id for row in overview(of) if asked(row, of, NOW)] == expected


def test_every_field_word_is_known() -> None:
    assert set(FIELDS.values()) == {"dept", "who", "is"}


def test_header_counts_are_the_rows_their_filter_shows() -> None:
    of = state()
    head = header_of(of, NOW)
    counted = {preset.word: preset.count for preset in presets(overview(of), of, NOW)}
    assert (head.breached, head.due_24h, head.blocked, head.escalated, head.unconfirmed) == (1, 1, 1, 1, 1)
    assert counted["is:breached"] == head.breached
    assert counted["is:24h"] == head.due_24h
    assert counted["is:blocked"] == head.blocked
    assert counted["is:escalated"] == head.escalated
    assert counted["is:unconfirmed"] == head.unconfirmed
    assert counted["is:archived"] == 1


def test_the_header_says_what_runs_out_next_and_who_has_how_many_of_it() -> None:
    more = [subtask(id=210 + n, card=102, number=f"N{n}", owner=owner) for n, owner in enumerate((LI, CHEN))]
    entries = [entry(10 * k + n, time, subtask=210 + k - 1) for k in (1, 2) for n, time in enumerate(SERVED)]
    head = header_of(state(*more, *entries), NOW)
    assert head.nearest is not None
    assert (head.nearest.kind, head.nearest.due) == ("progress", at("2026-10-09 17:00"))
    assert (head.same, head.same_who) == (3, ((LI, 2), (CHEN, 1)))


def test_the_header_of_a_board_on_which_everything_is_over() -> None:
    late = header_of(state(), at("2030-01-01 09:00"))
    assert late.nearest is not None
    assert late.nearest.due == at("2026-09-28 17:00")
    empty = BoardState(board_of(), working())
    assert header_of(empty, NOW).nearest is None


@pytest.mark.parametrize(
    ("now", "kind", "holiday", "next_make_up"),
    [
        ("2026-10-09 16:55", "working", False, "2026-10-10"),
        ("2026-10-10 09:00", "make_up", False, None),
        ("2026-10-11 09:00", "weekend", False, None),
        ("2026-10-01 09:00", "holiday", True, "2026-10-10"),
    ],
)
def test_what_day_it_is(now: str, kind: str, holiday: bool, next_make_up: str | None) -> None:
    head = header_of(state(), at(now))
    assert (head.day_kind, head.holiday is not None, head.time) == (kind, holiday, now[11:])
    expected = None if next_make_up is None else working().day_of(at(f"{next_make_up} 12:00"))
    assert head.next_make_up == expected
    assert head.estimated == 2027


@settings(deadline=None)
@given(st.integers(NOW - 20 * 86_400, NOW + 20 * 86_400), st.integers(0, 5 * 86_400))
def test_counts_stand_exactly_as_long_as_they_say(now: int, later: int) -> None:
    of = state()
    kept = of.counts(now)
    assert kept.since <= now < kept.until
    if now + later < kept.until:
        assert count_rows(of, now + later) == kept
    assert of.counts(now + later) == count_rows(of, now + later)


def test_a_row_that_did_not_change_is_the_same_row() -> None:
    of = state()
    before = dict(of.card_rows)
    after = of.following(of.board.with_changes([])).card_rows
    assert all(after[key] is row for key, row in before.items())


def test_the_usual_order_is_the_one_without_a_filter_and_makes_no_row() -> None:
    of = state()
    order, counts = usual_order(of), of.counts(NOW)
    assert not of.card_rows.made
    assert order == shown("", of)
    assert counts == count_rows(of, NOW)


def test_an_empty_filter_is_the_empty_filter() -> None:
    assert parse_filter("   ") == Filter()
    assert isinstance(state().card_rows[101], CardRow)
