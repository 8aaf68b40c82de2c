from __future__ import annotations

import pytest

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
