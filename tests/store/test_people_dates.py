"""Dates as people write them, on Friday 2026-10-09 16:55 in China: the Saturday works, the Sunday does not."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.errors import DateProblem, Refused
from store.rules.dated_lists import DatedItem, context_year, split_dated_items
from store.rules.iso_dates import read_iso
from store.rules.people_dates import parse_when
from tests.store.official_days import instant, working_time, written

CHINA = working_time()
NOW = instant("2026-10-09 16:55")


def read(value: str | float | date | datetime, now: int = NOW, year: int | None = None) -> str:
    when = parse_when(value, now, CHINA, year_context=year)
    assert when.ordinal == CHINA.day_of(when.epoch) or written(when.epoch).endswith("00:00")
    return written(when.epoch)


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("2024-10-30", "Wed 2024-10-30 18:00"),
        ("2024/10/30", "Wed 2024-10-30 18:00"),
        ("2024.10.30", "Wed 2024-10-30 18:00"),
        ("2024-1-3", "Wed 2024-01-03 18:00"),
        ("20241030", "Wed 2024-10-30 18:00"),
        ("2026-W42-5", "Fri 2026-10-16 18:00"),
        ("2026W425", "Fri 2026-10-16 18:00"),
        ("20261016T1200", "Fri 2026-10-16 12:00"),
        ("20261016T040000Z", "Fri 2026-10-16 12:00"),
        ("P3D", "Mon 2026-10-12 18:00"),
        ("P2W", "Fri 2026-10-23 18:00"),
        ("P1M", "Mon 2026-11-09 18:00"),
        ("PT4H", "Fri 2026-10-09 20:55"),
        ("pt90m", "Fri 2026-10-09 18:25"),
        ("2023年11月10日", "Fri 2023-11-10 18:00"),
        ("2023 年 11 月 10 日", "Fri 2023-11-10 18:00"),
        ("２０２３年１１月１０日", "Fri 2023-11-10 18:00"),
        ("2023年11月10号", "Fri 2023-11-10 18:00"),
        ("11月15日", "Sun 2026-11-15 18:00"),
        ("11月15日前", "Sun 2026-11-15 18:00"),
        ("11月15日之前", "Sun 2026-11-15 18:00"),
        ("截止11月15日", "Sun 2026-11-15 18:00"),
        ("11-22", "Sun 2026-11-22 18:00"),
        ("11/22", "Sun 2026-11-22 18:00"),
        ("11–22", "Sun 2026-11-22 18:00"),
        ("10-10 12:00", "Sat 2026-10-10 12:00"),
        ("10-10　12：00", "Sat 2026-10-10 12:00"),
        ("10月10日 12点", "Sat 2026-10-10 12:00"),
        ("10月10日12:00前", "Sat 2026-10-10 12:00"),
        ("10月10日12点半", "Sat 2026-10-10 12:30"),
        ("10月10日下午3点15分", "Sat 2026-10-10 15:15"),
        ("明晚8点半", "Sat 2026-10-10 20:30"),
        ("明早9:00", "Sat 2026-10-10 09:00"),
        ("10月10日 24:00", "Sun 2026-10-11 00:00"),
        ("10月10日 (周六)", "Sat 2026-10-10 18:00"),
        ("Sat 10-10 12:00", "Sat 2026-10-10 12:00"),
        ("10-12 周一 18:00", "Mon 2026-10-12 18:00"),
        ("Mon 2026-10-12 18:00", "Mon 2026-10-12 18:00"),
        ("Nov 15", "Sun 2026-11-15 18:00"),
        ("Sept. 30th 2027", "Thu 2027-09-30 18:00"),
        ("15 November 2026", "Sun 2026-11-15 18:00"),
        ("by Nov 15, 2027 9:30 am", "Mon 2027-11-15 09:30"),
        ("今天", "Fri 2026-10-09 18:00"),
        ("明天", "Sat 2026-10-10 18:00"),
        ("后天", "Sun 2026-10-11 18:00"),
        ("後天 9:00", "Sun 2026-10-11 09:00"),
        ("明天上午9点", "Sat 2026-10-10 09:00"),
        ("明天下班前", "Sat 2026-10-10 18:00"),
        ("昨天", "Thu 2026-10-08 18:00"),
        ("tomorrow", "Sat 2026-10-10 18:00"),
        ("Tomorrow 5pm", "Sat 2026-10-10 17:00"),
        ("周五", "Fri 2026-10-09 18:00"),
        ("周四", "Thu 2026-10-15 18:00"),
        ("周五 16:00", "Fri 2026-10-16 16:00"),
        ("下周三", "Wed 2026-10-14 18:00"),
        ("下週三", "Wed 2026-10-14 18:00"),
        ("下下周三", "Wed 2026-10-21 18:00"),
        ("本周五", "Fri 2026-10-09 18:00"),
        ("本周一", "Mon 2026-10-05 18:00"),
        ("星期五", "Fri 2026-10-09 18:00"),
        ("礼拜五", "Fri 2026-10-09 18:00"),
        ("下个星期天", "Sun 2026-10-18 18:00"),
        ("周日", "Sun 2026-10-11 18:00"),
        ("周五前", "Fri 2026-10-09 18:00"),
        ("Fri", "Fri 2026-10-09 18:00"),
        ("Fri 18:00", "Fri 2026-10-09 18:00"),
        ("by friday", "Fri 2026-10-09 18:00"),
        ("Wed", "Wed 2026-10-14 18:00"),
        ("next Wed", "Wed 2026-10-14 18:00"),
        ("+3wd", "Tue 2026-10-13 18:00"),
        ("3wd", "Tue 2026-10-13 18:00"),
        ("＋3wd", "Tue 2026-10-13 18:00"),
        ("+3wd 12:00", "Tue 2026-10-13 12:00"),
        ("3个工作日", "Tue 2026-10-13 18:00"),
        ("3個工作日內", "Tue 2026-10-13 18:00"),
        ("3 working days", "Tue 2026-10-13 18:00"),
        ("+2d", "Sun 2026-10-11 18:00"),
        ("2天内", "Sun 2026-10-11 18:00"),
        ("3日内", "Mon 2026-10-12 18:00"),
        ("+1w", "Fri 2026-10-16 18:00"),
        ("+4h", "Fri 2026-10-09 20:55"),
        ("2小时后", "Fri 2026-10-09 18:55"),
        ("-2h", "Fri 2026-10-09 14:55"),
        ("3 days ago", "Tue 2026-10-06 18:00"),
        ("+90m", "Fri 2026-10-09 18:25"),
        ("now", "Fri 2026-10-09 16:55"),
        ("17:00", "Fri 2026-10-09 17:00"),
        ("16:55", "Sat 2026-10-10 16:55"),
        ("9点", "Sat 2026-10-10 09:00"),
        ("2026-10-09T16:55+08:00", "Fri 2026-10-09 16:55"),
        ("2026-10-09T08:55Z", "Fri 2026-10-09 16:55"),
        ("2026-10-09T03:55:00-05:00", "Fri 2026-10-09 16:55"),
        ("2026-10-09 16:55+08:00", "Fri 2026-10-09 16:55"),
        ("2026-10-09T16:55:00.250+0800", "Fri 2026-10-09 16:55"),
        ("2026-10-09 16:55", "Fri 2026-10-09 16:55"),
        ("2026-10-09T00:00", "Fri 2026-10-09 00:00"),
        ("2024-10-30 00:00:00", "Wed 2024-10-30 18:00"),
        ("45595", "Wed 2024-10-30 18:00"),
        ("  2024-10-30\n", "Wed 2024-10-30 18:00"),
    ],
)
def test_a_text_is_read(text: str, due: str) -> None:
    assert read(text) == due


@pytest.mark.parametrize(
    ("value", "due"),
    [
        (45595, "Wed 2024-10-30 18:00"),
        (45595.5, "Wed 2024-10-30 12:00"),
        (45595.70486111111, "Wed 2024-10-30 16:55"),
        (date(2024, 10, 30), "Wed 2024-10-30 18:00"),
        (datetime(2024, 10, 30), "Wed 2024-10-30 18:00"),  # noqa: DTZ001 - as openpyxl hands it over
        (datetime(2024, 10, 30, 9, 30), "Wed 2024-10-30 09:30"),  # noqa: DTZ001
        (datetime(2024, 10, 30, 1, 30, tzinfo=UTC), "Wed 2024-10-30 09:30"),
    ],
)
def test_a_cell_is_read(value: float | date | datetime, due: str) -> None:
    assert read(value) == due


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        ("十月中旬", "unknown"),
        ("2026-W42", "unknown"),
        ("2026-W60-1", "unknown"),
        ("2026-286", "unknown"),
        ("20261316T1200", "unknown"),
        ("P1DT2H", "unknown"),
        ("P99999Y", "unknown"),
        ("P3", "unknown"),
        ("PT0H", "unknown"),
        ("待定", "unknown"),
        ("abc", "unknown"),
        ("", "unknown"),
        ("第10个工作日", "unknown"),
        ("需求发起后2个工作日", "unknown"),
        ("活动前3天", "unknown"),
        ("3个工作日前", "unknown"),
        ("2024年10月", "unknown"),
        ("10月", "unknown"),
        ("下周", "unknown"),
        ("3日", "unknown"),
        ("本周五 10-09", "unknown"),
        ("10-10 12:00-14:00", "unknown"),
        ("10-10~10-12", "unknown"),
        ("11月15日市场部", "unknown"),
        ("+4h 12:00", "unknown"),
        ("12:00+08:00", "unknown"),
        ("1e5", "unknown"),
        ("may", "unknown"),
        ("market 5", "unknown"),
        ("1 may 2", "unknown"),
        (5, "unknown"),
        (float("nan"), "unknown"),
        (float("inf"), "unknown"),
        ("2026-02-30", "no_such_day"),
        ("13-01", "no_such_day"),
        ("02-30", "no_such_day"),
        ("02-29", "no_such_day"),
        ("2026-10-09 25:00", "no_such_day"),
        ("9:60", "no_such_day"),
        ("13:00 pm", "no_such_day"),
        ("Fri 10-12", "weekday"),
        ("1066-10-14", "out_of_range"),
        ("9999-12-31", "out_of_range"),
        ("+9999w", "out_of_range"),
        (date(1, 1, 1), "out_of_range"),
        (datetime(1, 1, 3, tzinfo=UTC), "out_of_range"),
        (datetime(9999, 12, 31, 23, 59), "out_of_range"),  # noqa: DTZ001
    ],
)
def test_what_is_no_date_says_which_and_why(value: str | float | date | datetime, reason: str) -> None:
    with pytest.raises(DateProblem) as caught:
        read(value)
    assert (caught.value.reason, caught.value.value) == (reason, str(value))
    assert isinstance(caught.value, Refused)


def test_a_long_text_is_no_date_and_is_named_short() -> None:
    with pytest.raises(DateProblem) as caught:
        read("9" * 5000)
    assert len(caught.value.value) == 60
    assert caught.value.value.endswith("~")


@pytest.mark.parametrize(
    ("now", "text", "year", "due"),
    [
        ("2026-10-09 16:55", "11月15日", 2023, "Wed 2023-11-15 18:00"),
        ("2026-10-09 16:55", "02-29", 2024, "Thu 2024-02-29 18:00"),
        ("2026-10-09 16:55", "周三", 2023, "Wed 2026-10-14 18:00"),
        ("2026-10-09 16:55", "10-08", None, "Thu 2026-10-08 18:00"),
        ("2026-10-09 16:55", "04-09", None, "Thu 2026-04-09 18:00"),
        ("2026-10-09 16:55", "04-08", None, "Thu 2027-04-08 18:00"),
        ("2026-12-30 10:00", "1月5日", None, "Tue 2027-01-05 18:00"),
        ("2027-12-30 10:00", "2月29日", None, "Tue 2028-02-29 18:00"),
    ],
)
def test_the_year_comes_from_the_context_or_is_the_nearest_to_come(
    now: str, text: str, year: int | None, due: str
) -> None:
    assert read(text, instant(now), year) == due


def test_a_weekday_is_next_weeks_once_its_time_has_passed() -> None:
    evening = instant("2026-10-09 18:00")
    assert read("周五", evening) == "Fri 2026-10-16 18:00"
    assert read("Fri 20:00", evening) == "Fri 2026-10-09 20:00"
    assert read("今天", evening) == "Fri 2026-10-09 18:00"


def test_a_day_off_is_kept_and_marked_and_a_make_up_day_is_none() -> None:
    notes = {text: parse_when(text, NOW, CHINA).note for text in ("10-10", "10-11", "10-11 12:00", "2026-10-01", "+2d")}
    assert notes == {
        "10-10": None,
        "10-11": "day_off",
        "10-11 12:00": "day_off",
        "2026-10-01": "day_off",
        "+2d": "day_off",
    }


def test_a_start_without_a_time_is_the_beginning_of_its_day() -> None:
    start = parse_when("10-12", NOW, CHINA, close=False)
    assert (written(start.epoch), start.had_time) == ("Mon 2026-10-12 00:00", False)
    assert parse_when("10-12 09:00", NOW, CHINA, close=False).had_time


@given(
    st.text(
        st.sampled_from(list("0123456789-/.:年月日周五下本今明天点时前内个工作+ wdhamptzfri，")) | st.characters(),
        max_size=20,
    )
)
def test_any_text_is_a_date_or_a_problem(text: str) -> None:
    with suppress(DateProblem):
        when = parse_when(text, NOW, CHINA)
        assert when.ordinal == CHINA.day_of(when.epoch) or written(when.epoch).endswith("00:00")


@given(st.datetimes(datetime(1970, 1, 2), datetime(2199, 12, 31)))  # noqa: DTZ001
def test_every_way_to_write_a_minute_means_the_same(moment: datetime) -> None:
    texts = {f"{moment:%Y-%m-%dT%H:%M+08:00}", f"{moment:%Y/%m/%d %H:%M}", f"{moment:%Y年%m月%d日%H点%M分}"}
    wanted = {parse_when(moment.replace(second=0, microsecond=0), NOW, CHINA).epoch}
    # Shanghai kept other offsets than +8 in summers until 1991, and midnight in a datetime is no time.
    if moment.year > 1991 and (moment.hour or moment.minute):
        assert {parse_when(text, NOW, CHINA).epoch for text in texts} == wanted


@pytest.mark.parametrize(
    ("cell", "items"),
    [
        (
            "11月15日:市场部提交文案及品牌规范;11月22日:输出3版设计稿初稿;11月25日:定稿并交付源文件",
            [
                ("11月15日", "市场部提交文案及品牌规范"),
                ("11月22日", "输出3版设计稿初稿"),
                ("11月25日", "定稿并交付源文件"),
            ],
        ),
        (
            "2026-07-20 推广方案定稿;2026-08-15 物料到店；2026-09-01 活动上线",
            [("2026-07-20", "推广方案定稿"), ("2026-08-15", "物料到店"), ("2026-09-01", "活动上线")],
        ),
        (
            "2023-11-12:已完成品牌规范整理,待市场部文案\n2023-11-18：收到产品实拍图",
            [("2023-11-12", "已完成品牌规范整理,待市场部文案"), ("2023-11-18", "收到产品实拍图")],
        ),
        ("7月8日12:00前提交故障报告", [("7月8日12:00前", "提交故障报告")]),
        ("2023-11-12 17:00:已完成", [("2023-11-12 17:00", "已完成")]),
        ("十月中旬:初稿;;\r\n 待定 ", [("十月中旬", "初稿"), ("", "待定")]),
        ("11月10日至11月12日:布展", [("11月10日至11月12日", "布展")]),
        ("2026-07-20", [("2026-07-20", "")]),
        ("3-5版初稿", [("", "3-5版初稿")]),
        ("", []),
    ],
)
def test_a_list_of_dated_items_is_cut(cell: str, items: list[tuple[str, str]]) -> None:
    assert split_dated_items(cell) == [DatedItem(*item) for item in items]


def test_the_year_of_a_sheet_is_the_one_most_of_its_dates_say() -> None:
    assert context_year(["2023年11月10日", "2023-11-12:已完成", None, 2026, "2024/1/3", "产品迭代2024-001"]) == 2023
    assert context_year([date(2024, 1, 2), "2023-01-02", datetime(2024, 3, 4)]) == 2024  # noqa: DTZ001
    assert context_year(["11月15日", "产品迭代2024-001"]) is None


def test_a_month_from_the_last_of_january_ends_in_february() -> None:
    assert read_iso("p1m", date(2026, 1, 31)) == date(2026, 2, 28)
    assert read_iso("p1y", date(2024, 2, 29)) == date(2025, 2, 28)
