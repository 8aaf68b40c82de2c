"""The one-line forms of issues: what is understood, and line to form and back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.rules.people_dates import parse_when
from tests.store.official_days import instant, working_time
from tui.verbs.issue_lines import (
    format_dispute,
    format_parts,
    format_snooze,
    names_in,
    parse_dispute,
    parse_parts,
    parse_snooze,
)

CHINA = working_time()
NOW = instant("2026-10-09 16:55")
KEYS = ("what", "impact", "tried", "needed")
TEXT = st.text(alphabet=st.sampled_from('ab /／;；\\@＠<＜《》"“”数据　1-'), max_size=12).map(lambda t: t.strip(" 　"))
NAME = st.sampled_from(["销售部", "J. Meyer", "XS", "a“b", 'a"b', "@x"])


def read(text: str) -> object:
    return parse_when(text, NOW, CHINA, close=False)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("", ["", "", "", ""]),
        ("缺数据", ["缺数据", "", "", ""]),
        ("缺数据 / 推迟 2 天 / 催过 / 数据 v2", ["缺数据", "推迟 2 天", "催过", "数据 v2"]),
        ("缺数据　／　推迟　／　催过　／　数据", ["缺数据", "推迟", "催过", "数据"]),
        ("缺数据；推迟；催过；数据", ["缺数据", "推迟", "催过", "数据"]),
        ("no data; late; asked twice; data", ["no data", "late", "asked twice", "data"]),
        ("缺数据；文案不能定稿 / 推迟", ["缺数据；文案不能定稿", "推迟", "", ""]),
        ("24/7 down /late", ["24/7 down", "late", "", ""]),
        ("按《A / B》办 / 推迟", ["按《A / B》办", "推迟", "", ""]),
        ("a / b / c / d / e", ["a", "b", "c", "d / e"]),
        ("a / / c /", ["a", "", "c", ""]),
        ("/ b", ["", "b", "", ""]),
    ],
)
def test_four_parts_of_a_line(typed: str, meant: list[str]) -> None:
    assert list(parse_parts(typed, KEYS).values()) == meant


@given(st.lists(TEXT, min_size=4, max_size=4))
def test_four_parts_become_a_line_and_come_back(texts: list[str]) -> None:
    values = dict(zip(KEYS, texts, strict=True))
    assert parse_parts(format_parts(values, KEYS), KEYS) == values


def test_a_line_begun_by_another_goes_on_behind_a_slash() -> None:
    assert format_parts({"what": "字体授权未到"}, KEYS) == "字体授权未到 / "


@pytest.mark.parametrize(
    ("typed", "over", "sides"),
    [
        ("费用 @销售部 市场出 @市场部 销售出", "费用", ["销售部", "市场出", "市场部", "销售出"]),
        ("费用　＠销售部　市场出", "费用", ["销售部", "市场出", "", ""]),
        ('cost @"R and D" we do not @Sales nor we', "cost", ["R and D", "we do not", "Sales", "nor we"]),
        ("a@b.de", "a@b.de", ["", "", "", ""]),
    ],
)
def test_a_dispute_of_a_line(typed: str, over: str, sides: list[str]) -> None:
    found = parse_dispute(typed)
    assert [found["over"], [found[k] for k in ("side1", "position1", "side2", "position2")]] == [over, sides]


def test_a_third_side_is_told_apart() -> None:
    assert parse_dispute("x @a 1 @b 2 @c 3")["more"] == "c"


@given(TEXT, NAME, TEXT, NAME, TEXT)
def test_a_dispute_becomes_a_line_and_comes_back(over: str, one: str, first: str, two: str, second: str) -> None:
    values = {"over": over, "side1": one, "position1": first, "side2": two, "position2": second, "more": ""}
    assert parse_dispute(format_dispute(values)) == values


@pytest.mark.parametrize(
    ("typed", "until", "reason"),
    [
        ("10-12 09:00 等客户", "10-12 09:00", "等客户"),
        ("10-12 3 boxes missing", "10-12", "3 boxes missing"),
        ("next Mon waits for the client", "next Mon", "waits for the client"),
        ("+4h　等回复", "+4h", "等回复"),
        ("等客户 <周一", "周一", "等客户"),
        ("nonsense 等", "nonsense", "等"),
        ("周一", "周一", ""),
        ("", "", ""),
    ],
)
def test_a_snooze_of_a_line(typed: str, until: str, reason: str) -> None:
    assert parse_snooze(typed, read) == {"until": until, "reason": reason}


@given(st.sampled_from(["10-12", "10-12 09:00", "+4h", "周一", "next Mon", "2026-10-12 09:00"]), TEXT)
def test_a_snooze_becomes_a_line_and_comes_back(until: str, reason: str) -> None:
    values = {"until": until, "reason": reason}
    assert parse_snooze(format_snooze(values, read), read) == values


def test_a_reason_that_begins_like_a_time_stands_before_the_date() -> None:
    line = format_snooze({"until": "10-12", "reason": "18:00 前无人"}, read)
    assert line == "18:00 前无人 <10-12"
    assert parse_snooze(line, read) == {"until": "10-12", "reason": "18:00 前无人"}


def test_names_behind_an_at_sign() -> None:
    assert names_in("渠道数据 @市场部 和 @J. Meyer 定", {"J. Meyer", "市场部"}) == ["市场部", "J. Meyer"]
