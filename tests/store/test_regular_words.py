"""A regular meeting as people write it: understood as a whole, or refused (rulebook §6)."""

from __future__ import annotations

import pytest

from store.errors import Refused
from store.rules.regular_meeting import RegularMeeting, read_regular, written

UNDERSTOOD = [
    ("-", RegularMeeting()),
    ("daily", RegularMeeting("daily")),
    ("每个工作日 9:30", RegularMeeting("daily", None, "09:30")),
    ("每日例会09:00", RegularMeeting("daily", None, "09:00")),
    ("每天9点半", RegularMeeting("daily", None, "09:30")),
    ("weekly", RegularMeeting("weekly")),
    ("weekly Wed 17:00", RegularMeeting("weekly", 2, "17:00")),
    ("Wednesdays 5pm", RegularMeeting("weekly", 2, "17:00")),
    ("every Friday at 16:00", RegularMeeting("weekly", 4, "16:00")),
    ("每周五 下午4点", RegularMeeting("weekly", 4, "16:00")),
    ("週三 17：00", RegularMeeting("weekly", 2, "17:00")),
    ("monthly on the 15th at 10:00", RegularMeeting("monthly", 15, "10:00")),
    ("每月15日 10:00", RegularMeeting("monthly", 15, "10:00")),
]
REFUSED = [
    "weekly Wed 17",
    "weekly Fri 16.00",
    "daily 25:00",
    "每周一、三 10:00",
    "每月第1个周五",
    "biweekly Fri 10:00",
    "15 10:00",
]


@pytest.mark.parametrize(("typed", "meant"), UNDERSTOOD)
def test_what_is_typed_is_understood_and_can_be_typed_again(typed: str, meant: RegularMeeting) -> None:
    """Also where the time is written as people say it."""
    assert read_regular(typed) == meant
    assert read_regular(written(*meant)) == meant


@pytest.mark.parametrize("typed", REFUSED)
def test_no_part_of_what_is_typed_is_left_out(typed: str) -> None:
    """A second day or a time nobody understands would be lost without a word."""
    with pytest.raises(Refused, match="is no regular meeting"):
        read_regular(typed)
