"""A card from draft to active on the command line: new, circulate, confirm, object, ask, sign, activate, next."""

from __future__ import annotations

import pytest

from store.records import Card
from tests.store.builders import DAY, T0, Cast
from tests.tui.command_line import CommandLine, office

__all__ = ["office"]

WANG, LI, CHEN = ("--as", "王敏"), ("--as", "李强"), ("--as", "陈思")


def card_of(office: CommandLine, name: str) -> Card:
    return next(card for card in office.board().cards.values() if card.name == name)


def test_without_a_name_the_templates_are_listed(office: CommandLine) -> None:
    items = office.json("new")
    assert {
        "id": "campaign",
        "name": "Marketing campaign",
        "category": "project",
        "type": "special",
        "days": 30,
    } in items
    assert "Marketing campaign" in office("new").out


def test_a_card_from_a_template_goes_from_draft_to_active(office: CommandLine) -> None:
    made = office("new", "双十二", "--template", "campaign", "--goal", "到场 200 人", "--finish", "2026-12-01", *WANG)
    assert made.code == 0
    assert "a part of 财务部, which is no department here" in made.err
    card = card_of(office, "双十二")
    assert (card.stage, card.template, card.goal, card.number) == (
        "draft",
        "campaign",
        "到场 200 人",
        "专项任务-2026-002",
    )
    assert office("circulate", card.number, *WANG).code == 0
    assert office("ask", card.number, "预算含差旅吗", *CHEN).code == 0
    assert office("ask", card.number, "含", "--reply", *WANG).code == 0  # one department waits: it need not be named
    assert office("object", card.number, "推迟一周", *CHEN).code == 0
    refused = office("activate", card.number, *WANG)
    assert refused.code == 1
    assert "设计部 objects: 推迟一周" in refused.err
    assert office("circulate", card.number, *WANG).code == 0
    for who in (WANG, LI, CHEN):
        assert office("confirm", card.number, *who).code == 0
        assert office("sign", card.number, "--means", "OA-17", *who).code == 0
    refused = office("activate", card.number, *WANG)
    assert "the kickoff is neither held nor recorded as not held" in refused.err
    assert office("activate", card.number, "--reason", "启动会周三补开", *WANG).code == 0
    board = office.board()
    assert (board.cards[card.id].stage, board.cards[card.id].version) == ("active", 1)
    assert [duty.means for duty in board.duties_of[card.id]] == ["OA-17"] * 3
    assert [each.reason for each in board.passes_of[card.id]] == ["启动会周三补开"]
    assert office("seen", card.number, *LI).code == 0
    assert office("attach", card.number, "预算表", "--edition", "V2", "--link", "//share/b.xlsx", *LI).code == 0
    board = office.board()
    assert len(board.seen_of[card.id]) == 1
    assert [(each.name, each.version) for each in board.attachments_of[card.id]] == [("预算表", "V2")]


def test_a_card_like_an_earlier_one_and_the_next_of_one_that_recurs(office: CommandLine) -> None:
    assert (
        office(
            "new",
            "周报",
            "--departments",
            "SC,销售部",
            "--set",
            "recurs=weekly",
            "--set",
            "kickoff=no",
            "--finish",
            "2026-10-16",
            *WANG,
        ).code
        == 0
    )
    first = card_of(office, "周报")
    assert (first.recurs, first.planned_start, first.kickoff) == ("weekly", T0, False)
    assert office("new", "周报二", "--like", first.number, "--finish", "2026-10-23", *WANG).code == 0
    second = card_of(office, "周报二")
    assert {duty.department for duty in office.board().duties_of[second.id]} == {Cast.market, Cast.sales}
    assert office("next", first.number, *LI).code == 0
    following = next(card for card in office.board().cards.values() if card.previous == first.id)
    assert following.planned_start == T0 + 7 * DAY
    again = office("next", first.number, *LI)
    assert (again.code, again.err.startswith("crossdeck: The next of this card is there already")) == (1, True)


@pytest.mark.parametrize(
    ("argv", "code", "said"),
    [
        (("new", "x", "--template", "nonsense"), 1, 'There is no template "nonsense".'),
        (("new", "x", "--set", "stage=active"), 2, "write FIELD=VALUE"),
        (("new", "x", "--set", "regular_meeting=sometimes"), 1, "is no regular meeting"),
        (("new", "x", "--set", "kickoff=perhaps"), 2, "write yes or no"),
        (("new", "x", "--priority", "huge"), 2, "new: "),
        (("new", "x", "--departments", "nowhere"), 1, 'There is no department "nowhere"'),
        (("new", "x", "--start", "2026-12-01", "--finish", "2026-11-01"), 1, "before the planned start"),
        (("circulate", "店庆"), 1, "Cannot circulate: goal; scope; duty of 市场部"),
        (("object", "Q4营销-2026-001", "改期", "--department", "销售部"), 1, "销售部 has signed"),
        (("sign", "店庆", "--means", "paper"), 1, "needs a link"),
        (("activate", "店庆"), 1, "市场部 has not signed"),
        (("seen", "店庆"), 1, "店庆"),
        (("next", "店庆"), 1, "does not recur"),
    ],
)
def test_what_is_refused(office: CommandLine, argv: tuple[str, ...], code: int, said: str) -> None:
    ran = office(*argv, *WANG)
    assert ran.code == code
    assert said in ran.err or "is draft" in ran.err
    assert ran.err.count("\n") == 1


def test_for_which_department_is_asked_where_it_is_not_clear(office: CommandLine) -> None:
    assert office("confirm", "店庆", *LI).code == 2
