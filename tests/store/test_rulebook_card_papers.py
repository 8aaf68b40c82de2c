"""Rulebook §2, clause by clause: seen, cards that recur."""

from __future__ import annotations

import pytest

from store.operations.cards import duty_id
from store.operations.papers import seen_count
from store.operations.recurring import next_id
from store.rules.gates import missing, needs
from tests.store.builders import DAY, T0, Cast, do, office, refused
from tests.store.ready_cards import CARD, HEADS, circulated, draft, duty

c = Cast
MARKET, SALES = duty_id(CARD, c.market), duty_id(CARD, c.sales)


def test_everyone_named_has_seen_no_objection_as_a_count_not_a_gate() -> None:
    board = circulated(office(), duties=[duty(c.market), duty(c.sales) | {"liaison": c.mei}], acceptor=c.zhang)
    assert seen_count(board, board.cards[CARD]) == (0, 4)
    for who in (c.wang, c.li, c.mei):
        board = do(board, "SaySeen", who, card=CARD)
    assert seen_count(board, board.cards[CARD]) == (3, 4)
    assert refused(board, "SaySeen", c.mei, card=CARD) == "refuse.none"
    assert refused(board, "SaySeen", c.chen, card=CARD) == "refuse.named"
    assert "seen" not in {need.id for need in needs(board, CARD, "active")}


@pytest.mark.parametrize(
    ("period", "start", "moved"),
    [
        ("weekly", "2026-10-26T09:00:00", "2026-11-02T09:00:00"),
        ("monthly", "2027-01-31T09:00:00", "2027-02-28T09:00:00"),
        ("monthly", "2028-01-29T09:00:00", "2028-02-29T09:00:00"),
        ("quarterly", "2026-11-30T09:00:00", "2027-02-28T09:00:00"),
    ],
)
def test_the_next_of_a_recurring_card_is_a_draft_with_the_retros_improvements(
    period: str, start: str, moved: str
) -> None:
    from datetime import datetime
    from zoneinfo import ZoneInfo

    zone = ZoneInfo("Asia/Shanghai")
    at = int(datetime.fromisoformat(start).replace(tzinfo=zone).timestamp())
    board = draft(office(), recurs=period, planned_start=at, planned_finish=at + DAY)
    board = do(board, "AddAttachment", c.wang, id=77, card=CARD, name="素材清单", version="V1")
    board = do(board, "MakeNext", c.li, T0 + DAY, card=CARD)
    card = board.cards[next_id(CARD)]
    assert datetime.fromtimestamp(card.planned_start or 0, zone).replace(tzinfo=None).isoformat() == moved
    assert (card.stage, card.previous, card.number, card.goal) == ("draft", CARD, "Q3推广-2026-002", "曝光量 100 万")
    assert [(each.department, each.answer, each.standard) for each in board.duties_of[card.id]] == [
        (c.market, "pending", "终稿经品牌组确认"), (c.sales, "pending", "终稿经品牌组确认"),
    ]  # fmt: skip
    assert refused(board, "MakeNext", c.li, card=CARD) == "refuse.double"
    assert missing(board, card.id, "circulating") == []


def test_the_improvements_of_the_retro_are_reminders_of_the_next() -> None:
    from store import records as r
    from store.changes import add
    from tests.store.builders import written

    board = draft(office(), recurs="monthly", kickoff=False)
    board = written(board, [add(r.Retro(id=88, card=CARD, improvements="提前 3 天催素材", at=T0, by=c.wang))])
    board = do(board, "MakeNext", c.wang, card=CARD)
    assert board.cards[next_id(CARD)].reminders == "提前 3 天催素材"


def test_a_card_that_does_not_recur_has_no_next() -> None:
    assert refused(draft(office()), "MakeNext", c.wang, card=CARD) == "refuse.recurs"


def test_every_head_of_the_ready_card_is_a_head() -> None:
    board = office()
    assert {key: board.departments[key].head for key in HEADS} == HEADS
