"""What is refused on the command line names the command that puts it right; fields are edited by their names."""

from __future__ import annotations

import pytest

from tests.store.builders import Cast
from tests.tui.command_line import CommandLine, office
from tui.cli.advice import LACKS

__all__ = ["office"]

WANG, LI = ("--as", "王敏"), ("--as", "李强")
CARD = "专项任务-2026-002"


@pytest.fixture
def shop(office: CommandLine) -> CommandLine:
    """A draft from a template that lacks its goal."""
    assert office("new", "双十二", "--template", "campaign", "--finish", "2026-12-01", *WANG).code == 0
    return office


def test_a_gate_says_which_command_gives_what_is_missing_and_how_its_lead_passes(shop: CommandLine) -> None:
    said = shop("circulate", CARD, *WANG).err
    assert f"To do: crossdeck edit {CARD} goal=VALUE." in said
    assert "--reason TEXT" in said
    assert "Tab" not in said
    assert shop("edit", CARD, "goal=到场 200 人", *WANG).code == 0
    assert shop("circulate", CARD, *WANG).code == 0
    said = shop("activate", CARD, *WANG).err
    for command in (f"crossdeck confirm {CARD}", f"crossdeck sign {CARD}", "kickoff=no kickoff_note="):
        assert command in said
    assert said.count("\n") == 1
    assert shop("edit", CARD, "kickoff=no", "kickoff_note=周三补开", *WANG).code == 0
    assert "kickoff" not in shop("activate", CARD, *WANG).err
    assert shop("activate", CARD, "--reason", "试点", *WANG).code == 0
    said = shop("submit", CARD, *WANG).err
    assert f"each supporting department: crossdeck confirm-support {CARD}" in said
    item = shop.json("show", CARD)
    assert [each["reason"] for each in item["passes"]] == ["试点"]
    assert "市场部 has not confirmed" in item["passes"][0]["missing"]
    assert "passed gates" in shop("show", CARD).out


def test_the_same_in_chinese_names_what_was_missing_in_chinese(shop: CommandLine) -> None:
    assert shop("circulate", CARD, "--reason", "目标下周定", *WANG).code == 0
    assert "目标" in shop("show", CARD, "--lang", "zh_Hans").out.partition("目标下周定")[2]


def test_a_stage_too_early_names_the_command_that_goes_on(shop: CommandLine) -> None:
    assert f"crossdeck circulate {CARD}" in shop("submit", CARD, *WANG).err
    assert "Submit it first" not in shop("circulate", "Q4营销-2026-001", *WANG).err


@pytest.mark.parametrize(
    ("argv", "option"),
    [(("retro", "店庆"), "--well TEXT"), (("sendback", "Q4营销-2026-001-01"), "--reason TEXT")],
)
def test_an_empty_field_shows_the_usage(office: CommandLine, argv: tuple[str, ...], option: str) -> None:
    ran = office(*argv, *WANG)
    assert ran.code == 1
    assert option in ran.err or "is " in ran.err


@pytest.mark.parametrize(
    ("argv", "code", "said"),
    [
        (("edit", "店庆", "gaol=x"), 2, '"gaol=x": write FIELD=VALUE with one of: '),
        (("edit", "店庆", "goal"), 2, "write FIELD=VALUE"),
        (("edit", "店庆", "kickoff=maybe"), 2, 'kickoff: write yes or no, not "maybe".'),
        (("edit", "店庆", "lead=nobody"), 1, 'There is no person "nobody"'),
        (("edit", "nowhere", "name=x"), 1, "nowhere"),
        (("object", "店庆", "不行"), 1, "names no change"),
    ],
)
def test_what_is_wrong_is_said_in_one_line(office: CommandLine, argv: tuple[str, ...], code: int, said: str) -> None:
    ran = office(*argv, *WANG)
    assert ran.code == code
    assert said in ran.err or "is draft" in ran.err
    assert ran.err.count("\n") == 1


def test_fields_of_any_record_are_edited_by_their_names(office: CommandLine) -> None:
    assert (
        office("edit", "店庆", "priority=high", "planned_finish=2026-12-01", "answer_limit_hours=24", *WANG).code == 0
    )
    assert office("edit", "店庆", "departments=销售部, 设计部", *WANG).code == 0
    assert office("edit", "店庆/销售部", "role=渠道主管", "action=邀请客户", "standard=邀约名单", *WANG).code == 0
    assert office("edit", "李强", "phone=138", *WANG).code == 0
    assert office("edit", "销售部", "head=李强", *WANG).code == 0
    board = office.board()
    card = next(each for each in board.cards.values() if each.name == "店庆")
    assert (card.priority, card.answer_limit_hours) == ("high", 24)
    duties = {each.department: each for each in board.duties_of[card.id]}
    assert duties[Cast.sales].role == "渠道主管"
    assert len(duties) == 3
    assert board.people[Cast.li].phone == "138"


def test_every_way_out_of_a_gate_is_a_command_there_is() -> None:
    from tui.cli.commands import COMMANDS

    names = {command.name for command in COMMANDS}
    for text in LACKS.values():
        for part in text.split("crossdeck ")[1:]:
            assert part.split()[0] in names


def test_what_is_put_aside_is_called_by_what_it_was_about() -> None:
    from store.operations.subtasks import AddSubtask
    from tests.store.builders import office as small
    from tui.cli.performing import named_by

    assert named_by(small(), AddSubtask(card=Cast.card, name="x")) == "Q4营销-2026-001"
