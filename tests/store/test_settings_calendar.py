from __future__ import annotations

import pytest

from store.errors import SettingError
from store.settings import convert
from tests.store.builders import Cast, do, office, refused


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("region", "US"),  # several zones, none chosen
        ("region", "XX"),
        ("opens", "20:00"),  # after the close of business
        ("extra_days_off", "2026-13-01 x"),
        ("time_zone", "Mars/Olympus"),
    ],
)
def test_a_calendar_that_cannot_be_built_is_refused_when_it_is_set(key: str, value: str) -> None:
    assert refused(office(), "SetSetting", Cast.wang, key=key, value=value) == "setting"


def test_a_region_of_many_zones_follows_its_zone() -> None:
    board = do(office(), "SetSetting", Cast.wang, key="time_zone", value="America/New_York")
    board = do(board, "SetSetting", Cast.wang, key="region", value="US")
    assert (board.settings.region, board.settings.zone) == ("US", "America/New_York")


@pytest.mark.parametrize(
    ("typed", "days"),
    [
        ("sat, sun", (5, 6)),
        ("Saturday，Sunday", (5, 6)),
        ("星期六、星期日", (5, 6)),
        ("週五, 周六", (4, 5)),
        ("6", (6,)),
        ("none", ()),
    ],
)
def test_days_off_are_typed_by_their_names(typed: str, days: tuple[int, ...]) -> None:
    assert convert("weekend", typed) == days


@pytest.mark.parametrize(
    ("key", "value", "form"),
    [
        ("weekend", "mon-sun", "sat, sun"),
        ("weekend", "sunny", "sat, sun"),
        ("cadence", "daly", "daily, weekly, realtime"),
        ("hours", "half", "elapsed, working"),
        ("bell", "maybe", "on, off"),
        ("lag_points", "-3", "10"),
    ],
)
def test_a_value_that_is_none_is_refused_with_what_it_takes(key: str, value: str, form: str) -> None:
    with pytest.raises(SettingError) as refusal:
        convert(key, value)
    assert str(refusal.value) == f'{key} = "{value}" cannot be used. Write {form}.'
