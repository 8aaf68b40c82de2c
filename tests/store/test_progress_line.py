"""The progress line: the twelve examples of the grammar, its corners, and line to form and back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from store.errors import Refused
from store.rules.progress_line import (
    Hint,
    ProgressLine,
    Support,
    format_progress,
    parse_percent,
    parse_progress,
    refuse_percent,
)

EXAMPLES = [
    (
        "65 初稿完成 > 送审 ! 缺渠道数据 @销售部",
        ProgressLine(65, done="初稿完成", next="送审", problem="缺渠道数据", supports=(Support("销售部"),)),
    ),
    (
        "６５％　初稿完成　》送审　！缺渠道数据　＠XS",
        ProgressLine(65, done="初稿完成", next="送审", problem="缺渠道数据", supports=(Support("XS"),)),
    ),
    ("80", ProgressLine(80)),
    ("=", ProgressLine(unchanged=True)),
    ("完成两档测算 > 第三档", ProgressLine(done="完成两档测算", next="第三档")),
    ("100 方案V1.docx 已交", ProgressLine(100, done="方案V1.docx 已交")),
    ("65初稿完成", ProgressLine(done="65初稿完成", hints=(Hint("blank_after_percent", "65"),))),
    ("40 返工, 品牌色改了", ProgressLine(40, done="返工, 品牌色改了")),
    (
        "70 draft done > review with legal ! no data yet @Sales by Tuesday",
        ProgressLine(
            70,
            done="draft done",
            next="review with legal",
            problem="no data yet",
            supports=(Support("Sales", "by Tuesday"),),
        ),
    ),
    ("70 曝光量>100万 达成", ProgressLine(70, done="曝光量>100万 达成")),
    (
        "70 初稿 !! 品牌字体授权未到 @CP",
        ProgressLine(70, done="初稿", problem="品牌字体授权未到", raise_kind="blocked", supports=(Support("CP"),)),
    ),
    ("70 初稿 >", ProgressLine(70, done="初稿", unfinished=("next",))),
]

CORNERS = [
    ("＝", ProgressLine(unchanged=True)),
    ("　=　", ProgressLine(unchanged=True)),
    ("= 没变", ProgressLine(done="= 没变")),
    ("==", ProgressLine(done="==")),
    ("", ProgressLine()),
    (" 　 ", ProgressLine()),
    ("65%", ProgressLine(65)),
    ("65%初稿", ProgressLine(65, done="初稿")),
    ("65%> 送审", ProgressLine(65, done="> 送审")),
    ("0", ProgressLine(0)),
    ("007 x", ProgressLine(7, done="x")),
    ("１００", ProgressLine(100)),
    ("6５ x", ProgressLine(65, done="x")),
    ("٦٥ x", ProgressLine(done="٦٥ x")),
    ("初稿 65 完成", ProgressLine(done="初稿 65 完成")),
    ("-5 x", ProgressLine(done="-5 x")),
    ("65.5 x", ProgressLine(done="65.5 x")),
    ("10月12日 开会", ProgressLine(done="10月12日 开会")),
    ("3个方案 已交", ProgressLine(done="3个方案 已交")),
    ("101 x", ProgressLine(done="x", hints=(Hint("percent_range", "101"),))),
    ("９９９％", ProgressLine(hints=(Hint("percent_range", "９９９"),))),
    ("150初稿", ProgressLine(done="150初稿")),
    ("> 送审", ProgressLine(next="送审")),
    (">送审", ProgressLine(next="送审")),
    ("》送审", ProgressLine(next="送审")),
    ("@销售部", ProgressLine(supports=(Support("销售部"),))),
    ("@销售部 数据 @设计部", ProgressLine(supports=(Support("销售部", "数据"), Support("设计部")))),
    ("a > b > c ! d ! e", ProgressLine(done="a", next="b；c", problem="d；e")),
    ("! d a > b ! e", ProgressLine(next="b", problem="d a；e")),
    ("a > > b", ProgressLine(done="a", next="b", unfinished=("next",))),
    ("a ! >  @", ProgressLine(done="a", unfinished=("problem", "next", "support"))),
    ("meet @ 5 pm", ProgressLine(done="meet @ 5 pm")),
    ("a @", ProgressLine(done="a", unfinished=("support",))),
    ("a@b c!d e>f", ProgressLine(done="a@b c!d e>f")),
    ("a\t> b\n! c", ProgressLine(done="a\t> b\n! c")),
    ("a !!", ProgressLine(done="a", raise_kind="blocked", unfinished=("problem",))),
    ("a !? 延期", ProgressLine(done="a", problem="延期", raise_kind="warning")),
    ("a ！？延期", ProgressLine(done="a", problem="延期", raise_kind="warning")),
    ("a ！！ 停工", ProgressLine(done="a", problem="停工", raise_kind="blocked")),
    ("!? x !! y", ProgressLine(problem="x；y", raise_kind="blocked")),
    ("!! x !? y", ProgressLine(problem="x；y", raise_kind="blocked")),
    ('70 "a > b" 完成 > c', ProgressLine(70, done='"a > b" 完成', next="c")),
    ("70 “a > b ！ c” ! d", ProgressLine(70, done="“a > b ！ c”", problem="d")),
    ("70 「a @x」 @y", ProgressLine(70, done="「a @x」", supports=(Support("y"),))),
    ("70 看《 方案 》送审 》归档", ProgressLine(70, done="看《 方案 》送审", next="归档")),
    ('70 5" 屏 > b', ProgressLine(70, done='5" 屏', next="b")),
    ("70 「a > b", ProgressLine(70, done="「a", next="b")),
    (r"70 a \> b", ProgressLine(70, done="a > b")),
    (r"70 \\server\share > b", ProgressLine(70, done=r"\\server\share", next="b")),
    ('@"J. Meyer" by Tuesday', ProgressLine(supports=(Support("J. Meyer", "by Tuesday"),))),
    ("@J. Meyer", ProgressLine(supports=(Support("J.", "Meyer"),))),
]


@pytest.mark.parametrize(("typed", "meant"), EXAMPLES + CORNERS)
def test_a_line_is_understood(typed: str, meant: ProgressLine) -> None:
    assert parse_progress(typed) == meant


@pytest.mark.parametrize(
    ("typed", "empty"), [("", True), (" >", True), ("=", False), ("0", False), ("101", False), ("!!", False)]
)
def test_only_a_line_that_says_nothing_is_empty(typed: str, empty: bool) -> None:
    assert parse_progress(typed).empty is empty


def test_a_percent_over_100_is_an_error_with_its_value_and_a_missing_blank_is_not() -> None:
    error = parse_progress("101 x").error
    assert error is not None
    refusal = refuse_percent(error.value)
    assert (refusal.code, str(refusal)) == ("refuse.percent", 'Percent is 0 to 100; "101" is not. Nothing recorded.')
    assert parse_progress("65初稿").error is None
    assert parse_progress("9" * 6000).error is not None


def test_known_names_with_a_blank_need_no_quotes() -> None:
    line = parse_progress("70 x @j. meyer by Tuesday @J. Meyerson @T. Okafor", {"J. Meyer", "T. Okafor", "J."})
    assert line.supports == (Support("J. Meyer", "by Tuesday"), Support("J.", "Meyerson"), Support("T. Okafor"))


ALPHABET = st.sampled_from(list('abc 初　\\\\\\>＞》!！?？@＠"“”「」《=＝0９6%％；，-\t\n')) | st.characters()
TEXTS = st.text(ALPHABET, max_size=12).map(str.strip)
CLOSING = set('"”」》')
NAMES = TEXTS.filter(lambda name: name != "" and not set(name) >= CLOSING)
LINES = st.builds(
    ProgressLine,
    percent=st.none() | st.integers(0, 100),
    done=TEXTS,
    next=TEXTS,
    problem=TEXTS,
    supports=st.lists(st.builds(Support, NAMES, TEXTS), max_size=3).map(tuple),
    raise_kind=st.sampled_from([None, "blocked", "warning"]),
)


@given(LINES)
def test_form_to_line_and_back_loses_nothing(line: ProgressLine) -> None:
    assert replace(parse_progress(format_progress(line)), hints=(), unfinished=()) == line


@given(st.text(ALPHABET))
def test_any_text_is_understood_somehow_and_stays_the_same_through_the_form(text: str) -> None:
    line = parse_progress(text)
    again = parse_progress(format_progress(line))
    assert replace(again, hints=(), unfinished=()) == replace(line, hints=(), unfinished=())


@pytest.mark.parametrize(("typed", "meant"), EXAMPLES)
def test_a_line_without_traps_is_written_as_a_person_types_it(typed: str, meant: ProgressLine) -> None:
    assert "\\" not in format_progress(meant)


def test_the_first_example_comes_back_as_typed() -> None:
    assert format_progress(EXAMPLES[0][1]) == EXAMPLES[0][0]
    assert format_progress(EXAMPLES[3][1]) == "="


@pytest.mark.parametrize(
    ("text", "percent"), [("65", 65), (" 65 % ", 65), ("６５％", 65), ("0", 0), ("100", 100), ("007", 7)]
)
def test_a_percent_on_its_own(text: str, percent: int) -> None:
    assert parse_percent(text) == percent


@pytest.mark.parametrize("text", ["abc", "101", "-1", "6.5", "", "%", "1 0", "9" * 6000])
def test_what_is_no_percent_is_refused_with_its_value(text: str) -> None:
    with pytest.raises(Refused) as caught:
        parse_percent(text)
    assert caught.value.code == "refuse.percent"
    assert str(caught.value.fields["v"])[:3] == text[:3]
    assert len(str(caught.value)) < 120
