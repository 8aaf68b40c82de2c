"""Which days work: the official notices, a board's own days, and years that nobody has announced."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from store.errors import SettingError
from store.rules.calendar_data import CalendarSettings, minutes_of
from tests.store.official_days import (
    DAYS_OFF,
    MAKE_UP_DAYS,
    day,
    is_official_working_day,
    ordinals,
    working_time,
)

CHINA = CalendarSettings()


@pytest.mark.parametrize(("region", "year"), DAYS_OFF)
def test_every_day_of_the_year_is_as_the_notice_says(region: str, year: int) -> None:
    calendar = working_time(CalendarSettings(region=region))
    first = date(year, 1, 1)
    for number in range((date(year + 1, 1, 1) - first).days):
        today = first + timedelta(number)
        works = calendar.is_working_day(today.toordinal())
        assert works == is_official_working_day(region, today), today.strftime("%a %F")


@pytest.mark.parametrize(("region", "year"), DAYS_OFF)
def test_make_up_days_are_exactly_those_of_the_notice(region: str, year: int) -> None:
    calendar = working_time(CalendarSettings(region=region))
    days = range(date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal() + 1)
    found = {ordinal for ordinal in days if calendar.kind_of_day(ordinal) == "make_up"}
    assert found == ordinals(year, MAKE_UP_DAYS.get((region, year), ""))


@pytest.mark.parametrize(
    ("text", "kind", "name"),
    [
        ("2026-09-30", "working", None),
        ("2026-10-01", "holiday", "国庆节"),
        ("2026-10-03", "holiday", "国庆节"),  # a Saturday with a name
        ("2026-10-04", "weekend", None),
        ("2026-10-05", "holiday", "国庆节"),  # moved from a Saturday
        ("2026-10-07", "holiday", "国庆节"),  # in exchange for Saturday 10 October
        ("2026-10-08", "working", None),
        ("2026-10-10", "make_up", None),
        ("2026-10-11", "weekend", None),
        ("2026-02-16", "holiday", "农历除夕"),
        ("2026-02-20", "holiday", "春节"),
        ("2024-09-16", "holiday", "中秋节"),  # stands before the holiday it belongs to
    ],
)
def test_kind_and_name_of_a_day(text: str, kind: str, name: str | None) -> None:
    calendar = working_time()
    assert (calendar.kind_of_day(day(text)), calendar.holiday_name(day(text))) == (kind, name)


@pytest.mark.parametrize(
    ("region", "language", "text", "name"),
    [
        ("CN", "en_US", "2026-10-07", "National Day"),
        ("CN", "zh_TW", "2026-10-01", "國慶節"),
        ("CN", "tlh", "2026-10-01", "国庆节"),  # unknown languages fall back to the region's
        ("HK", None, "2026-04-07", "復活節星期一翌日"),
        ("TW", None, "2026-02-20", "農曆除夕"),
        ("SG", None, "2026-08-10", "National Day"),
    ],
)
def test_holidays_are_named_in_the_language_asked_for(region: str, language: str | None, text: str, name: str) -> None:
    calendar = working_time(CalendarSettings(region=region, language=language))
    assert calendar.holiday_name(day(text)) == name


@pytest.mark.parametrize(
    ("today", "make_up"),
    [
        ("2026-10-09", "2026-10-10"),
        ("2026-09-19", "2026-09-20"),
        ("2026-09-20", None),  # the next one is 20 days off
        ("2026-09-26", "2026-10-10"),
        ("2026-09-25", None),
        ("2026-10-10", None),
        ("2026-12-31", None),
        ("2035-01-01", None),
    ],
)
def test_next_make_up_day_within_fourteen_days(today: str, make_up: str | None) -> None:
    assert working_time().next_make_up_day(day(today)) == (make_up and day(make_up))


def test_years_without_published_make_up_days_are_estimated() -> None:
    china, hong_kong = working_time(), working_time(CalendarSettings(region="HK"))
    assert [year for year in range(2022, 2030) if china.is_estimated(year)] == [2022, 2027, 2028, 2029]
    assert [year for year in range(2022, 2030) if hong_kong.is_estimated(year)] == [2022, 2029]


def test_hong_kong_works_on_saturday_unless_the_board_says_otherwise() -> None:
    saturday = day("2026-10-10")
    assert working_time(CalendarSettings(region="HK")).kind_of_day(saturday) == "working"
    assert working_time(CalendarSettings(region="hk", weekend=(5, 6))).kind_of_day(saturday) == "weekend"


def test_the_boards_own_days_overrule_the_regions() -> None:
    calendar = working_time(
        CalendarSettings(
            extra_days_off=(("2026-10-10", "公司年会"), ("2026-10-12", "搬家"), ("2026-10-17", "团建")),
            extra_working_days=("2026-10-07", "2026-10-11"),
        )
    )
    kinds = {text: calendar.kind_of_day(day(f"2026-10-{text}")) for text in ("07", "10", "11", "12", "13", "17")}
    assert kinds == {
        "07": "working",
        "10": "holiday",
        "11": "make_up",
        "12": "holiday",
        "13": "working",
        "17": "holiday",
    }
    assert calendar.holiday_name(day("2026-10-12")) == "搬家"
    assert calendar.holiday_name(day("2026-10-07")) is None
    assert working_time().kind_of_day(day("2026-10-12")) == "working"


def test_outside_the_calendar_the_weekend_alone_decides() -> None:
    calendar = working_time()
    assert calendar.kind_of_day(day("2035-10-01")) == "working"
    assert calendar.kind_of_day(day("2035-10-06")) == "weekend"
    assert calendar.kind_of_day(day("1998-10-03")) == "weekend"


@pytest.mark.parametrize(
    ("settings", "code"),
    [
        (CalendarSettings(region="XX", zone="UTC"), "region"),
        (CalendarSettings(region="", zone="UTC"), "region"),
        (CalendarSettings(region="US", subdivision="ZZ", zone="America/New_York"), "region"),
        (CalendarSettings(region="US"), "zone_missing"),
        (CalendarSettings(zone="Middle/Earth"), "zone"),
        (CalendarSettings(zone="../passwd"), "zone"),
        (CalendarSettings(weekend=(7,)), "weekend"),
        (CalendarSettings(weekend=(0, 1, 2, 3, 4, 5, 6)), "weekend"),
        (CalendarSettings(extra_working_days=("soon",)), "extra_day"),
        (CalendarSettings(extra_days_off=(("2026-02-30", "never"),)), "extra_day"),
        (
            CalendarSettings(extra_days_off=(("2026-03-02", "x"),), extra_working_days=("2026-03-02",)),
            "extra_day_twice",
        ),
        (CalendarSettings(opening=18 * 60, close=9 * 60), "hours_order"),
        (CalendarSettings(lunch=(8 * 60, 10 * 60)), "hours_order"),
        (CalendarSettings(opening=600, close=660, lunch=(600, 660)), "hours_order"),
        (CalendarSettings(daily_report=25 * 60), "report_time"),
    ],
)
def test_settings_that_cannot_be_used_are_refused_with_a_sentence(settings: CalendarSettings, code: str) -> None:
    with pytest.raises(SettingError) as refusal:
        working_time(settings)
    assert refusal.value.code == code
    assert "{" not in str(refusal.value)


@pytest.mark.parametrize(("text", "minutes"), [("09:00", 540), (" 9:05", 545), ("18：30", 1110), ("24:00", 1440)])
def test_times_of_day_are_read(text: str, minutes: int) -> None:
    assert minutes_of(text) == minutes


@pytest.mark.parametrize("text", ["", "9", "9:5", "25:00", "24:01", "12:60", "-1:00", "a:00", "²:00"])
def test_what_is_no_time_of_day_is_refused(text: str) -> None:
    with pytest.raises(SettingError):
        minutes_of(text)
