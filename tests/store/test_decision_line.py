"""Decision, action and attendance lines: what is understood, and line to form and back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from store.rules.decision_line import (
    Absence,
    ActionLine,
    DecisionLine,
    format_action,
    format_attendance,
    format_decision,
    parse_action,
    parse_attendance,
    parse_decision,
)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        (
            "市场部提供渠道数据 v2 @孙悦 <10-10 12:00",
            DecisionLine("市场部提供渠道数据 v2", ("孙悦",), "10-10 12:00"),
        ),
        ("提供数据　＠孙悦　＜周五", DecisionLine("提供数据", ("孙悦",), "周五")),
        ("提供数据 《11月22日", DecisionLine("提供数据", (), "11月22日")),
        ("提供数据 《 +3wd @孙悦", DecisionLine("提供数据", ("孙悦",), "+3wd")),
        ("提供数据 《fri 18:00", DecisionLine("提供数据", (), "fri 18:00")),
        ("按 《10-12 会议纪要》 执行 <周五", DecisionLine("按 《10-12 会议纪要》 执行", (), "周五")),
        ("按 《手册 执行", DecisionLine("按 《手册 执行")),
        ("提供数据《10-12", DecisionLine("提供数据《10-12")),
        ("误差<5% 邮箱a@b", DecisionLine("误差<5% 邮箱a@b")),
        ("@市场部 @孙悦 提供数据 <10-12", DecisionLine("提供数据", ("市场部", "孙悦"), "10-12")),
        ("提供 @孙悦 五省数据 <10-12", DecisionLine("提供 五省数据", ("孙悦",), "10-12")),
        ("x <10-12 <10-15", DecisionLine("x", (), "10-12；10-15")),
        ("x @ <", DecisionLine("x @", (), "", ("due",))),
        ("x < @", DecisionLine("x", (), "", ("due", "who"))),
        ('由 "a @b <c" 定 @"J. Meyer"', DecisionLine('由 "a @b <c" 定', ("J. Meyer",))),
        (r"写 \@all 与 \<b>", DecisionLine("写 @all 与 <b>")),
        ("x = y + z", DecisionLine("x = y + z")),
        ("", DecisionLine()),
    ],
)
def test_a_decision_is_understood(typed: str, meant: DecisionLine) -> None:
    assert parse_decision(typed) == meant


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        (
            "渠道数据 v2 @孙悦 <10-10 12:00 =五省齐全, 李强确认 +无",
            ActionLine("渠道数据 v2", ("孙悦",), "10-10 12:00", "五省齐全, 李强确认", "无"),
        ),
        (
            "主视觉3版初稿 @陈思 <10-16 =三版源文件+PDF",
            ActionLine("主视觉3版初稿", ("陈思",), "10-16", "三版源文件+PDF"),
        ),
        ("初稿　＠陈思　＜10-16　＝三版　＋无", ActionLine("初稿", ("陈思",), "10-16", "三版", "无")),
        ("初稿 <+3wd", ActionLine("初稿", (), "+3wd")),
        ("初稿 < +3wd +无", ActionLine("初稿", (), "+3wd", "", "无")),
        ("< +3wd", ActionLine(due_text="+3wd")),
        ("初稿 < +无", ActionLine("初稿", resources="无", unfinished=("due",))),
        ("初稿< +3人", ActionLine("初稿<", resources="3人")),
        ("初稿 《 +3wd =三版", ActionLine("初稿", (), "+3wd", "三版")),
        ("初稿 +预算 +人 =a =b", ActionLine("初稿", (), "", "a；b", "预算；人")),
        ("初稿 = + <", ActionLine("初稿", unfinished=("standard", "resources", "due"))),
    ],
)
def test_an_action_item_is_understood(typed: str, meant: ActionLine) -> None:
    assert parse_action(typed) == meant


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("- 李强 出差 @何平", (Absence("李强", "出差", "何平"),)),
        ("－ 李强　出差　＠何平", (Absence("李强", "出差", "何平"),)),
        ("李强", (Absence("李强"),)),
        ("-李强 @何平 出差", (Absence("李强", "出差", "何平"),)),
        (
            "- 李强 出差 @何平, 周航 病假; - 陈思；J",
            (Absence("李强", "出差", "何平"), Absence("周航", "病假"), Absence("陈思"), Absence("J")),
        ),
        ("李强、周航 出差", (Absence("李强"), Absence("周航", "出差"))),
        ('- "J. Meyer" ill, @x', (Absence("J. Meyer", "ill"),)),
        ("- 李强 “客户A, B” @“T. Okafor”", (Absence("李强", "“客户A, B”", "T. Okafor"),)),
        ("- ", ()),
        ("", ()),
    ],
)
def test_absences_are_understood(typed: str, meant: tuple[Absence, ...]) -> None:
    assert parse_attendance(typed) == meant


def test_known_names_with_a_blank_need_no_quotes() -> None:
    names = {"J. Meyer", "T. Okafor"}
    assert parse_attendance("- J. Meyer ill @T. Okafor, T. Okafor", names) == (
        Absence("J. Meyer", "ill", "T. Okafor"),
        Absence("T. Okafor"),
    )
    assert parse_decision("x @J. Meyer <fri", names) == DecisionLine("x", ("J. Meyer",), "fri")
    assert parse_action("x @T. Okafor =y", names).who == "T. Okafor"


def test_the_first_name_is_who() -> None:
    assert (parse_decision("x @a @b").who, parse_decision("x").who, parse_action("x").who) == ("a", "", "")


ALPHABET = st.sampled_from(list('abc 初　\\\\\\<＜《》@＠=＝+＋-－"“”「」,，；、10月日')) | st.characters()
TEXTS = st.text(ALPHABET, max_size=12).map(str.strip)
NAMES = TEXTS.filter(lambda name: name != "" and not set(name) >= set('"”」》'))
NAME_LISTS = st.lists(NAMES, max_size=2).map(tuple)
ABSENCES = st.lists(st.builds(Absence, NAMES, TEXTS, st.just("") | NAMES), max_size=3).map(tuple)


@given(st.builds(DecisionLine, TEXTS, NAME_LISTS, TEXTS))
def test_a_decision_goes_through_the_form_without_loss(line: DecisionLine) -> None:
    assert replace(parse_decision(format_decision(line)), unfinished=()) == line


@given(st.builds(ActionLine, TEXTS, NAME_LISTS, TEXTS, TEXTS, TEXTS))
def test_an_action_item_goes_through_the_form_without_loss(line: ActionLine) -> None:
    assert replace(parse_action(format_action(line)), unfinished=()) == line


@given(ABSENCES)
def test_absences_go_through_the_form_without_loss(absences: tuple[Absence, ...]) -> None:
    assert parse_attendance(format_attendance(absences)) == absences


@given(st.text(ALPHABET))
def test_any_text_is_understood_somehow(text: str) -> None:
    decision, action, absences = parse_decision(text), parse_action(text), parse_attendance(text)
    assert replace(parse_decision(format_decision(decision)), unfinished=()) == replace(decision, unfinished=())
    assert replace(parse_action(format_action(action)), unfinished=()) == replace(action, unfinished=())
    assert len(parse_attendance(format_attendance(absences))) == len(absences)


def test_lines_are_written_as_a_person_types_them() -> None:
    action = "渠道数据 v2 @孙悦 <10-10 12:00 =五省齐全, 李强确认 +无"
    assert format_action(parse_action(action)) == action
    assert format_action(ActionLine("x", (), "+3wd")) == "x <+3wd"
    assert format_decision(parse_decision("提供数据 @孙悦 《周五")) == "提供数据 @孙悦 <周五"
    assert format_attendance(parse_attendance("- 李强 出差 @何平，周航 病假")) == "- 李强 出差 @何平; 周航 病假"
    assert format_attendance(()) == ""
